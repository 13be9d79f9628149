"""Finds the weights of search/dutch/compounds.py by logistic regression, and says how well they do.

    python tests/fit_compounds.py COMPOUNDS.tsv SIMPLE_WORDS.txt

COMPOUNDS.tsv has a compound and its constituents (lemmas, separated by blanks) on each line; SIMPLE_WORDS.txt a
word that is not split on each line. Figures are by five-fold cross-validation: each word is judged by weights that
were found without it.
"""

from __future__ import annotations

import random
import sys
from pathlib import Path

import numpy as np
import numpy.typing as npt

from search.dutch.compounds import Split, candidates, features
from search.dutch.lemma import split_base
from search.dutch.lexicon import entry

FOLDS, STEPS, PENALTY = 5, 30, 0.5
Floats = npt.NDArray[np.float64]


def main(compounds: Path, simple: Path) -> None:
    """Print the weights and the figures for a range of thresholds."""
    gold = [line.split("\t")[:2] for line in compounds.read_text("utf-8").splitlines()[1:] if line]
    cases = [(word, parts.split()) for word, parts in gold if "-" not in word]
    cases += [(word, []) for word in simple.read_text("utf-8").split()]
    rows, right, words, names = [], [], [], dict[str, int]()
    for number, (word, parts) in enumerate(cases):
        base = split_base(word) if entry(word) else word
        for candidate in candidates(base):
            found = dict(features(candidate, entry(base), len(base)))
            for name in found:
                names.setdefault(name, len(names))
            rows.append(found)
            right.append(len(parts) == 2 and _agrees(candidate, parts))
            words.append(number)
    table = np.zeros((len(rows), len(names)))
    for row, found in enumerate(rows):
        for name, value in found.items():
            table[row, names[name]] = value
    answers, owners = np.array(right, np.float64), np.array(words)
    fold = np.array([random.Random(word).randrange(FOLDS) for word in range(len(cases))])[owners]
    scores = np.zeros(len(rows))
    for part in range(FOLDS):
        scores[fold == part] = table[fold == part] @ _fit(table[fold != part], answers[fold != part])
    for name, weight in zip(names, _fit(table, answers), strict=True):
        print(f'    "{name}": {weight:.2f},')
    for threshold in np.arange(-1.5, 0.51, 0.1):
        _report(float(threshold), scores, answers, owners, cases)


def _agrees(candidate: Split, parts: list[str]) -> bool:
    return all(
        _terms(ours) & _terms(gold)
        for ours, gold in zip((candidate.first, candidate.last), parts, strict=True)
    )


def _terms(word: str) -> set[str]:
    found = entry(word)
    return {word, *(found.lemmas if found else ())}


def _fit(table: Floats, answers: Floats) -> Floats:
    """Logistic regression with a quadratic penalty, by Newton's method."""
    weights = np.zeros(table.shape[1])
    for _ in range(STEPS):
        chance = 1 / (1 + np.exp(-table @ weights))
        spread = chance * (1 - chance) + 1e-9
        curve = (table * spread[:, None]).T @ table + PENALTY * np.eye(len(weights))
        weights += np.linalg.solve(curve, table.T @ (answers - chance) - PENALTY * weights)
    return weights


def _report(
    threshold: float,
    scores: Floats,
    answers: Floats,
    owners: npt.NDArray[np.int64],
    cases: list[tuple[str, list[str]]],
) -> None:
    best: dict[int, int] = {}
    for row, owner in enumerate(owners.tolist()):
        if owner not in best or scores[row] > scores[best[owner]]:
            best[owner] = row
    taken = {owner: row for owner, row in best.items() if scores[row] > threshold}
    compound = [number for number, (_, parts) in enumerate(cases) if parts]
    simple = [number for number, (_, parts) in enumerate(cases) if not parts]
    found = sum(bool(answers[taken[number]]) for number in compound if number in taken)
    split = sum(number in taken for number in simple)
    print(f"{threshold:5.1f}  compounds right {found / len(compound):.1%}", end="  ")
    print(f"simple words split {split / len(simple):.1%}")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
