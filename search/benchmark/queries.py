"""The queries of the benchmark: words that readers could type, taken from the articles by a seed.

A word is taken as often as it occurs, but for stop words and short ones: readers ask what articles are about.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, get_args

from search.benchmark.corpus import texts_of
from search.benchmark.names import SLOW
from search.dutch.analyzer import Forms, word_forms
from search.dutch.stopwords import is_stop_word
from search.model import Article
from search.store.documents import local_day
from search.tags import tag_key

Kind = Literal["one word", "all words", "any word", "phrase", "prefix", "fuzzy", "tag filter", "date range"]
KINDS: tuple[Kind, ...] = get_args(Kind)

_SHORTEST = 4
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_SPANS = (30, 365, 3650)
"""Days before and after an article that a date range takes in."""
SLOW_SHARE = 8
"""Of a slow engine's queries of each kind one in so many is asked."""

_TRIES = 300
"""Draws for a query that no query before is equal to; a small source has no more."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word as typed, in folded form, and the term that its inflections share."""

    written: str
    term: str


@dataclass(frozen=True, slots=True)
class Query:
    """A query of one kind.

    `words` are what is asked: one, or several. A `prefix` or `fuzzy` query has one, whose written form is the
    beginning of a word or has a mistake in it. A tag filter adds the key `tag`, a date range the ordinals
    `days` (inclusive).
    """

    number: int
    kind: Kind
    words: tuple[Word, ...]
    tag: str = ""
    days: tuple[int, int] = (0, 0)


Parts = tuple[tuple[Word, ...], str, tuple[int, int]]
"""Words, tag and days of a query to be."""


def make_queries(articles: Sequence[Article], others: frozenset[str], count: int, seed: int) -> list[Query]:
    """Queries of every kind that the articles allow, in equal shares.

    Args:
        articles: where words are taken from; every query finds at least one of them.
        others: terms that may share a position with another one, which no phrase asks (`corpus`).
        count: how many, at least; a source that is too small for so many different ones gives fewer.
        seed: the same one gives the same queries.
    """
    draw = _Draw(articles, others, random.Random(seed))  # noqa: S311  # nothing secret
    kinds: dict[Kind, Callable[[], Parts | None]] = {
        "one word": draw.one_word,
        "all words": draw.several_words,
        "any word": draw.several_words,
        "phrase": draw.phrase,
        "prefix": draw.prefix,
        "fuzzy": draw.fuzzy,
    }
    if any(article.tags for article in articles):
        kinds["tag filter"] = draw.tag_filter
    if any(article.date for article in articles):
        kinds["date range"] = draw.date_range
    share = -(-count // len(kinds))
    found: list[Query] = []
    for kind, drawn in kinds.items():
        for words, tag, days in _different(drawn, share):
            found.append(Query(len(found), kind, words, tag, days))
    return found


def share_of(name: str, queries: Sequence[Query]) -> list[Query]:
    """The queries that an engine is asked: all of them; of a slow one, every eighth of each kind."""
    if name not in SLOW:
        return list(queries)
    return [
        query for kind in KINDS for query in [query for query in queries if query.kind == kind][::SLOW_SHARE]
    ]


def _different(draw: Callable[[], Parts | None], count: int) -> Iterator[Parts]:
    """Draws that differ, up to a number of them."""
    seen: set[Parts] = set()
    for _ in range(_TRIES + 20 * count):
        drawn = draw()
        if drawn is not None and drawn not in seen:
            seen.add(drawn)
            yield drawn
            if len(seen) == count:
                return


class _Draw:
    """Draws from articles, each weighed by how many words it has."""

    def __init__(self, articles: Sequence[Article], others: frozenset[str], chance: random.Random) -> None:
        self._articles = articles
        self._weights = [1 + len(article.text) for article in articles]
        self._others = others
        self._chance = chance
        self._forms: dict[str, list[Forms]] = {}

    def one_word(self) -> Parts | None:
        return self._of(self._word(self._article()))

    def several_words(self) -> Parts | None:
        article = self._article()
        drawn = [self._word(article) for _ in range(self._chance.choice((2, 2, 3)))]
        words = tuple(dict.fromkeys(word for word in drawn if word))
        terms = {word.term for word in words}
        return (words, "", (0, 0)) if len(terms) == len(words) > 1 else None

    def phrase(self) -> Parts | None:
        forms = self._text(self._article())
        if len(forms) < 2:
            return None
        start = self._chance.randrange(len(forms) - 1)
        words = [_word_of(form) for form in forms[start : start + 2]]
        if not all(word and word.term not in self._others for word in words):
            return None
        return tuple(word for word in words if word), "", (0, 0)

    def prefix(self) -> Parts | None:
        word = self._word(self._article())
        size = self._chance.choice((4, 5, 6))
        return self._of(Word(word.written[:size], "")) if word and len(word.written) > size else None

    def fuzzy(self) -> Parts | None:
        word = self._word(self._article())
        if word is None or len(word.written) <= _SHORTEST:
            return None
        place = self._chance.randrange(1, len(word.written) - 1)
        head, tail, letter = word.written[:place], word.written[place:], self._chance.choice(_LETTERS)
        changed = self._chance.choice(
            (
                head + tail[1:],
                head + letter + tail,
                head + letter + tail[1:],
                head + tail[1] + tail[0] + tail[2:],
            )
        )
        return self._of(Word(changed, ""))

    def tag_filter(self) -> Parts | None:
        article = self._article()
        word = self._word(article)
        if word is None or not article.tags:
            return None
        return (word,), tag_key(self._chance.choice(article.tags)), (0, 0)

    def date_range(self) -> Parts | None:
        article = self._article()
        word, day, span = self._word(article), local_day(article.date), self._chance.choice(_SPANS)
        return ((word,), "", (max(day - span, 1), day + span)) if word and day else None

    def _article(self) -> Article:
        (article,) = self._chance.choices(self._articles, self._weights)
        return article

    def _text(self, article: Article) -> list[Forms]:
        """The positions of one of its texts, weighed by length."""
        texts = [text for text in texts_of(article) if text]
        (text,) = self._chance.choices(texts, [len(text) for text in texts])
        if text not in self._forms:
            self._forms[text] = word_forms(text)
        return self._forms[text]

    def _word(self, article: Article) -> Word | None:
        forms = self._text(article)
        return _word_of(self._chance.choice(forms)) if forms else None

    @staticmethod
    def _of(word: Word | None) -> Parts | None:
        return ((word,), "", (0, 0)) if word else None


def _word_of(forms: Forms) -> Word | None:
    """The word at a position, when it is one that readers ask and that every tokenizer leaves whole."""
    if not forms.exact or not forms.terms:
        return None
    word = Word(forms.exact[0], forms.terms[0])
    plain = word.written.isalpha() and word.term.isalpha()
    long_enough = min(len(word.written), len(word.term)) >= _SHORTEST
    return word if plain and long_enough and not is_stop_word(word.written) else None
