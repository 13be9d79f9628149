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
from search.dutch.derivation import bases, is_infinitive, is_of_place
from search.dutch.lexicon import Flag, entry
from search.dutch.normalise import fold, plain_case
from search.dutch.stem import ENDING, stem
from search.dutch.stopwords import is_stop_word
from search.dutch.variants import modern_spelling

_CODE = re.compile(r"\d|[+#]")
_PARTICIPLE = re.compile(r"(?:be|ver|ont|her)...|.{0,6}ge...")
_ENDINGS = ("tjes", "pjes", "etje", "jes", "tje", "pje", "je", "ste", "st", "en", "e", "s", "n")
_NO_VERB = frozenset("hem in jij jou maar men uit zonder".split())
"""Function words that would be rare verbs by their look: `uit` as the stem of uiten."""

_ALSO_NOUNS = frozenset("mis weer weg".split())
"""Function words that are rather nouns in a compound: weerbericht, wegwerker."""

_OTHER_NOUNS = {
    "moes": ("moes",),
    "luider": ("luid", "luider"),
    "stiller": ("stil", "stiller"),
    "drukker": ("drukker", "druk"),
    "opener": ("opener", "open"),
    "heler": ("heler", "heel"),
}
"""Nouns that the lexicon takes for nothing but an inflection of another word, with all their lemmas."""

_BOUND = {
    "scheep": "schip",
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
    if (own := split_base(plain)) in lemmas[1:] and not _is_infinitive(plain):
        # `slaap` and `rede` are rather the nouns than forms of slapen and reed.
        lemmas = (own, *lemmas)
    terms = [_term(lemma) for lemma in lemmas]
    terms += [_term(base) for lemma in lemmas for base in bases(lemma)]
    return tuple(dict.fromkeys(terms))


@lru_cache(maxsize=1 << 16)
def split_base(word: str) -> str:
    """The lemma of a word that is looked at for constituents: a noun where it can be one, itself before others."""
    plain = modern_spelling(plain_case(word))
    lemmas = _lemmas(plain) or (plain,)
    if plain in GRAMMATICAL or len(lemmas) == 1:
        return plain if plain in GRAMMATICAL else lemmas[0]
    is_plural = plain.endswith("en") or (plain.endswith("s") and plain[:-1] in lemmas)
    if plain in lemmas and (not is_plural or _has_plural(plain)):
        return plain
    # `takken` is rather the plural of `tak` than a verb; but `rijden` is that of no noun.
    nouns = [lemma for lemma in lemmas if _is_noun(lemma) and not _is_infinitive(lemma)]
    if nouns:
        return max(nouns, key=_frequency)
    return plain if plain in lemmas else lemmas[0]


def _is_noun(lemma: str) -> bool:
    found = entry(lemma)
    return found is not None and bool(found.flags & Flag.NOUN)


def _is_infinitive(lemma: str) -> bool:
    return lemma.endswith("en") and is_infinitive(lemma)


def _has_plural(noun: str) -> bool:
    """Whether a noun in -en has a plural of its own, which a plural has not: `wagens`, `lakens`."""
    plural = entry(noun + "s")
    return plural is not None and noun in plural.lemmas


def _frequency(lemma: str) -> int:
    found = entry(lemma)
    return found.frequency if found else 0


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

    The last constituent of an inflected word reaches to its end. Function words are left out: nobody who asks for
    `achter` wants every *achternaam*.
    """
    base = split_base(word)
    found = constituents(base)
    size = len(word)
    return tuple(
        (_part(text), min(start, size), size if end == len(base) else min(end, size))
        for text, start, end in found
        if not _is_function_word(text)
    )


def _part(text: str) -> str:
    return _term(_constituent(text))


def _is_function_word(text: str) -> bool:
    """Whether a constituent is one that says nothing; the `was` of wasmachine is a noun."""
    if text in GRAMMATICAL:
        return text not in _ALSO_NOUNS
    return is_stop_word(text) and not _is_noun(text)


def _constituent(text: str) -> str:
    """The lemma of a constituent."""
    return split_base(_BOUND.get(text, text))


def _term(lemma: str) -> str:
    """A lemma as it is indexed: `e-mail` and `email` are one."""
    return fold(joined(lemma)).replace("-", "") or fold(lemma)


@lru_cache(maxsize=1 << 16)
def _lemmas(plain: str) -> tuple[str, ...]:
    """The lemmas of a word that is known, or is an inflection of one by rule, or a compound of known words."""
    if plain in _NO_VERB:
        return (plain,)
    if plain in _OTHER_NOUNS:
        return _OTHER_NOUNS[plain]
    if plain.endswith("heden") and _is_noun(plain[:-5] + "heid"):
        return (plain[:-5] + "heid",)
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
