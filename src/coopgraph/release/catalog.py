"""The releases as a DCAT catalogue, and what VoID says of a dataset besides its numbers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from pyoxigraph import Literal, NamedNode, Triple

from coopgraph import terms
from coopgraph.release import citation, void
from coopgraph.release.manifest import RELEASES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from coopgraph.release.manifest import Manifest

PREFIXES: Final = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dcterms": terms.PREFIXES["dcterms"],
    "foaf": "http://xmlns.com/foaf/0.1/",
    "schema": "https://schema.org/",
    "sd": void.SD,
    "sh": terms.PREFIXES["sh"],
    "spdx": "http://spdx.org/rdf/terms#",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "void": void.VOID,
    "void-ext": void.VOID_EXT,
    "xsd": terms.PREFIXES["xsd"],
}
LICENCE: Final = NamedNode("https://creativecommons.org/licenses/by/4.0/")
DESCRIPTION: Final = (
    "Who cooperates with whom on artificial intelligence and the digital economy: actors, events, agreements and "
    "frameworks, each fact with the passages that say it."
)
_MEDIA: Final = "https://www.iana.org/assignments/media-types/"
_FORMATS: Final = "http://www.w3.org/ns/formats/"
_RDF_FORMATS: Final = ("Turtle", "N-Triples", "N-Quads", "TriG", "RDF_XML", "JSON-LD")
_PROTOCOL: Final = NamedNode("https://www.w3.org/TR/sparql11-protocol/")


@dataclass(frozen=True, slots=True)
class File:
    """A file of a release that can be fetched: its name there, media type, size in bytes, SHA-256 (hex) and title."""

    name: str
    media_type: str
    size: int
    digest: str
    title: str


@dataclass(frozen=True, slots=True)
class Offered:
    """A release with the files that can be fetched."""

    manifest: Manifest
    files: tuple[File, ...]


@dataclass(frozen=True, slots=True)
class Site:
    """Who offers the releases and where: `root` is the address of the service; name and contact may be empty."""

    root: str
    base: str = terms.BASE
    publisher: str = ""
    contact: str = ""

    def here(self, path: str) -> NamedNode:
        """Where the service has this path."""
        return NamedNode(f"{self.root}/{path}")

    def named(self, path: str) -> NamedNode:
        """The name of what has this path below the base."""
        return NamedNode(self.base + path)

    @property
    def dataset(self) -> NamedNode:
        """The dataset, whatever its releases."""
        return self.named(void.DATASET.value.removeprefix(terms.BASE))


def catalogue(site: Site, releases: Sequence[Offered], current: int | None) -> Iterator[Triple]:
    """The catalogue: the dataset, its releases, their files, and the service that answers queries."""
    whole, service = site.named("catalog"), site.named("catalog#sparql")
    yield from _typed(whole, "dcat", "Catalog")
    yield _text(whole, "dcterms", "title", "coopgraph: datasets and services")
    yield _text(whole, "dcterms", "description", DESCRIPTION)
    yield Triple(whole, _term("dcterms", "license"), LICENCE)
    yield Triple(whole, _term("foaf", "homepage"), site.here(""))
    yield Triple(whole, _term("dcat", "dataset"), site.dataset)
    yield Triple(whole, _term("dcat", "service"), service)
    yield from _people(site, (whole, site.dataset))
    yield from _typed(site.dataset, "dcat", "Dataset")
    dumped = any(one.files for one in releases if one.manifest.number == current)
    yield from about(site, "current" if dumped else None)
    for one in releases:
        yield Triple(site.dataset, _term("dcat", "hasVersion"), _release(site, one.manifest.number))
    if current is not None:
        yield Triple(site.dataset, _term("dcat", "hasCurrentVersion"), _release(site, current))
    numbers = {one.manifest.number for one in releases}
    for one in releases:
        yield from release(site, one, numbers)
    yield from _service(site, service)


def release(site: Site, one: Offered, numbers: Iterable[int]) -> Iterator[Triple]:
    """One release: its place among the others, of which `numbers` are still there, and its files."""
    manifest = one.manifest
    node = _release(site, manifest.number)
    yield from _typed(node, "dcat", "Dataset")
    yield from _typed(node, "void", "Dataset")
    yield _text(node, "dcterms", "title", f"{citation.TITLE}, release {manifest.number}")
    yield _text(node, "dcterms", "description", DESCRIPTION)
    yield Triple(node, _term("dcat", "version"), Literal(str(manifest.number)))
    yield Triple(node, _term("dcat", "isVersionOf"), site.dataset)
    yield Triple(node, _term("dcterms", "identifier"), Literal(f"sha256:{manifest.digest}"))
    created = manifest.created.isoformat(timespec="seconds")
    yield Triple(node, _term("dcterms", "issued"), Literal(created, datatype=_term("xsd", "dateTime")))
    yield Triple(node, _term("dcterms", "license"), LICENCE)
    yield Triple(node, _term("dcterms", "bibliographicCitation"), Literal(citation.text(citation.of(manifest)).strip()))
    yield Triple(node, _term("void", "triples"), Literal(manifest.counts["quads"]))
    yield Triple(node, _term("dcat", "landingPage"), site.here(f"{RELEASES}/{manifest.number}"))
    if manifest.parent is not None and manifest.parent in set(numbers):
        before = _release(site, manifest.parent)
        yield Triple(node, _term("dcat", "previousVersion"), before)
        yield Triple(node, _term("dcat", "prev"), before)
    yield from _people(site, (node,))
    for file in one.files:
        yield from _file(site, node, manifest.number, file)


def about(site: Site, dump: str | None) -> Iterator[Triple]:
    """What there is to know of the dataset besides its numbers: name, licence, terms, and where it is served.

    `dump` is the release, its number or "current", of which all data can be fetched here; None if there are no files.
    """
    node = site.dataset
    yield from _typed(node, "void", "Dataset")
    yield _text(node, "dcterms", "title", citation.TITLE)
    yield _text(node, "dcterms", "description", DESCRIPTION)
    yield Triple(node, _term("dcterms", "license"), LICENCE)
    yield Triple(node, _term("foaf", "homepage"), site.here(""))
    yield Triple(node, _term("dcat", "landingPage"), site.here(""))
    yield Triple(node, _term("void", "sparqlEndpoint"), site.here("sparql"))
    yield Triple(node, _term("void", "uriSpace"), Literal(site.base + "id/"))
    if dump is not None:
        yield Triple(node, _term("void", "dataDump"), site.here(f"{RELEASES}/{dump}/quads.nq"))
    for name in _RDF_FORMATS:
        yield Triple(node, _term("void", "feature"), NamedNode(_FORMATS + name))
    for name, namespace in terms.PREFIXES.items():
        if name not in {"cgid", "cgv", "cgs", "cgg", "xsd"}:
            yield Triple(node, _term("void", "vocabulary"), NamedNode(terms.rebase(namespace, site.base)))


def _service(site: Site, node: NamedNode) -> Iterator[Triple]:
    yield from _typed(node, "dcat", "DataService")
    yield _text(node, "dcterms", "title", "SPARQL endpoint")
    yield Triple(node, _term("dcat", "endpointURL"), site.here("sparql"))
    yield Triple(node, _term("dcat", "endpointDescription"), site.here("sparql"))
    yield Triple(node, _term("dcat", "servesDataset"), site.dataset)
    yield Triple(node, _term("dcterms", "conformsTo"), _PROTOCOL)
    yield Triple(node, _term("dcterms", "license"), LICENCE)


def _file(site: Site, release: NamedNode, number: int, file: File) -> Iterator[Triple]:
    node = site.named(f"{RELEASES}/{number}#{file.name}")
    address = site.here(f"{RELEASES}/{number}/{file.name}")
    checksum = site.named(f"{RELEASES}/{number}#{file.name}-checksum")
    yield Triple(release, _term("dcat", "distribution"), node)
    yield from _typed(node, "dcat", "Distribution")
    yield _text(node, "dcterms", "title", file.title)
    yield Triple(node, _term("dcat", "downloadURL"), address)
    yield Triple(node, _term("dcat", "accessURL"), address)
    yield Triple(node, _term("dcat", "mediaType"), NamedNode(_MEDIA + file.media_type))
    yield Triple(node, _term("dcat", "byteSize"), Literal(str(file.size), datatype=_term("xsd", "nonNegativeInteger")))
    yield Triple(node, _term("dcterms", "license"), LICENCE)
    yield Triple(node, _term("dcat", "accessService"), site.named("catalog#sparql"))
    yield Triple(node, _term("spdx", "checksum"), checksum)
    yield from _typed(checksum, "spdx", "Checksum")
    yield Triple(checksum, _term("spdx", "algorithm"), _term("spdx", "checksumAlgorithm_sha256"))
    yield Triple(checksum, _term("spdx", "checksumValue"), Literal(file.digest, datatype=_term("xsd", "hexBinary")))


def _people(site: Site, nodes: Iterable[NamedNode]) -> Iterator[Triple]:
    publisher, contact = site.named("catalog#publisher"), site.named("catalog#contact")
    for node in nodes:
        yield Triple(node, _term("dcterms", "creator"), site.named("catalog#creator"))
        if site.publisher:
            yield Triple(node, _term("dcterms", "publisher"), publisher)
        if site.contact:
            yield Triple(node, _term("dcat", "contactPoint"), contact)
    yield from _typed(site.named("catalog#creator"), "foaf", "Agent")
    yield Triple(site.named("catalog#creator"), _term("foaf", "name"), Literal(citation.AUTHOR))
    if site.publisher:
        yield from _typed(publisher, "foaf", "Agent")
        yield Triple(publisher, _term("foaf", "name"), Literal(site.publisher))
    if site.contact:
        yield from _typed(contact, "vcard", "Kind")
        kind = "hasEmail" if site.contact.startswith("mailto:") else "hasURL"
        yield Triple(contact, _term("vcard", kind), NamedNode(site.contact))


def _release(site: Site, number: int) -> NamedNode:
    return site.named(f"{RELEASES}/{number}")


def _typed(node: NamedNode, prefix: str, name: str) -> Iterator[Triple]:
    yield Triple(node, NamedNode(terms.PREFIXES["rdf"] + "type"), _term(prefix, name))


def _text(node: NamedNode, prefix: str, name: str, words: str) -> Triple:
    return Triple(node, _term(prefix, name), Literal(words, language="en"))


def _term(prefix: str, name: str) -> NamedNode:
    return NamedNode(PREFIXES[prefix] + name)
