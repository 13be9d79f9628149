"""A written word to the terms that its inflections have in common.

    written form → lemmas (lexicon, or by rule for an unknown word) → compound without its links → folded

A form can belong to several words (`lopen` to go, and of `loop`), so there may be several terms. A name or a code
is only folded. The term of a compound is its constituents joined: `pannekoek` and `pannenkoek`, `taalmodellen` and
`taalmodel` are one. A noun in -ing or -heid also has the term of its verb or adjective, and comes second.
"""

from __future__ import annotations

import re
from functools import lru_cache

from search.dutch.compounds import GRAMMATICAL, constituents, split
from search.dutch.lexicon import Entry, Flag, entry
from search.dutch.normalise import fold, plain_case
from search.dutch.stem import ENDING, stem
from search.dutch.variants import modern_spelling

_CODE = re.compile(r"\d|[+#]")
_ENDINGS = ("tjes", "pjes", "etje", "jes", "tje", "pje", "je", "ste", "st", "en", "e", "s", "n")
_LEXICALISED = frozenset(
    """
    rekening woning stelling leiding instelling vestiging afdeling werking lading richting mening houding
    regering verdieping omgeving vereniging beschikking uitvoering belasting zitting aanleiding
    verhouding
    """.split()
)
"""Nouns in -ing that have gone their own way."""


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
    terms += [_term(base) for lemma in lemmas for base in _bases(lemma)]
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
    return joined(split_base(found.first), depth - 1) + joined(split_base(found.last), depth - 1)


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
    return _term(split_base(text))


def _term(lemma: str) -> str:
    """A lemma as it is indexed: `e-mail` and `email` are one."""
    return fold(joined(lemma)).replace("-", "") or fold(lemma)


def _lemmas(plain: str) -> tuple[str, ...]:
    """The lemmas of a word that is known, or is an inflection of one by rule, or a compound of known words."""
    found = entry(plain)
    if found is not None:
        return found.lemmas or (plain,)
    return _inflected(plain) or _compound(plain)


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
        base = plain.removesuffix(ending)
        if base == plain or len(base) < 3:
            continue
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


def _bases(lemma: str) -> tuple[str, ...]:
    """What a word is made of: the verb of -ing, the adjective of -heid, the place of `Amsterdams`."""
    if lemma.endswith("ing") and len(lemma) > 6 and lemma not in _LEXICALISED:
        verb = lemma[:-3] + "en"
        found = entry(verb)
        if found and found.flags & Flag.VERB and verb in found.lemmas:
            return (verb,)
    if lemma.endswith("s") and len(lemma) > 6 and _is_name(lemma[:-1]):
        return (lemma[:-1],)
    if lemma.endswith("heid") and len(lemma) > 7:
        adjective = lemma[:-4]
        found = entry(adjective)
        if found and found.flags & Flag.ADJECTIVE:
            return (adjective,)
    return ()


def _is_name(word: str) -> bool:
    found = entry(word)
    return found is not None and bool(found.flags & Flag.NAME)
