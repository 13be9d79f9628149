"""CPU time of processes and pieces of work; queries answered by all engines in turn, in rounds.

CPU time is that of all threads of a process, as the binding of an engine may use several. What is measured by
itself (building, memory, edits) runs in a process of its own, so that nothing of another engine is at hand.
"""

from __future__ import annotations

import gc
import math
import os
import random
import resource
import statistics
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from typing import Literal, ParamSpec, TypeVar, get_args

from search.benchmark.engines import Engine, Opened
from search.benchmark.names import SLOW
from search.benchmark.queries import Query, share_of

Piece = Literal["top10", "facets", "snippets", "full"]
PIECES: tuple[Piece, ...] = get_args(Piece)
"""The best ten with the exact count; with the counts of tags as well; with ten passages as well; with
both.
"""

Tell = Callable[[str], None]
"""Is told, in Dutch, how far it is."""

_Arguments = ParamSpec("_Arguments")
_Result = TypeVar("_Result")


@dataclass(frozen=True, slots=True)
class Spread:
    """Median, 95th percentile (nearest rank) and largest of some measurements."""

    median: float
    p95: float
    worst: float


@dataclass(frozen=True, slots=True)
class Timings:
    """What one engine took: for each piece and query the median over rounds, and each time it was opened,
    in ms.
    """

    pieces: dict[Piece, dict[int, float]]
    opening: list[float]
    fuzzy: list[float]


def spread(values: Sequence[float]) -> Spread:
    """Sum up measurements, one or more."""
    ordered = sorted(values)
    return Spread(statistics.median(ordered), ordered[math.ceil(0.95 * len(ordered)) - 1], ordered[-1])


def apart(
    function: Callable[_Arguments, _Result], *arguments: _Arguments.args, **named: _Arguments.kwargs
) -> _Result:
    """Call a function of a module in a new process and give its result."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return pool.submit(function, *arguments, **named).result()


@contextmanager
def uncollected() -> Iterator[None]:
    """A while in which no garbage is looked for; what was there is collected before."""
    gc.collect()
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def cpu_seconds() -> float:
    """CPU time of this process and of those that it started and that have ended."""
    times = os.times()
    return time.process_time() + times.children_user + times.children_system


def resident() -> tuple[int, int]:
    """Bytes of this process in memory: all, and those that no other process can share.

    Where the system does not tell them, the largest it has been counts for both.
    """
    status = Path("/proc/self/status")
    if not status.exists():
        most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
        return most, most
    lines = dict(line.partition(":")[::2] for line in status.read_text("ascii").splitlines())
    whole, private = (int(lines[name].split()[0]) * 1024 for name in ("VmRSS", "RssAnon"))
    return whole, private


def answer_in_turn(
    engines: Mapping[str, tuple[Engine, Path]], queries: Sequence[Query], rounds: int, seed: int, tell: Tell
) -> dict[str, Timings]:
    """Answer every query by every engine, in rounds.

    Each round, and each piece in it, opens all indexes anew, so that no answer that was kept is of use.
    Queries come in another order each time; for each of them the engines come behind each other, another one
    first.

    Args:
        engines: by name, with the folder of its index.
        queries: to be answered.
        rounds: how often.
        seed: of the order.
        tell: hears how far it is.
    """
    times: dict[str, dict[Piece, dict[int, list[float]]]] = {
        name: {piece: defaultdict(list) for piece in PIECES} for name in engines
    }
    opening: dict[str, list[float]] = {name: [] for name in engines}
    fuzzy: dict[str, list[float]] = {name: [] for name in engines}
    asked = {name: frozenset(share_of(name, queries)) for name in engines}
    chance = random.Random(seed)  # noqa: S311  # nothing secret
    for number in range(rounds):
        names = [name for name in engines if number == 0 or name not in SLOW]
        for piece in PIECES:
            tell(f"ronde {number + 1} van {rounds}: {piece}, {len(queries)} zoekvragen")
            with uncollected():
                opened: dict[str, Opened] = {}
                for name in names:
                    engine, index = engines[name]
                    opened[name], took = timed(engine.open, index)
                    opening[name].append(took)
                    fuzzy[name].append(timed(opened[name].prepare_fuzzy)[1])
                for place, query in enumerate(chance.sample(queries, len(queries))):
                    first = (place + number) % len(names)
                    for name in names[first:] + names[:first]:
                        if query not in asked[name]:
                            continue
                        times[name][piece][query.number].append(_answered(opened[name], query, piece))
                for one in opened.values():
                    one.close()
    return {
        name: Timings(
            {
                piece: {number: statistics.median(values) for number, values in own.items()}
                for piece, own in pieces.items()
            },
            opening[name],
            fuzzy[name],
        )
        for name, pieces in times.items()
    }


def timed(
    function: Callable[_Arguments, _Result], *arguments: _Arguments.args, **named: _Arguments.kwargs
) -> tuple[_Result, float]:
    """Call a function; its result, and the CPU time in ms."""
    started = time.process_time_ns()
    result = function(*arguments, **named)
    return result, (time.process_time_ns() - started) / 1e6


def _answered(opened: Opened, query: Query, piece: Piece) -> float:
    facets, passages = piece in ("facets", "full"), piece in ("snippets", "full")
    return timed(opened.answer, query, facets=facets, passages=passages)[1]
