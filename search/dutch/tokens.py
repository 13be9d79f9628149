"""Text to written words with their places.

A written word is a run of letters and digits, with what Dutch writes inside one: the apostrophe of
`foto's`, the hyphen of `AI-model`, the full stop of `d.w.z.`, the comma of `3,5`, and the signs at the
end of `C++`, `C#` and `Disney+`. What stands inside one is taken apart by `codes`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

MAX_WORD = 64
"""Longest run of letters and digits, in code points; a longer one is cut into words of this length."""

_RUN = rf"(?:[^\W_][\u0300-\u036f]*){{1,{MAX_WORD}}}+"
_INNER = r"['’‘ʼ‐‑&._-]|(?<=\d),(?=\d)"
WORD = re.compile(rf"{_RUN}(?:(?:{_INNER}){_RUN}){{0,15}}+(?:\+{{1,2}}(?![^\W_])|#(?![^\W_]))?")


def written_words(text: str) -> Iterator[tuple[int, str]]:
    """Every written word as (start, word), in order; `start` counts code points."""
    for match in WORD.finditer(text):
        yield match.start(), match.group()
