"""Finds the weights of search/dutch/compound_model.py, and says how well they do.

    python tests/fit_compounds.py COMPOUNDS.tsv SIMPLE_WORDS.txt

COMPOUNDS.tsv has on each line a compound, its constituents (lemmas, separated by blanks), two columns that are not
read, and the constituents as they are written (+ between them, _ before a link); SIMPLE_WORDS.txt a word that is
not split on each line.

The model chooses one of the splits of a word or none (a conditional logit: McFadden, "Conditional Logit Analysis
of Qualitative Choice Behavior", 1974). Figures are by five-fold cross-validation: each word is judged by weights
that were found without it, once by them alone and once with the list of data/compounds.txt, as in use.
"""

from __future__ import annotations

import random
import sys
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from search.dutch.compounds import Split, candidates, features, listed_compounds
from search.dutch.derivation import is_derived
from search.dutch.lemma import split_base
from search.dutch.lexicon import entry

FOLDS, REPEATS, STEPS, PENALTY = 5, 4, 30, 0.5
Floats = npt.NDArray[np.float64]
Numbers = npt.NDArray[np.int64]
Case = tuple[str, list[str], set[int]]
"""A word, the lemmas of its constituents (none for a simple word), and the places where a constituent ends."""


@dataclass(frozen=True, slots=True)
class Table:
    """All splits of all words, a row each: features, whether right (to learn, to count), number of the word."""

    splits: list[Split]
    values: Floats
    learned: Floats
    right: npt.NDArray[np.bool_]
    words: Numbers


def main(compounds: Path, simple: Path) -> None:
    """Print the weights and the figures for a range of thresholds."""
    cases = list(_read(compounds)) + [(word, [], set()) for word in simple.read_text("utf-8").split()]
    names: dict[str, int] = {}
    table = _table(cases, names)
    for name, weight in zip(names, _fit(table, np.ones(len(table.words), np.bool_)), strict=True):
        print(f'    "{name}": {weight:.2f},')
    judged = [_judge(table, len(cases), repeat) for repeat in range(REPEATS)]
    for threshold in np.arange(-1.5, 0.51, 0.1):
        alone = np.mean([_shares(threshold, table, scores, cases, {}) for scores in judged], axis=0)
        listed = [_shares(threshold, table, scores, cases, listed_compounds()) for scores in judged]
        print(
            f"{threshold:5.2f}  compounds right {alone[0]:.1%}, simple words split {alone[1]:.1%}", end=";  "
        )
        print("with the list {:.1%}, {:.1%}".format(*np.mean(listed, axis=0)))


def _read(path: Path) -> list[Case]:
    cases: list[Case] = []
    for line in path.read_text("utf-8").splitlines()[1:]:
        word, parts, _, _, written = line.split("\t")
        if "-" not in word:
            pieces = written.replace("_", "").split("+")
            ends = {sum(map(len, pieces[:count])) for count in range(1, len(pieces))}
            cases.append((word, parts.split(), ends))
    return cases


def _table(cases: list[Case], names: dict[str, int]) -> Table:
    rows: list[dict[str, float]] = []
    splits, learned, right, words = [], [], [], []
    for number, (word, parts, ends) in enumerate(cases):
        base = _base(word)
        for candidate in () if is_derived(base) else candidates(base):
            rows.append(dict(features(candidate, base)))
            for name in rows[-1]:
                names.setdefault(name, len(names))
            splits.append(candidate)
            words.append(number)
            right.append(len(parts) == 2 and _agrees(candidate, parts))
            # Of three constituents or more any seam is right, though only splits in two are counted.
            learned.append(right[-1] or (len(parts) > 2 and len(base) - len(candidate.last) in ends))
    values = np.zeros((len(rows), len(names)))
    for row, found in enumerate(rows):
        for name, value in found.items():
            values[row, names[name]] = value
    return Table(splits, values, np.array(learned, np.float64), np.array(right), np.array(words))


def _base(word: str) -> str:
    return split_base(word) if entry(word) else word


def _agrees(candidate: Split, parts: list[str]) -> bool:
    return all(
        _terms(ours) & _terms(gold)
        for ours, gold in zip((candidate.first, candidate.last), parts, strict=True)
    )


def _terms(word: str) -> set[str]:
    found = entry(word)
    return {word, *(found.lemmas if found else ())}


def _fit(table: Table, chosen: npt.NDArray[np.bool_]) -> Floats:
    """The weights with the highest penalised likelihood on the chosen rows, by Newton's method.

    The whole word has score 0 and is right where no split is; of several right ones any may be taken.
    """
    values, right = table.values[chosen], table.learned[chosen]
    _, words = np.unique(table.words[chosen], return_inverse=True)
    has_right = np.bincount(words, right) > 0
    weights = np.zeros(values.shape[1])
    for _ in range(STEPS):
        odds = np.exp(values @ weights)
        chance = odds / (1 + np.bincount(words, odds))[words]
        among_right = odds * right / np.where(has_right, np.bincount(words, odds * right), 1)[words]
        expected = np.zeros((len(has_right), len(weights)))
        np.add.at(expected, words, values * chance[:, None])
        curve = (values * chance[:, None]).T @ values - expected.T @ expected
        slope = values.T @ (among_right - chance) - PENALTY * weights
        weights += np.linalg.solve(curve + PENALTY * np.eye(len(weights)), slope)
    return weights


def _judge(table: Table, words: int, repeat: int) -> Floats:
    """The score of each row by weights that were found without its word."""
    folds = np.array([random.Random(f"{word} {repeat}").randrange(FOLDS) for word in range(words)])
    fold = folds[table.words]
    scores = np.zeros(len(fold))
    for part in range(FOLDS):
        scores[fold == part] = table.values[fold == part] @ _fit(table, fold != part)
    return scores


def _shares(
    threshold: float, table: Table, scores: Floats, cases: list[Case], listed: dict[str, Split | None]
) -> tuple[float, float]:
    """The share of compounds that are split right, and of simple words that are split."""
    best: dict[int, int] = {}
    for row, owner in enumerate(table.words.tolist()):
        if owner not in best or scores[row] > scores[best[owner]]:
            best[owner] = row
    found = split = 0
    for number, (word, parts, _) in enumerate(cases):
        likes = number in best and scores[best[number]] > threshold
        taken = table.splits[best[number]] if likes else None
        taken = listed.get(_base(word), taken)
        split += not parts and taken is not None
        found += len(parts) == 2 and taken is not None and _agrees(taken, parts)
    compounds = sum(bool(parts) for _, parts, _ in cases)
    return found / compounds, split / (len(cases) - compounds)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
