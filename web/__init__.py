"""The web front end: pages for readers and an API for programs, over one search service."""

from __future__ import annotations

from flask import Flask
from jinja2 import StrictUndefined
from werkzeug.routing import BaseConverter

from search.config import Settings, from_environment
from search.service import Service
from search.urls import tag_url
from web import formatting, pieces
from web.api import api
from web.caching import code_version
from web.errors import register_errors
from web.health import health
from web.pages import pages
from web.security import register_security
from web.serving import attach_service
from web.urls import without_filters_url


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
    app.json.ensure_ascii = False  # type: ignore[attr-defined]
    app.json.sort_keys = False  # type: ignore[attr-defined]
    attach_service(app, Service(settings or from_environment()))
    register_templates(app)
    register_security(app)
    register_errors(app)
    for blueprint in (pages, api, health):
        app.register_blueprint(blueprint)
    return app


def register_templates(app: Flask) -> None:
    """Give the templates what they write values with."""
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    for function in (
        formatting.marked,
        formatting.dutch_number,
        formatting.counted,
        formatting.why_labels,
        formatting.tells_more,
        formatting.shown_image,
        pieces.date_line,
        pieces.facet_items,
        pieces.tag_links,
        pieces.title_of,
        pieces.year_items,
    ):
        app.jinja_env.filters[function.__name__] = function
    app.jinja_env.globals.update(
        tag_url=tag_url,
        without_filters_url=without_filters_url,
        code_version=code_version(),
    )
