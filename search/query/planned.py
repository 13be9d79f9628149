"""What planning gives: the plan, and what is needed to explain and mark its answers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from search.model import QueryProblem
from search.query.plan import Node


@dataclass(frozen=True, slots=True)
class WordUse:
    """A word that was asked for, in the forms that may have matched it; `field` is `all` or a text field.

    For a prefix, `exact` holds the written forms that it was expanded to.
    """

    text: str
    field: str
    kind: Literal["word", "prefix"]
    exact: tuple[str, ...]
    terms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Marks:
    """What to mark in a text: terms, written forms, and slots of terms that follow each other."""

    terms: frozenset[str]
    exact: frozenset[str]
    phrases: tuple[tuple[frozenset[str], ...], ...]


@dataclass(frozen=True, slots=True)
class PlannedQuery:
    """A plan with what is needed to explain its answers.

    `relaxed` asks for any of the words instead of all, and is None when that makes no difference; what it
    finds is marked by `relaxed_marks`.
    """

    plan: Node
    relaxed: Node | None
    reading: str
    problems: tuple[QueryProblem, ...]
    uses: tuple[WordUse, ...]
    marks: Marks
    relaxed_marks: Marks
