"""One family of exceptions. Each carries, in Dutch, what went wrong and how to mend the cause."""

from __future__ import annotations


class TrefzekerError(Exception):
    """Base of all errors that a person can do something about.

    `title` says what is wrong, `detail` how to mend it.
    """

    def __init__(self, title: str, detail: str = "") -> None:
        super().__init__(title if not detail else f"{title}: {detail}")
        self.title = title
        self.detail = detail


class BadRequest(TrefzekerError):
    """A request that cannot be read; `parameter` names the culprit."""

    def __init__(self, parameter: str, detail: str) -> None:
        super().__init__("Ongeldige zoekopdracht", detail)
        self.parameter = parameter


class BadSource(TrefzekerError):
    """A source folder or file that is missing, unreadable or not of a known kind."""


class NoIndex(TrefzekerError):
    """There is no index yet at the place that was named."""


class RebuildNeeded(TrefzekerError):
    """The index was made by another version of the format or the analysis."""


class DamagedIndex(TrefzekerError):
    """The index on disk is not what its manifest says."""


class IndexLocked(TrefzekerError):
    """Another process is writing the index."""


class TooMuchRemoved(TrefzekerError):
    """A build would drop more than half of the index."""
