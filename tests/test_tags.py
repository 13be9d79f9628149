import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.tags import tag_key, tag_slug

ANY_TEXT = st.text(st.characters(exclude_categories=()))


@pytest.mark.parametrize(
    "spelling",
    ["open source", "Open-Source", "OPEN_SOURCE", "opensource", " open – source ", "open\u2011source\u200b"],
)
def test_case_spaces_hyphens_and_underscores_make_no_difference(spelling: str) -> None:
    assert tag_key(spelling) == "opensource"


def test_marks_that_carry_meaning_stay() -> None:
    assert len({tag_key(tag) for tag in ("C", "C++", "C#", "c/c", ".c")}) == 5
    assert tag_key("C#") == "c#"
    assert tag_key("TCP/IP") == "tcp/ip"
    assert tag_key(".NET") == ".net"


def test_accents_stay_however_they_are_encoded() -> None:
    assert tag_key("Cafe\u0301") == "café" != tag_key("cafe")


@pytest.mark.parametrize("apostrophe", "'’‘ʼ′´`")
def test_every_apostrophe_is_the_plain_one(apostrophe: str) -> None:
    assert tag_key(f"foto{apostrophe}s") == "foto's"


@pytest.mark.parametrize("tag", ["", "  ", "-", "– _", "\u200b"])
def test_a_tag_of_nothing_has_an_empty_key(tag: str) -> None:
    assert tag_key(tag) == tag_slug(tag) == ""


def test_every_dash_of_unicode_parts_words() -> None:
    dashes = [chr(code) for code in range(sys.maxunicode + 1) if unicodedata.category(chr(code)) == "Pd"]
    assert {tag_key(f"ai{dash}wet") for dash in [*dashes, "\u2212"]} == {"aiwet"}
    assert {tag_slug(f"ai{dash}wet") for dash in dashes} == {"ai-wet"}


def test_a_slug_shows_where_words_part() -> None:
    assert tag_slug("Generatieve  AI") == "generatieve-ai"
    assert tag_slug("_Open - source_") == "open-source"
    assert tag_slug("C++") == "c++"


@given(ANY_TEXT)
def test_a_slug_is_the_same_tag(tag: str) -> None:
    assert tag_key(tag_slug(tag)) == tag_key(tag)


@given(ANY_TEXT)
def test_a_key_is_its_own_key_and_a_slug_its_own_slug(tag: str) -> None:
    assert tag_key(tag_key(tag)) == tag_key(tag)
    assert tag_slug(tag_slug(tag)) == tag_slug(tag)
