"""One small reader for each field of an article that is text, a list, a picture or a path.

A reader takes the value as the front matter gave it, and `warn`, to which it says in Dutch what it left out
or cut short. It never raises on what an author wrote, except `read_slug`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date, time
from typing import TypeAlias
from urllib.parse import unquote, urlsplit

from search.characters import has_control, normalise, one_line
from search.frontmatter.formats import Value
from search.model import Cover
from search.tags import tag_key

MAX_TITLE = 500
MAX_SUMMARY = 2_000
MAX_AUTHOR = 200
MAX_CAPTION = 1_000
MAX_TAGS = 50
MAX_TAG = 64
MAX_ALIASES = 20
MAX_ALIAS = 512
MAX_SLUG = 128
MAX_IMAGE = 2_048

Warn: TypeAlias = Callable[[str], None]

_STRANGE_IN_PATH = re.compile(r"[\\?#]|://")
_SLUG = re.compile(r"[^\W_]+(?:[-_.][^\W_]+)*")


def read_text(value: Value, name: str, limit: int, warn: Warn) -> str:
    """Read one line of text.

    Args:
        value: text; numbers, booleans and dates are taken as they are written. A list becomes its items with
            commas between.
        name: of the field, for the warning.
        limit: characters that are kept.
        warn: is told of a value that is no text, or too long.

    Returns:
        NFC without invisible characters, white space collapsed; empty when there is nothing to read.
    """
    if isinstance(value, dict):
        warn(f"{name} is geen tekst: schrijf {name}: en dan de tekst, tussen aanhalingstekens")
        return ""
    text = one_line(", ".join(_texts(value)))
    if len(text) > limit:
        warn(f"{name} is langer dan {limit} tekens en is ingekort: maak de tekst korter")
        text = text[:limit].rstrip()
    return text


def read_tags(value: Value, name: str, warn: Warn) -> tuple[str, ...]:
    """Read tags or categories.

    Args:
        value: a list (of lists), or one text with commas between the tags.
        name: of the field, for the warnings.
        warn: is told of tags that were left out.

    Returns:
        At most `MAX_TAGS` tags of at most `MAX_TAG` characters as they were written; of spellings that are one
        tag (`tag_key`) the first.
    """
    if isinstance(value, dict):
        if value:
            warn(f"{name} is geen lijst en is overgeslagen: schrijf {name}: [eerste, tweede]")
        return ()
    written = value.split(",") if isinstance(value, str) else _texts(value)
    tags: dict[str, str] = {}
    for text in written:
        tag = one_line(text)
        key = tag_key(tag)
        if not key.strip("."):
            continue
        if len(tag) > MAX_TAG:
            warn(f"een van de {name} is langer dan {MAX_TAG} tekens en is overgeslagen: {tag[:MAX_TAG]}…")
        else:
            tags.setdefault(key, tag)
    if len(tags) > MAX_TAGS:
        warn(f"er zijn meer dan {MAX_TAGS} {name}: alleen de eerste {MAX_TAGS} tellen mee")
    return tuple(tags.values())[:MAX_TAGS]


def read_cover(value: Value, warn: Warn) -> Cover | None:
    """Read the picture of an article.

    Args:
        value: a mapping with `image`, `alt` and `caption`, or the image alone.
        warn: is told when the picture cannot be used.

    Returns:
        The picture, with an http(s) address or a path within the site; None when there is none to use.
    """
    fields = value if isinstance(value, dict) else {"image": value}
    image = fields.get("image")
    if image is None or image == "":
        return None
    if not isinstance(image, str) or not is_image_address(address := normalise(image).strip()):
        warn(
            "het adres van cover.image is niet bruikbaar en de afbeelding is overgeslagen: gebruik een adres dat "
            "met https:// of / begint"
        )
        return None
    if not address.startswith(("/", "http://", "https://")):
        warn(
            "een afbeelding naast het artikel wordt niet getoond: gebruik voor cover.image een adres dat met "
            "https:// of / begint"
        )
    return Cover(
        image=address,
        alt=read_text(fields.get("alt"), "cover.alt", MAX_CAPTION, warn),
        caption=read_text(fields.get("caption"), "cover.caption", MAX_CAPTION, warn),
    )


def is_image_address(address: str) -> bool:
    """Tell whether an address may stand in a page as that of a picture.

    That is an http(s) URL with a host, or a path within the site without scheme, host, query-only form or
    `..`, also when written with percent signs.
    """
    if not 0 < len(address) <= MAX_IMAGE or has_control(address) or "\\" in unquote(address):
        return False
    try:
        parts = urlsplit(address)
        named = parts.hostname
    except ValueError:
        return False
    if parts.scheme in ("http", "https"):
        return bool(named)
    within = not parts.scheme and not parts.netloc and not address.startswith("//")
    return within and bool(parts.path) and ".." not in unquote(parts.path).split("/")


def read_slug(value: Value) -> str:
    """Read the last part of an article's address.

    Returns:
        Letters and digits in groups joined by single `-`, `_` or `.`, in NFC; empty when there is none.

    Raises:
        ValueError: it is something else, with what is wrong in Dutch.
    """
    if value is None or value == "":
        return ""
    slug = "" if isinstance(value, (list, dict)) else normalise(_text(value)).strip()
    if not _SLUG.fullmatch(slug) or len(slug) > MAX_SLUG:
        raise ValueError(
            f"de slug is niet bruikbaar: gebruik alleen letters en cijfers, met telkens één -, _ of . ertussen, "
            f"en hoogstens {MAX_SLUG} tekens"
        )
    return slug


def read_aliases(value: Value, warn: Warn) -> tuple[str, ...]:
    """Read the old addresses of an article.

    Returns:
        At most `MAX_ALIASES` paths of the site that begin with `/` and do not end with one.
    """
    aliases: dict[str, None] = {}
    left_out = False
    for text in [] if isinstance(value, dict) else _texts(value):
        path = "/" + one_line(unquote(text)).strip("/")
        if _is_site_path(path) and not text.strip().startswith("//"):
            aliases[path] = None
        elif text.strip():
            left_out = True
    if left_out or (isinstance(value, dict) and value):
        warn("aliases bevat iets anders dan paden van deze site, dat is overgeslagen: schrijf /map/oud-adres")
    if len(aliases) > MAX_ALIASES:
        warn(f"er zijn meer dan {MAX_ALIASES} aliases: alleen de eerste {MAX_ALIASES} tellen mee")
    return tuple(aliases)[:MAX_ALIASES]


def _is_site_path(path: str) -> bool:
    parts = unquote(path).split("/")
    strange = _STRANGE_IN_PATH.search(path) or {".", ".."} & set(parts)
    return path != "/" and len(path) <= MAX_ALIAS and not strange


def _texts(value: Value) -> Iterator[str]:
    """Give the texts in a value, those in nested lists too; mappings within a list hold none."""
    if isinstance(value, list):
        for item in value:
            yield from _texts(item)
    elif value is not None and not isinstance(value, dict):
        yield _text(value)


def _text(value: str | bool | int | float | date | time) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (date, time)):
        return value.isoformat()
    return str(value)
