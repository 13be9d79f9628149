"""What planning gives: the plan, and what is needed to explain and mark its answers."""

from __future__ import annotations

from dataclasses import dataclass
from operator import attrgetter
from typing import Literal

from search.model import QueryProblem
from search.query.plan import Hashed, Node


@dataclass(frozen=True, slots=True)
class WordUse(Hashed):
    """A word that was asked for, in the forms that may have matched it; `field` is `all` or a text field.

    For a prefix, `exact` holds the written forms that it was expanded to. A synonym of several words, or
    a compound written apart, is there when each of its `slots` is. A `whole` word is not looked for in compounds.
    """

    text: str
    field: str
    kind: Literal["word", "prefix", "synonym"]
    exact: tuple[str, ...]
    terms: tuple[str, ...]
    slots: tuple[tuple[str, ...], ...] = ()
    whole: bool = False

    _key = attrgetter("text", "field", "kind", "exact", "terms", "slots", "whole")
    __hash__ = Hashed.__hash__


@dataclass(frozen=True, slots=True)
class Marks:
    """What to mark in a text: terms, written forms, slots of terms in a row, constituents of compounds."""

    terms: frozenset[str]
    exact: frozenset[str]
    phrases: tuple[tuple[frozenset[str], ...], ...]
    parts: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class PlannedQuery:
    """A plan with what is needed to explain its answers.

    `plan` asks for all words; `several` for a good deal of `many` words, or for a part of each of a few; `relaxed`
    for any of the words. Both are None when that makes no difference, and what they find is marked by
    `relaxed_marks`. A query of still more words is `described`: an article that has them all is not expected.
    `constituents` when these two look for constituents of compounds as words, so that the plans without parts are
    others than these with only parts left out. `spelled` when a correction took the place of what was typed.
    """

    plan: Node
    several: Node | None
    relaxed: Node | None
    many: bool
    described: bool
    reading: str
    problems: tuple[QueryProblem, ...]
    uses: tuple[WordUse, ...]
    marks: Marks
    relaxed_marks: Marks
    constituents: bool = False
    spelled: bool = False
