"""What a plan matches and scores, worked out from the articles with plain sets and sums.

It follows the definitions word by word and shares nothing with the engines but the analysis of words.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from search.clock import AMSTERDAM
from search.dutch.analyzer import View, word_forms
from search.model import Article
from search.query.plan import All, Any, Constant, Filter, Node, Not, Phrase, Term
from search.tags import tag_key

K1, B = 1.2, 0.75
VIEWS: tuple[View, ...] = ("term", "exact", "part")
LEAD_WORDS = 40
WEIGHTS = {"title": 3, "summary": 2, "tags": 2, "body": 1, "alt": 1, "caption": 1}

Slots = list[tuple[str, ...]]


def int_to_byte4(number: int) -> int:
    """Lucene's SmallFloat.intToByte4, line by line."""
    free_values = 255 - _long_to_int4(2**31 - 1)
    return number if number < free_values else free_values + _long_to_int4(number - free_values)


def byte4_to_int(code: int) -> int:
    """Lucene's SmallFloat.byte4ToInt, line by line."""
    free_values = 255 - _long_to_int4(2**31 - 1)
    return code if code < free_values else free_values + _int4_to_long(code - free_values)


def _long_to_int4(number: int) -> int:
    bits = number.bit_length()
    if bits < 4:
        return number
    shift = bits - 4
    encoded = (number >> shift) & 0x07
    return encoded | ((shift + 1) << 3)


def _int4_to_long(code: int) -> int:
    bits = code & 0x07
    shift = (code >> 3) - 1
    return bits if shift == -1 else (bits | 0x08) << shift


@dataclass(frozen=True, slots=True)
class Statistics:
    """Of one field: the documents that have it, and their average length."""

    documents: int
    average: float


def field_texts(article: Article) -> dict[str, str]:
    """The text of every field of words."""
    return {
        "title": article.title,
        "summary": article.summary,
        "tags": "\n".join((*article.tags, *article.categories)),
        "body": article.text,
        "alt": article.cover.alt if article.cover else "",
        "caption": article.cover.caption if article.cover else "",
    }


def words_of(text: str, view: View) -> Slots:
    """The choices at each position of a text: terms, written forms, or terms and constituents."""
    return [forms.of(view) for forms in word_forms(text)]


def title_words(article: Article) -> str:
    """The whole title as one term."""
    return " ".join(choices[0] for choices in words_of(article.title, "exact"))


class Oracle:
    """Knows a set of articles, and evaluates any plan over them."""

    def __init__(self, articles: Iterable[Article]) -> None:
        self.articles = {article.id: article for article in articles}
        self.slots: dict[str, dict[str, Slots]] = {}
        self.frequencies: dict[str, dict[str, Counter[str]]] = {}
        self.lengths: dict[str, dict[str, int]] = {}
        for name in WEIGHTS:
            for view in VIEWS:
                self._add_field(name, view)
        for view in VIEWS:
            self._add_combined(view)
        self._add_lead()
        self._add_keywords()
        self.statistics = {field: _statistics(lengths) for field, lengths in self.lengths.items()}
        self.holders = {field: _holders(documents) for field, documents in self.frequencies.items()}

    def evaluate(self, plan: Node) -> dict[str, float]:
        """The score of every document that matches."""
        match plan:
            case Term():
                return self._bm25(plan.field, plan.text, plan.boost)
            case All(nodes):
                return self._all([self.evaluate(node) for node in nodes])
            case Any(nodes, least):
                found = [self.evaluate(node) for node in nodes]
                times = Counter(name for scores in found for name in scores)
                return {name: score for name, score in _sums(found).items() if times[name] >= least}
            case Not(node):
                return dict.fromkeys(self.articles.keys() - self.evaluate(node).keys(), 0.0)
            case Constant(node, score):
                return dict.fromkeys(self.evaluate(node), score)
            case Filter():
                return {name: 0.0 for name, article in self.articles.items() if _passes(article, plan)}
            case Phrase():
                return self._phrase(plan)

    def _all(self, parts: Sequence[dict[str, float]]) -> dict[str, float]:
        common = set(self.articles).intersection(*parts)
        return {name: math.fsum(part[name] for part in parts) for name in common}

    def _phrase(self, phrase: Phrase) -> dict[str, float]:
        documents = self.slots.get(phrase.field, {})
        holding = {name for name, slots in documents.items() if _stands(slots, phrase)}
        terms = dict.fromkeys(term for slot in phrase.slots for term in slot)
        scores = _sums([self._bm25(phrase.field, term, phrase.boost) for term in terms])
        return {name: scores[name] for name in holding}

    def _bm25(self, field: str, term: str, boost: float) -> dict[str, float]:
        holding = self.holders[field].get(term, {})
        statistics = self.statistics.get(field, Statistics(len(self.articles), 1.0))
        idf = math.log(1 + (statistics.documents - len(holding) + 0.5) / (len(holding) + 0.5))
        scores = {}
        for name, frequency in holding.items():
            length = byte4_to_int(int_to_byte4(self.lengths[field][name] if field in self.lengths else 1))
            norm = K1 * (1 - B + B * length / statistics.average)
            scores[name] = boost * idf * (K1 + 1) * frequency / (frequency + norm)
        return scores

    def _add_field(self, name: str, view: View) -> None:
        field = f"{name}.{view}"
        self.slots[field] = {
            article.id: words_of(field_texts(article)[name], view) for article in self.articles.values()
        }
        self.lengths[field] = {key: len(slots) for key, slots in self.slots[field].items()}
        self.frequencies[field] = {
            key: Counter(term for slot in slots for term in slot) for key, slots in self.slots[field].items()
        }

    def _add_combined(self, view: View) -> None:
        field = f"all.{view}"
        self.frequencies[field] = {key: Counter() for key in self.articles}
        self.lengths[field] = dict.fromkeys(self.articles, 0)
        for name, weight in WEIGHTS.items():
            for key, counts in self.frequencies[f"{name}.{view}"].items():
                self.frequencies[field][key].update({term: weight * n for term, n in counts.items()})
                self.lengths[field][key] += weight * self.lengths[f"{name}.{view}"][key]

    def _add_lead(self) -> None:
        slots = {key: body[:LEAD_WORDS] for key, body in self.slots["body.term"].items()}
        self.lengths["lead.term"] = {key: len(own) for key, own in slots.items()}
        self.frequencies["lead.term"] = {
            key: Counter(term for slot in own for term in slot) for key, own in slots.items()
        }

    def _add_keywords(self) -> None:
        articles = self.articles
        titles = {key: title_words(article) for key, article in articles.items()}
        self.frequencies["title.whole"] = {
            key: Counter([title] if title else []) for key, title in titles.items()
        }
        self.frequencies["id"] = {key: Counter([key]) for key in articles}
        self.frequencies["tag"] = {
            key: Counter(tag_key(tag) for tag in article.tags) for key, article in articles.items()
        }


def best_first(articles: Iterable[Article]) -> list[str]:
    """Ids, newest first, then by id; articles without a date last."""
    return [
        article.id
        for article in sorted(articles, key=lambda a: (-a.date.timestamp() if a.date else math.inf, a.id))
    ]


def local_day(article: Article) -> int | None:
    """The ordinal of an article's day in Amsterdam."""
    return article.date.astimezone(AMSTERDAM).toordinal() if article.date else None


def _passes(article: Article, wanted: Filter) -> bool:
    if wanted.column == "tag":
        return not {tag_key(tag) for tag in article.tags}.isdisjoint(wanted.values)
    day = local_day(article)
    return day is not None and wanted.low <= day <= wanted.high


def _stands(slots: Slots, phrase: Phrase) -> bool:
    """Whether the choices of a phrase stand behind each other somewhere."""

    def at(place: int, choice: tuple[str, ...]) -> bool:
        return place < len(slots) and not set(choice).isdisjoint(slots[place])

    first, *rest = phrase.slots
    for start in range(len(slots)):
        if not at(start, first):
            continue
        if phrase.gap and any(at(start + step, rest[0]) for step in range(1, phrase.gap + 2)):
            return True
        if not phrase.gap and all(at(start + step, choice) for step, choice in enumerate(rest, start=1)):
            return True
    return False


def _sums(parts: Sequence[dict[str, float]]) -> dict[str, float]:
    return {name: math.fsum(part.get(name, 0.0) for part in parts) for name in set().union(*parts)}


def _statistics(lengths: dict[str, int]) -> Statistics:
    having = [length for length in lengths.values() if length]
    return Statistics(len(having), sum(having) / len(having) if having else 1.0)


def _holders(documents: dict[str, Counter[str]]) -> dict[str, dict[str, int]]:
    found: dict[str, dict[str, int]] = {}
    for name, counts in documents.items():
        for term, frequency in counts.items():
            found.setdefault(term, {})[name] = frequency
    return found
