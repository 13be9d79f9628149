"""The regular paradigms of Dutch, written out: the forms of a weak verb, of a strong one, the plural of a noun.

Rules of spelling from the Algemene Nederlandse Spraakkunst (e-ans.ivdnt.org, chapters 2.3 and 3.5): an open
syllable has one vowel and a closed one two, a short vowel is followed by two consonants, and v and z become f and
s at the end of a word. What no rule gives is listed in data/verbs.txt and data/nouns.txt.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

VOWELS = "aeiouy"
INSEPARABLE = ("be", "ver", "ont", "her", "er", "ge")
"""Prefixes that never leave their verb and take the place of ge- in its participle."""

SOMETIMES_INSEPARABLE = ("door", "om", "onder", "over", "vol", "voor", "weer", "mis", "aan", "achter")
_UNSTRESSED = re.compile(r"[aeiouy].*e[lrnm]$|[aeiouy].*i[gk]$")
_SHORT = re.compile(r"(?:^|[^aeiouy])[aeiou][^aeiouywxjhvz]$")
_LONG = re.compile(r"([aeou])\1[^aeiouy]$")
_TREMA = {"e": "ë", "i": "ï", "u": "ü"}


def verb_stems(infinitive: str) -> tuple[str, ...]:
    """The stem of an infinitive, which is its first person: `lopen` gives `loop`, `schrijven` `schrijf`.

    Two where spelling alone does not tell: `motiveren` is `motiveer`, `verbeteren` is `verbeter`.
    """
    root = infinitive[:-2] if infinitive.endswith(("en", "ën")) else infinitive[:-1]
    if not root:
        return ()
    if len(root) > 2 and root[-1] == root[-2] and root[-1] not in VOWELS:
        return (root[:-1],)
    open_syllable = len(root) > 1 and root[-1] not in VOWELS + "wjh" and root[-2] in "aeou"
    if not open_syllable or (len(root) > 2 and root[-3] in VOWELS):
        return (_voiceless(root),)
    lengthened = _voiceless(root[:-1] + root[-2] + root[-1])
    return (_voiceless(root), lengthened) if _UNSTRESSED.search(root) else (lengthened,)


def weak_forms(infinitive: str) -> Iterator[str]:
    """Every form of a weak verb: present, past, participles and their inflection.

    The past has -te after t, k, f, s, ch, p, x and -de after all else ('t kofschip); which it is tells the
    infinitive, in which leven has a v.
    """
    root = infinitive[:-2] if infinitive.endswith(("en", "ën")) else infinitive[:-1]
    dental = "t" if root.endswith(("t", "k", "f", "s", "p", "x", "ch", "sh")) else "d"
    for stem in verb_stems(infinitive):
        participle = stem if stem.endswith(dental) else stem + dental
        yield from (stem, stem if stem.endswith("t") else stem + "t")
        yield from (stem + dental + "e", stem + dental + "en")
        prefixed = infinitive.startswith((*INSEPARABLE, *SOMETIMES_INSEPARABLE))
        for prefix in ("ge", "") if prefixed else ("ge",):
            yield from (prefix + participle, prefix + participle + "e", prefix + participle + "en")
    yield from present_participles(infinitive)


def strong_forms(infinitive: str, principal: Sequence[str], prefix: str = "") -> Iterator[str]:
    """Every form of a strong verb from its principal parts (past singular and plural, participle last).

    Args:
        infinitive: without the prefix.
        principal: the other principal parts.
        prefix: one that cannot part, as the `ver` of `vergeven`; it replaces ge-.
    """
    *past, participle = principal
    participle = participle.removeprefix("ge") if prefix else participle
    yield from (prefix + form for form in past)
    yield from (prefix + participle + ending for ending in ("", "e", "en"))
    for stem in verb_stems(infinitive):
        yield from (prefix + stem, prefix + (stem if stem.endswith("t") else stem + "t"))
    yield from (prefix + form for form in present_participles(infinitive))


def present_participles(infinitive: str) -> tuple[str, ...]:
    """`lopend`, `lopende`, `lopenden`."""
    return (infinitive + "d", infinitive + "de", infinitive + "den")


def with_trema(form: str) -> str:
    """A participle as it is written when ge- meets a vowel: `geupdatet` is `geüpdatet`."""
    return re.sub(r"ge([eiu])", lambda match: "ge" + _TREMA[match[1]], form, count=1)


def plurals(noun: str) -> Iterator[str]:
    """The plurals that a noun can have by rule: `deugd` gives `deugden`, `bus` `bussen`, `brief` `brieven`."""
    if noun[-1] in VOWELS:
        yield noun + ("n" if noun.endswith("e") else "'s")
        yield noun + "s"
        return
    yield noun + "s"
    voiced = {"f": "v", "s": "z"}.get(noun[-1:], "")
    for root in (noun, noun[:-1] + voiced) if voiced else (noun,):
        if _LONG.search(root):
            yield root[:-2] + root[-1] + "en"
        elif _SHORT.search(root) and not _UNSTRESSED.search(root):
            yield root + root[-1] + "en"
        else:
            yield root + "en"


def _voiceless(root: str) -> str:
    return root[:-1] + {"v": "f", "z": "s"}.get(root[-1:], root[-1:])
