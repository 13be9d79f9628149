"""The whole pipeline: tokens with offsets, the forms that the index keeps, and the fingerprint."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.dutch.analyzer import Forms, analyze, analyze_words, forms_of, read_words, whole, word_forms
from search.dutch.normalise import fold
from search.dutch.stopwords import STOP_WORDS, is_stop_word
from search.dutch.tokens import written_words

DUTCH = st.text(alphabet="abeijnstéëĳÉÄIJ15'’‘-‑.,&+# _\u0301/\n")


def terms(text: str) -> list[tuple[str, ...]]:
    return [(*token.terms, *token.also.terms) for token in analyze(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("De taalmodellen", [("de",), ("taalmodel",)]),
        ("AI-model", [("ai", "aimodel"), ("model",)]),
        ("AI model", [("ai",), ("model",)]),
        ("AImodel", [("aimodel",)]),
        ("GPT-4o", [("gpt", "gpt4o"), ("4o",)]),
        ("gpt4o", [("gpt", "gpt4o"), ("4o",)]),
        ("GPT 4o", [("gpt",), ("4o",)]),
        ("kennis-ai", [("kennis", "kennisai"), ("ai",)]),
        ("C++ C# C", [("c++",), ("c#",), ("c",)]),
        ("foto’s", [("foto",)]),
        ("Disney+", [("disney+", "disney")]),
        ("ĲS", [("ijs",)]),
        ("cafés café", [("cafe", "cafes", "caf"), ("cafe", "caf")]),
    ],
)
def test_a_text_becomes_terms_at_positions(text: str, expected: list[tuple[str, ...]]) -> None:
    assert terms(text) == expected


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("AI-model", "AI model"),
        ("AI-model", "AImodel"),
        ("GPT-4o", "gpt4o"),
        ("GPT-4o", "gpt 4o"),
        ("e-mail", "email"),
        ("d.w.z.", "dwz"),
        ("foto's", "foto"),
        ("cafés", "cafe"),
        ("ĳs", "ijs"),
        ("wi‑fi", "wifi"),
    ],
)
def test_two_ways_of_writing_share_a_term_at_the_first_position(one: str, other: str) -> None:
    assert set(terms(one)[0]) & set(terms(other)[0])


def test_a_form_of_several_words_has_a_term_for_each() -> None:
    (loopt,), (loop,) = terms("loopt"), terms("loop")
    assert loopt == ("lopen",)
    assert set(loop) == {"loop", "lopen"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("taalmodel", ("taal", "model")),
        ("Taalmodellen", ("taal", "model")),
        ("gemeenteraadsverkiezingen", ("gemeenteraad", "verkiezing")),
        ("huisartsenpost", ("huisarts", "post", "huis", "arts")),
        ("minister", ()),
        ("gpt4o", ()),
        ("C++", ()),
    ],
)
def test_a_compound_is_also_indexed_by_its_constituents(text: str, expected: tuple[str, ...]) -> None:
    forms = word_forms(text)[0]
    assert forms.parts[: len(expected)] == expected
    assert bool(forms.parts) == bool(expected)


def test_a_token_has_the_constituents_of_its_first_split_only() -> None:
    (token,) = analyze("huisartsenpost")
    assert token.parts == ("huisarts", "post")


def test_the_pieces_of_a_hyphenated_word_have_constituents_of_their_own() -> None:
    first, second = word_forms("taalmodel-woningmarkt")
    assert first.parts == ("taal", "model")
    assert second.parts == ("woning", "markt")


def test_each_view_has_forms_of_its_own() -> None:
    forms = Forms(exact=("taalmodellen",), terms=("taalmodel",), parts=("taal", "model"))
    assert forms.of("exact") == ("taalmodellen",)
    assert forms.of("term") == ("taalmodel",)
    assert forms.of("part") == ("taalmodel", "taal", "model")


@given(st.text() | DUTCH)
def test_the_constituents_of_a_token_are_in_the_index(text: str) -> None:
    for token, forms in zip(analyze(text), word_forms(text), strict=True):
        assert set(token.parts) <= set(forms.parts)
        assert bool(token.parts) == bool(forms.parts)
        assert all(forms.parts)


@pytest.mark.parametrize("text", ["De Staat", "het weer", "IT", "to be"])
def test_stop_words_stay_in_the_index(text: str) -> None:
    assert len(analyze(text)) == len(text.split())


def test_stop_words_are_folded_words_of_one_token() -> None:
    for word in STOP_WORDS:
        (token,) = analyze(word)
        assert token.exact == word
        assert is_stop_word(token.exact)
    assert not is_stop_word("taalmodel")


@given(st.text() | DUTCH)
def test_a_token_stands_where_it_says(text: str) -> None:
    end = 0
    for token in analyze(text):
        assert text[token.start : token.end] == token.text
        assert end <= token.start < token.end <= token.written_end <= len(text)
        end = token.end


@given(st.text() | DUTCH)
def test_every_token_has_forms_to_be_found_by(text: str) -> None:
    for token in analyze(text):
        assert token.exact
        assert all(token.terms)
        assert all(token.also.terms)
        assert bool(token.also.terms) == bool(token.also.exact)


@given(st.from_regex(r"[a-zéëïöüèçêĳ]{1,12}('s|’s)?", fullmatch=True))
def test_a_word_typed_without_accents_finds_it(word: str) -> None:
    (accented,), (plain,) = word_forms(word), word_forms(fold(word))
    assert set(plain.terms) <= set(accented.terms)
    assert plain.exact == accented.exact


@given(st.text() | DUTCH)
def test_the_index_keeps_the_forms_that_analysis_gives(text: str) -> None:
    analysed = [
        (
            tuple(dict.fromkeys((token.exact, *token.also.exact))),
            tuple(dict.fromkeys((*token.terms, *token.also.terms))),
        )
        for token in analyze(text)
    ]
    assert [(forms.exact, forms.terms) for forms in word_forms(text)] == analysed


@given(st.text(alphabet="aAbBnNeEsStT1'-.+#", min_size=1))
def test_capitals_make_no_difference(text: str) -> None:
    small = [forms_of(word.lower()) for _, word in written_words(text)]
    forms_of.cache_clear()
    assert [forms_of(word) for _, word in written_words(text)] == small
    analysed = [(token.exact, token.terms, token.parts) for token in analyze(text)]
    assert analysed == [(token.exact, token.terms, token.parts) for token in analyze(text.lower())]


@given(DUTCH)
def test_the_words_of_a_text_are_read_whether_or_not_a_verb_in_it_is_parted(text: str) -> None:
    sentence = f"{text}. De minister kondigt maatregelen aan."
    words, verbs = read_words(sentence)
    assert words == [word for _, word in written_words(sentence)]
    assert ("aankondigen",) in verbs.values()
    assert all(words[number][0].isalnum() for number in verbs)


@given(st.text() | DUTCH)
def test_the_whole_of_a_title_is_its_words_as_they_are_written(text: str) -> None:
    assert whole(text) == " ".join(forms.exact[0] for forms in word_forms(text))


@given(st.text() | DUTCH)
def test_a_written_word_analysed_alone_gives_the_same_tokens(text: str) -> None:
    for word, tokens in analyze_words(text):
        alone = list(analyze_words(word))
        assert [written for written, _ in alone] == [word]
        assert [token.text for token in alone[0][1]] == [token.text for token in tokens]


@given(DUTCH)
def test_analysis_does_not_depend_on_what_was_analysed_before(text: str) -> None:
    first = word_forms(text)
    forms_of.cache_clear()
    assert word_forms(text) == first


def test_two_titles_are_one_whole_when_their_words_are() -> None:
    assert whole("Wat is ‘privacy’?") == whole("wat is Privacy") == "wat is privacy"
    assert whole("Café's") == whole("cafe’s")
    assert whole("De Staat") != whole("Staat")
    assert whole("…!") == ""


@pytest.mark.parametrize("part", ["a", "\u0301", "a\u0301", "'", "-", "a-", "a'", "1,", "a.", "+", "a1", "ĳ"])
def test_a_hundred_thousand_of_anything_takes_no_time(part: str) -> None:
    text = "a" + part * 100_000
    started = time.process_time()
    analyze(text)
    word_forms(text)
    assert time.process_time() - started < 15
