"""Compression of answers in a coding that the reader's program takes: zstd (RFC 8878) or gzip.

Nothing that is sent is secret or of one reader, so that its length gives nothing away.
"""

from __future__ import annotations

import mimetypes
import threading
import zlib
from functools import lru_cache

import zstandard
from flask import Flask, request
from werkzeug.datastructures import Accept
from werkzeug.http import parse_accept_header
from werkzeug.wrappers import Response

SMALLEST = 1024
"""Bytes below which an answer is sent as it is: it fits in one packet either way."""

ZSTD_LEVEL = 3
GZIP_LEVEL = 4
"""By measurement (docs/performance.md): what a higher level takes in time it does not give in bytes."""

TYPES = frozenset(
    {
        "application/json",
        "application/problem+json",
        "image/svg+xml",
        "text/css",
        "text/html",
        "text/javascript",
        "text/plain",
    }
)
"""What is sent and is not compressed already."""

_compressors = threading.local()


@lru_cache(maxsize=256)
def best_coding(accepted: str) -> str:
    """Choose a content coding: `zstd`, `gzip` or, for none, the empty string.

    Args:
        accepted: the header Accept-Encoding (RFC 9110, 12.5.3); empty when there is none.
    """
    wishes = parse_accept_header(accepted, Accept)
    plain = next((quality for value, quality in wishes if value.lower() == "identity"), 0.0)
    quality, coding = max((wishes.quality("zstd"), "zstd"), (wishes.quality("gzip"), "gzip"))
    return coding if quality > 0 and quality >= plain else ""


def requested_coding() -> str:
    """Give the content coding in which this request is best answered, as `best_coding` does."""
    return best_coding(request.environ.get("HTTP_ACCEPT_ENCODING", ""))


def compressed(body: bytes, coding: str) -> bytes:
    """Compress a body.

    Args:
        body: of any length.
        coding: `zstd` or `gzip`.
    """
    if coding == "zstd":
        # A compressor can be used by one thread at a time, and takes longer to make than to use.
        compressor = getattr(_compressors, "zstd", None)
        if compressor is None:
            compressor = _compressors.zstd = zstandard.ZstdCompressor(level=ZSTD_LEVEL)
        return bytes(compressor.compress(body))
    # Not `gzip.compress`, which writes the time: the same body gives the same bytes.
    stream = zlib.compressobj(GZIP_LEVEL, zlib.DEFLATED, wbits=31)
    return stream.compress(body) + stream.flush()


_compressed_file = lru_cache(maxsize=64)(compressed)


def ignore_range() -> None:
    """Give a file that may be compressed whole, also when a part is asked for, as RFC 9110, 14.2 allows.

    A part is one of the bytes in one coding, and those bytes have no tag of their own (13.1.5).
    """
    if "HTTP_RANGE" in request.environ and mimetypes.guess_type(request.path)[0] in TYPES:
        request.environ.pop("HTTP_RANGE", None)


def compress_response(response: Response) -> Response:
    """Compress an answer that was not made by `web.caching`: an error, a file, a description."""
    if "Vary" in response.headers or response.mimetype not in TYPES:
        return response
    response.headers["Vary"] = "Accept-Encoding"
    response.headers.pop("Accept-Ranges", None)
    tag, weak = response.get_etag()
    if tag is not None and not weak:
        # The same tag in every coding says that they mean the same, not that they are the same bytes.
        response.set_etag(tag, weak=True)
    coding = requested_coding()
    if not coding or response.status_code == 304 or "Content-Encoding" in response.headers:
        return response
    is_file = response.direct_passthrough
    response.direct_passthrough = False
    body = response.get_data()
    if len(body) < SMALLEST:
        return response
    response.set_data(_compressed_file(body, coding) if is_file else compressed(body, coding))
    response.headers["Content-Encoding"] = coding
    return response


def register_compression(app: Flask) -> None:
    """Let an application compress what it sends."""
    app.before_request(ignore_range)
    app.after_request(compress_response)
