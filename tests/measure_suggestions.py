"""Measures "did you mean" as a reader meets it: which suggestion the whole search gives for a misspelled word.

    python tests/measure_suggestions.py MISSPELLINGS.tsv WORDS.txt

MISSPELLINGS.tsv has a wrong form, the right one and their distance on each line, under a heading. The index has
all right forms among 32,000 words drawn from WORDS.txt by a fixed seed, twenty an article. A suggestion is right
when it is the right form but for capitals and accents. Pairs that differ in nothing else find the same articles
and get no suggestion, which counts as wrong in the figures over all pairs; they are also given without. Run
outside the test suite.
"""

from __future__ import annotations

import json
import random
import sys
import tempfile
from pathlib import Path

from search.config import Settings
from search.dutch.normalise import fold
from search.indexing import build_index
from search.model import SearchRequest
from search.service import Service

OTHERS, PER_ARTICLE, SEED = 32_000, 20, 2


def main(misspellings: Path, word_list: Path) -> None:
    """Print the share that is right, of all and at distance 1, also without pairs that need no suggestion."""
    pairs = [line.split("\t")[:3] for line in misspellings.read_text("utf-8").splitlines()[1:] if line]
    with tempfile.TemporaryDirectory() as scratch:
        service = Service(Settings(content=Path(scratch), index=build(Path(scratch), pairs, word_list)))
        right = [suggested(service, wrong) == fold(meant) for wrong, meant, _ in pairs]
    equal = [fold(wrong) == fold(meant) for wrong, meant, _ in pairs]
    for name, wanted in (("all", ""), ("distance 1", "1")):
        chosen = [number for number, (_, _, far) in enumerate(pairs) if wanted in ("", far)]
        other = [number for number in chosen if not equal[number]]
        print(f"{name}: {share(right, chosen)}")
        print(f"{name}, without pairs that differ in capitals or accents only: {share(right, other)}")
    print(f"differ in capitals or accents only, which need no suggestion: {sum(equal)}")


def share(right: list[bool], chosen: list[int]) -> str:
    """What part of the chosen pairs is right, as text."""
    return f"{sum(right[number] for number in chosen) / len(chosen):.1%} of {len(chosen)}"


def build(scratch: Path, pairs: list[list[str]], word_list: Path) -> Path:
    """Index all right forms and many other words."""
    chance = random.Random(SEED)
    listed = [word for word in word_list.read_text("utf-8").split() if word.islower() and word.isalpha()]
    words = list(dict.fromkeys([meant for _, meant, _ in pairs] + chance.sample(listed, OTHERS)))
    chance.shuffle(words)
    source = scratch / "words.jsonl"
    with source.open("w", encoding="utf-8") as file:
        for first in range(0, len(words), PER_ARTICLE):
            text = " , ".join(words[first : first + PER_ARTICLE])
            file.write(json.dumps({"id": str(first), "title": f"Stuk {first}", "text": text}) + "\n")
    index = scratch / "index"
    build_index([source], index)
    return index


def suggested(service: Service, wrong: str) -> str:
    """The suggestion for a word, without capitals and accents; empty when there is none."""
    suggestion = service.search(SearchRequest(wrong, marked=False)).suggestion
    return fold(suggestion.query) if suggestion else ""


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
