"""Our model brought into a dataset that may have grown without it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pyoxigraph import NamedNode

from coopgraph import resources, terms
from coopgraph import vocabulary as cg
from coopgraph.release.build import assemble_model
from coopgraph.release.edit import Delta, parsed
from coopgraph.release.in_base import in_own_base, lines_of

if TYPE_CHECKING:
    from pathlib import Path

    from coopgraph.store.port import Editor


@dataclass(frozen=True, slots=True)
class Completed:
    """An `Edit` that adds ontology and vocabularies, and the shapes, where a dataset with this base has none."""

    base: str

    def apply(self, editor: Editor, workspace: Path) -> Delta:
        """See `Edit.apply`.

        Raises:
            CoopgraphError: "curation" if the shipped ontology cannot be read.
        """
        ontology, shapes = (
            NamedNode(terms.rebase(one.value, self.base)) for one in (terms.ONTOLOGY, terms.SHAPES_GRAPH)
        )
        has_terms = next(editor.quads(ontology, cg.RDF_TYPE), None) is not None
        has_shapes = editor.has_graph(shapes)
        lacking = [
            quad
            for quad in assemble_model(resources.directory("ontology")).quads
            if not (has_shapes if quad.graph_name == terms.SHAPES_GRAPH else has_terms)
        ]
        lines = sorted(in_own_base(lines_of(lacking), self.base))
        found = zip(lines, parsed(b"".join(lines)), strict=True)
        new = {line: quad for line, quad in found if not editor.holds(quad)}
        editor.add(new.values())
        return Delta(frozenset(new), frozenset())
