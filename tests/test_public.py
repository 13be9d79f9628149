"""Nothing of an article that is not public shows anywhere: to a reader it is as if it did not exist."""

from __future__ import annotations

import dataclasses
import random
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search import clock
from search.clock import to_ms
from search.config import Settings
from search.indexing import build_index
from search.model import NEVER, Answer, Article, SearchRequest
from search.service import Service
from tests.corpus import CODES, DAY_MS, NOW, PLAIN_WORDS, TAGS, make_articles, own_word
from tests.generations import publish_articles

COUNT = 60
moments = st.integers(NOW - 15 * DAY_MS, NOW + 15 * DAY_MS)
SetClock = Callable[[int], None]


@pytest.fixture
def set_clock(monkeypatch: pytest.MonkeyPatch) -> SetClock:
    """Makes it another moment, in ms since 1970."""

    def to(moment: int) -> None:
        monkeypatch.setattr(clock, "now_ms", lambda: moment)

    to(NOW)
    return to


def service_of(index: Path, articles: Iterable[Article]) -> Service:
    publish_articles(index, list(articles))
    return Service(Settings(index=index))


@dataclass(frozen=True, repr=False)
class Site:
    """A service with all the articles behind it."""

    service: Service
    articles: list[Article]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    articles = make_articles(11, COUNT)
    return Site(service_of(tmp_path_factory.mktemp("alles"), articles), articles)


def public(articles: Iterable[Article], now: int) -> list[Article]:
    return [article for article in articles if article.visible_from <= now < article.visible_until]


def some_queries(seed: int, articles: list[Article]) -> list[str]:
    """Queries of every kind, many about what only one article has."""
    chance = random.Random(seed)
    word = own_word(chance.randrange(COUNT))
    other = own_word(chance.randrange(COUNT))
    first, second = chance.choices(PLAIN_WORDS, k=2)
    tag = chance.choice([tag for article in articles for tag in article.tags])
    spelling = chance.choice(chance.choice(TAGS))
    title = chance.choice(articles).title
    return [
        "",
        word,
        f"{word[:-1]}*",
        word[:-1],
        "qqb",
        "qq*",
        first,
        f"{first} {second}",
        f"{first} {word}",
        f"{word} {other}",
        f"{first} OF {word}",
        f"{first} -{second}",
        f"-{word}",
        f'"{first} {second}"',
        f'"slot {word}"',
        f'"slot {word}"~3',
        f"titel:{first}",
        f"samenvatting:{first[:3]}*",
        f'#"{tag}"',
        f'#"Tag {word}"',
        f'tag:"{spelling}" {first}',
        f"datum:2024 {first}",
        "datum:2023-06..2024-12",
        title,
        chance.choice(CODES),
        f"{chance.choice(CODES)} {word}",
        f"{first} {second} nergenswoord",
    ]


def without_scores(answer: Answer) -> Answer:
    """An answer without what differs by design: scores lean on all documents, and every build has its name."""
    hits = tuple(dataclasses.replace(hit, score=0.0) for hit in answer.hits)
    state = dataclasses.replace(answer.index, generation="")
    return dataclasses.replace(answer, hits=hits, index=state, took_ms=0.0)


@settings(max_examples=settings().max_examples // 3)
@given(now=moments, seed=st.integers(0, 10_000))
def test_answers_are_those_of_an_index_without_the_articles_that_are_not_public(
    tmp_path_factory: pytest.TempPathFactory,
    site: Site,
    set_clock: SetClock,
    now: int,
    seed: int,
) -> None:
    service, articles = site.service, site.articles
    bare = service_of(tmp_path_factory.mktemp("openbaar"), public(articles, now))
    set_clock(now)
    for text in some_queries(seed, articles):
        for tags in ((), ("privacy", "opensource")):
            request = SearchRequest(text, tags=tags, sort="newest", per_page=50)
            assert without_scores(service.search(request)) == without_scores(bare.search(request)), text
            ranked = dataclasses.replace(request, sort="relevance")
            first, second = service.search(ranked), bare.search(ranked)
            assert {hit.id for hit in first.hits} == {hit.id for hit in second.hits}, text
    assert service.tags() == bare.tags()
    assert service.state().documents == bare.state().documents
    for article in articles:
        assert service.article(article.id) == bare.article(article.id)
        for alias in article.aliases:
            assert service.alias(alias) == bare.alias(alias)
        for tag in article.tags:
            assert service.tag(tag) == bare.tag(tag)


@settings(max_examples=settings().max_examples // 3)
@given(now=moments)
def test_nothing_that_only_a_hidden_article_has_is_ever_shown(
    site: Site, set_clock: SetClock, now: int
) -> None:
    service, articles = site.service, site.articles
    set_clock(now)
    visible = {article.id for article in public(articles, now)}
    for article in articles:
        word = article.id.rpartition("/")[2]
        found = service.search(SearchRequest(word))
        corrected = found.suggestion is not None and found.suggestion.applied
        assert (found.total > 0 and not corrected) == (article.id in visible)
        if article.id in visible:
            continue
        assert service.article(article.id) is None
        assert service.alias(f"/oud/{word}") is None
        assert service.tag(f"Tag {word}") is None
        for text in (word, f"{word}*", f"gemeente {word}", f'#"Tag {word}"', ""):
            answer = service.search(SearchRequest(text, per_page=50))
            shown = repr((answer.hits, answer.facets, answer.suggestion))
            assert word not in shown
        assert word not in repr(service.tags())


def test_a_hidden_word_is_answered_like_a_word_that_nobody_wrote(site: Site, set_clock: SetClock) -> None:
    service, articles = site.service, site.articles
    set_clock(NOW)
    hidden = [article.id.rpartition("/")[2] for article in articles if article not in public(articles, NOW)]
    for word in hidden:
        unknown = "qq" + "y" * (len(word) - 4) + "qq"
        for text in (
            "{}",
            "{}*",
            "gemeente {}",
            "{} brief wet",
            '"slot {}"',
            "gemeente OF {}",
            "gemeente -{}",
        ):
            # Without corrections, which tell one unknown word from another by its letters.
            asked = service.search(SearchRequest(text.format(word), per_page=50, bounded=False))
            nothing = service.search(SearchRequest(text.format(unknown), per_page=50, bounded=False))
            assert repr(without_scores(asked)) == repr(without_scores(nothing)).replace(unknown, word)


def test_the_same_index_answers_otherwise_when_a_moment_passes(tmp_path: Path, set_clock: SetClock) -> None:
    start, end = NOW + DAY_MS, NOW + 2 * DAY_MS
    period = Article(
        "b",
        "Tijdelijk",
        "een bericht",
        tags=("Actie",),
        aliases=("/oud",),
        visible_from=start,
        visible_until=end,
    )
    service = service_of(tmp_path, [Article("a", "Altijd", "een bericht"), period])
    keys = []
    for moment, shown in (
        (start - 1, False),
        (start, True),
        (end - 1, True),
        (end, False),
        (NEVER - 1, False),
    ):
        set_clock(moment)
        answer = service.search(SearchRequest("bericht"))
        assert answer.total == answer.index.documents == 1 + shown
        assert [tag.label for tag in answer.facets.tags] == ["Actie"] * shown
        assert (service.article("b") is not None) == shown
        assert (service.alias("/oud") == "b") == shown
        assert [tag.label for tag in service.tags()] == ["Actie"] * shown
        assert (service.search(SearchRequest("tijdel*")).total > 0) == shown
        keys.append(service.cache_key())
    assert keys[0] != keys[1]
    assert keys[2] != keys[3]


def test_the_cache_key_stays_while_nothing_can_change(tmp_path: Path, set_clock: SetClock) -> None:
    service = service_of(tmp_path, [Article("a", "Altijd", "een bericht")])
    morning = to_ms(datetime(2026, 3, 1, 6, tzinfo=UTC))
    set_clock(morning)
    key = service.cache_key()
    set_clock(morning + 3_600_000)
    assert service.cache_key() == key
    # Midnight in Amsterdam is an hour before that of UTC in winter.
    set_clock(to_ms(datetime(2026, 3, 1, 23, tzinfo=UTC)) - 1)
    assert service.cache_key() == key
    set_clock(to_ms(datetime(2026, 3, 1, 23, tzinfo=UTC)))
    assert service.cache_key() != key


SOURCES = {
    "openbaar.md": "title: Openbaar",
    "concept.md": "title: Concept\ndraft: true",
    "misschien.md": "title: Misschien\ndraft: 'false'",
    "fout.md": "title: Fout\nexpiryDate: 31-12-2099",
    "gepland.md": "title: Gepland\ndate: 2020-01-01\npublishDate: 2026-03-02T00:00",
    "tijdelijk.md": "title: Tijdelijk\nexpiryDate: 2026-03-02",
}


@pytest.mark.parametrize(
    ("moment", "titles"),
    [
        (datetime(2026, 3, 1, 22, 59, 59, tzinfo=UTC), {"Openbaar", "Tijdelijk"}),
        (datetime(2026, 3, 1, 23, 0, 0, tzinfo=UTC), {"Openbaar", "Gepland"}),
    ],
)
def test_front_matter_decides_in_amsterdam_time(
    tmp_path: Path, set_clock: SetClock, moment: datetime, titles: set[str]
) -> None:
    content = tmp_path / "content"
    content.mkdir()
    for name, head in SOURCES.items():
        (content / name).write_text(f"---\n{head}\n---\nTekst.\n", "utf-8")
    build_index([content], tmp_path / "index")
    set_clock(to_ms(moment))
    answer = Service(Settings(index=tmp_path / "index")).search(SearchRequest())
    assert {hit.title for hit in answer.hits} == titles
