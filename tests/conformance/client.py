"""One server with its three doors: queries, updates and graphs."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Self

import httpx

from tests.conformance import data

if TYPE_CHECKING:
    from types import TracebackType

    from tests.conformance.cases import Dataset
    from tests.conformance.library import Library

TABLE_TYPES: Final = {
    "json": "application/sparql-results+json",
    "xml": "application/sparql-results+xml",
    "csv": "text/csv",
    "tsv": "text/tab-separated-values",
}
GRAPH_TYPES: Final = {
    "turtle": "text/turtle",
    "ntriples": "application/n-triples",
    "rdfxml": "application/rdf+xml",
    "jsonld": "application/ld+json",
    "trig": "application/trig",
    "nquads": "application/n-quads",
}
N_QUADS: Final = GRAPH_TYPES["nquads"]


@dataclass(slots=True)
class Server:
    """A server under test. `holds` is what it was last filled with, so that equal data are loaded once."""

    query_url: str
    update_url: str
    store_url: str
    token: str | None = None
    holds: Dataset | str | None = None
    http: httpx.Client = field(init=False)

    def __post_init__(self) -> None:
        self.http = httpx.Client(timeout=60, follow_redirects=False)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.http.close()

    @property
    def authority(self) -> dict[str, str]:
        """The header that lets one write."""
        return {} if self.token is None else {"Authorization": f"Bearer {self.token}"}

    def fill(self, library: Library, dataset: Dataset) -> None:
        """Let the server hold this dataset and nothing else.

        Raises:
            AssertionError: if it does not take it.
        """
        if self.holds == dataset:
            return
        self._put(data.n_quads(data.quads(library, dataset)), N_QUADS)
        for graph in data.empty_graphs(library, dataset):
            self._written(self.update(f"CREATE GRAPH <{graph}>"))
        self.holds = dataset

    def fill_with(self, trig: str) -> None:
        """Let the server hold what is written here in TriG and nothing else.

        Raises:
            AssertionError: if it does not take it.
        """
        if self.holds != trig:
            self._put(trig.encode(), GRAPH_TYPES["trig"])
            self.holds = trig

    def _put(self, content: bytes, media_type: str) -> None:
        self.touched()
        headers = {"Content-Type": media_type, **self.authority}
        self._written(self.http.put(self.store_url, content=content, headers=headers))

    def touched(self) -> None:
        """Forget what the server holds, since something else has written to it."""
        self.holds = None

    def query(self, text: str, accept: str) -> httpx.Response:
        """The response to a query, posted as it is."""
        headers = {"Content-Type": "application/sparql-query", "Accept": accept}
        return self.http.post(self.query_url, content=text.encode(), headers=headers)

    def update(self, text: str) -> httpx.Response:
        """The response to an update, posted as it is."""
        self.touched()
        headers = {"Content-Type": "application/sparql-update", **self.authority}
        return self.http.post(self.update_url, content=text.encode(), headers=headers)

    def everything(self) -> bytes:
        """The whole dataset in N-Quads."""
        response = self.http.get(self.store_url, headers={"Accept": N_QUADS})
        assert response.status_code == 200, told(response)
        return response.content

    def _written(self, response: httpx.Response) -> None:
        assert response.is_success, f"the data could not be loaded: {told(response)}"


def told(response: httpx.Response) -> str:
    """What a response says, shortened."""
    return f"{response.status_code} {response.headers.get('content-type', '')} {response.text[:300]}"
