"""Passages that show why a document matched, with the words that did: whole sentences where they fit."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from operator import itemgetter

from search.answer.marking import Marker
from search.answer.windows import Span
from search.dutch.sentences import Line
from search.model import Passage, Snippets

MAX_PASSAGE = 240
"""Longest passage of the body, in code points."""

MAX_STRETCH = 50_000
"""How much of a long body is looked through at a time, in code points; to the end of the line."""

MAX_PASSAGES = 2
_SHORT = 120
"""A passage shorter than this is lengthened with the next sentence, when that fits."""

_ELLIPSIS = "…"


def snippets(marker: Marker, title: str, summary: str, body: str) -> Snippets:
    """Title and summary whole, and the best passages of the body; its beginning when nothing says more."""
    own_summary = (Passage(summary, tuple(marker.spans(summary))),) if summary else ()
    found = passages(marker, body)
    if not found and not summary and body:
        found = [_passage(body, *_first_passage(body), [])]
    return Snippets((Passage(title, tuple(marker.spans(title))),), own_summary, tuple(found))


def passages(marker: Marker, body: str) -> list[Passage]:
    """The best passages of a body, in its order; none when nothing in it is marked."""
    return _best_passages(body, _first_spans(marker, body))


def _first_spans(marker: Marker, text: str) -> list[Span]:
    """The marks of the first stretch of a text that has any: enough to show, however long the text is."""
    if len(text) <= MAX_STRETCH:
        return marker.spans(text)
    start = 0
    while start < len(text):
        end = text.find("\n", start + MAX_STRETCH)
        end = len(text) if end < 0 else end
        found = marker.spans(text[start:end])
        if found:
            return [(start + a, start + b) for a, b in found]
        start = end
    return []


def _best_passages(text: str, spans: list[Span]) -> list[Passage]:
    """Up to `MAX_PASSAGES` passages with the most different words in them, in the order of the text."""
    if not spans:
        return []
    words = [text[start:end].lower() for start, end in spans]
    most = len(set(words)) if len(words) > 1 else 1
    best: list[tuple[int, int, int, list[Span]]] = []
    full = 0
    for start, end in _passages(text, spans):
        low, high = _within(spans, start, end)
        if low < high:
            count = 1 if high - low == 1 else len(set(words[low:high]))
            best.append((-count, start, end, spans[low:high]))
            full += count == most
            if full == MAX_PASSAGES:
                break  # No later one has more.
    if len(best) > MAX_PASSAGES:
        best = sorted(sorted(best)[:MAX_PASSAGES], key=itemgetter(1))
    return [_passage(text, start, end, marks) for _, start, end, marks in best]


def _passages(text: str, spans: list[Span]) -> Iterator[Span]:
    """The passages of a text that may be shown, in order, one for each part of it that has marks."""
    at = 0
    while at < len(spans):
        start = text.rfind("\n", 0, spans[at][0]) + 1
        end = text.find("\n", spans[at][1])
        end = len(text) if end < 0 else end
        after = at + 1
        while after < len(spans) and spans[after][0] < end:
            after += 1
        if end - start <= MAX_PASSAGE:
            yield start, end
        else:
            yield from _passages_of_line(text, start, end, spans[at:after])
        at = after


def _passages_of_line(text: str, start: int, end: int, inside: list[Span]) -> Iterator[Span]:
    """The sentences with marks of a long line, or as much as fits around a mark."""
    line = Line(text[start:end])
    first = last = following = shown = 0
    for mark in inside:
        place = mark[0] - start
        if place >= following:
            first = line.start_of(place, following)
            last, following = line.end_from(place)
        elif shown > first:
            continue
        if first < shown or mark[1] - start > last:
            continue
        if last - first > MAX_PASSAGE:
            found = _around(text, start + first, start + last, mark)
            shown = last
        else:
            shown = _lengthened(line, first, last, following)
            found = (start + first, start + shown)
        yield found


def _within(spans: list[Span], start: int, end: int) -> tuple[int, int]:
    """Which of spans in order lie in `[start, end)`: the first one and the one behind the last."""
    low = high = bisect_left(spans, (start, start))
    while high < len(spans) and spans[high][1] <= end:
        high += 1
    return low, high


def _lengthened(line: Line, first: int, last: int, following: int) -> int:
    """Where a passage ends that begins with a sentence and takes in the next ones while it is short."""
    while last - first < _SHORT and following < line.size:
        end, following = line.end_from(following)
        if end - first > MAX_PASSAGE:
            break
        last = end
    return last


def _around(text: str, first: int, last: int, mark: Span) -> Span:
    """As much of a long sentence as fits, cut between words, with the mark a third of the way in."""
    start = max(first, mark[0] - MAX_PASSAGE // 3)
    end = min(last, start + MAX_PASSAGE)
    start = max(first, min(start, end - MAX_PASSAGE))
    if start > first:
        start = min(text.find(" ", start, mark[0]) + 1 or mark[0], mark[0])
    if end < last:
        end = max(text.rfind(" ", mark[1], end), mark[1])
    return start, end


def _first_passage(text: str) -> Span:
    """The beginning of a text: its first line, or as much of it as fits."""
    end = text.find("\n")
    end = len(text) if end < 0 else end
    return (0, end) if end <= MAX_PASSAGE else _around(text, 0, end, (0, 0))


def _passage(text: str, start: int, end: int, spans: list[Span]) -> Passage:
    """A piece of a text with the marks in it; an ellipsis where a sentence was cut."""
    before = "" if start == 0 or _ends_sentence(text[:start].rstrip(" ")[-2:]) else _ELLIPSIS
    after = "" if text[end : end + 1] in ("", "\n") or _ends_sentence(text[end - 2 : end]) else _ELLIPSIS
    shift = len(before) - start
    marks = tuple([(first + shift, last + shift) for first, last in spans])
    return Passage(f"{before}{text[start:end]}{after}", marks)


def _ends_sentence(text: str) -> bool:
    """Whether a text, its last characters, is empty or ends a sentence or a line."""
    return text.rstrip("\"'”’»)")[-1:] in ("", "\n", ".", "!", "?", "…", ":")
