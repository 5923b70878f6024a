"""A store of any base, seen as if it had the default one: as shapes, checks and projection know it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Protocol

from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, RdfFormat, serialize

from coopgraph import terms
from coopgraph.errors import CoopgraphError
from coopgraph.release.edit import parsed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


class Searchable(Protocol):
    """A store that finds quads by pattern."""

    def quads(
        self,
        subject: NamedNode | BlankNode | None = None,
        predicate: NamedNode | None = None,
        object: NamedNode | BlankNode | Literal | None = None,
        graph: NamedNode | DefaultGraph | None = None,
    ) -> Iterator[Quad]:
        """The quads that match."""
        ...


class InDefaultBase:
    """The quads of a store, which are `size` in number, with the default base in place of its own."""

    def __init__(self, store: Searchable, base: str, size: int) -> None:
        self._store: Final = store
        self._base: Final = base
        self._size: Final = size

    def quads(
        self,
        subject: NamedNode | BlankNode | None = None,
        predicate: NamedNode | None = None,
        object: NamedNode | BlankNode | Literal | None = None,
        graph: NamedNode | DefaultGraph | None = None,
    ) -> Iterator[Quad]:
        """The quads that match, in no particular order."""
        if self._base == terms.BASE:
            return self._store.quads(subject, predicate, object, graph)
        asked = (self._own(term) for term in (subject, predicate, object, graph))
        found = lines_of(self._store.quads(*asked))  # type: ignore[arg-type]
        # Sorted, since the same quads must come in the same order again: what is made of shapes is known by their text.
        return parsed(b"".join(sorted(in_default_base(found, self._base))))

    def __len__(self) -> int:
        return self._size

    def _own(self, term: object) -> object:
        if isinstance(term, NamedNode):
            return NamedNode(terms.rebase(term.value, self._base))
        if isinstance(term, Literal):
            value = terms.rebase(term.value, self._base)
            return (
                Literal(value, language=term.language)
                if term.language
                else Literal(value, datatype=NamedNode(terms.rebase(term.datatype.value, self._base)))
            )
        return term


def lines_of(quads: Iterable[Quad]) -> frozenset[bytes]:
    """The quads as N-Quads lines ending in LF."""
    return frozenset((serialize(quads, format=RdfFormat.N_QUADS) or b"").splitlines(keepends=True))


def in_default_base(lines: frozenset[bytes], base: str) -> frozenset[bytes]:
    """The lines of a store with this base as `quads.nq` has them.

    Raises:
        CoopgraphError: "request" if a line names the default base, which would be lost on the way back.
    """
    if base == terms.BASE:
        return lines
    told = {line: line.decode().replace(base, terms.BASE) for line in lines}
    for line, text in told.items():
        if terms.rebase(text, base) != line.decode():
            raise CoopgraphError("request", f"Here {base} stands for {terms.BASE}, so no data may name the latter.")
    return frozenset(text.encode() for text in told.values())


def in_own_base(lines: frozenset[bytes], base: str) -> frozenset[bytes]:
    """The lines of `quads.nq` as a store with this base has them."""
    return lines if base == terms.BASE else frozenset(terms.rebase(line.decode(), base).encode() for line in lines)
