"""Names that are made from content, held against that content."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from pyoxigraph import Literal, NamedNode

from coopgraph import terms
from coopgraph import vocabulary as cg
from coopgraph.validate.checks.breach import Breach

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pyoxigraph import Quad

_STRETCH: Final = re.compile(re.escape(terms.ID) + r"(?:span|zone)/([^/]+)/(\d+)-(\d+)")


def position(quads: Iterable[Quad]) -> Iterator[Breach]:
    """K02: spans and zones whose name says another document or position than they do themselves."""
    for quad in quads:
        if quad.predicate not in _PARTS or not isinstance(quad.subject, NamedNode):
            continue
        found = _STRETCH.fullmatch(quad.subject.value)
        if not found or not isinstance(quad.object, NamedNode | Literal):
            continue
        if quad.object.value != _PARTS[quad.predicate].format(*found.groups()):
            yield Breach("K02", quad.subject, quad.predicate, quad.object)


_PARTS: Final = {cg.IN_DOCUMENT: terms.ID + "doc/{0}", cg.OA_START: "{1}", cg.OA_END: "{2}"}
