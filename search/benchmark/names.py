"""Which engines there are, and where each is."""

from __future__ import annotations

OURS = "trefzeker"
MODULES = {
    OURS: "search.benchmark.columns",
    "tantivy": "search.benchmark.tantivy",
    "fts5": "search.benchmark.sqlite",
    "whoosh": "search.benchmark.stock_whoosh",
}
"""The engines by name; each module has its engine as `ENGINE`, and is imported only when it is used."""

SLOW = frozenset({"whoosh"})
"""Engines many times as slow as the others: they take part in one round, with an eighth of the queries."""
