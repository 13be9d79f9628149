"""What a person or a program asks, checked before any work is done."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable
from datetime import date
from typing import get_args

from search.errors import BadRequest
from search.model import SearchRequest, Sort
from search.tags import tag_key

MAX_PER_PAGE = 50
MAX_WINDOW = 10_000
"""The last document that can be asked for: page × per_page."""

MAX_TAGS = 20
_SURROGATE = re.compile("[\ud800-\udfff]")
_NUMBER = re.compile(r"[0-9]{1,6}")
_DUTCH_DAY = re.compile(r"([0-9]{1,2})-([0-9]{1,2})-([0-9]{4})")
_DAY = re.compile(r"([0-9]{4})(?:-([0-9]{1,2})(?:-([0-9]{1,2}))?)?")


def read_request(
    *,
    text: str = "",
    tags: Iterable[str] = (),
    start: str = "",
    end: str = "",
    sort: str = "relevance",
    page: str = "1",
    per_page: str = "10",
    parts: str = "1",
) -> SearchRequest:
    """Turn what came in as text into a request.

    Args:
        text: the query as typed; its own limits are those of `query.parse`. Lone surrogates, which cannot be
            written as UTF-8, become U+FFFD.
        tags: any spelling of the tags chosen.
        start: first day: `2024`, `2024-03` or `2024-03-05`; empty for no limit.
        end: last day, likewise; a year or a month counts to its end.
        sort: `relevance`, `newest` or `oldest`.
        page: from 1.
        parts: `0` to find whole words only, not parts of compounds.
        per_page: from 1 to 50; of this, `page` and `sort` an empty text is as none.

    Raises:
        BadRequest: a value cannot be read or is out of bounds; it names the parameter.
    """
    chosen = {tag_key(tag): tag for tag in tags if tag_key(tag)}
    if len(chosen) > MAX_TAGS:
        raise BadRequest("tag", f"Kies hoogstens {MAX_TAGS} tags tegelijk.")
    sort = sort or "relevance"
    if sort not in get_args(Sort):
        raise BadRequest("sort", f"Onbekende volgorde {sort[:20]!r}; kies uit: {', '.join(get_args(Sort))}.")
    number, size = _number("page", page or "1"), _number("per_page", per_page or "10")
    if size > MAX_PER_PAGE:
        raise BadRequest("per_page", f"Vraag hoogstens {MAX_PER_PAGE} resultaten per pagina.")
    if number * size > MAX_WINDOW:
        raise BadRequest("page", f"Bladeren kan tot resultaat {MAX_WINDOW}; maak de zoekopdracht preciezer.")
    period = read_period(start, "from"), read_period(end, "to")
    if period[0] and period[1] and period[0][0] > period[1][1]:
        raise BadRequest("to", "Het einde van de periode ligt vóór het begin.")
    if parts not in ("", "0", "1"):
        raise BadRequest("parts", f"parts is 1 of 0 (alleen hele woorden), niet {parts[:20]!r}.")
    return SearchRequest(
        text=_SURROGATE.sub("\ufffd", text),
        tags=tuple(chosen),
        start=period[0] and period[0][0],
        end=period[1] and period[1][1],
        sort=sort,  # type: ignore[arg-type]  # checked above
        page=number,
        per_page=size,
        parts=parts != "0",
    )


def read_period(text: str, parameter: str) -> tuple[date, date] | None:
    """The first and last day of a year, month or day (also as 5-3-2024); None for an empty text.

    Raises:
        BadRequest: it is none of these.
    """
    if not text.strip():
        return None
    match = _DAY.fullmatch(_DUTCH_DAY.sub(r"\3-\2-\1", text.strip()))
    try:
        if match is None:
            raise ValueError
        year, month, day = (int(part) if part else 0 for part in match.groups())
        if day:
            return date(year, month, day), date(year, month, day)
        first, last = (month, month) if match[2] else (1, 12)
        return date(year, first, 1), date(year, last, calendar.monthrange(year, last)[1])
    except (ValueError, calendar.IllegalMonthError):
        raise BadRequest(
            parameter, f"Onbekende datum {text[:20]!r}; schrijf 2024, 2024-03 of 2024-03-05."
        ) from None


def _number(parameter: str, text: str) -> int:
    if not _NUMBER.fullmatch(text) or int(text) < 1:
        raise BadRequest(parameter, f"{parameter} moet een geheel getal vanaf 1 zijn, niet {text[:20]!r}.")
    return int(text)
