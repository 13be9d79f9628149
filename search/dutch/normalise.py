"""What two spellings of the same letters have in common: case, accents, apostrophes, the ĳ."""

from __future__ import annotations

import unicodedata

_APOSTROPHES = str.maketrans(dict.fromkeys("’‘ʼ´′＇", "'"))
_DIGRAPHS = str.maketrans({"ĳ": "ij", "Ĳ": "IJ"})


def plain_case(word: str) -> str:
    """Lower case, plain apostrophes, ĳ as i + j; accents stay, as the stemmer comes before folding."""
    return word.translate(_APOSTROPHES).translate(_DIGRAPHS).lower()


def fold(word: str) -> str:
    """The written form without case and accents: `Geüpdatet` becomes `geupdatet`, `ĲSLAND` `ijsland`.

    Compatibility forms (ligatures, full-width letters, superscripts) become the plain letters.
    """
    if word.isascii():
        return word.lower()
    decomposed = unicodedata.normalize("NFKD", plain_case(word))
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter)).casefold()
