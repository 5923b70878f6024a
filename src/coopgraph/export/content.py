"""What is exported: a release's reader, the graphs chosen from it and, if asked for, the documents to quote from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from coopgraph import terms
from coopgraph.export.quotations import with_quotations
from coopgraph.export.selection import FACTS, Selection

if TYPE_CHECKING:
    from pyoxigraph import Quad

    from coopgraph.curate.texts import Texts
    from coopgraph.store.port import Reader


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """`texts` is None for an export without quotations; `frame` names the frame of a framed export."""

    reader: Reader
    base: str = terms.BASE
    selection: Selection = Selection(FACTS)
    texts: Texts | None = None
    frame: str = ""

    def quads(self) -> list[Quad]:
        """The quads to export, in order.

        Raises:
            CoopgraphError: "not-found" if there is no such graph or a passage cannot be read from the documents.
        """
        found = self.selection.quads(self.reader, base=self.base)
        return found if self.texts is None else with_quotations(found, self.texts, base=self.base)
