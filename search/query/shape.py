"""What the form of a query tree says: what it asks, what it only narrows, which word is being typed."""

from __future__ import annotations

from collections.abc import Iterator

from whoosh import query

from search.query.parse import ANY_FIELD, ParsedQuery
from search.query.syntax import DAY, TAG, SpokenPeriodQuery
from search.query.words import asked_words


def conjuncts(tree: query.Query) -> list[query.Query]:
    """The parts that must all hold, without the brackets that make no difference."""
    if not isinstance(tree, query.And):
        return [tree]
    return [part for child in tree.children() for part in conjuncts(child)]


def only_narrows(tree: query.Query) -> bool:
    """Whether a query only leaves documents out: by exclusion, tag or period, or a choice of such.

    A period in words that may as well be words does more than that.
    """
    if isinstance(tree, SpokenPeriodQuery):
        return tree.certain
    if isinstance(tree, query.And | query.Or):
        children = list(tree.children())
        return bool(children) and all(only_narrows(child) for child in children)
    return isinstance(tree, query.Not | query.NumericRange) or (
        isinstance(tree, query.Term) and tree.fieldname == TAG
    )


def excludes(tree: query.Query) -> bool:
    """Whether anything in a query is excluded."""
    return isinstance(tree, query.Not) or any(excludes(child) for child in tree.children())


def names_field(tree: query.Query) -> bool:
    """Whether a word of a query is asked in one field by name."""
    return any(
        leaf.fieldname not in (ANY_FIELD, TAG, DAY) for leaf in tree.leaves() if hasattr(leaf, "fieldname")
    )


def is_plain(tree: query.Query) -> bool:
    """Whether a query is a word or a phrase in any field, not a prefix or one of several."""
    return isinstance(tree, query.Term | query.Phrase) and tree.fieldname == ANY_FIELD


def is_words_only(tree: query.Query) -> bool:
    """Whether a query is nothing but words in any field, as most are."""
    if type(tree) is not query.And:
        return False
    for child in tree:
        if type(child) is not query.Term or child.fieldname != ANY_FIELD:
            return False
    return len(tree) > 0


def last_word(parsed: ParsedQuery) -> query.Query | None:
    """The word that a person may still be typing: it ends where the text does; a period in words is whole."""
    end = len(parsed.text.rstrip())
    if is_words_only(parsed.tree):
        last = parsed.tree[-1]
        return last if last.endchar == end else None
    for leaf in parsed.tree.leaves():
        if isinstance(leaf, query.Term) and leaf.fieldname not in (TAG, DAY) and leaf.endchar == end:
            return leaf
    return None


def has_content_words(tree: query.Query) -> bool:
    """Whether anything is asked for but stop words; a period in words is, when it may as well be words."""
    for leaf in _positive_leaves(tree):
        if isinstance(leaf, query.Phrase) or (isinstance(leaf, SpokenPeriodQuery) and not leaf.certain):
            return True
        is_word = isinstance(leaf, query.Term | query.Prefix) and leaf.fieldname != TAG
        if is_word and asked_words(leaf.text, content_only=leaf.fieldname == ANY_FIELD):
            return True
    return False


def _positive_leaves(tree: query.Query) -> Iterator[query.Query]:
    if isinstance(tree, query.Not):
        return
    if isinstance(tree, query.And | query.Or):
        for child in tree.children():
            yield from _positive_leaves(child)
    else:
        yield tree
