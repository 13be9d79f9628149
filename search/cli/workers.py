"""The worker process of the production server, which tells in Dutch what never reaches the web front end."""

from __future__ import annotations

import socket
from typing import Any

from gunicorn.http.errors import LimitRequestHeaders, LimitRequestLine
from gunicorn.util import write_nonblock
from gunicorn.workers.gthread import ThreadWorker

TOO_LONG = {
    LimitRequestLine: (
        "414 URI Too Long",
        "Adres te lang",
        "Dit adres is te lang. Gebruik een kortere zoekvraag of minder filters.",
    ),
    LimitRequestHeaders: (
        "431 Request Header Fields Too Large",
        "Verzoek te groot",
        "Uw programma stuurt meer of langere kopregels (headers) mee dan deze site leest.",
    ),
}
"""For each limit of gunicorn the status, and the title and the text of the page."""


class DutchWorker(ThreadWorker):  # type: ignore[misc]  # gunicorn is untyped
    """A worker with threads. What is no HTTP at all is answered as gunicorn does: no browser sends it."""

    def handle_error(self, req: Any, client: socket.socket, addr: Any, exc: BaseException) -> None:
        """Answer a request that could not be read."""
        told = TOO_LONG.get(type(exc))
        if told is None:
            super().handle_error(req, client, addr, exc)
            return
        self.log.warning("Geweigerd: %s", exc)
        try:
            write_nonblock(client, refusal(*told))
        except OSError as gone:
            self.log.debug("Het antwoord kon niet worden verstuurd: %s", gone)


def refusal(status: str, title: str, text: str) -> bytes:
    """Write a whole HTTP answer, after which the connection is closed."""
    body = (
        f'<!doctype html>\n<html lang="nl">\n<meta charset="utf-8">\n<title>{title} – Trefzeker</title>\n'
        f'<h1>{title}</h1>\n<p>{text}</p>\n<p><a href="/">Naar de voorpagina</a></p>\n'
    ).encode()
    head = (
        f"HTTP/1.1 {status}\r\nConnection: close\r\nContent-Type: text/html; charset=utf-8\r\n"
        f"Content-Length: {len(body)}\r\nCache-Control: no-store\r\nX-Content-Type-Options: nosniff\r\n"
        "Content-Security-Policy: default-src 'none'\r\n\r\n"
    )
    return head.encode() + body
