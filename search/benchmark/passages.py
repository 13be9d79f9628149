"""Passages of bodies with the words that were found, by the words that are kept with them (`marked`).

Nothing is analysed while searching: words are looked for as they are kept, which finds every inflection.
Misspelled words are looked for by their halves: of a word with one mistake, one half is without.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from search.benchmark.marked import Marked
from search.benchmark.queries import Query

_SPAN = 160
"""How much is shown from the first mark on, in code points; about as much as FTS5 shows by 24 words."""

_LEAD = 50
"""How much is shown at most before the first mark."""

_Hit = tuple[int, int]
"""Where in a stream the blank before a word is, and which word of the query it is."""

_Mark = tuple[int, int, int]
"""Start, end, and which word of the query."""


def marker_of(query: Query) -> Callable[[str, Marked], tuple[str, tuple[tuple[int, int], ...]]]:
    """What makes passages for a query: of a body and its words, a passage and the marks in it as offsets.

    A passage has as many different words of the query as fit; it is the beginning of a body that has none.
    """
    in_a_row = len(query.words) if query.kind == "phrase" else 1
    find: Callable[[str], list[_Hit]]
    match query.kind:
        case "fuzzy":
            find = partial(_close, query.words[0].written)
        case "prefix":
            find = partial(_beginning, query.words[0].written)
        case "phrase":
            find = partial(_whole, [f" {' '.join(word.term for word in query.words)} "])
        case _:
            find = partial(_whole, [f" {word.term} " for word in query.words])
    written = query.kind in ("fuzzy", "prefix")
    different = 1 if query.kind == "phrase" else len(query.words)

    def passage(text: str, marked: Marked) -> tuple[str, tuple[tuple[int, int], ...]]:
        stream = marked.exact if written else marked.terms
        hits = find(stream)
        if not hits:
            return _cut(text, [])
        return _cut(text, _best(_placed(text, marked, stream, hits, in_a_row), different))

    return passage


def is_close(written: str, other: str) -> bool:
    """Whether two words differ by at most one insertion, deletion, replacement or exchange of neighbours."""
    if written == other:
        return True
    at, least = 0, min(len(written), len(other))
    while at < least and written[at] == other[at]:
        at += 1
    mine, theirs = written[at:], other[at:]
    return (
        mine[1:] == theirs[1:]
        or mine == theirs[1:]
        or mine[1:] == theirs
        or (mine[2:] == theirs[2:] and mine[:2] == theirs[1::-1])
    )


def _whole(words: list[str], stream: str) -> list[_Hit]:
    hits = [(at, number) for number, word in enumerate(words) for at in _places(word, stream, len(word) - 1)]
    if len(words) > 1:
        hits.sort()
    return hits


def _beginning(written: str, stream: str) -> list[_Hit]:
    word = f" {written}"
    return [(at, 0) for at in _places(word, stream, len(word))]


def _close(written: str, stream: str) -> list[_Hit]:
    middle = len(written) // 2
    head, tail = f" {written[:middle]}", f"{written[middle:]} "
    found = {
        at
        for at in _places(head, stream, len(head))
        if is_close(written, stream[at + 1 : stream.find(" ", at + 1)])
    }
    for at in _places(tail, stream, len(tail)):
        before = stream.rfind(" ", 0, at)
        if is_close(written, stream[before + 1 : at + len(tail) - 1]):
            found.add(before)
    # Exchanged are the letters at the middle: neither half is without mistake.
    exchanged = f"{written[: middle - 1]}{written[middle]}{written[middle - 1]}{written[middle + 1 :]}"
    found.update(_places(f" {exchanged} ", stream, len(exchanged) + 1))
    return [(at, 0) for at in sorted(found)]


def _places(word: str, stream: str, step: int) -> Iterator[int]:
    at = stream.find(word)
    while at >= 0:
        yield at
        at = stream.find(word, at + step)


def _placed(text: str, marked: Marked, stream: str, hits: list[_Hit], in_a_row: int) -> list[_Mark]:
    """Hits as marks in the text, in order."""
    starts, lengths = marked.starts_and_lengths(text)
    found = []
    place = before = 0
    for at, number in hits:
        place += stream.count(" ", before, at)
        before = at
        last = place + in_a_row - 1
        found.append((starts[place], starts[last] + lengths[last], number))
    found.sort()
    return found


def _best(marks: list[_Mark], different: int) -> list[_Mark]:
    """The marks of the first passage with the most different words."""
    best: list[_Mark] = []
    most = 0
    for first, (start, end, _) in enumerate(marks):
        limit = max(start + _SPAN, end)
        after = first + 1
        while after < len(marks) and marks[after][1] <= limit:
            after += 1
        words = len({number for _, _, number in marks[first:after]}) if different > 1 else 1
        if words > most:
            best, most = marks[first:after], words
            if most == different:
                break
    return best


def _cut(text: str, marks: list[_Mark]) -> tuple[str, tuple[tuple[int, int], ...]]:
    """The text around marks in order, from a blank to a blank where there is one; its beginning without."""
    start = first = marks[0][0] if marks else 0
    if first:
        start = 0 if first <= _LEAD else text.find(" ", first - _LEAD, first) + 1 or first
    last = marks[-1][1] if marks else 0
    end = max(first + _SPAN, last)
    if end < len(text):
        blank = text.rfind(" ", last, end + 1)
        end = blank if blank > first else end
    return text[start:end], tuple(dict.fromkeys((a - start, b - start) for a, b, _ in marks))
