"""What a person typed to a Whoosh query tree and the problems found on the way. Never raises.

    words          all of them               "een woordgroep"    in this order        "a b"~2   two words between
    -woord  NIET   without                   OF  OR  |           one of both          EN  AND   both
    ( )            together                  woord*              words that begin so  titel:  samenvatting:
    tag:ai  #ai  #"machine learning"         datum:2024  datum:2024-03..2024-05
    sinds maart 2024  vorige week            when the day of asking is known; in quotes they are words

Whoosh's parser goes wrong on some texts (deep brackets, chains of operators, lone surrogates), so a text is
first made harmless: what is too much or makes no sense is replaced by blanks, which keeps every place.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from whoosh import qparser, query
from whoosh.qparser import plugins

from search.characters import normalise
from search.dutch.dates import SpokenPeriod, read_periods
from search.model import QueryProblem
from search.query.plain import is_plain_text, tree_of
from search.query.syntax import (
    WORD_START,
    DatePlugin,
    LooseOperatorsPlugin,
    PhrasePlugin,
    PrefixPlugin,
    SpokenPeriodPlugin,
    SpokenPeriodQuery,
    TagPlugin,
)

MAX_LENGTH, MAX_WORD, MAX_WORDS, MAX_DEPTH = 256, 64, 16, 5

ANY_FIELD = "all"
FIELDS = {"title": ["titel"], "summary": ["samenvatting"]}
"""Fields that can be asked by name, in English and in Dutch."""


_BEFORE = r"(?:^|(?<=[\s(]))"
_QUOTES = str.maketrans(dict.fromkeys("“”„‟«»＂", '"'))
_NOT = rf"{_BEFORE}(?:(?:NIET|NOT)(?=\s)|-(?=[^\s-]))"
_AND = r"(?<=\s)(?:EN|AND)(?=\s)"
_OR = r"(?<=\s)(?:OF|OR)(?=\s)|\|"
_FIELD_NAMES = "|".join([*FIELDS, *(alias for aliases in FIELDS.values() for alias in aliases)])
# ASCII only: in lower case the Turkish İ, which matches i, is two letters, which would shift all places.
_FIELD = re.compile(rf"{WORD_START}(?ai:{_FIELD_NAMES}|tag|datum|date):")
_AFTER_FIELD = re.compile(rf"{WORD_START}(?:{_FIELD_NAMES}):[ \t]*$")
_WORD_BEGINS = re.compile(r"(?:^|\s)\u00ad*$")
_PHRASE = re.compile(r'"[^"]*"')
_PHRASE_WITH_SLOP = re.compile(r'"[^"]*"(?:~[0-9]+)?')
_STRAY_STAR = re.compile(r"(?<=\w)\*+(?![\s)*.,;:!?]|$)|(?<![\w*])\*+(?=\w)")
_SHARED_BEGINNING = re.compile(r"(?:(?<![^\s(])(?:en|of)|,)\s+-(?=[^\W\d_])")
"""In `foto's en -video's` the hyphen stands for what both words begin with, and excludes nothing."""

_OPERATOR_WORD = re.compile(r"EN|AND|OF|OR|NIET|NOT|\||-")


@dataclass(frozen=True, slots=True)
class ParsedQuery:
    """A query tree, the text it was read from (in which all places count), and the problems.

    `periods` are those said in words, in the order of the text; each is a `SpokenPeriodQuery` in the tree.
    `strict` when EN stands between words: whoever writes that wants them all.
    """

    text: str
    tree: query.Query
    problems: tuple[QueryProblem, ...]
    periods: tuple[SpokenPeriod, ...] = ()
    strict: bool = False


def parse(text: str, *, bounded: bool = True, today: date | None = None) -> ParsedQuery:
    """Read what a person typed.

    Args:
        text: any text at all.
        bounded: keep to the limits on length, words and letters in a word.
        today: the day in Amsterdam from which periods in words are counted (`search.dutch.dates`); None leaves
            them words.

    Returns:
        A tree of whoosh.query's And, Or, Not, Term, Phrase, Prefix and NumericRange. Words are still as typed:
        the planner analyses them. Places are code points of `text`.
    """
    most, longest = (MAX_WORDS, MAX_WORD) if bounded else (len(text), len(text))
    if len(text) <= MAX_LENGTH and is_plain_text(text, most, longest):
        periods = _spoken_periods(text, today) if today else ()
        spoken = [SpokenPeriodQuery(text[p.start : p.end], p) for p in periods]
        return ParsedQuery(text, tree_of(text, ANY_FIELD, spoken), (), periods)
    return parse_any(text, bounded=bounded, today=today)


def parse_any(text: str, *, bounded: bool = True, today: date | None = None) -> ParsedQuery:
    """The same by Whoosh's parser, whatever the text; `parse` gives equal trees sooner."""
    problems: list[QueryProblem] = []
    visible = _blank_invisible(text).translate(_QUOTES)
    harmless = _forgive(_cut(visible, problems) if bounded else visible, problems)
    harmless = _FIELD.sub(lambda match: match.group().lower(), harmless)
    harmless = _SHARED_BEGINNING.sub(lambda match: f"{match.group()[:-1]} ", harmless)
    periods = _spoken_periods(harmless, today) if today else ()
    spoken = {p.start: SpokenPeriodQuery(text[p.start : p.end], p) for p in periods}
    tree = _parser(problems, spoken).parse(harmless, normalize=False)
    problems.sort(key=lambda problem: problem.start)
    return ParsedQuery(text, tree, tuple(problems), periods, bool(re.search(_AND, _unquoted(harmless))))


def _blank_invisible(text: str) -> str:
    """Each character that cannot be seen, as one that stands in no word and separates none."""
    if text.isascii() and text.isprintable():
        return text
    return "".join("\u00ad" if not normalise(letter) else letter for letter in text)


def _cut(text: str, problems: list[QueryProblem]) -> str:
    """Keep to the limits on length, words and letters in a word."""
    if len(text) > MAX_LENGTH:
        problems.append(
            QueryProblem(
                f"De zoekvraag is te lang; alleen de eerste {MAX_LENGTH} tekens tellen.",
                MAX_LENGTH,
                len(text),
            )
        )
        text = text[:MAX_LENGTH]
    letters = list(text)
    words = 0
    for match in re.finditer(r"[^\s()\"]+", text):
        if _OPERATOR_WORD.fullmatch(match.group()):
            continue
        words += 1
        if words > MAX_WORDS:
            problems.append(
                QueryProblem(f"Alleen de eerste {MAX_WORDS} woorden tellen.", match.start(), len(text))
            )
            return "".join(letters[: match.start()])
        if len(match.group()) > MAX_WORD:
            start = match.start() + MAX_WORD
            problems.append(
                QueryProblem(
                    f"Een woord telt hoogstens {MAX_WORD} tekens; de rest is weggelaten.", start, match.end()
                )
            )
            letters[start : match.end()] = " " * (match.end() - start)
    return "".join(letters)


def _forgive(text: str, problems: list[QueryProblem]) -> str:
    """Blank the quotes and brackets that have no partner, and brackets that go too deep."""
    letters = list(text)

    def blank(place: int, message: str) -> None:
        letters[place] = " "
        problems.append(QueryProblem(message, place, place + 1))

    quotes = [match.start() for match in re.finditer('"', text)]
    if len(quotes) % 2:
        blank(quotes[-1], "Er ontbreekt een aanhalingsteken; dit ene is overgeslagen.")
    for match in _STRAY_STAR.finditer(text):
        problems.append(
            QueryProblem(
                "Een ster telt alleen aan het eind van een woord; deze is overgeslagen.",
                match.start(),
                match.end(),
            )
        )
    depth: list[int] = []
    for place, letter in enumerate(_PHRASE.sub(lambda match: " " * len(match.group()), "".join(letters))):
        if letter == "(":
            depth.append(place)
        elif letter == ")" and not depth:
            blank(place, "Er ontbreekt een haakje openen; dit haakje sluiten is overgeslagen.")
        elif letter == ")":
            too_deep = len(depth) > MAX_DEPTH
            start = depth.pop()
            if too_deep:
                blank(start, f"Haakjes gaan hoogstens {MAX_DEPTH} diep; dit paar is overgeslagen.")
                letters[place] = " "
    for place in depth:
        blank(place, "Er ontbreekt een haakje sluiten; dit haakje openen is overgeslagen.")
    return "".join(letters)


def _unquoted(text: str) -> str:
    """The text with its phrases blanked."""
    return _PHRASE_WITH_SLOP.sub(lambda match: " " * len(match.group()), text)


def _spoken_periods(text: str, today: date) -> tuple[SpokenPeriod, ...]:
    """The periods in words, outside quotes; what follows the name of a field is asked in that field.

    A sign that is compatible with a blank, such as a loose ¨, separates words there, but none here.
    """
    unquoted = _unquoted(text)
    return tuple(
        period
        for period in read_periods(unquoted, today)
        if _WORD_BEGINS.search(unquoted, 0, period.start)
        and not _AFTER_FIELD.search(unquoted, 0, period.start)
    )


_TAGS, _PHRASES = TagPlugin(), PhrasePlugin()
_OTHERS = (
    plugins.FieldsPlugin(rf"{WORD_START}(?P<text>{_FIELD_NAMES}):[ \t]*(?=[^\s)])"),
    plugins.FieldAliasPlugin(FIELDS),
    plugins.GroupPlugin(),
)
_OPERATORS = plugins.OperatorsPlugin(And=_AND, Or=_OR, Not=_NOT, AndNot=None, AndMaybe=None, Require=None)
"""The plugins that keep nothing of what is parsed."""


def _parser(problems: list[QueryProblem], spoken: dict[int, SpokenPeriodQuery]) -> qparser.QueryParser:
    """Whoosh's parser with the plugins that we want; it reports to `problems`."""
    return qparser.QueryParser(
        ANY_FIELD,
        None,
        plugins=[
            SpokenPeriodPlugin(spoken),
            _TAGS,
            DatePlugin(problems),
            _PHRASES,
            PrefixPlugin(problems),
            *_OTHERS,
            LooseOperatorsPlugin(problems),
            _OPERATORS,
        ],
    )
