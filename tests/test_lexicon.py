"""What is known of single words: their lemmas, how common they are, and what they can be part of."""

from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.dutch.lexicon import FILE, Entry, Flag, decode, encode, entry, known_beginnings

LETTERS = st.text(alphabet="abdeghiklnorstuvwzéëïöü'-", min_size=1, max_size=20)
NO_FLAGS = 0
RESIDENT_KB = """
import resource, sys
from search.dutch.lexicon import entry, known_beginnings
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
for word in ("huizen", "gemeente", "zorgverzekering", "qwx"):
    entry(word), known_beginnings(word)
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)
"""


def known(word: str) -> Entry:
    found = entry(word)
    assert found is not None, word
    return found


@pytest.mark.parametrize(
    ("form", "lemma"),
    [
        ("huizen", "huis"),
        ("steden", "stad"),
        ("kinderen", "kind"),
        ("musea", "museum"),
        ("liep", "lopen"),
        ("geschreven", "schrijven"),
        ("zocht", "zoeken"),
        ("groter", "groot"),
        ("mooiste", "mooi"),
        ("huis", "huis"),
    ],
)
def test_a_form_is_known_with_its_lemma(form: str, lemma: str) -> None:
    assert lemma in known(form).lemmas


def test_a_form_of_two_words_has_both_lemmas() -> None:
    assert set(known("loop").lemmas) == {"loop", "lopen"}


@pytest.mark.parametrize("word", ["qwx", "taalmodellenfabriekje", "", "Huis", "huis huis", "12"])
def test_what_is_no_word_in_lower_case_is_unknown(word: str) -> None:
    assert entry(word) is None


def test_common_words_are_more_frequent_than_rare_ones() -> None:
    assert (
        known("de").frequency
        > known("huis").frequency
        > known("liep").frequency
        > known("aankondigen").frequency
    )


@pytest.mark.parametrize(
    ("word", "flag"),
    [
        ("amsterdam", Flag.NAME),
        ("huis", Flag.NOUN),
        ("lopen", Flag.VERB),
        ("liep", Flag.VERB),
        ("groot", Flag.ADJECTIVE),
        ("huis", Flag.FIRST),
        ("huis", Flag.LAST),
        ("huis", Flag.LISTED),
    ],
)
def test_a_word_is_known_for_what_it_is(word: str, flag: int) -> None:
    assert known(word).flags & flag


def test_a_common_noun_is_no_name() -> None:
    assert not known("huis").flags & Flag.NAME


def test_a_separable_verb_tells_its_particle() -> None:
    assert known("aankondigen").particle == "aan"
    assert known("lopen").particle == ""


def test_the_known_beginnings_of_a_word_come_shortest_first() -> None:
    found = known_beginnings("huisarts")
    assert {"huis", "huisarts"} <= set(found)
    assert found == sorted(found, key=len)
    assert known_beginnings("") == []


@given(LETTERS)
def test_a_known_beginning_is_a_known_word_that_the_text_begins_with(text: str) -> None:
    for beginning in known_beginnings(text):
        assert text.startswith(beginning)
        assert entry(beginning) is not None


@given(
    LETTERS,
    st.integers(0, 255),
    st.integers(0, 127),
    st.lists(LETTERS, max_size=4, unique=True),
    st.integers(0, 20),
)
def test_a_word_comes_back_from_its_record(
    word: str, frequency: int, flags: int, lemmas: list[str], particle: int
) -> None:
    found = decode(word, encode(word, frequency, flags, lemmas, particle))
    assert found == Entry(frequency, flags, tuple(lemmas), word[:particle])


def test_a_frequency_beyond_the_scale_is_its_end() -> None:
    assert decode("de", encode("de", 1000, NO_FLAGS, [])).frequency == 255


def test_a_lemma_that_the_form_begins_with_takes_two_bytes() -> None:
    assert len(encode("huizen", 0, NO_FLAGS, ["huizen"])) == 3 + 2


def test_the_lexicon_stays_small_on_disk_and_in_memory() -> None:
    assert FILE.stat().st_size < 8_000_000
    ran = subprocess.run(
        [sys.executable, "-c", RESIDENT_KB], capture_output=True, text=True, check=True, timeout=60
    )
    # Only the pages that are read count: far fewer than the file has.
    assert int(ran.stdout) * 1024 < FILE.stat().st_size + 2_000_000
