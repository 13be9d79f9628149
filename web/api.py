"""The JSON API. Each view only translates; the answers' shapes are in `web.schemas`."""

from __future__ import annotations

from flask import Blueprint, abort, request
from werkzeug.wrappers import Response

from search.answer.facets import tag_json
from search.encoding import to_json
from search.query.request import read_request
from web.caching import JSON, revalidated
from web.openapi import description
from web.serving import current_service

api = Blueprint("api", __name__, url_prefix="/api/v1")


@api.get("/search")
@revalidated
def search() -> bytes:
    """Search, or without `q` browse newest first.

    Raises:
        BadRequest: a parameter cannot be read.
    """
    arguments = request.args
    asked = read_request(
        text=arguments.get("q", ""),
        tags=tuple(arguments.getlist("tag")),
        start=arguments.get("from", ""),
        end=arguments.get("to", ""),
        sort=arguments.get("sort", "relevance"),
        page=arguments.get("page", "1"),
        per_page=arguments.get("per_page", "10"),
        parts=arguments.get("parts", "1"),
    )
    return to_json(current_service().search(asked))


@api.get("/articles/<opaque:id>")
@revalidated
def article(id: str) -> bytes:
    """Give one public article."""
    found = current_service().article(id)
    if found is None:
        abort(404)
    return to_json(found)


@api.get("/tags")
@revalidated
def tags() -> bytes:
    """Give every tag, most used first."""
    return to_json({"tags": [tag_json(tag) for tag in current_service().tags()]})


@api.get("/tags/<opaque:tag>")
@revalidated
def one_tag(tag: str) -> bytes:
    """Give one tag, asked for in any spelling."""
    found = current_service().tag(tag)
    if found is None:
        abort(404)
    return to_json(tag_json(found))


@api.get("/openapi.json")
def openapi() -> Response:
    """Describe this API."""
    response = Response(to_json(description()), content_type=JSON)
    response.headers["Cache-Control"] = "no-cache"
    response.add_etag(weak=True)
    response.make_conditional(request)
    return response
