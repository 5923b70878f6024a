"""`/networks`: the projections that are offered, each as a page and in the formats of other programs, and its ties."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

from flask import Blueprint, Response, request
from pyoxigraph import NamedNode

from coopgraph.errors import CoopgraphError
from coopgraph.network.formats import FORMATS
from coopgraph.network.projections.catalogue import PROJECTIONS
from coopgraph.network.selection import Selection
from coopgraph.release.evidence import explain, why_query
from coopgraph.sparql.negotiation import HTML, JSON, Offer, choose
from coopgraph.web import computed, replies, selecting, serving, statements
from coopgraph.web.projections import declared

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from coopgraph.release.evidence import Explanation
    from coopgraph.web.service import Reading

blueprint = Blueprint("networks", __name__)

LISTS: Final = (JSON, HTML)
TIES: Final = (JSON, HTML)
FILES: Final = {form.extension: form for form in FORMATS.values()}
OFFERS: Final = (
    JSON,
    HTML,
    *(Offer(form.extension, form.media_type) for form in FORMATS.values() if form.extension != JSON.name),
)
"""All formats of a network; the names are also file suffixes."""

TYPES: Final = tuple(offer for offer in OFFERS if offer is JSON or offer.media_type != JSON.media_type)
"""Those that an Accept header can tell apart from our own JSON."""

OPENED: Final = 40
"""Of so many facts behind a tie a page shows the passages at once; of the others it shows where they are."""


@blueprint.get("/networks", defaults={"suffix": None})
@blueprint.get("/networks.<any(json, html):suffix>")
def every(suffix: str | None) -> Response:
    """The projections, with what each declares."""
    offer = _choose(LISTS, suffix)
    reading = serving.service().reading(replies.release_number())
    etag = replies.tag(reading.manifest, "networks", offer.name, request.script_root)
    if replies.unchanged(etag):
        return replies.not_modified(etag, reading.manifest)
    told = [declared(one, reading.manifest.base, request.script_root) for one in PROJECTIONS.values()]
    if offer is JSON:
        body = _json({"release": reading.manifest.number, "projections": told})
    else:
        body = serving.page("networks.html", reading, projections=told)
    return replies.reply(body, offer.media_type, etag=etag, manifest=reading.manifest)


@blueprint.get("/networks/<name>")
def one(name: str) -> Response:
    """The network of a projection: a page about it, or a file."""
    projection, _, suffix = name.partition(".")
    if suffix and suffix not in {offer.name for offer in OFFERS}:
        raise CoopgraphError("not-found", f"A network does not come as {suffix}.")
    offer = _choose(OFFERS, suffix or None)
    chosen = Selection.read(projection, request.args)
    reading = serving.service().reading(replies.release_number())
    etag = _tag(reading, "network", offer, chosen)
    if replies.unchanged(etag):
        return replies.not_modified(etag, reading.manifest)
    if offer is HTML:
        body: str | bytes = _page(reading, chosen)
    else:
        body = computed.compute(reading, "file", chosen, format=FILES[offer.name].name)
    response = replies.reply(body, offer.media_type, etag=etag, manifest=reading.manifest)
    if offer not in {HTML, JSON}:
        response.headers["Content-Disposition"] = f'attachment; filename="{projection}.{offer.name}"'
    path = f"{request.script_root}/networks/{projection}"
    replies.link(response, selecting.alternates(path, OFFERS, chosen, request.args))
    return response


@blueprint.get("/networks/<name>/tie")
def tie(name: str) -> Response:
    """One tie: the events or other things that make it, the documents that report them, and the passages."""
    offer = _choose(TIES, None)
    chosen = Selection.read(name, request.args)
    ends = {end: request.args.get(end, "").strip() for end in ("source", "target")}
    missing = {end: "Name a node, such as actor/asean." for end, text in ends.items() if not text}
    if missing:
        raise CoopgraphError("request", f"The {' and the '.join(missing)} of the tie must be named.", fields=missing)
    reading = serving.service().reading(replies.release_number())
    etag = _tag(reading, "tie", offer, chosen, *ends.values(), serving.texts_stamp())
    if replies.unchanged(etag):
        return replies.not_modified(etag, reading.manifest)
    if offer is JSON:
        body: str | bytes = computed.compute(reading, "tie", chosen, **ends)
    else:
        body = _tie_page(reading, chosen, computed.told(reading, "tie", chosen, **ends))
    return replies.reply(body, offer.media_type, etag=etag, manifest=reading.manifest)


def _choose(offers: Sequence[Offer], suffix: str | None) -> Offer:
    return choose(offers, accept=request.headers.get("Accept", ""), asked=suffix or request.args.get("format"))


def _tag(reading: Reading, what: str, offer: Offer, chosen: Selection, *parts: str) -> str:
    return replies.tag(
        reading.manifest,
        what,
        offer.name,
        replies.root(),
        selecting.address(chosen.projection.name, chosen, {}),
        *parts,
    )


def _page(reading: Reading, chosen: Selection) -> str:
    own = chosen.projection
    path = f"{request.script_root}/networks/{own.name}"
    files = [(form, selecting.address(f"{path}.{form.extension}", chosen, request.args)) for form in FORMATS.values()]
    return serving.page(
        "network.html",
        reading,
        projection=declared(own, reading.manifest.base, request.script_root),
        chosen=chosen,
        summary=computed.told(reading, "summary", chosen),
        files=files,
        report=selecting.address(
            f"{request.script_root}/reports/centrality", chosen, request.args, projection=own.name
        ),
        namer=serving.namer(reading, {}),
        given=request.args,
    )


def _tie_page(reading: Reading, chosen: Selection, found: Mapping[str, object]) -> str:
    said: list[dict[str, object]] = list(found["statements"])  # type: ignore[call-overload]
    facts = {
        (fact["subject"], fact["predicate"], fact["object"])
        for statement in said
        for fact in statement["facts"]  # type: ignore[attr-defined]
    }
    passages = {fact: _explanations(reading, *fact) for fact in sorted(facts)[:OPENED]}
    iris = {NamedNode(iri) for fact in facts for iri in fact}
    labels = serving.labels().of(reading, iris)
    return serving.page(
        "tie.html",
        reading,
        projection=chosen.projection,
        back=selecting.address(f"{request.script_root}/networks/{chosen.projection.name}", chosen, request.args),
        tie=found,
        passages=passages,
        namer=serving.namer(reading, labels),
        node=NamedNode,
    )


def _explanations(reading: Reading, subject: str, predicate: str, object_: str) -> tuple[Explanation, ...]:
    """What says a fact, its names being those of the release."""
    own = [statements.in_default_base(reading, NamedNode(iri)) for iri in (subject, predicate, object_)]
    return explain(reading.select(why_query(*own)))


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"
