"""The pages for readers. Each view only translates an address into a question and an answer into a page."""

from __future__ import annotations

import re
import unicodedata
from itertools import groupby

from flask import Blueprint, abort, request
from werkzeug.wrappers import Response

from search.errors import BadRequest
from search.model import SearchRequest, TagSummary
from search.query.request import read_request
from search.urls import tag_url
from web.caching import revalidated
from web.errors import moved
from web.listing import build_listing, list_heading, shown_choices
from web.serving import current_service
from web.templating import render
from web.urls import SORTS, Choices, read_choices

NEWEST = SearchRequest(sort="newest", per_page=11)
"""The front page shows ten articles in two columns, and one above them when it has a picture."""

DUTCH_PARAMETERS = {"page": "pagina", "from": "van", "to": "tot", "sort": "sorteer", "parts": "delen"}
"""What the pages call a parameter that `search.query.request` names."""

MOST_USED = 24
"""How many tags the front page shows."""

pages = Blueprint("pages", __name__)


def read_list_request(choices: Choices, tags: tuple[str, ...]) -> SearchRequest:
    """Read what a list page asks for.

    Raises:
        BadRequest: a value cannot be read.
    """
    sort = SORTS.get(choices.sort or "relevantie")
    if sort is None:
        raise BadRequest("sorteer", "Kies als volgorde relevantie, nieuwste of oudste.")
    try:
        return read_request(
            text=choices.text,
            tags=tags,
            start=choices.start,
            end=choices.end,
            sort=sort,
            page=request.args.get("pagina") or "1",
            parts=choices.parts,
        )
    except BadRequest as error:
        name = DUTCH_PARAMETERS.get(error.parameter, error.parameter)
        raise BadRequest(name, re.sub(rf"^{error.parameter}\b", name, error.detail)) from None


def moved_here(address: str) -> Response:
    """Send a visitor on to the address of a page proper, with the parameters that were given."""
    query = request.query_string.decode("ascii", errors="ignore")
    return moved(f"{address}?{query}" if query else address)


@pages.get("/")
@revalidated
def home() -> str:
    """Show the results of a search, or the front page when nothing was asked."""
    service = current_service()
    choices = read_choices(request.args)
    asked = read_list_request(choices, choices.tags)
    if not choices.asked and asked.page == 1:
        return render("home.html", newest=service.search(NEWEST), tags=service.tags()[:MOST_USED])
    answer = service.search(asked)
    choices = shown_choices(answer, choices)
    return render(
        "results.html",
        choices=choices,
        listing=build_listing(answer, asked, choices),
        heading=list_heading(answer, choices),
        newest=None if answer.total else service.search(NEWEST),
        tags=() if answer.total else service.tags()[:MOST_USED],
    )


@pages.get("/artikel/<opaque:id>")
@revalidated
def article(id: str) -> str | Response:
    """Show one public article; its address with a slash at the end, as other sites write it, leads to it."""
    service = current_service()
    found = service.article(id)
    if found is not None:
        return render("article.html", article=found)
    # Ids may end with a slash themselves, so that the one without it comes second.
    without_slash = service.article(id[:-1]) if id.endswith("/") else None
    if without_slash is None:
        abort(404)
    return moved_here(without_slash.url)


@pages.get("/tags")
@revalidated
def all_tags() -> str:
    """Show every tag: the most used first, and all by alphabet."""
    tags = current_service().tags()
    return render("tags.html", most_used=tags[:MOST_USED], letters=by_letter(tags), total=len(tags))


@pages.get("/tags/<opaque:tag>")
@revalidated
def one_tag(tag: str) -> str | Response:
    """Show the articles with one tag; another spelling leads to the tag's own address."""
    service = current_service()
    found = service.tag(tag)
    if found is None:
        abort(404)
    address = tag_url(found.value)
    if tag != found.value:
        return moved_here(address)
    given = read_choices(request.args)
    choices = Choices(path=address, sort=given.sort)
    asked = read_list_request(choices, (found.value,))
    answer = service.search(asked)
    return render("tag.html", tag=found, listing=build_listing(answer, asked, choices))


def first_letter(label: str) -> str:
    """Give the heading that a tag stands under: a letter without accent, `0–9`, or `#` for the rest."""
    first = unicodedata.normalize("NFKD", label)[:1].upper()
    if first.isdecimal():
        return "0–9"
    return first if first.isalpha() else "#"


def by_letter(tags: tuple[TagSummary, ...]) -> list[tuple[str, list[TagSummary]]]:
    """Group tags by their first letter, in the order of the alphabet, accents aside."""

    def place(tag: TagSummary) -> tuple[str, str]:
        plain = unicodedata.normalize("NFKD", tag.label).casefold()
        return first_letter(tag.label), "".join(char for char in plain if not unicodedata.combining(char))

    ordered = sorted(tags, key=place)
    return [(letter, list(group)) for letter, group in groupby(ordered, lambda tag: first_letter(tag.label))]
