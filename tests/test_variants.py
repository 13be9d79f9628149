"""Old and variant spellings become the one of today; what is spelled well stays as it is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.dutch.variants import modern_spelling


@pytest.mark.parametrize(
    ("old", "modern"),
    [
        ("produkt", "product"),
        ("aktie", "actie"),
        ("akties", "acties"),
        ("kado", "cadeau"),
        ("kontrole", "controle"),
        ("direkteur", "directeur"),
        ("kopie", "kopie"),
        ("copie", "kopie"),
    ],
)
def test_a_listed_variant_becomes_the_spelling_of_today(old: str, modern: str) -> None:
    assert modern_spelling(old) == modern


@pytest.mark.parametrize(
    ("old", "modern"),
    [
        ("kultuur", "cultuur"),
        ("lokatie", "locatie"),
        ("lokaties", "locaties"),
        ("sekretaris", "secretaris"),
        ("publikatie", "publicatie"),
        ("insekt", "insect"),
    ],
)
def test_k_becomes_c_where_that_makes_a_word_of_today(old: str, modern: str) -> None:
    assert modern_spelling(old) == modern


@pytest.mark.parametrize(
    ("old", "modern"),
    [
        ("pannekoek", "pannenkoek"),
        ("pannekoeken", "pannenkoeken"),
        ("paddestoel", "paddenstoel"),
        ("ruggegraat", "ruggengraat"),
    ],
)
def test_an_n_comes_between_constituents(old: str, modern: str) -> None:
    assert modern_spelling(old) == modern


@pytest.mark.parametrize(
    "word",
    """boek keuken koken werken kerken kat kritiek muziek fabriek republiek elektriciteit dokter oktober tekst
    zieken vakantie blokken koekoek zonneschijn qwertyk kopieën""".split(),
)
def test_a_word_that_is_spelled_well_or_unknown_stays(word: str) -> None:
    assert modern_spelling(word) == word


@given(st.text(alphabet="aceijknoprstuë'", max_size=15))
def test_a_modern_spelling_is_its_own_modern_spelling(word: str) -> None:
    modern = modern_spelling(word)
    assert bool(modern) == bool(word)
    assert modern_spelling(modern) == modern
