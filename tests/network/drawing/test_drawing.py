"""Drawings: nothing lies on anything else, and the same input gives the same bytes."""

from __future__ import annotations

import re
from itertools import combinations, pairwise

import lxml.etree
import numpy as np
import pytest

from coopgraph.network.drawing import labels, matrix, movement, rank_chart, timeline
from coopgraph.network.drawing.looks import CORNER, Look
from coopgraph.network.drawing.network_picture import RADIUS, Mark, picture, strongest
from coopgraph.network.drawing.places import APART, places
from coopgraph.network.drawing.stress import positions
from coopgraph.network.drawing.text import width

LONG = "合作组织 of Somewhere Rather Far Away"


def crowd(count: int) -> tuple[list[Mark], np.ndarray, np.ndarray, np.ndarray]:
    """A dense part of `count` nodes and a pair, with names in two scripts."""
    ends = {(min(a, b), max(a, b)) for n in range(6) for a, b in combinations([0, *range(n + 1, count, 7)], 2)}
    ends.add((count, count + 1))
    source, target = (np.array(column, dtype=np.int32) for column in zip(*sorted(ends), strict=True))
    marks = [Mark(str(n), f"Actor {n} {LONG}", Look.BODY) for n in range(count + 2)]
    return marks, source, target, 1.0 / (1 + np.arange(len(source)) % 5)


@pytest.mark.parametrize("count", [3, 20, 55])
def test_no_label_lies_on_another_or_on_a_node(count: int) -> None:
    marks, source, target, strengths = crowd(count)
    spots, height = places(len(marks), source, target, strengths)
    for (ax, ay), (bx, by) in combinations(spots, 2):
        assert (ax - bx) ** 2 + (ay - by) ** 2 >= (APART - 24) ** 2
    sheet = labels.Box(4, 4, 996, height - 4)
    at = {str(node): spot for node, spot in enumerate(spots)}
    placed = labels.place([(mark.number, mark.label) for mark in marks], at, radius=RADIUS + CORNER, sheet=sheet)
    assert len(placed) >= min(len(marks), 15)
    for one, other in combinations(placed.values(), 2):
        assert not one.box.overlaps(other.box)
    for node, label in placed.items():
        assert sheet.holds(label.box)
        for other, (x, y) in at.items():
            inside = label.box.left < x + RADIUS and x - RADIUS < label.box.right
            assert other == node or not (inside and label.box.top < y + RADIUS and y - RADIUS < label.box.bottom)


def test_a_label_leaves_a_line_alone_where_there_is_room() -> None:
    at = {"a": (300, 300), "b": (600, 300)}
    line = (at["a"], at["b"])
    sheet = labels.Box(0, 0, 1000, 600)
    free = labels.place([("a", "Somewhere")], at, radius=15, sheet=sheet)["a"]
    aside = labels.place([("a", "Somewhere")], at, radius=15, sheet=sheet, lines=[line])["a"]
    assert free.box.crossed(line)
    assert not aside.box.crossed(line)


@pytest.mark.parametrize(
    ("stroke", "crosses"),
    [(((0, 5), (20, 5)), True), (((0, 0), (20, 20)), True), (((0, 11), (20, 11)), False), (((0, 0), (4, 4)), False)],
)
def test_a_line_crosses_a_box(stroke: labels.Stroke, crosses: bool) -> None:
    assert labels.Box(5, 0, 10, 10).crossed(stroke) is crosses


def test_coordinates_are_whole_and_the_same_every_time() -> None:
    marks, source, target, strengths = crowd(20)
    drawn = [
        str(picture(marks, source, target, strengths, directed=True, title="T", description="D").svg) for _ in range(2)
    ]
    assert drawn[0] == drawn[1]
    assert not re.search(r'\b(?:x|y|x1|y1|x2|y2|cx|cy|r|points)="[^"]*\.', drawn[0])
    root = lxml.etree.fromstring(drawn[0])
    assert root.get("role") == "img"
    names = {"svg": "http://www.w3.org/2000/svg"}
    assert [root.findtext(f"svg:{name}", namespaces=names) for name in ("title", "desc")] == ["T", "D"]


def test_paths_on_paper_follow_paths_in_the_network() -> None:
    found = positions(4, np.array([0, 1, 2]), np.array([1, 2, 3]), np.ones(3))
    apart = np.linalg.norm(found[:, None] - found[None], axis=2)
    assert apart[0, 3] == pytest.approx(3, rel=0.02)
    assert apart[0, 1] == pytest.approx(1, rel=0.05)


def test_every_node_keeps_its_strongest_ties() -> None:
    source, target = (np.array(end, dtype=np.int32) for end in zip(*combinations(range(12), 2), strict=True))
    strengths = np.arange(1.0, len(source) + 1)
    kept = strongest(12, source, target, strengths)
    assert 0 < len(kept) < len(source)
    for node in range(12):
        own = np.flatnonzero((source == node) | (target == node))
        assert own[strengths[own].argmax()] in kept
    few = strongest(12, source[:5], target[:5], strengths[:5])
    assert few.tolist() == [0, 1, 2, 3, 4]


def test_a_row_keeps_its_number_however_long_the_name() -> None:
    marks = [Mark(f"T{place}", f"{place} {LONG} and Farther Still", Look.BODY) for place in range(100, 130)]
    ends = np.arange(29, dtype=np.int32)
    drawn = matrix.matrix(marks, [1] * 30, ends, ends + 1, np.ones(29), title="M", description="M")
    rows = [node.text for node in lxml.etree.fromstring(drawn).iter("{*}text") if node.get("text-anchor") == "end"]
    assert [row.split()[-1] for row in rows] == [mark.number for mark in marks]
    assert all("…" in row and width(row, 12) <= 300 for row in rows)


def test_tones_follow_strengths() -> None:
    found = matrix.tones(np.array([1.0, 2.0, 4.0, 8.0, 16.0]))
    assert found == sorted(found)
    assert (found[0], found[-1]) == (0, len(matrix.TONES) - 1)
    assert len(set(matrix.tones(np.array([3.0, 3.0])))) == 1
    grey = [
        sum(int(tone[at : at + 2], 16) * part for at, part in ((1, 0.3), (3, 0.59), (5, 0.11))) for tone in matrix.TONES
    ]
    assert all(light - dark > 40 for light, dark in pairwise(grey))


@pytest.mark.parametrize("last", [1, 2, 9, 10, 99, 1_000_000])
def test_the_axis_of_ranks_begins_at_1_and_stays_sparse(last: int) -> None:
    found = rank_chart.ticks(last)
    assert found[0] == 1
    assert found[-1] <= last
    assert len(found) <= 11


def test_names_at_the_end_of_lines_never_meet() -> None:
    marks = [Mark("", f"Actor {n}", Look.PERSON) for n in range(6)]
    ranks = [[1, 2, None], [2, 1, 1], [None, 3, None], [3, None, 1], [None, None, 3], [4, None, None]]
    drawn = movement.movement(["1", "2", "3"], marks, ranks, title="T", description="D")
    root = lxml.etree.fromstring(str(drawn))
    rows = [
        int(text.get("y"))
        for text in root.iter("{http://www.w3.org/2000/svg}text")
        if (text.text or "").startswith("Actor")
    ]
    assert len(rows) == 6
    assert min(b - a for a, b in zip(sorted(rows), sorted(rows)[1:], strict=False)) >= 20


def test_labels_of_bars_never_meet() -> None:
    bars = [timeline.Bar(str(1990 + n), n, n % 3) for n in range(40)]
    root = lxml.etree.fromstring(str(timeline.timeline(bars, unit="events", title="T", description="D")))
    spots = [
        (int(text.get("x")), width(text.text, 12))
        for text in root.iter("{http://www.w3.org/2000/svg}text")
        if re.fullmatch(r"\d{4}", text.text or "")
    ]
    for (x, w), (next_x, next_w) in pairwise(spots):
        assert next_x - x >= (w + next_w) / 2
