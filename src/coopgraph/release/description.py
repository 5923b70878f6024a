"""What a release's store says of itself: statistics, prefixes and examples, in a graph of its own.

It is derived from the content, so it is no part of it: neither `quads.nq` nor the digest know of it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pyoxigraph import Quad

from coopgraph import terms
from coopgraph.release import examples, partitions, void, void_reading
from coopgraph.release.edit import parsed
from coopgraph.release.recount import TooWideError, recount
from coopgraph.store.memory import kept

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from pyoxigraph import Triple

    from coopgraph.release.partitions import Counted
    from coopgraph.release.recount import Step

FILE: Final = "description.nq"


def of_ours() -> tuple[Triple, ...]:
    """What there is to say of every release of our own graph, besides its numbers: prefixes and example queries."""
    return (*examples.prefixes(), *examples.executables(examples.shipped()))


def write(lines: Path, target: Path, more: Iterable[Triple]) -> int:
    """Describe a file of canonical lines, in canonical lines of the default base; the number of these comes back."""
    return _write(partitions.counted(lines), target, more)


def write_changed(old: Path, target: Path, more: Iterable[Triple], step: Step) -> None:
    """The same for what became of a dataset by a change, given its description from before.

    Raises:
        TooWideError: if it is cheaper to count everything; `target` is then not written.
    """
    try:
        known = void_reading.counted(parsed(old.read_bytes()))
    except (KeyError, ValueError, OSError, SyntaxError) as error:
        # What somebody else has written may look otherwise.
        raise TooWideError from error
    _write(recount(known, step), target, more)


def _write(counted: Counted, target: Path, more: Iterable[Triple]) -> int:
    triples = (*void.statistics(counted), *more)
    quads = (Quad(one.subject, one.predicate, one.object, terms.DESCRIPTION_GRAPH) for one in triples)
    written = sorted(kept(quads))
    target.write_bytes(b"".join(written))
    return len(written)
