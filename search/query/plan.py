"""The small, closed language that every engine speaks: seven nodes, each with one meaning.

| node | matches | scores |
|---|---|---|
| `Term` | documents with the term in the field | BM25 × boost |
| `All` | documents that every node matches; all documents when it is empty | the sum |
| `Any` | documents that `least` of the nodes match, or more; none when it is empty | the sum of those that match |
| `Not` | documents that the node does not match | 0 |
| `Phrase` | the slots at consecutive positions; each slot is any of its terms | the sum of its terms' BM25 |
| `Constant` | what its node matches | the constant |
| `Filter` | documents with one of the values, or a value in `[low, high]` | 0 |

Everything uncertain about language is settled before a plan is made: prefixes and alternatives stand in it
as explicit terms.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from operator import attrgetter
from typing import ClassVar, Self


class Hashed:
    """A value that is a key again and again, as are the values in it: its hash is computed once, when it is made.

    What inherits from this is a frozen dataclass that takes over `__hash__`, as a dataclass else makes one, and
    tells with `_key` what of it counts. A copy, or one that was pickled, is made anew: Python hashes texts
    differently in every process.
    """

    __slots__ = ("_hash",)
    __match_args__: ClassVar[tuple[str, ...]]
    _hash: int
    _key: ClassVar[attrgetter[object]]

    def __post_init__(self) -> None:
        object.__setattr__(self, "_hash", hash((type(self), self._key(self))))

    def __hash__(self) -> int:
        return self._hash

    def __reduce__(self) -> tuple[type[Self], tuple[object, ...]]:
        return type(self), tuple(getattr(self, name) for name in self.__match_args__)


@dataclass(frozen=True, slots=True)
class Term(Hashed):
    """A term in a field."""

    field: str
    text: str
    boost: float = 1.0

    _key = attrgetter("field", "text", "boost")
    __hash__ = Hashed.__hash__


@dataclass(frozen=True, slots=True)
class All(Hashed):
    """Every node; everything when there are none."""

    nodes: tuple[Node, ...] = ()

    _key = attrgetter("nodes")
    __hash__ = Hashed.__hash__


@dataclass(frozen=True, slots=True)
class Any(Hashed):
    """At least one node, or `least` of them; nothing when there are fewer."""

    nodes: tuple[Node, ...] = ()
    least: int = 1

    _key = attrgetter("nodes", "least")
    __hash__ = Hashed.__hash__


@dataclass(frozen=True, slots=True)
class Not(Hashed):
    """Whatever the node does not match."""

    node: Node

    _key = attrgetter("node")
    __hash__ = Hashed.__hash__


@dataclass(frozen=True, slots=True)
class Phrase(Hashed):
    """Terms that follow each other in a field that has positions.

    `slots` are two or more, each a choice of terms. With `gap` there are two slots, and up to that many words
    may stand between them.
    """

    field: str
    slots: tuple[tuple[str, ...], ...]
    gap: int = 0
    boost: float = 1.0

    _key = attrgetter("field", "slots", "gap", "boost")
    __hash__ = Hashed.__hash__


@dataclass(frozen=True, slots=True)
class Constant(Hashed):
    """The documents of a node, all with one score."""

    node: Node
    score: float

    _key = attrgetter("node", "score")
    __hash__ = Hashed.__hash__


@dataclass(frozen=True, slots=True)
class Filter(Hashed):
    """Documents by a column: `tag` is one of `values` (keys), or `day` (an ordinal) lies in `[low, high]`."""

    column: str
    values: tuple[str, ...] = ()
    low: int = 0
    high: int = 0

    _key = attrgetter("column", "values", "low", "high")
    __hash__ = Hashed.__hash__


Node = Term | All | Any | Not | Phrase | Constant | Filter
EVERYTHING = All()


def every(nodes: Iterable[Node]) -> Node:
    """All of the nodes, each once; the node itself when there is one."""
    given = tuple(nodes)
    if len(given) == 1:
        return given[0]
    unique = tuple(dict.fromkeys(given))
    return unique[0] if len(unique) == 1 else All(unique)


def either(nodes: Iterable[Node]) -> Node:
    """Any of the nodes, each once; the node itself when there is one."""
    given = tuple(nodes)
    if len(given) == 1:
        return given[0]
    unique = tuple(dict.fromkeys(given))
    return unique[0] if len(unique) == 1 else Any(unique)


def nodes_of(plan: Node) -> Iterator[Node]:
    """A plan and every node below it."""
    yield plan
    match plan:
        case All(nodes) | Any(nodes):
            for node in nodes:
                yield from nodes_of(node)
        case Not(node) | Constant(node, _):
            yield from nodes_of(node)
