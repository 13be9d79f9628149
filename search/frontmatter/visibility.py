"""When an article is public: its dates and whether it is a draft, failing closed.

A value that decides on this and cannot be read leaves the article out of sight, and is reported.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from email.utils import parsedate_to_datetime
from typing import TypeAlias

from search.clock import AMSTERDAM, to_ms
from search.frontmatter.formats import Value
from search.model import ALWAYS, NEVER, Severity

FIRST = datetime(1, 1, 2, tzinfo=UTC)
LAST = datetime(9999, 12, 30, tzinfo=UTC)
"""The moments between which every zone has a date; those just outside are moved there."""

Report: TypeAlias = Callable[[str, str, Severity], None]
"""Is told the name of a field, what is wrong with it in Dutch, and how bad that is."""

# The names under which Hugo reads each moment, in its order.
_PUBLISH = ("publishdate", "pubdate", "published")
_EXPIRY = ("expirydate", "unpublishdate")
_MODIFIED = ("lastmod", "modified")

_DRAFT_STATUS = frozenset({"draft", "concept"})

_ISO = re.compile(
    r"(\d{4}-\d\d-\d\d)"
    r"(?:(?:[Tt]|,?[ ]+)((?:[01]\d|2[0-3]):\d\d(?::\d\d(?:[.,]\d+)?)?)"
    r"(?:[ ]*([Zz]|UTC|GMT|[+-]\d\d(?::?\d\d)?)(?:[ ][A-Z]{3,5})?)?)?",
    re.ASCII,
)
_MAIL = re.compile(
    r"(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), )?\d{1,2} (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) \d{4}"
    r"( (?:[01]\d|2[0-3]):\d\d(?::\d\d)?(?: (?:GMT|UTC|[+-]\d{4}))?)?",
    re.ASCII,
)
_ADVICE = "schrijf een datum als 2024-05-01 of 2024-05-01T09:30:00+02:00"


@dataclass(frozen=True, slots=True)
class Visibility:
    """The dates that are shown, in Amsterdam time, and the period of being public, in ms since 1970."""

    date: datetime | None
    modified: datetime | None
    visible_from: int
    visible_until: int


def read_visibility(fields: Mapping[str, Value], report: Report) -> Visibility:
    """Read when an article is public.

    `draft: true` and `published: false` make a draft, and so do `concept: true` and `status: concept`, which other
    systems write and Dutch editors type. Otherwise the article is public from `publishDate`, else
    from `date`, else always, until `expiryDate`. Hugo's other names for these fields are read as well.

    Args:
        fields: by lower-case name.
        report: is told of a value that cannot be read: `withheld` when the article is not public because of
            it, `warning` for the date of change.
    """
    withheld = False

    def withhold(name: str, message: str) -> None:
        nonlocal withheld
        withheld = True
        report(name, f"{message}; tot dan is het artikel niet openbaar", "withheld")

    for name in fields:
        if _resembles_deciding(name):
            withhold(name, f"het veld {name} lijkt op een ander: typ de naam opnieuw, in gewone letters")
    hidden = _is_draft(fields, withhold)
    written = _moment(fields, ("date",), withhold)
    publish = _moment(fields, _PUBLISH, withhold)
    expiry = _moment(fields, _EXPIRY, withhold)
    modified = _moment(fields, _MODIFIED, lambda name, message: report(name, message, "warning"))
    start = publish or written
    return Visibility(
        date=written or publish,
        modified=modified,
        visible_from=NEVER if hidden or withheld else to_ms(start) if start else ALWAYS,
        visible_until=to_ms(expiry) if expiry else NEVER,
    )


def _resembles_deciding(name: str) -> bool:
    """Whether a name differs only by letters of another script from one that decides what is public."""
    return not name.isascii() and any(
        len(name) == len(known)
        and all(letter == own or not letter.isascii() for letter, own in zip(name, known, strict=True))
        for known in ("draft", "date", *_PUBLISH, *_EXPIRY)
    )


def read_moment(value: Value) -> datetime | None:
    """Read a date with or without time.

    Args:
        value: text in ISO 8601 (also with a blank for the T, or before the zone) or as in e-mail (RFC 5322); a
            date or datetime of TOML.

    Returns:
        The moment in Amsterdam time; a value without zone is Amsterdam time already, one without time is the
        day's first moment. None when there is no value.

    Raises:
        ValueError: it is no date, or one that does not exist; with what is wrong in Dutch.
    """
    if value is None or (isinstance(value, str) and not value.strip()):
        return None
    try:
        moment = _written_moment(value)
        if moment.tzinfo is None:
            moment = moment.replace(tzinfo=AMSTERDAM)
        return min(max(moment, FIRST), LAST).astimezone(AMSTERDAM)
    except ValueError as error:
        raise ValueError(f"is niet als datum te lezen: {_ADVICE}") from error


def _written_moment(value: Value) -> datetime:
    if isinstance(value, datetime):
        return value
    if isinstance(value, date):
        return datetime.combine(value, time())
    if not isinstance(value, str):
        raise ValueError(value)
    text = value.strip()
    if found := _ISO.fullmatch(text):
        day, clock, zone = found.groups()
        zone = {"UTC": "Z", "GMT": "Z", "z": "Z"}.get(zone, zone)
        return datetime.fromisoformat(day + (f"T{clock}{zone or ''}" if clock else ""))
    if found := _MAIL.fullmatch(text):
        return parsedate_to_datetime(text if found[1] else f"{text} 00:00")
    raise ValueError(text)


def _is_draft(fields: Mapping[str, Value], withhold: Callable[[str, str], None]) -> bool:
    draft = fields.get("draft", False)
    if not isinstance(draft, bool):
        withhold("draft", "draft is niet te lezen: schrijf true of false, zonder aanhalingstekens")
    status = fields.get("status")
    said = isinstance(status, str) and status.strip().casefold() in _DRAFT_STATUS
    return draft is True or said or fields.get("concept") is True or fields.get("published") is False


def _moment(
    fields: Mapping[str, Value], names: tuple[str, ...], complain: Callable[[str, str], None]
) -> datetime | None:
    found: datetime | None = None
    for name in names:
        value = fields.get(name)
        if name == "published" and isinstance(value, bool):
            continue
        try:
            moment = read_moment(value)
        except ValueError as error:
            complain(name, f"{name} {error}")
        else:
            found = found or moment
    return found
