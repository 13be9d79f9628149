"""The web front end: pages for readers and an API for programs, over one search service."""

from __future__ import annotations

from flask import Flask
from werkzeug.routing import BaseConverter

from search.config import Settings, from_environment
from search.service import Service
from web.answers import AnswerCache
from web.api import api
from web.compression import register_compression
from web.errors import register_errors
from web.health import health
from web.pages import pages
from web.security import register_security
from web.serving import attach_service
from web.templating import register_templates

MEBIBYTE = 1024 * 1024


class OpaqueConverter(BaseConverter):
    """The rest of a path, as it is: an id or tag may hold slashes, also at its ends or doubled."""

    regex = ".+"
    part_isolating = False


def create_app(settings: Settings | None = None) -> Flask:
    """Make the application.

    Args:
        settings: where the index is; read from the environment when None. The hosts it answers for are
            always read there (`TREFZEKER_HOSTS`).

    Raises:
        TrefzekerError: a setting in the environment makes no sense.
    """
    app = Flask(__name__)
    app.config["PROVIDE_AUTOMATIC_OPTIONS"] = False
    app.config["SEND_FILE_MAX_AGE_DEFAULT"] = 3600
    app.url_map.merge_slashes = False
    app.url_map.strict_slashes = False
    app.url_map.converters["opaque"] = OpaqueConverter
    settings = settings or from_environment()
    attach_service(app, Service(settings), AnswerCache(settings.cache * MEBIBYTE))
    register_templates(app)
    register_compression(app)
    register_security(app)
    register_errors(app)
    for blueprint in (pages, api, health):
        app.register_blueprint(blueprint)
    return app
