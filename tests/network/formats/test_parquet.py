"""Parquet files as data frames and Spark read them: types, dates, what the network is, what ties are folded from."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

import numpy as np
import pytest

from coopgraph.errors import CoopgraphError
from coopgraph.network import fold
from coopgraph.network.affiliations import Affiliations, Cited
from coopgraph.network.formats import named, offer
from coopgraph.network.formats.describing import statements
from coopgraph.network.network import Mode
from coopgraph.network.nodes import Node, Nodes
from coopgraph.network.projections.rules import NEWMAN
from tests.network.formats import made

if TYPE_CHECKING:
    from pathlib import Path

parquet = pytest.importorskip("pyarrow.parquet")


def test_ties_have_columns_with_types_and_say_what_they_are(tmp_path: Path) -> None:
    sheet = made.sheet()
    offer(sheet, named("parquet"), tmp_path / "ties")
    table = parquet.read_table(tmp_path / "ties")
    assert {field.name: str(field.type) for field in table.schema} == {
        "source": "string", "target": "string", "strength": "double", "distance": "double", "events": "int32",
        "documents": "int32", "publishers": "int32", "first": "date32[day]", "last": "date32[day]",
        "evidence": "string",
    }  # fmt: skip
    rows = table.to_pylist()
    assert [(row["source"], row["target"]) for row in rows] == [
        (sheet.ids[source], sheet.ids[target]) for source, target in sheet.ends()
    ]
    assert [row["strength"] for row in rows] == list(sheet.tie_column("strength").plain())
    assert (rows[0]["first"], rows[1]["first"]) == (datetime.date(2030, 1, 31), None)
    assert table.schema.metadata[b"rule"] == b"newman"
    assert table.schema.metadata[b"directed"] == b"false"


def test_nodes_have_labels_in_any_script(tmp_path: Path) -> None:
    offer(made.sheet(), named("nodes.parquet"), tmp_path / "nodes")
    assert parquet.read_table(tmp_path / "nodes")["label"].to_pylist() == list(made.LABELS)


def test_affiliations_fold_to_the_ties_again(tmp_path: Path) -> None:
    nodes = Nodes.of(Node(f"https://x.example/{name}", "actor", "State", name, "en") for name in "abcdxy")
    source, target = np.array([0, 1, 1, 2, 3], dtype=np.int32), np.array([4, 4, 5, 5, 5], dtype=np.int32)
    none = np.full(5, -1, dtype=np.int32)
    unknown = np.full(5, np.datetime64("NaT"), dtype="datetime64[D]")
    found = Affiliations(
        nodes, ("https://x.example/host",), (Cited("https://x.example/doc", "D"),), (), source, target,
        np.zeros(5, dtype=np.int32), np.zeros(5, dtype=np.int32), none, unknown, unknown,
    )  # fmt: skip
    offer(statements(found, Mode.ONE_MODE, made.ABOUT), named("affiliations.parquet"), tmp_path / "rows")
    rows = parquet.read_table(tmp_path / "rows").to_pylist()
    assert [row["role"] for row in rows] == ["https://x.example/host"] * 5
    assert [row["via"] for row in rows] == [""] * 5
    assert "strength" not in rows[0]
    place = nodes.index()
    again = Affiliations(
        nodes, found.roles, found.documents, (), np.array([place[row["source"]] for row in rows], dtype=np.int32),
        np.array([place[row["target"]] for row in rows], dtype=np.int32), found.role, found.document, none, unknown,
        unknown,
    )  # fmt: skip
    first, second = (fold.network(one, Mode.ONE_MODE, NEWMAN) for one in (found, again))
    assert first.strengths.values.tolist() == second.strengths.values.tolist()


def test_without_pyarrow_the_remedy_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "pyarrow", None)
    with pytest.raises(CoopgraphError, match="pyarrow") as caught:
        offer(made.sheet(), named("parquet"), tmp_path / "ties")
    assert "coopgraph[parquet]" in caught.value.remedy
    assert (caught.value.kind.http, caught.value.kind.exit) == (501, 2)
