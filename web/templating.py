"""The templates, and what they write values with."""

from __future__ import annotations

from flask import Flask, current_app
from jinja2 import StrictUndefined

from search.urls import tag_url
from web import formatting, pieces
from web.caching import code_version
from web.urls import without_filters_url


def register_templates(app: Flask) -> None:
    """Give the templates what they write values with."""
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    for function in (
        formatting.dutch_number,
        formatting.counted,
        formatting.tells_more,
        formatting.shown_image,
        pieces.date_line,
        pieces.hit_item,
        pieces.facet_items,
        pieces.tag_links,
        pieces.year_items,
    ):
        app.jinja_env.filters[function.__name__] = function
    # Flask's own are not used, and all there are are copied each time that a template is rendered.
    app.jinja_env.globals.clear()
    app.jinja_env.globals.update(
        tag_url=tag_url,
        without_filters_url=without_filters_url,
        code_version=code_version(),
    )


def render(template: str, **context: object) -> str:
    """Render a template.

    Not with Flask's `render_template`, which also hands it the request and the session: no page may depend on
    more than its address, or it could not be kept.

    Args:
        template: its file name.
        context: what it writes.
    """
    return current_app.jinja_env.get_template(template).render(context)
