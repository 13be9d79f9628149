"""JSON in one way: what the standard library writes of the same value, for programs and for people."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.encoding import to_json

characters = st.characters(exclude_categories=["Cs"])
values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(characters),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(characters), inner),
    max_leaves=20,
)


@dataclass(frozen=True, slots=True)
class Pair:
    """A value of the kind that answers are made of."""

    name: str
    places: tuple[tuple[int, int], ...] = ()
    inner: Pair | None = None


@given(values)
def test_a_value_is_written_as_the_standard_library_writes_it(value: Any) -> None:
    assert json.loads(to_json(value)) == value
    assert json.loads(to_json(value, pretty=True)) == value


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_a_number_keeps_its_value(number: float) -> None:
    assert json.loads(to_json(number)) == number


def test_an_answer_is_written_without_a_copy_in_dictionaries() -> None:
    pair = Pair("één", ((0, 3), (5, 8)), Pair("twee"))
    assert to_json(pair) == json.dumps(asdict(pair), ensure_ascii=False, separators=(",", ":")).encode()
    assert (
        to_json(pair, pretty=True) == (json.dumps(asdict(pair), ensure_ascii=False, indent=2) + "\n").encode()
    )


def test_what_is_no_json_is_refused() -> None:
    with pytest.raises(TypeError):
        to_json(object())
    with pytest.raises(UnicodeEncodeError):
        to_json("\ud800")
