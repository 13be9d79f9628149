"""Plain words to the tree that Whoosh's parser would make of them, in a tenth of its time.

Most of what is typed is a few words without a sign that means anything. Whoosh's parser tries every plugin at
every letter all the same.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from operator import attrgetter

from whoosh import query

from search.query.syntax import SpokenPeriodQuery

OPERATORS = frozenset("EN AND OF OR NIET NOT".split())

# Latin letters, and signs that mean nothing wherever they stand. A hyphen does before a word, as in `-woord`.
_PLAIN = re.compile(r"(?:[ A-Za-z0-9\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f'’.,?!;/&_+]|(?<=[^ ])-)+")
_WORD = re.compile("[^ ]+")


def is_plain_text(text: str, most: int, longest: int) -> bool:
    """Whether a text is nothing but words, one at least.

    Args:
        text: as typed.
        most: words that it may have.
        longest: code points that each may have.
    """
    if not _PLAIN.fullmatch(text):
        return False
    words = text.split()
    return 0 < len(words) <= most and OPERATORS.isdisjoint(words) and len(max(words, key=len)) <= longest


def tree_of(text: str, field: str, periods: Sequence[SpokenPeriodQuery] = ()) -> query.Query:
    """The tree of a plain text, in the form in which the parser gives it.

    Args:
        text: plain.
        field: in which its words are asked.
        periods: in words, in the order of the text.
    """
    for period in periods:
        start, end = period.startchar, period.endchar
        text = text[:start] + " " * (end - start) + text[end:]
    leaves: list[query.Query] = []
    for word in _WORD.finditer(text):
        leaf = query.Term(field, word[0])
        leaf.startchar, leaf.endchar = word.span()
        leaves.append(leaf)
    if periods:
        leaves = sorted([*leaves, *periods], key=attrgetter("startchar"))
    tree = query.And(leaves)
    tree.startchar, tree.endchar = leaves[0].startchar, leaves[-1].endchar
    return tree
