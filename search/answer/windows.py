"""The stretches of a text that may have the words of a query: found by plain search."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from itertools import groupby

from search.dutch.tokens import MAX_WORD, WORD
from search.store.surfaces import shared_beginning, shortest

Span = tuple[int, int]

_WHOLE_UP_TO = 3
"""Words of this many letters and less are looked for as whole words: `ai` stands in too many others."""

_MANY = 16
"""Of more needles than this, those that begin alike become one."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a text must contain to be looked at: `needles` anywhere, `words` with nothing of a word around them.

    With each place where one stands, `reach` words before and behind it are looked at.
    """

    needles: tuple[str, ...]
    words: tuple[str, ...]
    reach: int = 0


def wanted_of(words: Collection[str], needles: Collection[str], reach: int = 0) -> Wanted:
    """As few needles as do for words and for what others contain."""
    whole = [word for word in words if len(word) <= _WHOLE_UP_TO]
    texts = sorted({*needles, *(word for word in words if len(word) > _WHOLE_UP_TO)})
    if len(texts) > _MANY:
        alike = groupby(texts, key=lambda text: text[: _WHOLE_UP_TO + 1])
        texts = [shared_beginning(list(group)) for _, group in alike]
    shortened = shortest(texts)
    return Wanted(
        tuple(shortened), tuple(word for word in whole if not any(one in word for one in shortened)), reach
    )


def stretches_of(small: str, wanted: Iterable[Wanted]) -> list[Span]:
    """The stretches between blanks that have something wanted, in order."""
    found: dict[int, int] = {}
    wide: list[Span] = []
    for one in wanted:
        hits = found if one.reach == 0 else {}
        for text in one.needles:
            at = small.find(text)
            while at >= 0:
                end = small.find(" ", at)
                if end < 0:
                    end = len(small)
                hits[small.rfind(" ", 0, at) + 1] = end
                at = small.find(text, end)
        for text in one.words:
            at = small.find(text)
            while at >= 0:
                if not _is_whole(small, at, at + len(text)):
                    at = small.find(text, at + 1)
                    continue
                end = small.find(" ", at)
                if end < 0:
                    end = len(small)
                hits[small.rfind(" ", 0, at) + 1] = end
                at = small.find(text, end)
        if one.reach:
            wide += [_widened(small, start, end, one.reach) for start, end in hits.items()]
    return _merged([*found.items(), *wide]) if wide else sorted(found.items())


def _widened(small: str, start: int, end: int, words: int) -> Span:
    """A stretch between blanks with so many words before and behind it."""
    for _ in range(words):
        start, end = _before(small, start), _behind(small, end)
    return start, end


def _merged(stretches: list[Span]) -> list[Span]:
    """Stretches in order, those that overlap as one."""
    merged: list[Span] = []
    for start, end in sorted(stretches):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _is_whole(small: str, start: int, end: int) -> bool:
    """Whether a place may be a piece of a word (`codes.pieces`): part of a longer run only where that is cut."""
    if small[start].isalpha() and small[start - 1 : start].isalnum():
        return small[max(0, start - MAX_WORD) : start].isalnum() and start >= MAX_WORD
    if small[end - 1].isalpha() and small[end : end + 1].isalpha():
        return small[max(0, end - MAX_WORD) : end].isalnum() and end >= MAX_WORD
    return True


def _before(small: str, start: int) -> int:
    """The beginning of the stretch between blanks before one, so far back that there is a word in it."""
    while start > 0:
        start, end = small.rfind(" ", 0, start - 1) + 1, start
        if WORD.search(small, start, end):
            break
    return start


def _behind(small: str, end: int) -> int:
    """The end of the stretch between blanks behind one, so far on that there is a word in it."""
    while end < len(small):
        start, end = end, small.find(" ", end + 1)
        end = len(small) if end < 0 else end
        if WORD.search(small, start, end):
            break
    return end
