"""Addresses of articles and tags: any id comes back whole from its address."""

from __future__ import annotations

from urllib.parse import unquote, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.urls import article_url, tag_url

TEXT = st.text(alphabet=st.characters(exclude_categories=["Cs"]), min_size=1)


@pytest.mark.parametrize(
    ("article_id", "url"),
    [
        ("taalmodel", "/artikel/taalmodel"),
        ("ai/taalmodel", "/artikel/ai/taalmodel"),
        ("C#/v1.2 één?", "/artikel/C%23/v1.2%20%C3%A9%C3%A9n%3F"),
        ("50%", "/artikel/50%25"),
        ("a//b", "/artikel/a%2F%2Fb"),
        ("../etc", "/artikel/..%2Fetc"),
        ("/begin", "/artikel/%2Fbegin"),
        ("eind/", "/artikel/eind%2F"),
    ],
)
def test_an_id_is_encoded_for_its_address(article_id: str, url: str) -> None:
    assert article_url(article_id) == url


@given(TEXT)
def test_an_id_comes_back_from_its_address(article_id: str) -> None:
    url = article_url(article_id)
    assert url.isascii()
    assert unquote(urlsplit(url).path.removeprefix("/artikel/")) == article_id


@given(st.lists(st.sampled_from(["", ".", "..", "a", "b c"]), min_size=2).map("/".join))
def test_no_browser_folds_a_part_of_an_address_away(article_id: str) -> None:
    parts = article_url(article_id).split("/")[2:]
    assert not {"", ".", ".."} & set(parts)


@given(TEXT)
def test_a_tag_is_one_part_of_its_address(value: str) -> None:
    url = tag_url(value)
    assert url.count("/") == 2
    assert unquote(url.removeprefix("/tags/")) == value
    assert urlsplit(url).path == url
