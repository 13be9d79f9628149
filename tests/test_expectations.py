"""What an editor expects: how it is written, when it holds, and what is told when it does not."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from search.cli.commands import main
from search.config import Settings
from search.errors import BadSource
from search.evaluation.checking import Outcome, check
from search.evaluation.expectations import Expectation, read_expectations
from search.model import Answer, SearchRequest, Suggestion
from search.service import Service
from tests.small_site import ARTICLES, PUBLIC, build_site, environment, markdown

MANY = 120
"""Articles with one and the same word: more than fit in a page of an answer."""

Ask = Callable[[str], Outcome]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    many = {f"reeks/deel-{n:03}.md": markdown(f"Deel {n}", "Veelvoud.") for n in range(MANY)}
    odd = {"c#.md": markdown("Over C#", "Zeldzaam."), "map/index.md": markdown("Map", "Zeldzaam.")}
    return build_site(tmp_path_factory.mktemp("verwachtingen"), {**ARTICLES, **many, **odd})


@pytest.fixture
def ask(site: Settings, tmp_path: Path) -> Ask:
    """Holds one expectation, written in YAML, against the site."""

    def ask(text: str) -> Outcome:
        (expectation,) = read(tmp_path, text)
        return check(expectation, Service(site, verify=False))

    return ask


def read(folder: Path, text: str) -> tuple[Expectation, ...]:
    path = folder / "queries.yml"
    path.write_text(text, encoding="utf-8")
    return read_expectations(path)


def run(site: Settings, path: Path, *words: str) -> Result:
    return CliRunner().invoke(main, ["test", str(path), *words], env=environment(site))


FULL = """\
# Wat er altijd goed moet gaan.
- zoek: taalmodellen
  bovenaan: ai/hoe-een-taalmodel-leert
  top3: [b, c]
  top10: d
  niet: [e, f]
  minstens: 5
  hoogstens: 50
  suggestie: Taalmodel
  tag: [AI, Machine learning]
  van: 2024-03
  tot: 2024
  waarom: Het   begint hier.
"""


def test_everything_that_can_be_said_is_read(tmp_path: Path) -> None:
    (found,) = read(tmp_path, FULL)
    tags = ("ai", "machinelearning")
    request = SearchRequest("taalmodellen", tags, date(2024, 3, 1), date(2024, 12, 31))
    assert found == Expectation(
        line=2,
        request=request,
        within=((1, "ai/hoe-een-taalmodel-leert"), (3, "b"), (3, "c"), (10, "d")),
        absent=("e", "f"),
        least=5,
        most=50,
        suggestion="Taalmodel",
        why="Het begint hier.",
    )


def test_english_names_say_the_same(tmp_path: Path) -> None:
    english = {
        "zoek": "search", "bovenaan": "first", "niet": "not", "minstens": "at_least", "hoogstens": "at_most",
        "suggestie": "suggestion", "tag": "tags", "van": "from", "tot": "to", "waarom": "Why",
    }  # fmt: skip
    translated = FULL
    for dutch, other in english.items():
        translated = translated.replace(f" {dutch}:", f" {other}:")
    assert translated != FULL
    assert read(tmp_path, translated) == read(tmp_path, FULL)


@pytest.mark.parametrize(
    "text",
    [FULL, "\ufeff" + FULL, FULL.replace("\n", "\r\n"), "\n---\n" + FULL, "# eerst\n--- \n" + FULL],
    ids=["plain", "byte order mark", "windows", "fence", "remark and fence"],
)
def test_the_lines_are_those_of_the_file(tmp_path: Path, text: str) -> None:
    (found,) = read(tmp_path, text)
    assert text.splitlines()[found.line - 1] == "- zoek: taalmodellen"


def test_several_queries_share_an_expectation(tmp_path: Path) -> None:
    found = read(tmp_path, "- zoeken: [een, '', 'drie vier']\n  minstens: 1\n- zoek: vijf\n  geen: ja\n")
    assert [(one.request.text, one.line, one.least, one.most) for one in found] == [
        ("een", 1, 1, None),
        ("", 1, 1, None),
        ("drie vier", 1, 1, None),
        ("vijf", 3, None, 0),
    ]


def test_what_looks_like_a_number_or_a_date_is_a_query(tmp_path: Path) -> None:
    texts = ["2024", "1_000", "12:30", "2024-01-01", "no", "GPT-4o", "c#"]
    found = read(tmp_path, "".join(f"- zoek: {text}\n  minstens: 1\n" for text in texts))
    assert [one.request.text for one in found] == texts


@pytest.mark.parametrize(
    ("text", "line", "problem"),
    [
        ("", 1, "geen verwachtingen in"),
        ("# niets\n", 1, "geen verwachtingen in"),
        ("zoek: a\ntop1: b\n", 1, "begin elke verwachting"),
        ("- zoek: a\n  top1: b\n- alleen dit\n", 3, "geen verwachting: begin elke"),
        ("- zoek: a\n  top1: b\n-\n", 3, "geen verwachting: begin elke"),
        ("- top1: b\n", 1, "schrijf zoek:"),
        ("- zoek: a\n  zoeken: [b]\n  top1: b\n", 1, "schrijf zoek:"),
        ("- zoek: a\n", 1, "zeg ook wat u verwacht"),
        ("- zoek: a\n  tag: b\n", 1, "zeg ook wat u verwacht"),
        ("- zoek: a\n  top1: b\n\n- zoek: #privacy\n  top1: b\n", 4, "aanhalingstekens"),
        ("- zoek: true\n  top1: b\n", 1, "aanhalingstekens"),
        ("- zoek: [a, b]\n  top1: b\n", 1, "aanhalingstekens"),
        ("- zoeken: []\n  top1: b\n", 1, "lijst van teksten"),
        ("- zoek: a\n  top1:\n", 2, "lijst van teksten"),
        ("- zoek: a\n  top3: [b, {c: d}]\n", 2, "lijst van teksten"),
        ("- zoek: a\n  top1: [b, c]\n", 2, "2 artikelen passen niet in een top1"),
        ("- zoek: a\n  top101: b\n", 2, "hoogstens top100"),
        ("- zoek: a\n  top0: b\n", 2, "bestaat niet"),
        ("- zoek: a\n  bovenan: b\n", 2, "bedoelde u bovenaan"),
        ("- zoek: a\n  xyz: b\n", 2, "kies uit: zoek"),
        ("- zoek: a\n  bovenaan: b\n  top1: c\n", 3, "zegt hetzelfde"),
        ("- zoek: a\n  niet: b\n  niet: c\n", 3, "twee keer"),
        ("- zoek: a\n  minstens: veel\n", 2, "een getal"),
        ("- zoek: a\n  hoogstens: -1\n", 2, "een getal"),
        ("- zoek: a\n  geen: nee\n", 2, "laat het veld weg"),
        ("- zoek: a\n  geen: false\n", 2, "laat het veld weg"),
        ("- zoek: a\n  geen: ja\n  top3: b\n", 1, "kan niet samen"),
        ("- zoek: a\n  minstens: 5\n  hoogstens: 4\n", 1, "kan niet samen"),
        ("- zoek: a\n  suggestie:\n", 2, "hoort een tekst"),
        ("- zoek: a\n  suggestie: ''\n", 2, "suggestie: false"),
        ("- zoek: a\n  suggestie: [b]\n", 2, "hoort een tekst"),
        ("- zoek: a\n  top1: b\n  van: gisteren\n", 3, "Onbekende datum"),
        ("- zoek: a\n  top1: b\n  van: 2025\n  tot: 2024\n", 4, "vóór het begin"),
        ("- zoek: &a b\n  top1: c\n", 1, "verwijzingen"),
        ("- zoek: a\n  <<: {top1: b}\n", 2, "<<"),
        ("- zoek: a\n  top1: !!str b\n", 2, "typeaanduidingen"),
        ("- zoek: een: twee\n  top1: b\n", 1, "dubbele punt"),
        ("- zoek: a\n  top1: 'b\n", 2, "aanhalingsteken"),
        ("- zoek: a\n  top1: b\n---\n- zoek: a\n", 4, "---"),
        ("- zoek: a\n  top1: " + "[" * 5000, 2, "genest"),
    ],
)
def test_what_cannot_be_meant_is_told_with_its_line(
    tmp_path: Path, text: str, line: int, problem: str
) -> None:
    with pytest.raises(BadSource) as error:
        read(tmp_path, text)
    assert error.value.title == f"{tmp_path / 'queries.yml'}, regel {line}"
    assert problem in error.value.detail


def test_a_file_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    path = tmp_path / "queries.yml"
    with pytest.raises(BadSource, match="controleer het pad"):
        read_expectations(path)
    path.write_bytes(b"- zoek: a\n  top1: \xff\n")
    with pytest.raises(BadSource, match="regel 2: dit is geen UTF-8"):
        read_expectations(path)
    path.write_bytes(b"#" * 1_048_577)
    with pytest.raises(BadSource, match="groter dan 1024 KiB"):
        read_expectations(path)


def test_the_example_in_the_documentation_is_read(tmp_path: Path) -> None:
    page = (Path(__file__).parents[1] / "docs" / "queries.md").read_text(encoding="utf-8")
    example = page.split("```yaml\n")[1].split("```")[0]
    assert [found.request.text for found in read(tmp_path, example)] == [
        "taalmodellen",
        "taalmodel privacy",
        "privacy taalmodel",
        '"open source"',
    ]


@given(st.text(alphabet=st.sampled_from("-: \n[]{}#&*!|>'\"%@zoektop1,?~"), max_size=60))
def test_any_text_is_read_or_refused(tmp_path: Path, text: str) -> None:
    """Only `BadSource` may be raised, and what is read is not empty."""
    with suppress(BadSource):
        assert read(tmp_path, text)


@pytest.mark.parametrize(
    "text",
    [
        "- zoek: het taalmodel\n  bovenaan: taalmodel\n  niet: [staat, open]\n  minstens: 1",
        "- zoek: taalmodellen\n  top3: taalmodel",
        "- zoek: zwaluwnest\n  geen: ja\n  suggestie: false",
        "- zoek: ''\n  minstens: 1\n  tag: privacy\n  hoogstens: 1",
        "- zoek: privacy\n  van: 2024-05\n  tot: 2024-05\n  hoogstens: 1\n  bovenaan: privacy",
        f"- zoek: veelvoud\n  minstens: {MANY}\n  hoogstens: {MANY}\n  niet: taalmodel",
    ],
)
def test_what_holds_has_no_failures(ask: Ask, text: str) -> None:
    assert ask(text).failures == ()


@pytest.mark.parametrize(
    "article",
    ["taalmodel", "taalmodel.md", "/artikel/taalmodel", "/artikel/taalmodel/", "artikel/taalmodel.md",
     "https://voorbeeld.nl/artikel/taalmodel?q=a#b", "/taalmodel"],
)  # fmt: skip
def test_an_article_is_named_in_many_ways(ask: Ask, article: str) -> None:
    assert ask(f"- zoek: het taalmodel\n  bovenaan: {article}").failures == ()


@pytest.mark.parametrize("article", ["c#", "/artikel/c%23", "'c#.md'", "map", "map/index.md", "/artikel/map"])
def test_an_id_is_found_as_a_file_and_as_an_address(ask: Ask, article: str) -> None:
    assert ask(f"- zoek: zeldzaam\n  top2: {article}").failures == ()


@pytest.mark.parametrize(
    ("text", "failures"),
    [
        ("- zoek: privacy\n  bovenaan: taalmodel", ["taalmodel hoort bovenaan, maar staat op plaats 2"]),
        ("- zoek: privacy\n  top3: [privacy, staat]", ["staat hoort in de top 3, maar wordt niet gevonden"]),
        ("- zoek: privacy\n  niet: /artikel/taalmodel",
         ["/artikel/taalmodel hoort er niet bij, maar staat op plaats 2"]),
        ("- zoek: privacy\n  minstens: 3", ["hoort minstens 3 artikelen te vinden, maar vindt er 2"]),
        ("- zoek: privacy\n  hoogstens: 1", ["hoort hoogstens 1 artikel te vinden, maar vindt er 2"]),
        ("- zoek: privacy\n  geen: ja", ["hoort niets te vinden, maar vindt 2 artikelen"]),
        ("- zoek: privacy\n  geen: true\n  tag: recht", ["hoort niets te vinden, maar vindt 1 artikel"]),
        ("- zoek: privacy\n  suggestie: wet",
         ["hoort ‘wet’ voor te stellen, maar stelt niets voor"]),
        ("- zoek: veelvoud\n  niet: reeks/deel-119.md\n  top3: reeks/deel-110",
         ["reeks/deel-110 hoort in de top 3, maar staat op plaats 111",
          "reeks/deel-119.md hoort er niet bij, maar staat op plaats 120"]),
    ],
)  # fmt: skip
def test_what_fails_says_what_came(ask: Ask, text: str, failures: list[str]) -> None:
    assert list(ask(text).failures) == failures


@pytest.mark.parametrize("article", ["concept", "bestaat-niet.md", "/artikel/../x.md"])
@pytest.mark.parametrize("field", ["top3", "niet"])
def test_an_article_that_is_not_public_is_a_failure_by_itself(ask: Ask, field: str, article: str) -> None:
    (failure,) = ask(f"- zoek: taalmodel\n  {field}: {article}").failures
    assert failure.startswith(f"{article} is geen openbaar artikel in de index: ")


class Suggesting(Service):
    """A service that suggests the same for every query."""

    def search(self, request: SearchRequest) -> Answer:
        return replace(super().search(request), suggestion=Suggestion("Taalmodel", 1))


@pytest.mark.parametrize(
    ("expected", "failures"),
    [
        ("taalmodel", ()),
        ("'Taalmodel '", ()),
        ("wet", ("hoort ‘wet’ voor te stellen, maar stelt ‘Taalmodel’ voor",)),
        ("false", ("hoort niets voor te stellen, maar stelt ‘Taalmodel’ voor",)),
    ],
)
def test_a_suggestion_is_compared_without_regard_to_case(
    site: Settings, tmp_path: Path, expected: str, failures: tuple[str, ...]
) -> None:
    (expectation,) = read(tmp_path, f"- zoek: taalmodl\n  suggestie: {expected}")
    assert check(expectation, Suggesting(site, verify=False)).failures == failures


MIXED = """\
- zoek: het taalmodel
  bovenaan: taalmodel
- zoeken: [privacy, taalmodel zwaluwnest]
  bovenaan: open
  waarom: Daar begint het.
"""


@pytest.fixture
def mixed(tmp_path: Path) -> Path:
    path = tmp_path / "queries.yml"
    path.write_text(MIXED, encoding="utf-8")
    return path


def test_the_command_gives_json(site: Settings, mixed: Path) -> None:
    result = run(site, mixed, "--json")
    assert result.exit_code == 1
    found: dict[str, Any] = json.loads(result.stdout)
    assert (found["passed"], found["failed"]) == (1, 2)
    assert [(one["query"], one["line"], one["passed"]) for one in found["results"]] == [
        ("het taalmodel", 1, True),
        ("privacy", 3, False),
        ("taalmodel zwaluwnest", 3, False),
    ]
    failed = found["results"][1]
    assert failed["failures"] == ["open hoort bovenaan, maar wordt niet gevonden"]
    assert failed["top"] == [
        {"id": "privacy", "title": "Privacy op het werk"},
        {"id": "taalmodel", "title": "Het taalmodel"},
    ]
    assert (failed["why"], failed["total"], failed["suggestion"]) == ("Daar begint het.", 2, None)


def test_the_command_tells_why_an_expectation_fails(site: Settings, mixed: Path) -> None:
    result = run(site, mixed)
    assert result.exit_code == 1
    assert "Uitgekomen: 1 van de 3." in result.stderr
    first, second = result.stdout.split(f"{mixed}:3: ")[1:]
    assert first.splitlines() == [
        "privacy",
        "   ✗ open hoort bovenaan, maar wordt niet gevonden",
        "   waarom: Daar begint het.",
        "   gelezen als: privacy (2 gevonden)",
        "   1. Privacy op het werk  privacy",
        "   2. Het taalmodel  taalmodel",
    ]
    assert "   ! Geen artikel bevat alle woorden; zonder: zwaluwnest." in second


def test_the_command_is_silent_when_all_holds(site: Settings, tmp_path: Path) -> None:
    path = tmp_path / "queries.yml"
    path.write_text(f"- zoek: ''\n  minstens: {PUBLIC}\n", encoding="utf-8")
    result = run(site, path)
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr == "Uitgekomen: 1 van de 1.\n"


def test_without_a_file_or_an_index_nothing_is_done(site: Settings, mixed: Path, tmp_path: Path) -> None:
    for result, said in (
        (run(site, tmp_path / "nergens.yml"), "nergens.yml is niet te lezen"),
        (run(site, mixed, "--index", str(tmp_path / "geen")), "trefzeker index"),
        (CliRunner().invoke(main, ["test"]), "QUERIES ontbreekt"),
    ):
        assert (result.exit_code, result.stdout) == (2, "")
        assert said in result.stderr
