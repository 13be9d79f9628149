"""What is stored of a document."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from search import clock
from search.model import Article, Cover, Problem
from search.store.records import Origin, Record, decode, encode, record_of

ORIGIN = Origin("een/pad.md", "pad.md", "ab" * 16)
ZONES = st.sampled_from([clock.AMSTERDAM, UTC, timezone(timedelta(hours=-7, minutes=-30))])
MOMENTS = st.none() | st.datetimes(timezones=ZONES)


def made(**values: object) -> Record:
    problems = (Problem("een/pad.md", 3, "Dit kan beter.", "warning"),)
    return record_of(Article("a", "Titel", "Tekst", **values), ORIGIN, problems)  # type: ignore[arg-type]


@given(MOMENTS, MOMENTS)
def test_moments_come_back_with_their_zones(date: datetime | None, modified: datetime | None) -> None:
    record = decode(encode(made(date=date, modified=modified)))
    assert record == made(date=date, modified=modified)
    # As texts: of an hour that comes twice, two zones are never equal to Python.
    assert (record.date and record.date.isoformat()) == (date and date.isoformat())
    assert (record.modified and record.modified.isoformat()) == (modified and modified.isoformat())
    assert record.shown == (date and clock.iso(date))


def test_everything_else_comes_back_whole() -> None:
    record = made(
        summary="Kort.",
        tags=("Één", "twee"),
        categories=("x",),
        aliases=("/oud/",),
        author="Iemand",
        cover=Cover("/plaat.png", "Een plaat", ""),
    )
    assert decode(encode(record)) == record
    assert decode(memoryview(encode(record))).cover == Cover("/plaat.png", "Een plaat", "")


@pytest.mark.parametrize(
    "data", [b"", b"x" * 40, b"{}", b"[]", b"null", encode(made())[:-3], msgspec.json.encode([1] * 13)]
)
def test_other_bytes_are_refused(data: bytes) -> None:
    with pytest.raises((ValueError, TypeError)):
        decode(data)
