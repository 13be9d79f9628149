"""Measures what docs/dutch.md reports of the words of Dutch: what matches, what is split, what it costs.

    python tests/measure_dutch.py FOLDER [PASSAGES.jsonl.gz]

FOLDER has `pairs.tsv` (Y or N, two words), `form_lemma.tsv` (form, lemma, part of speech), `compounds.tsv`
(word, lemmas of its constituents) and `simple_words.txt` (words that are not split). The second file has texts
with `title` and `text`; it is analysed and indexed for the times. Words match when their terms overlap.

The weights of compounds were found on the same words: tests/fit_compounds.py tells by cross-validation how well
they do on others.
"""

from __future__ import annotations

import gzip
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from nltk.stem.snowball import DutchStemmer

from search.dutch.analyzer import analyze, forms_of
from search.dutch.lexicon import Flag, entry
from search.dutch.paradigms import INSEPARABLE
from search.dutch.tokens import WORD
from tests.measure import build

ROOT = Path(__file__).resolve().parent.parent
RANDOM_PAIRS, SEED = 20_000, 5
SHOWN = 20
"""Examples of a kind of failure that are shown."""

LOADING = """
import re
from pathlib import Path

def resident():
    status = Path("/proc/self/status").read_text()
    return [int(re.search(name + r":\\s+(\\d+) kB", status)[1]) / 1024 for name in ("VmRSS", "RssFile")]

from search.dutch.lexicon import FILE, _trie, entry
from search.dutch.variants import _variants
before = resident()
_variants()
# Every page of the file is touched, which is the most that it can take.
words = sum(1 for _ in _trie().iteritems())
after = resident()
print(words, FILE.stat().st_size / 2**20, *(late - early for early, late in zip(before, after)))
"""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two words, and whether a search for the one must find the other."""

    must_match: bool
    first: str
    second: str
    why: str


@dataclass(frozen=True, slots=True)
class Inflection:
    """A form with its lemma, as a treebank has them."""

    form: str
    lemma: str


def main(folder: str, passages: str | None = None) -> None:
    """Print every figure."""
    data = Path(folder)
    inflections = list(read_inflections(data / "form_lemma.tsv"))
    report_pairs(list(read_pairs(data / "pairs.tsv")))
    report_inflections(inflections)
    report_random_pairs(sorted({inflection.lemma for inflection in inflections}))
    report_compounds(list(rows(data / "compounds.tsv")))
    report_simple_words((data / "simple_words.txt").read_text("utf-8").split())
    report_memory()
    if passages:
        report_times(passages)


def rows(path: Path) -> Iterator[list[str]]:
    """The lines of a table below its heading, in columns."""
    for line in path.read_text("utf-8").splitlines()[1:]:
        if line:
            yield line.split("\t")


def read_pairs(path: Path) -> Iterator[Pair]:
    """Lines with Y or N, two words and perhaps the reason."""
    for kind, first, second, *why in rows(path):
        yield Pair(kind == "Y", first, second, " ".join(why))


def read_inflections(path: Path) -> Iterator[Inflection]:
    """Forms with their lemmas, those of names left out."""
    for form, lemma, part_of_speech, *_ in rows(path):
        if part_of_speech != "PROPN":
            yield Inflection(form, lemma)


@cache
def terms(text: str) -> frozenset[str]:
    """What a text is found on: the terms of its words, and of those written as one."""
    return frozenset(term for token in analyze(text) for term in (*token.terms, *token.also.terms))


def matches(first: str, second: str) -> bool:
    """Whether a search for one finds the other."""
    return not terms(first).isdisjoint(terms(second))


def report_pairs(pairs: list[Pair]) -> None:
    """How many pairs are as they must be, and which are not."""
    print("## pairs")
    for must_match, name in (True, "must match"), (False, "must not match"):
        asked = [pair for pair in pairs if pair.must_match is must_match]
        wrong = [pair for pair in asked if matches(pair.first, pair.second) is not must_match]
        print(f"{name}: {share(len(asked) - len(wrong), len(asked))}")
        for pair in wrong:
            found = " / ".join(" ".join(sorted(terms(word))) for word in (pair.first, pair.second))
            print(f"   {pair.first}, {pair.second}: {found} ({pair.why})")


def report_inflections(inflections: list[Inflection]) -> None:
    """How many forms share a term with their lemma, and what those that do not have in common."""
    print("\n## forms and lemmas")
    wrong = [each for each in inflections if not matches(each.form, each.lemma)]
    apart = [each for each in wrong if is_without_particle(each)]
    total = len(inflections)
    print(f"share a term: {share(total - len(wrong), total)}")
    print(f"forms of separable verbs whose particle stands elsewhere: {share(len(apart), total)}")
    print(f"share a term, those left out: {share(total - len(wrong), total - len(apart))}")
    others = [f"{each.form} ({each.lemma})" for each in wrong if each not in set(apart)]
    print("others, for instance:", ", ".join(random.Random(SEED).sample(others, min(SHOWN, len(others)))))


def is_without_particle(inflection: Inflection) -> bool:
    """Whether a form is that of the verb in a separable one, the particle of which stands elsewhere.

    `kondigt` of `aankondigen`, and `staat` of `vooropstaan`, of which no source says that it is separable: so the
    lemma ends in a verb that the form is of, and what comes before is neither in the form nor a prefix that stays.
    """
    lemma, form = inflection.lemma.lower(), inflection.form.lower()
    for verb in terms(form):
        particle = lemma.removesuffix(verb)
        known = entry(verb)
        is_verb = known is not None and bool(known.flags & Flag.VERB)
        if is_verb and particle not in ("", lemma, *INSEPARABLE) and not form.startswith(particle):
            return True
    return False


def report_random_pairs(lemmas: list[str]) -> None:
    """How often two lemmas that have nothing to do with each other share a term."""
    chance = random.Random(SEED)
    drawn = [chance.sample(lemmas, 2) for _ in range(RANDOM_PAIRS)]
    sharing = [pair for pair in drawn if matches(*pair)]
    print("\n## random pairs of different lemmas")
    print(f"share a term: {len(sharing)} of {RANDOM_PAIRS} ({len(sharing) / RANDOM_PAIRS:.3%})")
    print("for instance:", ", ".join("/".join(pair) for pair in sharing[:SHOWN]))


def report_compounds(compounds: list[list[str]]) -> None:
    """How often the constituents of a compound are those of the treebank, up to their inflection."""
    right = sum(has_parts(word, lemmas.split()) for word, lemmas, *_ in compounds)
    print("\n## compounds")
    print(f"have the constituents of the treebank: {share(right, len(compounds))}")


def has_parts(word: str, lemmas: list[str]) -> bool:
    """Whether a word has these constituents; the pieces of a hyphenated word are its constituents."""
    tokens = analyze(word)
    if len(tokens) > 1:
        found = [part for token in tokens for part in (token.parts or token.terms[:1])]
    else:
        found = list(tokens[0].parts)
    return len(found) == len(lemmas) and all(
        part in terms(lemma) or matches(part, lemma) for part, lemma in zip(found, lemmas, strict=True)
    )


def report_simple_words(words: list[str]) -> None:
    """How many words are split that should not be."""
    divided = [
        f"{word} ({' + '.join(parts)})"
        for word in words
        if (parts := [p for t in analyze(word) for p in t.parts])
    ]
    print("\n## words that are not compounds")
    print(f"split: {share(len(divided), len(words))}")
    print("for instance:", ", ".join(random.Random(SEED).sample(divided, min(SHOWN, len(divided)))))


def report_memory() -> None:
    """What the data of the language takes in a fresh process once all of it was read."""
    command = [sys.executable, "-c", LOADING]
    printed = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout
    words, size, resident, of_files = map(float, printed.split())
    print("\n## memory of the data")
    print(f"{words:.0f} words in {size:.1f} MB on disk")
    print(f"resident memory grows by {resident:.1f} MB, {of_files:.1f} MB of it pages of files")


def report_times(passages: str) -> None:
    """Processor time of analysing each different word, of NLTK's stemmer on the same, and of building an index."""
    words = list(dict.fromkeys(word for text in texts(passages) for word in WORD.findall(text)))
    stemmer = DutchStemmer()
    print(f"\n## processor time, {len(words)} different words")
    entry("de")
    stemming = seconds(stemmer.stem, (word.lower() for word in words))
    analysing = seconds(forms_of, words)
    print(f"NLTK's stemmer: {stemming:.1f} s; all of the analysis: {analysing:.1f} s")
    print(f"a word: {1e6 * stemming / len(words):.0f} and {1e6 * analysing / len(words):.0f} microseconds")
    report_build(passages)


def texts(passages: str) -> Iterator[str]:
    """Title and text of each passage."""
    with gzip.open(passages, "rt", encoding="utf-8") as file:
        for line in file:
            passage = json.loads(line)
            yield f"{passage['title']}\n{passage['text']}"


def seconds(work: Callable[[str], object], words: Iterable[str]) -> float:
    """Processor time of working on each word once."""
    started = time.process_time()
    for word in words:
        work(word)
    return time.process_time() - started


def report_build(passages: str) -> None:
    """Processor time and peak memory of `trefzeker index` on the passages, as a process of its own."""
    before = os.times()
    with tempfile.TemporaryDirectory() as scratch:
        wall, peak, report = build(passages, Path(scratch) / "index")
    after = os.times()
    used = after.children_user + after.children_system - before.children_user - before.children_system
    print(
        f"indexing {report['documents']} documents: {used:.1f} s, {wall:.1f} s by the clock, peak {peak:.0f} MB"
    )


def share(part: int, whole: int) -> str:
    """`3 of 4 (75.0%)`."""
    return f"{part} of {whole} ({part / whole:.1%})"


if __name__ == "__main__":
    main(*sys.argv[1:])
