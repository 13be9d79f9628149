"""The query language: what is typed becomes a tree, whatever it is, and what is odd is told with its place."""

from __future__ import annotations

import time
from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from whoosh import query

from search import clock
from search.characters import has_control
from search.engines.base import EngineRequest
from search.engines.columnar import ColumnarEngine
from search.query.parse import MAX_DEPTH, MAX_LENGTH, MAX_WORD, MAX_WORDS, parse
from search.query.planned import PlannedQuery
from search.query.planning import plan_query
from search.query.vocabulary import Vocabulary
from tests.small_site import build_site, open_engine

GRAMMAR = {
    "taalmodel privacy": "(all:taalmodel AND all:privacy)",
    "taalmodel EN privacy": "((all:taalmodel AND all:privacy))",
    "taalmodel AND privacy": "((all:taalmodel AND all:privacy))",
    '"open source"': '(all:"open source")',
    '"open source" wet': '(all:"open source" AND all:wet)',
    "“open source”": '(all:"open source")',
    "„open source”": '(all:"open source")',
    "«open source»": '(all:"open source")',
    "model -taal": "(all:model AND NOT all:taal)",
    "model NIET taal": "(all:model AND NOT all:taal)",
    "model NOT taal": "(all:model AND NOT all:taal)",
    "-taal": "(NOT all:taal)",
    '-"open source"': '(NOT all:"open source")',
    "-(a b)": "(NOT (all:a AND all:b))",
    "taal OF model": "((all:taal OR all:model))",
    "taal OR model": "((all:taal OR all:model))",
    "taal | model": "((all:taal OR all:model))",
    "taal of model": "(all:taal AND all:of AND all:model)",
    "(a b) OF c": "(((all:a AND all:b) OR all:c))",
    "(a OF b) c": "(((all:a OR all:b)) AND all:c)",
    "a OF b EN c": "((all:a OR (all:b AND all:c)))",
    "a b OF c d": "(all:a AND (all:b OR all:c) AND all:d)",
    "titel:zoek": "(title:zoek)",
    "Titel:zoek": "(title:zoek)",
    "title:zoek": "(title:zoek)",
    'titel:"open source"': '(title:"open source")',
    "titel:(a b)": "((title:a AND title:b))",
    "-titel:zoek": "(NOT title:zoek)",
    "samenvatting:licentie": "(summary:licentie)",
    "summary:licentie": "(summary:licentie)",
    "tag:ai": "(tag:ai)",
    "Tag:AI": "(tag:ai)",
    "#ai": "(tag:ai)",
    "#AI,": "(tag:ai)",
    "-#ai": "(NOT tag:ai)",
    '#"machine learning"': "(tag:machinelearning)",
    "tag:Machine-Learning": "(tag:machinelearning)",
    "#C++": "(tag:c++)",
    "#ai OF #recht": "((tag:ai OR tag:recht))",
    "woord*": "(all:woord*)",
    "(woord*)": "(all:woord*)",
    "titel:woord*": "(title:woord*)",
    "woord*, taal": "(all:woord* AND all:, AND all:taal)",
    "AI-model": "(all:AI-model)",
    "C++ C#": "(all:C++ AND all:C#)",
    "foto’s": "(all:foto’s)",
    "mijn#tag": "(all:mijn#tag)",
    "ondertitel:zoek": "(all:ondertitel:zoek)",
    "auteur:Mies": "(all:auteur:Mies)",
    "https://example.org/a?b=c": "(all:https://example.org/a?b=c)",
    "a^1e308": "(all:a^1e308)",
    "[gisteren TO banaan]": "(all:[gisteren AND all:TO AND all:banaan])",
    "taal~": "(all:taal~)",
    "OF": "(all:OF)",
    "NIET": "(all:NIET)",
}
"""Every form of the language, and what looks like one and is not."""

PERIODS = {
    "datum:2024": (date(2024, 1, 1), date(2024, 12, 31)),
    "Datum:2024": (date(2024, 1, 1), date(2024, 12, 31)),
    "date:2024": (date(2024, 1, 1), date(2024, 12, 31)),
    "datum:2024.": (date(2024, 1, 1), date(2024, 12, 31)),
    "datum:2024-02": (date(2024, 2, 1), date(2024, 2, 29)),
    "datum:2024-3": (date(2024, 3, 1), date(2024, 3, 31)),
    "datum:2024-03-05": (date(2024, 3, 5), date(2024, 3, 5)),
    "datum:2024-03..2024-05": (date(2024, 3, 1), date(2024, 5, 31)),
    "datum:2023..2024-05-06": (date(2023, 1, 1), date(2024, 5, 6)),
    "datum:..2024": (date.min, date(2024, 12, 31)),
    "datum:2024..": (date(2024, 1, 1), date.max),
}
"""Periods as typed, with their first and last day."""

FORGIVEN = {
    '"open source': ("(all:open AND all:source)", "aanhalingsteken", 0, 1),
    'a "b" c"': ('(all:a AND all:"b" AND all:c)', "aanhalingsteken", 7, 8),
    "(a b": ("(all:a AND all:b)", "haakje sluiten", 0, 1),
    "a b)": ("(all:a AND all:b)", "haakje openen", 3, 4),
    "a OF OF b": ("((all:a OR all:b))", "verbindt hier niets", 2, 4),
    "a EN OF b": ("((all:a OR all:b))", "verbindt hier niets", 2, 4),
    "NIET NIET a": ("(NOT all:a)", "verbindt hier niets", 0, 4),
    "wo*": ("(all:wo)", "3 letters", 0, 3),
    "*woord": ("(all:*woord)", "eind van een woord", 0, 1),
    "a wo*rd": ("(all:a AND all:wo*rd)", "eind van een woord", 4, 5),
    '"open sour*"': ('(all:"open sour*")', "eind van een woord", 10, 11),
    "datum:gisteren": ("(all:datum:gisteren)", "datum is niet begrepen", 0, 14),
    "x datum:2024-13": ("(all:x AND all:datum:2024-13)", "datum is niet begrepen", 2, 15),
    "datum:": ("(all:datum:)", "datum is niet begrepen", 0, 6),
    "datum:2024-05..2024-03": ("(day:[738946 TO 739037])", "omgewisseld", 0, 22),
}
"""What is typed wrong, how it is read all the same, and what is said about which place."""

NASTY = (
    "",
    " ",
    "\x00",
    "\ud800",
    "taal\ud800model \udfff",
    "\u202eledomlaat\u202c \u200b\u200d\ufeff",
    "(" * 2000,
    ")" * 2000,
    "()" * 1000,
    '"' * 2001,
    "NOT " * 200,
    "NIET " * 60 + "a",
    "-" * 3000,
    "a OF " * 300,
    "a^1e308 b^-inf",
    "[gisteren TO banaan]",
    "{a TO b} [TO] [2024 TO",
    'r"([a-z]+)+$"',
    "/.*.*.*/",
    "* *a a* ***",
    "a" * 100_000,
    "é" * 100_000,
    "\u0301" * 100_000,
    "a\u0301" * 50_000,
    "'" * 100_000,
    "a-" * 50_000,
    "x*" * 2000,
    "titel:" * 100,
    "tag:" * 100,
    "#" * 200,
    "datum:" * 100,
    "datum:..",
    "datum:0000 datum:9999-12-31..",
    "datum:99999999999",
    '"a b"~99999999999999999999',
    '"a b"~',
    'tag:"',
    "\\\\\\",
    "& && | || ! ~ ^ : , ;",
    "(a OF (b EN (c NIET (d OF (e f)))))",
    "ĳ" * 300,
    "\n\t\r\u2028a\u2029",
)
"""What breaks parsers."""

PIECES = st.sampled_from(
    '( ) " “ ” * - -- | EN OF NIET AND OR NOT titel: Titel: samenvatting: tag: # datum: datum:2024 .. ~ ~3 ^ [ ] '
    "TO taalmodel taalm AI-model C++ de open source foto’s a \x00 \ud800 \u202e \u0301 é 2024-03 , . ? !".split()
)


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> ColumnarEngine:
    return open_engine(build_site(tmp_path_factory.mktemp("taal")))


@pytest.mark.parametrize(("typed", "tree"), GRAMMAR.items())
def test_the_language_is_read_as_documented(typed: str, tree: str) -> None:
    parsed = parse(typed)
    assert str(parsed.tree) == tree
    assert parsed.problems == ()


@pytest.mark.parametrize(("typed", "period"), PERIODS.items())
def test_a_period_runs_from_its_first_day_to_its_last(typed: str, period: tuple[date, date]) -> None:
    parsed = parse(typed)
    (leaf,) = parsed.tree.leaves()
    assert isinstance(leaf, query.NumericRange)
    assert (date.fromordinal(leaf.start), date.fromordinal(leaf.end)) == period
    assert parsed.problems == ()


@pytest.mark.parametrize(("typed", "words_between"), [('"a b"', 0), ('"a b"~0', 0), ('"a b"~3', 3)])
def test_a_phrase_tells_how_many_words_may_stand_between(typed: str, words_between: int) -> None:
    (phrase,) = parse(typed).tree.leaves()
    assert phrase.slop - 1 == words_between


@pytest.mark.parametrize(("typed", "expected"), FORGIVEN.items())
def test_what_is_typed_wrong_is_forgiven_and_told(typed: str, expected: tuple[str, str, int, int]) -> None:
    tree, message, start, end = expected
    parsed = parse(typed)
    assert str(parsed.tree) == tree
    (problem,) = parsed.problems
    assert message in problem.message
    assert (problem.start, problem.end) == (start, end)


@pytest.mark.parametrize(
    ("typed", "message", "start"),
    [
        ("taal " * 10 + "x" * MAX_LENGTH, f"eerste {MAX_LENGTH} tekens", MAX_LENGTH),
        ("w " * (MAX_WORDS + 1), f"eerste {MAX_WORDS} woorden", 2 * MAX_WORDS),
        ("x" * (MAX_WORD + 1), f"{MAX_WORD} tekens", MAX_WORD),
        ("(" * (MAX_DEPTH + 1) + "a" + ")" * (MAX_DEPTH + 1), f"{MAX_DEPTH} diep", MAX_DEPTH),
    ],
)
def test_every_limit_is_told_with_its_place(typed: str, message: str, start: int) -> None:
    found = {problem.start: problem.message for problem in parse(typed).problems}
    assert message in found[start]


def test_what_fits_the_limits_is_not_complained_of() -> None:
    assert parse(" ".join(["w" * 14] * MAX_WORDS)).problems == ()
    assert parse("x" * MAX_WORD).problems == ()
    assert parse("(" * MAX_DEPTH + "a" + ")" * MAX_DEPTH).problems == ()
    assert parse("a OF b OF " * 5 + "c").problems == ()


def test_characters_that_no_reader_sees_do_not_split_a_word() -> None:
    for hidden in ("\x00", "\u00ad", "\u200b", "\u202e", "\ufeff", "\ud800"):
        assert plan(f"taal{hidden}model").reading == "taalmodel"


def plan(typed: str, vocabulary: Vocabulary | None = None) -> PlannedQuery:
    return plan_query(parse(typed), vocabulary or NoWords(), clock.now_ms())


class NoWords:
    """The vocabulary of an empty index."""

    def public_frequency(self, field: str, term: str, now: int) -> int:
        return 0

    def expand_prefix(
        self, field: str, prefix: str, now: int, most: int | None = None
    ) -> list[tuple[str, int]]:
        return []


def check_anything(typed: str, engine: ColumnarEngine) -> None:
    """What holds for whatever is typed: an answer within a second, and places that exist."""
    started = time.process_time()
    planned = plan(typed, engine)
    for node in (planned.plan, planned.relaxed or planned.plan):
        engine.search(EngineRequest(plan=node, now=clock.now_ms()))
    assert time.process_time() - started < 1
    for problem in planned.problems:
        assert 0 <= problem.start < problem.end <= len(typed)
        assert problem.message.endswith(".")
    assert not has_control(planned.reading)


@pytest.mark.parametrize("typed", NASTY, ids=[ascii(typed[:20]) for typed in NASTY])
def test_what_breaks_parsers_is_answered_at_once(typed: str, engine: ColumnarEngine) -> None:
    check_anything(typed, engine)


@given(typed=st.text(alphabet=st.characters(), max_size=400))
def test_any_text_is_answered(typed: str, engine: ColumnarEngine) -> None:
    check_anything(typed, engine)


@given(pieces=st.lists(PIECES, max_size=30), glue=st.sampled_from(["", " "]))
@example(pieces=["NOT", "(", ")"], glue=" ")
@example(pieces=["titel:", "EN"], glue="")
def test_any_mixture_of_signs_and_operators_is_answered(
    pieces: list[str], glue: str, engine: ColumnarEngine
) -> None:
    check_anything(glue.join(pieces), engine)


@given(st.lists(PIECES, max_size=30), st.sampled_from(["", " "]))
def test_the_order_of_problems_is_that_of_the_text(pieces: list[str], glue: str) -> None:
    places = [problem.start for problem in parse(glue.join(pieces)).problems]
    assert places == sorted(places)
