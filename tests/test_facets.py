"""Facets are honest: what is shown with a count gives exactly that many when it is chosen."""

from __future__ import annotations

import dataclasses
import random
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search import clock
from search.asking import MAX_TAGS
from search.config import Settings
from search.model import Answer, Article, SearchRequest
from search.query.request import read_request
from search.service import Service
from search.tags import tag_key
from tests.corpus import NOW, PLAIN_WORDS, TAGS, make_articles
from tests.generations import publish_articles

COUNT = 50
KEYS = [tag_key(spellings[0]) for spellings in TAGS]
QUERIES = (
    "",
    "gemeente",
    "gemeente wet",
    "de OF het",
    "-gemeente",
    "gemeente nergenswoord",
    "#privacy",
    "geme*",
    "datum:2024",
    '"de gemeente"',
    "nergenswoord",
    "belasting",
    "woning markt",
    "gemeentte",
    "gemeente wet school water",
    "gemeente wet school water recht stad vraag",
    "wet 2024",
    "wet sinds maart 2024",
)


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    index = tmp_path_factory.mktemp("facetten")
    publish_articles(index, make_articles(21, COUNT))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(clock, "now_ms", lambda: NOW)
        yield Service(Settings(index=index))


requests = st.builds(
    SearchRequest,
    text=st.one_of(
        st.sampled_from(QUERIES), st.lists(st.sampled_from(PLAIN_WORDS), max_size=3).map(" ".join)
    ),
    tags=st.lists(st.sampled_from([*KEYS, "onbekend"]), unique=True, max_size=3).map(tuple),
    start=st.one_of(st.none(), st.dates(date(2022, 1, 1), date(2026, 12, 31))),
    end=st.one_of(st.none(), st.dates(date(2022, 1, 1), date(2026, 12, 31))),
    sort=st.sampled_from(("relevance", "newest", "oldest")),
    per_page=st.just(COUNT),
    parts=st.booleans(),
)


def found(answer: Answer) -> set[str]:
    assert len(answer.hits) == answer.total
    return {hit.id for hit in answer.hits}


@given(request=requests)
def test_choosing_a_tag_when_no_other_is_chosen_gives_as_many_as_were_shown(
    service: Service, request: SearchRequest
) -> None:
    for tag in service.search(request).facets.tags:
        chosen = service.search(dataclasses.replace(request, tags=(tag_key(tag.value),)))
        assert chosen.total == tag.count
        assert all(tag_key(tag.value) in map(tag_key, hit.tags) for hit in chosen.hits)


@given(request=requests)
def test_choosing_a_year_or_a_month_gives_as_many_as_were_shown(
    service: Service, request: SearchRequest
) -> None:
    for year in service.search(request).facets.years:
        period = read_request(start=year.value, end=year.value)
        chosen = service.search(dataclasses.replace(request, start=period.start, end=period.end))
        assert chosen.total == year.count == sum(month.count for month in year.months)
        assert [one.value for one in chosen.facets.years if one.selected] == [year.value]
        for month in year.months:
            period = read_request(start=month.value, end=month.value)
            within = service.search(dataclasses.replace(request, start=period.start, end=period.end))
            assert within.total == month.count


@given(request=requests)
def test_several_tags_give_the_articles_of_each_of_them(service: Service, request: SearchRequest) -> None:
    expected: set[str] = set()
    for key in request.tags:
        expected |= found(service.search(dataclasses.replace(request, tags=(key,))))
    if request.tags:
        assert found(service.search(request)) == expected


@given(request=requests)
def test_counts_of_a_facet_leave_its_own_choices_out_and_heed_those_of_the_other(
    service: Service, request: SearchRequest
) -> None:
    facets = service.search(request).facets
    without_tags = service.search(dataclasses.replace(request, tags=())).facets
    without_period = service.search(dataclasses.replace(request, start=None, end=None)).facets
    assert {t.value: t.count for t in facets.tags if t.count} == {t.value: t.count for t in without_tags.tags}
    assert {y.value: y.months for y in facets.years} == {y.value: y.months for y in without_period.years}
    if request.tags:
        period_free = service.search(dataclasses.replace(request, start=None, end=None))
        assert sum(y.count for y in facets.years) == sum(hit.date is not None for hit in period_free.hits)


@given(request=requests)
def test_every_tag_of_every_hit_is_counted(service: Service, request: SearchRequest) -> None:
    request = dataclasses.replace(request, tags=())
    answer = service.search(request)
    counts = {tag_key(tag.value): tag.count for tag in answer.facets.tags}
    assert counts.keys() == {tag_key(tag) for hit in answer.hits for tag in hit.tags}
    assert answer.facets.tags_total == len(counts)
    order = [(-tag.count, tag.label.casefold()) for tag in answer.facets.tags]
    assert order == sorted(order)


@given(request=requests)
def test_a_chosen_tag_is_always_listed_as_chosen(service: Service, request: SearchRequest) -> None:
    listed = service.search(request).facets.tags
    assert {tag_key(tag.value) for tag in listed if tag.selected} == set(request.tags)
    assert len({tag.value for tag in listed}) == len(listed)


def test_a_tag_asked_in_the_query_narrows_every_facet(service: Service) -> None:
    whole = service.search(SearchRequest("", per_page=COUNT))
    narrowed = service.search(SearchRequest("#privacy #c++", per_page=COUNT))
    expected = {h.id for h in whole.hits if {"privacy", "c++"} <= {tag_key(tag) for tag in h.tags}}
    assert found(narrowed) == expected
    assert {tag.count for tag in narrowed.facets.tags if tag.label in ("Privacy", "C++")} == {len(expected)}


@pytest.mark.parametrize("spelling", TAGS[0])
def test_any_spelling_of_a_tag_chooses_it(service: Service, spelling: str) -> None:
    chosen = service.search(read_request(tags=[spelling], per_page="50"))
    assert chosen.total == service.search(SearchRequest("", tags=("machinelearning",))).total > 0


def test_a_label_is_the_most_used_spelling_among_public_articles(service: Service) -> None:
    whole = service.search(SearchRequest("", per_page=COUNT))
    for tag in whole.facets.tags:
        written = [t for hit in whole.hits for t in hit.tags if tag_key(t) == tag_key(tag.value)]
        assert written.count(tag.label) == max(map(written.count, written))


def test_tags_are_listed_with_all_their_spellings(service: Service) -> None:
    whole = service.search(SearchRequest("", per_page=COUNT))
    for tag in service.tags():
        written = [t for hit in whole.hits for t in hit.tags if tag_key(t) == tag_key(tag.value)]
        assert dict(tag.variants) == {spelling: written.count(spelling) for spelling in written}
        assert tag.count == len(written) == sum(count for _, count in tag.variants)
        assert tag.label == tag.variants[0][0]
        for spelling in written:
            assert service.tag(spelling) == tag


def test_only_the_most_frequent_tags_are_listed_and_those_that_were_chosen(tmp_path: Path) -> None:
    chance = random.Random(1)
    tags = [f"tag{number:03d}" for number in range(MAX_TAGS + 30)]
    articles = [
        Article(str(number), "Titel", "Tekst", tags=tuple(chance.sample(tags, 40)) if number else tuple(tags))
        for number in range(20)
    ]
    publish_articles(tmp_path, articles)
    service = Service(Settings(index=tmp_path))
    facets = service.search(SearchRequest()).facets
    assert len(facets.tags) == MAX_TAGS
    assert facets.tags_total == len(tags)
    rare = (set(tags) - {tag.label for tag in facets.tags}).pop()
    chosen = service.search(SearchRequest(tags=(rare, "bestaatniet"))).facets
    assert {(tag.label, tag.selected) for tag in chosen.tags[MAX_TAGS:]} == {
        (rare, True),
        ("bestaatniet", True),
    }
    assert chosen.tags[-1].count == 0
