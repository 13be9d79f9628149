"""Expectations held against the search: which do not hold, and what came instead."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from urllib.parse import unquote

from search.articles import article_id
from search.characters import one_line
from search.evaluation.expectations import Expectation
from search.folder_source import MARKDOWN_FILES
from search.frontmatter.formats import UnreadableError
from search.model import Answer
from search.query.request import MAX_PER_PAGE
from search.service import Service

SHOWN = 3
"""How many of the articles that came are told."""

_ADDRESS = re.compile(r"(?:https?://[^/]+)?/?artikel/([^?#]+)(?:[?#].*)?")


@dataclass(frozen=True, slots=True)
class Outcome:
    """Whether an expectation holds: it does when there are no `failures`, which are Dutch sentences.

    `top` holds the id and title of the first articles that came, `remarks` what was said about the query, and
    `suggestion` is empty when none was given.
    """

    expectation: Expectation
    failures: tuple[str, ...]
    reading: str
    total: int
    top: tuple[tuple[str, str], ...]
    remarks: tuple[str, ...]
    suggestion: str


def check(expectation: Expectation, service: Service) -> Outcome:
    """Ask a query and see whether what comes is what was expected.

    An article that is named and is not public in the index is a failure by itself: an expectation about it would
    hold, or fail, for the wrong reason.

    Raises:
        NoIndex, RebuildNeeded, DamagedIndex: there is nothing to answer from.
    """
    named = dict.fromkeys([*(article for _, article in expectation.within), *expectation.absent])
    ids = {article: _public_id(article, service) for article in named}
    answer = service.search(replace(expectation.request, page=1, per_page=MAX_PER_PAGE, marked=False))
    places = _places(expectation, service, answer, {found for found in ids.values() if found is not None})
    failures = [
        f"{article} is geen openbaar artikel in de index: controleer het pad, of publiceer het artikel"
        for article, found in ids.items()
        if found is None
    ]
    for top, article in expectation.within:
        found = ids[article]
        place = places.get(found) if found is not None else None
        if found is not None and (place is None or place > top):
            wanted = "bovenaan" if top == 1 else f"in de top {top}"
            came = "wordt niet gevonden" if place is None else f"staat op plaats {place}"
            failures.append(f"{article} hoort {wanted}, maar {came}")
    for article in expectation.absent:
        place = places.get(ids[article] or "")
        if place is not None:
            failures.append(f"{article} hoort er niet bij, maar staat op plaats {place}")
    suggestion = answer.suggestion.query if answer.suggestion else ""
    return Outcome(
        expectation=expectation,
        failures=(*failures, *_count_failures(expectation, answer.total), *_misled(expectation, suggestion)),
        reading=answer.query.reading,
        total=answer.total,
        top=tuple((hit.id, hit.title) for hit in answer.hits[:SHOWN]),
        remarks=tuple(problem.message for problem in answer.query.problems),
        suggestion=suggestion,
    )


def _places(expectation: Expectation, service: Service, answer: Answer, wanted: set[str]) -> dict[str, int]:
    """The place of each wanted article in the whole answer, from 1; those that are not in it are left out."""
    places: dict[str, int] = {}
    while answer.hits and not wanted <= places.keys():
        first = (answer.page - 1) * answer.per_page + 1
        places |= {hit.id: place for place, hit in enumerate(answer.hits, first) if hit.id in wanted}
        if answer.page * answer.per_page >= answer.total:
            break
        answer = service.search(
            replace(expectation.request, page=answer.page + 1, per_page=answer.per_page, marked=False)
        )
    return places


def _public_id(written: str, service: Service) -> str | None:
    """The id of the public article that is meant; None when there is none."""
    return next((form for form in _forms(written) if service.article(form) is not None), None)


def _forms(written: str) -> Iterator[str]:
    """The ids that a written path may stand for: an id, an address on the site, or a file."""
    path = one_line(written)
    address = _ADDRESS.fullmatch(path)
    for form in (path, path.strip("/"), *([unquote(address[1]).rstrip("/")] if address else ())):
        yield form
        if form.lower().endswith(MARKDOWN_FILES):
            try:
                yield article_id(form)
            except UnreadableError:
                continue


def _count_failures(expectation: Expectation, total: int) -> Iterator[str]:
    if expectation.most == 0 < total:
        yield f"hoort niets te vinden, maar vindt {_articles(total)}"
    elif expectation.most is not None and total > expectation.most:
        yield f"hoort hoogstens {_articles(expectation.most)} te vinden, maar vindt er {total}"
    if expectation.least is not None and total < expectation.least:
        yield f"hoort minstens {_articles(expectation.least)} te vinden, maar vindt er {total}"


def _misled(expectation: Expectation, suggestion: str) -> Iterator[str]:
    """What is wrong with the suggestion that came, if anything."""
    wanted = expectation.suggestion
    if wanted is None or wanted.casefold() == one_line(suggestion).casefold():
        return
    came = f"stelt ‘{suggestion}’ voor" if suggestion else "stelt niets voor"
    yield f"hoort {f'‘{wanted}’' if wanted else 'niets'} voor te stellen, maar {came}"


def _articles(count: int) -> str:
    return f"{count} {'artikel' if count == 1 else 'artikelen'}"
