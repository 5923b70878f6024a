"""Numbers that are counted from a difference are those of a full count."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad

from coopgraph import terms
from coopgraph.release import description, partitions, void, void_reading
from coopgraph.release.edit import parsed
from coopgraph.release.in_base import InDefaultBase
from coopgraph.release.recount import Step, TooWideError
from coopgraph.store.memory import MemoryReader, kept
from tests import shipped

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

TYPE = NamedNode(terms.PREFIXES["rdf"] + "type")
NODES = [NamedNode(f"https://example.org/{name}") for name in "abcd"]
BLANK = BlankNode("n")
LITERALS = [Literal("x"), Literal("x", language="km"), Literal(7)]
GRAPHS = [DefaultGraph(), *(NamedNode(f"https://example.org/graph/{number}") for number in range(5))]
QUADS = st.builds(
    Quad,
    st.sampled_from([*NODES, BLANK]),
    st.sampled_from([TYPE, TYPE, *NODES[:3]]),
    st.sampled_from([*NODES, *LITERALS, BLANK]),
    st.sampled_from(GRAPHS),
)


def written(quads: Iterable[Quad], path: Path) -> Path:
    path.write_bytes(b"".join(sorted(kept(quads))))
    return path


def step(before: set[Quad], after: set[Quad]) -> Step:
    states = (InDefaultBase(MemoryReader(quads), terms.BASE, len(quads)) for quads in (before, after))
    return Step(*states, added=after - before, removed=before - after)


def by_difference(before: set[Quad], after: set[Quad], directory: Path) -> bytes:
    old, new = directory / "old.nq", directory / "new.nq"
    description.write(written(before, directory / "before.nq"), old, ())
    description.write_changed(old, new, (), step(before, after))
    return new.read_bytes()


def in_full(quads: set[Quad], directory: Path) -> bytes:
    full = directory / "full.nq"
    description.write(written(quads, directory / "after.nq"), full, ())
    return full.read_bytes()


@settings(max_examples=300)
@given(
    before=st.sets(QUADS, max_size=30),
    added=st.sets(QUADS, max_size=8),
    removed=st.lists(st.integers(0, 40), max_size=8),
    detailed=st.sampled_from([0, 1, 2, 12]),
)
@example(before=set(), added={Quad(NODES[0], TYPE, NODES[1])}, removed=[], detailed=1)
@example(
    before={Quad(NODES[0], NODES[1], NODES[2], GRAPHS[1]), Quad(NODES[2], TYPE, BLANK)},
    added={Quad(NODES[0], TYPE, NODES[3])},
    removed=[0, 1],
    detailed=1,
)
def test_counting_the_difference_is_counting_everything(
    before: set[Quad], added: set[Quad], removed: list[int], detailed: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Whatever comes and goes, and however few graphs are described in detail."""
    ordered = sorted(before, key=str)
    after = (before - {ordered[number] for number in removed if number < len(ordered)}) | added
    directory = tmp_path_factory.mktemp("recount")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(partitions, "DETAILED", detailed)
        assert by_difference(before, after, directory) == in_full(after, directory)


@pytest.mark.parametrize("seed", range(3))
def test_the_shipped_graph_is_counted_by_difference(seed: int, tmp_path: Path) -> None:
    """Things lose and get classes, facts and assertions go, a document comes to an end."""
    everything = set(shipped.quads())
    ordered = sorted(everything, key=str)
    gone = set(ordered[seed::997])
    thing = next(quad.subject for quad in ordered[seed * 300 :] if quad.predicate == TYPE)
    come = {Quad(thing, TYPE, NODES[0]), Quad(NODES[0], TYPE, NODES[1], NODES[2])}
    after = (everything - gone) | come
    assert by_difference(everything, after, tmp_path) == in_full(after, tmp_path)


def test_what_is_described_is_read_back(tmp_path: Path) -> None:
    counted = partitions.counted(written(shipped.quads(), tmp_path / "quads.nq"))
    description.write(tmp_path / "quads.nq", tmp_path / "about.nq", description.of_ours())
    read = void_reading.counted(parsed((tmp_path / "about.nq").read_bytes()))
    assert read.totals == counted.totals
    assert set(void.statistics(read)) == set(void.statistics(counted))


def test_what_touches_too_much_is_left_to_a_full_count(tmp_path: Path) -> None:
    """A class for a node that stands in most triples changes most of the numbers."""
    hub = {Quad(NODES[0], NODES[1], NamedNode(f"https://example.org/{number}")) for number in range(12_000)}
    with pytest.raises(TooWideError):
        by_difference(hub, hub | {Quad(NODES[0], TYPE, NODES[1])}, tmp_path)
    assert not (tmp_path / "new.nq").exists()


@pytest.mark.parametrize(
    "text", ["", "no N-Quads", "<a:a> <http://www.w3.org/ns/sparql-service-description#namedGraph> <a:b> .\n"]
)
def test_what_is_no_description_is_left_to_a_full_count(text: str, tmp_path: Path) -> None:
    quads = {Quad(NODES[0], TYPE, NODES[1], GRAPHS[1])}
    (tmp_path / "old.nq").write_text(text, encoding="utf-8")
    after = quads | {Quad(NODES[2], TYPE, NODES[1], GRAPHS[1])}
    with pytest.raises(TooWideError):
        description.write_changed(tmp_path / "old.nq", tmp_path / "new.nq", (), step(quads, after))
