"""Addresses for those who run the site: is it alive, can it answer, what may a crawler fetch."""

from __future__ import annotations

from flask import Blueprint
from werkzeug.wrappers import Response

from search.encoding import to_json
from web.caching import JSON
from web.serving import current_service

ROBOTS = "User-agent: *\nDisallow: /api/\nDisallow: /?\nAllow: /?sorteer=nieuwste\n"
"""Articles, tags and the list of all articles may be fetched. Search results may not: each filter would
multiply their number. The longest rule that fits decides (RFC 9309)."""

health = Blueprint("health", __name__)


@health.get("/healthz")
def alive() -> Response:
    """Say that the process runs, with or without an index."""
    response = Response(to_json({"status": "ok"}), content_type=JSON)
    response.headers["Cache-Control"] = "no-store"
    return response


@health.get("/readyz")
def ready() -> Response:
    """Say which verified index is served.

    Raises:
        NoIndex, RebuildNeeded, DamagedIndex: there is none; the answer is then a problem document (503).
    """
    response = Response(to_json(current_service().state()), content_type=JSON)
    response.headers["Cache-Control"] = "no-store"
    return response


@health.get("/robots.txt")
def robots() -> Response:
    """Tell crawlers what to leave alone."""
    return Response(ROBOTS, content_type="text/plain; charset=utf-8")
