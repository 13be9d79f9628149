"""Text to sentences, by the rules of Punkt with the abbreviations of Dutch, as little of a text as is asked.

Punkt learns abbreviations from a corpus (Kiss and Strunk, "Unsupervised Multilingual Sentence Boundary
Detection", Computational Linguistics 32(4), 2006). Here it is handed them instead: the list is short, known, and
the same on every site, and nothing needs to be trained or downloaded. Without training its rules are local:
whether a sign ends a sentence depends on the word before it and on what comes next. So a sentence is found from
any place within it, and usual words are settled here; NLTK's Punkt is asked about the others.
"""

from __future__ import annotations

import re

from nltk.tokenize.punkt import PunktParameters, PunktSentenceTokenizer

ABBREVIATIONS = frozenset(
    """
    aanw afb afd afk alg ass art bijv blz bv ca cf c.q d.d d.i d.m.v d.w.z dhr dr drs ds e.a e.d e.v eig enz etc
    evt excl fig gebr gem h.t.l i.c i.p.v i.t.t i.v.m incl ing ir jhr jl jr lic m.a.w m.b.t m.b.v m.i m.i.v m.n max
    mevr mgr min mln mld mr mw n.a.v n.b n.v.t nl nr nrs o.a o.b.v o.g.v o.i.d o.l.v p p.m p.p pag plm plv prof red
    resp sr st t.a.v t.b.v t.g.v t.o.v t/m t.n.v t.w t.z.t tel u.a vgl vnl vs z.g zg zgn z.o.z
    """.split()
)
"""Words, in small letters, whose full stop does not end a sentence."""

_BLANKS = " \t\n\r\v\f"
"""What parts the words before a sign; behind one any white space does."""

_SIGN = re.compile(r"[.?!](?=[()\"';}\]*:@{\[‘’“”«»?!]|\s+\S)")
"""A sign that may end a sentence, as something follows it."""

_OTHER_BLANKS = _BLANKS[1:]
_BLANK = re.compile(r"[ \t\n\r\v\f]")
_NEXT = re.compile(r"\s+(\S+)")
_WORD_ON = re.compile(r"\S+")
_CLOSING = re.compile(r"[\"')\]}‘’“”«»]+?(?:\s+|(?=--)|$)", re.MULTILINE)
"""What belongs to the sentence before it, though it follows the sign."""

_USUAL = re.compile(r"[(\"\[{]?([^\W_]+(?:[.-][^\W_]+)*)(['‘’][^\W_]+)?")
_AROUND = frozenset("'\")]}‘’“”«»")
_NUMBER = re.compile(r"\d[\d,.-]*")
_SIGN_INSIDE = re.compile(r"[.?!].")


def _parameters() -> PunktParameters:
    parameters = PunktParameters()
    parameters.abbrev_types.update(ABBREVIATIONS)
    return parameters


_punkt = PunktSentenceTokenizer(_parameters())


def sentences(text: str) -> list[tuple[int, int]]:
    """The places `[start, end)` of the sentences of a text, in code points, without the blanks between them."""
    line = Line(text)
    found: list[tuple[int, int]] = []
    start = 0
    while start < line.size:
        end, following = line.end_from(start)
        found.append((start, end))
        start = following
    return found


class Line:
    """A text of which sentences are looked for from places in it."""

    __slots__ = ("_ends", "_token", "size", "text")

    def __init__(self, text: str) -> None:
        """`size` is where the last sentence ends."""
        self.text = text
        self.size = len(text.rstrip())
        self._token = (0, 0)
        self._ends: tuple[int, ...] = ()

    def start_of(self, place: int, low: int = 0) -> int:
        """Where the sentence starts that a word at a place is in.

        Args:
            place: where the word starts.
            low: where that sentence or one before it starts.
        """
        text, at = self.text, place
        while True:
            at = max(text.rfind(".", low, at), text.rfind("?", low, at), text.rfind("!", low, at))
            if at < 0:
                return low
            if _SIGN.match(text, at):
                following = self._following(at)
                if following >= 0:
                    return self._closed(at, following)[1]

    def end_from(self, place: int) -> tuple[int, int]:
        """Where the sentence ends that a place is in, and where the next one starts."""
        match = _SIGN.search(self.text, place)
        while match:
            at = match.start()
            following = self._following(at)
            if following >= 0:
                return self._closed(at, following)
            match = _SIGN.search(self.text, at + 1)
        return self.size, self.size

    def _closed(self, at: int, following: int) -> tuple[int, int]:
        """Where a sentence ends and the next one starts, once the quotes and brackets after it are with it."""
        closing = _CLOSING.match(self.text, following, self.size) if self.text[following] in _AROUND else None
        if closing is None:
            return at + 1, following
        return following + len(closing[0].rstrip()), closing.end()

    def _following(self, at: int) -> int:
        """Where the next sentence starts when the sign at a place ends one; else -1."""
        text = self.text
        behind = text[at + 1]
        if behind not in _BLANKS and at not in self._last_of_word(at):
            return -1
        if behind == " " and not text[at + 2].isspace():
            following = at + 2
        else:
            match = _NEXT.match(text, at + 1)
            following = match.start(1) if match else at + 1
        if text[at] != ".":
            return following
        word = before = text[text.rfind(" ", 0, at) + 1 : at]
        if before.isalpha():
            if len(before) > 1 and before.lower() not in ABBREVIATIONS:
                return following
        else:
            before = before[max(map(before.rfind, _OTHER_BLANKS)) + 1 :]
            usual = _USUAL.fullmatch(before)
            if usual is None or usual[2]:
                # A full stop behind a quote or bracket, or `'s` of `foto's`, is by itself.
                apart = not before or usual or before[-1] in _AROUND
                return following if apart or _is_end_by_punkt(text, at, before) else -1
            word = usual[1]
        ends = _ends_sentence(word, text[following])
        if ends or (ends is False and not _SIGN_INSIDE.search(_word_at(text, following))):
            return following if ends else -1
        return following if _is_end_by_punkt(text, at, before) else -1

    def _last_of_word(self, at: int) -> tuple[int, ...]:
        """Which signs count of those in a word, or what is written without blanks: a first one, and the last."""
        start, end = self._token
        if not start <= at < end:
            start = max(self.text.rfind(blank, 0, at) for blank in _BLANKS) + 1
            start = 0 if start == 1 else start  # Punkt does not see a blank that begins the text.
            blank = _BLANK.search(self.text, at)
            end = blank.start() if blank else len(self.text)
            places = []
            for match in _SIGN.finditer(self.text, start):
                if match.start() >= end:
                    break
                places.append(match.start())
            self._token = (start, end)
            self._ends = tuple(place for place in (places[0], places[-1]) if place in (start, places[-1]))
        return self._ends


def _ends_sentence(word: str, following: str) -> bool | None:
    """Whether a full stop behind a word ends the sentence; None when only the word after it can tell.

    Args:
        word: letters and digits, with single hyphens and full stops within.
        following: the first character of what comes next.
    """
    small = word.lower()
    if small in ABBREVIATIONS or small[small.rfind("-") + 1 :] in ABBREVIATIONS:
        return False
    if len(word) == 1 and word.isalpha():
        opens = not (following.islower() or following.isupper() or following in ",:;")
    elif _NUMBER.fullmatch(small):
        opens = not (following.islower() or following in ",:;")
    else:
        return True
    return None if following in ".?!-" else opens


def _word_at(text: str, place: int) -> str:
    match = _WORD_ON.match(text, place)
    return match[0] if match else ""


def _is_end_by_punkt(text: str, at: int, before: str) -> bool:
    """Whether Punkt takes a full stop for the end of a sentence."""
    behind = _NEXT.match(text, at + 1)
    return bool(_punkt.text_contains_sentbreak(before + text[at : behind.end() if behind else at + 2]))
