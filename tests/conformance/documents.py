"""RDF syntaxes: a document is put into the store, and what the store gives back says the same."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pyoxigraph import DefaultGraph, RdfFormat, parse

from tests.conformance import data
from tests.conformance.client import GRAPH_TYPES, N_QUADS, told

if TYPE_CHECKING:
    from pyoxigraph import Quad

    from tests.conformance.cases import DocumentCase
    from tests.conformance.client import Server
    from tests.conformance.library import Library

# Where the whole dataset is put, a document that has a directive for it must name its own base.
_BASED: Final = {GRAPH_TYPES["trig"]: "@base <{}> .\n"}
_DATASETS: Final = frozenset((GRAPH_TYPES["trig"], GRAPH_TYPES["nquads"]))


def run(server: Server, library: Library, case: DocumentCase) -> None:
    """Put the document and get it back.

    Raises:
        AssertionError: if a right document is refused, a wrong one taken, or something else comes back.
    """
    server.touched()
    expected = None if case.expected is None else _expected(library, case.expected)
    whole = case.media_type in _DATASETS or any(one.graph_name != DefaultGraph() for one in expected or ())
    content = _BASED.get(case.media_type, "").format(case.base).encode() + library.read(case.document)
    place = {} if whole else {"graph": case.base}
    headers = {"Content-Type": case.media_type, **server.authority}
    response = server.http.put(server.store_url, params=place, content=content, headers=headers)
    if not case.positive:
        assert response.status_code == 400, f"taken although it is wrong: {told(response)}"
        return
    assert response.is_success, told(response)
    wanted = N_QUADS if whole else GRAPH_TYPES["ntriples"]
    back = server.http.get(server.store_url, params=place, headers={"Accept": wanted})
    if back.status_code == 404 and not data.read(content, case.media_type, case.base):
        # A graph in which nothing is need not be there.
        return
    assert back.status_code == 200, told(back)
    if expected is not None:
        data.demand_same(data.read(back.content, wanted), expected)


def _expected(library: Library, iri: str) -> tuple[Quad, ...]:
    form = RdfFormat.from_extension(iri.rpartition(".")[2])
    # Expected JSON-LD results name languages that are none.
    return tuple(parse(library.read(iri), format=form, base_iri=iri, lenient=True))
