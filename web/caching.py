"""Revalidation and reuse: an answer that depends on the index is asked after again, and made when that changed."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, wraps
from hashlib import sha256
from pathlib import Path
from typing import ParamSpec

from flask import request
from werkzeug.http import parse_etags
from werkzeug.wrappers import Response

from search import __version__, versions
from web.answers import EncodedAnswer
from web.compression import SMALLEST, compressed, requested_coding
from web.serving import current_answers, current_service

Arguments = ParamSpec("Arguments")

HTML = "text/html; charset=utf-8"
JSON = "application/json"


@cache
def code_version() -> str:
    """Give a digest of what makes an answer, so that a new release is not answered from a cache."""
    here = Path(__file__).parent
    digest = sha256(__version__.encode())
    for kind in ("*.py", "templates/*.html", "static/*.css", "static/*.svg"):
        for path in sorted(here.glob(kind)):
            digest.update(path.read_bytes())
    digest.update(versions.digest([Path(versions.__file__).parent], []).encode())
    return digest.hexdigest()[:16]


def entity_tag(state: str) -> str:
    """Give the tag of the answer to this request: of the index, the moment, the address and the code.

    Args:
        state: the service's `cache_key`.
    """
    parts = (
        state.encode(),
        code_version().encode(),
        request.path.encode(errors="replace"),
        request.query_string,
    )
    return sha256(b"\0".join(parts)).hexdigest()[:32]


def is_held(tag: str) -> bool:
    """Tell whether the one who asks has the answer with this tag already."""
    header = request.environ.get("HTTP_IF_NONE_MATCH")
    if not header:
        return False
    held = parse_etags(header)
    # Not `held.contains_weak`: that also takes `*`, which only tells something once there is an answer.
    return held.is_weak(tag) or held.is_strong(tag)


def is_anything_held() -> bool:
    """Tell whether the one who asks has any answer at all of this address: `*` (RFC 9110, 13.1.2)."""
    return bool(request.environ.get("HTTP_IF_NONE_MATCH") == "*")


def revalidated(
    view: Callable[Arguments, str | bytes | Response],
) -> Callable[Arguments, Response]:
    """Let a view answer 304 when the reader's copy still holds, or with what was kept, without running it.

    A view gives the text of a page or the bytes of JSON, which may be kept and compressed; anything else, such
    as a redirect, it gives as a response, which is sent as it is.

    The tag is made before the search. Should the index change in between, the answer is newer than its tag
    and is merely asked for once more; it is not kept. The tag is weak: the time that a search took differs each
    time, and so do the bytes in each content coding.
    """

    @wraps(view)
    def answer(*args: Arguments.args, **kwargs: Arguments.kwargs) -> Response:
        service, answers = current_service(), current_answers()
        state = service.cache_key()
        tag = entity_tag(state)
        if is_held(tag):
            return Response(status=304, headers=_headers(tag))
        coding = requested_coding()
        kept = answers.get((tag, coding))
        if kept is None:
            made = view(*args, **kwargs)
            if isinstance(made, Response):
                made.headers["Cache-Control"] = "no-cache"
                return made
            kept = encoded(made, coding)
            if answers.capacity and service.cache_key() == state:
                answers.put((tag, coding), kept)
        if is_anything_held():
            return Response(status=304, headers=_headers(tag))
        headers = [("Content-Type", kept.content_type), *_headers(tag)]
        if kept.coding:
            headers.append(("Content-Encoding", kept.coding))
        return Response(kept.body, headers=headers)

    return answer


def encoded(made: str | bytes, coding: str) -> EncodedAnswer:
    """Make of a page (text) or JSON (bytes) what is sent, compressed when that is worth while.

    Args:
        made: the answer of a view.
        coding: `zstd`, `gzip` or the empty string.
    """
    body, content_type = (made.encode(), HTML) if isinstance(made, str) else (made, JSON)
    if not coding or len(body) < SMALLEST:
        return EncodedAnswer(body, content_type)
    return EncodedAnswer(compressed(body, coding), content_type, coding)


def _headers(tag: str) -> list[tuple[str, str]]:
    return [("ETag", f'W/"{tag}"'), ("Cache-Control", "no-cache"), ("Vary", "Accept-Encoding")]
