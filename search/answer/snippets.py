"""Passages that show why a document matched, with the words that did, in whatever inflection.

Each different word of a text is analysed once; passages are whole sentences where they fit.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass

from search.dutch.analyzer import analyze_words, forms_of
from search.dutch.lemma import all_parts, terms_of
from search.dutch.sentences import sentences
from search.dutch.separable import may_separate, separated
from search.dutch.tokens import WORD
from search.model import Passage, Snippets
from search.query.planned import Marks

MAX_PASSAGE = 240
"""Longest passage of the body, in code points."""

MAX_STRETCH = 50_000
"""How much of a long body is looked through at a time, in code points; to the end of the line."""

MAX_PASSAGES = 2
_SHORT = 120
"""A passage shorter than this is lengthened with the next sentence, when that fits."""

_ELLIPSIS = "…"

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class _Piece:
    """A word within a written word that matters to the query."""

    position: int
    start: int
    end: int
    marked: bool
    terms: frozenset[str]


class Marker:
    """Finds the words of one query in texts; it remembers every word that it has seen."""

    def __init__(self, marks: Marks) -> None:
        self._marks = marks
        self._slots = frozenset(term for phrase in marks.phrases for slot in phrase for term in slot)
        self._terms = marks.terms | self._slots
        self._separable = any(map(may_separate, marks.terms))
        self._known: dict[str, tuple[int, tuple[_Piece, ...]]] = {}

    def spans(self, text: str) -> list[Span]:
        """The places of the words that match, in order, not overlapping."""
        if not (self._marks.terms or self._marks.exact or self._slots or self._marks.parts):
            return []
        found: list[Span] = []
        in_phrase: dict[int, _Piece] = {}
        position = 0
        for match in WORD.finditer(text):
            known = self._known.get(match.group())
            if known is None:
                known = self._known[match.group()] = self._look_at(match.group())
            count, pieces = known
            start = match.start()
            for piece in pieces:
                if piece.marked:
                    found.append((start + piece.start, start + piece.end))
                if not self._slots.isdisjoint(piece.terms):
                    moved = _Piece(
                        position + piece.position, start + piece.start, start + piece.end, False, piece.terms
                    )
                    in_phrase[moved.position] = moved
            position += count
        if self._separable:
            found += [
                place
                for verb in separated(text)
                if not self._marks.terms.isdisjoint(terms_of(verb.infinitive))
                for place in (verb.verb, verb.particle)
            ]
        return _joined([*found, *self._phrase_spans(in_phrase)])

    def _look_at(self, word: str) -> tuple[int, tuple[_Piece, ...]]:
        """How many positions a written word takes, and which of its pieces matter."""
        marks = self._marks
        forms = forms_of(word)
        if all(
            self._terms.isdisjoint(form.terms)
            and marks.exact.isdisjoint(form.exact)
            and marks.parts.isdisjoint(form.parts)
            for form in forms
        ):
            return len(forms), ()
        (_, tokens), *_rest = analyze_words(word)
        if any(
            marks.terms.intersection(t.also.terms) or marks.exact.intersection(t.also.exact) for t in tokens
        ):
            end = tokens[0].written_end
            return len(tokens), (_Piece(0, 0, end, True, frozenset()),)
        pieces = []
        for place, token in enumerate(tokens):
            marked = bool(marks.terms.intersection(token.terms)) or token.exact in marks.exact
            if marked or self._slots.intersection(token.terms):
                pieces.append(_Piece(place, token.start, token.end, marked, frozenset(token.terms)))
            if not marked:
                pieces += [
                    _Piece(place, token.start + start, token.start + end, True, frozenset())
                    for part, start, end in all_parts(token.text)
                    if part in marks.parts
                ]
        return len(tokens), tuple(pieces)

    def _phrase_spans(self, pieces: dict[int, _Piece]) -> list[Span]:
        """The words of every phrase that stands whole among the pieces."""
        spans: list[Span] = []
        for phrase in self._marks.phrases:
            for position in pieces:
                run = [pieces.get(position + place) for place in range(len(phrase))]
                if all(piece and piece.terms & slot for piece, slot in zip(run, phrase, strict=True)):
                    spans += [(piece.start, piece.end) for piece in run if piece]
        return spans


def snippets(marker: Marker, title: str, summary: str, body: str) -> Snippets:
    """Title and summary whole, and the best passages of the body; its beginning when nothing says more."""
    own_summary = (Passage(summary, tuple(marker.spans(summary))),) if summary else ()
    passages = _best_passages(body, _first_spans(marker, body))
    if not passages and not summary and body:
        passages = [_passage(body, *_first_passage(body), [])]
    return Snippets((Passage(title, tuple(marker.spans(title))),), own_summary, tuple(passages))


def _first_spans(marker: Marker, text: str) -> list[Span]:
    """The marks of the first stretch of a text that has any: enough to show, however long the text is."""
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
    candidates: list[tuple[int, int, Span]] = []
    for start, end, inside in _lines_with_marks(text, spans):
        for span in _passages_of_line(text, start, end, inside):
            words = {text[a:b].lower() for a, b in _within(inside, *span)}
            if words:
                candidates.append((-len(words), span[0], span))
    chosen: list[Span] = []
    seen: set[int] = set()
    for _, start, span in sorted(candidates):
        if start not in seen and len(chosen) < MAX_PASSAGES:
            seen.add(start)
            chosen.append(span)
    return [_passage(text, start, end, spans) for start, end in sorted(chosen)]


def _lines_with_marks(text: str, spans: list[Span]) -> list[tuple[int, int, list[Span]]]:
    """Each line that has marks: where it starts and ends, and its marks."""
    lines: list[tuple[int, int, list[Span]]] = []
    for span in spans:
        if lines and span[0] < lines[-1][1]:
            lines[-1][2].append(span)
            continue
        start = text.rfind("\n", 0, span[0]) + 1
        end = text.find("\n", span[1])
        lines.append((start, len(text) if end < 0 else end, [span]))
    return lines


def _passages_of_line(text: str, start: int, end: int, inside: list[Span]) -> list[Span]:
    """The whole line when it is short; else the sentences with marks, or as much as fits around a mark."""
    if end - start <= MAX_PASSAGE:
        return [(start, end)]
    found: list[Span] = []
    bounds = [(start + a, start + b) for a, b in sentences(text[start:end])]
    for number, (first, last) in enumerate(bounds):
        if found and first < found[-1][1]:
            continue
        marked = next(_within(inside, first, last), None)
        if marked is None:
            continue
        if last - first > MAX_PASSAGE:
            found.append(_around(text, first, last, marked))
        else:
            found.append((first, _lengthened(bounds, number)))
    return found


def _within(spans: list[Span], start: int, end: int) -> Iterator[Span]:
    """The spans in `[start, end)` of spans in order; a text may have very many."""
    for place in range(bisect_left(spans, (start, start)), len(spans)):
        if spans[place][1] > end:
            return
        yield spans[place]


def _lengthened(bounds: list[Span], number: int) -> int:
    """Where a passage ends that begins with a sentence and takes in the next ones while it is short."""
    first, last = bounds[number]
    for following in range(number + 1, len(bounds)):
        end = bounds[following][1]
        if last - first >= _SHORT or end - first > MAX_PASSAGE:
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
    before = "" if _ends_sentence(text[:start].rstrip(" ")[-2:]) else _ELLIPSIS
    after = (
        ""
        if text[end : end + 1] == "\n" or end == len(text) or _ends_sentence(text[end - 2 : end])
        else _ELLIPSIS
    )
    shift = len(before) - start
    marks = tuple((a + shift, b + shift) for a, b in spans if start <= a and b <= end)
    return Passage(before + text[start:end] + after, marks)


def _ends_sentence(text: str) -> bool:
    """Whether a text, its last characters, is empty or ends a sentence or a line."""
    return text.rstrip("\"'”’»)")[-1:] in ("", "\n", ".", "!", "?", "…", ":")


def _joined(spans: list[Span]) -> list[Span]:
    """Spans in order, each once, without those that begin within another."""
    joined: list[Span] = []
    for span in sorted(set(spans)):
        if not joined or span[0] >= joined[-1][1]:
            joined.append(span)
    return joined
