"""N-Quads in the one form that has a digest: as the store keeps each quad, sorted by bytes, no line twice.

A file that is already in this form is only copied and checked; anything else goes through the engine in blocks and
an external merge sort, so that memory stays bounded.
"""

from __future__ import annotations

import bisect
import contextlib
import hashlib
import heapq
import itertools
import operator
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from pyoxigraph import CanonicalizationAlgorithm, Dataset, RdfFormat, parse, serialize

from coopgraph.store.memory import kept
from coopgraph.store.syntax import file_error

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator
    from pathlib import Path

    from pyoxigraph import Quad

_HINT: Final = 1 << 20
_BLOCK: Final = 200_000

_IRI: Final = rb'<[^\x00-\x20<>"{}|^`\\]+>'
# U+FFFE and U+FFFF are the only characters above ASCII that the engine writes as escapes.
_PLAIN: Final = rb'[^"\\\x00-\x1f\x7f\xef]*(?:\xef(?!\xbf[\xbe\xbf])[^"\\\x00-\x1f\x7f\xef]*)*'
_LITERAL: Final = rb'"' + _PLAIN + rb'"(?:@[a-z]+(?:-[a-z0-9]+)*)?'
# Of numbers and dates only the forms that every day brings.
_TYPED: Final = (
    rb'"(?:(?:0|-?[1-9][0-9]{0,17})"\^\^<http://www\.w3\.org/2001/XMLSchema#integer'
    rb'|[1-9][0-9]{3}-(?:0[1-9]|1[0-2])-(?:0[1-9]|1[0-9]|2[0-8])"\^\^<http://www\.w3\.org/2001/XMLSchema#date'
    rb'|[1-9][0-9]{3}-(?:0[1-9]|1[0-2])"\^\^<http://www\.w3\.org/2001/XMLSchema#gYearMonth'
    rb'|[1-9][0-9]{3}"\^\^<http://www\.w3\.org/2001/XMLSchema#gYear)>'
)
# Lines of which the form alone tells that the store keeps them as they are: all others are asked of the engine.
_EVIDENT: Final = re.compile(
    _IRI + b" " + _IRI + b" (?:" + _IRI + b"|" + _LITERAL + b"|" + _TYPED + b")(?: " + _IRI + b")? \\.\n"
)


@dataclass(frozen=True, slots=True)
class Written:
    """The number of lines of a canonical file and its SHA-256 (hex)."""

    quads: int
    digest: str


def copy_sorted(source: Path, target: Path) -> Written | None:
    """Copy a file if its lines ascend strictly; None, with `target` incomplete, if they do not."""
    previous, count, digest = b"", 0, hashlib.sha256()
    with source.open("rb") as lines, target.open("wb") as output:
        while block := lines.readlines(_HINT):
            if block[0] <= previous or any(map(operator.ge, block, block[1:])) or not block[-1].endswith(b"\n"):
                return None
            text = b"".join(block)
            digest.update(text)
            output.write(text)
            previous = block[-1]
            count += len(block)
    return Written(count, digest.hexdigest())


def is_canonical(path: Path) -> bool:
    """Whether the store keeps every line of a file as it is."""
    doubtful: list[bytes] = []
    with path.open("rb") as lines:
        while block := lines.readlines(_HINT):
            doubtful += itertools.filterfalse(_EVIDENT.fullmatch, block)
            if len(doubtful) >= _BLOCK and not _kept(doubtful):
                return False
            if len(doubtful) >= _BLOCK:
                doubtful.clear()
    return _kept(doubtful)


def write_file(source: Path, target: Path, *, workspace: Path) -> Written:
    """Bring any N-Quads file into canonical form; blank nodes keep their labels.

    Raises:
        CoopgraphError: "syntax", with the file's name and the line, if the file is not N-Quads.
    """
    return _merge(_runs(_parsed(source), workspace), target)


def write_quads(quads: Iterable[Quad], target: Path, *, workspace: Path) -> Written:
    """Bring quads into canonical form; blank nodes get the labels of RDFC-1.0, whatever they were called."""
    merged = workspace / "merged"
    written = _merge(_runs(_blocks(quads), workspace), merged)
    with merged.open("rb") as lines:
        blank = list(filter(_may_hold_blank_nodes, lines))
    if not blank:
        merged.replace(target)
        return written
    # RDFC-1.0 looks at nothing but the quads that hold blank nodes; all others need not be in memory for it.
    dataset = Dataset(parse(input=b"".join(blank), format=RdfFormat.N_QUADS))
    dataset.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    with merged.open("rb") as lines:
        others = itertools.filterfalse(_may_hold_blank_nodes, lines)
        written = _write(heapq.merge(others, sorted(_lines(dataset))), target)
    merged.unlink()
    return written


def write_changed(source: Path, target: Path, *, added: Collection[bytes], removed: Collection[bytes]) -> Written:
    """Copy a canonical file with lines added that it lacks and lines left out that it has; one pass, bounded memory."""
    gone, coming = frozenset(removed), sorted(added)

    def blocks() -> Iterator[list[bytes]]:
        first = 0
        with source.open("rb") as lines:
            while block := lines.readlines(_HINT):
                last = bisect.bisect_right(coming, block[-1], lo=first)
                if gone and not gone.isdisjoint(block):
                    block = [line for line in block if line not in gone]
                yield block if last == first else list(heapq.merge(block, coming[first:last]))
                first = last
        yield coming[first:]

    return _write_blocks(blocks(), target)


def _kept(lines: list[bytes]) -> bool:
    try:
        return kept(parse(input=b"".join(lines), format=RdfFormat.N_QUADS)) == set(lines)
    except SyntaxError:
        return False


def _parsed(source: Path) -> Iterator[Iterable[Quad]]:
    first_line = 1
    with source.open("rb") as lines:
        while block := list(itertools.islice(lines, _BLOCK)):
            try:
                yield list(parse(input=b"".join(block), format=RdfFormat.N_QUADS))
            except SyntaxError as error:
                raise file_error(error, source, first_line=first_line) from error
            first_line += len(block)


def _blocks(quads: Iterable[Quad]) -> Iterator[Iterable[Quad]]:
    remaining = iter(quads)
    while block := list(itertools.islice(remaining, _BLOCK)):
        yield block


def _runs(blocks: Iterable[Iterable[Quad]], workspace: Path) -> list[Path]:
    runs = []
    for number, block in enumerate(blocks):
        run = workspace / f"run-{number}"
        run.write_bytes(b"".join(sorted(kept(block))))
        runs.append(run)
    return runs


def _merge(runs: Iterable[Path], target: Path) -> Written:
    with contextlib.ExitStack() as stack:
        files = [stack.enter_context(run.open("rb")) for run in runs]
        written = _write((line for line, _ in itertools.groupby(heapq.merge(*files))), target)
    for run in runs:
        run.unlink()
    return written


def _write(lines: Iterable[bytes], target: Path) -> Written:
    remaining = iter(lines)
    return _write_blocks(iter(lambda: list(itertools.islice(remaining, _BLOCK)), []), target)


def _write_blocks(blocks: Iterable[list[bytes]], target: Path) -> Written:
    count, digest = 0, hashlib.sha256()
    with target.open("wb") as output:
        for block in blocks:
            text = b"".join(block)
            digest.update(text)
            output.write(text)
            count += len(block)
    return Written(count, digest.hexdigest())


def _may_hold_blank_nodes(line: bytes) -> bool:
    return line.startswith(b"_:") or b" _:" in line


def _lines(quads: Iterable[Quad]) -> list[bytes]:
    return (serialize(quads, format=RdfFormat.N_QUADS) or b"").splitlines(keepends=True)
