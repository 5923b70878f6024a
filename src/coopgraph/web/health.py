"""Whether the service lives, and whether it can answer."""

from __future__ import annotations

import json

from flask import Blueprint, Response

from coopgraph.errors import CoopgraphError
from coopgraph.web import errors, serving

blueprint = Blueprint("health", __name__)


@blueprint.get("/healthz")
def healthz() -> Response:
    """The process lives; no store is touched."""
    return _json({"status": "alive"}, 200)


@blueprint.get("/readyz")
def readyz() -> Response:
    """A release is open and has readers; else 503 and why not."""
    try:
        with serving.service().reading() as reading:
            if reading.alive():
                told = {"status": "ready", "release": reading.manifest.number, "digest": reading.manifest.digest}
                return _json(told, 200)
            reasons = ["No reader process is alive."]
    except CoopgraphError as error:
        reasons = [f"{error.detail} {error.remedy}".strip()]
    response = _json({"status": "not ready", "reasons": reasons}, 503)
    response.headers["Retry-After"] = str(errors.RETRY_SECONDS["not-ready"])
    return response


def _json(told: dict[str, object], status: int) -> Response:
    response = Response(json.dumps(told) + "\n", status=status, mimetype="application/json")
    response.headers["Cache-Control"] = "no-store"
    return response
