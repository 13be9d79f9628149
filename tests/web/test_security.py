"""What guards the site: headers, hosts, methods, and nothing that is not public."""

from __future__ import annotations

import re

import pytest
from flask.testing import FlaskClient

from search.config import Settings
from search.errors import TrefzekerError
from web import create_app
from web.security import MAX_BODY, MOST_LOGGED, is_trusted, trusted_hosts

EVERY_KIND = (
    "/",
    "/?q=privacy",
    "/artikel/privacy",
    "/tags",
    "/tags/privacy",
    "/static/style.css",
    "/healthz",
    "/readyz",
    "/robots.txt",
    "/api/v1/search",
    "/api/v1/openapi.json",
    "/bestaat-niet",
    "/api/v1/bestaat-niet",
    "/?pagina=abc",
    "/tags/PRIVACY",
    "/2019/oud-adres",
)


@pytest.mark.parametrize("path", EVERY_KIND)
def test_every_answer_carries_the_security_headers(client: FlaskClient, path: str) -> None:
    headers = client.get(path, buffered=True).headers
    policy = headers["Content-Security-Policy"].split("; ")
    assert "default-src 'none'" in policy
    assert "script-src 'self'" in policy
    assert "style-src 'self'" in policy
    assert "img-src 'self' https:" in policy
    assert "frame-ancestors 'none'" in policy
    assert "base-uri 'none'" in policy
    assert "form-action 'self'" in policy
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "camera=()" in headers["Permissions-Policy"]


@pytest.mark.parametrize("path", EVERY_KIND)
def test_no_answer_sets_a_cookie(client: FlaskClient, path: str) -> None:
    assert "Set-Cookie" not in client.get(path, buffered=True).headers


@pytest.mark.parametrize("path", ["/", "/?q=privacy", "/artikel/privacy", "/tags", "/tags/privacy", "/niets"])
def test_no_page_holds_a_style_or_script_of_its_own(client: FlaskClient, path: str) -> None:
    page = client.get(path).text
    assert not re.search(r"<script|<style|\sstyle=|\son[a-z]+=|javascript:", page, re.IGNORECASE)


@pytest.mark.parametrize("host", ["kwaad.example", "localhost.kwaad.example", "127.0.0.1.nip.io", "a b"])
@pytest.mark.parametrize("path", EVERY_KIND)
def test_another_host_is_refused(client: FlaskClient, host: str, path: str) -> None:
    response = client.get(path, headers={"Host": host}, buffered=True)
    assert response.status_code == 400
    assert host not in response.text
    assert "Content-Security-Policy" in response.headers


@pytest.mark.parametrize("host", ["localhost", "localhost:8000", "127.0.0.1:8000", "[::1]:8000", "[::1]"])
def test_this_machine_is_answered_on_any_port(client: FlaskClient, host: str) -> None:
    response = client.get("/", headers={"Host": host})
    assert response.status_code == 200
    assert host not in response.text.replace("localhost</", "")


def test_hosts_are_added_by_a_setting() -> None:
    assert trusted_hosts({}) == ["localhost", "127.0.0.1", "[::1]"]
    assert trusted_hosts({"TREFZEKER_HOSTS": " zoek.example.nl, ,.example.org"})[3:] == [
        "zoek.example.nl",
        ".example.org",
    ]


def test_a_host_is_known_in_any_case_and_with_a_port() -> None:
    trusted = trusted_hosts(
        {"TREFZEKER_HOSTS": "WWW.MijnSite.nl, münchen.example:8000, .Example.ORG,[FE80::1]"}
    )
    assert trusted[3:] == ["www.mijnsite.nl", "xn--mnchen-3ya.example", ".example.org", "[fe80::1]"]
    for host in ("www.mijnsite.nl", "WWW.mijnsite.NL:80", "Zoek.EXAMPLE.org", "LOCALHOST", "[FE80::1]:8000"):
        assert is_trusted(host, trusted)
    for host in ("mijnsite.nl", "www.mijnsite.nl.kwaad.example", "[fe80::2]"):
        assert not is_trusted(host, trusted)


@pytest.mark.parametrize(
    "named",
    [
        "https://www.x.nl/",
        "www.x.nl/",
        "www.x.nl zoek.x.nl",
        "a.nl,*.x.nl",
        "a..nl",
        ".",
        "ü" * 64,
        "x.nl:poort",
    ],
)
def test_what_is_no_name_of_a_host_is_refused_with_how_to_write_it(named: str) -> None:
    with pytest.raises(TrefzekerError, match=r"TREFZEKER_HOSTS.*zonder https://.*www\.voorbeeld\.nl"):
        trusted_hosts({"TREFZEKER_HOSTS": named})


@pytest.mark.parametrize("path", ["/", "/api/v1/search"])
def test_a_refused_host_is_told_which_setting_lacks_it(client: FlaskClient, path: str) -> None:
    assert "TREFZEKER_HOSTS" in client.get(path, headers={"Host": "kwaad.example"}).text


def test_a_refused_host_is_logged_once_and_not_without_end(
    settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    visitor = create_app(settings).test_client()
    for host in ("kwaad.example", "KWAAD.example:80", "x" * 4000, "a\x1bb"):
        for _ in range(2):
            assert visitor.get("/healthz", headers={"Host": host}).status_code == 400
    told = [record.getMessage() for record in caplog.records]
    assert ["TREFZEKER_HOSTS" in line and line.isprintable() and len(line) < 500 for line in told] == [
        True
    ] * 2
    for number in range(2 * MOST_LOGGED):
        visitor.get("/healthz", headers={"Host": f"{number}.example"})
    assert len(caplog.records) == MOST_LOGGED
    assert "Meer namen" in caplog.records[-1].getMessage()


def test_a_named_host_is_answered(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TREFZEKER_HOSTS", "zoek.example.nl,.example.org")
    visitor = create_app(settings).test_client()
    for host in ("zoek.example.nl", "www.example.org", "localhost"):
        assert visitor.get("/healthz", headers={"Host": host}).status_code == 200
    assert visitor.get("/healthz", headers={"Host": "example.nl"}).status_code == 400


@pytest.mark.parametrize("path", ["/tags/PRIVACY", "/2019/oud-adres"])
def test_a_redirect_stays_on_the_site_without_naming_it(client: FlaskClient, path: str) -> None:
    response = client.get(path, headers={"X-Forwarded-Host": "kwaad.example"})
    assert response.status_code == 301
    assert re.match(r"/[^/\\]", response.headers["Location"])


@pytest.mark.parametrize("path", ["//kwaad.example/", "//kwaad.example/..", "/\\kwaad.example", "//tags//"])
def test_an_address_with_odd_slashes_leads_nowhere_else(client: FlaskClient, path: str) -> None:
    response = client.get("/", environ_overrides={"PATH_INFO": path})
    assert response.status_code in (200, 404)
    assert "Location" not in response.headers


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "OPTIONS"])
@pytest.mark.parametrize(
    "path", ["/", "/artikel/privacy", "/tags", "/api/v1/search", "/api/v1/tags", "/healthz"]
)
def test_nothing_can_be_written(client: FlaskClient, method: str, path: str) -> None:
    response = client.open(path, method=method)
    assert response.status_code == 405
    assert set(response.headers["Allow"].split(", ")) == {"GET", "HEAD"}


def test_a_large_body_is_refused(client: FlaskClient) -> None:
    response = client.post("/api/v1/search", data=b"x" * (MAX_BODY + 1))
    assert response.status_code == 413
    assert response.content_type == "application/problem+json"


@pytest.mark.parametrize(
    "path", ["/static/../security.py", "/static/..%2fsecurity.py", "/static/%2e%2e/api.py"]
)
def test_a_file_outside_the_static_folder_is_not_served(client: FlaskClient, path: str) -> None:
    assert client.get(path).status_code == 404


def test_what_is_typed_is_escaped_on_every_page(client: FlaskClient) -> None:
    typed = "\"><script>alert('x')</script>"
    for response in (
        client.get("/", query_string={"q": typed, "tag": typed}),
        client.get("/", query_string={"q": "privacy", "van": typed}),
        client.get("/", query_string={"sorteer": typed}),
        client.get("/tags/" + typed),
        client.get("/artikel/" + typed),
        client.get("/" + typed),
    ):
        assert "<script" not in response.text


def test_hidden_words_are_nowhere(client: FlaskClient, hidden_word: str) -> None:
    for path in ("/", "/?sorteer=oudste", "/tags", "/api/v1/search?per_page=50", "/api/v1/tags"):
        assert hidden_word not in client.get(path).text.lower()
    answer = client.get("/api/v1/search", query_string={"q": hidden_word}).get_json()
    assert answer["total"] == 0
    assert answer["suggestion"] is None
    assert client.get(f"/tags/{hidden_word}").status_code == 404
    assert client.get(f"/api/v1/tags/{hidden_word}").status_code == 404


def test_hidden_articles_are_not_found(client: FlaskClient, hidden_id: str) -> None:
    for path in (f"/artikel/{hidden_id}", f"/api/v1/articles/{hidden_id}"):
        response = client.get(path)
        assert response.status_code == 404
        assert "geheim" not in response.text.lower()


def test_the_old_address_of_a_draft_leads_nowhere(client: FlaskClient) -> None:
    assert client.get("/concept-oud").status_code == 404
