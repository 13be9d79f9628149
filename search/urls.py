"""Addresses of articles and tags on the site."""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import quote

_ENCODED = re.compile(r"[^/A-Za-z0-9_.~-]+")
_ODD = re.compile(r"(?:^|/)\.{0,2}(?:/|$)")


@lru_cache(maxsize=1 << 12)
def article_url(article_id: str) -> str:
    """The path of an article's page. An id is opaque, so everything but a plain `/` is percent-encoded.

    Browsers and servers fold `//`, `/./` and `/../` away, so in an id with one of these the slashes are encoded
    too.
    """
    if _ODD.search(article_id):
        return "/artikel/" + quote(article_id, safe="")
    return "/artikel/" + _ENCODED.sub(_quoted, article_id)


def _quoted(found: re.Match[str]) -> str:
    return "".join([f"%{byte:02X}" for byte in found[0].encode()])


def tag_url(value: str) -> str:
    """The path of a tag's page."""
    return "/tags/" + quote(value, safe="")
