"""What may be found in place of what was typed: a synonym of editors, articles of a period said in words."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from search import layout
from search.characters import one_line
from search.dutch.analyzer import analyze
from search.query import weights
from search.query.parse import ANY_FIELD
from search.query.plan import All, Any, Filter, Node, Term, either, every
from search.query.planned import WordUse
from search.query.scoring import Slots, together, word_node
from search.query.syntax import FIRST_DAY, LAST_DAY, SpokenPeriodQuery
from search.synonyms import Alternative


@dataclass(frozen=True, slots=True)
class SynonymFound:
    """The node of a synonym, with what to mark for it and what explains it."""

    node: Node
    use: WordUse
    terms: frozenset[str] = frozenset()
    exact: frozenset[str] = frozenset()
    phrases: tuple[tuple[frozenset[str], ...], ...] = ()


@dataclass(frozen=True, slots=True)
class PeriodFound:
    """The node of a period; when it may as well be words, those words and what to mark for them."""

    node: Node
    words: Node | None = None
    terms: frozenset[str] = frozenset()


@lru_cache(maxsize=1 << 10)
def synonym(alternative: Alternative) -> SynonymFound:
    """What an editor says may be found as well, in articles of its period."""
    tokens = analyze(alternative.text)
    slots: Slots = ()
    terms: frozenset[str] = frozenset()
    phrases: tuple[tuple[frozenset[str], ...], ...] = ()
    if alternative.exact:
        found = either([Term(layout.ALL_EXACT, form, weights.SYNONYM) for form in alternative.exact])
    elif len(tokens) == 1:
        slots = (tokens[0].terms,)
        found = word_node(tokens, ANY_FIELD, weights.SYNONYM)
        terms = frozenset(tokens[0].terms)
    else:
        slots = tuple(token.terms for token in tokens)
        found = together(slots, ANY_FIELD, boost=weights.SYNONYM / len(slots))
        phrases = (tuple(frozenset(slot) for slot in slots),)
    use = WordUse(alternative.text, ANY_FIELD, "synonym", alternative.exact, (), slots)
    if alternative.low or alternative.high:
        low = alternative.low.toordinal() if alternative.low else FIRST_DAY
        high = alternative.high.toordinal() if alternative.high else LAST_DAY
        found = All((found, Filter("day", low=low, high=high)))
    return SynonymFound(found, use, terms, frozenset(alternative.exact), phrases)


def spoken_period(tree: SpokenPeriodQuery) -> PeriodFound:
    """Articles of a period, and those with the same words in the title, or anywhere when as likely."""
    dated = Filter("day", low=tree.start, high=tree.end)
    tokens = analyze(one_line(tree.label))
    if not tokens:
        return PeriodFound(dated)
    if tree.certain:
        titled = [either([Term(layout.TITLE_TERM, term) for term in token.terms]) for token in tokens]
        return PeriodFound(Any((dated, every(titled))))
    slots = [token.terms for token in tokens]
    words = together(slots, ANY_FIELD) if len(slots) > 1 else word_node(tokens, ANY_FIELD)
    terms = frozenset(term for slot in slots for term in slot)
    return PeriodFound(Any((dated, words)), words, terms)
