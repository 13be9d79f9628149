"""From typed text to matches: parsed, planned, searched; with any of the words when all find too little."""

from __future__ import annotations

from dataclasses import dataclass, replace

from search import clock
from search.engines.base import Engine, EngineRequest, Matches
from search.model import SearchRequest
from search.query.parse import ParsedQuery, parse
from search.query.plan import Node
from search.query.planned import PlannedQuery
from search.query.planning import plan_query
from search.query.scoring import has_parts, without_parts
from search.synonyms import Synonyms

FEW = 9
"""A query of many words that no more articles than this have all of is also answered with some of its words."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A query and what it found.

    `full` counts the articles with all its words, whatever is chosen in facets; `relaxed` tells whether `matches`
    are those with any of them.
    """

    parsed: ParsedQuery
    planned: PlannedQuery
    matches: Matches
    full: int
    relaxed: bool = False


def ask(engine: Engine, request: SearchRequest, text: str, now: int, synonyms: Synonyms) -> Asked:
    """Search a text with what else was asked.

    Args:
        engine: what answers.
        request: everything but the text.
        text: what was typed, or a correction of it.
        now: the moment that decides what is public and what `gisteren` is.
        synonyms: what editors say may be found as well.
    """
    parsed = parse(text, bounded=request.bounded, today=clock.local_date(now))
    planned = plan_query(parsed, engine, now, synonyms=synonyms, parts=request.parts)
    matches = engine.search(_engine_request(request, planned.plan, now))
    full = matches.without_choices
    few = FEW if planned.many else 0
    # Decided without the choices in facets, so that a count shown is the count given.
    if planned.relaxed is None or not (planned.described or full <= few):
        return Asked(parsed, planned, matches, full)
    matches = engine.search(_engine_request(request, planned.relaxed, now))
    return Asked(parsed, replace(planned, marks=planned.relaxed_marks), matches, full, relaxed=True)


def found_as_part(engine: Engine, request: SearchRequest, asked: Asked, now: int) -> int:
    """How many of the documents found are found only because words are looked for in compounds."""
    plan = asked.planned.relaxed if asked.relaxed and asked.planned.relaxed else asked.planned.plan
    if not (request.parts and asked.matches.total and has_parts(plan)):
        return 0
    whole = engine.search(_engine_request(request, without_parts(plan), now))
    return asked.matches.total - whole.total


def _engine_request(request: SearchRequest, plan: Node, now: int) -> EngineRequest:
    days = None
    if request.start or request.end:
        low = request.start.toordinal() if request.start else 1
        days = (low, request.end.toordinal() if request.end else 2**31 - 1)
    return EngineRequest(
        plan=plan,
        now=now,
        tags=request.tags,
        days=days,
        sort=request.sort,
        offset=(request.page - 1) * request.per_page,
        limit=request.per_page,
    )
