"""What can be used is documented, and what is documented can be used."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import get_args

import click
import pytest

from search.cli.commands import main
from search.dutch.dates import MAX_PERIODS
from search.model import Why
from search.query.parse import FIELDS, MAX_DEPTH, MAX_LENGTH, MAX_WORD, MAX_WORDS, parse
from search.query.planner import MAX_EXPANSIONS, MAX_PHRASE
from search.query.request import MAX_WINDOW
from search.suggest import MAX_CORRECTED
from web.openapi import SEARCH_PARAMETERS

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
DOCUMENTATION = "\n".join(
    [README, *(page.read_text(encoding="utf-8") for page in (ROOT / "docs").glob("*.md"))]
)
SOURCES = "\n".join(
    path.read_text(encoding="utf-8")
    for room in ("search", "web")
    for path in sorted((ROOT / room).rglob("*.py"))
)
OPTIONS = [
    (name, parameter)
    for name, command in main.commands.items()
    for parameter in command.params
    if isinstance(parameter, click.Option)
]


def section(title: str) -> str:
    """The text below a heading of the README, up to the next one."""
    return re.split(r"^#+ ", README.split(f"# {title}\n", 1)[1], maxsplit=1, flags=re.MULTILINE)[0]


@pytest.mark.parametrize("name", sorted(main.commands))
def test_every_command_has_help_and_stands_in_the_readme(name: str) -> None:
    text = main.commands[name].help
    assert text
    assert text.splitlines()[0].endswith(".")
    assert f"`trefzeker {name}" in section("Command line")


@pytest.mark.parametrize(("command", "option"), OPTIONS, ids=[f"{name} {o.opts[0]}" for name, o in OPTIONS])
def test_every_option_has_help_and_stands_in_the_readme(command: str, option: click.Option) -> None:
    assert option.help
    assert option.help.endswith(".")
    assert f"`{option.opts[0]}" in section("Command line")


@pytest.mark.parametrize("name", sorted(set(re.findall(r"`trefzeker ([a-z]+)", DOCUMENTATION))))
def test_every_command_that_is_documented_exists(name: str) -> None:
    assert name in main.commands


@pytest.mark.parametrize("option", sorted(set(re.findall(r"`(--[a-z-]+)", section("Command line")))))
def test_every_option_that_is_documented_exists(option: str) -> None:
    assert option == "--help" or option in {name for _, known in OPTIONS for name in known.opts}


@pytest.mark.parametrize(
    "variable", sorted(set(re.findall(r"\bTREFZEKER_[A-Z_]+\b", SOURCES + DOCUMENTATION)))
)
def test_every_variable_is_read_and_documented(variable: str) -> None:
    assert variable in SOURCES
    assert f"`{variable}`" in section("Settings")


@pytest.mark.parametrize(
    "typed",
    [example.replace("\\|", "|") for example in re.findall(r"`([^`]+)`", section("What can be typed"))],
)
def test_every_example_of_a_query_is_read_without_complaint(typed: str) -> None:
    assert parse(typed).problems == ()


@pytest.mark.parametrize("parameter", [one["name"] for one in SEARCH_PARAMETERS])
def test_every_parameter_of_the_api_stands_in_the_readme(parameter: str) -> None:
    assert f"{parameter}=" in section("API")


@pytest.mark.parametrize("reason", get_args(Why))
def test_every_reason_why_an_article_is_found_stands_in_the_readme(reason: str) -> None:
    assert f"`{reason}`" in section("API")


def test_periods_in_words_are_read_as_the_readme_says() -> None:
    row = next(line for line in section("What can be typed").splitlines() if "said in words" in line)
    examples = re.findall(r"`([^`]+)`", row)
    assert examples
    for example in examples:
        (period,) = parse(example, today=date(2026, 3, 2)).periods
        assert period.certain


def test_every_form_of_the_query_language_stands_in_the_readme() -> None:
    text = section("What can be typed")
    forms = ('"', "~", "-", "NIET", "OF", "OR", "EN", "#", "tag:", "datum:", "..", "*", "brackets")
    missing = [
        form
        for form in (*forms, *(f"{dutch}:" for names in FIELDS.values() for dutch in names))
        if form not in text
    ]
    assert missing == []


@pytest.mark.parametrize(
    "limit",
    [
        f"{MAX_LENGTH} characters",
        f"{MAX_WORDS} words",
        f"a word {MAX_WORD} characters",
        f"brackets {MAX_DEPTH} deep",
        f"phrase {MAX_PHRASE} words",
        f"{MAX_EXPANSIONS} words",
        f"result {MAX_WINDOW:,}",
    ],
)
def test_every_limit_of_a_query_stands_in_the_readme_as_it_is(limit: str) -> None:
    assert limit in " ".join(section("Limits").split())


def test_limits_of_periods_and_corrections_stand_in_the_readme_as_they_are() -> None:
    in_words = {4: "four"}
    text = " ".join(section("Limits").split())
    assert f"at most {in_words[MAX_PERIODS]} periods" in text
    assert f"more than {in_words[MAX_CORRECTED]} misspelled words" in text


def test_exit_codes_are_told_in_the_help_and_in_the_readme() -> None:
    assert "Exitcodes: 0 in orde; 1" in (main.help or "")
    assert "Exit codes: 0 fine, 1" in section("Command line")
