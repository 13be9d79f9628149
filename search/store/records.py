"""What is stored of a document beside its postings, as JSON: all that an answer shows, and where it came from."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from search.model import Article, Cover, Problem, Severity


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a document came from: the path shown to people, the one below its source, its content's digest."""

    path: str
    relative: str
    digest: str


@dataclass(frozen=True, slots=True)
class Record:
    """The stored fields of one document; texts are kept apart, as few answers need them whole."""

    id: str
    title: str
    summary: str
    tags: tuple[str, ...]
    categories: tuple[str, ...]
    aliases: tuple[str, ...]
    author: str
    cover: Cover | None
    date: datetime | None
    modified: datetime | None
    origin: Origin
    problems: tuple[tuple[int, str, Severity], ...]


_PLAIN = ("id", "title", "summary", "tags", "categories", "aliases", "author", "problems")
_MOMENTS = ("date", "modified")
_JSON = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


def record_of(article: Article, origin: Origin, problems: tuple[Problem, ...]) -> Record:
    """The record of an article that was just read."""
    return Record(
        id=article.id,
        title=article.title,
        summary=article.summary,
        tags=article.tags,
        categories=article.categories,
        aliases=article.aliases,
        author=article.author,
        cover=article.cover,
        date=article.date,
        modified=article.modified,
        origin=origin,
        problems=tuple((problem.line, problem.message, problem.severity) for problem in problems),
    )


def encode(record: Record) -> bytes:
    """A record as JSON."""
    values: dict[str, Any] = {name: getattr(record, name) for name in _PLAIN}
    values["cover"] = record.cover and asdict(record.cover)
    values["origin"] = {name: getattr(record.origin, name) for name in Origin.__slots__}
    for name in _MOMENTS:
        moment: datetime | None = getattr(record, name)
        values[name] = moment and moment.isoformat()
    return _JSON.encode(values).encode()


def decode(data: bytes | memoryview) -> Record:
    """The record that `encode` wrote."""
    values = json.loads(bytes(data))
    for name in ("tags", "categories", "aliases"):
        values[name] = tuple(values[name])
    for name in _MOMENTS:
        values[name] = values[name] and datetime.fromisoformat(values[name])
    return Record(
        **values
        | {
            "cover": values["cover"] and Cover(**values["cover"]),
            "origin": Origin(**values["origin"]),
            "problems": tuple((line, message, severity) for line, message, severity in values["problems"]),
        }
    )
