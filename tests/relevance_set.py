"""Relevance sets in BEIR's form, written for a test."""

from __future__ import annotations

import gzip
import json
from collections.abc import Mapping, Sequence
from pathlib import Path

DOCUMENTS: Sequence[Mapping[str, object]] = (
    {"_id": "fiets", "title": "De fiets", "text": "Een fiets heeft twee wielen.", "metadata": {"jaar": 2020}},
    {"_id": "auto", "title": "De auto", "text": "Een auto heeft vier wielen en een motor."},
    {"_id": "boot/2", "title": "", "text": "Een boot vaart op het water."},
    {"_id": 4, "title": "Varen", "text": "Met een motor vaart een boot sneller."},
)
QUERIES: Sequence[Mapping[str, object]] = (
    {"_id": "q1", "text": "fiets"},
    {"_id": "q2", "text": "motor"},
    {"_id": "q3", "text": "trein"},
    {"_id": "q4", "text": "water"},
)
JUDGEMENTS = "query-id\tcorpus-id\tscore\nq1\tfiets\t1\nq2\t4\t2\nq2\tauto\t1\nq3\tboot/2\t1\nq4\tauto\t0\n"


def write_set(
    folder: Path,
    documents: Sequence[Mapping[str, object]] = DOCUMENTS,
    queries: Sequence[Mapping[str, object]] = QUERIES,
    judgements: str = JUDGEMENTS,
    *,
    packed: bool = False,
) -> Path:
    """Write a relevance set into a folder of its own, and give that."""
    folder.mkdir(parents=True)
    for name, lines in (("corpus", documents), ("queries", queries)):
        content = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines).encode()
        if packed:
            (folder / f"{name}.jsonl.gz").write_bytes(gzip.compress(content))
        else:
            (folder / f"{name}.jsonl").write_bytes(content)
    (folder / "qrels.tsv").write_text(judgements, encoding="utf-8")
    return folder
