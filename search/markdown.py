"""Markdown to plain text for searching, and to safe HTML for reading.

The dialect is CommonMark with tables and strikethrough. Raw HTML is never passed on: its tags are left out,
as Hugo does, and the words between them stay. Hugo's shortcodes are left out too.

Parsing takes time in proportion to the lines and marks in a text. One whose marks would take more than about
a second, as no author writes it, is read as plain text.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import nh3
from markdown_it import MarkdownIt
from markdown_it.token import Token

from search.characters import lines as clean_lines
from search.characters import one_line
from search.rawhtml import Line, block_lines, inline_text, without_unread

MAX_URL = 2_048
"""Characters of an address that a link or a picture may have."""

MAX_EMPHASIS = 20
"""Emphasis, links and strikethrough within each other; deeper ones are left out, their words stay."""

_MAX_COST = 1_000_000
# Microseconds that a character takes at most, measured on texts that hold little else; other ones take none.
_COST = {
    **{"<": 40, "\n": 30, "|": 25, "[": 20, "!": 12, "*": 12, "_": 12, "~": 8, "`": 8},
    **{"&": 6, ">": 6, "-": 5, '"': 4, ":": 3, "]": 3, "\\": 3},
    **dict.fromkeys("#$%+=@^{}", 2),
}
_MIN_URLS = 100_000

_PARSER = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
_SHORTCODE = re.compile(r"\{\{[<%](?:(?!\{\{|\}\}).)*[%>]\}\}", re.DOTALL)
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE)
_HOST = re.compile(r"(?:[a-z][a-z0-9+.-]*:)?//([^/?#]*)", re.IGNORECASE)
_ATTRIBUTES: dict[str, set[str]] = {
    "a": {"href", "title", "rel"},
    "img": {"src", "alt", "title", "loading"},
    "ol": {"start"},
    "div": {"class"},
}
_TAGS = {
    *_ATTRIBUTES,
    *("blockquote", "br", "code", "em", "hr", "li", "p", "pre", "s", "strong", "ul"),
    *("h2", "h3", "h4", "h5", "h6"),
    *("table", "tbody", "td", "th", "thead", "tr"),
}
_SCHEMES = {"http", "https", "mailto"}


@dataclass(frozen=True, slots=True)
class PlainText:
    """What one pass over a Markdown text gives.

    `text` has one line for each block: a paragraph, heading, list item, row of a table or line of code.
    `heading` is the first heading, empty when there is none, and `opens_with_heading` tells whether it is the
    first line. `simplified`: the text was too heavy to read as Markdown.
    """

    text: str
    heading: str = ""
    opens_with_heading: bool = False
    simplified: bool = False

    def below(self, title: str) -> str:
        """Give the text without its first line when that is a heading that says the title again."""
        if self.opens_with_heading and self.heading == title:
            return self.text.partition("\n")[2]
        return self.text


def read(markdown: str) -> PlainText:
    """Read Markdown as plain text.

    Marks, addresses and raw HTML tags are left out; the words of links, pictures (their alternative text) and
    raw HTML stay. A line end within a paragraph becomes a space.
    """
    source = _SHORTCODE.sub("", markdown)
    if _cost(source) > _MAX_COST:
        return PlainText(clean_lines(source), simplified=True)
    found = [Line(one_line(line.text), line.level) for line in _lines(_PARSER.parse(source))]
    found = [line for line in found if line.text]
    return PlainText(
        text="\n".join(line.text for line in found),
        heading=next((line.text for line in found if line.level), ""),
        opens_with_heading=bool(found) and found[0].level > 0,
    )


def to_html(markdown: str, title: str = "") -> str:
    """Turn Markdown into HTML that is safe to put in a page.

    Only the tags and attributes of an explicit list come through, with addresses of http, https and mailto or
    within the site. Headings begin at h2, links to another host are `noopener`, pictures load lazily and a
    table stands in `<div class="table">`.

    Args:
        markdown: the body of an article.
        title: of the page; a first heading that says the same is left out.
    """
    source = _SHORTCODE.sub("", markdown)
    if _cost(source) > _MAX_COST:
        return plain_to_html(source)
    tokens = _PARSER.parse(source)
    if title and _opens_with(tokens, title):
        tokens = tokens[3:]
    safe = list(_safe(tokens, title, max(_MIN_URLS, len(source))))
    rendered = _PARSER.renderer.render(safe, _PARSER.options, {})
    return nh3.clean(rendered, tags=_TAGS, attributes=_ATTRIBUTES, url_schemes=_SCHEMES, link_rel=None)


def plain_to_html(text: str) -> str:
    """Turn plain text into paragraphs of HTML, parted by blank lines; single line ends are kept."""
    paragraphs = clean_lines(text).split("\n\n")
    return "".join(f"<p>{_escaped(part)}</p>\n" for part in paragraphs if part)


def _escaped(text: str) -> str:
    return html.escape(text).replace("\n", "<br>\n")


def _cost(source: str) -> int:
    if len(source) * max(_COST.values()) <= _MAX_COST:
        return 0
    return sum(source.count(character) * cost for character, cost in _COST.items())


def _lines(tokens: Iterable[Token]) -> Iterator[Line]:
    level = 0
    row: list[str] | None = None
    for token in tokens:
        if token.type == "inline":
            text = _inline_text(token.children or [])
            if row is None:
                yield Line(text, level)
            else:
                row.append(text)
        elif token.type == "heading_open":
            level = int(token.tag[1])
        elif token.type == "heading_close":
            level = 0
        elif token.type == "tr_open":
            row = []
        elif token.type == "tr_close":
            yield Line(" | ".join(row or []))
            row = None
        elif token.type in ("fence", "code_block"):
            yield from map(Line, token.content.split("\n"))
        elif token.type == "html_block":
            yield from block_lines(token.content)


def _inline_text(children: Sequence[Token]) -> str:
    parts: list[str] = []
    for child in without_unread(children):
        if child.type in ("softbreak", "hardbreak"):
            parts.append(" ")
        elif child.type == "image":
            parts.append(_inline_text(child.children or []))
        elif child.type == "html_inline":
            parts.append(inline_text(child.content))
        else:
            parts.append(child.content)
    return "".join(parts)


def _opens_with(tokens: Sequence[Token], title: str) -> bool:
    if not tokens or tokens[0].type != "heading_open":
        return False
    return one_line(_inline_text(tokens[1].children or [])) == title


def _safe(tokens: Iterable[Token], title: str, url_budget: int) -> Iterator[Token]:
    """Give the tokens with raw HTML as escaped words, and links and pictures checked.

    References let a short text repeat a long address without end, so all addresses together are bounded.
    """
    for number, token in enumerate(tokens):
        if token.type in ("heading_open", "heading_close"):
            token.tag = _heading_tag(int(token.tag[1]))
            yield token
        elif token.type == "html_block":
            for text, level in block_lines(token.content):
                tag = _heading_tag(level) if level else "p"
                words = one_line(text)
                says_title = number == 0 and level and words == title
                if words and not says_title:
                    yield _written(f"<{tag}>{html.escape(words)}</{tag}>\n")
        elif token.type == "table_open":
            yield from (_written('<div class="table">'), token)
        elif token.type == "table_close":
            yield from (token, _written("</div>\n"))
        else:
            if token.children:
                token.children = list(_safe_inline(without_unread(token.children), url_budget))
                url_budget -= sum(_url_length(child) for child in token.children)
            yield token


def _safe_inline(children: Iterable[Token], url_budget: int) -> Iterator[Token]:
    for child in children:
        if child.type == "html_inline":
            if child.content[:3].lower() == "<br":
                yield Token("hardbreak", "br", 0)
        elif child.type == "image":
            url_budget -= _url_length(child)
            yield _safe_image(child, url_budget)
        elif child.nesting and child.level >= MAX_EMPHASIS:
            continue
        elif child.type == "link_open":
            url_budget -= _url_length(child)
            yield _safe_link(child, url_budget)
        else:
            yield child


def _safe_link(link: Token, url_budget: int) -> Token:
    host = _host(str(link.attrGet("href") or ""))
    if host is None or url_budget < 0:
        link.attrs = {}
    elif host:
        link.attrSet("rel", "noopener")
    return link


def _safe_image(image: Token, url_budget: int) -> Token:
    source = str(image.attrGet("src") or "")
    if _host(source) is None or source.lower().startswith("mailto:") or url_budget < 0:
        return Token("text", "", 0, content=_inline_text(image.children or []))
    image.attrSet("loading", "lazy")
    return image


def _host(url: str) -> str | None:
    """Give the host that an address leads to, "" when it has none; None when it may not be used."""
    scheme = _SCHEME.match(url)
    host = _HOST.match(url)
    # What cannot be in the name of a host has been written with percent signs by the parser.
    strange = (scheme and scheme[1].lower() not in _SCHEMES) or (host and "%" in host[1])
    if strange or len(url) > MAX_URL:
        return None
    return host[1] if host else ""


def _url_length(token: Token) -> int:
    return sum(len(str(value)) for value in token.attrs.values())


def _heading_tag(level: int) -> str:
    return f"h{min(level + 1, 6)}"


def _written(content: str) -> Token:
    return Token("html_block", "", 0, content=content)
