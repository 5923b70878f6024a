"""schema.org for machines that read pages: only what is the case, and only where a term fits."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from pyoxigraph import DefaultGraph, Literal, NamedNode

from coopgraph import terms
from coopgraph import vocabulary as cg
from coopgraph.release import catalog, citation
from coopgraph.release.manifest import RELEASES

if TYPE_CHECKING:
    from coopgraph.release.catalog import Offered, Site
    from coopgraph.web.naming import Namer
    from coopgraph.web.statements import About

_CONTEXT: Final = "https://schema.org"
# The first that a thing is of decides. A state as an actor, a post or a framework has no honest counterpart.
_KINDS: Final = {
    cg.CLS_PERSON: "Person",
    cg.CLS_COMPANY: "Corporation",
    cg.CLS_GOVERNMENT_BODY: "GovernmentOrganization",
    cg.CLS_MEDIA_ORGANIZATION: "NewsMediaOrganization",
    cg.CLS_INTERGOVERNMENTAL_ORGANIZATION: "Organization",
    cg.CLS_KNOWLEDGE_ORGANIZATION: "Organization",
    cg.CLS_ASSOCIATION: "Organization",
    cg.CLS_COOPERATION_BODY: "Organization",
    cg.CLS_ORGANIZATION: "Organization",
    cg.CLS_EXHIBITION: "ExhibitionEvent",
    cg.CLS_MEETING: "Event",
    cg.CLS_TRAINING_PROGRAMME: "Event",
    cg.CLS_FORMAL_ACT: "Event",
    cg.CLS_EVENT: "Event",
    cg.CLS_EVENT_SERIES: "EventSeries",
    cg.CLS_PLACE: "Place",
    cg.CLS_SOURCE_DOCUMENT: "CreativeWork",
    cg.CLS_AGREEMENT: "CreativeWork",
    cg.CLS_DECLARATION: "CreativeWork",
    cg.CLS_COOPERATION_PLAN: "CreativeWork",
    cg.CLS_POLICY_INSTRUMENT: "CreativeWork",
    NamedNode(terms.PREFIXES["skos"] + "Concept"): "DefinedTerm",
}
_EVENTS: Final = frozenset({"Event", "ExhibitionEvent"})


def release(site: Site, one: Offered) -> dict[str, Any]:
    """A release as a dataset."""
    manifest = one.manifest
    address = f"{site.root}/{RELEASES}/{manifest.number}"
    return _dataset(site, address, f"{manifest.base}{RELEASES}/{manifest.number}") | {
        "name": f"{citation.TITLE}, release {manifest.number}",
        "version": str(manifest.number),
        "datePublished": manifest.created.date().isoformat(),
        "identifier": f"sha256:{manifest.digest}",
        "isBasedOn": {"@id": site.dataset.value},
        "distribution": [
            {
                "@type": "DataDownload",
                "name": file.title,
                "contentUrl": f"{address}/{file.name}",
                "encodingFormat": file.media_type,
                "contentSize": f"{file.size} B",
                "sha256": file.digest,
            }
            for file in one.files
        ],
    }


def start(site: Site, number: int, date: str) -> dict[str, Any]:
    """The dataset, whatever its releases, for the start page."""
    return _dataset(site, f"{site.root}/", site.dataset.value) | {
        "name": citation.TITLE,
        "version": str(number),
        "dateModified": date,
        "includedInDataCatalog": {"@type": "DataCatalog", "url": f"{site.root}/catalog"},
        "distribution": [
            {
                "@type": "DataDownload",
                "contentUrl": f"{site.root}/{RELEASES}/{number}/quads.nq",
                "encodingFormat": "application/n-quads",
            }
        ],
    }


def thing(about: About, namer: Namer) -> dict[str, Any] | None:
    """A thing, if schema.org has a type that it honestly is of; plans about it are left out."""
    facts = [quad for quad in about.within(DefaultGraph()) if quad.subject == about.thing]
    kinds = {_canonical(quad.object, namer.base) for quad in facts if quad.predicate == cg.RDF_TYPE}
    kind = next((name for node, name in _KINDS.items() if node in kinds), None)
    if kind is None:
        return None
    names = [quad.object for quad in facts if quad.predicate in {cg.SKOS_PREF_LABEL, cg.SKOS_ALT_LABEL}]
    label = namer.label(about.thing.value)
    found: dict[str, Any] = {
        "@context": _CONTEXT,
        "@type": kind,
        "@id": about.thing.value,
        "name": _text(label.text, label.language),
    }
    others = [
        _text(name.value, name.language or "")
        for name in names
        if isinstance(name, Literal) and (name.value, name.language or "") != (label.text, label.language)
    ]
    same = [quad.object.value for quad in facts if quad.predicate == _SAME and isinstance(quad.object, NamedNode)]
    found |= {"alternateName": others} if others else {}
    found |= {"sameAs": same} if same else {}
    if kind in _EVENTS:
        found |= _event(about, namer)
    return found


_SAME: Final = NamedNode(terms.PREFIXES["skos"] + "exactMatch")


def _event(about: About, namer: Namer) -> dict[str, Any]:
    found: dict[str, Any] = {}
    places = []
    for quad in about.within(DefaultGraph()):
        local = _canonical(quad.predicate, namer.base)
        if quad.subject != about.thing or not isinstance(local, NamedNode):
            continue
        name = local.value.removeprefix(terms.NS)
        if name in {"startDate", "endDate"} and isinstance(quad.object, Literal):
            # A second date would be a contradiction here, where nothing tells which one counts.
            found[name] = quad.object.value if name not in found else None
        if name == "heldIn" and isinstance(quad.object, NamedNode):
            place = namer.label(quad.object.value)
            places.append({"@type": "Place", "@id": quad.object.value, "name": _text(place.text, place.language)})
    found = {name: value for name, value in found.items() if value is not None}
    return found | ({"location": places} if places else {})


def _dataset(site: Site, address: str, iri: str) -> dict[str, Any]:
    return {
        "@context": _CONTEXT,
        "@type": "Dataset",
        "@id": iri,
        "url": address,
        "description": catalog.DESCRIPTION,
        "license": catalog.LICENCE.value,
        "creator": {"@type": "Organization", "name": citation.AUTHOR},
        "isAccessibleForFree": True,
        **({"publisher": {"@type": "Organization", "name": site.publisher}} if site.publisher else {}),
    }


def _text(text: str, language: str) -> str | dict[str, str]:
    return {"@value": text, "@language": language} if language else text


def _canonical(node: object, base: str) -> object:
    """The node as the ontology names it, whatever the base of the release."""
    return terms.in_default_base(node, base) if isinstance(node, NamedNode) else node
