"""Our plugins of Whoosh's parser, each on its own corner of the language."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from whoosh import query

from search.query.parse import parse
from search.query.syntax import FIRST_DAY, LAST_DAY, MIN_PREFIX, TAG, TagTerm
from search.tags import tag_key


def leaves(typed: str) -> list[query.Query]:
    return list(parse(typed).tree.leaves())


@pytest.mark.parametrize("typed", ["#ai", "tag:ai", "TAG:Ai", '#"ai"', 'tag:"AI"', "#ai.", "(#ai)", "-#ai"])
def test_a_tag_is_one_however_it_is_typed(typed: str) -> None:
    (leaf,) = leaves(typed)
    assert (leaf.fieldname, leaf.text) == (TAG, "ai")


@pytest.mark.parametrize("typed", ["#", "#-", "tag:", "#_", '#""', "C#", "a#b"])
def test_a_sign_without_a_tag_is_a_word(typed: str) -> None:
    assert all(leaf.fieldname != TAG for leaf in leaves(typed))


def test_a_tag_remembers_how_it_was_typed() -> None:
    (leaf,) = leaves('#"Machine Learning"')
    assert isinstance(leaf, TagTerm)
    assert (leaf.label, leaf.text) == ("Machine Learning", "machinelearning")


@given(
    st.text(
        alphabet=st.characters(categories=["Ll", "Lu", "Nd"], max_codepoint=0x24F), min_size=1, max_size=40
    )
)
def test_every_tag_of_letters_can_be_asked_for(tag: str) -> None:
    (leaf,) = leaves(f"#{tag}")
    assert leaf.text == tag_key(tag)


@given(st.dates(min_value=date(1000, 1, 1)), st.dates(min_value=date(1000, 1, 1)))
def test_every_period_is_read_in_the_order_of_the_calendar(one: date, other: date) -> None:
    (leaf,) = leaves(f"datum:{one}..{other}")
    assert [leaf.start, leaf.end] == sorted([one.toordinal(), other.toordinal()])
    assert bool(parse(f"datum:{one}..{other}").problems) == (one > other)


def test_an_open_period_runs_to_the_ends_of_the_calendar() -> None:
    assert date.fromordinal(FIRST_DAY) == date.min
    assert date.fromordinal(LAST_DAY) == date.max
    assert leaves("datum:2024..")[0].end == LAST_DAY
    assert leaves("datum:..2024")[0].start == FIRST_DAY


@pytest.mark.parametrize("letters", range(1, 6))
def test_a_star_counts_from_three_letters_on(letters: int) -> None:
    (leaf,) = leaves("abcdef"[:letters] + "*")
    assert isinstance(leaf, query.Prefix) == (letters >= MIN_PREFIX)


@pytest.mark.parametrize("typed", ["a OF", "OF a", "a EN", "EN a", "a NIET", "OF", "EN EN"])
def test_an_operator_at_the_end_of_a_text_is_a_word(typed: str) -> None:
    """Someone may still be typing, or be looking for the word."""
    assert len(leaves(typed)) == len(typed.split())


@pytest.mark.parametrize("typed", ["(OF a) b", "a OF (EN) b", "a (OF OF) b", "NIET ( ) a"])
def test_an_operator_that_joins_nothing_leaves_the_other_words(typed: str) -> None:
    assert {leaf.text for leaf in leaves(typed)} >= {"a"}
