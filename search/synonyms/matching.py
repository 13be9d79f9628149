"""Where members of the synonyms stand in the tokens of a query, and what counts as well for each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise

from search.dutch.analyzer import Token
from search.synonyms.entries import Alternative, Pattern, written_keys


@dataclass(frozen=True, slots=True)
class Match:
    """The tokens `[start, end)` are a member; `alternatives` are what counts as well, each once."""

    start: int
    end: int
    alternatives: tuple[Alternative, ...]


@dataclass(frozen=True, slots=True)
class _Step:
    """A token of a query: the ways on from it, each the keys that it answers to and where the next token is."""

    ways: tuple[tuple[frozenset[str], int], ...]
    begins_word: bool


@dataclass(frozen=True, slots=True)
class Synonyms:
    """What one file says; without arguments there are none.

    `digest` is the BLAKE2b hash of the file in 32 hexadecimal digits, `entries` the number of its groups and
    one-way entries together, `patterns` the members by each key of the slot that the fewest others share.
    """

    digest: str = ""
    entries: int = 0
    patterns: Mapping[str, Sequence[Pattern]] = field(default_factory=dict, repr=False)

    def alternatives(self, tokens: Sequence[Token]) -> list[Match]:
        """Find the members in consecutive words of a query, with what counts as well for each.

        A member stands where each of its words shares a term with the token in its place; an abbreviation
        (`AI`, `EZ`) where the written form is the same, but for case and an `'s` behind it. Members take whole
        written words: `AI` does not stand in `AI-model`, unless that piece is given by itself. What is written
        with a hyphen is recognised as one word and as several too: `e-mail`, `email`, `e mail`.

        Args:
            tokens: as the analyzer gives them, stop words included: `ministerie van EZK` has one.

        Returns:
            Matches that do not overlap, from left to right, at each place the longest. A member without
            alternatives gives none, but takes its place.
        """
        steps = _steps(tokens) if self.patterns else []
        keys = sorted({key for step in steps for way, _ in step.ways for key in way})
        candidates = list(dict.fromkeys(pattern for key in keys for pattern in self.patterns.get(key, ())))
        matches: list[Match] = []
        start = 0
        while start < len(steps):
            ends = [_end(pattern.slots, steps, start) for pattern in candidates]
            end = max(ends, default=start)
            longest = [pattern for pattern, its in zip(candidates, ends, strict=True) if its == end > start]
            if alternatives := _merged(longest):
                matches.append(Match(start, end, alternatives))
            start = max(end, start + 1)
        return matches


def _steps(tokens: Sequence[Token]) -> list[_Step]:
    begins = [
        not number or token.written_end != before.written_end or token.start < before.end
        for number, (before, token) in enumerate(pairwise((*tokens[:1], *tokens)))
    ]
    steps: list[_Step] = []
    for number, token in enumerate(tokens):
        ways = [(written_keys((token.exact,)).union(token.terms), number + 1)]
        word_end = next((i for i in range(number + 1, len(tokens)) if begins[i]), len(tokens))
        if begins[number] and word_end > number + 1 and token.also.exact:
            ways.append((written_keys(token.also.exact).union(token.also.terms), word_end))
        steps.append(_Step(tuple(ways), begins[number]))
    return steps


def _end(slots: tuple[frozenset[str], ...], steps: list[_Step], start: int) -> int:
    """Where a member that begins at a token ends, at the end of a written word; `start` when it is not there."""
    places = {start} if steps[start].begins_word else set()
    for slot in slots:
        places = {
            after
            for place in places
            if place < len(steps)
            for keys, after in steps[place].ways
            if not slot.isdisjoint(keys)
        }
    return max((end for end in places if end == len(steps) or steps[end].begins_word), default=start)


def _merged(patterns: list[Pattern]) -> tuple[Alternative, ...]:
    """The alternatives of several members in one place, each once, without those members themselves."""
    own = {pattern.words for pattern in patterns}
    offered: dict[tuple[tuple[str, ...], date | None, date | None], Alternative] = {}
    for alternative in (found for pattern in patterns for found in pattern.alternatives):
        if alternative.words not in own:
            offered.setdefault((alternative.words, alternative.low, alternative.high), alternative)
    return tuple(
        alternative
        for (words, low, high), alternative in offered.items()
        if (low is None and high is None) or (words, None, None) not in offered
    )
