"""The command line: what scripts rely on (exit codes, JSON, where messages go) and what a person reads."""

from __future__ import annotations

import json
import socket
import subprocess
import time
import urllib.request
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from search import __version__
from search.cli.commands import main
from search.config import Settings
from tests.small_site import ARTICLES, PUBLIC, TREFZEKER, build_site, environment, markdown, write_articles

BROKEN = {"kapot.md": "---\ntitle: [open\n---\n", "datum.md": markdown("Datum", "Tekst.", date="2026-13-45")}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    return build_site(tmp_path_factory.mktemp("opdrachten"))


@pytest.fixture
def fresh(tmp_path: Path) -> Settings:
    """Articles without an index."""
    settings = Settings(content=tmp_path / "content", index=tmp_path / "index")
    write_articles(settings, ARTICLES)
    return settings


def run(settings: Settings, *words: str) -> Result:
    return CliRunner().invoke(main, words, env=environment(settings))


def first_answer(address: str) -> Any:
    """Ask a server that is being started, for up to twenty seconds."""
    deadline = time.monotonic() + 20
    while True:
        try:
            with urllib.request.urlopen(address, timeout=10) as response:
                return json.load(response)
        except OSError:
            assert time.monotonic() < deadline
            time.sleep(0.05)


def json_of(result: Result, code: int = 0) -> Any:
    assert result.exit_code == code, result.output
    return json.loads(result.stdout)


def test_index_builds_from_the_source_in_the_environment(fresh: Settings) -> None:
    report = json_of(run(fresh, "index", "--json"))
    assert report["documents"] == report["added"] == len(ARTICLES)
    assert (report["changed"], report["removed"], report["rejected"]) == (0, 0, [])
    assert isinstance(report["generation"], str)
    assert report["seconds"] > 0


def test_index_takes_sources_and_an_index_folder(fresh: Settings, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elders"
    result = run(fresh, "index", str(fresh.content), "--index", str(elsewhere))
    assert result.exit_code == 0
    assert (elsewhere / "CURRENT").exists()
    assert not fresh.index.exists()
    assert "7 artikelen in de index, " in result.stderr
    assert result.stdout == ""


def test_index_reads_only_what_changed(fresh: Settings) -> None:
    first = json_of(run(fresh, "index", "--json"))
    again = json_of(run(fresh, "index", "--json"))
    assert (again["added"], again["changed"], again["removed"]) == (0, 0, 0)
    assert again["generation"] == first["generation"]
    write_articles(fresh, {"staat.md": markdown("De Staat", "Anders.")})
    (fresh.content / "open.md").unlink()
    third = json_of(run(fresh, "index", "--json"))
    assert (third["added"], third["changed"], third["removed"]) == (0, 1, 1)


def test_index_ends_with_1_when_a_file_is_rejected(fresh: Settings) -> None:
    write_articles(fresh, BROKEN)
    rejected = json_of(run(fresh, "index", "--json"), code=1)["rejected"]
    assert [Path(problem["path"]).name for problem in rejected] == ["datum.md", "kapot.md"]
    assert all(problem["line"] >= 1 and problem["problem"] for problem in rejected)
    told = run(fresh, "index").stderr
    assert "kapot.md" in told
    assert "afgewezen" in told


def test_index_counts_what_could_be_better(fresh: Settings) -> None:
    write_articles(fresh, {"kaal.md": "Zonder front matter."})
    result = run(fresh, "index")
    assert result.exit_code == 0
    assert "1 verbeterpunt; 'trefzeker lint' toont ze." in result.stderr
    assert json_of(run(fresh, "index", "--json"))["warnings"]


@pytest.mark.parametrize("source", ["bestaat-niet", "../nergens/artikelen"])
def test_index_ends_with_2_when_the_source_is_missing(fresh: Settings, source: str) -> None:
    result = run(fresh, "index", source)
    assert result.exit_code == 2
    assert source in result.stderr
    assert not (fresh.index / "CURRENT").exists()


def test_index_does_not_drop_more_than_half_unasked(tmp_path: Path) -> None:
    many = {f"{number:02}.md": markdown(f"Artikel {number}", "Tekst.") for number in range(20)}
    settings = build_site(tmp_path, many)
    for name in list(many)[:11]:
        (settings.content / name).unlink()
    refused = run(settings, "index", "--json")
    assert (refused.exit_code, refused.stdout) == (2, "")
    assert "--yes" in refused.stderr
    assert json_of(run(settings, "search", "--json"))["index"]["documents"] == 20
    assert json_of(run(settings, "index", "--yes", "--json"))["removed"] == 11


def test_search_gives_the_answer_of_the_api(site: Settings) -> None:
    answer = json_of(run(site, "search", "taalmodellen", "--json"))
    assert set(answer) == {
        "query", "total", "page", "per_page", "took_ms", "index", "hits", "facets", "parts", "suggestion",
    }  # fmt: skip
    assert answer["query"] == {
        "text": "taalmodellen", "reading": "taalmodellen", "problems": [], "periods": [],
    }  # fmt: skip
    assert answer["index"]["documents"] == PUBLIC
    (hit,) = answer["hits"]
    assert set(hit) >= {
        "id", "url", "title", "summary", "date", "tags", "cover", "score", "why", "snippets",
    }  # fmt: skip
    assert (hit["id"], hit["url"], hit["why"]) == ("taalmodel", "/artikel/taalmodel", ["exact"])
    assert hit["date"] == "2024-03-05T00:00:00+01:00"
    title = hit["snippets"]["title"][0]
    assert [title["text"][start:end] for start, end in title["marks"]] == ["taalmodel"]
    assert {"value", "label", "count", "selected"} == set(answer["facets"]["tags"][0])
    (year,) = answer["facets"]["years"]
    assert (year["value"], year["months"]) == ("2024", [{"value": "2024-03", "count": 1}])


def test_search_without_a_query_gives_the_newest(site: Settings) -> None:
    answer = json_of(run(site, "search", "--json", "--per-page", "2"))
    assert [hit["id"] for hit in answer["hits"]] == ["staat-van", "privacy"]
    assert answer["total"] == PUBLIC


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        (["privacy"], ["privacy", "taalmodel"]),
        (["taalmodel", "privacy"], ["taalmodel"]),
        (["--", "staat", "-onderwijs"], ["staat"]),
        (['"open source"'], ["open"]),
        (["--tag", "Open Source"], ["open"]),
        (["--tag", "recht", "--tag", "muziek"], ["privacy", "staat"]),
        (["--from", "2024-04"], ["staat-van", "privacy"]),
        (["--to", "2022"], ["staat", "codes"]),
        (["--sort", "oldest", "--per-page", "2"], ["codes", "staat"]),
        (["--sort", "oldest", "--per-page", "2", "--page", "3"], ["privacy", "staat-van"]),
        (["kladgeheim"], []),
    ],
)
def test_search_narrows_sorts_and_pages(site: Settings, options: list[str], expected: list[str]) -> None:
    answer = json_of(run(site, "search", "--json", *options))
    assert [hit["id"] for hit in answer["hits"]] == expected


def test_search_shows_a_person_what_was_read_and_found(site: Settings) -> None:
    result = run(site, "search", "taalmodellen en xyzzy")
    assert result.exit_code == 0
    assert "1. Het taalmodel  2024-03-05" in result.stdout
    assert "/artikel/taalmodel" in result.stdout
    assert "Gezocht: taalmodellen en xyzzy" in result.stderr
    assert "Geen artikel bevat alle woorden; zonder: xyzzy." in result.stderr
    # Without xyzzy a part of the other word will do as well: the AI-model comes second.
    assert "2. Codes en namen" in result.stdout
    assert "2 gevonden" in result.stderr


def test_search_tells_how_many_were_found_by_a_part_of_a_word_and_leaves_them_out_when_asked(
    site: Settings,
) -> None:
    found = run(site, "search", "model")
    assert "Ook als deel van een woord: 1; met --whole-words alleen hele woorden." in found.stderr
    assert "/artikel/taalmodel" in found.stdout
    whole = run(site, "search", "model", "--whole-words")
    assert "Alleen hele woorden; zonder --whole-words ook als deel van een woord." in whole.stderr
    assert "/artikel/taalmodel" not in whole.stdout
    assert "/artikel/codes" in whole.stdout
    answer = json_of(run(site, "search", "model", "--whole-words", "--json"))
    assert answer["parts"] == {"included": False, "hits": 0}


def test_search_says_nothing_of_parts_where_they_play_no_role(site: Settings) -> None:
    for options in (["privacy"], ["--whole-words"]):
        assert "hele woorden" not in run(site, "search", *options).stderr


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("wet sinds 2024", 'sinds 2024 is vanaf 2024-01-01; als gewone woorden: wet "sinds 2024"'),
        (
            "wet in mei 2024",
            'in mei 2024 is 2024-05-01 t/m 2024-05-31; als gewone woorden: wet "in mei 2024"',
        ),
        ("wet op 20 mei 2024", 'op 20 mei 2024 is 2024-05-20; als gewone woorden: wet "op 20 mei 2024"'),
        ("wet tot 2025", 'tot 2025 is t/m 2024-12-31; als gewone woorden: wet "tot 2025"'),
    ],
)
def test_search_tells_which_words_it_took_for_a_period(site: Settings, typed: str, told: str) -> None:
    result = run(site, "search", typed)
    assert f"Periode: {told}\n" in result.stderr
    assert "/artikel/privacy" in result.stdout


def test_search_says_that_it_corrected_a_query_that_finds_nothing(site: Settings) -> None:
    result = run(site, "search", "privcy")
    assert "Geen resultaten voor ‘privcy’; dit zijn de resultaten voor ‘privacy’." in result.stderr
    assert "/artikel/privacy" in result.stdout


def test_search_offers_a_better_spelling_of_what_finds_little(tmp_path: Path) -> None:
    articles = {f"{number}.md": markdown(f"Artikel {number}", "Dit wordt gebruikt.") for number in range(40)}
    settings = build_site(tmp_path, {**articles, "fout.md": markdown("Fout", "Dit wordt gebruikd.")})
    result = run(settings, "search", "gebruikd")
    assert "Bedoelde u ‘gebruikt’? (40)" in result.stderr
    assert "/artikel/fout" in result.stdout


def test_search_uses_the_synonyms_of_the_file_that_is_named(site: Settings, tmp_path: Path) -> None:
    assert json_of(run(site, "search", "personeel", "--json"))["total"] == 0
    words = tmp_path / "woorden.yml"
    words.write_text("groepen:\n  - [personeel, werknemers]\n", encoding="utf-8")
    (hit,) = json_of(run(site, "search", "personeel", "--synonyms", str(words), "--json"))["hits"]
    assert (hit["id"], hit["why"]) == ("privacy", ["synonym"])
    named = CliRunner().invoke(
        main,
        ["search", "personeel", "--json"],
        env={**environment(site), "TREFZEKER_SYNONYMS": str(words)},
    )
    assert [hit["id"] for hit in json_of(named)["hits"]] == ["privacy"]


def test_expectations_are_held_against_the_synonyms_that_are_named(site: Settings, tmp_path: Path) -> None:
    words, queries = tmp_path / "woorden.yml", tmp_path / "queries.yml"
    words.write_text("groepen:\n  - [personeel, werknemers]\n", encoding="utf-8")
    queries.write_text("- zoek: personeel\n  bovenaan: privacy\n", encoding="utf-8")
    assert run(site, "test", str(queries)).exit_code == 1
    assert run(site, "test", str(queries), "--synonyms", str(words)).exit_code == 0


@pytest.mark.parametrize("command", [["search", "privacy"], ["serve"]])
def test_a_file_of_synonyms_that_is_named_must_be_there(
    site: Settings, tmp_path: Path, command: list[str]
) -> None:
    missing = tmp_path / "weg.yml"
    told = run(site, *command, "--synonyms", str(missing))
    assert told.exit_code == 2
    assert f"Het bestand met synoniemen {missing} bestaat niet" in told.stderr


def test_analyze_shows_a_verb_that_stands_in_two(site: Settings) -> None:
    tokens = json_of(run(site, "analyze", "De minister kondigt maatregelen aan.", "--json"))
    assert "aankondigen" in tokens[2]["terms"]


def test_serve_hands_the_synonyms_to_its_workers(site: Settings, tmp_path: Path) -> None:
    (tmp_path / "woorden.yml").write_text("groepen:\n  - [personeel, werknemers]\n", encoding="utf-8")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = str(probe.getsockname()[1])
    # The workers are told by its whole path: the file is named as seen from here.
    command = [TREFZEKER, "serve", "--port", port, "--workers", "1", "--synonyms", "woorden.yml"]
    with subprocess.Popen(command, env=environment(site), cwd=tmp_path, stderr=subprocess.DEVNULL) as server:
        try:
            answer = first_answer(f"http://127.0.0.1:{port}/api/v1/search?q=personeel")
        finally:
            server.terminate()
    assert [(hit["id"], hit["why"]) for hit in answer["hits"]] == [("privacy", ["synonym"])]


def test_a_mistake_in_the_synonyms_is_told_with_its_line_and_the_search_goes_on(
    site: Settings, tmp_path: Path
) -> None:
    words = tmp_path / "woorden.yml"
    words.write_text("groepen:\n  - [een\n", encoding="utf-8")
    found = process(site, "search", "privacy", "--synonyms", str(words))
    assert found.returncode == 0
    assert "/artikel/privacy" in found.stdout
    assert f"De synoniemen in {words} zijn niet te gebruiken: regel " in found.stderr
    assert "er zijn zolang geen synoniemen in gebruik" in found.stderr
    assert "Traceback" not in found.stderr


@pytest.mark.parametrize(
    "options",
    [
        ["--page", "0"],
        ["--per-page", "51"],
        ["--sort", "best"],
        ["--from", "gisteren"],
        ["--to", "2024-02-30"],
    ],
)
def test_search_refuses_what_it_cannot_read(site: Settings, options: list[str]) -> None:
    result = run(site, "search", "wet", "--json", *options)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith("trefzeker: Ongeldige zoekopdracht")


@pytest.mark.parametrize("command", [["search", "wet"], ["tags"], ["check"], ["serve"]])
def test_without_an_index_nothing_is_done(tmp_path: Path, command: list[str]) -> None:
    result = run(Settings(tmp_path / "content", tmp_path / "index"), *command)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "trefzeker index" in result.stderr
    assert not (tmp_path / "index").exists()


def test_analyze_gives_the_tokens(site: Settings) -> None:
    tokens = json_of(run(site, "analyze", "De AI-modellen, foto’s", "--json"))
    assert tokens[0] == {"text": "De", "start": 0, "end": 2, "exact": "de", "terms": ["de"], "parts": []}
    assert tokens[1]["terms"] == ["ai", "aimodel"]
    assert [token["text"] for token in tokens] == ["De", "AI", "modellen", "foto’s"]
    assert tokens[3]["exact"] == "foto's"
    assert json_of(run(site, "analyze", "", "--json")) == []


def test_analyze_shows_a_token_a_line(site: Settings) -> None:
    assert (
        run(site, "analyze", "Foto’s en C++").stdout
        == "Foto’s\tfoto's\tfoto\t\nen\ten\ten\t\nC++\tc++\tc++\t\n"
    )


def test_tags_gives_counts_and_spellings(tmp_path: Path) -> None:
    articles = {
        "a.md": markdown("A", "Tekst.", tags='["Open source", "wet"]'),
        "b.md": markdown("B", "Tekst.", tags='["open-source"]'),
        "c.md": markdown("C", "Tekst.", tags='["Open source"]'),
        "d.md": markdown("D", "Tekst.", tags='["geheim"]', draft="true"),
    }
    settings = build_site(tmp_path, articles)
    first, second = json_of(run(settings, "tags", "--json"))
    assert (first["value"], first["label"], first["count"]) == ("open-source", "Open source", 3)
    assert first["variants"] == [{"label": "Open source", "count": 2}, {"label": "open-source", "count": 1}]
    assert (second["value"], second["count"]) == ("wet", 1)
    assert "3 Open source   ook: open-source (1)" in run(settings, "tags").stdout


def test_lint_lists_what_is_wrong_without_an_index(fresh: Settings) -> None:
    assert json_of(run(fresh, "lint", "--json")) == []
    write_articles(fresh, BROKEN)
    found = json_of(run(fresh, "lint", str(fresh.content), "--json"), code=1)
    assert {Path(problem["path"]).name for problem in found} == {"kapot.md", "datum.md"}
    assert all({"path", "line", "problem"} <= set(problem) for problem in found)
    shown = run(fresh, "lint")
    assert "kapot.md:" in shown.stdout
    assert "2 problemen gevonden." in shown.stderr
    assert not fresh.index.exists()
    assert run(fresh, "lint", "bestaat-niet").exit_code == 2


def test_check_says_whether_the_index_is_sound(fresh: Settings) -> None:
    run(fresh, "index")
    sound = run(fresh, "check")
    assert (sound.exit_code, sound.stdout) == (0, "")
    assert "in orde" in sound.stderr
    victim = max(fresh.index.rglob("*.bin"), key=lambda path: path.stat().st_size)
    data = bytearray(victim.read_bytes())
    data[len(data) // 2] ^= 1
    victim.chmod(0o644)
    victim.write_bytes(data)
    damaged = run(fresh, "check")
    assert damaged.exit_code == 1
    assert victim.name in damaged.stderr
    assert "trefzeker index" in damaged.stderr


def test_serve_does_not_start_with_a_host_that_is_no_name(site: Settings) -> None:
    settings = {**environment(site), "TREFZEKER_HOSTS": "https://www.x.nl/"}
    result = CliRunner().invoke(main, ["serve"], env=settings)
    assert result.exit_code == 2
    assert "zoals www.voorbeeld.nl" in result.stderr
    assert "http://127.0.0.1" not in result.stderr


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["zoek"], "kies uit: analyze, bench, check"),
        (["--fout"], "de optie --fout bestaat niet"),
        (["search", "--fron", "2024"], "wel --from"),
        (["search", "--page"], "de optie --page"),
        (["search", "--engine", "lucene"], "kies uit: columnar"),
        (["serve", "--port", "abc"], "van 1 tot en met 65535"),
        (["serve", "--port", "0"], "van 1 tot en met 65535"),
        (["index", "--memory", "100"], "geef een geheel getal van 640 of meer. Hulp"),
        (["analyze"], "TEXT ontbreekt"),
        (["analyze", "een", "zin"], "aanhalingstekens"),
        (["check", "teveel"], "meer woorden"),
    ],
)
def test_bad_use_is_told_in_dutch(site: Settings, words: list[str], said: str) -> None:
    result = run(site, *words)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith("trefzeker: ")
    assert said in result.stderr
    assert "--help" in result.stderr


def test_a_bare_command_shows_help_and_does_nothing(site: Settings) -> None:
    result = run(site)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith("Gebruik: ")


def test_an_unknown_engine_in_the_environment_is_told(site: Settings) -> None:
    result = CliRunner().invoke(main, ["search", "wet"], env={"TREFZEKER_ENGINE": "lucene"})
    assert result.exit_code == 2
    assert "TREFZEKER_ENGINE" in result.stderr


@pytest.mark.parametrize("command", [[], *([name] for name in sorted(main.commands))])
def test_help_is_in_dutch(command: list[str]) -> None:
    result = CliRunner().invoke(main, [*command, "--help"])
    assert result.exit_code == 0
    assert result.stdout.startswith("Gebruik: ")
    assert "Toon deze hulp." in result.stdout
    assert "\\b" not in result.stdout


def process(settings: Settings, *words: str) -> subprocess.CompletedProcess[str]:
    """Run the command as it is installed, in a process of its own."""
    return subprocess.run(
        [TREFZEKER, *words],
        env=environment(settings),
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def test_the_installed_command_tells_its_version(site: Settings) -> None:
    assert process(site, "--version").stdout == f"trefzeker {__version__}\n"


def test_the_installed_command_indexes_searches_and_checks(fresh: Settings) -> None:
    done = process(fresh, "index", "--json")
    assert (done.returncode, json.loads(done.stdout)["documents"]) == (0, len(ARTICLES))
    found = process(fresh, "search", "ĳs OF foto’s", "--json")
    assert (found.returncode, found.stderr) == (0, "")
    assert [hit["id"] for hit in json.loads(found.stdout)["hits"]] == ["codes"]
    assert process(fresh, "check").returncode == 0


def test_the_installed_command_survives_bytes_that_are_no_text(site: Settings) -> None:
    found = subprocess.run(
        [TREFZEKER, "search", "--json", b"wet \xff"], env=environment(site), capture_output=True, check=False
    )
    assert found.returncode == 0
    assert json.loads(found.stdout)["total"] >= 1


def test_the_installed_command_works_where_the_locale_is_plain_ascii(site: Settings) -> None:
    plain = {**environment(site), "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    found = subprocess.run([TREFZEKER, "search", "foto"], env=plain, capture_output=True, check=False)
    assert found.returncode == 0, found.stderr


def test_a_closed_pipe_ends_the_command_quietly(site: Settings) -> None:
    piped = subprocess.run(
        ["sh", "-c", f"{TREFZEKER} search --json | head -c 1"],
        env=environment(site), capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert "Traceback" not in piped.stderr
