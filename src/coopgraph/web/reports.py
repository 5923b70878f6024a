"""`/reports/centrality`: who is central in the network of a projection, and how far that holds."""

from __future__ import annotations

import base64
import hashlib
import re
from typing import TYPE_CHECKING, Any, Final

from flask import Blueprint, Response, g, request

from coopgraph.network.apart import reporting
from coopgraph.network.selection import Selection
from coopgraph.release import citation
from coopgraph.sparql.negotiation import JSON, Offer, choose
from coopgraph.web import arguments, computed, replies, selecting, serving

if TYPE_CHECKING:
    from collections.abc import Mapping

blueprint = Blueprint("reports", __name__)

OFFERS: Final = tuple(
    JSON if suffix == JSON.name else Offer(suffix, media_type) for suffix, media_type in reporting.FORMS.items()
)
TOP: Final = reporting.TOP
SCHEMA: Final = "application/schema+json"
MOST: Final = 1000
"""How many nodes are listed at most."""

ROUNDS: Final = 1000
SEED: Final = 999_999_999

_STYLE: Final = re.compile(rb"<style[^>]*>(.*?)</style>", re.DOTALL)


@blueprint.get("/reports/centrality", defaults={"suffix": None})
@blueprint.get("/reports/centrality.<any(html, md, json, csv, trig):suffix>")
def centrality(suffix: str | None) -> Response:
    """The report, computed from the release and the parameters alone."""
    offer = choose(OFFERS, accept=request.headers.get("Accept", ""), asked=suffix or request.args.get("format"))
    given = request.args
    chosen = Selection.read(given.get("projection") or None, given)
    options = _options(given)
    reading = serving.service().reading(replies.release_number())
    own = selecting.address(chosen.projection.name, chosen, {}, **_named(options))
    etag = replies.tag(reading.manifest, "centrality", offer.name, replies.root(), own)
    if replies.unchanged(etag):
        return replies.not_modified(etag, reading.manifest)
    cited = citation.of(reading.manifest)
    told = {"date": cited.date, "citation": citation.text(cited).strip()}
    body = str(computed.told(reading, "report", chosen, **options, **told)[offer.name]).encode()
    if offer.name == "html":
        g.policy = _policy(body)
    response = replies.reply(body, offer.media_type, etag=etag, manifest=reading.manifest)
    path = f"{request.script_root}/reports/centrality"
    more = {"projection": chosen.projection.name} | _named(options)
    replies.link(response, selecting.alternates(path, OFFERS, chosen, given, **more))
    replies.link(response, [f'<{path}.schema.json>; rel="describedby"; type="{SCHEMA}"'])
    return response


@blueprint.get("/reports/centrality.schema.json")
def schema() -> Response:
    """What the report looks like as JSON."""
    response = Response(reporting.schema(), mimetype=SCHEMA)
    response.headers["Vary"] = "Accept"
    response.headers["Cache-Control"] = replies.REVALIDATE
    response.add_etag()
    response.make_conditional(request)
    return response


def _options(given: Mapping[str, str]) -> dict[str, Any]:
    """The parameters of the computation; what is not given is as the command has it."""
    rounds, seed = (
        arguments.number(given[name], name, low=0, most=most) if given.get(name) else None
        for name, most in (("rounds", ROUNDS), ("seed", SEED))
    )
    return {
        "top": arguments.number(given["top"], "top", most=MOST) if given.get("top") else TOP,
        "measures": [name for name in given.get("measure", "").split(",") if name],
        "rounds": rounds,
        "seed": seed or 0,
    }


def _named(options: Mapping[str, Any]) -> dict[str, str]:
    """The options that are not the usual ones, as parameters of an address."""
    return {
        name: text
        for name, text, usual in (
            ("top", str(options["top"]), str(TOP)),
            ("measure", ",".join(options["measures"]), ""),
            ("rounds", "" if options["rounds"] is None else str(options["rounds"]), ""),
            ("seed", str(options["seed"]), "0"),
        )
        if text != usual
    }


def _policy(page: bytes) -> str:
    """Let the page have the styles that stand in it, known by their digests, and nothing else."""
    digests = (base64.b64encode(hashlib.sha256(style).digest()).decode() for style in _STYLE.findall(page))
    styles = " ".join(f"'sha256-{digest}'" for digest in digests)
    return (
        f"default-src 'none'; style-src {styles or chr(39) + 'none' + chr(39)}; img-src data:; base-uri 'none'; "
        "form-action 'none'; frame-ancestors 'none'"
    )
