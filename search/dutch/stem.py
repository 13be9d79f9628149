"""What an inflection has in common with its word: NLTK's Dutch Snowball stemmer, with its blind spots mended.

The stemmer is Porter's for Dutch (https://snowballstem.org/algorithms/dutch/stemmer.html). It does not
know the apostrophe of `foto's` nor the plural of `cafés`, so those go first; accents go after it, as some of
them (`è`) are letters of their own to it.
"""

from __future__ import annotations

import re
from functools import lru_cache

from nltk.stem.snowball import DutchStemmer

from search.dutch.normalise import fold, plain_case

ENDING = re.compile(r"(?<=[^\W_])'(?:s|n|er|ers|je|jes|tje|tjes)?$|(?<=[^\W_]é)s$")
_DOUBLE_CONSONANT = re.compile(r"([bcdfghjklmnpqrstvwxz])\1$")
_VOICED_ENDING = {"v": "f", "z": "s"}
_HAS_DIGIT = re.compile(r"\d|[+#]")

_stemmer = DutchStemmer()


@lru_cache(maxsize=1 << 18)
def stem(word: str) -> str:
    """The folded stem of one word: `taalmodellen` and `Taalmodel` give the same.

    A word with a digit or a sign in it is a code or a name and is only folded.
    """
    plain = ENDING.sub("", plain_case(word))
    if _HAS_DIGIT.search(plain):
        return fold(plain)
    return fold(_mended(_stemmer.stem(plain))) or fold(word)


def _mended(stemmed: str) -> str:
    """A stem as Dutch spells the end of a word: one consonant, and never v or z."""
    single = _DOUBLE_CONSONANT.sub(r"\1", stemmed)
    return single[:-1] + _VOICED_ENDING.get(single[-1:], single[-1:])
