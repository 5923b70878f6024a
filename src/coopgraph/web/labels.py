"""Labels that were looked up before: a release never changes, so neither do they."""

from __future__ import annotations

import threading
from collections import OrderedDict
from typing import TYPE_CHECKING, Final

from pyoxigraph import NamedNode

from coopgraph.web import statements

if TYPE_CHECKING:
    from collections.abc import Iterable

    from coopgraph.web.service import Reading
    from coopgraph.web.wording import Label

KEPT: Final = 50_000
"""Of how many things at most the labels are kept, those of longest ago going first."""

_AT_ONCE: Final = 2000


class Labels:
    """The labels of things by release, for any number of threads."""

    def __init__(self, kept: int = KEPT) -> None:
        self._kept = kept
        self._known: OrderedDict[tuple[str, str], tuple[Label, ...]] = OrderedDict()
        self._lock = threading.Lock()

    def of(self, reading: Reading, nodes: Iterable[object]) -> dict[str, tuple[Label, ...]]:
        """The labels of the IRIs among these; nothing for one that has none.

        Raises:
            CoopgraphError: if a limit is reached.
        """
        digest = reading.manifest.digest
        wanted = sorted({node.value for node in nodes if isinstance(node, NamedNode)})
        found = {}
        with self._lock:
            for iri in wanted:
                if (labels := self._known.get((digest, iri))) is not None:
                    self._known.move_to_end((digest, iri))
                    found[iri] = labels
        missing = [iri for iri in wanted if iri not in found]
        for start in range(0, len(missing), _AT_ONCE):
            part = missing[start : start + _AT_ONCE]
            looked_up = statements.labels_in(statements.labels(reading, map(NamedNode, part)))
            found |= {iri: looked_up.get(iri, ()) for iri in part}
        with self._lock:
            self._known.update(((digest, iri), found[iri]) for iri in missing)
            while len(self._known) > self._kept:
                self._known.popitem(last=False)
        return {iri: labels for iri, labels in found.items() if labels}
