"""Measures what docs/measurements.md reports: building, updating, opening and answering, for each source.

    make measure SOURCES="folder passages.jsonl.gz"

Run outside the test suite, as times on a busy machine say little and no test depends on them.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from search.config import Settings
from search.query.request import read_request
from search.service import Service

PREFIXES = "ver con pro uit aan ond bes ove geb voo int reg maa sta wer inf".split()
QUERIES = (
    "gemeente",
    "privacy gegevens",
    '"open source"',
    "model OF data",
    "server -windows",
    "taal",
    "taalmodel",
    "taal model",
    "kunstmatige intelligentie",
    "privacy sinds maart 2024",
    "gemeente 2024",
    "algortime",
    "wat mag de gemeente met gegevens van inwoners doen",
    "gebruik*",
    "titel:beleid",
    "datum:2024",
    "de",
    '"de van"~5',
    "NIET (" + " OF ".join(f"{prefix}*" for prefix in PREFIXES) + ")",
    "",
)
ROUNDS = 5


def main(sources: list[str]) -> None:
    """Measure every source by itself, or the sample articles when none is named."""
    for source in sources or ["content"]:
        with tempfile.TemporaryDirectory() as scratch:
            index = Path(scratch) / "index"
            print(f"## {Path(source).name}")
            for what in ("build", "update without changes"):
                seconds, peak, report = build(source, index)
                print(
                    f"{what}: {report['documents']} documents, {len(report['rejected'])} rejected, "
                    f"{seconds:.1f} s, peak {peak:.0f} MB"
                )
            stored = sum(path.stat().st_size for path in index.rglob("*") if path.is_file())
            print(f"on disk: {stored / 1e6:.0f} MB")
            answers(index)


def build(source: str, index: Path) -> tuple[float, float, dict[str, list[object]]]:
    """Run `trefzeker index` as a process of its own: seconds, peak memory in MB, its report."""
    started = time.perf_counter()
    command = [sys.executable, "-c", "from search.cli.commands import main; main()", "index", source]
    process = subprocess.Popen(
        [*command, "--index", str(index), "--json"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    )
    assert process.stdout is not None
    output = process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode > 1:
        raise SystemExit(f"indexing {source} failed")
    return time.perf_counter() - started, usage.ru_maxrss / 1024, json.loads(output)


def answers(index: Path) -> None:
    """Time the whole answer of the service: parsing, ranking, facets and ten snippets."""
    started = time.perf_counter()
    service = Service(Settings(index=index))
    service.state()
    print(f"open and verify: {(time.perf_counter() - started) * 1000:.0f} ms")
    times: dict[str, list[float]] = {query: [] for query in QUERIES}
    totals: dict[str, int] = {}
    for _ in range(ROUNDS):
        # Opened anew, so that no round finds at hand what the one before worked out; the speller as in a server.
        service = Service(Settings(index=index), verify=False)
        service.search(read_request(text="onbekendd woordd"))
        for query in QUERIES:
            request = read_request(text=query)
            started = time.perf_counter()
            totals[query] = service.search(request).total
            times[query].append((time.perf_counter() - started) * 1000)
    for query in QUERIES:
        name = query[:20] or "(browse)"
        print(f"{name:20} {totals[query]:7} found  {statistics.median(times[query]):8.1f} ms")


if __name__ == "__main__":
    main(sys.argv[1:])
