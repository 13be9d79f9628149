"""The API's description in OpenAPI 3.1, made from the shapes of its answers."""

from __future__ import annotations

from functools import cache
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from search import __version__
from web import schemas

Json = dict[str, Any]

SHAPES: tuple[type[BaseModel], ...] = (
    schemas.SearchAnswer,
    schemas.Article,
    schemas.Tags,
    schemas.Tag,
    schemas.ProblemDocument,
)

FAILURES = {
    "400": "Een parameter kan niet worden gelezen.",
    "404": "Er is geen openbaar artikel of geen gebruikte tag met deze naam.",
    "405": "Dit adres kan alleen worden opgevraagd (GET of HEAD).",
    "500": "Een fout aan de kant van de server.",
    "503": "Er is nu geen index om uit te antwoorden.",
}


def parameter(name: str, schema: Json, text: str, place: str = "query") -> Json:
    """Describe one parameter; only those in the path are required."""
    return {"name": name, "in": place, "required": place == "path", "description": text, "schema": schema}


SEARCH_PARAMETERS = [
    parameter("q", {"type": "string", "maxLength": 256}, "De zoekopdracht; zonder: alles, nieuwste eerst."),
    parameter(
        "tag",
        {"type": "array", "items": {"type": "string"}, "maxItems": 20},
        "Een tag, in elke schrijfwijze; mag herhaald worden, dan volstaat een van de tags.",
    ),
    parameter("from", {"type": "string", "examples": ["2024", "2024-03", "2024-03-05"]}, "Eerste dag."),
    parameter("to", {"type": "string", "examples": ["2024", "2024-03", "2024-03-05"]}, "Laatste dag."),
    parameter(
        "sort",
        {"type": "string", "enum": ["relevance", "newest", "oldest"], "default": "relevance"},
        "De volgorde.",
    ),
    parameter(
        "page",
        {"type": "integer", "minimum": 1, "default": 1},
        "De pagina; page × per_page is ten hoogste 10.000.",
    ),
    parameter(
        "per_page", {"type": "integer", "minimum": 1, "maximum": 50, "default": 10}, "Artikelen per pagina."
    ),
    parameter(
        "parts",
        {"type": "integer", "enum": [0, 1], "default": 1},
        "Vind een woord ook als deel van een samenstelling (1), of alleen als heel woord (0).",
    ),
]


def reference(shape: type[BaseModel]) -> Json:
    """Point at the schema of a shape."""
    return {"$ref": f"#/components/schemas/{shape.__name__}"}


def operation(
    name: str, summary: str, shape: type[BaseModel], failures: tuple[str, ...], parameters: list[Json]
) -> Json:
    """Describe a GET of one address.

    Args:
        name: the operation's id.
        summary: what it gives, in Dutch.
        shape: what a successful answer holds.
        failures: the statuses in which it can fail.
        parameters: what can be asked.
    """
    problem = {"application/problem+json": {"schema": reference(schemas.ProblemDocument)}}
    answers: Json = {
        "200": {"description": summary, "content": {"application/json": {"schema": reference(shape)}}},
        "304": {"description": "Het antwoord met deze ETag geldt nog."},
    }
    for status in failures:
        answers[status] = {"description": FAILURES[status], "content": problem}
    return {"get": {"operationId": name, "summary": summary, "parameters": parameters, "responses": answers}}


@cache
def description() -> Json:
    """Give the whole description."""
    _, definitions = models_json_schema(
        [(shape, "serialization") for shape in SHAPES], ref_template="#/components/schemas/{model}"
    )
    text = {"type": "string"}
    plain = ("405", "500", "503")
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Trefzeker",
            "version": __version__,
            "description": (
                "Zoeken in Nederlandse artikelen. Onbekende parameters worden genegeerd. Een `id` of tag in "
                "een adres wordt geheel procentgecodeerd, ook de schuine strepen erin."
            ),
        },
        "paths": {
            "/api/v1/search": operation(
                "search", "Gevonden artikelen", schemas.SearchAnswer, ("400", *plain), SEARCH_PARAMETERS
            ),
            "/api/v1/articles/{id}": operation(
                "article",
                "Eén artikel",
                schemas.Article,
                ("404", *plain),
                [parameter("id", text, "De id van het artikel.", "path")],
            ),
            "/api/v1/tags": operation("tags", "Alle tags, de meest gebruikte eerst", schemas.Tags, plain, []),
            "/api/v1/tags/{tag}": operation(
                "tag",
                "Eén tag",
                schemas.Tag,
                ("404", *plain),
                [parameter("tag", text, "De tag, in elke schrijfwijze.", "path")],
            ),
        },
        "components": {"schemas": definitions["$defs"]},
    }
