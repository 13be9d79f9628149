"""Makes data/lexicon.marisa: the words of Dutch, their lemmas, how common they are, and what they can be part of.

    python -m search.dutch.compile_lexicon --words DUTCH.txt --hunspell nl --frequencies large_nl.msgpack.gz

Run when a source has a new version; data/README.md says which sources, under which licences, and where they come
from. It needs the extra `.[lexicon]`; nothing of it is needed when Trefzeker runs.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import click
import marisa_trie

from search.dutch.lexicon import FILE, Flag, encode
from search.dutch.lexicon_sources import Words, read_sources
from search.dutch.paradigms import (
    INSEPARABLE,
    SOMETIMES_INSEPARABLE,
    plurals,
    strong_forms,
    verb_stems,
    weak_forms,
    with_trema,
)

HERE = Path(__file__).parent / "data"
_RARE = 40
"""How much rarer (in steps of the frequency scale) a lemma may be than another of its form."""

_PRESENT = {
    "gaan": "ga gaat", "staan": "sta staat", "slaan": "sla slaat", "zien": "zie ziet", "doen": "doe doet",
    "zijn": "ben bent is", "hebben": "heb hebt heeft", "kunnen": "kan kunt", "mogen": "mag", "willen": "wil wilt",
    "zullen": "zal zult", "komen": "kom komt",
}  # fmt: skip


@click.command()
@click.option(
    "--words", type=click.Path(exists=True, path_type=Path), required=True, help="OpenTaal's word list."
)
@click.option("--hunspell", required=True, help="OpenTaal's .aff and .dic, path without the ending.")
@click.option(
    "--frequencies", type=click.Path(exists=True, path_type=Path), required=True, help="wordfreq's list."
)
def main(words: Path, hunspell: str, frequencies: Path) -> None:
    """Compile the lexicon."""
    entries = _entries(read_sources(words, hunspell, frequencies))
    trie = marisa_trie.BytesTrie(
        ((word, data) for word, data in sorted(entries.items())), order=marisa_trie.LABEL_ORDER
    )
    # The file is mapped by whoever runs: it is replaced, never written over.
    trie.save(str(FILE.with_suffix(".new")))
    FILE.with_suffix(".new").replace(FILE)
    click.echo(f"{len(entries)} words, {FILE.stat().st_size / 1e6:.1f} MB", err=True)


def _entries(found: Words) -> dict[str, bytes]:
    """Every word with its record."""
    lemma_count: dict[str, int] = defaultdict(int)
    for form, lemmas in found.simple.items():
        for lemma in lemmas:
            lemma_count[lemma] += form != lemma
    _add_infinitives(found, lemma_count)
    verbs = _verb_forms(found)
    irregular: dict[str, list[str]] = defaultdict(list)
    for singular, *several in _table("nouns.txt"):
        found.nouns.add(singular)
        for plural in several:
            irregular[plural].append(singular)
    for noun in found.without_plural - found.nouns - found.infinitives:
        found.nouns.add(noun)
        for plural in plurals(noun):
            if plural in found.listed and plural not in found.infinitives and len(noun) > 2:
                found.inflected[plural].append(noun)

    known = found.listed | set(found.simple)
    for word in known:
        for size in range(4, min(len(word) - 2, 11)):
            for singular in irregular.get(word[-size:], ()):
                if word[:-size] + singular in known:
                    irregular[word] = [*irregular.get(word, ()), word[:-size] + singular]
    words = found.listed | set(found.simple) | found.names | {w for ws in found.simple.values() for w in ws}
    lemmas_of = {
        word: _lemmas(word, found, verbs.get(word, []), irregular.get(word, []), lemma_count[word])
        for word in words
    }
    entries = {}
    for word in words:
        flags = _flags(word, lemmas_of[word], found, verbs)
        particle = found.separable.get(word, ("",))[0]
        entries[word] = encode(word, found.frequency.get(word, 0), flags, lemmas_of[word], len(particle))
    return entries


def _add_infinitives(found: Words, lemma_count: dict[str, int]) -> None:
    """Also take for a verb what simplemma gives as the lemma of its own third person."""
    for lemma, count in list(lemma_count.items()):
        if count >= 3 and len(lemma) > 3 and lemma.endswith(("en", "ën")):
            stems = verb_stems(lemma)
            if any(lemma in found.simple.get(stem.removesuffix("t") + "t", ()) for stem in stems):
                found.infinitives.add(lemma)
    found.infinitives |= {infinitive for infinitive, *_ in _table("verbs.txt")}


def _verb_forms(found: Words) -> dict[str, list[str]]:
    """For each form the infinitives that it can be of."""
    strong = {infinitive: parts for infinitive, *parts in _table("verbs.txt")}
    forms: dict[str, list[str]] = defaultdict(list)

    def add(form: str, infinitive: str) -> None:
        for spelled in {form, with_trema(form)}:
            known = spelled in found.listed or spelled in found.simple or spelled in found.frequency
            if known and infinitive not in forms[spelled]:
                forms[spelled].append(infinitive)

    for infinitive in sorted(found.infinitives):
        particle, base = found.separable.get(infinitive, ("", infinitive))
        prefix = _prefix(base, strong)
        root = base.removeprefix(prefix)
        if root in strong:
            own = [part for parts in strong[root] for part in parts.split("/") if part != "-"]
            own_forms = [*strong_forms(root, own, prefix)]
            own_forms += [prefix + form for form in _PRESENT.get(root, "").split()]
        else:
            own_forms = [*weak_forms(base)]
        for form in (*own_forms, base):
            add(particle + form, infinitive)
            if particle:
                add(form, base)
    return forms


def _prefix(verb: str, strong: dict[str, list[str]]) -> str:
    """The prefix that stands before a strong verb and does not part from it."""
    if verb in strong:
        return ""
    for prefix in (*INSEPARABLE, *SOMETIMES_INSEPARABLE):
        if verb.startswith(prefix) and verb.removeprefix(prefix) in strong:
            return prefix
    return ""


def _lemmas(word: str, found: Words, verbs: list[str], irregular: list[str], count: int) -> list[str]:
    """The lemmas of a word: what tables and sources agree on, without those that are far rarer than another."""
    if word in found.names:
        return list(dict.fromkeys((*found.simple.get(word, ()), *found.inflected.get(word, ())))) or [word]
    is_lemma = word in found.lemmas or count >= 2 or word in found.nouns
    simple = found.simple.get(word, [])
    lemmas: dict[str, None] = dict.fromkeys(irregular)
    for verb in verbs:
        # `regel` is a rule, and hardly ever "I arrange".
        first_person = word in verb_stems(verb) and word in found.nouns and verb not in simple
        if not first_person:
            lemmas[verb] = None
    for lemma in simple:
        of_other_verb = verbs and lemma in found.infinitives and lemma not in verbs
        only_itself = lemma == word and lemmas and not is_lemma
        # `iets wilders` is hardly ever written; the name is.
        genitive = word == lemma + "ers"
        if not (of_other_verb or only_itself or genitive):
            lemmas[lemma] = None
    lemmas |= dict.fromkeys(found.inflected.get(word, ()))
    if is_lemma:
        lemmas[word] = None
    sound = {lemma: None for lemma in lemmas if lemma in found.listed or lemma in found.frequency}
    lemmas = sound or lemmas
    most = max((found.frequency.get(lemma, 0) for lemma in lemmas), default=0)
    kept = [lemma for lemma in lemmas if found.frequency.get(lemma, 0) + _RARE >= most or lemma in irregular]
    return sorted(kept or lemmas, key=lambda lemma: (lemma not in irregular, -found.frequency.get(lemma, 0)))


def _flags(word: str, lemmas: list[str], found: Words, verbs: dict[str, list[str]]) -> int:
    flags = 0
    for flag, holds in (
        (Flag.NAME, word in found.names),
        (Flag.LISTED, word in found.spelled or word in found.names),
        (Flag.NOUN, any(lemma in found.nouns for lemma in (*lemmas, word))),
        (Flag.VERB, word in verbs),
        (Flag.ADJECTIVE, any(lemma in found.adjectives for lemma in (*lemmas, word))),
        (Flag.FIRST, word in found.first),
        (Flag.LAST, any(lemma in found.last for lemma in (*lemmas, word))),
    ):
        if holds:
            flags |= flag
    return flags


def _table(name: str) -> Iterator[list[str]]:
    """The lines of a file of data, split at blanks; comments left out."""
    for line in (HERE / name).read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            yield line.split()


if __name__ == "__main__":
    main()
