"""The gate that a change of our own graph passes: the projection redone, then the verdict on the whole."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Final

from pyoxigraph import Literal, NamedNode

from coopgraph import __version__, terms
from coopgraph.model.finding import Finding, Severity
from coopgraph.release import findings
from coopgraph.release.edit import Delta, parsed
from coopgraph.release.in_base import InDefaultBase, in_default_base, in_own_base, lines_of
from coopgraph.release.passage import Passed, RefusedError
from coopgraph.release.projecting import COMPONENT, project_anew
from coopgraph.store.memory import MemoryReader
from coopgraph.validate.gate import judge, turtle
from coopgraph.validate.incremental.change import Delta as Difference
from coopgraph.validate.incremental.compiled import compiled
from coopgraph.validate.incremental.judge import judge_change
from coopgraph.validate.runner import collected
from coopgraph.validate.verdict import Verdict

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from pyoxigraph import Quad

    from coopgraph.release.shelf import Release
    from coopgraph.store.port import Editor


# A gate that lets everything pass is none.
_SHAPELESS: Final = Finding(
    code="W03",
    severity=Severity.VIOLATION,
    focus=str(terms.SHAPES_GRAPH),
    path="",
    value="",
    message="W03 Without shapes nothing would be judged any more: a dataset keeps some, these or others.",
    shape=f"<{terms.SHAPES}W03>",
    component=COMPONENT,
)


def prepare(release: Release) -> None:
    """Understand a release's shapes, which is remembered by this process."""
    size = release.manifest.counts["quads"]
    shapes = InDefaultBase(release.reader, release.manifest.base, size).quads(graph=terms.SHAPES_GRAPH)
    compiled(turtle([quad.triple for quad in shapes]))


def demand_passage(release: Release, editor: Editor, delta: Delta) -> Passed:
    """Let a change pass that conforms; the editor then holds what follows from it as well.

    Raises:
        RefusedError: if it does not conform.
    """
    base, size = release.manifest.base, release.manifest.counts["quads"]
    before = InDefaultBase(release.reader, base, size)
    after = InDefaultBase(editor, base, size + len(delta.added) - len(delta.removed))
    written = _difference(delta, base)
    if _has_shapes(before) and not _has_shapes(after):
        raise RefusedError(Verdict(collected((_SHAPELESS,))))
    follows, forbidden = project_anew(before, after, written)
    if forbidden:
        raise RefusedError(Verdict(collected(forbidden)))
    whole = delta.then(_carried_out(follows, editor, base))
    changed = _difference(whole, base)
    after = InDefaultBase(editor, base, size + len(whole.added) - len(whole.removed))
    earlier = findings.read(release.directory)
    verdict = judge(list(after.quads())) if earlier is None else judge_change(after, changed, earlier).verdict
    _demand(verdict)
    return Passed(whole, verdict, _versions(release.manifest.versions, after, changed))


def demand_conformance(release: Release, editor: Editor, delta: Delta) -> Passed:
    """Let all that the editor holds pass if it conforms; it then holds what follows from it as well.

    The release is one that nobody has judged, so all of it counts as new.

    Raises:
        RefusedError: if it does not conform.
    """
    base, size = release.manifest.base, release.manifest.counts["quads"] + len(delta.added) - len(delta.removed)
    nothing, after = InDefaultBase(MemoryReader(()), base, 0), InDefaultBase(editor, base, size)
    follows, unfounded = project_anew(nothing, after, Difference(frozenset(after.quads()), frozenset()))
    further = _carried_out(follows, editor, base)
    quads = list(after.quads())
    verdict = Verdict(collected((*unfounded, *judge(quads).findings)))
    _demand(verdict)
    return Passed(delta.then(further), verdict, _versions({}, after, quads))


def _has_shapes(quads: InDefaultBase) -> bool:
    return next(iter(quads.quads(graph=terms.SHAPES_GRAPH)), None) is not None


def _demand(verdict: Verdict) -> None:
    if not verdict.conforms:
        raise RefusedError(Verdict(tuple(one for one in verdict.findings if one.severity is not Severity.INFO)))


def _difference(delta: Delta, base: str) -> Difference:
    added, removed = (parsed(b"".join(in_default_base(lines, base))) for lines in (delta.added, delta.removed))
    return Difference(frozenset(added), frozenset(removed))


def _carried_out(difference: Difference, editor: Editor, base: str) -> Delta:
    """The difference as the editor knows it, which then holds what was added, and no more what was removed."""
    added, removed = (in_own_base(lines_of(quads), base) for quads in (difference.added, difference.removed))
    editor.remove(parsed(b"".join(removed)))
    editor.add(parsed(b"".join(added)))
    return Delta(added, removed)


def _versions(old: Mapping[str, str], after: InDefaultBase, changed: Iterable[Quad]) -> dict[str, str]:
    touched = list(changed)
    versions = dict(old) | {"coopgraph": __version__}
    if any(quad.graph_name == terms.SHAPES_GRAPH for quad in touched):
        shapes = b"".join(sorted(lines_of(after.quads(graph=terms.SHAPES_GRAPH))))
        versions["shapes"] = hashlib.sha256(shapes).hexdigest()[:16]
    if any(quad.subject == terms.ONTOLOGY for quad in touched):
        info = after.quads(terms.ONTOLOGY, NamedNode(terms.PREFIXES["owl"] + "versionInfo"))
        versions["ontology"] = next((quad.object.value for quad in info if isinstance(quad.object, Literal)), "")
    return versions
