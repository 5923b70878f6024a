"""What every page needs: the service behind it, its reader's languages, its documents."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final, cast

from flask import current_app, render_template, request
from werkzeug.urls import iri_to_uri

from coopgraph.curate.texts import Texts
from coopgraph.web import pinning
from coopgraph.web.naming import Namer
from coopgraph.web.wording import languages

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from coopgraph.release.evidence import Passage
    from coopgraph.web.labels import Labels
    from coopgraph.web.service import Reading, Service
    from coopgraph.web.wording import Label

_DOCUMENTS: Final = """
PREFIX cg: <https://w3id.org/coopgraph/ns#>
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT ?document ?label ?language WHERE {
  ?document a cg:SourceDocument ; skos:prefLabel ?label
  OPTIONAL { ?document dcterms:language ?language }
} ORDER BY ?document ?label
"""


@dataclass(frozen=True, slots=True)
class Source:
    """A source document as pages cite it."""

    label: str
    language: str


def service() -> Service:
    """The service of the application that answers this request."""
    return cast("Service", current_app.extensions["coopgraph"])


def labels() -> Labels:
    """The labels that the application knows already."""
    return cast("Labels", current_app.extensions["coopgraph-labels"])


def address() -> str:
    """The address of this request without its parameters, as clients from outside see it."""
    root = (service().settings.base_url or request.host_url).rstrip("/") + request.script_root
    return root + iri_to_uri(request.path)


def texts() -> Texts | None:
    """The source documents, where the operator has them."""
    return _texts(service().settings.documents)


def texts_stamp() -> str:
    """Changes when the directory of documents does, so that no page is kept that lacks a quotation."""
    directory = service().settings.documents
    return "" if directory is None else f"{directory.stat().st_mtime_ns}"


def namer(reading: Reading, labels: Mapping[str, Sequence[Label]], wanted: Sequence[str] = ()) -> Namer:
    """Names things for the reader of this request, in the wanted languages or in those of the request's header."""
    return Namer(labels, wanted or languages(), reading.manifest.base, request.script_root, pinning.kept())


def page(template: str, reading: Reading, **values: object) -> str:
    """The template filled with the values and with what every page shows of its release."""

    def quotation(passage: Passage) -> str | None:
        found = texts()
        return None if found is None else found.quote(passage.span, passage.digest)

    return render_template(template, manifest=reading.manifest, quotation=quotation, sources=sources(reading), **values)


def sources(reading: Reading) -> Mapping[str, Source]:
    """The source documents by id."""
    found: dict[str, Source] = {}
    for row in reading.select(_DOCUMENTS, remember=True):
        identifier = row["document"].value.rpartition("/")[2]
        language = row["language"].value if row["language"] is not None else ""
        found.setdefault(identifier, Source(row["label"].value, language))
    return found


@lru_cache(maxsize=4)
def _texts(directory: Path | None) -> Texts | None:
    return None if directory is None else Texts(directory)
