"""The file of synonyms: read whole, and read again when editors changed it."""

from __future__ import annotations

import hashlib
import logging
import math
import re
import stat
import threading
import time
from collections import Counter
from pathlib import Path

from search.errors import TrefzekerError
from search.frontmatter.formats import UnreadableError
from search.synonyms.entries import Pattern, read_entries
from search.synonyms.matching import Synonyms

log = logging.getLogger(__name__)

MAX_BYTES = 262_144

CHECK_SECONDS = 1.0
"""How long `SynonymsFile` trusts what it has before it looks at the file again."""

_BREAK = re.compile(r"\r\n?")
_NO_BREAK = re.compile("[\x85\u2028\u2029]")  # YAML begins a line at these, and editors do not


class SynonymsError(TrefzekerError):
    """A file of synonyms that cannot be used: `message` says what is wrong on `line` (from 1) of `path`."""

    def __init__(self, path: Path, line: int, message: str) -> None:
        super().__init__(f"De synoniemen in {path} zijn niet te gebruiken", f"regel {line}: {message}")
        self.path = path
        self.line = line
        self.message = message


def load_synonyms(path: Path) -> Synonyms:
    """Read a file of synonyms; when it is absent there are none.

    Raises:
        SynonymsError: it cannot be read, or something in it is not as docs/synonyms.md says.
    """
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            raise SynonymsError(path, 1, "dit is geen gewoon bestand: zet er een bestand met synoniemen neer")
        with path.open("rb") as file:
            content = file.read(MAX_BYTES + 1)
    except FileNotFoundError:
        return Synonyms()
    except (OSError, ValueError) as error:
        message = "het bestand is niet te lezen: controleer het pad en de rechten"
        raise SynonymsError(path, 1, message) from error
    if len(content) > MAX_BYTES:
        raise SynonymsError(path, 1, f"het bestand is groter dan {MAX_BYTES // 1024} kB: kort het in")
    try:
        entries = read_entries(_BREAK.sub("\n", _NO_BREAK.sub(" ", content.decode().replace("\ufeff", ""))))
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise SynonymsError(path, line, "dit is geen UTF-8: bewaar het bestand opnieuw als UTF-8") from error
    except UnreadableError as error:
        message = error.message.replace("de front matter", "het bestand")
        raise SynonymsError(path, error.line, message) from error
    digest = hashlib.blake2b(content, digest_size=16).hexdigest()
    return Synonyms(digest, len(entries), _indexed([pattern for entry in entries for pattern in entry]))


def _indexed(patterns: list[Pattern]) -> dict[str, list[Pattern]]:
    """Members by their rarest slot: thousands that begin with `ministerie` must not all be tried."""
    common = Counter(key for pattern in patterns for slot in pattern.slots for key in slot)
    index: dict[str, list[Pattern]] = {}
    for pattern in patterns:
        for key in min(pattern.slots, key=lambda slot: sum(common[key] for key in slot)):
            index.setdefault(key, []).append(pattern)
    return index


class SynonymsFile:
    """The synonyms of a file that editors change while it is in use. Safe for threads."""

    def __init__(self, path: Path) -> None:
        """Read nothing yet: that is done when they are first asked for."""
        self._path = path
        self._lock = threading.Lock()
        self._synonyms: Synonyms | None = None
        self._seen: tuple[int, ...] | None = None
        self._look_at = -math.inf

    def current(self) -> Synonyms:
        """Give the synonyms as the file has them, at most about `CHECK_SECONDS` ago.

        A version with a mistake is logged once, and the last good one stays; before there was one there are
        no synonyms. While one thread reads a new version the others go on with what there is.
        """
        held = self._synonyms
        if held is not None and time.monotonic() < self._look_at:
            return held
        if self._lock.acquire(blocking=held is None):
            try:
                return self._refreshed()
            finally:
                self._lock.release()
        return held or Synonyms()

    def _refreshed(self) -> Synonyms:
        """Look at the file, unless another thread just did; only for who holds the lock."""
        synonyms = self._synonyms or Synonyms()
        if time.monotonic() >= self._look_at:
            seen = _signature(self._path)
            if seen != self._seen:
                try:
                    synonyms = load_synonyms(self._path)
                except SynonymsError as error:
                    instead = (
                        "de vorige versie blijft" if synonyms.digest else "er zijn zolang geen synoniemen"
                    )
                    log.warning("%s; %s in gebruik", error, instead)
                self._seen = seen
            self._synonyms = synonyms
            self._look_at = time.monotonic() + CHECK_SECONDS
        return synonyms


def _signature(path: Path) -> tuple[int, ...]:
    """Tell one version of a file from another; the time of change also moves when access is given."""
    try:
        status = path.stat()
    except (OSError, ValueError) as error:
        return (getattr(error, "errno", None) or 0,)
    return status.st_mtime_ns, status.st_ctime_ns, status.st_size, status.st_ino
