"""The words in raw HTML, as Markdown may hold it: its tags go, and what stands between them stays.

Nothing here makes text safe to put in a page: the words still have to be escaped.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from markdown_it.token import Token

# Every alternative also matches what is not closed, so that no text is gone through twice.
_HTML = re.compile(
    r"<!--.*?(?:-->|\Z)"
    r"|<(?P<unread>script|style|template)\b.*?(?:</(?P=unread)[^<>]*>?|\Z)"
    r"|<[!?][^>]*>?"
    r"|<(?P<name>/?[a-z][a-z0-9-]*)(?:\"[^\"<]*\"|'[^'<]*'|[^\"'<>]+)*>?",
    re.DOTALL | re.IGNORECASE,
)
_INLINE_TAG = re.compile(
    r"/?(?:a|abbr|acronym|b|bdi|bdo|big|cite|code|data|del|dfn|em|font|i|ins|kbd|label|mark|q|s|samp|small|span"
    r"|strike|strong|sub|sup|time|tt|u|var|wbr)"
)
_UNREAD = re.compile(r"<(/?)(script|style|template)\b", re.IGNORECASE)
_HEADING_TAG = re.compile(r"h[1-6]")
_HEADING_MARK = "\x01"
_HEADING = re.compile(rf" *{_HEADING_MARK}([1-6])")


class Line(NamedTuple):
    """A line of words; `level` is that of the heading it is, 0 for any other line."""

    text: str
    level: int = 0


def without_unread(children: Sequence[Token]) -> Sequence[Token]:
    """Leave out what stands between `<script>` and `</script>` and their like within a paragraph."""
    tags = {
        index: found
        for index, child in enumerate(children)
        if child.type == "html_inline" and (found := _UNREAD.match(child.content))
    }
    if not tags:
        return children
    last_closed = {found[2].lower(): index for index, found in tags.items() if found[1]}
    kept: list[Token] = []
    hidden = ""
    for index, child in enumerate(children):
        found = tags.get(index)
        name = found[2].lower() if found else ""
        if hidden:
            hidden = "" if found and found[1] and name == hidden else hidden
        elif found and last_closed.get(name, -1) > index:
            hidden = name
        else:
            kept.append(child)
    return kept


def block_lines(source: str) -> Iterator[Line]:
    """Give the words of a block of raw HTML, parted where its tags begin or end a block."""
    if "<pre" not in source.lower():
        source = source.replace("\n", " ")
    for line in html.unescape(_HTML.sub(_tag_text, source)).split("\n"):
        if heading := _HEADING.match(line):
            yield Line(line[heading.end() :], int(heading[1]))
        else:
            yield Line(line)


def inline_text(tag: str) -> str:
    """Give what a raw HTML tag within a paragraph comes to: a line end where it parts words, or nothing."""
    return _HTML.sub(_tag_text, tag)


def _tag_text(tag: re.Match[str]) -> str:
    name = (tag["name"] or "").lower()
    if not name or _INLINE_TAG.fullmatch(name):
        return ""
    return f"\n{_HEADING_MARK}{name[1]}" if _HEADING_TAG.fullmatch(name) else "\n"
