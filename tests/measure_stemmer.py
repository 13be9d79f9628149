"""What all of Dutch costs: `python -m tests.measure_stemmer SOURCES…` (`make measure-stemmer SOURCES=…`).

The same queries are answered in full by two processes, in turn: one with lemmas, compounds, separable verbs, lists
and synonyms, the other with NLTK's stemmer alone, over an index of its own. Prints the CPU time of both.
"""

from __future__ import annotations

import json
import random
import re
import statistics
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path

QUERIES, ROUNDS = 300, 3
_WORD = re.compile(r"[^\W\d_]{4,}")


def main() -> None:
    """Measure."""
    sources = sys.argv[1:]
    with ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory())
        ways = {
            way: stack.enter_context(
                subprocess.Popen(
                    [sys.executable, "-m", "tests.measure_stemmer", f"--{way}", f"{folder}/{way}", *sources],
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    text=True,
                )
            )
            for way in ("dutch", "stemmer")
        }
        queries = json.loads(_line(ways["dutch"]))
        _line(ways["stemmer"])
        times: dict[str, list[list[float]]] = {way: [[] for _ in queries] for way in ways}
        for turn in range(ROUNDS):
            for number, query in enumerate(queries):
                for way in sorted(ways, reverse=(turn + number) % 2 == 0):
                    times[way][number].append(float(_ask(ways[way], query)))
        for process in ways.values():
            process.stdin.close() if process.stdin else None
        medians = {way: [statistics.median(own) for own in of] for way, of in times.items()}
    print(f"{len(queries)} queries, {ROUNDS} rounds, CPU in ms a full answer")
    for way, own in medians.items():
        print(f"{way}: median {statistics.median(own):.2f}, p95 {statistics.quantiles(own, n=20)[-1]:.2f}")
    pairs = zip(medians["dutch"], medians["stemmer"], strict=True)
    print(
        f"ratio of medians {statistics.median(medians['dutch']) / statistics.median(medians['stemmer']):.2f}"
    )
    print(f"median of ratios {statistics.median(dutch / stemmer for dutch, stemmer in pairs):.2f}")


def _line(process: subprocess.Popen[str]) -> str:
    return process.stdout.readline() if process.stdout else ""


def _ask(process: subprocess.Popen[str], query: str) -> str:
    if process.stdin:
        process.stdin.write(query + "\n")
        process.stdin.flush()
    return _line(process)


def answer(way: str, index: Path, sources: list[Path]) -> None:
    """Index the sources, say which queries may be asked, and answer those that come in with the time they took."""
    if way == "--stemmer":
        _stem_only()
    from search.config import Settings  # noqa: PLC0415  # after the analysis was taken away
    from search.indexing import build_index  # noqa: PLC0415
    from search.query.request import read_request  # noqa: PLC0415
    from search.service import Service  # noqa: PLC0415

    build_index(sources, index)
    synonyms = Path("content/synoniemen.yml") if way == "--dutch" else None
    service = Service(Settings(index=index, synonyms=synonyms), verify=False)
    print(json.dumps(_queries(index)), flush=True)
    for line in sys.stdin:
        request = read_request(text=line.rstrip("\n"))
        started = time.process_time()
        service.search(request)
        print((time.process_time() - started) * 1000, flush=True)


def _stem_only() -> None:
    """Take away all of the analysis but the stemmer, before anything has taken hold of it."""
    from search.dutch import lemma, lists, separable, stem  # noqa: PLC0415

    lemma.terms_of = lambda word: (stem.stem(word),)  # type: ignore[assignment]
    lemma.all_parts = lambda word: ()  # type: ignore[assignment]
    lemma.parts_of = lambda word: ()  # type: ignore[assignment]
    separable.separated = lambda text: []
    lists.shortened = lambda text: []


def _queries(index: Path) -> list[str]:
    """Words behind each other in texts: one, two or four of them, also as alternatives and as a phrase."""
    from search.store import folders  # noqa: PLC0415

    generation = folders.open_generation(index, folders.current_name(index))
    chance = random.Random(4)
    queries: list[str] = []
    while len(queries) < QUERIES:
        words = _WORD.findall(generation.text(chance.randrange(generation.documents)))
        if len(words) > 12:
            run = words[chance.randrange(len(words) - 4) :][:4]
            forms = (
                run[0],
                " ".join(run[:2]),
                " ".join(run),
                f"{run[0]} OF {run[1]}",
                f'"{run[0]} {run[1]}"',
            )
            queries.append(chance.choices(forms, (30, 25, 20, 15, 10))[0])
    return queries


if __name__ == "__main__":
    if sys.argv[1].startswith("--"):
        answer(sys.argv[1], Path(sys.argv[2]), [Path(source) for source in sys.argv[3:]])
    else:
        main()
