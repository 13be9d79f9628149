"""A source's bytes to an article, or to what is wrong with them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import PurePosixPath

from search.characters import has_control, lines, one_line
from search.frontmatter.fields import (
    MAX_AUTHOR,
    MAX_SUMMARY,
    MAX_TITLE,
    read_aliases,
    read_cover,
    read_slug,
    read_tags,
    read_text,
)
from search.frontmatter.formats import UnreadableError, Value, read_object
from search.frontmatter.handlers import FrontMatter, read_front_matter
from search.frontmatter.visibility import read_visibility
from search.markdown import PlainText, read
from search.model import Article, Problem, Severity

MAX_BYTES = 1_048_576
"""Bytes of UTF-8 that a file, or the text of a line, may have."""

MAX_ID = 512
"""Characters that an id may have."""

TOO_LARGE = f"het artikel is groter dan {MAX_BYTES // 1024} KiB: deel het op"
"""What is wrong with an article of more than `MAX_BYTES`."""

ROOT_ID = "start"
"""The id of `index.md` at the root of a source."""


STRAY_LINES = 20
"""How many lines at the top of a file without front matter are looked at for fields that ought to be in one."""

_STRAY_FIELD = re.compile(r"\W*(?:draft|publishdate|expirydate)\W*[:=]", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Loaded:
    """What reading gave: an article, or None when it is rejected, and everything that was found wrong."""

    article: Article | None
    problems: tuple[Problem, ...] = ()


@dataclass(slots=True)
class _Reading:
    """One article while it is read: where it stands, and what was found wrong with it so far."""

    path: str
    lines: Mapping[str, int]
    line: int = 1
    problems: list[Problem] = field(default_factory=list)

    def report(self, name: str, message: str, severity: Severity = "warning") -> None:
        self.problems.append(Problem(self.path, self.lines.get(name, self.line), message, severity))


def read_article(path: str, relative: str, content: bytes) -> Loaded:
    """Read a Markdown file.

    Args:
        path: as it is shown in problems.
        relative: the path below the source, with `/` between its parts; the id is made of it.
        content: the whole file.

    Returns:
        The article, or why the file is rejected. The text leaves out a heading at the top that says the
        title again, so that its words do not count twice.
    """
    try:
        if len(content) > MAX_BYTES:
            raise UnreadableError(1, TOO_LARGE)
        text = _decoded(content)
        return _markdown_article(path, relative, read_front_matter(text), text)
    except UnreadableError as error:
        return Loaded(None, (Problem(path, error.line, error.message),))


def read_line(path: str, line: int, content: bytes) -> Loaded:
    """Read one line of a `.jsonl` file: an object with `id`, `title`, `text` and any field of front matter.

    Args:
        path: of the file, as it is shown in problems.
        line: its number in the file, from 1.
        content: the line's bytes.

    Returns:
        The article, whose text is plain text and whose body is empty, or why the line is rejected.
    """
    reading = _Reading(path, {}, line)
    try:
        fields = read_object(_decoded(content))
        text = fields.get("text")
        if not isinstance(text, str):
            raise UnreadableError(1, 'de regel heeft geen tekst: voeg "text": "…" toe')
        if len(text.encode("utf-8", "replace")) > MAX_BYTES:
            raise UnreadableError(1, TOO_LARGE)
        identity = _line_id(fields.get("id"))
    except UnreadableError as error:
        return Loaded(None, (Problem(path, line, error.message),))
    article = _article(identity, fields, reading, PlainText(lines(text)), fallback=identity)
    return Loaded(article, tuple(reading.problems))


def article_id(relative: str, slug: str = "") -> str:
    """Give the id of a Markdown file.

    Args:
        relative: its path below the source, with `/` between its parts.
        slug: what takes the place of the last part, if anything.

    Returns:
        The path without extension; that of the folder for `index.md` and `_index.md`, `start` at the root.

    Raises:
        UnreadableError: the path cannot serve as an id.
    """
    file = PurePosixPath(relative)
    parts = [*file.parts[:-1], file.stem]
    if file.stem in ("index", "_index"):
        parts.pop()
    if slug:
        parts[-1:] = [slug]
    identity = "/".join(parts) or ROOT_ID
    _check_id(identity, "hernoem het bestand of zijn map")
    return unicodedata.normalize("NFC", identity)


def _markdown_article(path: str, relative: str, front: FrontMatter | None, text: str) -> Loaded:
    reading = _Reading(path, front.lines if front else {})
    fields = front.values if front else {}
    body = front.body if front else text
    if front is None:
        _refuse_stray_fields(text)
        reading.report(
            "", "het bestand heeft geen front matter: zet bovenaan --- met een title en sluit af met ---"
        )
    try:
        slug = read_slug(fields.get("slug"))
    except ValueError as error:
        raise UnreadableError(reading.lines["slug"], str(error)) from error
    identity = article_id(relative, slug)
    plain = read(body)
    if plain.simplified:
        reading.report("", "de opmaak is te zwaar, de tekst wordt zonder opmaak getoond: deel het artikel op")
    fallback = plain.heading or article_id(relative).rpartition("/")[2]
    return Loaded(_article(identity, fields, reading, plain, fallback, body), tuple(reading.problems))


def _refuse_stray_fields(text: str) -> None:
    """See that a text without front matter does not begin with fields that decide whether it is public.

    Raises:
        UnreadableError: one of its first lines does; whoever wrote that meant it to count.
    """
    for number, line in enumerate(text.splitlines()[:STRAY_LINES], 1):
        if _STRAY_FIELD.match(line):
            raise UnreadableError(
                number, "dit veld staat niet in front matter: zet die bovenaan tussen --- en ---"
            )


def _article(
    identity: str,
    fields: Mapping[str, Value],
    reading: _Reading,
    plain: PlainText,
    fallback: str,
    body: str = "",
) -> Article:
    def text(name: str, limit: int) -> str:
        return read_text(fields.get(name), name, limit, lambda message: reading.report(name, message))

    title = text("title", MAX_TITLE) or one_line(fallback)[:MAX_TITLE].rstrip()
    visibility = read_visibility(fields, reading.report)
    return Article(
        id=identity,
        title=title,
        text=plain.below(title),
        body=body,
        summary=text("summary", MAX_SUMMARY) or text("description", MAX_SUMMARY),
        tags=read_tags(fields.get("tags"), "tags", partial(reading.report, "tags")),
        categories=read_tags(fields.get("categories"), "categories", partial(reading.report, "categories")),
        aliases=read_aliases(fields.get("aliases"), partial(reading.report, "aliases")),
        author=text("author", MAX_AUTHOR),
        cover=read_cover(fields.get("cover"), partial(reading.report, "cover")),
        date=visibility.date,
        modified=visibility.modified,
        visible_from=visibility.visible_from,
        visible_until=visibility.visible_until,
    )


def _line_id(value: Value) -> str:
    identity = str(value) if isinstance(value, (str, int)) and not isinstance(value, bool) else ""
    _check_id(identity, 'geef de regel een "id" van gewone tekens')
    return identity


def _check_id(identity: str, advice: str) -> None:
    if not identity.strip():
        raise UnreadableError(1, f"het artikel heeft geen id: {advice}")
    if len(identity) > MAX_ID or has_control(identity) or {".", ".."} & set(identity.split("/")):
        raise UnreadableError(
            1, f"het id is langer dan {MAX_ID} tekens, bevat stuurtekens of een deel dat . of .. is: {advice}"
        )


def _decoded(content: bytes) -> str:
    r"""Give the text of UTF-8, without byte order mark and with `\n` for every line end."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise UnreadableError(1, "het bestand is UTF-16 (byte 0): sla het op als UTF-8")
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise UnreadableError(
            line,
            f"byte {error.start} (0x{content[error.start]:02X}) is geen UTF-8: sla het bestand op als UTF-8",
        ) from error
    if (place := content.find(b"\0")) >= 0:
        line = content.count(b"\n", 0, place) + 1
        raise UnreadableError(line, f"byte {place} is een nulteken: sla het bestand op als tekst in UTF-8")
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    # Editors and full disks leave a file empty for a while, also that of a draft.
    if not text.strip():
        raise UnreadableError(1, "het bestand is leeg: schrijf er een artikel in of haal het weg")
    return text
