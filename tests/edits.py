"""Sources that are edited: a folder and a file of lines, with front matter of every kind."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Literal

from hypothesis import strategies as st

PATHS = ("a.md", "b.md", "map/c.md", "map/index.md", "map.md", "d.markdown", "één.md", "z/diep/e.md")

HEADS = (
    "title: Eerste\ntags: [ai, Privacy]",
    "title: Tweede\ntags: [AI]\ndate: 2024-03-05\nsummary: Een samenvatting",
    "title: Concept\ndraft: true",
    "title: Later\ndate: 2999-01-01",
    "title: Verlopen\nexpiryDate: 2020-01-01\naliases: [/oud]",
    "title: Gedeeld\nslug: gedeeld",
    "title: Kapot\ntags: [niet gesloten",
    "title: Vreemd\ndraft: misschien\ndate: 2024-13-45",
    "cover: {image: /beeld.svg, alt: Een slot, caption: Beeld}",
)
"""Front matter of every kind: public or not, with one id for two files, and broken."""

BODIES = ("Een gemeente met een taalmodel.", "# Kop\n\nTwee brieven over AI-model en C++.", "")

Edit = tuple[Literal["write", "delete", "rename", "lines", "move"], str, int, int]
edits = st.lists(
    st.tuples(
        st.sampled_from(("write", "write", "write", "delete", "rename", "lines", "move")),
        st.sampled_from(PATHS),
        st.integers(0, 1_000) | st.just(5),
        st.integers(0, 1_000),
    ),
    min_size=1,
    max_size=8,
)


class Sources:
    """A folder and a file of lines that are edited."""

    def __init__(self, folder: Path) -> None:
        self.content, self.lines = folder / "content", folder / "meer.jsonl"
        self.content.mkdir()
        self.lines.touch()
        self.paths = [self.content, self.lines]

    def apply(self, edit: Edit) -> list[Path]:
        """Make one change; gives the paths that were touched."""
        kind, relative, first, second = edit
        path = self.content / relative
        other = self.content / PATHS[first % len(PATHS)]
        if kind == "write":
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(write_up(first, second), "utf-8")
            return [path]
        if kind == "lines":
            rows = [
                {"id": f"r/{first * n % 4}", "title": f"Rij {n}", "text": BODIES[0]}
                for n in range(second % 5)
            ]
            self.lines.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
            return [self.lines]
        if path.is_file() and kind == "delete":
            path.unlink()
        elif path.is_file() and kind == "rename":
            other.parent.mkdir(parents=True, exist_ok=True)
            path.replace(other)
        elif (
            kind == "move" and (folder := self.content / PATHS[first % len(PATHS)].partition("/")[0]).is_dir()
        ):
            moved = self.content / ("map", "z", "elders")[second % 3]
            if not moved.exists():
                folder.replace(moved)
            return [folder, moved]
        return [path, other]


def write_up(first: int, second: int) -> str:
    """A Markdown file with the front matter and the body of these numbers."""
    return f"---\n{HEADS[first % len(HEADS)]}\n---\n{BODIES[second % len(BODIES)]}\n"
