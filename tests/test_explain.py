"""Why a document matched, and what is said when no article has all words."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.config import Settings
from search.dutch.analyzer import forms_of, word_forms
from search.dutch.stopwords import is_stop_word
from search.model import Answer, Why
from search.query.request import read_request
from search.service import Service
from tests.corpus import CODES, PLAIN_WORDS, make_articles
from tests.small_site import ARTICLES, build_site, markdown, rebuild

APART = {
    "apart.md": markdown("Zonder verband", "Een bron die open is. Een model van de AI.", date="2020-01-01"),
}


PIECES = {"e", "mail", "d", "w", "z", "ai", "model", "gpt", "4o"}
"""Terms that are found only as pieces behind each other."""


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Service:
    return Service(build_site(tmp_path_factory.mktemp("uitleg"), {**ARTICLES, **APART}))


@pytest.fixture(scope="module")
def generated(tmp_path_factory: pytest.TempPathFactory) -> Service:
    folder = tmp_path_factory.mktemp("gemaakt")
    lines = [
        json.dumps({"id": a.id, "title": a.title, "text": a.text, "summary": a.summary, "tags": list(a.tags)})
        for a in make_articles(7, 120)
    ]
    (folder / "artikelen.jsonl").write_text("\n".join(lines), encoding="utf-8")
    settings = Settings(content=folder / "artikelen.jsonl", index=folder / "index")
    rebuild(settings)
    return Service(settings)


def ask(service: Service, text: str, **choices: str) -> Answer:
    return service.search(read_request(text=text, **choices))


def why(answer: Answer) -> dict[str, tuple[Why, ...]]:
    return {hit.id: hit.why for hit in answer.hits}


@pytest.mark.parametrize(
    ("typed", "article", "expected"),
    [
        ("taalmodel", "taalmodel", ("exact",)),
        ("taalmodels", "taalmodel", ("inflection",)),
        ("taalmodel xyzzy", "taalmodel", ("exact",)),
        ("wet werkgever", "privacy", ("exact", "inflection")),
        ("taalm", "taalmodel", ("prefix",)),
        ("taalm*", "taalmodel", ("prefix",)),
        ("leert taalm", "taalmodel", ("exact", "prefix")),
        ("aimodel", "codes", ("exact",)),
        ("foto", "codes", ("inflection",)),
        ("foto's", "codes", ("exact",)),
        ('"open source"', "open", ("exact",)),
        ("titel:staten", "staat", ("inflection",)),
        ("#muziek", "staat", ()),
        ("", "staat", ()),
    ],
)
def test_a_hit_tells_how_its_words_match(
    typed: str, article: str, expected: tuple[Why, ...], service: Service
) -> None:
    assert why(ask(service, typed))[article] == expected


def test_what_is_excluded_is_no_reason(service: Service) -> None:
    assert why(ask(service, "staat -onderwijs")) == {"staat": ("exact",)}


@pytest.mark.parametrize(
    ("typed", "missing"),
    [
        ("taalmodel xyzzy", "xyzzy"),
        ("xyzzy taalm", "xyzzy"),
        ("xyzzy taalmodel plugh", "xyzzy, plugh"),
        ("de xyzzy taalmodel", "xyzzy"),
        ("taalmodel kladgeheim", "kladgeheim"),
    ],
)
def test_words_that_no_public_article_has_are_named(typed: str, missing: str, service: Service) -> None:
    answer = ask(service, typed)
    (problem,) = answer.query.problems
    assert problem.message == f"Geen artikel bevat alle woorden; zonder: {missing}."
    assert (problem.start, problem.end) == (0, len(typed))
    assert "taalmodel" in why(answer)


def test_words_that_never_stand_together_are_named_by_what_the_best_hit_lacks(service: Service) -> None:
    answer = ask(service, "taalmodel band")
    assert {hit.id for hit in answer.hits[:2]} == {"taalmodel", "staat"}
    lacking = {"taalmodel": "band", "staat": "taalmodel"}[answer.hits[0].id]
    assert (
        answer.query.problems[0].message
        == f"Geen artikel bevat alle woorden; het best passende artikel mist: {lacking}."
    )


def test_words_that_are_there_but_not_as_asked_are_not_called_missing(service: Service) -> None:
    answer = ask(service, '"bron open" model')
    assert why(answer)["apart"] == ("exact",)
    assert answer.query.problems[0].message.endswith("hieronder staan artikelen met een deel ervan.")


@pytest.mark.parametrize(
    "typed",
    ["taalmodel privacy", "xyzzy", "xyzzy plugh", "taalmodel privacy datum:1990", "taalmodel OF xyzzy", ""],
)
def test_nothing_is_said_when_nothing_was_relaxed(typed: str, service: Service) -> None:
    assert ask(service, typed).query.problems == ()


@pytest.mark.parametrize("choices", [{"tags": ["muziek"]}, {"start": "2030"}, {"tags": ["bestaat niet"]}])
def test_a_choice_in_a_facet_is_no_reason_to_relax(choices: dict[str, str], service: Service) -> None:
    answer = ask(service, "taalmodel privacy", **choices)
    assert answer.total == 0
    assert not any("woorden" in problem.message for problem in answer.query.problems)


def test_beyond_the_last_page_the_message_is_whole(service: Service) -> None:
    answer = ask(service, "taalmodel band", page="9")
    assert answer.hits == ()
    assert answer.query.problems[0].message.startswith("Geen artikel bevat alle woorden")
    assert "zonder: ." not in answer.query.problems[0].message


def test_a_relaxed_answer_ranks_by_the_sum_of_the_words(tmp_path: Path) -> None:
    articles = {
        "beide.md": markdown("Over fietsen", "fiets slot", date="2020-01-01"),
        "fiets.md": markdown("Over fietsen", "fiets zadel", date="2024-01-01"),
        "ander.md": markdown("Over iets anders", "lamp kap", date="2024-01-01"),
    }
    answer = ask(Service(build_site(tmp_path, articles)), "fiets slot xyzzy")
    assert [hit.id for hit in answer.hits] == ["beide", "fiets"]


@given(st.lists(st.sampled_from((*PLAIN_WORDS, *CODES)), min_size=1, max_size=3))
def test_a_word_that_matches_in_the_text_is_always_shown(generated: Service, words: list[str]) -> None:
    content = [word for word in words if not is_stop_word(word)] or words
    asked = {term for word in content for forms in forms_of(word) for term in forms.terms}
    for hit in generated.search(read_request(text=" OF ".join(words))).hits:
        assert hit.why
        marked = [snippet for snippet in hit.snippets.body if snippet.marks]
        article = generated.article(hit.id)
        if article and any(asked & set(forms.terms) - PIECES for forms in word_forms(article.text)):
            assert marked
        assert len(marked) == len(hit.snippets.body) or len(hit.snippets.body) == 1
