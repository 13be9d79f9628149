"""Plans made from a seed: all seven nodes, nested, over the words that a set of articles has."""

from __future__ import annotations

import random

from search.query.plan import EVERYTHING, All, Any, Constant, Filter, Node, Not, Phrase, Term
from tests.oracle import Oracle, local_day

WORD_FIELDS = (
    "all.term",
    "all.term",
    "all.exact",
    "all.part",
    "title.term",
    "title.exact",
    "title.part",
    "summary.term",
    "body.term",
    "lead.term",
)
PHRASE_FIELDS = ("title.term", "summary.term", "tags.term", "body.term", "alt.term", "caption.term")
KEYWORD_FIELDS = ("title.whole", "tag", "id")


class Plans:
    """Makes plans over what an oracle knows; `chance` is the one source of what is drawn.

    `days` are the ordinals of the days on which there are articles.
    """

    def __init__(self, oracle: Oracle, seed: int) -> None:
        self.chance = random.Random(seed)
        self._words = {
            field: [word for word, holders in oracle.holders[field].items() for _ in holders]
            for field in {*WORD_FIELDS, *PHRASE_FIELDS, *KEYWORD_FIELDS}
        }
        self._runs = {
            field: [slots for slots in oracle.slots[field].values() if len(slots) > 1]
            for field in PHRASE_FIELDS
        }
        self.days = sorted({day for day in map(local_day, oracle.articles.values()) if day})

    def plan(self, depth: int) -> Node:
        """A plan of at most `depth` nodes above each other."""
        if depth > 1:
            return self._nested(depth)
        kinds = (self.term, self.term, self.phrase, self.filter, self.keyword)
        return self.chance.choice(kinds)()

    def term(self) -> Term:
        """A word that occurs, or now and then one that does not."""
        field = self.chance.choice(WORD_FIELDS)
        text = "nergens" if self.chance.random() < 0.05 else self.chance.choice(self._words[field])
        return Term(field, text, self.chance.choice((1.0, 1.0, 0.5, 2.0)))

    def keyword(self) -> Constant:
        """A whole title, a tag or an id; keywords are never scored as words."""
        field = self.chance.choice(KEYWORD_FIELDS)
        return Constant(Term(field, self.chance.choice(self._words[field])), 1000.0)

    def phrase(self) -> Phrase:
        """Words that stand behind each other somewhere, sometimes with alternatives, a gap or a wrong word."""
        chance = self.chance
        field = chance.choice([field for field, runs in self._runs.items() if runs])
        slots = chance.choice(self._runs[field])
        start = chance.randrange(len(slots) - 1)
        chosen = [tuple(chance.sample(slot, 1)) for slot in slots[start : start + chance.randint(2, 4)]]
        if chance.random() < 0.3:
            chosen[-1] = (*chosen[-1], chance.choice(self._words[field]))
        if chance.random() < 0.2:
            chosen[0] = (chance.choice(self._words[field]),)
        if chance.random() < 0.4:
            return Phrase(field, (chosen[0], chosen[-1]), gap=chance.randint(1, 5))
        return Phrase(field, tuple(chosen), boost=chance.choice((1.0, 0.5)))

    def filter(self) -> Filter:
        """A choice of tags, or a period."""
        chance = self.chance
        if chance.random() < 0.5:
            return Filter("tag", tuple(self.filter_tags()))
        low, high = sorted(chance.choices(self.days, k=2))
        return Filter("day", low=low, high=high)

    def filter_tags(self) -> list[str]:
        """One to three keys of tags."""
        return self.chance.sample(self._words["tag"], self.chance.randint(1, 3))

    def _nested(self, depth: int) -> Node:
        chance = self.chance
        draw = chance.random()
        if draw < 0.35:
            children = self._children(depth, (0, 1, 2, 2, 2, 3))
            if chance.random() < 0.3:
                # What everything matches and only some score by.
                children = (*children, Any((EVERYTHING, *self._children(depth, (1, 2)))))
            return All(children)
        if draw < 0.75:
            children = self._children(depth, (0, 1, 2, 3, 4, 5))
            return Any(children, chance.choice((1, 1, 1, 1, 1, 2)))
        if draw < 0.88:
            return Not(self.plan(depth - 1))
        return Constant(self.plan(depth - 1), chance.choice((0.0, 1.0, 3.5)))

    def _children(self, depth: int, numbers: tuple[int, ...]) -> tuple[Node, ...]:
        return tuple(self.plan(self.chance.randint(1, depth - 1)) for _ in range(self.chance.choice(numbers)))
