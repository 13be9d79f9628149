"""Synonyms: the file that editors write, and where its words stand in a query."""

from __future__ import annotations

import logging
import os
import threading
import time
from datetime import date
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from search.dutch.analyzer import analyze, analyze_words
from search.errors import TrefzekerError
from search.synonyms import Alternative, Match, Synonyms, SynonymsError, SynonymsFile, load_synonyms
from search.synonyms.entries import MAX_ENTRIES, MAX_LENGTH, MAX_MEMBERS, MAX_WORDS
from search.synonyms.file import MAX_BYTES

SHIPPED = Path(__file__).parents[1] / "content" / "synoniemen.yml"
Period = tuple[date | None, date | None]


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One file for all examples of a property."""
    return tmp_path_factory.mktemp("synoniemen") / "synoniemen.yml"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "synoniemen.yml"


def load(path: Path, text: str | bytes) -> Synonyms:
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return load_synonyms(path)


def found(synonyms: Synonyms, typed: str) -> list[tuple[str, tuple[str, ...]]]:
    """Each member in a query, as typed in it, with the texts of its alternatives."""
    tokens = analyze(typed)
    return [
        (" ".join(token.text for token in tokens[match.start : match.end]), texts(match))
        for match in synonyms.alternatives(tokens)
    ]


def texts(match: Match) -> tuple[str, ...]:
    return tuple(alternative.text for alternative in match.alternatives)


def only(synonyms: Synonyms, typed: str) -> tuple[str, ...]:
    """The alternatives of a query that is one member, and nothing else."""
    tokens = analyze(typed)
    (match,) = synonyms.alternatives(tokens)
    assert (match.start, match.end) == (0, len(tokens))
    return texts(match)


def period(path: Path, *lines: str) -> Period:
    synonyms = load(path, "\n    ".join(("groepen:\n  - woorden: [links, rechts]", *lines)))
    ((alternative,),) = (match.alternatives for match in synonyms.alternatives(analyze("links")))
    return alternative.low, alternative.high


def refused(path: Path, text: str | bytes) -> SynonymsError:
    with pytest.raises(SynonymsError) as caught:
        load(path, text)
    error = caught.value
    assert isinstance(error, TrefzekerError)
    assert error.path == path
    assert str(path) in error.title
    assert error.detail == f"regel {error.line}: {error.message}"
    return error


class TestTheFile:
    def test_in_a_group_each_member_has_the_others(self, file: Path) -> None:
        synonyms = load(file, "groepen:\n  - [auto, wagen, automobiel]\n")
        assert only(synonyms, "auto") == ("wagen", "automobiel")
        assert only(synonyms, "wagen") == ("auto", "automobiel")
        assert only(synonyms, "automobiel") == ("auto", "wagen")

    def test_one_way_is_not_the_other_way_round(self, file: Path) -> None:
        synonyms = load(file, "eenrichting:\n  - zoek: fruit\n    vind: [appel, peer]\n")
        assert only(synonyms, "fruit") == ("appel", "peer")
        assert found(synonyms, "appel peer") == []

    def test_several_words_may_find_one(self, file: Path) -> None:
        synonyms = load(file, "eenrichting:\n  - zoek: [fruit, ooft]\n    vind: appel\n")
        assert only(synonyms, "fruit") == only(synonyms, "ooft") == ("appel",)

    def test_groups_that_share_a_member_stay_apart(self, file: Path) -> None:
        synonyms = load(file, "groepen:\n  - [bank, geldinstelling]\n  - [bank, zitmeubel]\n")
        assert only(synonyms, "bank") == ("geldinstelling", "zitmeubel")
        assert only(synonyms, "zitmeubel") == ("bank",)

    @pytest.mark.parametrize(
        "text",
        [
            "groups:\n- words: [links, rechts]\n  from: 2020\n  until: 2022\n",
            "groups:\n- words: [links, rechts]\n  from: 2020\n  through: 2021-12\n",
            "GROEPEN:\n- Woorden: [links, rechts]\n  Vanaf: '2020'\n  T/M: 2021\n",
            "one_way:\n- search: links\n  find: rechts\n  from: 2020-01-01\n  until: 2022-01\n",
            "eenrichting:\n- {zoek: links, vind: [rechts], vanaf: 2020, tot en met: 2021-12-31}\n",
        ],
    )
    def test_keys_are_dutch_or_english(self, file: Path, text: str) -> None:
        (match,) = load(file, text).alternatives(analyze("links"))
        assert match.alternatives == (
            Alternative("rechts", ("rechts",), date(2020, 1, 1), date(2021, 12, 31)),
        )

    @pytest.mark.parametrize(
        "written", ["NO", "no", "Yes", "12", "true", "1e3", "2024-07-02", "0x1F", "null"]
    )
    def test_a_word_is_the_text_that_stands_there(self, file: Path, written: str) -> None:
        assert only(load(file, f"groepen: [[{written}, anders]]"), "anders") == (written,)

    def test_an_alternative_says_what_was_written_and_its_words(self, file: Path) -> None:
        synonyms = load(file, "groepen:\n  - [KI, '  Artificiële   Intelligentie ']\n")
        (match,) = synonyms.alternatives(analyze("ki"))
        assert match.alternatives == (
            Alternative("Artificiële Intelligentie", ("artificiele", "intelligentie")),
        )
        (match,) = synonyms.alternatives(analyze("artificiële intelligentie"))
        assert match.alternatives == (Alternative("KI", ("ki",), exact=("ki", "ki's")),)

    @pytest.mark.parametrize(
        "text", ["", "# niets\n\n  # meer\n", "groepen:\neenrichting: []\n", "\ufeff", "{}"]
    )
    def test_a_file_may_say_nothing(self, file: Path, text: str) -> None:
        synonyms = load(file, text)
        assert (synonyms.entries, len(synonyms.patterns)) == (0, 0)
        assert synonyms.alternatives(analyze("wat dan ook")) == []

    def test_without_a_file_there_are_none(self, file: Path) -> None:
        assert load_synonyms(file) == Synonyms()
        assert Synonyms().digest == ""

    def test_the_digest_tells_files_apart(self, file: Path) -> None:
        one = load(file, "groepen: [[links, rechts]]")
        assert load(file, "groepen: [[links, rechts]]").digest == one.digest
        assert load(file, "groepen: [[links, boven]]").digest != one.digest
        assert len(one.digest) == 32

    def test_windows_files_are_read_as_well(self, file: Path) -> None:
        assert only(load(file, "\ufeffgroepen:\r\n  - [links, rechts]\r\n"), "links") == ("rechts",)
        assert refused(file, "\ufeffgroepen:\r\n  - [links, rechts]\r\n  - [een]\r\n").line == 3
        assert refused(file, "groepen:\r  - [een]\r").line == 2
        assert refused(file, "\ufeffgroepen: []\r\n\ufeffeenrichting:\r\n- zoek: een\r\n").line == 3
        assert refused(file, "# een\u2028regel\x85\ngroepen:\n- [een]\n").line == 3

    def test_the_shipped_file_is_good(self) -> None:
        synonyms = load_synonyms(SHIPPED)
        assert synonyms.entries >= 25
        assert only(synonyms, "kunstmatige intelligentie")[:2] == ("AI", "KI")
        assert "Algemene verordening gegevensbescherming" in only(synonyms, "avg")
        assert only(synonyms, "e-mail") == ("mail", "elektronische post")
        assert found(synonyms, "app voor de redactie") == []

    def test_who_searches_the_new_name_of_a_ministry_finds_the_old_one_of_its_time(self) -> None:
        (match,) = load_synonyms(SHIPPED).alternatives(analyze("ministerie van KGG"))
        old = {alternative.text: alternative for alternative in match.alternatives}["ministerie van EZK"]
        assert (old.low, old.high) == (date(2017, 10, 26), date(2024, 7, 1))
        (match,) = load_synonyms(SHIPPED).alternatives(analyze("ministerie van EZK"))
        assert "ministerie van KGG" not in texts(match)


class TestAPeriod:
    @pytest.mark.parametrize(
        ("lines", "expected"),
        [
            ((), (None, None)),
            (("vanaf: 2024-07-02",), (date(2024, 7, 2), None)),
            (("vanaf: 2024-07",), (date(2024, 7, 1), None)),
            (("vanaf: 2024",), (date(2024, 1, 1), None)),
            (("tot: 2024-07-02",), (None, date(2024, 7, 1))),
            (("tot: 2024-03",), (None, date(2024, 2, 29))),
            (("tot: 2024",), (None, date(2023, 12, 31))),
            (("tot en met: 2024-07-02",), (None, date(2024, 7, 2))),
            (("t/m: 2024-12",), (None, date(2024, 12, 31))),
            (("through: 2024-02",), (None, date(2024, 2, 29))),
            (("tot en met: 2024",), (None, date(2024, 12, 31))),
            (("vanaf: 2024-07-02", "tot: 2024-07-03"), (date(2024, 7, 2), date(2024, 7, 2))),
            (("tot: '2024-07-02'", 'vanaf: "2017"'), (date(2017, 1, 1), date(2024, 7, 1))),
        ],
    )
    def test_it_runs_from_its_first_day_until_the_day_named(
        self, file: Path, lines: tuple[str, ...], expected: Period
    ) -> None:
        assert period(file, *lines) == expected

    @given(st.dates(min_value=date(2, 1, 1), max_value=date(9998, 12, 31)))
    def test_until_and_from_the_same_day_join_without_a_gap(self, shared: Path, day: date) -> None:
        for written in (str(day), str(day)[:7], str(day)[:4]):
            (_, high), (low, _) = period(shared, f"tot: {written}"), period(shared, f"vanaf: {written}")
            assert high is not None
            assert low is not None
            assert (low - high).days == 1

    def test_the_same_word_in_two_periods_stands_twice(self, file: Path) -> None:
        synonyms = load(
            file,
            "eenrichting:\n- {zoek: heden, vind: toentertijd, tot: 2000}\n"
            "- {zoek: heden, vind: toentertijd, vanaf: 2010}\n",
        )
        (match,) = synonyms.alternatives(analyze("heden"))
        assert [(a.low, a.high) for a in match.alternatives] == [
            (None, date(1999, 12, 31)),
            (date(2010, 1, 1), None),
        ]

    def test_a_word_that_always_counts_needs_no_period(self, file: Path) -> None:
        synonyms = load(file, "groepen:\n- {woorden: [links, rechts], tot: 2000}\n- [links, rechts]\n")
        (match,) = synonyms.alternatives(analyze("links"))
        assert match.alternatives == (Alternative("rechts", ("rechts",)),)


class TestWhereAMemberStands:
    @pytest.mark.parametrize(
        ("member", "typed"),
        [
            ("taalmodel", "Taalmodellen"),
            ("kunstmatige intelligentie", "kunstmatig intelligentie"),
            ("zzp'er", "ZZP’er"),
            ("wet op de privacy", "Wetten op de privacy"),
            ("coördinaat", "coordinaten"),
            ("e-mail", "email"),
            ("e-mail", "e mail"),
            ("email", "e-mail"),
            ("email", "E-Mail"),
            ("AI-verordening", "AI verordening"),
            ("aiverordening", "AI-verordening"),
            ("GPT-4o", "gpt4o"),
            ("C#", "c#"),
            ("C++", "c++"),
            ("A.I.", "ai"),
            ("AI", "a.i."),
            ("AI", "ai"),
            ("LLM", "LLM's"),
            ("2FA", "2fa"),
            ("midden- en kleinbedrijf", "midden en kleinbedrijf"),
        ],
    )
    def test_inflection_case_accents_and_hyphens_make_no_difference(
        self, file: Path, member: str, typed: str
    ) -> None:
        assert only(load(file, f"groepen: [['{member.replace(chr(39), chr(39) * 2)}', anders]]"), typed) == (
            "anders",
        )

    @pytest.mark.parametrize(
        ("member", "typed"),
        [
            ("AP", "app"),
            ("AP", "apps"),
            ("EZ", "es"),
            ("AI", "AI-model"),
            ("model", "AI-model"),
            ("mail", "e-mail"),
            ("AI model", "AI-model-test"),
            ("taal model", "taalmodel"),
            ("C", "C++"),
            ("C#", "C"),
            ("ministerie van EZK", "ministerie EZK"),
            ("kunstmatige intelligentie", "intelligentie kunstmatige"),
            ("kunstmatige intelligentie", "kunstmatige"),
        ],
    )
    def test_another_word_is_not_a_member(self, file: Path, member: str, typed: str) -> None:
        assert found(load(file, f"groepen: [['{member}', anders]]"), typed) == []

    def test_an_abbreviation_in_a_longer_member_is_one_too(self, file: Path) -> None:
        synonyms = load(file, "groepen: [[ministerie van EZ, anders]]")
        assert only(synonyms, "Ministeries van ez") == ("anders",)
        assert found(synonyms, "ministerie van es") == []

    def test_long_words_in_capitals_are_words(self, file: Path) -> None:
        assert only(load(file, "groepen: [[TAALMODEL, anders]]"), "taalmodellen") == ("anders",)

    def test_the_longest_member_counts(self, file: Path) -> None:
        synonyms = load(file, "groepen: [[AI, KI], [generatieve AI, genAI], [generatieve, makende]]")
        assert found(synonyms, "wat generatieve ai doet en wat ai is") == [
            ("generatieve ai", ("genAI",)),
            ("ai", ("KI",)),
        ]
        assert found(synonyms, "generatieve kunst") == [("generatieve", ("makende",))]

    def test_members_do_not_overlap_and_go_from_left_to_right(self, file: Path) -> None:
        synonyms = load(
            file, "groepen: [[een twee drie, abc], [twee drie vier vijf, bcde], [vier, d], [vijf, e]]"
        )
        assert found(synonyms, "een twee drie vier vijf") == [
            ("een twee drie", ("abc",)),
            ("vier", ("d",)),
            ("vijf", ("e",)),
        ]

    def test_places_are_those_of_the_tokens(self, file: Path) -> None:
        synonyms = load(file, "groepen: [[kunstmatige intelligentie, KI]]")
        (match,) = synonyms.alternatives(analyze("het AI-model met kunstmatige intelligentie"))
        assert (match.start, match.end) == (4, 6)

    def test_words_that_are_analysed_apart_are_words_apart(self, file: Path) -> None:
        synonyms = load(file, "groepen: [[AI, KI], [privacy wet, AVG]]")
        tokens = [token for word in ("AI", "de", "privacy", "wet") for token in analyze(word)]
        assert [(m.start, m.end) for m in synonyms.alternatives(tokens)] == [(0, 1), (2, 4)]

    def test_a_piece_given_by_itself_is_a_word(self, file: Path) -> None:
        synonyms = load(file, "groepen: [[AI, KI]]")
        assert [texts(m) for m in synonyms.alternatives(analyze("AI-model")[:1])] == [("KI",)]

    def test_what_stands_there_is_no_alternative(self, file: Path) -> None:
        synonyms = load(file, "groepen: [[taalmodel, taalmodellen, LLM]]")
        assert only(synonyms, "taalmodellen") == ("LLM",)
        assert found(load(file, "groepen: [[taalmodel, taalmodellen]]"), "taalmodel") == []

    def test_the_same_word_of_two_groups_stands_once(self, file: Path) -> None:
        synonyms = load(file, "groepen: [[links, rechts, boven], [links, Rechts, opzij]]")
        assert only(synonyms, "links") == ("rechts", "boven", "opzij")

    def test_nothing_typed_has_no_alternatives(self, file: Path) -> None:
        assert load(file, "groepen: [[links, rechts]]").alternatives([]) == []


class TestWhatIsRefused:
    @pytest.mark.parametrize(
        ("text", "line", "words"),
        [
            ("groepen:\n  - [a1, b1\n  - [c1]\n", 2, "YAML"),
            ("groepen:\n\t- [a1, b1]\n", 2, "tab"),
            ("groepen: \x07\n", 1, "stuurteken"),
            ("- [links, rechts]\n", 1, "bestaat niet uit velden"),
            ("zomaar wat tekst\n", 1, "bestaat niet uit velden"),
            ("groepen: []\n---\ngroepen: []\n", 3, "geen regel die met ---"),
            ("groepen: [[[[[[[[[[[[links]]]]]]]]]]]]\n", 1, "niveaus genest: maak het bestand"),
            ("groepen:\n  - &a [links, rechts]\n", 2, "verwijzingen"),
            ("groepen:\n  - [links, rechts]\n  - *a\n", 3, "verwijzingen"),
            ("groepen:\n  - !!set {links, rechts}\n", 2, "typeaanduidingen"),
            ("groepen:\n  - <<: {woorden: [links, rechts]}\n", 2, "<<"),
            ("groepen: []\nGroepen: []\n", 2, "twee keer"),
            ("groepen: []\n\ngroups: []\n", 3, "hetzelfde als groepen"),
            ("groepen:\n- woorden: [links, rechts]\n  tot: 2020\n  until: 2020\n", 4, "hetzelfde als tot"),
            ("groepen: []\nsynoniemen: []\n", 2, "kies uit groepen, eenrichting"),
            (
                "groepen:\n- woorden: [links, rechts]\n  sinds: 2020\n",
                3,
                "kies uit woorden, vanaf, tot, tot en met",
            ),
            ("eenrichting:\n- zoek: links\n  vindt: rechts\n", 3, "kies uit zoek, vind"),
            ("eenrichting:\n- zoek: links\n", 2, "ontbreekt vind"),
            ("eenrichting:\n- vind: links\n", 2, "ontbreekt zoek"),
            ("groepen:\n- vanaf: 2020\n", 2, "ontbreekt woorden"),
            ("groepen: links\n", 1, "hoort een lijst"),
            ("groepen:\n  woorden: [links, rechts]\n", 2, "begin elke regel met een streepje"),
            ("groepen:\n- links, rechts\n", 2, "als lijst"),
            ("groepen:\n- woorden: links\n", 2, "als lijst"),
            ("groepen:\n- {}\n", 2, "als lijst"),
            ("groepen:\n-\n", 2, "als lijst"),
            ("eenrichting:\n- [links, rechts]\n", 2, "schrijf zoek:"),
            ("groepen:\n- [links]\n", 2, "ten minste twee"),
            ("groepen:\n- []\n", 2, "leeg"),
            ("eenrichting:\n- zoek: links\n  vind: []\n", 3, "leeg"),
            ("groepen:\n-\n  - links\n  - ''\n", 4, "ontbreekt een woord"),
            ("groepen:\n-\n  - links\n  - #tag\n  - rechts\n", 4, "aanhalingstekens"),
            ("eenrichting:\n- zoek:\n  vind: links\n", 2, "ontbreekt een woord"),
            ('groepen:\n- [links, "\\u200b "]\n', 2, "ontbreekt een woord"),
            ("groepen:\n- [links, '---']\n", 2, "geen letters of cijfers"),
            ("groepen:\n- [links, ~]\n", 2, "geen letters of cijfers"),
            ("groepen:\n- [links, [rechts]]\n", 2, "hoort een woord"),
            ("groepen:\n- [links, rechts: boven]\n", 2, "hoort een woord"),
            ("eenrichting:\n- zoek: links\n  vind: {rechts: boven}\n", 3, "hoort een woord"),
            ("eenrichting:\n- zoek: links, linker\n  vind: rechts\n", 2, "schrijf een lijst"),
            ("groepen:\n-\n  - links\n  - rechts\n  - Links\n", 5, "staat er twee keer"),
            ("groepen:\n-\n  - e-mail\n  - rechts\n  - E mail\n", 5, "‘e-mail’ is voor het zoeken hetzelfde"),
            ("eenrichting:\n- zoek: links\n  vind:\n  - rechts\n  - LINKS\n", 5, "bij zoek en bij vind"),
            ("groepen:\n- [Openbaar Ministerie, OM]\n", 2, "schrijf het voluit"),
            ("groepen:\n- [van de, rechts]\n", 2, "overal staat"),
            (f"groepen:\n- [links, {'a' * (MAX_LENGTH + 1)}]\n", 2, "langer dan 64 tekens"),
            (f"groepen:\n- [links, {'ab ' * (MAX_WORDS + 1)}]\n", 2, "meer dan 10 woorden"),
            (
                f"groepen:\n- [{', '.join(f'w{n}' for n in range(MAX_MEMBERS + 1))}]\n",
                2,
                "meer dan 20 woorden",
            ),
            ("groepen:\n" + "- [links, rechts]\n" * (MAX_ENTRIES + 1), 1, "meer dan 5000 groepen"),
            ("# " + "x" * MAX_BYTES, 1, "groter dan 256 kB"),
            (b"groepen:\n- [caf\xe9, rechts]\n", 2, "UTF-8"),
        ],
    )
    def test_the_line_and_the_cure_are_named(
        self, file: Path, text: str | bytes, line: int, words: str
    ) -> None:
        error = refused(file, text)
        assert words in error.message
        assert error.line == line

    @pytest.mark.parametrize(
        "written",
        [
            "2-7-2024",
            "2024-7-2",
            "juli 2024",
            "2024-02-30",
            "2024-13",
            "0000",
            "0001",
            "9999",
            "24",
            "",
            "[2024]",
        ],
    )
    @pytest.mark.parametrize("key", ["vanaf", "tot", "tot en met"])
    def test_a_date_is_a_day_a_month_or_a_year(self, file: Path, key: str, written: str) -> None:
        error = refused(file, f"groepen:\n- woorden: [links, rechts]\n  {key}: {written}\n")
        assert error.line == 3
        assert "schrijf 2024-07-02, 2024-07 of 2024" in error.message

    @pytest.mark.parametrize(
        ("low", "high"),
        [("2024", "2024"), ("2024-07-02", "2024-07-02"), ("2024-07", "2023"), ("2025", "2024-12")],
    )
    def test_a_period_does_not_end_before_it_begins(self, file: Path, low: str, high: str) -> None:
        error = refused(file, f"groepen:\n- vanaf: {low}\n  tot: {high}\n  woorden: [links, rechts]\n")
        assert (error.line, "voordat zij begint" in error.message) == (3, True)

    def test_a_period_ends_once(self, file: Path) -> None:
        error = refused(file, "groepen:\n- woorden: [links, rechts]\n  tot: 2024\n  tot en met: 2024\n")
        assert (error.line, "kies tussen" in error.message) == (4, True)

    def test_as_much_as_is_allowed_is_read(self, file: Path) -> None:
        members = [f"woord{n}" for n in range(MAX_MEMBERS - 2)]
        longest, most = "a" * MAX_LENGTH, " ".join("abcdefghij"[:MAX_WORDS])
        synonyms = load(file, f"groepen:\n- [{', '.join([longest, most, *members])}]\n")
        assert len(only(synonyms, most)) == MAX_MEMBERS - 1

    def test_a_folder_or_a_pipe_is_no_file(self, tmp_path: Path) -> None:
        os.mkfifo(tmp_path / "pijp")
        for path in (tmp_path, tmp_path / "pijp"):
            with pytest.raises(SynonymsError, match="geen gewoon bestand"):
                load_synonyms(path)

    @pytest.mark.parametrize("name", ["synoniemen.yml/onder", "nul\0teken", "x" * 300])
    def test_a_path_that_cannot_be_read_is_said(self, file: Path, name: str) -> None:
        file.write_text("groepen: []", encoding="utf-8")
        with pytest.raises(SynonymsError, match="niet te lezen"):
            load_synonyms(file.parent / name)


_KEYS = "groepen: eenrichting: woorden: zoek: vind: vanaf: tot: t/m:".split()
_SIGNS = [
    *"[]{}|%'\"",
    ", ",
    ": ",
    "# ",
    "&a ",
    "*a",
    "!t ",
    "> ",
    "? ",
    "<<: ",
    "- ",
    "---\n",
    "...\n",
    "\n",
    "\n  ",
]
_WORDS = [
    "AI",
    "e-mail",
    "van",
    "NO",
    "12",
    "2024",
    "2024-07-02",
    "\t",
    "\ufeff",
    "\x00",
    "\u2028",
    "é",
    "\n- ",
]
_PIECES = st.sampled_from([*_KEYS, *_SIGNS, *_WORDS])
_MEMBERS = st.sampled_from(
    ["AI", "e-mail", "mail", "email", "het model", "AI-model", "AI-model van het", "model"]
)
_TYPED = st.sampled_from(
    ["ai", "e-mail", "mails", "email", "e", "van", "het", "model", "AI-model", "…", "gpt4o", "modellen"]
)


class TestWhateverStandsInTheFile:
    @given(st.one_of(st.text(), st.binary(), st.lists(_PIECES, max_size=40).map("".join)))
    @example("---\n")
    @example("...\n")
    @example("%YAML 1.2\n---\n")
    @example("[" * 5_000)
    @example("groepen: {" * 50)
    @example("? " * 5_000)
    @example("groepen:\n- ? [a]\n  : b\n")
    @example("\ufeff\ufeff")
    @example("groepen: \ud800")
    def test_it_is_read_or_refused_with_a_line(self, shared: Path, text: str | bytes) -> None:
        content = text if isinstance(text, bytes) else text.encode("utf-8", "surrogatepass")
        error = None
        try:
            load(shared, content)
        except SynonymsError as caught:
            error = caught
        if error:
            assert 1 <= error.line <= content.count(b"\n") + content.count(b"\r") + 1
            assert "front matter" not in error.message
            assert "title" not in error.message

    @given(
        st.lists(st.lists(_MEMBERS, min_size=2, max_size=4, unique=True), max_size=4),
        st.lists(_TYPED, max_size=8),
    )
    def test_matches_are_in_order_and_hold_whole_words(
        self, shared: Path, groups: list[list[str]], words: list[str]
    ) -> None:
        typed = " ".join(words)
        edges = [0]
        for _, pieces in analyze_words(typed):
            edges.append(edges[-1] + len(pieces))
        matches = load(shared, f"groepen: {groups}").alternatives(analyze(typed))
        places = [place for match in matches for place in (match.start, match.end)]
        assert places == sorted(places)
        assert set(places) <= set(edges)
        assert all(match.start < match.end and match.alternatives for match in matches)


class TestAFileInUse:
    def test_it_is_read_again_when_it_changed(self, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("search.synonyms.file.CHECK_SECONDS", 0.0)
        held = SynonymsFile(file)
        assert held.current() == Synonyms()
        load(file, "groepen: [[links, rechts]]")
        first = held.current()
        assert only(first, "links") == ("rechts",)
        assert held.current() is first
        load(file, "groepen: [[links, boven]]")
        assert only(held.current(), "links") == ("boven",)
        file.unlink()
        assert held.current() == Synonyms()

    def test_it_is_looked_at_once_a_second(self, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        now = 100.0
        monkeypatch.setattr("search.synonyms.file.time.monotonic", lambda: now)
        load(file, "groepen: [[links, rechts]]")
        held = SynonymsFile(file)
        first = held.current()
        load(file, "groepen: [[links, boven]]")
        now = 100.9
        assert held.current() is first
        now = 101.0
        assert only(held.current(), "links") == ("boven",)

    def test_a_mistake_is_told_once_and_the_last_good_one_stays(
        self, file: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
    ) -> None:
        monkeypatch.setattr("search.synonyms.file.CHECK_SECONDS", 0.0)
        good = load(file, "groepen: [[links, rechts]]")
        held = SynonymsFile(file)
        held.current()
        file.write_text("groepen: [[links]]", encoding="utf-8")
        with caplog.at_level(logging.WARNING, "search.synonyms"):
            for _ in range(3):
                assert held.current().digest == good.digest
        (told,) = caplog.messages
        assert "regel 1" in told
        assert "de vorige versie blijft in gebruik" in told
        file.write_text("groepen: [[links, boven]]", encoding="utf-8")
        assert only(held.current(), "links") == ("boven",)

    def test_without_a_good_one_there_are_none(self, file: Path, caplog: pytest.LogCaptureFixture) -> None:
        file.write_text("groepen: [[links]]", encoding="utf-8")
        with caplog.at_level(logging.WARNING, "search.synonyms"):
            assert SynonymsFile(file).current() == Synonyms()
        assert "zolang geen synoniemen" in caplog.text

    def test_a_path_that_cannot_be_looked_at_is_a_mistake_too(
        self, file: Path, caplog: pytest.LogCaptureFixture
    ) -> None:
        file.write_text("groepen: []", encoding="utf-8")
        with caplog.at_level(logging.WARNING, "search.synonyms"):
            assert SynonymsFile(file / "onder").current() == Synonyms()
        assert "niet te lezen" in caplog.text

    def test_threads_get_one_whole_version_or_another(
        self, file: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("search.synonyms.file.CHECK_SECONDS", 0.0)
        versions = [f"groepen: [[links, rechts{number}]]" for number in range(20)]
        digests = {load(file, version).digest for version in versions}
        held = SynonymsFile(file)
        seen: set[str] = set()
        stop = threading.Event()

        def ask() -> None:
            while not stop.is_set():
                seen.add(held.current().digest)

        threads = [threading.Thread(target=ask) for _ in range(4)]
        for thread in threads:
            thread.start()
        for version in versions:
            new = file.with_suffix(".nieuw")
            new.write_text(version, encoding="utf-8")
            new.replace(file)
            time.sleep(0.002)
        stop.set()
        for thread in threads:
            thread.join()
        assert seen <= digests
        assert only(held.current(), "links") == ("rechts19",)

    def test_the_first_to_ask_all_wait_for_the_first_reading(self, file: Path) -> None:
        good = load(file, "groepen: [[links, rechts]]")
        held = SynonymsFile(file)
        together = threading.Barrier(8)
        digests: list[str] = []

        def ask() -> None:
            together.wait()
            digests.append(held.current().digest)

        threads = [threading.Thread(target=ask) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert digests == [good.digest] * 8


class TestThousandsOfGroups:
    def test_a_lookup_does_not_slow_down_with_the_file(self, file: Path) -> None:
        lines = [f"- [naam{number} van {number}, anders{number}]" for number in range(MAX_ENTRIES)]
        synonyms = load(file, "groepen:\n" + "\n".join(lines))
        tokens = analyze("wie zoekt naar naam4321 van 4321 vindt anders1234 ook " * 4)
        started = time.perf_counter()
        matches = synonyms.alternatives(tokens)
        assert time.perf_counter() - started < 0.1
        assert [texts(match) for match in matches[:2]] == [("anders4321",), ("naam1234 van 1234",)]
