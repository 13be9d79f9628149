"""Did you mean: every class of mistake, what is never suggested, and what the numbers of a candidate are."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import DamerauLevenshtein

from search.dutch.spelling import Candidate, Speller, much_better
from search.dutch.spelling_costs import WEIGHTS, cost, mistakes, respellings
from search.dutch.spelling_lookup import Vocabulary

MISTAKES = {
    "d, t and dt at the end": "gebeurd~gebeurt aangepasd~aangepast gemailt~gemaild wordtt~wordt gezegdt~gezegd",
    "d and t before e": "verhuiste~verhuisde bereikde~bereikte verhuisten~verhuisden",
    "ei, ij and y": "geit~gijt tyd~tijd leider~lijder mijnen~meinen cylinder~cilinder",
    "au and ou": "vertrauwen~vertrouwen gouw~gauw blouw~blauw",
    "c and k": "lokatie~locatie produkt~product accoord~akkoord kontakt~contact",
    "s, c and z": "proces~prozes reusachtig~reuzachtig sentraal~centraal glansend~glanzend",
    "f and v": "agoravobie~agorafobie fersie~versie",
    "g and ch": "juigen~juichen lagen~lachen vernaggelt~vernachelt",
    "double and single letters": "modelen~modellen helemal~helemaal aplicatie~applicatie grafitti~graffiti",
    "ie and i": "pieano~piano activitijten~activiteiten specifik~specifiek",
    "linking n and s": "pannekoek~pannenkoek kwaliteitcontrole~kwaliteitscontrole ziektenkosten~ziektekosten",
    "signs": "aids-virus~aidsvirus excollega~ex-collega fotos~foto's bureau's~bureaus",
    "accents and capitals": "Ideën~ideeen Reünies~reunie Geüpdate~geupdatet",
    "neighbours on the keyboard": "algoritne~algoritme zoekmschine~zoekmachine",
    "swapped letters": "algortime~algoritme netwrek~netwerk",
    "silent h": "labyrinth~labyrint afganen~afghanen retorisch~rhetorisch",
    "foreign letters": "seks~sex kwestie~questie",
    "French and English sounds": "cado~cadeau kado~cadeau burokratie~bureaucratie politieburo~politiebureau",
    "phonetic é": "attachees~attaches enquette~enquete",
    "diminutives": "bakskes~bakjes knoppie~knopje stukkies~stukjes",
    "a letter more or less": "afhankeijk~afhankelijk ongever~ongeveer waadoor~waardoor",
    "three edits in a long word": "verantwoordelekheit~verantwoordelijkheid waarschiklijn~waarschijnlijk",
}
OTHERS = (
    "gemeente privacy gegevens toegang zoeken artikel rechter beleid water landbouw school onderwijs gezondheid "
    "sport cultuur bibliotheek computer programma taal woord spelling fout verbetering vraag antwoord"
).split()
PAIRS = [(kind, *pair.split("~")) for kind, pairs in MISTAKES.items() for pair in pairs.split()]
VOCABULARY = sorted({meant for _, _, meant in PAIRS} | set(OTHERS))

words = st.text(alphabet="abcdeijknostuyxh'-", min_size=1, max_size=14)
vocabularies = st.dictionaries(words, st.integers(1, 10_000), max_size=40)


def speller(*known: str) -> Speller:
    return Speller(known, [1] * len(known))


def texts(candidates: list[Candidate]) -> list[str]:
    return [candidate.text for candidate in candidates]


@pytest.mark.parametrize(("kind", "typed", "meant"), PAIRS)
def test_a_typical_mistake_leads_to_what_was_meant(kind: str, typed: str, meant: str) -> None:
    assert texts(speller(*VOCABULARY).candidates(typed))[:1] == [meant], kind


@pytest.mark.parametrize(
    ("typed", "typical", "other"),
    [
        ("gemailt", "gemaild", "gemaald"),
        ("aangelegdt", "aangelegd", "aangelegde"),
        ("modelen", "modellen", "modemen"),
        ("pannekoek", "pannenkoek", "pannekoel"),
        ("lokatie", "locatie", "rotatie"),
        ("algortime", "algoritme", "algorisme"),
        ("koffje", "koffie", "koffer"),
        ("tekot", "tekst", "teken"),
        ("bakker", "makker", "bakkertje"),
    ],
)
def test_a_typical_mistake_comes_before_another_of_as_many_edits(
    typed: str, typical: str, other: str
) -> None:
    assert texts(speller(other, typical).candidates(typed))[0] == typical


def test_a_mistake_in_the_first_letter_is_rarer_than_elsewhere() -> None:
    assert cost("bast", "kast") > cost("kabt", "kast")
    assert "first letter" in mistakes("bast", "kast")[1]


def test_of_two_words_as_close_the_commoner_comes_first() -> None:
    assert texts(Speller(["kast", "kist"], [1, 900]).candidates("kest")) == ["kist", "kast"]
    assert texts(Speller(["kast", "kist"], [900, 1]).candidates("kest")) == ["kast", "kist"]


def test_a_typical_mistake_outweighs_that_another_word_is_commoner() -> None:
    assert texts(Speller(["gebeurd", "gebeuren"], [1, 500]).candidates("gebeurdt"))[0] == "gebeurd"


def test_a_missing_blank_gives_two_words() -> None:
    found = Speller(["kunstmatige", "intelligentie"], [9, 20]).candidates("kunstmatigeintelligentie")
    assert texts(found) == ["kunstmatige intelligentie"]
    assert found[0].distance == 1


def test_two_words_for_one_must_be_frequent_and_long_enough() -> None:
    assert not Speller(["kunstmatige", "intelligentie"], [1, 20]).candidates("kunstmatigeintelligentie")
    assert not Speller(["van", "wege"], [900, 900]).candidates("vanwege")


def test_a_spelling_mistake_comes_before_two_words_for_one() -> None:
    found = Speller(["woord", "voeder", "woordvoerder"], [9] * 3).candidates("woordvoeder")
    assert texts(found) == ["woordvoerder", "woord voeder"]


@pytest.mark.parametrize(
    ("first", "second", "one"),
    [
        ("taal", "model", "taalmodel"),
        ("kwaliteits", "controle", "kwaliteitscontrole"),
        ("kwaliteit", "controle", "kwaliteitscontrole"),
        ("student", "huis", "studentenhuis"),
        ("paard", "bloem", "paardebloem"),
        ("zonne", "bloem", "zonnenbloem"),
        ("ex", "collega", "ex-collega"),
        ("scenario", "s", "scenario's"),
        ("Taal", "Model", "taalmodel"),
    ],
)
def test_two_words_may_be_one(first: str, second: str, one: str) -> None:
    known = speller(
        "taalmodel",
        "kwaliteitscontrole",
        "studentenhuis",
        "paardebloem",
        "zonnenbloem",
        "ex-collega",
        "scenario's",
    )
    found = known.joined(first, second)
    assert found is not None
    assert found.text == one
    assert found.distance == DamerauLevenshtein.distance(f"{first} {second}".lower(), one)


def test_words_written_as_they_are_come_before_words_with_a_link() -> None:
    found = Speller(["werkplaats", "werksplaats"], [1, 9]).joined("werk", "plaats")
    assert found is not None
    assert found.text == "werkplaats"


def test_two_words_that_are_not_one_are_left_alone() -> None:
    assert speller("taalmodel").joined("taal", "school") is None
    assert speller("taal", "s").joined("", "taal") is None


@pytest.mark.parametrize("typed", ["", "a", "te", "2024", "1.000", "--", "^$", "x" * 500])
def test_nothing_is_suggested_for_what_is_no_word_to_correct(typed: str) -> None:
    assert speller("b", "de", "ten", "2023", "1.001", "x" * 64).candidates(typed) == []


def test_digits_are_never_corrected() -> None:
    assert texts(speller("windows10", "windows11", "windows").candidates("window11")) == ["windows11"]


def test_what_has_little_in_common_is_not_suggested() -> None:
    assert speller("kast", "moer").candidates("wolk") == []


def test_an_empty_vocabulary_suggests_nothing() -> None:
    empty = Speller([], [])
    assert empty.candidates("gemeente") == []
    assert empty.joined("taal", "model") is None
    assert empty.count("gemeente") == 0


def test_the_count_of_several_words_is_that_of_the_rarest() -> None:
    known = Speller(["kunstmatige", "intelligentie"], [9, 20])
    assert known.count("intelligentie") == 20
    assert known.count("kunstmatige intelligentie") == 9
    assert known.count("kunstmatige dom") == 0


@given(vocabularies, st.one_of(words, st.text(max_size=20)), st.integers(0, 6))
def test_candidates_keep_their_promises(counts: dict[str, int], typed: str, limit: int) -> None:
    found = Speller(list(counts), list(counts.values())).candidates(typed, limit)
    scores = [candidate.score for candidate in found]
    assert len(found) <= limit
    assert len(set(texts(found))) == len(found)
    assert scores == sorted(scores, reverse=True)
    for candidate in found:
        assert candidate.text not in (typed, typed.lower())
        assert set(candidate.text.split(" ")) <= set(counts)


@given(vocabularies, words)
def test_the_distance_is_the_plain_one(counts: dict[str, int], typed: str) -> None:
    for candidate in Speller(list(counts), list(counts.values())).candidates(typed):
        assert candidate.distance == DamerauLevenshtein.distance(typed, candidate.text)
        assert candidate.cost >= 0


@given(vocabularies, words, st.integers(0, 3))
def test_the_lookup_finds_exactly_what_comparing_everything_finds(
    counts: dict[str, int], typed: str, distance: int
) -> None:
    near = Vocabulary(list(counts), list(counts.values())).near(typed, distance)
    assert {(one.text, one.count, one.distance) for one in near} == {
        (word, count, edits)
        for word, count in counts.items()
        if 0 < (edits := DamerauLevenshtein.distance(typed, word)) <= distance
    }


@given(words, words)
def test_a_mistake_costs_the_weights_of_its_steps(typed: str, meant: str) -> None:
    total, kinds = mistakes(typed, meant)
    assert total == pytest.approx(sum(WEIGHTS[kind] for kind in kinds))
    assert (total == 0) == (typed == meant)
    assert cost(typed, meant, total + 0.01) == pytest.approx(total)
    if typed != meant:
        assert cost(typed, meant, total - 0.01) == float("inf")


def test_spellings_that_sound_the_same_come_the_cheapest_first() -> None:
    found = respellings("kado", 60)
    assert found[0] == "kado"
    assert {"cado", "kadeau", "cadeau"} <= set(found)
    assert len(respellings("kakokakokako", 60)) == 60


@pytest.mark.parametrize(
    ("typed_count", "text", "mistake", "count", "offered"),
    [
        (0, "gebruikt", 0.2, 1, True),
        (1, "gebruikt", 0.2, 40, True),
        (1, "gebruikt", 0.2, 3, False),
        (30, "gebruikt", 0.2, 40, False),
        (1, "gebruikt", 1.1, 400, False),
        (1, "gebruikt", 1.1, 4000, True),
        (1, "niet", 0.2, 4000, False),
        (1, "deel staat", 0.2, 4000, False),
    ],
)
def test_a_word_with_hits_is_doubted_only_for_one_far_more_common(
    typed_count: int, text: str, mistake: float, count: int, offered: bool
) -> None:
    assert much_better(typed_count, Candidate(text, 1, mistake, -mistake), count) == offered
