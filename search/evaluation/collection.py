"""A relevance set in a folder of BEIR's form: documents, queries, and which documents answer which query.

BEIR: Thakur and others, "BEIR: A heterogeneous benchmark for zero-shot evaluation of information retrieval
models", NeurIPS 2021. Its files are `corpus.jsonl`, `queries.jsonl` (both also `.gz`) and `qrels/test.tsv`, here
also `qrels.tsv`; a line of judgements may have TREC's four columns as well. Documents may be many, so they are
never held together in memory.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import math
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from search.errors import BadSource

DOCUMENTS = ("corpus.jsonl", "corpus.jsonl.gz")
QUERIES = ("queries.jsonl", "queries.jsonl.gz")
JUDGEMENTS = ("qrels.tsv", "qrels/test.tsv")

_NO_TITLE = "–"
"""Title of a document that has none: without a word in it, so that its id is not searched as a title."""


@dataclass(frozen=True, slots=True)
class Query:
    """A query with the grade of each document that was judged for it; at least one is above 0."""

    id: str
    text: str
    grades: dict[str, float]


@dataclass(frozen=True, slots=True)
class Collection:
    """A relevance set whose documents are still on disk, in `documents`.

    `queries` are those with a relevant document, in the order of their file; `unknown` counts the queries that
    are judged but not in that file.
    """

    name: str
    documents: Path
    queries: tuple[Query, ...]
    unknown: int = 0


@dataclass(frozen=True, slots=True)
class Written:
    """What was amiss with the documents that were written.

    `missing` are relevant to some query but not in the collection; `repeated` are the lines of documents whose id
    was taken.
    """

    missing: frozenset[str]
    repeated: tuple[int, ...]


def read_collection(folder: Path) -> Collection:
    """Read the queries and judgements of a relevance set.

    Raises:
        BadSource: a file is missing or a line cannot be read; it names both and says what to do.
    """
    if not folder.is_dir():
        raise BadSource(
            f"De verzameling {folder} is geen map",
            f"noem een map met {DOCUMENTS[0]}, {QUERIES[0]} en {JUDGEMENTS[0]}",
        )
    documents = _file(folder, DOCUMENTS)
    texts = _texts(_file(folder, QUERIES))
    judgements = _file(folder, JUDGEMENTS)
    grades = _grades(judgements)
    answered = {query for query, judged in grades.items() if max(judged.values()) > 0}
    queries = tuple(Query(query, text, grades[query]) for query, text in texts.items() if query in answered)
    if not queries:
        raise BadSource(
            f"Geen enkele zoekvraag heeft een relevant document in {judgements}",
            "controleer of de eerste kolom de _id van een zoekvraag is en de laatste een cijfer boven 0",
        )
    return Collection(folder.resolve().name, documents, queries, len(answered - texts.keys()))


def write_documents(collection: Collection, target: Path) -> Written:
    """Write the documents as lines that can be indexed, one at a time.

    Each goes under its `article_id`, on the line that it has in the collection; whatever else a line holds is left
    out. Of several documents with one id the first is written.

    Args:
        collection: the relevance set.
        target: the `.jsonl` file to write.

    Raises:
        BadSource: a line cannot be read.
    """
    missing = {name for query in collection.queries for name, grade in query.grades.items() if grade > 0}
    seen: set[str] = set()
    repeated: list[int] = []
    next_line = 1
    with target.open("w", encoding="ascii") as file:
        for number, document, title, text in _documents(collection.documents):
            identity = article_id(document)
            if identity in seen:
                repeated.append(number)
                continue
            seen.add(identity)
            missing.discard(document)
            line = {"id": identity, "title": title if title.strip() else _NO_TITLE, "text": text}
            file.write("\n" * (number - next_line) + json.dumps(line) + "\n")
            next_line = number + 1
    return Written(frozenset(missing), tuple(repeated))


def article_id(document: str) -> str:
    """The id under which a document is indexed.

    A digest: any text will do as the id of a document, and documents with the same score, which are ordered by
    id, then come in an order that has nothing to do with the judgements.
    """
    return hashlib.blake2b(document.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def _file(folder: Path, names: tuple[str, ...]) -> Path:
    for name in names:
        if (path := folder / name).is_file():
            return path
    raise BadSource(f"In {folder} ontbreekt {' of '.join(names)}", "zet het bestand er neer")


def _documents(path: Path) -> Iterator[tuple[int, str, str, str]]:
    for number, fields in _objects(path):
        title, text = fields.get("title") or "", fields.get("text") or ""
        if not isinstance(title, str) or not isinstance(text, str):
            raise _bad_line(path, number, "title en text horen teksten te zijn")
        yield number, _id(path, number, fields), title, text


def _texts(path: Path) -> dict[str, str]:
    """The texts of queries by id."""
    texts: dict[str, str] = {}
    for number, fields in _objects(path):
        query, text = _id(path, number, fields), fields.get("text")
        if not isinstance(text, str):
            raise _bad_line(path, number, 'de zoekvraag heeft geen tekst: voeg "text": "…" toe')
        if query in texts:
            raise _bad_line(path, number, f"zoekvraag {query} staat er twee keer: haal er een weg")
        texts[query] = text
    return texts


def _grades(path: Path) -> dict[str, dict[str, float]]:
    """The grades of documents by query; of a pair that stands twice the last counts."""
    grades: dict[str, dict[str, float]] = {}
    for number, line in _lines(path):
        columns = [column.strip() for column in (line.split("\t") if "\t" in line else line.split())]
        try:
            query, document, grade = columns if len(columns) == 3 else (columns[0], *columns[2:])
            grades.setdefault(query, {})[document] = _grade(grade)
        except ValueError as error:
            if number > 1:  # the first line may name the columns
                advice = "schrijf zoekvraag, document en cijfer met tabs ertussen, het cijfer als heel getal"
                raise _bad_line(path, number, advice) from error
    return grades


def _grade(text: str) -> float:
    grade = float(text)
    if not math.isfinite(grade):
        raise ValueError(text)
    return grade


def _id(path: Path, number: int, fields: dict[str, Any]) -> str:
    found = fields.get("_id", fields.get("id"))
    if isinstance(found, bool) or not isinstance(found, (str, int)) or found == "":
        raise _bad_line(path, number, 'de regel heeft geen id: voeg "_id": "…" toe')
    return str(found)


def _objects(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    """The JSON objects of a file of lines, with the number of each line."""
    for number, line in _lines(path):
        try:
            value = json.loads(line)
        except (ValueError, RecursionError) as error:
            advice = "dit is geen JSON: schrijf op elke regel één heel object, met dubbele aanhalingstekens"
            raise _bad_line(path, number, advice) from error
        if not isinstance(value, dict):
            raise _bad_line(path, number, 'dit is geen object: schrijf {"_id": "…", "text": "…"}')
        yield number, value


def _lines(path: Path) -> Iterator[tuple[int, str]]:
    """The lines of a file that hold something, with the number of each from 1."""
    number = 0
    try:
        with gzip.open(path) if path.suffix == ".gz" else path.open("rb") as file:
            content: Iterable[bytes] = file
            for number, line in enumerate(content, 1):
                text = line.decode("utf-8-sig" if number == 1 else "utf-8")
                if text.strip():
                    yield number, text
    except UnicodeDecodeError as error:
        raise _bad_line(path, number, "dit is geen UTF-8: sla het bestand op als UTF-8") from error
    except (OSError, EOFError, zlib.error) as error:
        advice = "na deze regel is het bestand niet te lezen: maak het opnieuw, of controleer de rechten"
        raise _bad_line(path, number, advice) from error


def _bad_line(path: Path, number: int, problem: str) -> BadSource:
    return BadSource(f"{path}, regel {number}", problem)
