"""The style sheet: every colour of text can be read on every ground it stands on, in light and in dark."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import web

CSS = (Path(web.__file__).parent / "static" / "style.css").read_text(encoding="utf-8")

TEXT_ON_GROUND = [
    *(
        (text, ground)
        for text in ("ink", "muted", "link", "accent")
        for ground in ("ground", "raised", "chip")
    ),
    ("mark-ink", "mark"),
    ("button-ink", "button"),
]
EDGES = [("edge", "ground"), ("edge", "raised"), ("accent", "ground"), ("button", "ground")]


def colours() -> dict[str, dict[str, str]]:
    """Give the colours of each scheme: those of the dark one are laid over those of the light one."""
    blocks = re.findall(r":root \{(.*?)\}", CSS, re.DOTALL)
    light, dark, printed = (dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6});", block)) for block in blocks)
    return {"light": light, "dark": light | dark, "print": light | printed}


def luminance(colour: str) -> float:
    """Give the relative luminance of `#rrggbb` as WCAG 2 defines it."""
    channels = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """Give the contrast ratio of two colours as WCAG 2 defines it."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("scheme", ["light", "dark", "print"])
@pytest.mark.parametrize(("text", "ground"), TEXT_ON_GROUND)
def test_text_can_be_read(scheme: str, text: str, ground: str) -> None:
    palette = colours()[scheme]
    assert contrast(palette[text], palette[ground]) >= 4.5


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("edge", "ground"), EDGES)
def test_edges_of_controls_can_be_seen(scheme: str, edge: str, ground: str) -> None:
    palette = colours()[scheme]
    assert contrast(palette[edge], palette[ground]) >= 3


def test_colours_are_named_in_one_place() -> None:
    rules = re.sub(r":root \{.*?\}", "", CSS, flags=re.DOTALL)
    assert not re.search(r"#[0-9a-fA-F]{3,8}\b|rgba?\(|hsla?\(", rules)


@pytest.mark.parametrize("place", ["list-head", "failure", "hit-text", "facet-label", "tags", "tag-cloud"])
def test_a_long_word_of_a_visitor_or_a_tag_makes_no_page_wider(place: str) -> None:
    wrapped = re.findall(r"^(.*) \{ overflow-wrap: anywhere; \}$", CSS, re.MULTILINE)
    assert f".{place}" in ", ".join(wrapped).split(", ")


def test_nothing_is_fetched_from_elsewhere() -> None:
    assert "url(" not in CSS
    assert "@import" not in CSS
