"""The production server: gunicorn with the web front end, on as many processes as are asked for."""

from __future__ import annotations

import os
import socket
from typing import Any

from gunicorn.app.base import BaseApplication
from gunicorn.util import import_app

from search.config import Settings
from search.errors import TrefzekerError

APPLICATION = "web:create_app()"
"""Named, not imported: `search` knows nothing of the web layer above it."""

WORKER = "search.cli.workers.DutchWorker"


class Server(BaseApplication):  # type: ignore[misc]  # gunicorn is untyped
    """Gunicorn, configured by code instead of its own command line."""

    def __init__(self, application: str, options: dict[str, Any]) -> None:
        self._application = application
        self._options = options
        super().__init__()

    def load_config(self) -> None:
        """Set the options."""
        for name, value in self._options.items():
            self.cfg.set(name, value)

    def load(self) -> Any:
        """The application, made in each worker."""
        return import_app(self._application)


def check_address(host: str, port: int) -> None:
    """See that an address can be listened on, before anything is said or started.

    Raises:
        TrefzekerError: it is taken, or not one of this machine.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        with socket.socket(family, socket.SOCK_STREAM) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((host, port))
    except OSError as error:
        raise TrefzekerError(
            f"Op {host} poort {port} kan niet worden geluisterd",
            f"kies een andere poort met --port of een ander adres met --host ({error.strerror})",
        ) from error


def run(settings: Settings, host: str, port: int, workers: int, application: str = APPLICATION) -> None:
    """Serve until told to stop (SIGINT or SIGTERM).

    Args:
        settings: handed to the workers through the environment.
        host: address to listen on.
        port: port to listen on.
        workers: processes; each answers several requests at a time and maps the same index.
        application: what makes the WSGI application in each worker, as gunicorn names it.
    """
    os.environ["TREFZEKER_CONTENT"] = str(settings.content.resolve())
    os.environ["TREFZEKER_INDEX"] = str(settings.index.resolve())
    os.environ["TREFZEKER_ENGINE"] = settings.engine
    os.environ["TREFZEKER_CACHE"] = str(settings.cache)
    if settings.synonyms is not None:
        os.environ["TREFZEKER_SYNONYMS"] = str(settings.synonyms.resolve())
    address = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
    Server(
        application,
        {
            "bind": address,
            "workers": workers,
            "worker_class": WORKER,
            "threads": 4,
            "timeout": 30,
            "graceful_timeout": 10,
            "keepalive": 5,
            "max_requests": 0,
            "limit_request_line": 8190,
            "loglevel": "warning",
            "proc_name": "trefzeker",
        },
    ).run()
