"""Addresses of articles and tags on the site."""

from __future__ import annotations

from urllib.parse import quote


def article_url(article_id: str) -> str:
    """The path of an article's page. An id is opaque, so everything but a plain `/` is percent-encoded.

    Browsers and servers fold `//`, `/./` and `/../` away, so in an id with one of these the slashes are encoded
    too.
    """
    odd = any(part in ("", ".", "..") for part in article_id.split("/"))
    return "/artikel/" + quote(article_id, safe="" if odd else "/")


def tag_url(value: str) -> str:
    """The path of a tag's page."""
    return "/tags/" + quote(value, safe="")
