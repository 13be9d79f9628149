"""The text of a file of synonyms: its groups and one-way entries as patterns (docs/synonyms.md)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

import yaml

from search.characters import one_line
from search.dutch.analyzer import Forms, Token, analyze_words
from search.dutch.stopwords import is_stop_word
from search.frontmatter.formats import UnreadableError, field_name, read_yaml

MAX_ENTRIES, MAX_MEMBERS, MAX_LENGTH, MAX_WORDS = 5_000, 20, 64, 10
"""Entries (groups and one-way together), members of one list, code points and words of one member."""

MAX_ABBREVIATION = 6
"""Characters of a word in capitals that is taken for an abbreviation."""

_ENGLISH = {
    "groups": "groepen",
    "one_way": "eenrichting",
    "words": "woorden",
    "search": "zoek",
    "find": "vind",
    "from": "vanaf",
    "until": "tot",
    "through": "tot en met",
    "t/m": "tot en met",
}
_PERIOD = ("vanaf", "tot", "tot en met")
_DATE = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?", re.ASCII)
_SEVERAL = re.compile(r"[,;](?!\d)")
_GENITIVE = "'s"
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, slots=True)
class Alternative:
    """What counts as well for a part of a query.

    `text` is as the editor wrote it, `words` its folded written words, one a position. It counts for articles
    dated in `[low, high]`, both inclusive; None is open, and with both open undated articles count as well.
    `exact` is for an abbreviation: the written forms to look for instead of terms, as the stem of `AP` is
    also that of `app`. It is empty for all others.
    """

    text: str
    words: tuple[str, ...]
    low: date | None = None
    high: date | None = None
    exact: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Pattern:
    """One way to recognise a member: a key of each slot in turn. Its alternatives may name the member itself."""

    words: tuple[str, ...]
    slots: tuple[frozenset[str], ...]
    alternatives: tuple[Alternative, ...]


def read_entries(source: str) -> list[list[Pattern]]:
    """Read the text of a file: the patterns of each group and of each one-way entry.

    Raises:
        UnreadableError: something in it is not as it should be.
    """
    if not any(line.strip() and not line.lstrip().startswith("#") for line in source.split("\n")):
        return []
    read_yaml(source)  # refuses what is unsafe or stands twice, so that what is left can be composed
    root = yaml.compose(source, Loader=_LOADER)
    top = _fields(root, ("groepen", "eenrichting")) if root else {}
    entries = [_group(node) for node in _items(top.get("groepen"), "groepen")]
    entries += [_one_way(node) for node in _items(top.get("eenrichting"), "eenrichting")]
    if len(entries) > MAX_ENTRIES:
        raise UnreadableError(1, f"hier staan meer dan {MAX_ENTRIES} groepen: voeg ze samen of haal er weg")
    return entries


def _group(node: yaml.Node) -> list[Pattern]:
    fields = _fields(node, ("woorden", *_PERIOD)) if isinstance(node, yaml.MappingNode) else {}
    words = _needed(fields, "woorden", node) if fields else node
    if not isinstance(words, yaml.SequenceNode):
        raise UnreadableError(
            _line(words), "schrijf de woorden van een groep als lijst: [mail, elektronische post]"
        )
    members = _members(words)
    if len(members) < 2:
        raise UnreadableError(
            _line(words), "een groep telt ten minste twee woorden: vul haar aan of haal haar weg"
        )
    return _patterns(members, members, _period(fields))


def _one_way(node: yaml.Node) -> list[Pattern]:
    fields = _fields(node, ("zoek", "vind", *_PERIOD))
    searched, found = (_members(_needed(fields, name, node)) for name in ("zoek", "vind"))
    for member in found:
        if any(member.words == other.words for other in searched):
            raise UnreadableError(
                member.line, f"‘{member.text}’ staat bij zoek en bij vind: haal het bij een van beide weg"
            )
    return _patterns(searched, found, _period(fields))


@dataclass(frozen=True, slots=True)
class _Member:
    """A word or words of the file, on a line. `exact` is as in `Alternative`, `ways` the slots of `Pattern`."""

    text: str
    line: int
    words: tuple[str, ...]
    exact: tuple[str, ...]
    ways: tuple[tuple[frozenset[str], ...], ...]


def _patterns(
    searched: list[_Member], found: list[_Member], period: tuple[date | None, date | None]
) -> list[Pattern]:
    alternatives = tuple(Alternative(member.text, member.words, *period, member.exact) for member in found)
    return [Pattern(member.words, slots, alternatives) for member in searched for slots in member.ways]


def _members(node: yaml.Node) -> list[_Member]:
    """Read a list of words, or one by itself."""
    nodes = node.value if isinstance(node, yaml.SequenceNode) else [node]
    if not nodes:
        raise UnreadableError(_line(node), "deze lijst is leeg: vul er woorden in of haal haar weg")
    if len(nodes) > MAX_MEMBERS:
        raise UnreadableError(_line(node), f"deze lijst telt meer dan {MAX_MEMBERS} woorden: splits haar")
    members: dict[tuple[str, ...], _Member] = {}
    for member in map(_member, nodes):
        twin = members.setdefault(member.words, member)
        if twin is not member:
            same = "" if twin.text == member.text else f" (‘{twin.text}’ is voor het zoeken hetzelfde)"
            raise UnreadableError(member.line, f"‘{member.text}’ staat er twee keer{same}: haal er een weg")
    return list(members.values())


def _member(node: yaml.Node) -> _Member:
    line = _line(node)
    if not isinstance(node, yaml.ScalarNode):
        raise UnreadableError(
            line,
            "hier hoort een woord: zet een woord met een dubbele punt of een haak tussen aanhalingstekens",
        )
    text = one_line(node.value)
    if not text:
        raise UnreadableError(
            line,
            "hier ontbreekt een woord: vul het in; zet een woord met een # vooraan tussen aanhalingstekens",
        )
    if len(text) > MAX_LENGTH:
        raise UnreadableError(line, f"‘{text[:MAX_LENGTH]}…’ is langer dan {MAX_LENGTH} tekens: kort het in")
    if _SEVERAL.search(text):
        raise UnreadableError(
            line, f"‘{text}’ lijkt meer dan één woord: schrijf een lijst, [het ene, het andere]"
        )
    written = list(analyze_words(text))
    tokens = [token for _, parts in written for token in parts]
    if not tokens:
        raise UnreadableError(
            line, f"‘{text}’ heeft geen letters of cijfers, en is niet te vinden: haal het weg"
        )
    if len(tokens) > MAX_WORDS:
        raise UnreadableError(line, f"‘{text}’ telt meer dan {MAX_WORDS} woorden: kort het in")
    if all(is_stop_word(token.exact) for token in tokens):
        raise UnreadableError(
            line,
            f"‘{text}’ is voor het zoeken een woord dat overal staat: schrijf het voluit of haal het weg",
        )
    exact = tokens[0].exact if len(tokens) == 1 and _is_abbreviation(text) else ""
    ways = (
        tuple(slot for word, parts in written for slot in _slots(word, parts, as_one))
        for as_one in (False, True)
    )
    return _Member(
        text=text,
        line=line,
        words=tuple(token.exact for token in tokens),
        exact=(exact, exact + _GENITIVE) if exact else (),
        ways=tuple(dict.fromkeys(ways)),
    )


def _slots(word: str, tokens: list[Token], as_one: bool) -> list[frozenset[str]]:
    """The slots of a written word: one for each piece, or one for the pieces written as one."""
    also = tokens[0].also
    if as_one and len(tokens) > 1 and also.exact:
        return [_slot(word, also)]
    return [_slot(token.text, Forms((token.exact,), token.terms)) for token in tokens]


def _slot(text: str, forms: Forms) -> frozenset[str]:
    written = written_keys(forms.exact)
    return written if _is_abbreviation(text) else written.union(forms.terms)


def _is_abbreviation(text: str) -> bool:
    return 2 <= len(text) <= MAX_ABBREVIATION and text.isupper()


def _period(fields: Mapping[str, yaml.Node]) -> tuple[date | None, date | None]:
    """The first and the last day that a period holds; None is open."""
    if "tot" in fields and "tot en met" in fields:
        raise UnreadableError(_line(fields["tot en met"]), "kies tussen tot en tot en met: haal er een weg")
    low = _days(fields["vanaf"])[0] if "vanaf" in fields else None
    high = None
    if "tot" in fields:
        high = _days(fields["tot"])[0] - timedelta(days=1)
    elif "tot en met" in fields:
        high = _days(fields["tot en met"])[1] - timedelta(days=1)
    if low and high and low > high:
        line = max(_line(fields[name]) for name in _PERIOD if name in fields)
        raise UnreadableError(
            line, "deze periode eindigt voordat zij begint: verwissel of verbeter de datums"
        )
    return low, high


def _days(node: yaml.Node) -> tuple[date, date]:
    """The first day of a day, month or year, and the first day after it."""
    text = node.value.strip() if isinstance(node, yaml.ScalarNode) else ""
    found = _DATE.fullmatch(text)
    try:
        if found and text > "0001-01-01":  # the day before must be a date as well
            year, month, day = (int(part) if part else 0 for part in found.groups())
            first = date(year, month or 1, day or 1)
            if day:
                return first, first + timedelta(days=1)
            return first, date(year + month // 12, month % 12 + 1, 1) if month else date(year + 1, 1, 1)
    except (ValueError, OverflowError):
        pass
    raise UnreadableError(_line(node), f"‘{text}’ is geen datum: schrijf 2024-07-02, 2024-07 of 2024")


def _fields(node: yaml.Node, names: tuple[str, ...]) -> dict[str, yaml.Node]:
    """The values of a mapping by their Dutch names, which are all among `names`."""
    if not isinstance(node, yaml.MappingNode):
        raise UnreadableError(_line(node), f"hier horen velden: schrijf {names[0]}: met de waarde erachter")
    fields: dict[str, yaml.Node] = {}
    for key, value in node.value:
        name = _ENGLISH.get(field_name(key.value), field_name(key.value))
        if name not in names:
            raise UnreadableError(_line(key), f"‘{key.value}’ is hier onbekend: kies uit {', '.join(names)}")
        if name in fields:
            raise UnreadableError(
                _line(key), f"‘{key.value}’ is hetzelfde als {name}, dat er al staat: haal er een weg"
            )
        fields[name] = value
    return fields


def _items(node: yaml.Node | None, name: str) -> list[yaml.Node]:
    """The items of a list at the top, which may be empty."""
    if node is None or (isinstance(node, yaml.ScalarNode) and not node.value):
        return []
    if not isinstance(node, yaml.SequenceNode):
        raise UnreadableError(_line(node), f"onder {name} hoort een lijst: begin elke regel met een streepje")
    return list(node.value)


def _needed(fields: Mapping[str, yaml.Node], name: str, node: yaml.Node) -> yaml.Node:
    if name not in fields:
        raise UnreadableError(_line(node), f"hier ontbreekt {name}: vul het aan")
    return fields[name]


def _line(node: yaml.Node) -> int:
    line: int = node.start_mark.line
    return line + 1


def written_keys(exact: Iterable[str]) -> frozenset[str]:
    """Written forms as keys, behind a sign that no term has."""
    return frozenset(f"={form.removesuffix(_GENITIVE)}" for form in exact)
