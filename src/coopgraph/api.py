"""coopgraph from Python: open a release, ask it, and follow what it says to the passages."""

from __future__ import annotations

import dataclasses
import weakref
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Self

from pyoxigraph import (
    Literal,
    NamedNode,
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    RdfFormat,
    parse,
    parse_query_results,
)

from coopgraph import resources, settings, terms
from coopgraph.curate.texts import Texts
from coopgraph.errors import CoopgraphError
from coopgraph.network import public_graph
from coopgraph.network.formats.origin import Origin
from coopgraph.network.formats.selecting import sheet
from coopgraph.network.selection import Selection
from coopgraph.release import build
from coopgraph.release.evidence import Explanation, explain, why_query
from coopgraph.release.shelf import Shelf
from coopgraph.sparql.dataset import dataset_in
from coopgraph.sparql.policy import Form, admit
from coopgraph.store.blocking import BlockingReaders
from coopgraph.store.workers import Answer, Limits, Question

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date
    from pathlib import Path
    from types import TracebackType

    import networkx as nx
    from pyoxigraph import BlankNode, Triple

    from coopgraph.model.document import Span
    from coopgraph.release.manifest import Manifest
    from coopgraph.release.shelf import Release

    Term = NamedNode | BlankNode | Literal | Triple


@dataclass(frozen=True, slots=True)
class Table:
    """The answer to a SELECT query: the names of its columns, and rows of terms, None where a row has no value."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Term | None, ...], ...]

    def __iter__(self) -> Iterator[dict[str, str | None]]:
        """Each row as a mapping from column to the text of its term."""
        for row in self.rows:
            yield {
                name: None if value is None else getattr(value, "value", str(value))
                for name, value in zip(self.columns, row, strict=True)
            }

    def __len__(self) -> int:
        return len(self.rows)


_PROLOGUE: Final = "".join(f"PREFIX {name}: <{namespace}> " for name, namespace in terms.PREFIXES.items())


class Graph:
    """One release of the graph, for reading, from any number of threads; a context manager.

    Whoever does not close it has its reader process ended with the program. A closed one answers nothing more, which
    is a ValueError.
    """

    def __init__(self, release: Release, chosen: settings.Settings) -> None:
        self._release = release
        self._settings = chosen
        self._texts = None if chosen.documents is None else Texts(chosen.documents)
        self._readers = BlockingReaders(Limits.of(chosen, readers=1))
        self._closed = False
        weakref.finalize(self, self._readers.close)

    @property
    def manifest(self) -> Manifest:
        """Number, digest, counts and versions of the release."""
        return self._release.manifest

    def query(self, text: str) -> Table | bool | list[Triple]:
        """The whole answer: a table to SELECT, a truth value to ASK, triples to CONSTRUCT and DESCRIBE.

        The prefixes of `coopgraph.terms.PREFIXES` need no declaration. The limits on time, memory, rows and bytes are
        those of the settings.

        Raises:
            CoopgraphError: "syntax", "request" or "forbidden" for what is no admitted query; "deadline", "memory" or
                "too-large" at a limit, never a part of an answer.
        """
        form = admit(text)
        graph = form is Form.GRAPH
        media_type = RdfFormat.N_TRIPLES.media_type if graph else QueryResultsFormat.JSON.media_type
        answer = self._ask(text, media_type)
        if graph:
            return [quad.triple for quad in parse(answer.body, RdfFormat.N_TRIPLES)]
        results = parse_query_results(answer.body, QueryResultsFormat.JSON)
        if isinstance(results, QueryBoolean):
            return bool(results)
        columns = tuple(variable.value for variable in results.variables)
        return Table(columns, tuple(tuple(solution[name] for name in columns) for solution in results))

    def why(
        self,
        subject: str,
        predicate: str | None = None,
        object: str | None = None,
    ) -> tuple[Explanation, ...]:
        """What says that a subject has a property with an object; whatever is not given may be anything.

        Names are written as on the command line: `actor/asean`, `host`, `status:held`, or whole IRIs.

        Raises:
            CoopgraphError: "request" for a name that cannot be one.
        """
        query = why_query(
            terms.named(subject),
            None if predicate is None else terms.property_named(predicate),
            None if object is None else terms.value_named(object),
            base=self.manifest.base,
        )
        answer = self._put(Question(query, QueryResultsFormat.JSON.media_type))
        results = parse_query_results(answer.body, QueryResultsFormat.JSON)
        if not isinstance(results, QuerySolutions):
            raise TypeError("a SELECT query is answered by solutions")
        return explain(results)

    def quote(self, span: Span, digest: str) -> str | None:
        """The passage, if the documents are at hand and hold the text that the graph was made from; else None."""
        return None if self._texts is None else self._texts.quote(span, digest)

    def network(
        self,
        projection: str | None = None,
        *,
        rule: str | None = None,
        cap: int | None = None,
        since: date | str | None = None,
        until: date | str | None = None,
        roll_up: str | None = None,
    ) -> nx.Graph:
        """The network of a named projection, by default co-participation, with typed attributes and evidence.

        `rule` is simple, newman or size-capped (with `cap`, or as size-capped-20); `since` and `until` are days, also
        as 2025-09-18, 2025-09 or 2025, and keep what lies certainly between them; `roll_up` is none, organisation or
        state. What is not given is as the projection declares. See `coopgraph.network.public_graph` for attributes.

        Raises:
            CoopgraphError: "not-found" if there is no such projection; "request" for a rule, a cap, a date or a level
                that it cannot have.
        """
        self._demand_open()
        wanted = Selection.of(projection, rule=rule, cap=cap, since=since, until=until, roll_up=roll_up)
        manifest = self.manifest
        origin = Origin(manifest.number, manifest.digest, manifest.base, self._settings.base_url)
        return public_graph.graph(sheet(self._release.reader, wanted, origin))

    def close(self) -> None:
        """End the reader process and give back the store."""
        self._closed = True
        self._readers.close()
        self._release.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    def _ask(self, text: str, media_type: str) -> Answer:
        base = self.manifest.base
        # On the first line of the query, so that lines in messages are those of the caller; columns must be mended.
        prologue = terms.rebase(_PROLOGUE, base)
        try:
            dataset = dataset_in(prologue + text, base)
            question = Question(
                prologue + text,
                media_type,
                base=base,
                default_graphs=dataset.default_graphs,
                named_graphs=dataset.named_graphs,
            )
            return self._put(question)
        except CoopgraphError as error:
            if error.line == 1 and error.column is not None:
                error.column = max(1, error.column - len(prologue))
            raise

    def _put(self, question: Question) -> Answer:
        self._demand_open()
        return self._readers.run(question, self._release.store)

    def _demand_open(self) -> None:
        if self._closed:
            raise ValueError("the graph is closed")


def open_graph(
    data: Path | str | None = None, *, release: int | None = None, documents: Path | str | None = None
) -> Graph:
    """A release from a data directory; where there is none at all yet, the shipped graph is built there first.

    Raises:
        CoopgraphError: "not-found" if there is no release of this number.
    """
    chosen = settings.load({"data": data, "documents": documents})
    shelf = Shelf(chosen.data)
    if release is None and shelf.current() is None:
        built = build.assemble_graph(resources.directory("graph"), resources.directory("ontology"))
        # Reading must not write beside the sources, which may be read-only or somebody's work in progress.
        build.release(dataclasses.replace(built, files={}), shelf, base=chosen.base_iri)
    return Graph(shelf.open(release), chosen)


__all__ = ["CoopgraphError", "Graph", "Table", "open_graph"]
