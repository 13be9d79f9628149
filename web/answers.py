"""Answers kept in memory as they were sent, at most so many bytes of them."""

from __future__ import annotations

import threading
from collections import OrderedDict
from dataclasses import dataclass
from typing import TypeAlias

OVERHEAD = 512
"""Bytes that keeping an answer takes besides its body, about: key, headers and places in tables."""

Key: TypeAlias = tuple[str, str]
"""The entity tag, which changes with all that an answer depends on, and the content coding."""


@dataclass(frozen=True, slots=True)
class EncodedAnswer:
    """The body of an answer as it is sent; `coding` is its content coding, empty when it has none."""

    body: bytes
    content_type: str
    coding: str = ""


class AnswerCache:
    """The answers used last. Safe for threads.

    An answer is never withdrawn: when anything changes, what is asked for has another key, and what was kept
    makes room as the least used.
    """

    def __init__(self, capacity: int) -> None:
        """Keep nothing yet.

        Args:
            capacity: bytes; 0 to keep nothing at all.
        """
        self.capacity = capacity
        self._lock = threading.Lock()
        self._answers: OrderedDict[Key, EncodedAnswer] = OrderedDict()
        self._size = 0

    @property
    def size(self) -> int:
        """Bytes in use."""
        return self._size

    def get(self, key: Key) -> EncodedAnswer | None:
        """Give a kept answer, or None."""
        if not self.capacity:
            return None
        with self._lock:
            answer = self._answers.get(key)
            if answer is not None:
                self._answers.move_to_end(key)
            return answer

    def put(self, key: Key, answer: EncodedAnswer) -> None:
        """Keep an answer, unless it alone takes more than an eighth of what there is room for."""
        size = len(answer.body) + OVERHEAD
        if size > self.capacity // 8:
            return
        with self._lock:
            replaced = self._answers.pop(key, None)
            self._size += size - (len(replaced.body) + OVERHEAD if replaced else 0)
            self._answers[key] = answer
            while self._size > self.capacity:
                _, least_used = self._answers.popitem(last=False)
                self._size -= len(least_used.body) + OVERHEAD
