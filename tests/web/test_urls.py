"""Links on a list page: each changes one choice and keeps the others."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import urlsplit

from hypothesis import given
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict
from werkzeug.urls import iri_to_uri
from werkzeug.wrappers import Request

from search.tags import tag_key
from web.urls import (
    Choices,
    _kept_key,
    _kept_pair,
    distinct_tags,
    list_url,
    page_window,
    parts_url,
    read_choices,
    sort_url,
    text_url,
    toggle_period_url,
    toggle_tag_url,
    without_filters_url,
)

words = st.text(max_size=20).map(str.strip)
tags = words.filter(tag_key)
periods = st.sampled_from(("", "2024", "2024-03", "2024-03-05"))
choices = st.builds(
    Choices,
    text=words,
    tags=st.lists(tags, max_size=5).map(distinct_tags),
    start=periods,
    end=periods,
    sort=st.sampled_from(("", "relevantie", "nieuwste", "oudste")),
    parts=st.sampled_from(("", "0", "1")),
)


def parameters(url: str) -> MultiDict[str, str]:
    """Read the query parameters as the server does."""
    return Request({"QUERY_STRING": urlsplit(url).query}).args


@given(choices)
def test_what_an_address_says_is_read_back(chosen: Choices) -> None:
    assert read_choices(parameters(list_url(chosen))) == chosen


@given(choices)
def test_an_address_needs_no_further_encoding(chosen: Choices) -> None:
    url = list_url(chosen)
    assert url.isascii()
    assert iri_to_uri(url) == url


@given(choices, tags)
def test_choosing_a_tag_twice_gives_the_same_address(chosen: Choices, tag: str) -> None:
    others = tuple(other for other in chosen.tags if tag_key(other) != tag_key(tag))
    without = replace(chosen, tags=others)
    once = read_choices(parameters(toggle_tag_url(without, tag)))
    assert once.tags == (*others, tag)
    assert toggle_tag_url(once, tag) == list_url(without)


@given(choices, tags)
def test_a_tag_is_taken_away_in_any_spelling(chosen: Choices, tag: str) -> None:
    spelled = Choices(tags=distinct_tags((*chosen.tags, tag.upper())))
    once = read_choices(parameters(toggle_tag_url(spelled, tag_key(tag.upper()))))
    assert tag_key(tag.upper()) not in {tag_key(other) for other in once.tags}


def test_a_tag_longer_than_any_is_read_the_same_but_not_kept() -> None:
    long = "Lang " * 500 + "eind"
    before = (_kept_key.cache_info(), _kept_pair.cache_info())
    chosen = read_choices(parameters(list_url(Choices(tags=(long,)))))
    assert chosen.tags == (long,)
    assert toggle_tag_url(chosen, long.upper()) == "/"
    assert (_kept_key.cache_info(), _kept_pair.cache_info()) == before


@given(choices)
def test_choosing_and_unchoosing_a_period_leaves_none(chosen: Choices) -> None:
    once = read_choices(parameters(toggle_period_url(chosen, "2026-02", selected=False)))
    assert (once.start, once.end) == ("2026-02", "2026-02")
    twice = read_choices(parameters(toggle_period_url(once, "2026-02", selected=True)))
    assert (twice.start, twice.end) == ("", "")
    assert (twice.text, twice.tags, twice.sort) == (chosen.text, chosen.tags, chosen.sort)


@given(choices, tags, st.integers(2, 1000))
def test_a_changed_choice_leads_to_the_first_page(chosen: Choices, tag: str, page: int) -> None:
    assert parameters(list_url(chosen, page))["pagina"] == str(page)
    for url in (
        toggle_tag_url(chosen, tag),
        toggle_period_url(chosen, "2024", selected=False),
        sort_url(chosen, "oudste"),
        parts_url(chosen, included=False),
        text_url(chosen, "ai"),
        without_filters_url(chosen),
    ):
        assert "pagina" not in parameters(url)


@given(choices)
def test_whole_words_are_asked_for_and_left_again_with_the_rest_kept(chosen: Choices) -> None:
    whole = read_choices(parameters(parts_url(chosen, included=False)))
    assert whole == replace(chosen, parts="0")
    assert read_choices(parameters(parts_url(whole, included=True))) == replace(chosen, parts="")


@given(choices, words)
def test_another_query_keeps_every_other_choice(chosen: Choices, text: str) -> None:
    assert read_choices(parameters(text_url(chosen, text))) == replace(chosen, text=text)


def test_what_was_not_chosen_is_not_in_the_address() -> None:
    assert list_url(Choices()) == "/"
    assert list_url(Choices(path="/tags/c%23"), page=2) == "/tags/c%23?pagina=2"
    assert list_url(Choices(text="ai wet", tags=("c++",))) == "/?q=ai+wet&tag=c%2B%2B"


def test_relevance_is_what_one_gets_without_asking() -> None:
    assert sort_url(Choices(text="ai", sort="oudste"), "relevantie") == "/?q=ai"


def test_filters_are_wiped_and_the_query_stays() -> None:
    chosen = Choices(text="ai", tags=("recht",), start="2024", sort="nieuwste")
    assert without_filters_url(chosen) == "/?q=ai&sorteer=nieuwste"


def test_unknown_and_empty_parameters_are_ignored() -> None:
    read = read_choices(MultiDict([("q", " ai "), ("tag", ""), ("tag", "-"), ("van", ""), ("utm", "x")]))
    assert read == Choices(text="ai")


def test_a_tag_in_two_spellings_is_chosen_once() -> None:
    assert distinct_tags(("AI-model", "ai model", "recht")) == ("AI-model", "recht")


@given(st.integers(1, 1200), st.integers(1, 1000))
def test_a_window_holds_the_ends_and_the_neighbours(page: int, pages: int) -> None:
    window = page_window(page, pages)
    numbers = [number for number in window if number is not None]
    assert numbers == sorted(set(numbers))
    assert numbers[0] == 1
    assert numbers[-1] == pages
    assert {near for near in range(page - 2, page + 3) if 1 <= near <= pages} <= set(numbers)
    assert len(window) <= 11
    for place, number in enumerate(window):
        if number is None:
            before, after = window[place - 1], window[place + 1]
            assert before is not None
            assert after is not None
            assert after - before > 2


def test_no_pages_give_no_window() -> None:
    assert page_window(1, 0) == []
