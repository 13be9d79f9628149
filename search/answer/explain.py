"""Why a document matched: its passages and the kinds of match, and what was left out of a query."""

from __future__ import annotations

from search import clock
from search.answer.snippets import Marker, snippets
from search.engines.base import Engine, Matches
from search.model import Hit, QueryProblem, Why
from search.query.planned import PlannedQuery, WordUse
from search.urls import article_url

_ORDER: tuple[Why, ...] = ("exact", "inflection", "part", "synonym", "prefix", "spelling")


def hits_of(engine: Engine, planned: PlannedQuery, matches: Matches) -> tuple[Hit, ...]:
    """The documents in the window as they are shown; only these are read."""
    marker = Marker(planned.marks)
    documents = tuple(ranked.document for ranked in matches.ranked)
    reasons = _reasons(engine, planned.uses, documents)
    hits = []
    for ranked, why in zip(matches.ranked, reasons, strict=True):
        record = engine.record(ranked.document)
        hits.append(
            Hit(
                id=record.id,
                url=article_url(record.id),
                title=record.title,
                summary=record.summary,
                date=clock.iso(record.date) if record.date else None,
                tags=record.tags,
                cover=record.cover,
                score=ranked.score,
                why=why,
                snippets=snippets(marker, record.title, record.summary, engine.text(ranked.document)),
            )
        )
    return tuple(hits)


def relaxation(
    engine: Engine, planned: PlannedQuery, matches: Matches, text: str, now: int
) -> tuple[QueryProblem, ...]:
    """What to say when any of the words was searched, as no article has them all.

    It names the words that no article has; when each is found somewhere, those that the best article lacks.
    A single word of several pieces (`ict-diensten`) is said to be found in part.
    """
    if not matches.without_choices:
        return ()
    unknown = dict.fromkeys(use.text for use in planned.uses if not _known(engine, use, now))
    best = tuple(ranked.document for ranked in matches.ranked[:1])
    lacking = dict.fromkeys(use.text for use in planned.uses if _how(engine, use, best) == [None])
    if unknown:
        rest = f"zonder: {', '.join(unknown)}."
    elif lacking and matches.ranked:
        rest = f"het best passende is zonder: {', '.join(lacking)}."
    else:
        rest = "hieronder staan artikelen met een deel ervan."
    return (QueryProblem(f"Geen artikel bevat alle woorden; {rest}", 0, len(text)),)


def _reasons(engine: Engine, uses: tuple[WordUse, ...], documents: tuple[int, ...]) -> list[tuple[Why, ...]]:
    """For each document the kinds of match that its words make, in a fixed order."""
    found: list[set[Why]] = [set() for _ in documents]
    for use in uses:
        for kinds, kind in zip(found, _how(engine, use, documents), strict=True):
            if kind is not None:
                kinds.add(kind)
    return [tuple(kind for kind in _ORDER if kind in kinds) for kinds in found]


def _how(engine: Engine, use: WordUse, documents: tuple[int, ...]) -> list[Why | None]:
    """In which way each document has a word."""
    kinds: list[Why | None] = [None] * len(documents)
    views: list[tuple[Why, str, tuple[str, ...]]] = [
        ("prefix" if use.kind == "prefix" else "exact", f"{use.field}.exact", use.exact),
        ("inflection", f"{use.field}.term", use.terms),
    ]
    for kind, field, forms in views:
        for form in forms:
            for place, held in enumerate(engine.holds(field, form, documents)):
                if held and kinds[place] is None:
                    kinds[place] = kind
    return kinds


def _known(engine: Engine, use: WordUse, now: int) -> bool:
    """Whether any public document has a word in one of its forms."""
    if use.kind == "prefix":
        return bool(use.exact)
    return any(engine.public_frequency(f"{use.field}.term", term, now) for term in use.terms)
