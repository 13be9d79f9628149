"""Where the views find the search service, and the answers kept, of the application that runs them."""

from __future__ import annotations

from typing import cast

from flask import Flask, current_app

from search.service import Service
from web.answers import AnswerCache

NAME = "trefzeker"
ANSWERS = "trefzeker-answers"


def attach_service(app: Flask, service: Service, answers: AnswerCache) -> None:
    """Give the application its service and its place for answers."""
    app.extensions[NAME] = service
    app.extensions[ANSWERS] = answers


def current_service() -> Service:
    """Give the service of the application that handles this request."""
    return cast(Service, current_app.extensions[NAME])


def current_answers() -> AnswerCache:
    """Give the answers kept by the application that handles this request."""
    return cast(AnswerCache, current_app.extensions[ANSWERS])
