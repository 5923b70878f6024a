"""The application: which settings, which rooms, in which order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Flask

from coopgraph import __version__
from coopgraph.web import (
    catalog,
    computed,
    errors,
    excerpts,
    graphs,
    networks,
    openapi,
    pages,
    pinning,
    questions,
    refusal,
    releases,
    replies,
    reports,
    sparql,
    things,
    timemaps,
    update,
    validate,
    why,
    wording,
    writing,
)
from coopgraph.web.labels import Labels
from coopgraph.web.service import Service

if TYPE_CHECKING:
    from coopgraph.settings import Settings


def create_app(settings: Settings, service: Service | None = None) -> Flask:
    """The pages and resources as a WSGI application; opens nothing until it is asked something.

    It reads through `service`, whose owner closes it, or through one of its own. Queries of programs, health and
    measures are not part of it: `asgi.Front` answers those, and hands on the rest.
    """
    app = Flask(__name__)
    app.config["MAX_CONTENT_LENGTH"] = settings.request_bytes
    app.jinja_options = {"trim_blocks": True, "lstrip_blocks": True}
    app.url_map.strict_slashes = False
    app.url_map.merge_slashes = False
    app.extensions["coopgraph"] = Service(settings) if service is None else service
    app.extensions["coopgraph-labels"] = Labels()
    app.extensions["coopgraph-validations"] = validate.validations(settings)
    app.extensions["coopgraph-computed"] = computed.Computed(settings)
    writing.init_app(app, settings)
    app.add_template_filter(wording.date_words, "date_words")
    app.add_template_filter(wording.local_name, "local")
    app.add_template_filter(wording.grouped, "grouped")
    app.jinja_env.globals["version"] = __version__
    app.jinja_env.globals["excerpt"] = excerpts.excerpt
    errors.init_app(app)
    refusal.init_app(app)
    replies.init_app(app)
    pinning.init_app(app)
    rooms = (
        sparql, update, graphs, things, why, questions, networks, reports, validate, openapi, pages, releases, catalog,
        timemaps,
    )  # fmt: skip
    for room in rooms:
        app.register_blueprint(room.blueprint)
    openapi.init_app(app)
    return app


def end(app: Flask) -> None:
    """End the work that the application has in processes of its own; whoever waits for it is told so."""
    for work in ("coopgraph-validations", "coopgraph-computed"):
        app.extensions[work].close()
    writing.close(app)
