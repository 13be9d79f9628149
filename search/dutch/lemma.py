"""A written word to the terms that its inflections have in common.

    written form → lemmas (lexicon, or by rule for an unknown word) → compound without its links → folded

A form can belong to several words (`lopen` to go, and of `loop`), so there may be several terms. A name or a code
is only folded. The term of a compound is its constituents joined: `pannekoek` and `pannenkoek`, `taalmodellen` and
`taalmodel` are one. What is made of another word also has the term of that word, which comes second
(`derivation`).
"""

from __future__ import annotations

import re
from functools import lru_cache

from search.dutch.compound_model import GRAMMATICAL
from search.dutch.compounds import constituents, split
from search.dutch.derivation import bases, is_of_place
from search.dutch.lexicon import Entry, Flag, entry
from search.dutch.normalise import fold, plain_case
from search.dutch.stem import ENDING, stem
from search.dutch.variants import modern_spelling

_CODE = re.compile(r"\d|[+#]")
_PARTICIPLE = re.compile(r"(?:be|ver|ont|her)...|.{0,6}ge...")
_ENDINGS = ("tjes", "pjes", "etje", "jes", "tje", "pje", "je", "ste", "st", "en", "e", "s", "n")
_BOUND = {
    "scheep": "schip",
    "scheeps": "schip",
    "zonne": "zon",
    "mane": "maan",
    "ere": "eer",
    "paas": "pasen",
}
"""First constituents that are no word of their own."""


@lru_cache(maxsize=1 << 17)
def terms_of(word: str) -> tuple[str, ...]:
    """The terms of one written word, most telling first; never empty.

    Args:
        word: as written, one piece of `codes.pieces`.
    """
    plain = modern_spelling(plain_case(word))
    bare = ENDING.sub("", plain)
    if _CODE.search(plain):
        return (fold(bare) or fold(word),)
    lemmas = _lemmas(bare) if bare != plain and _is_genitive(plain) else _lemmas(plain) or _lemmas(bare)
    if not lemmas:
        return (stem(_infinitive(bare)) or fold(word),)
    terms = [_term(lemma) for lemma in lemmas]
    terms += [_term(base) for lemma in lemmas for base in bases(lemma)]
    return tuple(dict.fromkeys(terms))


@lru_cache(maxsize=1 << 16)
def split_base(word: str) -> str:
    """The lemma of a word that is looked at for constituents: a noun where it can be one."""
    plain = modern_spelling(plain_case(word))
    lemmas = _lemmas(plain) or (plain,)
    if plain in GRAMMATICAL or len(lemmas) == 1:
        return plain if plain in GRAMMATICAL else lemmas[0]
    nouns = [(lemma, found) for lemma in lemmas if (found := entry(lemma)) and found.flags & Flag.NOUN]
    if not nouns:
        return plain if plain in lemmas else lemmas[0]
    # `takken` is rather the plural of `tak` than a verb.
    return min(nouns, key=lambda pair: (_is_infinitive(*pair), -pair[1].frequency))[0]


def _is_infinitive(lemma: str, found: Entry) -> bool:
    return lemma.endswith("en") and bool(found.flags & Flag.VERB)


def joined(lemma: str, depth: int = 3) -> str:
    """A compound without what stands between its constituents, each as its lemma; another word as it is."""
    found = split(lemma) if depth else None
    if found is None:
        return lemma
    return joined(_constituent(found.first), depth - 1) + joined(_constituent(found.last), depth - 1)


@lru_cache(maxsize=1 << 16)
def parts_of(word: str) -> tuple[str, ...]:
    """The constituents of a word at its first split, as terms; empty for a word that is no compound."""
    found = split(split_base(word))
    return () if found is None else (_part(found.first), _part(found.last))


@lru_cache(maxsize=1 << 16)
def all_parts(word: str) -> tuple[tuple[str, int, int], ...]:
    """Every constituent of a word, also of its constituents: (term, start, end in the written word).

    The last constituent of an inflected word reaches to its end.
    """
    base = split_base(word)
    found = constituents(base)
    size = len(word)
    return tuple(
        (_part(text), min(start, size), size if end == len(base) else min(end, size))
        for text, start, end in found
    )


def _part(text: str) -> str:
    return _term(_constituent(text))


def _constituent(text: str) -> str:
    """The lemma of a constituent."""
    return split_base(_BOUND.get(text, text))


def _term(lemma: str) -> str:
    """A lemma as it is indexed: `e-mail` and `email` are one."""
    return fold(joined(lemma)).replace("-", "") or fold(lemma)


@lru_cache(maxsize=1 << 16)
def _lemmas(plain: str) -> tuple[str, ...]:
    """The lemmas of a word that is known, or is an inflection of one by rule, or a compound of known words."""
    found = entry(plain)
    if found is None:
        return _inflected(plain) or _compound(plain)
    if plain.endswith("se") and found.flags & Flag.NAME and is_of_place(plain[:-1]):
        return (plain[:-1],)
    return _own_lemmas(found.lemmas) or _of_participle(plain) or (plain,)


def _own_lemmas(lemmas: tuple[str, ...]) -> tuple[str, ...]:
    """Those that are a lemma themselves, where there is a choice: `controleer` is a form of controleren."""
    if len(lemmas) < 2:
        return lemmas
    return tuple(lemma for lemma in lemmas if (own := entry(lemma)) is None or lemma in own.lemmas) or lemmas


def _of_participle(plain: str) -> tuple[str, ...]:
    """The lemmas of an inflected participle that no source has: `ingevoerde`, `uitgeputte`."""
    if not plain.endswith(("de", "te")):
        return ()
    for base in (plain[:-1], plain[:-2] if plain[-3] == plain[-2] else ""):
        found = entry(base) if _PARTICIPLE.match(base) else None
        if found is not None and (
            found.flags & (Flag.VERB | Flag.ADJECTIVE) or found.lemmas not in ((), (base,))
        ):
            return found.lemmas or (base,)
    return ()


def _is_genitive(plain: str) -> bool:
    """Whether a form with an apostrophe is a name's, or is known as nothing but itself."""
    found = entry(plain)
    return found is None or found.lemmas in ((), (plain,))


def _infinitive(plain: str) -> str:
    """`gedeployd` and `gedeployde` give `deployen`: the participle of a verb that no dictionary has yet."""
    match = re.fullmatch(r"ge(.{3,}?)[dt](?:e|en)?", plain)
    return match[1] + "en" if match else plain


def _inflected(plain: str) -> tuple[str, ...]:
    """An unknown form of a known word, by taking off an ending."""
    for ending in _ENDINGS:
        if not plain.endswith(ending) or len(plain) < len(ending) + 3:
            continue
        base = plain[: -len(ending)]
        found = entry(base)
        if found is not None and found.frequency and found.flags & (Flag.NOUN | Flag.ADJECTIVE):
            return found.lemmas or (base,)
    return ()


def _compound(plain: str) -> tuple[str, ...]:
    """An unknown compound with the last constituent in its lemma: `taalmodellen` gives `taalmodel`."""
    found = split(plain)
    if found is None:
        return ()
    head = split_base(found.last)
    return (plain[: len(plain) - len(found.last)] + head,)
