"""Where the views find the search service of the application that runs them."""

from __future__ import annotations

from typing import cast

from flask import Flask, current_app

from search.service import Service

NAME = "trefzeker"


def attach_service(app: Flask, service: Service) -> None:
    """Give the application its service."""
    app.extensions[NAME] = service


def current_service() -> Service:
    """Give the service of the application that handles this request."""
    return cast(Service, current_app.extensions[NAME])
