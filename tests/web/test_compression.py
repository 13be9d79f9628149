"""Content codings: which one, of what, and that the answer stays the same."""

from __future__ import annotations

import zlib

import pytest
import zstandard
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from web.compression import SMALLEST, best_coding, compressed

LONG = ("/", "/?q=privacy", "/tags", "/artikel/privacy", "/api/v1/search", "/api/v1/openapi.json")
FILES = ("/static/style.css", "/niets", "/?pagina=abc")


def unpacked(body: bytes, coding: str) -> bytes:
    """Undo a content coding."""
    return zstandard.decompress(body) if coding == "zstd" else zlib.decompress(body, wbits=31)


@pytest.mark.parametrize(
    ("accepted", "coding"),
    [
        ("", ""),
        ("gzip", "gzip"),
        ("GZIP", "gzip"),
        ("gzip, deflate, br, zstd", "zstd"),
        ("gzip, deflate, br", "gzip"),
        ("br", ""),
        ("*", "zstd"),
        ("gzip;q=1, zstd;q=0.5", "gzip"),
        ("gzip;q=0", ""),
        ("gzip;q=0, *", "zstd"),
        ("*;q=0", ""),
        ("identity", ""),
        ("identity, gzip;q=0.5", ""),
        ("identity;q=0, gzip", "gzip"),
        ("gzip;q=raar", ""),
        (";;,,=", ""),
    ],
)
def test_the_coding_is_one_that_is_accepted(accepted: str, coding: str) -> None:
    assert best_coding(accepted) == coding


@given(st.text(max_size=200))
def test_any_wish_at_all_gets_a_coding_or_none(accepted: str) -> None:
    assert best_coding(accepted) in ("", "gzip", "zstd")


@given(st.binary(max_size=5000), st.sampled_from(["gzip", "zstd"]))
def test_a_body_comes_back_as_it_was(body: bytes, coding: str) -> None:
    assert unpacked(compressed(body, coding), coding) == body
    assert compressed(body, coding) == compressed(body, coding)


@pytest.mark.parametrize("coding", ["gzip", "zstd"])
@pytest.mark.parametrize("path", [*LONG, *FILES])
def test_an_answer_is_compressed_and_says_the_same(client: FlaskClient, path: str, coding: str) -> None:
    plain = client.get(path, buffered=True)
    packed = client.get(path, headers={"Accept-Encoding": coding}, buffered=True)
    assert packed.headers["Content-Encoding"] == coding
    assert packed.headers["Vary"] == plain.headers["Vary"] == "Accept-Encoding"
    assert len(packed.data) == packed.content_length < len(plain.data)
    if "search" not in path:
        assert unpacked(packed.data, coding) == plain.data
    for name in ("Content-Type", "Cache-Control", "Content-Security-Policy"):
        assert packed.headers.get(name) == plain.headers.get(name)


@pytest.mark.parametrize("path", ["/healthz", "/readyz", "/robots.txt", "/static/logo.svg", "/api/v1/tags"])
def test_what_is_small_is_sent_as_it_is(client: FlaskClient, path: str) -> None:
    answer = client.get(path, headers={"Accept-Encoding": "gzip, zstd"}, buffered=True)
    assert len(answer.data) < SMALLEST
    assert "Content-Encoding" not in answer.headers


@pytest.mark.parametrize("coding", ["identity", "gzip", "zstd"])
@pytest.mark.parametrize("path", [*LONG, "/static/style.css"])
def test_head_tells_what_get_gives(client: FlaskClient, path: str, coding: str) -> None:
    asked = {"Accept-Encoding": coding}
    given_, told = (
        client.get(path, headers=asked, buffered=True),
        client.head(path, headers=asked, buffered=True),
    )
    assert told.data == b""
    assert told.status_code == given_.status_code
    for name in ("Content-Type", "Content-Encoding", "Content-Length", "ETag", "Vary", "Cache-Control"):
        assert told.headers.get(name) == given_.headers.get(name), name


@pytest.mark.parametrize("path", [*LONG, "/static/style.css"])
def test_a_copy_in_any_coding_is_held_against_the_same_tag(client: FlaskClient, path: str) -> None:
    for coding in ("identity", "gzip", "zstd"):
        tag = client.get(path, headers={"Accept-Encoding": coding}, buffered=True).headers["ETag"]
        assert tag.startswith("W/")
        for other in ("identity", "gzip", "zstd"):
            again = client.get(path, headers={"Accept-Encoding": other, "If-None-Match": tag}, buffered=True)
            assert again.status_code == 304
            assert again.data == b""
            assert again.headers["ETag"] == tag
            assert again.headers["Vary"] == "Accept-Encoding"
            assert "Content-Encoding" not in again.headers


@pytest.mark.parametrize("coding", ["identity", "gzip"])
@pytest.mark.parametrize("path", ["/static/style.css", "/static/logo.svg", "/artikel/privacy"])
def test_no_part_is_given_of_what_may_be_compressed(client: FlaskClient, path: str, coding: str) -> None:
    asked = {"Accept-Encoding": coding}
    whole = client.get(path, headers=asked, buffered=True)
    assert "Accept-Ranges" not in whole.headers
    for condition in ({}, {"If-Range": whole.headers["ETag"]}):
        part = client.get(path, headers={**asked, **condition, "Range": "bytes=0-9"}, buffered=True)
        assert (part.status_code, part.data) == (200, whole.data)
        assert part.headers["ETag"] == whole.headers["ETag"]
