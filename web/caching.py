"""Revalidation: an answer that depends on the index is asked after again, and only made when it changed."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, wraps
from hashlib import sha256
from pathlib import Path
from typing import ParamSpec

from flask import request
from werkzeug.wrappers import Response

from search import __version__, versions
from web.serving import current_service

Arguments = ParamSpec("Arguments")


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


def entity_tag() -> str:
    """Give the tag of the answer to this request: of the index, the moment, the address and the code.

    Raises:
        NoIndex, RebuildNeeded, DamagedIndex: there is no index to answer from.
    """
    parts = (
        current_service().cache_key().encode(),
        code_version().encode(),
        request.path.encode(errors="replace"),
        request.query_string,
    )
    return sha256(b"\0".join(parts)).hexdigest()[:32]


def revalidated(view: Callable[Arguments, Response]) -> Callable[Arguments, Response]:
    """Let a view answer 304 when the reader's copy still holds, without running it.

    The tag is made before the search. Should the index change in between, the answer is newer than its tag
    and is merely asked for once more. The tag is weak: the time that a search took differs each time.
    """

    @wraps(view)
    def answer(*args: Arguments.args, **kwargs: Arguments.kwargs) -> Response:
        tag = entity_tag()
        held = request.if_none_match
        # Not `held.contains_weak`: that also takes `*`, which says nothing of what this address holds.
        if held.is_weak(tag) or held.is_strong(tag):
            response = Response(status=304)
            response.set_etag(tag, weak=True)
        else:
            response = view(*args, **kwargs)
            if response.status_code == 200:
                response.set_etag(tag, weak=True)
                response.make_conditional(request)
        response.headers["Cache-Control"] = "no-cache"
        return response

    return answer
