"""JSON, written in one way for the API and the command line."""

from __future__ import annotations

from typing import Any

import msgspec

_encoder = msgspec.json.Encoder()


def to_json(value: Any, *, pretty: bool = False) -> bytes:
    """Write a value as JSON in UTF-8.

    Dataclasses are objects with their fields in order, tuples are lists: an answer is written as it is, without a
    copy of it in dictionaries.

    Args:
        value: of dataclasses, mappings, lists, tuples, texts, numbers, booleans and None.
        pretty: indented and ending with a line break, for people to read as well.

    Raises:
        TypeError: the value holds something else.
        UnicodeEncodeError: a text holds a lone surrogate, which UTF-8 cannot write.
    """
    written = _encoder.encode(value)
    return msgspec.json.format(written, indent=2) + b"\n" if pretty else written
