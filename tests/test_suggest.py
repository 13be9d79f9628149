"""Did you mean: which words are corrected, which are left alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search import clock
from search.dutch.spelling import Speller
from search.engines.columnar import ColumnarEngine
from search.query.parse import parse
from search.suggest import MAX_CORRECTED, RARE, Correction, correction, speller_of
from tests.small_site import build_site, markdown, open_engine

PUBLIC = "gebruikt algoritme toezicht privacy bibliotheek gegevensbescherming verkiezingen kwaliteitscontrole"
ARTICLES = {
    **{f"veel-{number}.md": markdown(f"Nummer {number}", f"{PUBLIC}.") for number in range(40)},
    "zeldzaam.md": markdown("Zeldzaam", "De privacie wordt gebruikd."),
    "klad.md": markdown("Klad", "Een algoritmeregisters en kwantumcomputer.", draft="true"),
    "later.md": markdown("Later", "Het raadsreferendum.", date="2999-01-01"),
    "kort.md": markdown(
        "Kort", "Tien per jaar, de chatbot, een auto en ’s avonds, of s’avonds. Een fiets. Age."
    ),
}


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> ColumnarEngine:
    return open_engine(build_site(tmp_path_factory.mktemp("bedoelde"), ARTICLES))


@pytest.fixture(scope="module")
def speller(engine: ColumnarEngine) -> Speller:
    return speller_of(engine, clock.now_ms())


def corrected(typed: str, engine: ColumnarEngine, speller: Speller) -> Correction | None:
    return correction(parse(typed), engine, lambda: speller, clock.now_ms())


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("algortime", "algoritme"),
        ("algoritme toezicgt", "algoritme toezicht"),
        ("Biblioteek", "bibliotheek"),
        ("algortime OF biblioteek", "algoritme OF bibliotheek"),
        ("(algortime) -wet #ai", "(algoritme) -wet #ai"),
        ("  algortime  ", "  algoritme  "),
        ("gegevens bescherming", "gegevensbescherming"),
        ("kwaliteit controle", "kwaliteitscontrole"),
    ],
)
def test_a_word_that_no_article_has_is_corrected_in_its_place(
    typed: str, meant: str, engine: ColumnarEngine, speller: Speller
) -> None:
    found = corrected(typed, engine, speller)
    assert found is not None
    assert found.text == meant


def test_several_words_are_corrected_at_once(engine: ColumnarEngine, speller: Speller) -> None:
    found = corrected("biblioteek en algortime", engine, speller)
    assert found is not None
    assert found.text == "bibliotheek en algoritme"


def test_a_rare_word_is_corrected_when_another_is_far_more_common(
    engine: ColumnarEngine, speller: Speller
) -> None:
    assert corrected("gebruikd", engine, speller) == Correction("gebruikt", certain=False, close=True)


def test_a_rare_word_is_left_alone_when_the_mistake_is_unlikely(
    engine: ColumnarEngine, speller: Speller
) -> None:
    assert corrected("privacie", engine, speller) is None


@pytest.mark.parametrize("typed", ["algoritme", "algoritme toezicht", "fiets", "fietsen", "kat", "de", "het"])
def test_a_word_of_an_article_or_of_the_dictionary_is_left_alone(
    typed: str, engine: ColumnarEngine, speller: Speller
) -> None:
    assert corrected(typed, engine, speller) is None


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "#algortime",
        '"algortime"',
        "titel:algortime",
        "algor*",
        "algortime-2",
        "algortime2",
        "12345",
        "???",
        "xqzvkwj",
    ],
)
def test_what_is_no_plain_word_is_left_alone(typed: str, engine: ColumnarEngine, speller: Speller) -> None:
    assert corrected(typed, engine, speller) is None


@pytest.mark.parametrize(
    "typed", ["algoritmeregister", "kwantumcomputr", "kwantumcomputer", "raadsreferendm", "raadsreferendum"]
)
def test_no_word_of_an_article_that_is_not_public_is_suggested(
    typed: str, engine: ColumnarEngine, speller: Speller
) -> None:
    found = corrected(typed, engine, speller)
    hidden = ("algoritmeregisters", "kwantumcomputer", "raadsreferendum")
    assert found is None or not any(word in found.text for word in hidden)
    assert all(not speller.count(word) for word in hidden)


@pytest.mark.parametrize("typed", ["zzper", "savonds", "autos", "agen"])
def test_nothing_is_offered_that_is_another_word_or_brings_nothing(
    typed: str, engine: ColumnarEngine, speller: Speller
) -> None:
    found = corrected(typed, engine, speller)
    assert found is None or found.text not in ("per", "s'avonds", "auto", "age")


@pytest.mark.parametrize(
    ("typed", "close"),
    [("chatgpt", False), ("algortime", True), ("Biblioteek", True), ("gegevens bescherming", True)],
)
def test_only_what_is_nearly_the_same_is_close(
    typed: str, close: bool, engine: ColumnarEngine, speller: Speller
) -> None:
    found = corrected(typed, engine, speller)
    assert found is not None
    assert found.close == close


def test_with_too_many_words_wrong_nothing_is_suggested(engine: ColumnarEngine, speller: Speller) -> None:
    wrong = "algortime biblioteek verkizingen toezicgt gegevensbescherminng"
    assert len(wrong.split()) == MAX_CORRECTED + 1
    assert corrected(wrong, engine, speller) is None
    assert corrected(" ".join(wrong.split()[:MAX_CORRECTED]), engine, speller) is not None


def test_the_speller_is_made_only_for_a_word_that_looks_wrong(engine: ColumnarEngine) -> None:
    def never() -> Speller:
        raise AssertionError("not needed")

    assert RARE < 40
    assert correction(parse("algoritme toezicht -wet #ai fiets"), engine, never, clock.now_ms()) is None


@given(st.text(max_size=40))
def test_any_text_is_corrected_or_left_alone(engine: ColumnarEngine, speller: Speller, typed: str) -> None:
    found = corrected(typed, engine, speller)
    assert found is None or found.text != typed
