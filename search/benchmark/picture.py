"""The benchmark as a picture: a full answer by kind of query, and as the number of documents grows."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from search.benchmark.queries import KINDS
from search.benchmark.run import Benchmark
from search.errors import TrefzekerError

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_COLOURS = ("#005f73", "#ca6702", "#6a994e", "#9b2226")
"""Told apart in grey as well: from dark to light they differ."""


def check_drawing() -> None:
    """See whether a picture can be drawn, before anything is measured.

    Raises:
        TrefzekerError: matplotlib is missing.
    """
    if find_spec("matplotlib") is None:
        raise TrefzekerError("Voor de tekening is matplotlib nodig", "pip install 'trefzeker[bench]'")


def draw(done: Benchmark, target: Path) -> None:
    """Draw the benchmark as SVG; the same figures give the same file."""
    import matplotlib as mpl  # noqa: PLC0415  # large, and part of an extra
    from matplotlib.figure import Figure  # noqa: PLC0415

    with mpl.rc_context({"svg.hashsalt": "trefzeker", "svg.fonttype": "none", "font.size": 9}):
        figure = Figure(figsize=(10, 4.4), layout="constrained")
        by_kind, by_size = figure.subplots(1, 2, width_ratios=(3, 2))
        _bars(by_kind, done, done.engines)
        _lines(by_size, done, done.engines)
        handles, labels = by_kind.get_legend_handles_labels()
        figure.legend(handles, labels, loc="outside upper center", ncols=len(labels))
        figure.savefig(target, format="svg", metadata={"Date": None})


def _bars(axes: Axes, done: Benchmark, engines: Sequence[str]) -> None:
    kinds = [kind for kind in KINDS if all(done.value(name, "full", kind) for name in engines)]
    width = 0.8 / len(engines)
    for place, name in enumerate(engines):
        values = [spread.median for kind in kinds if (spread := done.value(name, "full", kind))]
        left = [number - 0.4 + (place + 0.5) * width for number in range(len(kinds))]
        axes.bar(left, values, width, label=name, color=_COLOURS[place % len(_COLOURS)])
    axes.set_yscale("log")
    axes.set_xticks(range(len(kinds)), kinds, rotation=30, ha="right")
    axes.set_ylabel("CPU time, ms (median, log scale)")
    axes.set_title(f"Full answer at {done.documents:,} documents")


def _lines(axes: Axes, done: Benchmark, engines: Sequence[str]) -> None:
    sizes = sorted(done.prepared)
    for place, name in enumerate(engines):
        values = [spread.median for size in sizes if (spread := done.value(name, "full", documents=size))]
        axes.plot(sizes, values, marker="o", label=name, color=_COLOURS[place % len(_COLOURS)])
    axes.set_xscale("log")
    axes.set_yscale("log")
    axes.set_xticks(sizes, [f"{size:,}" for size in sizes], rotation=30, ha="right")
    axes.minorticks_off()
    axes.set_xlabel("documents")
    axes.set_title("Full answer, all queries")
