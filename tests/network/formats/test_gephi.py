"""Gephi opens our files: the same nodes, ties, types, weights and lifetimes."""

from __future__ import annotations

import datetime
import struct
from typing import TYPE_CHECKING

import pytest

from coopgraph.network.formats import named, offer
from coopgraph.network.formats.sheet import NODE, TIE
from coopgraph.network.network import Mode
from tests.network.formats import gephi, made

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from coopgraph.network.formats.sheet import Sheet

pytestmark = pytest.mark.slow

NAMES = ("graphml", "gexf", "gexf-dynamic", "pajek", "dl")
# Gephi knows no two-mode DL; it says so.
READ = [(mode, name) for mode in Mode for name in NAMES if (mode, name) != (Mode.TWO_MODE, "dl")]
TYPES = {
    "strength": "Double", "distance": "Double", "events": "Integer", "documents": "Integer", "publishers": "Integer",
    "first": "String", "last": "String", "evidence": "String",
}  # fmt: skip


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> Mapping[tuple[Mode, str], gephi.Found]:
    directory = tmp_path_factory.mktemp("gephi")
    files: list[Path] = []
    for mode, name in READ:
        files.append(directory / f"{mode}.{named(name).extension}")
        offer(made.sheet(mode), named(name), files[-1])
    return dict(zip(READ, gephi.read(files, directory), strict=True))


def ends(sheet: Sheet, name: str) -> dict[tuple[str, str], float]:
    """Both ends and the strength of each tie, as the format names nodes."""
    names = {iri: str(number) if name in {"pajek", "dl"} else iri for number, iri in enumerate(sheet.ids, start=1)}
    ties = {(names[row[1]], names[row[2]]): float(row[3]) for row in sheet.rows() if row[0] == TIE}
    return ties | ({(b, a): value for (a, b), value in ties.items()} if name == "dl" and not sheet.directed else {})


def single(value: float) -> float:
    """The number in single precision, in which Gephi reads the weights of GEXF and DL."""
    return float(struct.unpack("f", struct.pack("f", value))[0])


@pytest.mark.parametrize(("mode", "name"), READ)
def test_gephi_finds_every_node_and_tie(mode: Mode, name: str, found: Mapping[tuple[Mode, str], gephi.Found]) -> None:
    sheet, one = made.sheet(mode), found[mode, name]
    assert {level for level, *_ in one.issues} <= ({"WARNING"} if name == "graphml" else {"INFO"})
    assert len(one.nodes) == sheet.n
    wanted = ends(sheet, name)
    # Of a tie without direction Gephi may name either end first, and takes all lines of Pajek for arcs.
    either = {frozenset(pair): pair for pair in wanted} if name != "dl" else {}
    for pair, (directed, weight, _, *attributes) in one.edges.items():
        key = pair if pair in wanted else either[frozenset(pair)]
        strength = wanted.pop(key)
        if name == "graphml":
            assert float(weight) == 1.0  # no attribute is called weight: strength is not taken for a distance
        else:
            assert float(weight) == (strength if name == "pajek" else single(strength))
        if name in {"graphml", "gexf", "gexf-dynamic"}:
            assert (directed == "true") is sheet.directed
            told = dict(attribute.split("=", 1) for attribute in attributes)
            assert float(told["strength"]) == strength
            assert told["evidence"].startswith("https://example.org/networks/co-participation/tie?source=")
    assert not wanted


@pytest.mark.parametrize("mode", Mode)
@pytest.mark.parametrize("name", ["graphml", "gexf", "gexf-dynamic"])
def test_gephi_finds_the_types_and_labels_in_any_script(
    name: str, mode: Mode, found: Mapping[tuple[Mode, str], gephi.Found]
) -> None:
    one = found[mode, name]
    assert {
        column: kind for (element, column), kind in one.columns.items() if element == "edge"
    }.items() >= TYPES.items()
    assert one.columns["node", "bipartite"] == "Integer"
    labels = {row[1]: row[2] for row in made.sheet(mode).rows() if row[0] == NODE}
    assert {iri: label for iri, (label, _) in one.nodes.items()} == labels


@pytest.mark.parametrize("mode", Mode)
def test_gephi_finds_the_lifetimes(mode: Mode, found: Mapping[tuple[Mode, str], gephi.Found]) -> None:
    sheet, one = made.sheet(mode), found[mode, "gexf-dynamic"]

    def bounds(first: str, last: str) -> tuple[float, float] | None:
        if not first and not last:
            return None
        known = (datetime.datetime.fromisoformat(f"{day}T00:00:00+00:00").timestamp() * 1000 if day else None
                 for day in (first, last))  # fmt: skip
        begin, end = known
        return (-float("inf") if begin is None else begin, float("inf") if end is None else end)

    def told(text: str) -> tuple[float, ...] | None:
        return tuple(float(part.replace("Infinity", "inf")) for part in text.split()) or None

    days = zip(sheet.node_column("first").plain(), sheet.node_column("last").plain(), strict=True)
    assert {iri: told(life) for iri, (_, life) in one.nodes.items()} == {
        iri: bounds(*pair) for iri, pair in zip(sheet.ids, days, strict=True)
    }
    days = zip(sheet.tie_column("first").plain(), sheet.tie_column("last").plain(), strict=True)
    wanted = {frozenset(pair): bounds(*known) for pair, known in zip(ends(sheet, "gexf"), days, strict=True)}
    assert {frozenset(pair): told(row[2]) for pair, row in one.edges.items()} == wanted
