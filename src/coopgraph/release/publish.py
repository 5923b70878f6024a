"""Makes a release: canonical lines, a sealed store, a manifest, and one swap at the very end."""

from __future__ import annotations

import functools
import shutil
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from pyoxigraph import QuerySolutions

from coopgraph import terms
from coopgraph.errors import CoopgraphError
from coopgraph.release import canonical, description, durable
from coopgraph.release import findings as all_findings
from coopgraph.release.manifest import Manifest
from coopgraph.release.shelf import LOCK_SECONDS, Shelf
from coopgraph.release.verify import damages
from coopgraph.store.oxigraph import OxigraphBuilder, OxigraphReader

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping

    from pyoxigraph import Quad, Triple

    from coopgraph.model.finding import Finding
    from coopgraph.release.canonical import Written

SHACL: Final = "shacl"
"""The gate of a dataset whose every release is judged by its shapes and checks."""

OPEN: Final = "none"
"""The gate of a plain RDF dataset, which nobody judges."""

_HINT: Final = 1 << 20


def publish(
    shelf: Shelf,
    source: Iterable[Quad] | Path,
    *,
    base: str = terms.BASE,
    verdict: Mapping[str, Any],
    versions: Mapping[str, str],
    describe: Collection[Triple] | None = None,
    findings: Iterable[Finding] | None = None,
    gate: str = SHACL,
    wait: float = LOCK_SECONDS,
) -> Manifest:
    """Make a release of all these quads, or of an N-Quads file, and make it the current one.

    The quads carry the default base; the release's store carries `base`. The same content as the current release
    gives no new release: the current manifest comes back, provided its files are sound. Quads may come in any order
    and repeatedly; blank nodes of an iterable are renamed by RDFC-1.0, those of a file keep their labels. A file
    whose lines are sorted and as the engine writes them is published at nearly the engine's loading rate. `wait` is
    how many seconds another writer may take before this one gives up.

    With `describe` the store also holds a description of the content, in a graph of its own: statistics and these
    triples. It lies beside the content as well, in canonical lines, and the digest does not know of it. With
    `findings`, all those that the verdict counts, the next change can be judged without judging everything.

    Raises:
        CoopgraphError: "syntax" if the file is not N-Quads, "not-found" if it is missing, "busy" if another writer
            takes longer than `wait`, "storage" if the disk is full or refuses; the current release is then untouched.
    """
    if isinstance(source, Path) and not source.is_file():
        raise CoopgraphError("not-found", f"There is no file {source}.")
    with shelf.writing(wait), shelf.building() as aside:
        built, workspace = aside / "release", aside / "work"
        built.mkdir()
        workspace.mkdir()
        lines = built / "quads.nq"
        written = canonical.copy_sorted(source, lines) if isinstance(source, Path) else None
        checked = written is None
        if written is None:
            written = _canonical(source, lines, workspace)
        like = functools.partial(_same, shelf, base=base, described=describe is not None, gate=gate)
        describing = None if describe is None else functools.partial(description.write, lines, more=describe)
        if same := like(written):
            return same
        if not load(lines, built, workspace, base=base, checked=checked, describe=describing):
            # Only a sorted file that holds forms the engine does not keep gets here, and costs a second load.
            written = _canonical(source, lines, workspace)
            if same := like(written):
                return same
            shutil.rmtree(built / "store", ignore_errors=True)
            load(lines, built, workspace, base=base, checked=True, describe=describing)
        graphs = _graphs(built / "store") - (describe is not None)
        return seal(
            shelf,
            built,
            written,
            graphs=graphs,
            base=base,
            verdict=verdict,
            versions=versions,
            findings=findings,
            gate=gate,
        )


def seal(
    shelf: Shelf,
    built: Path,
    written: Written,
    *,
    graphs: int,
    base: str,
    verdict: Mapping[str, Any],
    versions: Mapping[str, str],
    findings: Iterable[Finding] | None,
    gate: str,
    known: Mapping[durable.Identity, str] | None = None,
) -> Manifest:
    """Give a directory that holds lines and store its manifest, and make it the current release; only while writing.

    Files of which the digest is `known`, since another release has them as well, are not read.
    """
    if findings is not None:
        all_findings.write(built / all_findings.FILE, findings)
    manifest = Manifest(
        number=max(shelf.numbers(), default=0) + 1,
        digest=written.digest,
        parent=_current(shelf),
        created=datetime.now(UTC).replace(microsecond=0),
        base=base,
        counts={"quads": written.quads, "graphs": graphs},
        verdict=verdict,
        versions=versions,
        files=durable.digests(built, below=built, without=(built / "quads.nq",), known=known),
        gate=gate,
    )
    durable.write(built / "manifest.json", manifest.as_json())
    shelf.place(built, manifest.number, known=known or {})
    return manifest


def _canonical(source: Iterable[Quad] | Path, lines: Path, workspace: Path) -> Written:
    if isinstance(source, Path):
        return canonical.write_file(source, lines, workspace=workspace)
    return canonical.write_quads(source, lines, workspace=workspace)


def _same(shelf: Shelf, written: Written, *, base: str, described: bool, gate: str) -> Manifest | None:
    """The release with this content if it is current, or became complete just before its publisher died."""
    current = _current(shelf) or 0
    for number in {current, max(shelf.numbers(), default=0)} - {0}:
        try:
            manifest = shelf.manifest(number)
        except CoopgraphError:
            continue
        alike = (manifest.digest, manifest.base, manifest.gate or SHACL) == (written.digest, base, gate)
        alike = alike and (description.FILE in manifest.files) == described
        if number >= current and alike and not damages(shelf.path(number), manifest):
            if number != current:
                shelf.point(number)
            return manifest
    return None


def _current(shelf: Shelf) -> int | None:
    try:
        return shelf.current_number()
    except CoopgraphError:
        # A damaged `current` is mended by publishing, not a reason against it.
        return None


def load(
    lines: Path,
    built: Path,
    workspace: Path,
    *,
    base: str,
    checked: bool,
    describe: Callable[[Path], object] | None,
) -> bool:
    """Load and seal; False, with nothing to be used, if the lines turn out not to be canonical.

    `describe` writes the description that the store is to hold as well.
    """
    builder = OxigraphBuilder(workspace / "store")
    about = built / description.FILE
    try:
        # The engine loads on one core and does not hold the interpreter; check and description run beside it.
        with ThreadPoolExecutor(max_workers=1) as beside:
            check = None if checked else beside.submit(canonical.is_canonical, lines)
            described = None if describe is None else beside.submit(describe, about)
            builder.load_file(_rebased(lines, workspace / "rebased.nq", base))
            if check is not None and not check.result():
                return False
            if described is not None:
                described.result()
                builder.load_file(_rebased(about, workspace / "about.nq", base))
        builder.seal(built / "store")
        return True
    except CoopgraphError as error:
        if checked or error.code != "syntax":
            raise
        # The way through the canonical form meets the mistake again and tells it by the name of the given file.
        return False
    finally:
        builder.close()


def _rebased(lines: Path, target: Path, base: str) -> Path:
    if base == terms.BASE:
        return lines
    with lines.open("rb") as source, target.open("wb") as output:
        while block := source.readlines(_HINT):
            output.write(terms.rebase(b"".join(block).decode(), base).encode())
    return target


def _graphs(store: Path) -> int:
    reader = OxigraphReader(store)
    try:
        answer = reader.query("SELECT ?g { GRAPH ?g {} }")
        return sum(1 for _ in answer) if isinstance(answer, QuerySolutions) else 0
    finally:
        reader.close()
