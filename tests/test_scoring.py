"""What a written word becomes in a plan: its forms with their weights, and the same without parts of compounds."""

from __future__ import annotations

import pytest

from search import clock
from search.dutch.analyzer import analyze
from search.engines.base import EngineRequest
from search.engines.columnar import ColumnarEngine
from search.query import weights
from search.query.plan import EVERYTHING, All, Any, Constant, Filter, Node, Not, Phrase, Term, nodes_of
from search.query.scoring import (
    Slots,
    is_part,
    near,
    optional,
    scored_terms,
    term_field,
    together,
    without_parts,
    word_node,
)
from tests.small_site import build_site, markdown, open_engine

ARTICLES = {
    "woord.md": markdown("Over iets", "De fietsen staan buiten."),
    "deel.md": markdown("Over iets", "Het fietsbeleid is klaar."),
    "titel.md": markdown("Fietsen", "De wegen staan vol."),
    "apart.md": markdown("Over iets", "De fiets staat ver van het beleid en de weg."),
    "samen.md": markdown("Over iets", "De weg en het fiets beleid staan vol."),
}


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> ColumnarEngine:
    return open_engine(build_site(tmp_path_factory.mktemp("score"), ARTICLES))


def found(engine: ColumnarEngine, plan: Node) -> dict[str, float]:
    matches = engine.search(EngineRequest(plan=plan, now=clock.now_ms(), limit=50))
    return {engine.record(ranked.document).id: ranked.score for ranked in matches.ranked}


def boosts(node: Node) -> dict[tuple[str, str], float]:
    children = node.nodes if isinstance(node, Any | All) else (node,)
    return {(child.field, child.text): child.boost for child in children if isinstance(child, Term)}


def test_a_word_scores_as_typed_as_an_inflection_in_the_title_and_as_a_part() -> None:
    assert boosts(word_node(analyze("fietsen"), "all")) == {
        ("all.term", "fiets"): 1 - weights.PART,
        ("all.part", "fiets"): weights.PART,
        ("title.term", "fiets"): weights.TITLE,
        ("lead.term", "fiets"): weights.LEAD,
        ("tags.term", "fiets"): weights.TAGS,
        ("all.term", "fietsen"): (1 - weights.PART) * weights.DERIVED,
        ("all.part", "fietsen"): weights.PART * weights.DERIVED,
        ("title.term", "fietsen"): weights.TITLE * weights.DERIVED,
        ("lead.term", "fietsen"): weights.LEAD * weights.DERIVED,
        ("tags.term", "fietsen"): weights.TAGS * weights.DERIVED,
        ("all.exact", "fietsen"): weights.EXACT,
    }


@pytest.mark.parametrize("field", ["body", "tags"])
def test_a_field_without_other_views_is_searched_for_terms_alone(field: str) -> None:
    assert {where for where, _ in boosts(word_node(analyze("fietsen"), field))} == {term_field(field)}


def test_a_weight_multiplies_all_others() -> None:
    once, half = boosts(word_node(analyze("fiets"), "all")), boosts(word_node(analyze("fiets"), "all", 0.5))
    assert half == {key: pytest.approx(boost / 2) for key, boost in once.items()}


def test_a_term_that_is_given_twice_counts_once() -> None:
    assert scored_terms(("fiets", "fiets"), "body") == [Term("body.term", "fiets")]


def test_a_word_in_the_text_scores_above_the_same_word_as_a_part(engine: ColumnarEngine) -> None:
    scores = found(engine, word_node(analyze("fietsen"), "all"))
    assert scores.keys() == {"woord", "deel", "titel", "apart", "samen"}
    assert scores["titel"] > scores["woord"] > scores["apart"] > scores["deel"] > 0


def test_words_together_stand_behind_each_other_and_score_as_words(engine: ColumnarEngine) -> None:
    slots = [("fiets",), ("beleid",)]
    scores = found(engine, together(slots, "all"))
    assert scores.keys() == {"samen"}
    apart = found(engine, All(tuple(Any(tuple(scored_terms(slot, "all"))) for slot in slots)))
    assert apart.keys() == {"samen", "apart"}
    assert scores["samen"] == pytest.approx(apart["samen"])


def test_words_near_each_other_add_a_constant_and_find_nothing_more(engine: ColumnarEngine) -> None:
    slots = [(("fiets",),), (("beleid",),)]
    words: list[Node] = [Term("all.term", "fiets"), Term("all.term", "beleid")]
    plain = found(engine, All(tuple(words)))
    closer = found(engine, All((*words, *optional(near(slots)))))
    assert closer.keys() == plain.keys() == {"samen", "apart"}
    assert closer["samen"] == pytest.approx(plain["samen"] + weights.NEAR)
    assert closer["apart"] == pytest.approx(plain["apart"])


def test_the_pieces_of_a_word_are_near_each_other_as_words_are() -> None:
    assert near([(("ai",), ("model",))]) == near([(("ai",),), (("model",),)])


@pytest.mark.parametrize("words", [[], [(("fiets",),)], [(("fiets",),), (("fiets",),)]])
def test_one_word_is_not_near_another(words: list[Slots]) -> None:
    assert near(words) == []
    assert optional(near(words)) == []


PART, WHOLE = Term("all.part", "fiets"), Term("all.term", "fiets")


@pytest.mark.parametrize(
    ("plan", "expected"),
    [
        (Any((WHOLE, PART), 2), Any((WHOLE, WHOLE), 2)),
        (All((Any((PART,)), Filter("day", low=1))), All((Any((WHOLE,)), Filter("day", low=1)))),
        (Constant(Any((PART,)), 2.0), Constant(Any((WHOLE,)), 2.0)),
        (PART, WHOLE),
        (EVERYTHING, EVERYTHING),
        (Phrase("body.term", (("a",), ("b",))), Phrase("body.term", (("a",), ("b",)))),
    ],
)
def test_a_plan_without_parts_is_the_same_in_all_else(plan: Node, expected: Node) -> None:
    assert without_parts(plan) == expected
    assert not any(map(is_part, nodes_of(without_parts(plan))))


def test_without_parts_only_whole_words_are_found(engine: ColumnarEngine) -> None:
    plan = word_node(analyze("fiets"), "all")
    assert found(engine, plan).keys() - found(engine, without_parts(plan)).keys() == {"deel"}


def test_without_parts_a_word_weighs_as_much(engine: ColumnarEngine) -> None:
    word = Any((Term("all.term", "fiets", 0.4), Term("all.part", "fiets", 0.6)))
    assert found(engine, without_parts(word))["woord"] == pytest.approx(found(engine, WHOLE)["woord"])


def test_what_is_excluded_is_left_as_it_is() -> None:
    plan = All((WHOLE, Not(Any((WHOLE, PART)))))
    assert without_parts(plan) == plan
