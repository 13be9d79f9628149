"""From typed text to matches: parsed, planned, searched; of many words a part will do, or any of them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from search import clock
from search.dutch.dates import SpokenPeriod
from search.engines.base import Engine, EngineRequest, Matches
from search.layout import base
from search.model import SearchRequest
from search.query.parse import ParsedQuery, parse
from search.query.plan import Filter, Node, Term, every, nodes_of
from search.query.planned import PlannedQuery
from search.query.planning import plan_query
from search.query.scoring import is_part, term_field, without_parts
from search.query.syntax import FIRST_DAY, LAST_DAY
from search.synonyms import Synonyms

FEW = 9
"""When no more articles than this have several of many words, those with any of them are shown as well."""

MAX_TAGS = 100
"""How many tags an answer lists, most frequent first; chosen ones are always listed."""

Way = Literal["plan", "several", "relaxed"]
"""Which of the plans of a query was searched."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A query and what it found.

    `way` tells what was searched; `full` counts the articles with all the words, or with a title that begins so,
    whatever is chosen in facets; `relaxed` tells whether `matches` has others as well. `unread` are periods in
    words that were left out, as nothing of that time was found.
    """

    parsed: ParsedQuery
    planned: PlannedQuery
    way: Way
    matches: Matches
    full: int
    relaxed: bool = False
    unread: tuple[SpokenPeriod, ...] = ()


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
    return _ask(engine, request, parsed, now, synonyms)


def ask_of_any_time(
    engine: Engine, request: SearchRequest, asked: Asked, now: int, synonyms: Synonyms
) -> Asked | None:
    """The same without the periods in words; None when something of that time has all words, or nothing has."""
    periods, text = asked.parsed.periods, asked.parsed.text
    if asked.full or not (periods and asked.planned.uses):
        return None
    for period in periods:
        text = text[: period.start] + " " * (period.end - period.start) + text[period.end :]
    other = _ask(engine, request, parse(text, bounded=request.bounded), now, synonyms)
    better = other.full or not asked.matches.without_choices
    return replace(other, unread=periods) if better and other.matches.without_choices else None


def _ask(engine: Engine, request: SearchRequest, parsed: ParsedQuery, now: int, synonyms: Synonyms) -> Asked:
    planned = plan_query(parsed, engine, now, synonyms=synonyms, parts=request.parts)

    def search(plan: Node) -> Matches:
        return engine.search(_engine_request(request, plan, now))

    # Decided without the choices in facets, so that a count shown is the count given.
    way: Way = "several" if planned.several and planned.many else "plan"
    matches = search(_plan_of(planned, way))
    full = engine.count(planned.plan, now) if way == "several" else matches.without_choices
    if planned.several and not planned.many and not full:
        way, matches = "several", search(planned.several)
    if planned.relaxed and matches.without_choices <= (FEW if planned.many else 0):
        way, matches = "relaxed", search(planned.relaxed)
    if matches.without_choices == full:
        return Asked(parsed, planned, way, matches, full)
    return Asked(parsed, replace(planned, marks=planned.relaxed_marks), way, matches, full, relaxed=True)


def found_as_part(engine: Engine, request: SearchRequest, asked: Asked, now: int, synonyms: Synonyms) -> int:
    """How many of the documents found are found only because words are looked for in compounds."""
    plan = _plan_of(asked.planned, asked.way)
    if not (request.parts and asked.matches.total and _parts_matter(engine, plan, now)):
        return 0
    if asked.way == "plan" or not asked.planned.constituents:
        whole = without_parts(plan)
    else:
        # There a compound may be found by one of its constituents, which are words like any other.
        whole = _plan_of(plan_query(asked.parsed, engine, now, synonyms=synonyms, parts=False), asked.way)
    chosen = [Filter("tag", request.tags)] if request.tags else []
    if days := _days(request):
        chosen.append(Filter("day", low=days[0], high=days[1]))
    return asked.matches.total - engine.count(every([plan, whole, *chosen]), now)


def _parts_matter(engine: Engine, plan: Node, now: int) -> bool:
    """Whether any article has a word of a plan as a constituent of a compound only."""
    parts = (node for node in nodes_of(plan) if isinstance(node, Term) and is_part(node))
    return any(
        engine.public_frequency(part.field, part.text, now)
        > engine.public_frequency(term_field(base(part.field)), part.text, now)
        for part in parts
    )


def _plan_of(planned: PlannedQuery, way: Way) -> Node:
    plans = {"several": planned.several, "relaxed": planned.relaxed}
    return plans.get(way) or planned.plan


def _days(request: SearchRequest) -> tuple[int, int] | None:
    """The chosen period, as ordinals of its first and last day."""
    if not (request.start or request.end):
        return None
    low = request.start.toordinal() if request.start else FIRST_DAY
    return low, request.end.toordinal() if request.end else LAST_DAY


def _engine_request(request: SearchRequest, plan: Node, now: int) -> EngineRequest:
    return EngineRequest(
        plan=plan,
        now=now,
        tags=request.tags,
        days=_days(request),
        sort=request.sort,
        most_tags=MAX_TAGS,
        offset=(request.page - 1) * request.per_page,
        limit=request.per_page,
    )
