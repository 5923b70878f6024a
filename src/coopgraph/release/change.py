"""A change is a transaction: applied to a copy aside, judged, sealed as a new release, and swapped in; or nothing."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from pyoxigraph import NamedNode

from coopgraph import __version__, terms
from coopgraph.errors import CoopgraphError
from coopgraph.release import canonical, description, durable
from coopgraph.release.edit import parsed
from coopgraph.release.in_base import InDefaultBase, in_default_base
from coopgraph.release.passage import Passed
from coopgraph.release.publish import OPEN, SHACL, load, seal
from coopgraph.release.recount import Step, TooWideError
from coopgraph.release.shelf import LOCK_SECONDS
from coopgraph.store.fork import OxigraphFork

if TYPE_CHECKING:
    from pathlib import Path

    from coopgraph.release.edit import Delta, Edit
    from coopgraph.release.manifest import Manifest
    from coopgraph.release.shelf import Release, Shelf

KEEP: Final = 100
"""How many releases stay on the shelf when changes make new ones."""

# A store of more tables than this is loaded anew instead of being sealed as it is. That takes the longer the larger
# it is, so a large one may have more.
_TABLES: Final = 64
_QUADS_PER_TABLE: Final = 2000


@dataclass(frozen=True, slots=True)
class Changed:
    """The release that is current after a change, what the change was, and whether the graph was there before.

    A change that changes nothing makes no release.
    """

    number: int
    digest: str
    added: int
    removed: int
    existed: bool


@dataclass(frozen=True, slots=True)
class Guard:
    """On what a change depends: the content it was meant for, and whether its graph is there before; None is any."""

    digest: str | None = None
    existed: bool | None = None

    def demand(self, *, existed: bool) -> None:
        """Let a change pass whose graph was there before, or was not, as it must be.

        Raises:
            CoopgraphError: "precondition" otherwise.
        """
        if self.existed not in {None, existed}:
            what = "The graph exists already." if existed else "The graph does not exist."
            raise CoopgraphError("precondition", what)


ANY: Final = Guard()


def change(
    shelf: Shelf, edit: Edit, *, guard: Guard = ANY, gate: str = "", keep: int = KEEP, wait: float = LOCK_SECONDS
) -> Changed:
    """Carry out an edit on the current release and make what comes of it the current one.

    It is judged by the gate that the dataset has. With the `gate` SHACL one that nobody judges is judged as a whole,
    and every change from then on. `keep` is the number of releases that stay, 0 for all; `wait` is how many seconds
    another writer may take.

    Raises:
        CoopgraphError: "not-ready" without a release; "precondition" if the guard says no; "not-conformant", with the
            verdict, if the gate does; "syntax", "request", "media-type", "not-found", "busy", "storage". Nothing has
            changed then.
    """
    with shelf.writing(wait), shelf.open() as release:
        _demand(release.manifest, guard)
        with shelf.building() as aside:
            workspace, built = aside / "work", aside / "release"
            workspace.mkdir()
            built.mkdir()
            editor = OxigraphFork(release.store, aside / "store")
            try:
                if _described(release.manifest):
                    # It is no part of the content, and is written anew in the end.
                    editor.remove(parsed(editor.lines(_description(release.manifest))))
                delta = edit.apply(editor, workspace)
                guard.demand(existed=delta.existed)
                closing = gate == SHACL and _gate(release.manifest) == OPEN
                passed = _closed(release, editor, delta) if closing else _passed(release, editor, delta)
                if not passed.delta and not closing:
                    return _changed(release.manifest, passed.delta)
                manifest = _sealed(shelf, release, passed, editor, aside)
            finally:
                editor.close()
        if keep:
            shelf.discard(keep)
        return _changed(manifest, passed.delta)


def _demand(manifest: Manifest, guard: Guard) -> None:
    if guard.digest is not None and guard.digest != manifest.digest:
        raise CoopgraphError(
            "precondition", f"Release {manifest.number} is current, and the change was meant for another one."
        )


def _passed(release: Release, editor: OxigraphFork, delta: Delta) -> Passed:
    """The change as it passes the gate of its dataset."""
    old = release.manifest
    if _described(old) and editor.has_graph(_description(old)):
        raise CoopgraphError("request", f"{_description(old)} is the service's own: nobody else writes there.")
    if not delta or _gate(old) == OPEN:
        return Passed(delta, None, {"coopgraph": __version__})
    # Who changes an open dataset should not wait for the engines that judge.
    from coopgraph.release import gate  # noqa: PLC0415

    return gate.demand_passage(release, editor, delta)


def _closed(release: Release, editor: OxigraphFork, delta: Delta) -> Passed:
    """What becomes of a dataset that was open until now, if all of it conforms."""
    from coopgraph.release import gate  # noqa: PLC0415 - see above

    return gate.demand_conformance(release, editor, delta)


def _gate(manifest: Manifest) -> str:
    return manifest.gate or SHACL


def _sealed(shelf: Shelf, release: Release, passed: Passed, editor: OxigraphFork, aside: Path) -> Manifest:
    old, built, delta = release.manifest, aside / "release", passed.delta
    lines = built / "quads.nq"
    written = canonical.write_changed(
        release.nquads,
        lines,
        added=in_default_base(delta.added, old.base),
        removed=in_default_base(delta.removed, old.base),
    )
    graphs = editor.tidy()
    judged = passed.verdict is not None
    describe = functools.partial(_describe, release, editor, delta, lines) if judged or _described(old) else None
    if editor.tables > _TABLES + written.quads // _QUADS_PER_TABLE:
        load(lines, built, aside / "work", base=old.base, checked=True, describe=describe)
    else:
        if describe is not None:
            describe(built / description.FILE)
            editor.add(parsed(terms.rebase((built / description.FILE).read_text(), old.base).encode()))
        editor.seal(built / "store")
    return seal(
        shelf,
        built,
        written,
        graphs=graphs,
        base=old.base,
        verdict={} if passed.verdict is None else passed.verdict.summary(),
        findings=None if passed.verdict is None else passed.verdict.findings,
        versions=passed.versions,
        gate=SHACL if judged else _gate(old),
        known={durable.identity(release.directory / name): digest for name, digest in old.files.items()},
    )


def _describe(release: Release, editor: OxigraphFork, delta: Delta, lines: Path, target: Path) -> None:
    """Describe what became of a release, whose numbers are the same but for what has changed."""
    old, more = release.manifest, description.of_ours()
    size = old.counts["quads"]
    step = Step(
        InDefaultBase(release.reader, old.base, size),
        InDefaultBase(editor, old.base, size + len(delta.added) - len(delta.removed)),
        *(list(parsed(b"".join(in_default_base(gone, old.base)))) for gone in (delta.added, delta.removed)),
    )
    try:
        description.write_changed(release.directory / description.FILE, target, more, step)
    except TooWideError:
        # Or it has not been described before.
        description.write(lines, target, more)


def _described(manifest: Manifest) -> bool:
    return description.FILE in manifest.files


def _description(manifest: Manifest) -> NamedNode:
    return NamedNode(terms.rebase(terms.DESCRIPTION_GRAPH.value, manifest.base))


def _changed(manifest: Manifest, delta: Delta) -> Changed:
    return Changed(manifest.number, manifest.digest, len(delta.added), len(delta.removed), delta.existed)
