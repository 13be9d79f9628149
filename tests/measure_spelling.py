"""Measures how often the speller puts the right word first, and how long it takes.

    python tests/measure_spelling.py MISSPELLINGS.tsv PASSAGES.jsonl.gz [WORDS.txt]

The first file has the columns `wrong` and `right`; the second has texts with `title` and `text`, whose words are a
vocabulary with counts. A list of words, one a line, is a second vocabulary and tells what is known Dutch.
"Held out" are pairs on which the weights were not fitted; the groups of letters were chosen knowing such mistakes.
The right words are always put in. A wrong form that the vocabulary has is counted apart: it finds something
as typed.
"""

from __future__ import annotations

import csv
import gzip
import json
import random
import statistics
import sys
import time
import zlib
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from rapidfuzz.distance import DamerauLevenshtein

from search.dutch.analyzer import word_forms
from search.dutch.normalise import fold
from search.dutch.spelling import Speller

SMALL = 30_000
COMMONEST_IN_SMALL = 3


def main(misspellings: str, passages: str, words: str | None = None) -> None:
    """Print the figures for every vocabulary."""
    with Path(misspellings).open(encoding="utf-8", newline="") as file:
        pairs = [(fold(row["wrong"]), fold(row["right"])) for row in csv.DictReader(file, delimiter="\t")]
    counts = counted(passages)
    chance = random.Random(1)
    sample = chance.sample(sorted(counts), min(SMALL, len(counts)))
    report("passages", dict(counts), pairs)
    report("a small sample", {word: chance.randint(1, COMMONEST_IN_SMALL) for word in sample}, pairs)
    if words:
        lines = Path(words).read_text(encoding="utf-8").splitlines()
        known = dict.fromkeys(filter(None, map(fold, map(str.strip, lines))), 1)
        print(
            f"wrong forms in the list of words: {sum(wrong in known for wrong, _ in pairs)} of {len(pairs)},"
        )
        print(f"of which differ in accents or case only: {sum(wrong == right for wrong, right in pairs)}")
        report("the list of words, each once", known, pairs)
        report(
            "the list of words, as common as in the passages",
            {word: 1 + counts.get(word, 0) for word in known},
            pairs,
        )


def counted(passages: str) -> Counter[str]:
    """Of every written form in a file of texts, the number of texts that have it."""
    counts: Counter[str] = Counter()
    with gzip.open(passages, "rt", encoding="utf-8") as file:
        for line in file:
            text = json.loads(line)
            forms = word_forms(f"{text['title']}\n{text['text']}")
            counts.update({written for form in forms for written in form.exact})
    return counts


def report(name: str, vocabulary: dict[str, int], pairs: list[tuple[str, str]]) -> None:
    """Print accuracy by kind of pair, and times."""
    for _, right in pairs:
        vocabulary.setdefault(right, 1)
    started = time.perf_counter()
    speller = Speller(list(vocabulary), list(vocabulary.values()))
    built = time.perf_counter() - started
    asked: Counter[str] = Counter()
    first: Counter[str] = Counter()
    among: Counter[str] = Counter()
    times: list[float] = []
    for wrong, right in pairs:
        started = time.perf_counter()
        texts = [candidate.text for candidate in speller.candidates(wrong)]
        times.append(1000 * (time.perf_counter() - started))
        for group in groups(wrong, right, vocabulary):
            asked[group] += 1
            first[group] += texts[:1] == [right]
            among[group] += right in texts
    print(f"\n## {name}: {len(vocabulary)} words, built in {built:.2f} s")
    print(
        f"milliseconds a word: median {statistics.median(times):.1f}, "
        f"95% below {statistics.quantiles(times, n=20)[-1]:.1f}, at most {max(times):.1f}"
    )
    for group in sorted(asked):
        print(
            f"{group:42} {asked[group]:5}  first {first[group] / asked[group]:6.1%}"
            f"  among five {among[group] / asked[group]:6.1%}"
        )


def groups(wrong: str, right: str, vocabulary: dict[str, int]) -> list[str]:
    """The groups that a pair counts in."""
    distance = DamerauLevenshtein.distance(wrong, right)
    if wrong == right:
        return ["0 all", "1 only accents or case differ"]
    if wrong in vocabulary:
        return ["0 all", "2 wrong form is in the vocabulary"]
    half = "held out" if zlib.crc32(wrong.encode()) & 1 else "fitted on"
    edits = "1" if distance == 1 else "2" if distance == 2 else "3 or more"
    return [
        "0 all",
        "3 not in the vocabulary",
        f"4 {half}",
        f"5 distance {edits}",
        f"6 {half}, distance {edits}",
    ]


if __name__ == "__main__":
    main(*sys.argv[1:])
