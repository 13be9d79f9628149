"""When two tags are the same, and how a tag is written in an address."""

from __future__ import annotations

import re
import unicodedata

from search.characters import bounded_marks, normalise

# Every character of Unicode's dash punctuation (Pd), the minus sign, the underscore and white space.
_SEPARATORS = re.compile(
    r"[\s_\-\u058a\u05be\u1400\u1806\u2010-\u2015\u2212\u2e17\u2e1a\u2e3a\u2e3b\u2e40\u2e5d\u301c\u3030\u30a0"
    r"\ufe31\ufe32\ufe58\ufe63\uff0d\U00010ead]+"
)
_APOSTROPHES = str.maketrans(dict.fromkeys("‘’‛ʼ′´`＇", "'"))


def tag_key(tag: str) -> str:
    """Give the identity of a tag: two tags are one when their keys are equal.

    Case, the kind of apostrophe, spaces, hyphens, dashes and underscores make no difference; accents and
    `+ # / .` do. So `open-source` is `Open source`, and C, C++ and C# are three.

    Args:
        tag: as a person wrote it.

    Returns:
        The key in NFC; empty when nothing but separators and invisible characters was given.
    """
    return unicodedata.normalize("NFC", bounded_marks(_SEPARATORS.sub("", _folded(tag))))


def tag_slug(tag: str) -> str:
    """Give a readable form of a tag for addresses: its key, with one hyphen where words part.

    `tag_key(tag_slug(tag)) == tag_key(tag)` always.
    """
    return unicodedata.normalize("NFC", _SEPARATORS.sub("-", _folded(tag)).strip("-"))


def _folded(tag: str) -> str:
    # Unicode's canonical caseless matching folds the decomposed form (The Unicode Standard, D145).
    folded = unicodedata.normalize("NFD", normalise(tag)).casefold()
    return unicodedata.normalize("NFD", folded).translate(_APOSTROPHES)
