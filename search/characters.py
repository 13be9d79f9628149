"""Characters that no reader sees, and the one form in which text is kept.

Text from outside is brought into Unicode's composed form (NFC), without the characters that are not to be
seen but make two equal-looking words differ: control characters, zero-width and direction marks, soft
hyphens, fillers and lone surrogates.
"""

from __future__ import annotations

import re
import unicodedata

MAX_MARKS = 30
"""Combining marks in a row that are kept: the bound of Unicode's Stream-Safe Text Format (UAX #15).

Putting marks in canonical order takes time quadratic in the length of such a row.
"""

# Control characters that Python counts as white space (tab, line ends, separators) are left to be collapsed.
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f"
    "\u202a-\u202e\u2060-\u206f\u3164\ud800-\udfff\ufeff\uffa0\ufff9-\ufffb\U0001bca0-\U0001bca3"
    "\U0001d173-\U0001d17a\U000e0000-\U000e007f]"
)
_MANY_MARKS = re.compile(rf"[^\w\s\x00-\x7f]{{{MAX_MARKS + 1}}}")
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
_BLANK_LINES = re.compile(r"\n{3,}")


def normalise(text: str) -> str:
    """Bring text into NFC without the characters that no reader sees; white space stays as it is."""
    if text.isascii():
        return _INVISIBLE.sub("", text)
    return unicodedata.normalize("NFC", bounded_marks(_INVISIBLE.sub("", text)))


def bounded_marks(text: str) -> str:
    """Leave out what exceeds `MAX_MARKS` combining marks in a row."""
    if not _MANY_MARKS.search(text):
        return text
    kept: list[str] = []
    row = 0
    for character in text:
        row = row + 1 if unicodedata.combining(character) else 0
        if row <= MAX_MARKS:
            kept.append(character)
    return "".join(kept)


def one_line(text: str) -> str:
    """Normalise text and make every run of white space, line ends too, one space."""
    return " ".join(normalise(text).split())


def lines(text: str) -> str:
    """Normalise text of several lines: spaces collapsed within a line, at most one blank line in a row."""
    collapsed = "\n".join(" ".join(line.split()) for line in normalise(text).splitlines())
    return _BLANK_LINES.sub("\n\n", collapsed).strip("\n")


def has_control(text: str) -> bool:
    """Tell whether text holds a control character, a line separator or a lone surrogate."""
    return _CONTROL.search(text) is not None
