"""A small site on a real index, with a draft, a future and an expired article that must not show."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from search.config import Settings
from search.indexing import build_index
from web import create_app
from web.serving import NAME

ODD_IDS = (
    "/vooraan",
    "achteraan/",
    "dubbel//midden",
    "C#/inleiding.v2",
    "déjà vu",
    "v1./..2",
    "50% korting?",
    "vraag?q=1&r=2",
    "a+b",
    "één/twee/drie",
)

ARTICLES = {
    "privacy.md": """---
title: "Privacy & <techniek>"
date: 2026-02-23T13:02:07+01:00
lastmod: 2026-03-03
tags: ["Privacy", "AI-model", "C++"]
author: "Mies & Wim"
summary: "Over privacy in taalmodellen."
cover:
  image: "/static/covers/privacy.svg"
  alt: "Een slot"
  caption: "Beeld: redactie"
aliases: ["/2019/oud-adres", "/oud/slot/"]
---
Een gemeente bewaart gegevens over inwoners. Privacy is een <b>recht</b>.

<script>alert(1)</script>
""",
    "taal.md": """---
title: "Het taalmodel"
date: 2024-02-05
tags: ["privacy", "machine learning"]
cover: {image: "http://example.org/onveilig.png", alt: "Onveilig"}
---
Een taalmodel voorspelt woorden.
""",
    "wet.md": """---
title: "De wet van 2024"
date: 2024-07-01
tags: ["Privacy", "recht"]
---
De wet regelt hoe een gemeente een taalmodel gebruikt.
""",
    "concept.md": """---
title: "Geheim concept"
date: 2024-01-01
draft: true
tags: ["kladgeheim"]
aliases: ["/concept-oud"]
---
Kladgeheim staat hier.
""",
    "toekomst.md": """---
title: "Nog niet"
date: 2999-01-01
tags: ["toekomstgeheim"]
---
Toekomstgeheim staat hier.
""",
    "verlopen.md": """---
title: "Niet meer"
date: 2020-01-01
expiryDate: 2021-01-01
tags: ["verlopengeheim"]
---
Verlopengeheim staat hier.
""",
}
HIDDEN_IDS = ("concept", "toekomst", "verlopen")
HIDDEN_WORDS = ("kladgeheim", "toekomstgeheim", "verlopengeheim")


def write_content(folder: Path) -> list[Path]:
    """Write the articles and a file of articles with odd ids and of many more, for paging."""
    content = folder / "content"
    content.mkdir()
    for name, text in ARTICLES.items():
        (content / name).write_text(text, encoding="utf-8")
    rows: list[dict[str, object]] = [
        {"id": odd, "title": f"Raar {odd}", "text": "Vreemde eend."} for odd in ODD_IDS
    ]
    rows += [
        {
            "id": f"reeks/{number}",
            "title": f"Reeks {number}",
            "text": "Herhaling van zetten.",
            "tags": ["reeks"],
            "date": f"20{10 + number % 5}-0{1 + number % 9}-15",
        }
        for number in range(35)
    ]
    lines = folder / "meer.jsonl"
    lines.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return [content, lines]


@pytest.fixture(scope="session")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """Settings of a site whose index was built."""
    folder = tmp_path_factory.mktemp("site")
    sources = write_content(folder)
    build_index(sources, folder / "index")
    return Settings(content=folder / "content", index=folder / "index")


@pytest.fixture(scope="session")
def app(settings: Settings) -> Iterator[Flask]:
    """The application over that index."""
    application = create_app(settings)
    yield application
    application.extensions[NAME].close()


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A visitor."""
    return app.test_client()


@pytest.fixture
def client_without_index(tmp_path: Path) -> Iterator[FlaskClient]:
    """A visitor of a site that has no index yet."""
    application = create_app(Settings(content=tmp_path, index=tmp_path / "index"))
    yield application.test_client()
    application.extensions[NAME].close()


@pytest.fixture(params=ODD_IDS)
def odd_id(request: pytest.FixtureRequest) -> str:
    """An id that a careless router would lose."""
    return str(request.param)


@pytest.fixture(params=HIDDEN_IDS)
def hidden_id(request: pytest.FixtureRequest) -> str:
    """The id of an article that is not public."""
    return str(request.param)


@pytest.fixture(params=HIDDEN_WORDS)
def hidden_word(request: pytest.FixtureRequest) -> str:
    """A word and tag that stand only in an article that is not public."""
    return str(request.param)
