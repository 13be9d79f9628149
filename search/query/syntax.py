"""Our plugins for Whoosh's query parser: tags, dates, periods in words, prefixes, and operators to leave out."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from whoosh import query
from whoosh.qparser import plugins, syntax

from search.dutch.dates import SpokenPeriod
from search.errors import BadRequest
from search.model import QueryProblem
from search.query.request import read_period
from search.tags import tag_key

TAG, DAY = "tag", "day"
MIN_PREFIX = 3
FIRST_DAY, LAST_DAY = 1, 3_652_059
"""Ordinals of 1 January of year 1 and 31 December of year 9999."""

WORD_START = r"(?:(?<![^\s(])|(?<=(?<![^\s(])-))"
"""Where a word begins: after a blank or a bracket, or after the minus that excludes it."""

_TRAILING = ".,;:!?"


class TagTerm(query.Term):  # type: ignore[misc]  # Whoosh is untyped
    """A tag by its key; `label` is how it was typed."""

    def __init__(self, label: str) -> None:
        super().__init__(TAG, tag_key(label))
        self.label = label


class SpokenPeriodQuery(query.NumericRange):  # type: ignore[misc]  # Whoosh is untyped
    """A period in words, as ordinals of its first and last day; `label` is how it was typed.

    One that is `certain` limits the date of articles; another asks for articles of that period or with the words.
    """

    def __init__(self, label: str, period: SpokenPeriod) -> None:
        low = period.low.toordinal() if period.low else FIRST_DAY
        high = period.high.toordinal() if period.high else LAST_DAY
        super().__init__(DAY, low, high)
        self.label = label
        self.certain = period.certain
        self.startchar, self.endchar = period.start, period.end


class FixedQuery(syntax.SyntaxNode):  # type: ignore[misc]  # Whoosh is untyped
    """A node whose query is known as soon as it is read."""

    def __init__(self, fixed: query.Query) -> None:
        self.fixed = fixed

    def query(self, parser: Any) -> query.Query:
        """The query, with its place in the text."""
        self.fixed.startchar, self.fixed.endchar = self.startchar, self.endchar
        return self.fixed


class TagPlugin(plugins.TaggingPlugin):  # type: ignore[misc]  # Whoosh is untyped
    """`#ai`, `tag:ai`, `#"machine learning"`: documents with that tag, in whatever spelling."""

    expr = WORD_START + r"(?:#|tag:)(?:\"(?P<quoted>[^\"]*)\"|(?P<text>[^\s()\"]+))"
    priority = -10

    def create(self, parser: Any, match: re.Match[str]) -> syntax.SyntaxNode | None:
        """A tag, or nothing when no letter of it counts (`#-`): then it is a word."""
        tag = TagTerm(match["quoted"] or (match["text"] or "").rstrip(_TRAILING))
        return FixedQuery(tag) if tag.text else None


class DatePlugin(plugins.TaggingPlugin):  # type: ignore[misc]  # Whoosh is untyped
    """`datum:2024`, `datum:2024-03..2024-05`, `datum:2024-03..`: documents of that period."""

    expr = WORD_START + r"(?:datum|date):(?P<text>[^\s()\"]*)"
    priority = -10

    def __init__(self, problems: list[QueryProblem]) -> None:
        super().__init__()
        self._problems = problems

    def create(self, parser: Any, match: re.Match[str]) -> syntax.SyntaxNode | None:
        """A period, or nothing when it cannot be read: then it is a word, and that is reported."""
        first, dots, last = (
            match["text"].rstrip(_TRAILING if not match["text"].endswith("..") else "").partition("..")
        )
        try:
            start, end = read_period(first, "datum"), read_period(last, "datum")
        except BadRequest:
            start = end = None
        if start is None and end is None:
            message = (
                "Deze datum is niet begrepen; schrijf bijvoorbeeld datum:2024, datum:2024-03-05 "
                "of datum:2024-03..2024-05."
            )
            self._problems.append(QueryProblem(message, match.start(), match.end()))
            return None
        if not dots:
            end = start
        if start and end and start[0] > end[1]:
            message = "Het einde van de periode lag vóór het begin; ze zijn omgewisseld."
            self._problems.append(QueryProblem(message, match.start(), match.end()))
            start, end = end, start
        low = start[0].toordinal() if start else FIRST_DAY
        high = end[1].toordinal() if end else LAST_DAY
        return FixedQuery(query.NumericRange(DAY, low, high))


class SpokenPeriodPlugin(plugins.Plugin):  # type: ignore[misc]  # Whoosh is untyped
    """`sinds maart 2024`, `vorige week`: periods that were found beforehand, by the place where each starts."""

    _BEFORE_ALL_OTHERS = -20

    def __init__(self, periods: dict[int, SpokenPeriodQuery]) -> None:
        self._periods = periods

    def taggers(self, parser: Any) -> list[tuple[SpokenPeriodPlugin, int]]:
        """Itself, as what matches."""
        return [(self, self._BEFORE_ALL_OTHERS)]

    def match(self, parser: Any, text: str, pos: int) -> syntax.SyntaxNode | None:
        """The period that starts at a place."""
        period = self._periods.get(pos)
        return FixedQuery(period).set_range(period.startchar, period.endchar) if period else None


class PrefixPlugin(plugins.PrefixPlugin):  # type: ignore[misc]  # Whoosh is untyped
    """`woord*`, with three letters or more before the star."""

    expr = r"(?P<text>[^\s()\"*|]+)\*(?=[.,;:!?]*(?:[\s)|]|$))"
    priority = 10

    def __init__(self, problems: list[QueryProblem]) -> None:
        super().__init__()
        self._problems = problems

    def create(self, parser: Any, match: re.Match[str]) -> syntax.SyntaxNode:
        """A prefix, or the word itself when that is too short to say anything."""
        if len(match["text"]) >= MIN_PREFIX:
            return self.PrefixNode(match["text"])
        message = f"Een ster telt na {MIN_PREFIX} letters of meer; nu is alleen het woord zelf gezocht."
        self._problems.append(QueryProblem(message, match.start(), match.end()))
        return syntax.WordNode(match["text"])


class PhrasePlugin(plugins.PhrasePlugin):  # type: ignore[misc]  # Whoosh is untyped
    """`"twee woorden"` behind each other; `"twee woorden"~3` with up to three others between them."""

    class PhraseTagger(plugins.PhrasePlugin.PhraseTagger):  # type: ignore[misc]  # Whoosh is untyped
        """Makes the slop one more than the words between, as 1 is Whoosh's "none"."""

        def create(self, parser: Any, match: re.Match[str]) -> syntax.SyntaxNode:
            """The phrase, with its slop."""
            between = min(int(match["slop"] or 0), len(match.string))
            return plugins.PhrasePlugin.PhraseNode(match["text"], match.start("text"), between + 1)

    def __init__(self) -> None:
        super().__init__(r"\"(?P<text>[^\"]*)\"(?:~(?P<slop>[0-9]+))?")


class LooseOperatorsPlugin(plugins.Plugin):  # type: ignore[misc]  # Whoosh is untyped
    """Removes operators that have nothing to join, on which Whoosh's own filter stumbles."""

    _AFTER_BLANKS_BEFORE_OPERATORS = 550

    def __init__(self, problems: list[QueryProblem]) -> None:
        self._problems = problems

    def filters(self, parser: Any) -> list[tuple[Callable[[Any, Any], Any], int]]:
        """One filter, between Whoosh's for blanks and for operators."""
        return [(self.remove_loose, self._AFTER_BLANKS_BEFORE_OPERATORS)]

    def remove_loose(self, parser: Any, group: Any) -> Any:
        """The group without operators at its ends or next to each other; a prefix operator may follow one."""
        kept = group.empty_copy()
        nodes = list(group)
        for index, node in enumerate(nodes):
            following = nodes[index + 1] if index + 1 < len(nodes) else None
            if isinstance(node, syntax.GroupNode):
                kept.append(self.remove_loose(parser, node))
            elif not isinstance(node, syntax.Operator) or self._joins(node, kept, following):
                kept.append(node)
            else:
                message = f"{node.text} verbindt hier niets en is overgeslagen."
                self._problems.append(QueryProblem(message, node.startchar, node.endchar))
        return kept

    @staticmethod
    def _joins(node: Any, before: Any, following: Any) -> bool:
        if isinstance(node, syntax.PrefixOperator):
            return following is not None and not isinstance(following, syntax.Operator)
        joined_before = bool(before) and not isinstance(before[-1], syntax.Operator)
        return joined_before and following is not None and not isinstance(following, syntax.InfixOperator)
