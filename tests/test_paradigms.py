"""The regular paradigms: stems and forms of verbs, plurals of nouns."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.dutch.paradigms import (
    plurals,
    present_participles,
    strong_forms,
    verb_stems,
    weak_forms,
    with_trema,
)

INFINITIVES = st.from_regex(
    r"[bdfgklmnprstvwz]{1,2}[aeiou]{1,2}(?!vv|zz)[bdfgklmnprstvz]{1,2}en", fullmatch=True
)


@pytest.mark.parametrize(
    ("infinitive", "stem"),
    [
        ("werken", "werk"),
        ("lopen", "loop"),
        ("praten", "praat"),
        ("schrijven", "schrijf"),
        ("leven", "leef"),
        ("reizen", "reis"),
        ("bakken", "bak"),
        ("zwemmen", "zwem"),
        ("bezoeken", "bezoek"),
        ("antwoorden", "antwoord"),
    ],
)
def test_the_stem_is_spelled_as_the_end_of_a_word(infinitive: str, stem: str) -> None:
    assert verb_stems(infinitive) == (stem,)


@pytest.mark.parametrize(
    ("infinitive", "stem"),
    [("motiveren", "motiveer"), ("verbeteren", "verbeter"), ("wandelen", "wandel"), ("regelen", "regel")],
)
def test_where_spelling_does_not_tell_the_stress_the_stem_is_among_two(infinitive: str, stem: str) -> None:
    assert stem in verb_stems(infinitive)
    assert len(verb_stems(infinitive)) == 2


def test_an_ending_alone_has_no_stem() -> None:
    assert verb_stems("en") == ()


@pytest.mark.parametrize(
    ("infinitive", "forms"),
    [
        ("werken", "werk werkt werkte werkten gewerkt gewerkte gewerkten werkend werkende"),
        ("leven", "leef leeft leefde leefden geleefd levend"),
        ("reizen", "reis reist reisde reisden gereisd reizend"),
        ("antwoorden", "antwoord antwoordt antwoordde antwoordden geantwoord"),
        ("praten", "praat praatte praatten gepraat pratend"),
        ("verbeteren", "verbeter verbetert verbeterde verbeterd verbeterend"),
        ("gebeuren", "gebeurt gebeurde gebeurd"),
        ("wandelen", "wandel wandelt wandelde gewandeld"),
    ],
)
def test_a_weak_verb_has_its_forms(infinitive: str, forms: str) -> None:
    assert set(forms.split()) <= set(weak_forms(infinitive))


@pytest.mark.parametrize(
    ("infinitive", "form"),
    [
        ("werken", "werkde"),
        ("leven", "leefte"),
        ("reizen", "reiste"),
        ("praten", "praatt"),
        ("praten", "gepraatt"),
    ],
)
def test_a_weak_verb_has_no_form_against_the_rule_of_t_kofschip(infinitive: str, form: str) -> None:
    assert form not in set(weak_forms(infinitive))


def test_a_strong_verb_has_its_principal_parts_and_a_regular_present() -> None:
    forms = set(strong_forms("lopen", ("liep", "liepen", "gelopen")))
    assert forms >= {"loop", "loopt", "liep", "liepen", "gelopen", "gelopene", "lopend", "lopende"}
    assert not forms & {"loopte", "geloopt"}


def test_a_participle_in_t_is_inflected_as_an_adjective() -> None:
    forms = set(strong_forms("brengen", ("bracht", "brachten", "gebracht")))
    assert forms >= {"gebracht", "gebrachte", "gebrachten"}


def test_a_prefix_that_cannot_part_takes_the_place_of_ge() -> None:
    forms = set(strong_forms("geven", ("gaf", "gaven", "gegeven"), "ver"))
    assert forms >= {"vergaf", "vergaven", "vergeven", "vergeeft", "vergevend"}
    assert not any("ge" + "geven" in form for form in forms)


@given(INFINITIVES)
def test_every_form_of_a_verb_is_a_word_and_every_stem_ends_voiceless(infinitive: str) -> None:
    assert all(form.isalpha() for form in weak_forms(infinitive))
    for stem in verb_stems(infinitive):
        assert stem[-1] not in "vz"
        assert stem in set(weak_forms(infinitive))


def test_present_participles_come_with_their_inflections() -> None:
    assert present_participles("lopen") == ("lopend", "lopende", "lopenden")


@pytest.mark.parametrize(
    ("form", "written"),
    [
        ("geupdatet", "geüpdatet"),
        ("geint", "geïnt"),
        ("geent", "geënt"),
        ("gewerkt", "gewerkt"),
        ("geacht", "geacht"),
    ],
)
def test_a_vowel_after_ge_gets_a_trema(form: str, written: str) -> None:
    assert with_trema(form) == written


@pytest.mark.parametrize(
    ("noun", "plural"),
    [
        ("deugd", "deugden"),
        ("bus", "bussen"),
        ("man", "mannen"),
        ("vis", "vissen"),
        ("boom", "bomen"),
        ("maan", "manen"),
        ("leraar", "leraren"),
        ("brief", "brieven"),
        ("huis", "huizen"),
        ("prijs", "prijzen"),
        ("foto", "foto's"),
        ("baby", "baby's"),
        ("gemeente", "gemeenten"),
        ("gemeente", "gemeentes"),
        ("tafel", "tafels"),
        ("bakker", "bakkers"),
        ("monnik", "monniken"),
    ],
)
def test_a_noun_has_its_plural_by_rule(noun: str, plural: str) -> None:
    assert plural in set(plurals(noun))


def test_a_short_vowel_stays_short_and_a_long_one_long() -> None:
    assert "manen" not in set(plurals("man"))
    assert "mannen" not in set(plurals("maan"))
    assert "bomen" not in set(plurals("bom"))
