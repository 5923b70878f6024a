"""The address of the page that opens a tie: its events, its documents, its passages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, overload
from urllib.parse import quote, urlencode

from coopgraph import terms

if TYPE_CHECKING:
    from collections.abc import Mapping

    from coopgraph.network.arrays import Indices


@dataclass(frozen=True, slots=True)
class Place:
    """Where ties are opened: `root` is the address of a service, or the base of the IRIs where none is known.

    `query` holds what the network was selected by, so that the page shows the tie of this very network.
    """

    root: str
    projection: str
    base: str
    query: Mapping[str, str]

    def tie(self, source: str, target: str) -> str:
        """The address for a tie between these two nodes."""
        asked = {"source": self._name(source), "target": self._name(target), **self.query}
        return f"{self.root.rstrip('/')}/networks/{self.projection}/tie?{urlencode(asked, safe='/', quote_via=quote)}"

    def _name(self, iri: str) -> str:
        """The short name that addresses and commands know things by, `actor/asean`; other IRIs whole."""
        return iri.removeprefix(terms.rebase(terms.ID, self.base))


@dataclass(frozen=True, slots=True, eq=False)
class Links(Sequence[str]):
    """The addresses of all ties, each made when it is asked for: a million of them would not be small."""

    place: Place
    ids: Sequence[str]
    source: Indices
    target: Indices

    def __len__(self) -> int:
        return len(self.source)

    @overload
    def __getitem__(self, index: int) -> str: ...

    @overload
    def __getitem__(self, index: slice) -> Sequence[str]: ...

    def __getitem__(self, index: int | slice) -> str | Sequence[str]:
        if isinstance(index, slice):
            return [self[one] for one in range(*index.indices(len(self)))]
        return self.place.tie(self.ids[int(self.source[index])], self.ids[int(self.target[index])])
