"""What guards the site: headers on every answer, the hosts it answers for, a cap on what is sent to it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from flask import Flask, request
from werkzeug.exceptions import RequestEntityTooLarge, SecurityError
from werkzeug.sansio.utils import host_is_trusted

from search.hosts import named_hosts

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

LOCAL_HOSTS = ("localhost", "127.0.0.1", "[::1]")
"""Names of this machine to itself: always answered, for health checks and a proxy on the same machine."""

MAX_BODY = 16 * 1024
"""Bytes of a request body. Nothing here reads one."""

MOST_LOGGED, LONGEST_LOGGED = 64, 253
"""Names of unknown hosts that a process logs, and the characters of each: anyone can send any number of them."""

CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        # Articles show pictures from other sites, over https only.
        "img-src 'self' https:",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)

HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    # Other sites, such as those that hold the pictures, do not learn what is read or sought here.
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
}


def trusted_hosts(environment: Mapping[str, str] | None = None) -> list[str]:
    """Give the hosts that the site answers for: the local ones and those in `TREFZEKER_HOSTS`.

    Args:
        environment: the variables; the process's own when None.

    Raises:
        TrefzekerError: the setting holds something that is no name.
    """
    return [*LOCAL_HOSTS, *named_hosts(environment)]


def is_trusted(host: str, trusted: Sequence[str]) -> bool:
    """Tell whether the site answers for a host.

    Args:
        host: as a request names it, perhaps with a port; its case does not count.
        trusted: names without port, as `trusted_hosts` gives them.
    """
    host = host.lower()
    # Werkzeug, which also checks the characters, cuts a trusted IPv6 address off at its first colon. That is
    # also why Flask's own TRUSTED_HOSTS is not used.
    address = host.partition("]")[0] + "]"
    return host_is_trusted(host) and (address in trusted or host_is_trusted(host, trusted))


def with_headers(application: WSGIApplication) -> WSGIApplication:
    """Put the security headers on whatever an application answers."""
    added = list(HEADERS.items())

    def guarded(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        def start(
            status: str, headers: list[tuple[str, str]], failure: Any = None, /
        ) -> Callable[[bytes], object]:
            return start_response(status, headers + added, failure)

        return application(environ, start)

    return guarded


def register_security(app: Flask) -> None:
    """Guard an application.

    Raises:
        TrefzekerError: the setting of the hosts makes no sense.
    """
    trusted = trusted_hosts()
    refused = set[str]()

    # Remembered, as the same few names are asked for over and over.
    @lru_cache(maxsize=64)
    def is_answered(host: str) -> bool:
        return is_trusted(host, trusted)

    def tell(host: str) -> None:
        """Log a name that is refused, once, so that a setting that lacks it is noticed."""
        name = re.sub(r":[0-9]*$", "", host.lower())[:LONGEST_LOGGED]
        # It is empty when the header held what no name can hold.
        if not name or name in refused or len(refused) >= MOST_LOGGED:
            return
        refused.add(name)
        app.logger.warning(
            "Geweigerd: een verzoek voor de naam %r. Hoort die bij deze site, zet hem dan in TREFZEKER_HOSTS.%s",
            name,
            " Meer namen worden niet gemeld." if len(refused) == MOST_LOGGED else "",
        )

    def refuse() -> None:
        """Refuse a request for another site, or one that brings more than this site reads."""
        if not is_answered(request.host):
            tell(request.host)
            raise SecurityError
        if (request.content_length or 0) > MAX_BODY:
            raise RequestEntityTooLarge

    app.config["MAX_CONTENT_LENGTH"] = MAX_BODY
    app.before_request(refuse)
    app.wsgi_app = with_headers(app.wsgi_app)  # type: ignore[assignment, method-assign]
