"""What is stored of a document beside its postings: all that an answer shows, and where it came from.

Bytes of JSON: a list in the order of `Record`, as names would be most of it. Moments are texts, and the date as it
is shown stands beside it where it is written otherwise, so that an answer reads no calendar.
"""

from __future__ import annotations

from dataclasses import astuple, dataclass
from datetime import datetime

import msgspec

from search import clock
from search.model import Article, Cover, Problem, Severity

_encoder, _decoder = msgspec.json.Encoder(), msgspec.json.Decoder()


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a document came from: the path shown to people, the one below its source, its content's digest."""

    path: str
    relative: str
    digest: str


@dataclass(frozen=True, slots=True)
class Record:
    """The stored fields of one document; texts are kept apart, as few answers need them whole.

    `written` and `changed` are `date` and `modified` in ISO 8601, `shown` is the date in Amsterdam (`clock.iso`).
    """

    id: str
    title: str
    summary: str
    tags: tuple[str, ...]
    categories: tuple[str, ...]
    aliases: tuple[str, ...]
    author: str
    cover: Cover | None
    written: str | None
    shown: str | None
    changed: str | None
    origin: Origin
    problems: tuple[tuple[int, str, Severity], ...]

    @property
    def date(self) -> datetime | None:
        """When it was published, with its zone."""
        return datetime.fromisoformat(self.written) if self.written else None

    @property
    def modified(self) -> datetime | None:
        """When it was changed, with its zone."""
        return datetime.fromisoformat(self.changed) if self.changed else None


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
        written=article.date.isoformat() if article.date else None,
        shown=clock.iso(article.date) if article.date else None,
        changed=article.modified.isoformat() if article.modified else None,
        origin=origin,
        problems=tuple((problem.line, problem.message, problem.severity) for problem in problems),
    )


def encode(record: Record) -> bytes:
    """A record as JSON."""
    return _encoder.encode(
        [
            record.id,
            record.title,
            record.summary,
            record.tags,
            record.categories,
            record.aliases,
            record.author,
            record.cover and astuple(record.cover),
            record.written,
            None if record.shown == record.written else record.shown,
            record.changed,
            astuple(record.origin),
            record.problems,
        ]
    )


def decode(data: bytes | memoryview) -> Record:
    """The record that `encode` wrote.

    Raises:
        ValueError, TypeError: it is none.
    """
    try:
        fields = _decoder.decode(data)
    except msgspec.DecodeError as error:
        raise ValueError(str(error)) from error
    (
        name,
        title,
        summary,
        tags,
        categories,
        aliases,
        author,
        cover,
        written,
        shown,
        changed,
        origin,
        problems,
    ) = fields
    return Record(
        name,
        title,
        summary,
        tuple(tags),
        tuple(categories),
        tuple(aliases),
        author,
        Cover(*cover) if cover else None,
        written,
        shown or written,
        changed,
        Origin(*origin),
        tuple(map(tuple, problems)) if problems else (),
    )
