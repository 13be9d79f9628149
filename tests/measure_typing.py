"""Measures typing on: whether an article that is found for the beginning of a title stays found for more of it.

    python tests/measure_typing.py SOURCE [COUNT]

SOURCE is a folder of Markdown files or a .jsonl.gz file; it is indexed in a temporary folder. COUNT articles
(500) with a title of 2 to 8 words that no other has are drawn; each title is typed letter by letter, from 3
letters on to at most 40. Once its article is among the first 10 hits, it must be there for every longer
beginning. A beginning counts as it is typed, so also when it ends in a blank.
"""

from __future__ import annotations

import random
import sys
import time
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from search import clock
from search.config import Settings
from search.dutch.stopwords import is_stop_word
from search.indexing import build_index
from search.model import SearchRequest
from search.service import Service
from search.store import folders

COUNT, SEED = 500, 11
SHORTEST, LONGEST = 3, 40
"""Letters of the shortest and of the longest beginning that is asked."""

FIRST_HITS = 10
SHOWN = 20
"""Examples of losses that are shown."""


@dataclass(frozen=True, slots=True)
class Target:
    """An article that must be found, and its title on one line."""

    id: str
    title: str


@dataclass(frozen=True, slots=True)
class Step:
    """A beginning of a title: whether the target is among the first hits, and how many hits there are."""

    text: str
    found: bool
    total: int


@dataclass(frozen=True, slots=True)
class Loss:
    """The beginning that lost a target, and the one before."""

    target: Target
    before: Step
    after: Step


def main(source: str, count: int = COUNT) -> None:
    """Print the share of titles that never lose their article, and what the losses have in common."""
    with TemporaryDirectory() as folder:
        index = Path(folder) / "index"
        build_index([Path(source)], index)
        service = Service(Settings(index=index))
        targets = draw(index, count)
        typed = []
        for number, target in enumerate(targets, start=1):
            typed.append(type_title(service, target))
            if number % 25 == 0:
                print(f"{number} of {len(targets)}", file=sys.stderr)
        service.close()
    report(targets, typed)


def draw(index: Path, count: int) -> list[Target]:
    """Public articles with a title of 2 to 8 words that no other has, drawn by a fixed seed."""
    generation = folders.open_generation(index, folders.current_name(index))
    records = [generation.record(int(number)) for number in generation.visible(clock.now_ms()).nonzero()[0]]
    targets = [Target(record.id, " ".join(record.title.split())) for record in records]
    often = Counter(target.title.casefold() for target in targets)
    fit = sorted(
        (each for each in targets if often[each.title.casefold()] == 1 and 2 <= len(each.title.split()) <= 8),
        key=lambda target: target.id,
    )
    return random.Random(SEED).sample(fit, min(count, len(fit)))


def type_title(service: Service, target: Target) -> list[Step]:
    """Every beginning of a title in turn, with whether it finds its article."""
    steps = []
    for end in range(min(SHORTEST, len(target.title)), min(len(target.title), LONGEST) + 1):
        text = target.title[:end]
        answer = service.search(SearchRequest(text, per_page=FIRST_HITS, marked=False))
        steps.append(Step(text, any(hit.id == target.id for hit in answer.hits), answer.total))
    return steps


def losses_of(target: Target, steps: list[Step]) -> list[Loss]:
    """Each step that no longer finds what the one before found."""
    return [
        Loss(target, before, after) for before, after in pairwise(steps) if before.found and not after.found
    ]


def kind(loss: Loss) -> str:
    """What the last word of a losing beginning looks like, and whether the target is outranked or not matched.

    A total of no more than the first hits means that the target is not among the matches at all.
    """
    text = loss.after.text
    last = text.split()[-1]
    rest = loss.target.title[len(text) :]
    if text.endswith(" "):
        place = "after a blank"
    elif not last[-1].isalnum():
        place = "at a sign"
    elif rest and rest[0].isalnum():
        place = (
            "in a stop word" if is_stop_word(last.lower()) else f"in a word, at letter {min(len(last), 4)}"
        )
        place += " or later" if len(last) >= 4 and not is_stop_word(last.lower()) else ""
    else:
        place = "at the end of a word"
    return f"{place}, {'not matched' if loss.after.total <= FIRST_HITS else 'outranked or not matched'}"


def report(targets: list[Target], typed: list[list[Step]]) -> None:
    """Print the figures, the kinds of losses by how often they occur, and examples."""
    losses = [losses_of(target, steps) for target, steps in zip(targets, typed, strict=True)]
    kept = sum(1 for each in losses if not each)
    never = sum(1 for steps in typed if not any(step.found for step in steps))
    ends_found = sum(1 for steps in typed if steps[-1].found)
    asked = sum(map(len, typed))
    first = [next(len(step.text) for step in steps if step.found) for steps in typed if any_found(steps)]
    print(f"never lost: {kept} of {len(targets)} ({kept / max(len(targets), 1):.1%})")
    print(f"never found: {never}; found by the last beginning: {ends_found}")
    if first:
        print(f"letters until first found: {sum(first) / len(first):.1f} on average")
    flat = [loss for each in losses for loss in each]
    print(f"losses: {len(flat)} in {asked} beginnings")
    for name, number in Counter(map(kind, flat)).most_common():
        print(f"{number:5} {name}")
    shown = random.Random(SEED).sample(flat, min(SHOWN, len(flat)))
    for loss in shown:
        before, after = loss.before, loss.after
        print(
            f"   ‘{after.text}’ ({after.total}) lost, ‘{before.text}’ ({before.total}): {loss.target.title}"
        )


def any_found(steps: list[Step]) -> bool:
    """Whether some beginning finds the target."""
    return any(step.found for step in steps)


if __name__ == "__main__":
    started = time.perf_counter()
    main(sys.argv[1], *map(int, sys.argv[2:3]))
    print(f"{time.perf_counter() - started:.0f} seconds", file=sys.stderr)
