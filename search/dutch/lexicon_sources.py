"""The sources of the lexicon as they come: OpenTaal's words and affixes, simplemma's lemmas, wordfreq's counts.

Read by `compile_lexicon` when a source has a new version; data/README.md says which they are.
"""

from __future__ import annotations

import gzip
import re
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path

import msgpack
from simplemma.strategies.dictionaries.dictionary_factory import DefaultDictionaryFactory

_INFLECTIONS = frozenset("NN2 NN2r NN1r NN2d Zu AJe AJcn AJce AJse AJsn AJc".split())


@dataclass(slots=True)
class Words:
    """What the sources say, by word in lower case."""

    listed: set[str] = field(default_factory=set)
    spelled: set[str] = field(default_factory=set)
    """Those of the word list itself: `listed` also has what its affixes give."""
    names: set[str] = field(default_factory=set)
    frequency: dict[str, int] = field(default_factory=dict)
    simple: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    inflected: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    lemmas: set[str] = field(default_factory=set)
    nouns: set[str] = field(default_factory=set)
    without_plural: set[str] = field(default_factory=set)
    adjectives: set[str] = field(default_factory=set)
    infinitives: set[str] = field(default_factory=set)
    separable: dict[str, tuple[str, str]] = field(default_factory=dict)
    first: set[str] = field(default_factory=set)
    last: set[str] = field(default_factory=set)


def read_sources(words: Path, hunspell: str, frequencies: Path) -> Words:
    """Read them all.

    Args:
        words: OpenTaal's list, a word on each line.
        hunspell: the path of its .aff and .dic without the ending.
        frequencies: wordfreq's packed list.
    """
    found = Words()
    _read_words(words, found)
    _read_frequencies(frequencies, found)
    _read_simplemma(found)
    _read_hunspell(hunspell, found)
    return found


def _plain(word: str) -> str:
    return word.replace("ĳ", "ij").replace("Ĳ", "IJ").replace("’", "'")


def _read_words(path: Path, found: Words) -> None:
    capitalised: set[str] = set()
    for line in path.read_text("utf-8").splitlines():
        word = _plain(line)
        if " " not in word:
            (found.listed if word == word.lower() else capitalised).add(word.lower())
    found.spelled = set(found.listed)
    found.names = capitalised - found.listed


def _read_frequencies(path: Path, found: Words) -> None:
    """The list has a bucket of words for every centibel below 1; a step of our scale is three centibels."""
    with gzip.open(path) as file:
        buckets = msgpack.load(file, raw=False)[1:]
    for centibels, bucket in enumerate(buckets):
        for word in bucket:
            plain = _plain(word).lower()
            found.frequency[plain] = max(found.frequency.get(plain, 0), (800 - centibels) // 3 + 1)


def _read_simplemma(found: Words) -> None:
    for form, lemma in DefaultDictionaryFactory().get_dictionary("nl").items():
        word, plain = _plain(form).lower(), _plain(lemma).lower().replace("_", "")
        if " " not in word and plain not in found.simple[word]:
            found.simple[word].append(plain)


def _read_hunspell(path: str, found: Words) -> None:
    suffixes, prefixes = _affixes(Path(f"{path}.aff"))
    verbs: list[tuple[str, str]] = []
    for line in Path(f"{path}.dic").read_text("utf-8").splitlines()[1:]:
        word, _, codes = _plain(line.split("\t")[0].strip()).partition("/")
        flags = {codes[place : place + 2] for place in range(0, len(codes), 2)}
        if not word or "Fw" in flags or " " in word:
            continue
        base = word.lower()
        _take_flags(base, flags, found)
        for flag in flags:
            for strip, add, condition, tag, more in suffixes.get(flag, ()):
                if word.endswith(strip) and condition.search(word):
                    form = (word.removesuffix(strip) + add).lower()
                    _take_form(form, base, tag, more, found)
            if "Vi" in flags:
                verbs += [
                    (add, base)
                    for _, add, condition, _, _ in prefixes.get(flag, ())
                    if condition.search(word)
                ]
    for particle, base in verbs:
        found.separable[particle + base] = (particle, base)
        found.infinitives.add(particle + base)
        found.listed.add(particle + base)


Affix = tuple[str, str, re.Pattern[str], str, str]


def _affixes(path: Path) -> tuple[dict[str, list[Affix]], dict[str, list[Affix]]]:
    kinds: dict[str, dict[str, list[Affix]]] = {"SFX": defaultdict(list), "PFX": defaultdict(list)}
    for line in path.read_text("utf-8").splitlines():
        parts = _plain(line).split()
        if len(parts) < 5 or parts[0] not in kinds:
            continue
        kind, flag, strip, added, condition = parts[:5]
        add, _, more = added.partition("/")
        tag = next((part[3:] for part in parts[5:] if part.startswith("ts:")), flag)
        pattern = re.compile(f"{condition}$" if kind == "SFX" else f"^{condition}")
        kinds[kind][flag].append(
            ("" if strip == "0" else strip, "" if add == "0" else add, pattern, tag, more)
        )
    return kinds["SFX"], kinds["PFX"]


def _take_flags(base: str, flags: set[str], found: Words) -> None:
    initials = {flag[0] for flag in flags}
    if "Vi" in flags:
        found.infinitives.add(base)
    if initials & {"Z", "Y"}:
        found.nouns.add(base)
    if "A" in initials:
        found.adjectives.add(base)
    if initials & {"Z", "Y", "A"} or "Vi" in flags:
        found.lemmas.add(base)
    elif "Cc" in flags and "V3" not in flags:
        found.without_plural.add(base)
    if "Ca" in flags:
        found.first.add(base)
    if "Cc" in flags:
        found.last.add(base)


def _take_form(form: str, base: str, tag: str, more: str, found: Words) -> None:
    if "Ca" in more:
        found.first.add(form.removesuffix("-"))
    if form.endswith("-") or tag not in _INFLECTIONS:
        return
    # A short vowel stays short: `bomen` is not the plural of `bom`, although the list has it.
    if tag == "NN2" and form == base + "en" and re.fullmatch(r"[^aeiouy]*[aeiou][^aeiouywxjh]", base):
        return
    found.listed.add(form)
    found.inflected[form].append(base)
