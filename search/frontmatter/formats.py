"""YAML, TOML and JSON read into fields: strictly, bounded, with the line of each field.

Keys do not depend on case, as in Hugo: they are given in lower case, and one that stands twice in a mapping
is refused.
"""

from __future__ import annotations

import json
import re
import tomllib
import unicodedata
from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Any, TypeAlias, Union, cast

import yaml

from search.characters import normalise

try:
    from yaml import CSafeLoader as YamlLoader
except ImportError:  # pragma: no cover - PyYAML built without libyaml
    from yaml import SafeLoader as YamlLoader  # type: ignore[assignment]

MAX_DEPTH = 10
"""How deep values may be nested; the fields themselves are the first level."""

Value: TypeAlias = Union[str, bool, int, float, datetime, date, time, "list[Value]", "dict[str, Value]", None]
"""What a field holds. YAML gives text, booleans, None, lists and mappings only."""

Fields: TypeAlias = tuple[dict[str, Value], dict[str, int]]
"""The values of fields and the line each stands on (from 1), both by lower-case name."""

_YAML_PLAIN: dict[str, bool | None] = {
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
    **dict.fromkeys(("", "~", "null", "Null", "NULL"), None),
}
_YAML_ADVICE = {
    "mapping values are not allowed": "zet een waarde met een dubbele punt erin tussen aanhalingstekens",
    "could not find expected ':'": (
        "dit is geen veld: schrijf naam: waarde, en laat de vervolgregels van een waarde inspringen"
    ),
    "end of stream": "het aanhalingsteken dat hier opent wordt niet gesloten: vul het aan",
    "',' or": "de lijst die hier opent klopt niet: vul een ontbrekende komma of een ontbrekend haakje aan",
    "tab character": "spring in met spaties in plaats van tabs",
    "cannot start any token": "zet een waarde die met @, %, ` of een tab begint tussen aanhalingstekens",
    "escape": "zet een waarde met een backslash erin tussen enkele aanhalingstekens",
    "characters are not allowed": "haal het onzichtbare stuurteken weg",
}
"""What helps against an error, by words that both loaders of PyYAML use for it."""
_YAML_OPENS_EARLIER = ("could not find expected ':'", "end of stream", "',' or")
_YAML_OTHERWISE = "laat velden en lijsten gelijk inspringen en zet bijzondere waarden tussen aanhalingstekens"
_NO_JSON = (
    'de JSON klopt hier niet: schrijf {"naam": "waarde", …} met dubbele aanhalingstekens, en sluit af met }'
)
_TOO_DEEP = f"de waarden zijn dieper dan {MAX_DEPTH} niveaus genest: maak de front matter eenvoudiger"
_NO_FIELDS = "de front matter bestaat niet uit velden: schrijf op elke regel naam: waarde"
_YAML_FRAME = (yaml.StreamStartEvent, yaml.StreamEndEvent, yaml.DocumentStartEvent, yaml.DocumentEndEvent)
_MAX_DOTS = 1_000  # a dotted TOML key takes tomllib time quadratic in its length
_TOML_FIELD = re.compile(r"""[ \t]*(?:\[\[?[ \t]*)?("[^"\n]*"|'[^'\n]*'|[\w-]+)[ \t]*[.=\]]""")
_JSON_SPACE = re.compile(r"[ \t\n\r]*")


class UnreadableError(Exception):
    """Text that cannot be read: the line (from 1), and in Dutch what is wrong and how to mend it."""

    def __init__(self, line: int, message: str) -> None:
        super().__init__(line, message)
        self.line = line
        self.message = message


def read_yaml(source: str) -> Fields:
    """Read a YAML mapping.

    Plain true and false are booleans and plain null, ~ and nothing are None (YAML 1.2, core schema); every
    other scalar is the text that stands there, so `NO`, `1984`, `12:30:45` and dates remain text.

    Raises:
        UnreadableError: it is no mapping, has a key twice, is nested deeper than `MAX_DEPTH`, or uses an
            anchor, an alias, a merge key or a type tag.
    """
    try:
        # Events instead of nodes: nothing is built, and nothing recurses, before it was found fit.
        events = yaml.parse(source, Loader=YamlLoader)
        nodes = (event for event in events if not isinstance(event, _YAML_FRAME))
        first = next(nodes, None)
        if first is None:
            raise UnreadableError(1, "de front matter is leeg: zet er ten minste een title in")
        if not isinstance(first, yaml.MappingStartEvent):
            raise UnreadableError(_line(first), _NO_FIELDS)
        fields = _yaml_mapping(first, nodes, 1)
        rest = next(nodes, None)
    except (yaml.YAMLError, UnicodeError) as error:
        raise UnreadableError(*_yaml_problem(error, source)) from error
    if rest is not None:
        raise UnreadableError(_line(rest), "zet tussen de velden geen regel die met --- of ... begint")
    return fields


def _yaml_mapping(start: yaml.Event, events: Iterator[yaml.Event], depth: int) -> Fields:
    _check_yaml(start, depth)
    values: dict[str, Value] = {}
    lines: dict[str, int] = {}
    while not isinstance(event := next(events), yaml.MappingEndEvent):
        line = _line(event)
        if not isinstance(event, yaml.ScalarEvent):
            _check_yaml(event, depth)
            raise UnreadableError(line, "een veldnaam moet gewone tekst zijn")
        _check_yaml(event, depth)
        if event.value == "<<" and not event.style:
            raise UnreadableError(line, "voeg geen velden samen met <<: schrijf ze uit")
        _add(values, event.value, _yaml_value(next(events), events, depth + 1), line)
        lines[field_name(event.value)] = line
    return values, lines


def _yaml_value(event: yaml.Event, events: Iterator[yaml.Event], depth: int) -> Value:
    _check_yaml(event, depth)
    if isinstance(event, yaml.ScalarEvent):
        text: str = event.value
        return text if event.style else _YAML_PLAIN.get(text, text)
    if isinstance(event, yaml.MappingStartEvent):
        return _yaml_mapping(event, events, depth)[0]
    items: list[Value] = []
    while not isinstance(item := next(events), yaml.SequenceEndEvent):
        items.append(_yaml_value(item, events, depth + 1))
    return items


def _check_yaml(event: yaml.Event, depth: int) -> None:
    if getattr(event, "anchor", None):
        raise UnreadableError(
            _line(event),
            "verwijzingen (& en *) worden niet gelezen: schrijf de waarde uit of zet er aanhalingstekens om",
        )
    if getattr(event, "tag", None):
        raise UnreadableError(
            _line(event), "typeaanduidingen (!) worden niet gelezen: zet de waarde tussen aanhalingstekens"
        )
    if depth > MAX_DEPTH and not isinstance(event, yaml.ScalarEvent):
        raise UnreadableError(_line(event), _TOO_DEEP)


def _line(event: yaml.Event) -> int:
    return event.start_mark.line + 1 if event.start_mark else 1


def _yaml_problem(error: Exception, source: str) -> tuple[int, str]:
    said = str(error)
    advice = next((advice for words, advice in _YAML_ADVICE.items() if words in said), _YAML_OTHERWISE)
    if isinstance(error, yaml.MarkedYAMLError):
        earlier = any(words in said for words in _YAML_OPENS_EARLIER)
        mark = (earlier and error.context_mark) or error.problem_mark
        line: int = mark.line if mark else 0
    else:
        line = source.encode("utf-8", "replace").count(b"\n", 0, getattr(error, "position", 0))
    return min(line, source.count("\n")) + 1, f"de YAML klopt hier niet: {advice}"


def read_toml(source: str) -> Fields:
    """Read a TOML document.

    Raises:
        UnreadableError: it is no TOML, empty, has a key twice (also in another case), or is nested deeper
            than `MAX_DEPTH`.
    """
    for number, line in enumerate(source.split("\n"), 1):
        if line.count(".") > _MAX_DOTS:
            raise UnreadableError(number, _TOO_DEEP)
    try:
        document = tomllib.loads(source)
    except (ValueError, RecursionError) as error:
        place = re.search(r"at line (\d+)", str(error))
        raise UnreadableError(
            int(place[1]) if place else max(source.count("\n"), 1),
            'de TOML klopt hier niet: schrijf naam = "waarde", en elk veld maar één keer',
        ) from error
    if not document:
        raise UnreadableError(1, "de front matter is leeg: zet er ten minste een title in")
    written: dict[str, int] = {}
    for number, line in enumerate(source.split("\n"), 1):
        if field := _TOML_FIELD.match(line):
            written.setdefault(field[1].strip("\"'"), number)
    values: dict[str, Value] = {}
    lines: dict[str, int] = {}
    for name, value in document.items():
        line_number = written.get(name, 1)
        _add(values, name, _lowered(value, line_number, 2), line_number)
        lines[field_name(name)] = line_number
    return values, lines


def read_json(source: str) -> Fields:
    """Read a JSON object.

    Raises:
        UnreadableError: it is no JSON object (RFC 8259), has a key twice (also in another case), or is
            nested deeper than `MAX_DEPTH`.
    """
    end = json_end(source)
    values: dict[str, Value] = {}
    lines: dict[str, int] = {}
    position = _skip_space(source, 1)
    while position < end and source[position] != "}":
        line = source.count("\n", 0, position) + 1
        name, position = _json_value(source, position, line)
        value, position = _json_value(source, _skip_space(source, _skip_space(source, position) + 1), line)
        _add(values, str(name), _lowered(value, line, 2), line)
        lines[field_name(str(name))] = line
        position = _skip_space(source, position)
        if source[position] == ",":
            position = _skip_space(source, position + 1)
    return values, lines


def read_object(text: str) -> dict[str, Value]:
    """Read text that is one JSON object, by the rules of `read_json`.

    Raises:
        UnreadableError: it is something else.
    """
    try:
        value = _STRICT_JSON.decode(text)
    except (ValueError, RecursionError) as error:
        raise UnreadableError(1, _NO_JSON) from error
    if not isinstance(value, dict):
        raise UnreadableError(1, _NO_JSON)
    return {name: _lowered(item, 1, 2) for name, item in value.items()}


def json_end(text: str) -> int:
    """Find where the JSON object that text opens with ends.

    Raises:
        UnreadableError: it opens with no whole JSON object.
    """
    try:
        value, end = _JSON.raw_decode(text)
    except (ValueError, RecursionError) as error:
        line = error.lineno if isinstance(error, json.JSONDecodeError) else 1
        raise UnreadableError(line, _NO_JSON) from error
    if not isinstance(value, dict):
        raise UnreadableError(1, _NO_JSON)
    return end


def _json_value(source: str, position: int, line: int) -> tuple[Any, int]:
    try:
        return _STRICT_JSON.raw_decode(source, position)
    except UnreadableError as error:
        raise UnreadableError(line, error.message) from error


def _json_object(pairs: list[tuple[str, Any]]) -> dict[str, Value]:
    values: dict[str, Value] = {}
    for name, value in pairs:
        _add(values, name, value, 1)
    return values


def _not_json(name: str) -> Value:
    raise UnreadableError(1, f"{name} is geen JSON: schrijf een getal of een tekst")


def _skip_space(source: str, position: int) -> int:
    found = _JSON_SPACE.match(source, position)
    return found.end() if found else position


_JSON = json.JSONDecoder()
_STRICT_JSON = json.JSONDecoder(object_pairs_hook=_json_object, parse_constant=_not_json)


def field_name(name: str) -> str:
    """The name of a field as it is meant: without regard to case, width, blanks around it, or what is not seen."""
    return unicodedata.normalize("NFKC", normalise(name)).strip().lower()


def _add(values: dict[str, Value], name: str, value: Value, line: int) -> None:
    key = field_name(name)
    if key in values:
        raise UnreadableError(line, f"het veld {name} staat er twee keer: haal er een weg")
    values[key] = value


def _lowered(value: Any, line: int, depth: int) -> Value:
    if not isinstance(value, (dict, list)):
        return cast(Value, value)
    if depth > MAX_DEPTH:
        raise UnreadableError(line, _TOO_DEEP)
    if isinstance(value, list):
        return [_lowered(item, line, depth + 1) for item in value]
    values: dict[str, Value] = {}
    for name, item in value.items():
        _add(values, name, _lowered(item, line, depth + 1), line)
    return values
