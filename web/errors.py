"""What one is told when something goes wrong: a reader a Dutch page, a program a problem document."""

from __future__ import annotations

import re
from http import HTTPStatus

from flask import Flask, request
from markupsafe import escape
from werkzeug.exceptions import HTTPException, NotFound, SecurityError
from werkzeug.wrappers import Response

from search.encoding import to_json
from search.errors import BadRequest, DamagedIndex, NoIndex, RebuildNeeded, TrefzekerError
from search.urls import article_url
from web.caching import HTML
from web.serving import current_service
from web.templating import render

UNAVAILABLE = (NoIndex, RebuildNeeded, DamagedIndex)
"""Errors after which the same request can succeed once there is an index again."""

TITLES = {
    400: "Ongeldig verzoek",
    404: "Niet gevonden",
    405: "Methode niet toegestaan",
    413: "Verzoek te groot",
    500: "Interne fout",
    503: "Tijdelijk niet beschikbaar",
}

DETAILS = {
    400: "De server begrijpt dit verzoek niet. Controleer het adres.",
    404: "Op dit adres staat niets. Controleer het adres, of zoek naar wat u nodig hebt.",
    405: "Dit adres kan alleen worden opgevraagd (GET of HEAD).",
    413: "Dit adres kan alleen worden opgevraagd; stuur er geen gegevens naartoe.",
    500: "Er ging aan onze kant iets mis. De fout is vastgelegd; probeer het later opnieuw.",
    503: "De zoekindex is er nu niet. Meestal duurt dat kort: probeer het over een paar minuten opnieuw.",
}

UNKNOWN_HOST = (
    "De server biedt geen site aan onder de naam in dit adres. Controleer het adres. Beheert u deze site, "
    "zet de naam dan in de instelling TREFZEKER_HOSTS en start de server opnieuw."
)
"""What is told when a request names another host; the log has the name, which is not repeated to a stranger."""


def is_for_programs(path: str) -> bool:
    """Tell whether an address is read by programs, which get a problem document instead of a page."""
    return path in ("/api", "/healthz", "/readyz") or path.startswith("/api/")


def problem_document(status: int, detail: str = "", **members: str) -> Response:
    """Make a problem document as RFC 9457 describes; the `title` is the status in Dutch.

    Args:
        status: the HTTP status.
        detail: what is wrong and how to mend it; a general sentence when empty.
        members: extension members.
    """
    document = {
        "type": "about:blank",
        "title": TITLES.get(status) or HTTPStatus(status).phrase,
        "status": status,
        "detail": detail or DETAILS.get(status) or HTTPStatus(status).description,
        **members,
    }
    return Response(to_json(document), status, content_type="application/problem+json")


def words_of(path: str) -> str:
    """Guess what an address that leads nowhere was about: `/2024/de-ai-wet.html` gives `de ai wet`."""
    parts = [part for part in path.split("/") if part]
    name = re.sub(r"\.[a-z]{2,5}$", "", parts[-1]) if parts else ""
    return " ".join(re.findall(r"\w+", name.replace("_", " ")))[:80]


def error_page(status: int, detail: str = "") -> Response:
    """Make the page that tells a visitor what went wrong."""
    body = render(
        "error.html",
        status=status,
        title=TITLES.get(status) or HTTPStatus(status).phrase,
        detail=detail or DETAILS.get(status) or "",
        guess=words_of(request.path) if status == 404 else "",
    )
    return Response(body, status, content_type=HTML)


def failure(status: int, detail: str = "", **members: str) -> Response:
    """Tell what went wrong in the form that suits the address; it is never stored by a cache."""
    if is_for_programs(request.path):
        response = problem_document(status, detail, **members)
    else:
        response = error_page(status, detail)
    response.headers["Cache-Control"] = "no-store"
    return response


def moved(location: str) -> Response:
    """Send a visitor on for good; yet a cache asks again, for what is public can change."""
    link = escape(location)
    body = (
        f'<!doctype html>\n<html lang="nl">\n<title>Verhuisd – Trefzeker</title>\n<h1>Verhuisd</h1>\n'
        f'<p>Deze pagina staat nu op <a href="{link}">{link}</a>.</p>\n'
    )
    headers = {"Location": location, "Cache-Control": "no-cache"}
    return Response(body, 301, headers, content_type=HTML)


def on_index_error(app: Flask, error: TrefzekerError) -> Response:
    """Answer an error of the search itself; the log says more than a stranger needs to know."""
    if isinstance(error, BadRequest):
        return failure(400, error.detail, parameter=error.parameter)
    app.logger.error("%s", error)
    if not isinstance(error, UNAVAILABLE):
        return failure(500)
    response = failure(503)
    response.headers["Retry-After"] = "60"
    return response


def on_http_error(error: HTTPException) -> Response:
    """Answer an error of the protocol, keeping the headers that belong to it (such as `Allow`)."""
    response = failure(error.code or 500, UNKNOWN_HOST if isinstance(error, SecurityError) else "")
    for name, value in error.get_headers(request.environ):
        if name not in ("Content-Type", "Content-Length"):
            response.headers[name] = value
    return response


def on_not_found(error: NotFound) -> Response:
    """Answer an unknown address: an article's old one leads to the article.

    Raises:
        NoIndex, RebuildNeeded, DamagedIndex: nobody can tell now whether this is an old address.
    """
    # An old address is kept without the slash that static sites end theirs with.
    path = request.path.rstrip("/")
    looked_up = request.method in ("GET", "HEAD") and not request.path.startswith("/static/")
    if looked_up and not is_for_programs(request.path):
        found = current_service().alias(path)
        if found is not None:
            return moved(article_url(found))
    return on_http_error(error)


def register_errors(app: Flask) -> None:
    """Let the application answer every error itself."""

    def not_found(error: NotFound) -> Response:
        # An error handler's own exceptions reach no other handler.
        try:
            return on_not_found(error)
        except TrefzekerError as index_error:
            return on_index_error(app, index_error)

    app.register_error_handler(TrefzekerError, lambda error: on_index_error(app, error))
    app.register_error_handler(NotFound, not_found)
    app.register_error_handler(HTTPException, on_http_error)
