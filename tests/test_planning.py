"""A query becomes a plan: all words are asked for, stop words only when they say something."""

from __future__ import annotations

import pytest

from search import clock
from search.dutch.analyzer import analyze
from search.engines.columnar import ColumnarEngine
from search.query.parse import parse
from search.query.plan import EVERYTHING, All, Any, Constant, Filter, Node, Not, Phrase, Term, nodes_of
from search.query.planned import PlannedQuery
from search.query.planner import MAX_EXPANSIONS, MAX_GAP, MAX_PHRASE
from search.query.planning import plan_query
from search.query.scoring import without_parts, word_node
from search.query.weights import ALL_WORDS, EXACT_TITLE
from tests.small_site import ARTICLES, build_site, markdown, open_engine

MANY_WORDS = [f"veelwoord{one}{two}" for one in "abcdefghijkl" for two in "abcdefghijkl"]
MANY = {"veel.md": markdown("Veel", " ".join(MANY_WORDS))}


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> ColumnarEngine:
    return open_engine(build_site(tmp_path_factory.mktemp("plan"), {**ARTICLES, **MANY}))


def plan(typed: str, engine: ColumnarEngine) -> PlannedQuery:
    return plan_query(parse(typed), engine, clock.now_ms())


def word(written: str) -> Node:
    return word_node(analyze(written), "all")


def terms_of(*written: str) -> set[str]:
    return {term for one in written for token in analyze(one) for term in token.terms}


def exact_nodes(planned: PlannedQuery) -> list[Term]:
    return [node for node in nodes_of(planned.plan) if isinstance(node, Term) and node.field == "all.exact"]


def without_title(node: Node) -> Node:
    """A plan without its choice of an exact title."""
    if isinstance(node, Any) and len(node.nodes) == 2 and isinstance(node.nodes[1], Constant):
        return node.nodes[0]
    return node


def asked_terms(planned: PlannedQuery) -> set[str]:
    return {
        node.text for node in nodes_of(planned.plan) if isinstance(node, Term) and node.field == "all.term"
    }


def test_no_query_asks_for_everything(engine: ColumnarEngine) -> None:
    assert plan("", engine).plan == EVERYTHING
    assert plan(" ... ", engine).plan == EVERYTHING
    assert plan("...*", engine).plan == EVERYTHING
    assert plan("", engine).relaxed is None


def test_all_words_are_asked_for(engine: ColumnarEngine) -> None:
    asked = without_title(plan("wet privacy", engine).plan)
    assert isinstance(asked, All)
    assert asked.nodes[:2] == (word("wet"), word("privacy"))
    assert all(isinstance(node, Any) and EVERYTHING in node.nodes for node in asked.nodes[2:])


def test_a_word_asked_twice_counts_once(engine: ColumnarEngine) -> None:
    asked = without_title(plan("privacy wet privacy", engine).plan)
    assert isinstance(asked, All)
    assert [node for node in asked.nodes if EVERYTHING not in nodes_of(node)] == [
        word("privacy"),
        word("wet"),
    ]


def test_a_named_field_is_searched_alone(engine: ColumnarEngine) -> None:
    for typed, field in (("titel:staat", "title"), ("samenvatting:licentie", "summary")):
        fields = {node.field for node in nodes_of(plan(typed, engine).plan) if isinstance(node, Term)}
        assert fields == {f"{field}.term", f"{field}.part", f"{field}.exact"}


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("de wet", {"wet"}),
        ("hoe werkt de staat", {"werkt", "staat"}),
        ("en/of wet", {"wet"}),
        ("de", {"de"}),
        ("en of", {"en", "of"}),
        ("#recht de", {"de"}),
        ("-wet de", {"de", "wet"}),
        ("wet -de", {"wet", "de"}),
        ('"de staat" het', {"de", "staat"}),
        ("staat* het", set()),
    ],
)
def test_stop_words_are_asked_for_when_there_are_no_others(
    typed: str, words: set[str], engine: ColumnarEngine
) -> None:
    assert asked_terms(plan(typed, engine)) == terms_of(*words)


def test_a_phrase_keeps_its_stop_words(engine: ColumnarEngine) -> None:
    phrases = [node for node in nodes_of(plan('"De Staat"', engine).plan) if isinstance(node, Phrase)]
    assert phrases
    assert {phrase.slots for phrase in phrases} == {(("de",), analyze("staat")[0].terms)}


def test_a_code_is_searched_as_one_word_and_as_its_pieces(engine: ColumnarEngine) -> None:
    planned = plan("AI-model", engine)
    assert "aimodel" in asked_terms(planned)
    phrases = [node for node in nodes_of(planned.plan) if isinstance(node, Phrase)]
    assert {phrase.slots for phrase in phrases} == {(("ai",), ("model",))}


def test_tags_dates_and_exclusions_narrow_without_scoring(engine: ColumnarEngine) -> None:
    planned = plan("wet #recht datum:2024-05 -staat", engine)
    assert isinstance(planned.plan, All)
    assert without_title(planned.plan.nodes[0]) == word("wet")
    assert set(planned.plan.nodes[1:]) == {
        Filter("tag", ("recht",)),
        Filter("day", low=739007, high=739037),
        Not(word("staat")),
    }


@pytest.mark.parametrize(
    ("typed", "whole"),
    [
        ("De Staat", "de staat"),
        ('"de staat"', "de staat"),
        ("staat #muziek", "staat"),
        ("AI-model", "ai model"),
    ],
)
def test_a_title_of_exactly_these_words_is_far_above_all(
    typed: str, whole: str, engine: ColumnarEngine
) -> None:
    assert Constant(Term("title.whole", whole), EXACT_TITLE) in nodes_of(plan(typed, engine).plan)


@pytest.mark.parametrize(
    ("typed", "whole"),
    [
        ("wet OF staat", "wet of staat"),
        ("Open source (en waarom)", "open source en waarom"),
        ("#metoo en verder", "metoo en verder"),
        ("Kort*", "kort"),
        ("een titel van " + "veel " * 20 + "woorden", "een titel van " + "veel " * 20 + "woorden"),
    ],
)
def test_a_title_may_hold_what_the_query_language_reads_otherwise(
    typed: str, whole: str, engine: ColumnarEngine
) -> None:
    assert Constant(Term("title.whole", whole), EXACT_TITLE) in nodes_of(plan(typed, engine).plan)


@pytest.mark.parametrize("typed", ["titel:staat", "#recht", "-wet", "taal -wet staat", "datum:2024", ""])
def test_conditions_and_exclusions_make_no_other_title(typed: str, engine: ColumnarEngine) -> None:
    constants = [node for node in nodes_of(plan(typed, engine).plan) if isinstance(node, Constant)]
    titles = [node for node in constants if node.score == EXACT_TITLE]
    assert titles == ([Constant(Term("title.whole", "taal staat"), EXACT_TITLE)] if "taal" in typed else [])


def test_a_prefix_becomes_the_words_of_public_articles(engine: ColumnarEngine) -> None:
    expected = {Term("all.exact", "taalmodel"), Term("all.exact", "taalmodellen")}
    assert set(nodes_of(plan("taalm*", engine).plan)) >= expected
    assert Any() in nodes_of(plan("kladg*", engine).plan)


def test_all_prefixes_of_a_query_share_one_budget() -> None:
    class Many:
        """A vocabulary in which a hundred words begin with anything."""

        def public_frequency(self, field: str, term: str, now: int) -> int:
            return 1

        def expand_prefix(
            self, field: str, prefix: str, now: int, most: int | None = None
        ) -> list[tuple[str, int]]:
            return [(f"{prefix}{number}", 1) for number in range(100)][:most]

    found = plan_query(parse("NIET (taal* OF sta*) OF wet*"), Many(), 0)
    expanded = [node for node in nodes_of(found.plan) if isinstance(node, Term) and node.field == "all.exact"]
    assert len(expanded) == MAX_EXPANSIONS
    assert len(found.problems) == 2


@pytest.mark.parametrize(
    "typed",
    ["xyzzyq (datum:2019 OF datum:2020)", "xyzzyq taal (#ai OF #privacy)", "xyzzyq taal (-staat -wet)"],
)
def test_relaxing_never_drops_what_narrows(typed: str, engine: ColumnarEngine) -> None:
    planned = plan(typed, engine)
    if "taal" not in typed:
        assert planned.relaxed is None
    else:
        relaxed = without_title(planned.relaxed) if planned.relaxed else None
        assert isinstance(relaxed, All)
        assert len(relaxed.nodes) > 1


def test_brackets_around_words_do_not_keep_them_from_being_relaxed(engine: ColumnarEngine) -> None:
    assert plan("(taal xyzzyq) -staat", engine).relaxed == plan("taal xyzzyq -staat", engine).relaxed


def test_relaxing_still_puts_an_exact_title_first(engine: ColumnarEngine) -> None:
    for typed in ("Open source in de praktijk", "Kiezen (en delen) is niet lastig"):
        titles = [n for n in nodes_of(plan(typed, engine).plan) if isinstance(n, Constant)]
        relaxed = plan(typed, engine).relaxed
        assert relaxed is not None
        assert {n for n in titles if n.score == EXACT_TITLE} <= set(nodes_of(relaxed))


@pytest.mark.parametrize(
    ("typed", "found"), [("AI-mod*", "aimodel"), ("gpt-4*", "gpt4o"), ("foto’s*", "foto's")]
)
def test_a_prefix_may_hold_what_dutch_writes_inside_a_word(
    typed: str, found: str, engine: ColumnarEngine
) -> None:
    assert Term("all.exact", found) in nodes_of(plan(typed, engine).plan)


def test_a_prefix_of_too_many_words_is_cut_and_that_is_told(engine: ColumnarEngine) -> None:
    planned = plan("wet veelwoord*", engine)
    expanded = [node.text for node in exact_nodes(planned) if node.text.startswith("veelwoord")]
    assert expanded == sorted(MANY_WORDS)[:MAX_EXPANSIONS]
    (problem,) = planned.problems
    assert str(MAX_EXPANSIONS) in problem.message
    assert (problem.start, problem.end) == (4, 14)


def test_a_star_behind_something_else_than_a_word_is_told(engine: ColumnarEngine) -> None:
    (problem,) = plan("en/of*", engine).problems
    assert "gewoon woord" in problem.message


@pytest.mark.parametrize("typed", ["taalm", "wet taalm", "taalm ", "titel:taalm", "AI-mod"])
def test_the_last_word_is_a_prefix_when_it_has_no_hit_of_its_own(typed: str, engine: ColumnarEngine) -> None:
    assert [use.kind for use in plan(typed, engine).uses][-1] == "prefix"


@pytest.mark.parametrize(
    "typed",
    ["taalmodel", "taalm wet", "taalm)", "ta", '"taalm"', "-taalm", "#taalm", "kladgeh", "qqq", "AI-model"],
)
def test_any_other_word_is_not_a_prefix(typed: str, engine: ColumnarEngine) -> None:
    planned = plan(typed, engine)
    assert all(use.kind == "word" for use in planned.uses)
    written = {form for token in analyze(typed) for form in (token.exact, *token.also.exact)}
    assert {node.text for node in exact_nodes(planned)} <= written


@pytest.mark.parametrize(
    "typed", ["", "wet", "-wet", "#recht", "wet #recht", '"open source"', "wet OF staat", "de wet"]
)
def test_one_demand_cannot_be_relaxed(typed: str, engine: ColumnarEngine) -> None:
    assert plan(typed, engine).relaxed is None


@pytest.mark.parametrize(
    ("typed", "narrowing"),
    [
        ("wet staat #recht -muziek", (Filter("tag", ("recht",)), Not(word("muziek")))),
        ("(wet staat #recht)", (Filter("tag", ("recht",)),)),
    ],
)
def test_relaxing_asks_for_any_word_and_keeps_what_narrows(
    typed: str, narrowing: tuple[Node, ...], engine: ColumnarEngine
) -> None:
    relaxed = plan(typed, engine).relaxed
    body = relaxed.nodes[0] if isinstance(relaxed, Any) else relaxed
    assert isinstance(body, All)
    assert body.nodes[1:] == narrowing
    any_of = without_title(body.nodes[0])
    assert isinstance(any_of, Any)
    assert any_of.nodes[:2] == (word("wet"), word("staat"))
    # What is added says which articles come first; it finds nothing that the words do not.
    assert all(isinstance(node, Constant) for node in any_of.nodes[2:])


def test_a_phrase_is_cut_at_ten_words_and_that_is_told(engine: ColumnarEngine) -> None:
    planned = plan('"' + " ".join(f"w{number}" for number in range(MAX_PHRASE + 2)) + '"', engine)
    assert {len(node.slots) for node in nodes_of(planned.plan) if isinstance(node, Phrase)} == {MAX_PHRASE}
    assert str(MAX_PHRASE) in planned.problems[0].message


@pytest.mark.parametrize(
    ("typed", "gap", "told"),
    [
        ('"open bron"', 0, False),
        ('"open bron"~3', 3, False),
        ('"open bron"~99', MAX_GAP, True),
        ('"open bron zoekt"~2', 0, True),
    ],
)
def test_words_between_are_for_two_words_and_bounded(
    typed: str, gap: int, told: bool, engine: ColumnarEngine
) -> None:
    planned = plan(typed, engine)
    assert {node.gap for node in nodes_of(planned.plan) if isinstance(node, Phrase)} == {gap}
    assert bool(planned.problems) == told


def test_what_is_excluded_is_not_marked_and_explains_nothing(engine: ColumnarEngine) -> None:
    planned = plan("wet -staat", engine)
    assert planned.marks.terms == terms_of("wet")
    assert [use.text for use in planned.uses] == ["wet"]


def test_a_description_asks_for_half_and_not_for_all(engine: ColumnarEngine) -> None:
    described, shorter = (
        plan("wet staat taal model privacy muziek", engine),
        plan("wet staat taal model", engine),
    )
    assert described.described
    assert not shorter.described
    for planned, expected in ((described, 0), (shorter, 1)):
        assert planned.several is not None
        nodes = list(nodes_of(planned.several))
        assert sum(isinstance(node, Constant) and node.score == ALL_WORDS for node in nodes) == expected
    assert described.several is not None
    assert max(node.least for node in nodes_of(described.several) if isinstance(node, Any)) == 3


@pytest.mark.parametrize(
    ("typed", "constituents"),
    [
        ("wet privacy staat", False),
        ("taalmodel privacy staat", True),
        ("AI-model wet", False),
        ("AI-taalmodel wet", True),
        ('"taalmodel" wet', True),
        ("wet -taalmodel staat", False),
    ],
)
def test_plans_without_parts_are_those_with_parts_left_out_unless_constituents_are_words(
    typed: str, constituents: bool, engine: ColumnarEngine
) -> None:
    planned = plan(typed, engine)
    whole = plan_query(parse(typed), engine, clock.now_ms(), parts=False)
    assert planned.constituents == constituents
    assert not whole.constituents
    assert without_parts(planned.plan) == whole.plan
    for own, other in ((planned.several, whole.several), (planned.relaxed, whole.relaxed)):
        assert constituents or (own and without_parts(own)) == other
