"""Did you mean: the words of the index that a typed word most likely stands for.

A noisy channel (Kernighan, Church and Gale, "A spelling correction program based on a noisy channel model",
COLING 1990): what was meant is the word for which the mistake is cheap and which is common. Words nearby
come from `spelling_lookup`, what a mistake costs from `spelling_costs`. How common a word is counts little on
purpose: an index of articles is small, and the rare word is often the one that is looked for.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein, JaroWinkler, LCSseq

from search.dutch.normalise import fold
from search.dutch.spelling_costs import cost, respellings
from search.dutch.spelling_lookup import Near, Vocabulary

_COMMON = 0.1
"""What ten times as many documents are worth, in cost."""

_SHORTEST, _LONGEST = 3, 100
_TWO_EDITS_FROM, _THREE_EDITS_FROM = 4, 8
"""Letters that a word has at least when it is corrected at all, by two edits, and by three."""

_CHEAP, _DEAR = 0.5, 1.0
"""Other spellings are tried only when nothing is this cheap, three edits only when all is dearer than that."""

_COST, _COST_A_LETTER = 1.3, 0.3
"""What a mistake may cost at most, and in a longer word for every letter: what costs more has little in common."""

_COMPARED, _RESPELLINGS = 120, 250
"""How many words nearby get a cost, and how many other spellings are looked up: bounds of the time taken."""

_APART, _FREQUENT_PART, _SHORTEST_PART = 1.0, 2, 4
"""Cost of a blank left out; the documents and letters that each of both words must have.

The cost is high, as Dutch writes compounds as one and nearly every mistake in one has some reading as two words.
"""

_JOINED, _LINKED = 0.2, 0.4
"""Cost of a compound written apart, and of a linking letter left out of it."""

_LINKS = ("", "s", "en", "e", "n", "-", "'")

_OFFER_RATIO, _OFFER_COST, _OFFER_LETTERS = 0.5, 2.0, 5
"""See `much_better`."""

_CLOSE, _CLOSE_IN_LONG, _SHORT, _LONG = 1.1, 2.1, 5, 9
"""See `is_close`."""

_ALIKE, _ALIKE_COST_A_LETTER, _MUCH_SHORTER = 0.6, 0.25, 0.65
"""See `is_alike`."""

_DIGITS = re.compile(r"\d+")
_LETTER = re.compile(r"[^\W\d_]")


@dataclass(frozen=True, slots=True)
class Candidate:
    """What may have been meant.

    `text` is a word of the vocabulary, or two with a blank between. `distance` is the plain Damerau-Levenshtein
    distance to what was typed, `cost` that of the mistake (1 is about any letter for any other, see
    `spelling_costs`), and `score` is what candidates are ordered by, also those of different words.
    """

    text: str
    distance: int
    cost: float
    score: float


class Speller:
    """Corrections out of one vocabulary. Immutable after construction, and safe for threads."""

    __slots__ = ("_most_common", "_vocabulary")

    def __init__(self, words: Sequence[str], counts: Sequence[int]) -> None:
        """Prepare the vocabulary; it takes about 25 bytes a word besides the words themselves.

        Args:
            words: folded written forms, in any order.
            counts: of each word the number of documents that have it.
        """
        self._vocabulary = Vocabulary(words, counts)
        self._most_common = _worth(max(counts, default=0))

    def count(self, text: str) -> int:
        """The number of documents that have a word; of words with blanks between, that of the rarest."""
        return min(map(self._vocabulary.count, text.split()), default=0)

    def candidates(self, word: str, limit: int = 5) -> list[Candidate]:
        """What a word may have been meant to be.

        Args:
            word: a written form as typed.
            limit: how many to give at most.

        Returns:
            Candidates, best first, without the word itself. None for words of fewer than three letters and for
            numbers, which one edit makes into any other, and none with other digits than were typed.
        """
        typed = fold(word)
        if limit < 1 or not _SHORTEST <= len(typed) <= _LONGEST or not _LETTER.search(typed):
            return []
        found = self._ranked(
            typed, self._vocabulary.near(typed, 1 if len(typed) < _TWO_EDITS_FROM else 2), limit
        )
        if not found or found[0].cost > _CHEAP:
            found = self._ranked(typed, self._farther(typed), limit, found)
        if len(typed) >= _THREE_EDITS_FROM and (not found or found[0].cost > _DEAR):
            found = self._ranked(typed, self._vocabulary.near(typed, 3), limit, found)
        return sorted([*found, *self._apart(typed)], key=_order)[:limit]

    def joined(self, first: str, second: str) -> Candidate | None:
        """The one word of the vocabulary that two words typed after one another are, if there is one.

        `taal` `model` is `taalmodel`, `kwaliteit` `controle` is `kwaliteitscontrole`: between them may stand a
        letter that links the parts of a Dutch compound, a hyphen or an apostrophe. The distance counts the blank.
        """
        one, other = fold(first), fold(second)
        if not one or not other:
            return None
        typed = f"{one} {other}"
        found: list[Candidate] = []
        for text in linked(one, other):
            count = self._vocabulary.count(text)
            if count:
                link = text[len(one) : len(text) - len(other)]
                mistake = _JOINED + (_LINKED if link.isalpha() else 0.0)
                found.append(_scored(text, DamerauLevenshtein.distance(typed, text), mistake, count))
        return min(found, key=_order, default=None)

    def _farther(self, typed: str) -> list[Near]:
        """Words that sound the same, however many edits away."""
        return [
            Near(text, count, DamerauLevenshtein.distance(typed, text))
            for text in respellings(typed, _RESPELLINGS)
            if text != typed and (count := self._vocabulary.count(text))
        ]

    def _ranked(
        self, typed: str, nearby: list[Near], limit: int, ranked: Sequence[Candidate] = ()
    ) -> list[Candidate]:
        """The best of what is nearby, each with the cost of its mistake, and of what was ranked before."""
        digits = _DIGITS.findall(typed)
        at_most = max(_COST, _COST_A_LETTER * len(typed))
        found = list(ranked)
        known = {candidate.text for candidate in ranked}
        for near in _most_alike(typed, nearby):
            if near.text in known or digits != _DIGITS.findall(near.text):
                continue
            mistake = cost(typed, near.text, at_most)
            if mistake <= at_most:
                found.append(_scored(near.text, near.distance, mistake, near.count))
                if len(found) > limit:
                    found.sort(key=_order)
                    del found[limit:]
                    at_most = min(at_most, self._most_common - found[-1].score)
        return sorted(found, key=_order)

    def _apart(self, typed: str) -> list[Candidate]:
        """Two words of the vocabulary between which a blank was left out."""
        found: list[Candidate] = []
        for place in range(_SHORTEST_PART, len(typed) - _SHORTEST_PART + 1):
            first, second = typed[:place], typed[place:]
            rarest = min(self._vocabulary.count(first), self._vocabulary.count(second))
            if rarest >= _FREQUENT_PART:
                found.append(_scored(f"{first} {second}", 1, _APART, rarest))
        return found


def linked(first: str, second: str) -> list[str]:
    """The forms that two words may have as one, folded, with what Dutch writes between the parts of one word."""
    one, other = fold(first), fold(second)
    return [one + link + other for link in _LINKS]


def much_better(word_count: int, candidate: Candidate, candidate_count: int) -> bool:
    """Tell whether to offer a candidate although the word that was typed is found.

    The signal is how much more common the candidate is, held against how likely the mistake is: its documents
    must be more than 3 times those of the typed word (10 ** 0.5), times 100 for a mistake of cost 1 (10 ** 2).
    `gebruikt` for `gebruikd` (cost 0.18) needs 7 times as many, an unlikely mistake 300 times. Short words
    are left alone, as their neighbours are other words, and so are two words for one: most compounds
    are rarer than both their parts.

    Args:
        word_count: documents that have the typed word.
        candidate: of `Speller.candidates` for that word.
        candidate_count: documents that have the candidate, as `Speller.count` gives it.
    """
    if word_count == 0:
        return True
    if " " in candidate.text or len(candidate.text) < _OFFER_LETTERS:
        return False
    ratio = math.log10(1 + candidate_count) - math.log10(1 + word_count)
    return ratio > _OFFER_RATIO + _OFFER_COST * candidate.cost


def is_close(typed: str, candidate: Candidate) -> bool:
    """Tell whether a candidate may be searched unasked in place of a word that nothing has.

    About one edit: any letter for its neighbour or another vowel, or one too few or too many. In a word of 9
    letters or more two of them; in one of fewer than 5 none, as nearly every edit gives another word.

    Args:
        typed: the folded word.
        candidate: of `Speller.candidates` for that word.
    """
    if len(typed) < _SHORT or not is_alike(typed, candidate):
        return False
    return candidate.cost <= (_CLOSE if len(typed) < _LONG else _CLOSE_IN_LONG)


def is_alike(typed: str, candidate: Candidate) -> bool:
    """Tell whether a candidate is worth offering: `per` for `zzper` is not.

    Only by a common mistake is a word taken for one of fewer than 65% of its letters. When more is wrong than
    about an edit in four letters, 60% of the letters of the longer word must be in both in the same order, and
    the first be the same.

    Args:
        typed: the folded word.
        candidate: of `Speller.candidates` for that word.
    """
    if candidate.cost <= _CHEAP:
        return True
    if len(candidate.text) < _MUCH_SHORTER * len(typed):
        return False
    if candidate.cost <= max(_COST, _ALIKE_COST_A_LETTER * len(typed)):
        return True
    same_start = typed[0] == candidate.text[0]
    return same_start and LCSseq.normalized_similarity(typed, candidate.text) >= _ALIKE


def _most_alike(typed: str, nearby: list[Near]) -> list[Near]:
    """The closest first, and no more than can be compared in time: of those as close the most alike."""
    if len(nearby) > _COMPARED:
        texts = [near.text for near in nearby]
        likeness = process.extract(typed, texts, scorer=JaroWinkler.similarity, processor=None, limit=None)
        nearby = [nearby[index] for _, _, index in likeness]
    return sorted(nearby, key=lambda near: near.distance)[:_COMPARED]


def _scored(text: str, distance: int, mistake: float, count: int) -> Candidate:
    return Candidate(text, distance, mistake, _worth(count) - mistake)


def _worth(count: int) -> float:
    return _COMMON * math.log10(1 + count)


def _order(candidate: Candidate) -> tuple[float, str]:
    return -candidate.score, candidate.text
