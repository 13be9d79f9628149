"""Plain words get the very tree that Whoosh's parser would give them, and nothing else counts as plain."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from whoosh import query

from search.query.parse import MAX_WORD, MAX_WORDS, parse, parse_any
from search.query.plain import is_plain_text
from tests.test_query import FORGIVEN, GRAMMAR, NASTY, PERIODS, PIECES
from tests.test_spoken_dates import CERTAIN, NONE_READ, SPOKEN, TODAY, UNCERTAIN

WORDS = st.sampled_from(
    "wet privacy de hoe werkt AI-model foto’s 's-avonds zee- en/of R&D d.w.z. 3,5 C++ - -- -wet a- ..."
    " ¿qué? café İstanbul ſ ß 中文 ﬁets x_y na\u00a0dit a\tb deze laatste mei, EN, OF niet Of".split(" ")
)
ANY_WORDS = st.lists(WORDS | SPOKEN | PIECES, max_size=20)


def inside(tree: query.Query) -> object:
    """A tree with all that its nodes hold, places included."""
    if isinstance(tree, query.And | query.Or):
        return type(tree), getattr(tree, "startchar", None), tree.endchar, list(map(inside, tree))
    held = dict(vars(tree))
    if isinstance(tree, query.Not):
        held["query"] = inside(tree.query)
    return type(tree), held


def check_equal(typed: str, bounded: bool, today: date | None) -> None:
    """Both ways give the same, whatever is typed."""
    quick, slow = (read(typed, bounded=bounded, today=today) for read in (parse, parse_any))
    assert inside(quick.tree) == inside(slow.tree)
    assert (quick.text, quick.problems, quick.periods, quick.strict) == (
        slow.text,
        slow.problems,
        slow.periods,
        slow.strict,
    )


@given(ANY_WORDS, st.sampled_from(["", " ", "  "]), st.booleans(), st.none() | st.dates())
@settings(max_examples=400)
@example(["maart 2024,", "wet"], " ", True, TODAY)
@example(["wet", ""], " ", True, None)
@example(["", "wet"], " ", True, None)
@example(["w"] * (MAX_WORDS + 1), " ", True, None)
@example(["x" * (MAX_WORD + 1)], "", True, None)
@example(["x" * (MAX_WORD + 1)], "", False, None)
def test_any_mixture_is_read_as_the_parser_reads_it(
    pieces: list[str], glue: str, bounded: bool, today: date | None
) -> None:
    check_equal(glue.join(pieces), bounded, today)


@given(st.text(max_size=100), st.booleans())
def test_any_text_is_read_as_the_parser_reads_it(typed: str, bounded: bool) -> None:
    check_equal(typed, bounded, TODAY)


@pytest.mark.parametrize(
    "typed", [*GRAMMAR, *PERIODS, *FORGIVEN, *CERTAIN, *UNCERTAIN, *NONE_READ, *NASTY], ids=ascii
)
def test_the_language_is_the_same_either_way(typed: str) -> None:
    check_equal(typed[:2000], True, TODAY)


@pytest.mark.parametrize(
    "typed", ["wet", "de wet", "AI-model van 2024, Café’s!", "zee- en", "a " * MAX_WORDS]
)
def test_words_without_signs_that_mean_something_are_plain(typed: str) -> None:
    assert is_plain_text(typed, MAX_WORDS, MAX_WORD)


@pytest.mark.parametrize(
    "typed",
    [
        *("", " ", "wet OF plan", "OF", "-wet", "wet -plan", '"wet"', "(wet)", "wet*", "#wet", "titel:wet"),
        *("a|b", "een\twoord", "zach\u00adt", "x" * (MAX_WORD + 1), "a " * (MAX_WORDS + 1)),
    ],
)
def test_what_may_mean_something_is_left_to_the_parser(typed: str) -> None:
    assert not is_plain_text(typed, MAX_WORDS, MAX_WORD)
