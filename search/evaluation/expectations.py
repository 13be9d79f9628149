"""What an editor expects of the search, as it is written in a YAML file (docs/queries.md)."""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import yaml

from search.characters import one_line
from search.errors import BadRequest, BadSource
from search.frontmatter.formats import UnreadableError, Value, field_name, read_yaml
from search.model import SearchRequest
from search.query.request import read_request

MAX_BYTES = 1_048_576
"""Bytes that a file of expectations may have."""

MAX_TOP = 100
"""The largest n of `top<n>`."""

NAMES = {
    "zoek": ("search", "query"),
    "zoeken": ("searches", "queries"),
    "tag": ("tags",),
    "van": ("from",),
    "tot": ("to",),
    "top1": ("bovenaan", "first"),
    "niet": ("not",),
    "minstens": ("at_least",),
    "hoogstens": ("at_most",),
    "geen": ("none",),
    "suggestie": ("suggestion",),
    "waarom": ("why",),
}
"""What can be said in an expectation, with other names for it; besides these `top<n>` for any n up to MAX_TOP."""

_CANONICAL = {other: name for name, others in NAMES.items() for other in (name, *others)}
_KNOWN = (
    "zoek, zoeken, tag, van, tot, bovenaan, top3, top10, niet, minstens, hoogstens, geen, suggestie, waarom"
)
_TOP = re.compile(r"top([1-9][0-9]{0,3})")
_NUMBER = re.compile(r"[0-9]{1,9}")
_FIRST_FENCE = re.compile(r"((?:[ \t]*(?:#[^\n]*)?\n)*)---[ \t]*(?=\n|\Z)")
_WRAPPER = "lijst van verwachtingen"
_FORM = "begin elke verwachting op een nieuwe regel met - zoek: en dan de zoekvraag"


@dataclass(frozen=True, slots=True)
class Expectation:
    """What one search is expected to give; articles are named as they were written.

    `line` is where it stands. `within` holds pairs of n and an article that must be among the first n, `absent`
    articles that must not be found at all. `least` and `most` bound the number of articles found. `suggestion`
    is the query that must be suggested, empty when none may be, None when that does not matter.
    """

    line: int
    request: SearchRequest
    within: tuple[tuple[int, str], ...] = ()
    absent: tuple[str, ...] = ()
    least: int | None = None
    most: int | None = None
    suggestion: str | None = None
    why: str = ""


def read_expectations(path: Path) -> tuple[Expectation, ...]:
    """Read a file of expectations.

    Args:
        path: a YAML list; anchors, aliases, type tags and keys that stand twice are refused.

    Returns:
        One expectation for each query, in the order of the file.

    Raises:
        BadSource: it cannot be read, or says something that has no meaning; with the line, and what to do.
    """
    try:
        with path.open("rb") as file:
            content = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise BadSource(f"Het bestand {path} is niet te lezen", "controleer het pad en de rechten") from error
    if len(content) > MAX_BYTES:
        raise BadSource(f"Het bestand {path} is groter dan {MAX_BYTES // 1024} KiB", "deel het op")
    try:
        return tuple(
            expectation for fields, lines in _items(_decoded(content)) for expectation in _read(fields, lines)
        )
    except UnreadableError as error:
        raise BadSource(f"{path}, regel {error.line}", error.message) from error


def _decoded(content: bytes) -> str:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise UnreadableError(line, "dit is geen UTF-8: sla het bestand op als UTF-8") from error
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _items(text: str) -> list[tuple[Mapping[str, Value], Mapping[str, int]]]:
    """The fields of each expectation, and the line of each; the line of the whole is under the empty name."""
    text = _FIRST_FENCE.sub(r"\1", text, count=1) if _FIRST_FENCE.match(text) else text
    try:
        # A list as the value of a field has all the guards of front matter, one line further down.
        values, _ = read_yaml(f"{_WRAPPER}:\n{text}")
    except UnreadableError as error:
        raise UnreadableError(max(error.line - 1, 1), error.message) from error
    listed = values[_WRAPPER]
    if len(values) > 1 or not isinstance(listed, list):
        empty = len(values) == 1 and listed is None
        raise UnreadableError(1, f"er staan geen verwachtingen in: {_FORM}" if empty else _FORM)
    items: list[tuple[Mapping[str, Value], Mapping[str, int]]] = []
    # Only now that nothing in it can run away: nodes, which know their lines.
    nodes = yaml.compose(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    for value, node in zip(listed, nodes.value if nodes else (), strict=True):
        line = node.start_mark.line + 1
        if not isinstance(value, dict):
            raise UnreadableError(line, f"dit is geen verwachting: {_FORM}")
        items.append(
            (value, {"": line} | {field_name(k.value): k.start_mark.line + 1 for k, _ in node.value})
        )
    return items


def _read(written: Mapping[str, Value], written_lines: Mapping[str, int]) -> list[Expectation]:
    """The expectations of one item: one for each of its queries."""
    fields, lines = _named(written, written_lines)
    whole = lines[""]
    if ("zoek" in fields) == ("zoeken" in fields):
        raise UnreadableError(whole, "schrijf zoek: met een zoekvraag, of zoeken: [eerste, tweede]")
    queries = _queries(fields, lines)
    try:
        requests = [
            read_request(
                text=query,
                tags=_texts(fields, lines, "tag"),
                start=_text(fields, lines, "van"),
                end=_text(fields, lines, "tot"),
            )
            for query in queries
        ]
    except BadRequest as error:
        place = {"tag": "tag", "from": "van", "to": "tot"}.get(error.parameter, "")
        raise UnreadableError(lines.get(place, whole), error.detail.rstrip(".")) from error
    within = _within(fields, lines)
    absent = _texts(fields, lines, "niet")
    least, most = _number(fields, lines, "minstens"), _number(fields, lines, "hoogstens")
    if _is_none_expected(fields, lines):
        most = 0
    suggestion = _suggestion(fields, lines)
    if not (within or absent) and (least, most, suggestion) == (None, None, None):
        raise UnreadableError(
            whole, "zeg ook wat u verwacht: bovenaan, top3, niet, minstens, geen of suggestie"
        )
    if most is not None and max(least or 0, min(len(within), 1)) > most:
        raise UnreadableError(whole, "dit kan niet samen: er worden meer en minder artikelen verwacht")
    return [
        Expectation(
            line=whole,
            request=request,
            within=within,
            absent=absent,
            least=least,
            most=most,
            suggestion=suggestion,
            why=one_line(_text(fields, lines, "waarom")),
        )
        for request in requests
    ]


def _named(
    written: Mapping[str, Value], written_lines: Mapping[str, int]
) -> tuple[dict[str, Value], dict[str, int]]:
    """The fields and their lines by the one name that each has."""
    fields: dict[str, Value] = {}
    lines = {"": written_lines[""]}
    for name, value in written.items():
        top = _TOP.fullmatch(name)
        canonical = name if top else _CANONICAL.get(name)
        line = written_lines[name]
        if canonical is None:
            near = difflib.get_close_matches(name, _CANONICAL, 1)
            advice = f"bedoelde u {near[0]}?" if near else f"kies uit: {_KNOWN}"
            raise UnreadableError(line, f"het veld {name} bestaat niet: {advice}")
        if top and int(top[1]) > MAX_TOP:
            raise UnreadableError(line, f"{name} gaat te ver: schrijf hoogstens top{MAX_TOP}")
        if canonical in fields:
            raise UnreadableError(line, f"{name} zegt hetzelfde als een ander veld: haal een van beide weg")
        fields[canonical] = value
        lines[canonical] = line
    return fields, lines


def _queries(fields: Mapping[str, Value], lines: Mapping[str, int]) -> tuple[str, ...]:
    if "zoek" not in fields:
        return _texts(fields, lines, "zoeken")
    query = fields["zoek"]
    if not isinstance(query, str):
        # What YAML takes for a remark, a list or a truth value was meant as a query.
        raise UnreadableError(lines["zoek"], "zet deze zoekvraag tussen enkele aanhalingstekens: '#privacy'")
    return (query,)


def _texts(fields: Mapping[str, Value], lines: Mapping[str, int], name: str) -> tuple[str, ...]:
    """One text or a list of them; none when there is no such field."""
    if name not in fields:
        return ()
    value = fields[name]
    found = value if isinstance(value, list) else [value]
    texts = tuple(item for item in found if isinstance(item, str) and (item.strip() or name == "zoeken"))
    if not texts or len(texts) < len(found):
        raise UnreadableError(
            lines[name],
            f"{name} hoort een tekst of een lijst van teksten te zijn: schrijf {name}: [een, twee]",
        )
    return texts


def _text(fields: Mapping[str, Value], lines: Mapping[str, int], name: str) -> str:
    value = fields.get(name, "")
    if not isinstance(value, str):
        raise UnreadableError(lines[name], f"{name} hoort een tekst te zijn: schrijf hem achter {name}:")
    return value


def _number(fields: Mapping[str, Value], lines: Mapping[str, int], name: str) -> int | None:
    if name not in fields:
        return None
    value = fields[name]
    if not isinstance(value, str) or not _NUMBER.fullmatch(value):
        raise UnreadableError(lines[name], f"{name} hoort een getal te zijn: schrijf bijvoorbeeld {name}: 5")
    return int(value)


def _within(fields: Mapping[str, Value], lines: Mapping[str, int]) -> tuple[tuple[int, str], ...]:
    """The articles of each `top<n>`, with n."""
    within: list[tuple[int, str]] = []
    for name in fields:
        if match := _TOP.fullmatch(name):
            articles = _texts(fields, lines, name)
            if len(articles) > int(match[1]):
                raise UnreadableError(lines[name], f"{len(articles)} artikelen passen niet in een {name}")
            within += [(int(match[1]), article) for article in articles]
    return tuple(within)


def _is_none_expected(fields: Mapping[str, Value], lines: Mapping[str, int]) -> bool:
    if "geen" not in fields:
        return False
    value = fields["geen"]
    if value is not True and not (isinstance(value, str) and value.strip().lower() == "ja"):
        raise UnreadableError(lines["geen"], "schrijf geen: ja, of laat het veld weg")
    return True


def _suggestion(fields: Mapping[str, Value], lines: Mapping[str, int]) -> str | None:
    if "suggestie" not in fields:
        return None
    if fields["suggestie"] is False:
        return ""
    text = one_line(_text(fields, lines, "suggestie"))
    if not text:
        advice = "schrijf de zoekvraag die voorgesteld moet worden, of suggestie: false"
        raise UnreadableError(lines["suggestie"], advice)
    return text
