"""Compounds are split in their constituents, and what only looks like one is not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.dutch.compound_model import sum_of
from search.dutch.compounds import (
    LINKS,
    MIN_LENGTH,
    THRESHOLD,
    Split,
    candidates,
    constituents,
    features,
    listed_compounds,
    split,
)
from search.dutch.lemma import all_parts, parts_of, split_base
from search.dutch.lexicon import entry

LETTERS = st.text(alphabet="abdeghiklnorstuvwz'é", max_size=20)
MADE = st.lists(
    st.sampled_from("huis taal model gemeente raad verkiezing s en wet school water er e n".split()),
    max_size=6,
).map("".join)


@pytest.mark.parametrize(
    ("word", "first", "link", "last"),
    [
        ("taalmodel", "taal", "", "model"),
        ("woningmarkt", "woning", "", "markt"),
        ("basisschool", "basis", "", "school"),
        ("belastingaangifte", "belasting", "", "aangifte"),
        ("ministerraad", "minister", "", "raad"),
        ("treinstation", "trein", "", "station"),
        ("stationsplein", "station", "s", "plein"),
        ("verkeersbord", "verkeer", "s", "bord"),
        ("stadsbestuur", "stad", "s", "bestuur"),
        ("dorpsstraat", "dorp", "s", "straat"),
        ("universiteitsbibliotheek", "universiteit", "s", "bibliotheek"),
        ("gemeenteraadsverkiezing", "gemeenteraad", "s", "verkiezing"),
        ("driejarig", "drie", "", "jarig"),
        ("zestienjarig", "zestien", "", "jarig"),
        ("gemeenteraad", "gemeente", "", "raad"),
        ("ziekenhuis", "zieken", "", "huis"),
        ("gezondheidszorg", "gezondheid", "s", "zorg"),
        ("minderheidstaal", "minderheid", "s", "taal"),
        ("landstaal", "land", "s", "taal"),
    ],
)
def test_a_compound_is_split_at_its_main_seam(word: str, first: str, link: str, last: str) -> None:
    assert split(word) == Split(first, link, last)


@pytest.mark.parametrize(
    ("word", "parts"),
    [
        ("taalmodellen", ("taal", "model")),
        ("basisscholen", ("basis", "school")),
        ("verkeersborden", ("verkeer", "bord")),
        ("gemeenteraadsverkiezingen", ("gemeenteraad", "verkiezing")),
        ("zorgverzekeraars", ("zorg", "verzekeraar")),
        ("kinderboeken", ("kind", "boek")),
        ("bloemenwinkels", ("bloem", "winkel")),
        ("Woningmarkten", ("woning", "markt")),
        ("klimaatveranderingen", ("klimaat", "verandering")),
        ("fietsenstallingen", ("fiets", "stalling")),
        ("kippenhokken", ("kip", "hok")),
        ("hondenrassen", ("hond", "ras")),
        ("stadsparken", ("stad", "park")),
        ("zoekmachines", ("zoeken", "machine")),
        ("huisartsen", ("huis", "arts")),
        ("zonnepanelen", ("zon", "paneel")),
        ("scheepvaart", ("schip", "vaart")),
        ("scheepswerf", ("schip", "werf")),
        ("schiereilanden", ("schier", "eiland")),
        ("toetsenborden", ("toets", "bord")),
    ],
)
def test_both_constituents_are_found_as_lemmas(word: str, parts: tuple[str, str]) -> None:
    assert parts_of(word) == parts


@pytest.mark.parametrize(
    "word",
    """minister station president onderwijs winkelen bestuurder uitgave burgemeester computer koffie tafel water
    vrijheid democratie paprika organisatie rekening politiek natuur literatuur ambulance kabinet directeur
    informatie commissie algoritme besluit vergunning omgeving provincie bibliotheek vriendelijk verslaving
    waterschap vergadering belangrijk mogelijkheid internet amsterdam rotterdam bestuiver rentenier makerij
    schotland balkan manchester winchester steenbergen
    martelaarschap huisvesting beharing lettering loterij redenaar provincieloos twintigtal gelijkmaker""".split(),
)
def test_a_word_that_is_no_compound_is_never_split(word: str) -> None:
    assert split(word) is None
    assert parts_of(word) == ()
    assert parts_of(word.capitalize()) == ()


@pytest.mark.parametrize(
    "word", ["ministers", "stations", "presidenten", "bestuurders", "uitgaven", "winkelt"]
)
def test_nor_is_a_form_of_it(word: str) -> None:
    assert parts_of(word) == ()


@pytest.mark.parametrize("word", ["", "a", "huis", "qwertyuiop", "éé", "'s", "12345"])
def test_what_is_too_short_or_unknown_is_not_split(word: str) -> None:
    assert split(word) is None


def test_constituents_that_are_compounds_are_split_too() -> None:
    assert [text for text, _, _ in all_parts("huisartsenpost")] == ["huisarts", "post", "huis", "arts"]


def test_a_last_constituent_reaches_to_the_end_of_an_inflected_word() -> None:
    word = "taalmodellen"
    assert [word[start:end] for _, start, end in all_parts(word)] == ["taal", "modellen"]


def test_a_link_belongs_to_no_constituent() -> None:
    word = "verkeersborden"
    assert [word[start:end] for _, start, end in all_parts(word)] == ["verkeer", "borden"]


def test_endings_that_look_like_words_are_no_constituents() -> None:
    for word in ("biograaf", "aquarellist"):
        assert split(word) is None


def test_the_list_has_lemmas_with_a_link_that_dutch_has() -> None:
    for word, found in listed_compounds().items():
        assert split_base(word) == word
        assert split(word) == found
        if found is not None:
            assert found.first + found.link + found.last == word
            assert found.link in LINKS


def test_a_form_is_split_as_its_lemma() -> None:
    assert split("huisartsen") == Split("huis", "", "artsen")
    assert split("burgemeesters") is None


@given(LETTERS | MADE)
def test_a_split_is_one_that_the_model_likes_better_than_the_whole(word: str) -> None:
    found = split(word)
    known = entry(word)
    is_lemma = known is None or known.lemmas in ((), (word,))
    if found is not None and is_lemma and word not in listed_compounds() and not found.last.endswith("ig"):
        assert sum_of(features(found, word)) > THRESHOLD


@given(LETTERS | MADE)
def test_every_candidate_is_two_known_words_with_a_link(word: str) -> None:
    for found in candidates(word):
        assert found.first + found.link + found.last == word
        assert found.link in LINKS
        assert entry(found.first) is not None
        assert entry(found.last) is not None


@given(LETTERS | MADE)
def test_a_split_has_all_letters_of_the_word(word: str) -> None:
    found = split(word)
    if found is not None:
        assert len(word) >= MIN_LENGTH
        assert found.first + found.link + found.last == word
        assert found.link in LINKS


@given(LETTERS | MADE)
def test_constituents_stand_where_they_say(word: str) -> None:
    found = constituents(word)
    assert bool(found) == (split(word) is not None)
    for text, start, end in found:
        assert word[start:end] == text


@given(MADE)
def test_places_of_constituents_lie_in_the_written_word(word: str) -> None:
    for term, start, end in all_parts(word):
        assert term
        assert 0 <= start <= end <= len(word)
