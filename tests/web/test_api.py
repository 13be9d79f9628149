"""The JSON API: its shapes, its description, its errors."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import quote

import pytest
from flask.testing import FlaskClient
from pydantic import BaseModel

from web import schemas


def check(shape: type[BaseModel], data: object) -> None:
    """Hold an answer against its shape: every field, no other, and of the right type."""
    text = json.dumps(data)
    assert json.loads(shape.model_validate_json(text, strict=True).model_dump_json()) == json.loads(text)


def problem(client: FlaskClient, path: str, method: str = "GET") -> dict[str, Any]:
    """Give the problem document at an address."""
    response = client.open(path, method=method)
    assert response.content_type == "application/problem+json"
    assert response.headers["Cache-Control"] == "no-store"
    assert "ETag" not in response.headers
    data: dict[str, Any] = json.loads(response.data)
    schemas.ProblemDocument.model_validate(data)
    assert data["status"] == response.status_code
    assert data["title"]
    assert data["detail"]
    return data


@pytest.mark.parametrize(
    "query",
    [
        "",
        "q=privacy",
        "q=taalmodel&tag=recht&from=2024&to=2024-12",
        "q=niets",
        "sort=oldest&page=3",
        "q=%22open",
        "q=model&parts=0",
        "q=privcy",
        "q=taalmodel%20sinds%20juni%202024",
    ],
)
def test_a_search_answer_has_the_shape_that_is_described(client: FlaskClient, query: str) -> None:
    response = client.get(f"/api/v1/search?{query}")
    assert response.status_code == 200
    assert response.content_type == "application/json"
    check(schemas.SearchAnswer, response.get_json())


def test_a_search_answer_has_the_names_of_the_contract(client: FlaskClient) -> None:
    answer = client.get("/api/v1/search?q=privacy&per_page=1").get_json()
    assert set(answer) >= {
        "query",
        "total",
        "page",
        "per_page",
        "took_ms",
        "index",
        "hits",
        "facets",
        "parts",
        "suggestion",
    }
    assert set(answer["query"]) >= {"text", "reading", "problems", "periods"}
    assert set(answer["index"]) >= {"generation", "documents"}
    hit = answer["hits"][0]
    assert set(hit) >= {"id", "url", "title", "summary", "date", "tags", "cover", "score", "why", "snippets"}
    assert set(hit["snippets"]) >= {"title", "summary", "body"}
    assert set(hit["cover"]) >= {"image", "alt", "caption"}
    assert (answer["page"], answer["per_page"], len(answer["hits"])) == (1, 1, 1)


def test_without_a_query_one_browses_newest_first(client: FlaskClient) -> None:
    dates = [hit["date"] for hit in client.get("/api/v1/search").get_json()["hits"]]
    assert dates == sorted(dates, reverse=True)
    assert dates[0].startswith("2026-02-23")


def test_text_is_not_escaped_beyond_what_json_needs(client: FlaskClient) -> None:
    assert "déjà vu".encode() in client.get("/api/v1/articles/d%C3%A9j%C3%A0%20vu").data


def test_a_period_in_words_is_given_with_its_place_its_days_and_the_query_without_it(
    client: FlaskClient,
) -> None:
    answer = client.get("/api/v1/search?q=taalmodel%20sinds%20juni%202024").get_json()
    assert answer["query"]["periods"] == [
        {
            "text": "sinds juni 2024",
            "start": 10,
            "end": 25,
            "low": "2024-06-01",
            "high": None,
            "undo": 'taalmodel "sinds juni 2024"',
        }
    ]
    assert [hit["id"] for hit in answer["hits"]] == ["wet", "privacy"]


def test_an_applied_suggestion_says_what_the_hits_are_of(client: FlaskClient) -> None:
    answer = client.get("/api/v1/search?q=privcy").get_json()
    assert answer["query"]["text"] == "privcy"
    assert answer["suggestion"] == {"query": "privacy", "total": answer["total"], "applied": True}
    assert client.get("/api/v1/search?q=privacy").get_json()["suggestion"] is None


def test_unknown_parameters_are_ignored(client: FlaskClient) -> None:
    asked, plain = (client.get(f"/api/v1/search?q=privacy{more}").get_json() for more in ("&_=1&x=y", ""))
    assert [hit["id"] for hit in asked["hits"]] == [hit["id"] for hit in plain["hits"]]


@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        ("page=abc", "page"),
        ("page=0", "page"),
        ("page=-1", "page"),
        ("page=1001", "page"),
        ("page=1e3", "page"),
        ("page=%D9%A1", "page"),
        ("per_page=51", "per_page"),
        ("per_page=1000000000", "per_page"),
        ("page=201&per_page=50", "page"),
        ("from=2023-02-29", "from"),
        ("to=morgen", "to"),
        ("from=0000", "from"),
        ("sort=random", "sort"),
        ("parts=2", "parts"),
        ("parts=nee", "parts"),
        ("&".join(f"tag=t{number}" for number in range(21)), "tag"),
    ],
)
def test_what_cannot_be_read_is_a_problem_that_names_the_parameter(
    client: FlaskClient, query: str, parameter: str
) -> None:
    data = problem(client, f"/api/v1/search?{query}")
    assert (data["status"], data["parameter"]) == (400, parameter)


def test_one_can_page_to_the_ten_thousandth(client: FlaskClient) -> None:
    answer = client.get("/api/v1/search?page=200&per_page=50").get_json()
    assert answer["hits"] == []
    assert answer["total"] > 0


@pytest.mark.parametrize(
    "query",
    [
        "q=%00%ff%fe",
        "q=%ed%a0%80",
        "tag=%ff",
        "q=" + "(" * 2000,
        "q=" + quote('"' * 99),
        "q=%22%3C%2Fscript%3E",
        "q=*",
        "q=" + "a" * 3000,
    ],
)
def test_any_text_at_all_gets_an_answer(client: FlaskClient, query: str) -> None:
    response = client.get(f"/api/v1/search?{query}")
    assert response.status_code == 200
    check(schemas.SearchAnswer, response.get_json())
    assert client.get(f"/?{query}").status_code == 200


def test_an_article_has_the_shape_that_is_described(client: FlaskClient) -> None:
    article = client.get("/api/v1/articles/privacy").get_json()
    check(schemas.Article, article)
    assert article["url"] == "/artikel/privacy"
    assert article["tags"] == ["Privacy", "AI-model", "C++"]
    assert "<script" not in article["html"]


def test_an_odd_id_is_found(client: FlaskClient, odd_id: str) -> None:
    for safe in ("", "/"):
        article = client.get("/api/v1/articles/" + quote(odd_id, safe=safe)).get_json()
        assert article["id"] == odd_id
    assert client.get(article["url"]).status_code == 200


def test_tags_have_the_shape_that_is_described(client: FlaskClient) -> None:
    tags = client.get("/api/v1/tags").get_json()
    check(schemas.Tags, tags)
    counts = [tag["count"] for tag in tags["tags"]]
    assert counts == sorted(counts, reverse=True)


@pytest.mark.parametrize("spelling", ["privacy", "Privacy", "PRIVACY", "pri-vacy"])
def test_a_tag_is_found_in_any_spelling(client: FlaskClient, spelling: str) -> None:
    tag = client.get(f"/api/v1/tags/{spelling}").get_json()
    check(schemas.Tag, tag)
    assert (tag["value"], tag["label"], tag["count"]) == ("privacy", "Privacy", 3)


def test_a_tag_keeps_its_signs(client: FlaskClient) -> None:
    assert client.get("/api/v1/tags/c%2B%2B").get_json()["value"] == "c++"


@pytest.mark.parametrize(
    "path",
    [
        "/api",
        "/api/",
        "/api/v1",
        "/api/v1/",
        "/api/v2/search",
        "/api/v1/articles/niets",
        "/api/v1/articles/",
        "/api/v1/tags/niets",
        "/api/v1/suggest",
        "/api/v1/related/privacy",
        "/api/v1//search",
    ],
)
def test_what_is_not_there_is_a_problem(client: FlaskClient, path: str) -> None:
    data = problem(client, path)
    assert (data["status"], data["title"], data["type"]) == (404, "Niet gevonden", "about:blank")


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS"])
@pytest.mark.parametrize("path", ["search", "articles/privacy", "tags", "tags/privacy", "openapi.json"])
def test_another_method_is_a_problem(client: FlaskClient, method: str, path: str) -> None:
    assert problem(client, f"/api/v1/{path}", method)["status"] == 405


def test_another_host_is_a_problem(client: FlaskClient) -> None:
    response = client.get("/api/v1/tags", headers={"Host": "kwaad.example"})
    assert (response.status_code, response.content_type) == (400, "application/problem+json")


@pytest.mark.parametrize("path", ["/api/v1/search?q=privacy", "/api/v1/articles/privacy", "/api/v1/tags"])
def test_an_answer_is_sent_again_only_when_it_changed(client: FlaskClient, path: str) -> None:
    first = client.get(path)
    assert first.headers["Cache-Control"] == "no-cache"
    held = {"If-None-Match": f'"x", {first.headers["ETag"]}'}
    assert client.get(path, headers=held).status_code == 304
    assert client.head(path, headers=held).status_code == 304
    assert client.get(path, headers={"If-None-Match": 'W/"x"'}).status_code == 200


def test_a_copy_of_one_answer_is_none_of_another(client: FlaskClient) -> None:
    held = {"If-None-Match": client.get("/api/v1/search?q=privacy").headers["ETag"]}
    assert client.get("/api/v1/search?q=gemeente", headers=held).status_code == 200


@pytest.mark.parametrize("path", ["/api/v1/search", "/api/v1/articles/privacy", "/api/v1/tags", "/readyz"])
def test_without_an_index_the_problem_is_ours(client_without_index: FlaskClient, path: str) -> None:
    assert problem(client_without_index, path)["status"] == 503


def test_the_process_is_alive_with_or_without_an_index(
    client: FlaskClient, client_without_index: FlaskClient
) -> None:
    for visitor in (client, client_without_index):
        response = visitor.get("/healthz")
        assert (response.status_code, response.get_json()) == (200, {"status": "ok"})


def test_the_index_that_is_served_is_named(client: FlaskClient) -> None:
    response = client.get("/readyz")
    assert response.status_code == 200
    assert response.headers["Cache-Control"] == "no-store"
    state = client.get("/api/v1/search").get_json()["index"]
    assert response.get_json() == state
    assert state["documents"] == 3 + 10 + 35


def test_crawlers_are_kept_from_search_results(client: FlaskClient) -> None:
    robots = client.get("/robots.txt")
    assert robots.content_type == "text/plain; charset=utf-8"
    assert "Disallow: /?\n" in robots.text
    assert "Disallow: /api/\n" in robots.text
    assert "Allow: /?sorteer=nieuwste\n" in robots.text


def references(node: object) -> set[str]:
    """Give every `$ref` below a node."""
    if isinstance(node, dict):
        own = {node["$ref"]} if isinstance(node.get("$ref"), str) else set()
        return own.union(*(references(value) for value in node.values()))
    if isinstance(node, list):
        return set[str]().union(*(references(value) for value in node))
    return set()


def test_the_description_is_openapi_and_complete(client_without_index: FlaskClient) -> None:
    response = client_without_index.get("/api/v1/openapi.json")
    document = response.get_json()
    assert document["openapi"].startswith("3.1.")
    assert set(document["paths"]) == {
        "/api/v1/search",
        "/api/v1/articles/{id}",
        "/api/v1/tags",
        "/api/v1/tags/{tag}",
    }
    known = {f"#/components/schemas/{name}" for name in document["components"]["schemas"]}
    assert references(document) <= known
    for path in document["paths"].values():
        assert set(path) == {"get"}
        for status, answer in path["get"]["responses"].items():
            kinds = set(answer.get("content", {}))
            assert kinds == (
                {"application/json"}
                if status == "200"
                else set()
                if status == "304"
                else {"application/problem+json"}
            )


def test_every_parameter_that_is_described_is_read(client: FlaskClient) -> None:
    document = client.get("/api/v1/openapi.json").get_json()
    described = {one["name"] for one in document["paths"]["/api/v1/search"]["get"]["parameters"]}
    assert described == {"q", "tag", "from", "to", "sort", "page", "per_page", "parts"}
