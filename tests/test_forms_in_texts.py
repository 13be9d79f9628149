"""Forms of the index in a text: whole words only, with the hyphens and accents that they have there."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.forms_in_texts import occurrences, read_text, stand_apart

TEXTS = st.text(alphabet="abe-'’‑. é\u0301&_1\n", max_size=20)
FORMS = st.from_regex(r"[abe][abe']{0,3}", fullmatch=True)
_MARK = "[\u0300-\u036f]"


def written(text: str, form: str) -> list[str]:
    read = read_text(text)
    return [read.cased[start:end] for start, end in occurrences(read, form)]


@pytest.mark.parametrize(
    ("text", "form", "found"),
    [
        ("Een zee-eend, zeeeend of zee‑eend.", "zeeeend", ["zee-eend", "zeeeend", "zee‑eend"]),
        ("De café's en CAFÉS", "cafes", ["CAFE\u0301S"]),
        ("Next.js en next", "next", ["next"]),
        ("'s-avonds en s", "s", ["s"]),
        ("één geïmporteerd model", "gei", []),
        ("la modélisation", "mode", []),
        ("zee--eend", "zeeeend", []),
        ("foto’s", "foto's", ["foto’s"]),
        ("foto's", "foto", []),
        ("", "a", []),
    ],
)
def test_a_form_is_found_as_it_is_written(text: str, form: str, found: list[str]) -> None:
    assert written(text, form) == found


@given(TEXTS, FORMS)
def test_every_whole_word_is_found_and_nothing_else(text: str, form: str) -> None:
    """Held against the regular expression that says the same in one line."""
    first, spelled = re.escape(form[0]), "-?".join(f"{re.escape(letter)}{_MARK}*+" for letter in form)
    before = f"(?<![^\\W_])(?<!{_MARK})(?<![^\\W_]['&._-])(?<!{_MARK}['&._-])(?!(?<='){first}-)"
    pattern = re.compile(f"{before}{spelled}(?!['&._-]?[^\\W_])")
    read = read_text(text)
    assert list(occurrences(read, form)) == [match.span() for match in pattern.finditer(read.plain)]


@pytest.mark.parametrize(
    ("text", "first", "second", "apart"),
    [
        ("De Power BI en PowerBI", "power", "bi", True),
        ("De Power-BI", "power", "bi", False),
        ("PowerBI", "power", "bi", False),
        ("empower  bi", "power", "bi", False),
        ("power\nbi", "power", "bi", True),
        ("power bij", "power", "bi", False),
        ("Een café noir", "cafe", "noir", True),
        ("help-pagina's weer", "help-pagina's", "weer", True),
        ("helppagina's weer", "help-pagina's", "weer", False),
    ],
)
def test_two_words_stand_apart_with_blanks_between(text: str, first: str, second: str, apart: bool) -> None:
    assert stand_apart(read_text(text), first, second) == apart


@given(TEXTS, FORMS, FORMS)
def test_words_apart_are_found_wherever_they_stand(text: str, first: str, second: str) -> None:
    one, other = ("".join(f"{re.escape(letter)}{_MARK}*+" for letter in word) for word in (first, second))
    pattern = re.compile(f"(?<![^\\W_])(?<!{_MARK}){one}\\s+{other}(?![^\\W_])")
    read = read_text(text)
    assert stand_apart(read, first, second) == bool(pattern.search(read.plain))
