"""Why a document matched: its passages and the kinds of match, and what was left out of a query."""

from __future__ import annotations

from search import layout
from search.answer.marking import Marker, texts_of
from search.answer.snippets import snippets
from search.asking import Asked
from search.dutch.dates import undone
from search.engines.base import Engine, Matches
from search.model import Hit, QueryProblem, ReadPeriod, Why
from search.query.parse import ParsedQuery
from search.query.planned import PlannedQuery, WordUse
from search.urls import article_url

_ORDER: tuple[Why, ...] = ("exact", "inflection", "part", "synonym", "prefix", "spelling")


def hits_of(engine: Engine, planned: PlannedQuery, matches: Matches) -> tuple[Hit, ...]:
    """The documents in the window as they are shown; only these are read."""
    marker = Marker(planned.marks, engine.surfaces(texts_of(planned.marks)))
    documents = tuple(ranked.document for ranked in matches.ranked)
    reasons = _reasons(engine, planned.uses, documents)
    if planned.spelled:
        reasons = [("spelling",) for _ in reasons]
    hits = []
    for ranked, why in zip(matches.ranked, reasons, strict=True):
        record = engine.record(ranked.document)
        hits.append(
            Hit(
                id=record.id,
                url=article_url(record.id),
                title=record.title,
                summary=record.summary,
                date=record.shown,
                tags=record.tags,
                cover=record.cover,
                score=ranked.score,
                why=why,
                snippets=snippets(marker, record.title, record.summary, engine.text(ranked.document)),
            )
        )
    return tuple(hits)


def relaxation(engine: Engine, asked: Asked, text: str, now: int) -> tuple[QueryProblem, ...]:
    """What to say when articles with some of the words are found as well.

    It names the words that no article has; when each is found somewhere, those that the best article lacks.
    A single word of several pieces (`ict-diensten`) is said to be found in part.
    """
    planned, matches = asked.planned, asked.matches
    if not matches.without_choices:
        return ()
    uses = [use for use in planned.uses if use.kind != "synonym"]
    unknown = dict.fromkeys(use.text for use in uses if not _known(engine, use, now))
    best = tuple(ranked.document for ranked in matches.ranked[:1])
    lacking = dict.fromkeys(use.text for use in uses if _how(engine, use, best) == [None])
    if planned.described and asked.full:
        said = "Bij zo veel woorden telt elk woord mee, maar een artikel hoeft ze niet alle te bevatten."
    elif asked.full:
        with_all = "1 artikel bevat" if asked.full == 1 else f"{asked.full} artikelen bevatten"
        said = (
            f"{with_all} alle woorden, de andere een deel ervan; met EN ertussen moeten alle woorden er zijn."
        )
    elif len(uses) == 1 and uses[0].slots:
        said = f"Geen artikel bevat ‘{uses[0].text}’; dit zijn artikelen met een deel van dat woord."
    elif unknown:
        said = f"Geen artikel bevat alle woorden; zonder: {', '.join(unknown)}."
    elif lacking and matches.ranked:
        said = f"Geen artikel bevat alle woorden; het best passende artikel mist: {', '.join(lacking)}."
    else:
        said = "Geen artikel bevat alle woorden; hieronder staan artikelen met een deel ervan."
    return (QueryProblem(said, 0, len(text)),)


def read_periods(parsed: ParsedQuery) -> tuple[ReadPeriod, ...]:
    """The periods that were read in words, each with the query in which they are words."""
    return tuple(
        ReadPeriod(
            text=parsed.text[period.start : period.end],
            start=period.start,
            end=period.end,
            low=period.low.isoformat() if period.low else None,
            high=period.high.isoformat() if period.high else None,
            undo=undone(parsed.text, period),
        )
        for period in parsed.periods
    )


def empty_periods(asked: Asked) -> tuple[QueryProblem, ...]:
    """What to say when there is nothing at all of a period."""
    return tuple(
        QueryProblem("Uit deze periode is er niets.", period.start, period.end)
        for period in asked.parsed.periods
    )


def unread_periods(asked: Asked) -> tuple[QueryProblem, ...]:
    """What to say when nothing of a period was found, so that articles of any time are shown."""
    return tuple(
        QueryProblem(
            "Uit deze periode is er niets; dit zijn artikelen uit elke tijd.", period.start, period.end
        )
        for period in asked.unread
    )


def _reasons(engine: Engine, uses: tuple[WordUse, ...], documents: tuple[int, ...]) -> list[tuple[Why, ...]]:
    """For each document the kinds of match that its words make, in a fixed order."""
    found: list[set[Why]] = [set() for _ in documents]
    for use in uses:
        for kinds, kind in zip(found, _how(engine, use, documents), strict=True):
            if kind is not None:
                kinds.add(kind)
    # What nothing else explains was found by a constituent of a compound that was asked for.
    for use in uses:
        if use.kind == "word" and use.slots and not all(found):
            for kinds, held in zip(found, _has_constituent(engine, use, documents), strict=True):
                if held and not kinds:
                    kinds.add("part")
    return [tuple(kind for kind in _ORDER if kind in kinds) for kinds in found]


def _how(engine: Engine, use: WordUse, documents: tuple[int, ...]) -> list[Why | None]:
    """In which way each document has a word."""
    kinds: list[Why | None] = [None] * len(documents)
    if use.kind == "synonym":
        return ["synonym" if held else None for held in _has_slots(engine, use, documents)]
    views: list[tuple[Why, str, tuple[str, ...]]] = [
        ("prefix" if use.kind == "prefix" else "exact", f"{use.field}.exact", use.exact),
        ("inflection", f"{use.field}.term", use.terms),
        ("part", f"{use.field}.part", () if use.whole else use.terms),
    ]
    for kind, field, forms in views:
        if forms and None in kinds:
            for place, held in enumerate(engine.holds_any(field, forms, documents)):
                if held and kinds[place] is None:
                    kinds[place] = kind
    if use.slots and None in kinds:
        apart = _has_slots(engine, use, documents)
        kinds = ["part" if held and kind is None else kind for kind, held in zip(kinds, apart, strict=True)]
    return kinds


def _has_constituent(engine: Engine, use: WordUse, documents: tuple[int, ...]) -> list[bool]:
    """Which documents have some constituent of a compound, as a word or in another compound."""
    forms = tuple(form for slot in use.slots for form in slot)
    words, parts = (engine.holds_any(f"{use.field}.{view}", forms, documents) for view in ("term", "part"))
    return [word or part for word, part in zip(words, parts, strict=True)]


def _has_slots(engine: Engine, use: WordUse, documents: tuple[int, ...]) -> list[bool]:
    """Which documents have each word of a synonym or of a compound written apart, or a written form of it."""
    slots = [(f"{use.field}.term", slot) for slot in use.slots] or [(layout.ALL_EXACT, use.exact)]
    found = [True] * len(documents)
    for field, forms in slots:
        held = engine.holds_any(field, forms, documents)
        found = [before and now for before, now in zip(found, held, strict=True)]
    return found


def _known(engine: Engine, use: WordUse, now: int) -> bool:
    """Whether any public document has a word in one of its forms."""
    if use.kind == "prefix":
        return bool(use.exact)
    fields = (f"{use.field}.term", f"{use.field}.part")
    return any(engine.public_frequency(field, term, now) for field in fields for term in use.terms)
