"""Titles that begin as typed: which of them are put first, and how many."""

from __future__ import annotations

import pytest

from search import clock
from search.engines.columnar import ColumnarEngine
from search.query import weights
from search.query.parse import parse
from search.query.plan import Constant, Term, nodes_of
from search.query.planning import plan_query
from search.query.titles import MAX_BEGUN
from tests.small_site import build_site, markdown, open_engine

SHORT = [f"Werkgroep {letter}" for letter in "abcdefgh"]
LONG = [f"Werkgroep aan een lange tafel {letter}" for letter in "abcdefgh"]
SAME = ["Nieuwsbrief"] * 4


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> ColumnarEngine:
    titles = [*LONG, *SHORT, *SAME, "Nieuwsbrief in mei", "Nieuwsbrieven"]
    articles = {f"{number:02}.md": markdown(title, "Tekst.") for number, title in enumerate(titles)}
    articles["klad.md"] = markdown("Werkgroep i", "Tekst.", draft="true")
    return open_engine(build_site(tmp_path_factory.mktemp("titels"), articles))


def begun(engine: ColumnarEngine, typed: str) -> dict[str, float]:
    """The titles that are put first because they begin as typed, with the constant of each."""
    plan = plan_query(parse(typed), engine, clock.now_ms()).plan
    constants = [node for node in nodes_of(plan) if isinstance(node, Constant)]
    return {
        term.text: constant.score
        for constant in constants
        if constant.score in (weights.TITLE_BEGINS, weights.TITLE_BEGINS_WORD)
        for term in nodes_of(constant)
        if isinstance(term, Term)
    }


def test_the_shortest_titles_are_put_first_and_no_more_than_a_page(engine: ColumnarEngine) -> None:
    found = begun(engine, "werkgr")
    assert len(found) == MAX_BEGUN
    assert set(found) == {title.lower() for title in (*SHORT, *LONG[: MAX_BEGUN - len(SHORT)])}


def test_titles_that_several_articles_have_count_for_all_of_them(engine: ColumnarEngine) -> None:
    assert set(begun(engine, "nieuwsbr")) == {"nieuwsbrief", "nieuwsbrief in mei", "nieuwsbrieven"}


def test_a_title_with_the_word_itself_comes_before_one_with_a_longer_word(engine: ColumnarEngine) -> None:
    assert begun(engine, "nieuwsbrief") == {
        "nieuwsbrief in mei": weights.TITLE_BEGINS_WORD,
        "nieuwsbrief": weights.TITLE_BEGINS,
    }


def test_what_was_chosen_stays_chosen_for_every_longer_beginning(engine: ColumnarEngine) -> None:
    for title in (SHORT[0], LONG[0], LONG[7], "Nieuwsbrief in mei"):
        seen = [title.lower() in begun(engine, title[:end]) for end in range(5, len(title))]
        assert seen == sorted(seen)
        assert seen[-1]


@pytest.mark.parametrize(
    "typed", ["werkgroep #a", "werkgr -tekst", '"werkgroep a"', '"werkgr"', "titel:werkgr", "we"]
)
def test_what_is_no_beginning_of_a_title_begins_none(engine: ColumnarEngine, typed: str) -> None:
    assert begun(engine, typed) == {}


def test_the_title_of_a_draft_is_not_among_them(engine: ColumnarEngine) -> None:
    assert begun(engine, "werkgroep i") == {}
