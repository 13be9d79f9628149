"""Which version of the code made something: digests of the code itself, so that no change is forgotten.

An index made by another analysis gives wrong answers and must be rebuilt; articles read by other rules may have
become public, or no longer be so, and are read again.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path

_HERE = Path(__file__).parent
_ANALYSIS = (
    "characters.py",
    "layout.py",
    *(
        f"dutch/{name}.py"
        for name in (
            "tokens codes normalise lemma derivation compounds compound_model lexicon stem stopwords variants"
            " separable lists analyzer"
        ).split()
    ),
    "dutch/data",
)
"""What decides which terms a text has. Dates and spelling are read from queries only."""

_READING = ("characters.py", "tags.py", "articles.py", "markdown.py", "rawhtml.py", "frontmatter")


@lru_cache(maxsize=1)
def fingerprint() -> str:
    """A digest that differs when the same text may give other terms or weights (16 hexadecimal digits)."""
    return digest([_HERE / name for name in _ANALYSIS], ["nltk", "marisa-trie"])


@lru_cache(maxsize=1)
def reading_version() -> str:
    """A digest that differs when the same file may give another article (16 hexadecimal digits)."""
    packages = ["python-frontmatter", "pyyaml", "markdown-it-py", "nh3"]
    return digest([_HERE / name for name in _READING], packages)


def digest(paths: Iterable[Path], packages: Iterable[str]) -> str:
    """A digest of Python files, those in folders included, and of the versions of packages."""
    whole = hashlib.sha256()
    for path in paths:
        for file in _files(path):
            whole.update(
                file.relative_to(path.parent).as_posix().encode() + b"\0" + file.read_bytes() + b"\0"
            )
    for package in packages:
        whole.update(f"{package} {version(package)}\0".encode())
    return whole.hexdigest()[:16]


def _files(path: Path) -> list[Path]:
    """The file itself, or the code and data in a folder."""
    if not path.is_dir():
        return [path]
    return sorted(file for file in path.rglob("*") if file.suffix in (".py", ".txt", ".marisa"))
