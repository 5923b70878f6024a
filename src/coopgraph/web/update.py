"""`/update`: SPARQL 1.1 Update for who holds the token, on datasets that may be changed."""

from __future__ import annotations

from flask import Blueprint, Response, request

from coopgraph.errors import CoopgraphError
from coopgraph.release.edit import Update
from coopgraph.sparql.update import over_its_graphs, read_update
from coopgraph.web import serving, writing

blueprint = Blueprint("update", __name__)


@blueprint.post("/update")
def update() -> Response:
    """Carry out an update: 204, and in the header the release that holds what came of it."""
    writing.demand_right()
    asked = read_update(
        request.query_string, content_type=request.headers.get("Content-Type", ""), body=writing.receive()
    )
    writing.admit(asked.text, base=serving.address())
    text = over_its_graphs(asked)
    try:
        changed = writing.carry_out(Update(text, base=serving.address()), lambda _: ())
    except CoopgraphError as error:
        if error.code == "syntax" and text != asked.text:
            # What was written into it has moved what follows.
            writing.demand_grammar(asked.text, base=serving.address())
        raise
    return writing.told(changed, 204)
