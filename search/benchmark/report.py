"""What the benchmark found, as JSON and as a page in Markdown."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from search.benchmark.corpus import EDITED
from search.benchmark.measuring import Spread
from search.benchmark.names import OURS
from search.benchmark.queries import KINDS, SLOW_SHARE
from search.benchmark.run import Benchmark, What

_METHOD = """\
Every engine indexes the same articles and is fed the same terms: ours, made once. The others get the terms of
an article as text that they split at spaces, which is what they take fastest, with the fields and options
that an expert would choose and no more (`search/benchmark/`: one module for each, with the reasons). Whoosh
searches without a limit, as it loses documents when it has one.

- Figures are CPU time of all threads, in the median and at the 95th percentile over queries; each query
  counts with its median over the rounds ({rounds}; Whoosh: one round, with one
  in {slow_share} of the queries). In a round the engines come behind each
  other for each query, another one first each time. Every round, and every kind of answer in it, opens all
  indexes anew. No garbage is collected meanwhile. Ratios compare engines of the same run.
- {queries} queries ({seed}) are taken from the articles by occurrence, without stop words and words of less
  than four letters: {kinds}. A prefix is all words that begin so, a fuzzy query all words one mistake away;
  both are looked up as part of the query. Trefzeker, Whoosh and FTS5 find close words in a table in memory,
  made after opening (`open`, fuzzy).
- *top 10* is the ten best with the exact count; *facets* adds the counts of the 100 most frequent tags
  (Trefzeker: and of months); *snippets* adds ten titles with a passage; *full* is all of it. Every engine
  marks what was found, in any inflection; Trefzeker gives two passages of whole sentences, the others one.
- Highlighters of tantivy and Whoosh tokenize a text by a tokenizer of their own, and would mark words as they
  were typed only. So both keep with each body its words as analysed and the places of these, and find the
  marks by looking these words up as text, without analysis while searching (`marked.py`, `passages.py`). This
  counts in their size on disk, and the places in their time from text. For tantivy it was the fastest of the
  ways that were tried (measured once: 10,000 documents, ten passages): 0.32 ms; its own generator over the words
  that are kept 0.35, with no mark for misspelled words; over the text, with the words as they were typed,
  0.43. That last way saves no time, but two fifths of the disk and of the time to index from terms, and more
  than one hit in four is without a mark by it.
- *index from text* is reading a file of JSON lines, analysing it and writing a durable index. Reading and
  analysis are measured once, in a process of their own, each different word analysed once as in our own bulk
  build, and count for every engine that is fed terms. Trefzeker does not take terms: its *index* is its time
  from text less those two.
- *memory* is what a process grows by opening the index and answering all queries in full; *private* is
  without the pages of files. *edit* is from one changed file of Markdown, read and analysed, to a search that
  finds it (median of {edits} edits).
- All documents of every query, and the counts of its tags, were compared between engines: {agreement}.
"""

_WIDTH = 118

_WHATS: tuple[tuple[What, str | None, str], ...] = (
    ("full", None, "full answer"),
    ("top10", None, "top 10 and count"),
    ("facets", None, "top 10 and facets"),
    ("snippets", None, "top 10 and snippets"),
    ("open", None, "open"),
    ("open", "fuzzy", "open: table of close words"),
    ("edit", None, "single edit"),
    ("index", None, "index from terms"),
    ("index_text", None, "index from text"),
    ("disk", None, "size on disk"),
    ("memory", None, "memory"),
    ("memory", "private", "memory, private"),
)


_TABLES: tuple[tuple[What, str], ...] = (
    ("full", "Full answer, ms"),
    ("top10", "Top 10 and exact count, ms"),
)


def as_json(done: Benchmark) -> dict[str, Any]:
    """The benchmark as `--json` gives it."""
    return {
        "documents": done.documents,
        "agree": not done.differences,
        "rows": [
            {
                "engine": row.engine,
                "documents": row.documents,
                "what": row.what,
                "class": row.kind,
                "median": _rounded(row.spread.median),
                "p95": _rounded(row.spread.p95),
                "worst": _rounded(row.spread.worst),
                "unit": row.unit,
            }
            for row in done.rows
        ],
        "queries": len(done.queries),
        "rounds": done.rounds,
        "seed": done.seed,
        "missing": list(done.missing),
        "versions": done.versions,
        "differences": [
            {
                "documents": size,
                "engine": one.engine,
                "class": one.query.kind,
                "words": [word.written for word in one.query.words],
                "terms": [word.term for word in one.query.words],
                "found": one.found,
                "expected": one.expected,
                "lacking": list(one.lacking),
                "extra": list(one.extra),
                "tags_differ": one.tags_differ,
            }
            for size, one in done.differences
        ],
    }


def as_markdown(done: Benchmark, picture: str) -> str:
    """The benchmark as a page.

    Args:
        done: what was measured.
        picture: the address of the picture, as seen from the page.
    """
    engines = done.engines
    peers = [name for name in engines if name != OURS]
    kinds = [kind for kind in KINDS if done.value(OURS, "full", kind)]
    method = _METHOD.format(
        rounds=done.rounds,
        slow_share=SLOW_SHARE,
        queries=len(done.queries),
        seed=f"seed {done.seed}",
        kinds=", ".join(kinds),
        edits=EDITED,
        agreement=_agreement(done, peers),
    )
    command = (
        f"trefzeker bench SOURCE --documents {done.documents} --queries {len(done.queries)} "
        f"--rounds {done.rounds} --seed {done.seed} --out docs/benchmark.md"
    )
    parts = [
        "# Benchmark",
        f"By `{command}`: {done.documents:,} documents. "
        + ", ".join(f"{name} {number}" for name, number in done.versions.items())
        + ".",
        *(f"Left out: {text}." for text in done.missing),
        f"![Medians of a full answer by kind of query, and by number of documents]({picture})",
        "## Method",
        _wrapped(method),
    ]
    if peers:
        parts += [
            "## Ratios",
            f"{OURS} divided by each other engine at {done.documents:,} documents; below 1 it is less.",
            _ratios(done, peers, kinds),
        ]
    parts += [
        "## Figures",
        f"At {done.documents:,} documents; median, and after the stroke the 95th percentile.",
    ]
    parts.append(_table(["", *engines], _figures(done, engines)))
    for what, title in _TABLES:
        rows = [[kind, *(_cell(done.value(name, what, kind)) for name in engines)] for kind in kinds]
        worst = ["worst query", *(_number(_worst(done.value(name, what))) for name in engines)]
        parts += [f"### {title}", _table(["", *engines], [*rows, worst])]
    parts += ["## Growth", "Median by number of documents; the same queries.", _growth(done, engines)]
    return "\n\n".join(parts) + "\n"


def ratio(done: Benchmark, peer: str, what: What, kind: str | None, of: Callable[[Spread], float]) -> str:
    """How our figure compares to that of a peer; empty when one of them is missing or nothing."""
    ours, theirs = done.value(OURS, what, kind), done.value(peer, what, kind)
    if ours is None or theirs is None or of(theirs) <= 0 or of(ours) <= 0:
        return ""
    return f"{of(ours) / of(theirs):.3g}"


def _agreement(done: Benchmark, peers: Sequence[str]) -> str:
    if not peers:
        return "there was no other engine this time"
    if done.differences:
        return f"they differ in {len(done.differences)} cases (`--json` tells which)"
    return "they agree"


def _ratios(done: Benchmark, peers: Sequence[str], kinds: Sequence[str]) -> str:
    lines: list[tuple[str, What, str | None, Callable[[Spread], float]]] = []
    lines.append(("full answer, median", "full", None, _median))
    lines.append(("full answer, 95th percentile", "full", None, _p95))
    lines += [(f"full answer, {kind}", "full", kind, _median) for kind in kinds]
    lines.append(("top 10 and count, median", "top10", None, _median))
    lines += [(f"top 10 and count, {kind}", "top10", kind, _median) for kind in kinds]
    lines += [(title, what, kind, _median) for what, kind, title in _WHATS[2:]]
    rows = [
        [title, *cells]
        for title, what, kind, of in lines
        if any(cells := [ratio(done, peer, what, kind, of) for peer in peers])
    ]
    return _table(["", *peers], rows)


def _figures(done: Benchmark, engines: Sequence[str]) -> list[list[str]]:
    units = {(row.what, row.kind): row.unit for row in done.rows}
    return [
        [f"{title}, {units[what, kind]}", *(_cell(done.value(name, what, kind)) for name in engines)]
        for what, kind, title in _WHATS
        if (what, kind) in units
    ]


def _growth(done: Benchmark, engines: Sequence[str]) -> str:
    sizes = sorted(done.prepared)
    lines: tuple[tuple[What, str], ...] = (
        ("full", "full answer, ms"),
        ("top10", "top 10, ms"),
        ("open", "open, ms"),
        ("edit", "edit, ms"),
        ("index_text", "index from text, s"),
        ("disk", "disk, MB"),
    )
    rows = [
        [f"{title}, {name}", *(_number(_middle(done.value(name, what, documents=size))) for size in sizes)]
        for what, title in lines
        for name in engines
    ]
    return _table(["", *(f"{size:,}" for size in sizes)], rows)


def _wrapped(text: str) -> str:
    """Paragraphs and points, each on lines of one width."""
    blocks = [block.strip() for block in text.replace("\n- ", "\n\n- ").split("\n\n")]
    filled = [
        textwrap.fill(
            " ".join(block.split()),
            _WIDTH,
            subsequent_indent="  " if block.startswith("- ") else "",
            break_on_hyphens=False,
        )
        for block in filter(None, blocks)
    ]
    return "\n\n".join(filled).replace("\n\n- ", "\n- ").replace("\n- ", "\n\n- ", 1)


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [head, ["---", *("---:" for _ in head[1:])], *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _cell(value: Spread | None) -> str:
    if value is None:
        return ""
    return _number(value.median) + (f" / {_number(value.p95)}" if value.p95 != value.median else "")


def _number(value: float | None) -> str:
    """Three digits that say something."""
    if value is None:
        return ""
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"


def _rounded(value: float) -> float:
    return float(f"{value:.4g}")


def _median(value: Spread) -> float:
    return value.median


def _p95(value: Spread) -> float:
    return value.p95


def _middle(value: Spread | None) -> float | None:
    return None if value is None else value.median


def _worst(value: Spread | None) -> float | None:
    return None if value is None else value.worst
