"""Front matter: the fields that open an article, between `---` (YAML), `+++` (TOML) or as JSON.

python-frontmatter finds the format and splits the text, through handlers of our own that are strict where
its handlers are lenient: what opens with a fence and yields no fields is refused, with the line, and never
read as an article without fields. A draft whose front matter has a slip would be published otherwise.
"""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass

import frontmatter
from frontmatter.default_handlers import BaseHandler

from search.frontmatter.formats import (
    Fields,
    UnreadableError,
    Value,
    json_end,
    read_json,
    read_toml,
    read_yaml,
)

MAX_LENGTH = 65_536
"""Characters of front matter that are read."""

# Characters that stand invisibly before a fence that an editor sees at the start of its line.
_HIDDEN = r"[^\S\n]|[\x00-\x08\x0e-\x1f\x7f-\x9f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]"
# A first line that was meant as an opening: a fence with something before or after it, JSON after a blank …
_NEARLY_FENCE = re.compile(
    rf"(?:{_HIDDEN})*(?:---|\+\+\+)[ \t]*[^\s+\-]|(?:{_HIDDEN})+(?:(?:---|\+\+\+)\s*?$|\{{\s*\")",
    re.MULTILINE,
)
# … or dashes of another number or kind, with a field that everybody uses on the next line.
_WRONG_FENCE = re.compile(
    rf"(?:{_HIDDEN})*(?:[-+]{{2,}}|[\u2010-\u2015\u2212]+)[^\S\n]*\n"
    r"\s*(?:title|date|draft|tags|summary|description|slug|author|categories|layout)[^\S\n]*[:=]",
    re.IGNORECASE,
)
_BLANK_LINES = re.compile(r"(?:[^\S\n]*\n)*")


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """An article, split.

    `values` are the fields by lower-case name, `lines` the line each stands on; `body` is what follows the
    front matter. Lines count from 1.
    """

    values: Mapping[str, Value]
    lines: Mapping[str, int]
    body: str


class StrictHandler(BaseHandler, ABC):
    """What the three formats share. Lines in the errors are those of the text that is given."""

    lines_before = 0
    """Lines of the text before the fields: the opening fence."""

    @abstractmethod
    def read(self, source: str) -> Fields:
        """Read the fields that `split` found.

        Raises:
            UnreadableError: they are no fields, or not safe ones.
        """

    def load(self, fm: str) -> dict[str, Value]:
        return self.read(fm)[0]


class FencedHandler(StrictHandler):
    """Front matter between two lines of three equal characters, that blanks may follow."""

    FM_BOUNDARY: re.Pattern[str]
    lines_before = 1

    def split(self, text: str) -> tuple[str, str]:
        opening = self.FM_BOUNDARY.match(text)
        closing = opening and self.FM_BOUNDARY.search(text, opening.end())
        if not opening or not closing:
            raise UnreadableError(
                1,
                "de front matter is niet afgesloten: zet na het laatste veld een regel "
                f"met alleen {self.END_DELIMITER}",
            )
        return text[opening.end() + 1 : closing.start()], text[closing.end() + 1 :]


class YamlHandler(FencedHandler):
    """YAML between `---`."""

    FM_BOUNDARY = re.compile(r"^---[^\S\n]*$", re.MULTILINE)
    START_DELIMITER = END_DELIMITER = "---"

    def read(self, source: str) -> Fields:
        return read_yaml(source)


class TomlHandler(FencedHandler):
    """TOML between `+++`."""

    FM_BOUNDARY = re.compile(r"^\+\+\+[^\S\n]*$", re.MULTILINE)
    START_DELIMITER = END_DELIMITER = "+++"

    def read(self, source: str) -> Fields:
        return read_toml(source)


class JsonHandler(StrictHandler):
    """A JSON object without fences, on one line or more."""

    # Shortcodes, template code and attribute lists open with a brace too; they are text.
    FM_BOUNDARY = re.compile(r"\{(?![{%#:<])")
    START_DELIMITER = END_DELIMITER = ""

    def split(self, text: str) -> tuple[str, str]:
        end = json_end(text)
        return text[:end], text[end:].removeprefix("\n")

    def read(self, source: str) -> Fields:
        return read_json(source)


_HANDLERS = (YamlHandler(), TomlHandler(), JsonHandler())


def read_front_matter(text: str) -> FrontMatter | None:
    r"""Split an article and read its fields.

    Blank lines before the front matter are skipped, as Hugo does. Front matter without a single field
    (`---` twice with nothing between) is refused: it yields no mapping, and most often the fields were lost.

    Args:
        text: the whole file, lines ending in `\n`, without byte order mark.

    Returns:
        The fields and the body; None when the text opens without a fence, and all of it is body. Four or
        more dashes are a thematic break and so text, unless a field such as `title:` is on the next line.

    Raises:
        UnreadableError: the text opens with a fence, or with what was meant as one, and yields no fields.
    """
    blank = _BLANK_LINES.match(text)
    start = blank.end() if blank else 0
    before = text.count("\n", 0, start)
    opened = text[start:]
    handler = frontmatter.detect_format(opened, _HANDLERS)
    if not isinstance(handler, StrictHandler):
        if _NEARLY_FENCE.match(opened) or _WRONG_FENCE.match(opened):
            raise UnreadableError(
                before + 1,
                "dit lijkt het begin van front matter, maar is het niet: zet drie streepjes (---) alleen op "
                "de regel, zonder iets ervoor of erachter, en doe hetzelfde na het laatste veld",
            )
        return None
    try:
        source, body = handler.split(opened)
    except UnreadableError as error:
        raise UnreadableError(before + error.line, error.message) from error
    if len(source) > MAX_LENGTH:
        raise UnreadableError(before + 1, f"de front matter is langer dan {MAX_LENGTH} tekens: kort haar in")
    before += handler.lines_before
    try:
        values, lines = handler.read(source)
    except UnreadableError as error:
        raise UnreadableError(before + error.line, error.message) from error
    return FrontMatter(
        values=values,
        lines={name: before + line for name, line in lines.items()},
        body=body,
    )
