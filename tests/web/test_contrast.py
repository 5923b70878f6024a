"""Whoever sees badly can still read: every colour of text against what lies behind it, by day and by night."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import coopgraph.web

STYLE = (Path(coopgraph.web.__file__).parent / "static" / "style.css").read_text(encoding="utf-8")
COLOURS = {
    name: (light, dark)
    for name, light, dark in re.findall(r"--([a-z-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)", STYLE)
}
TEXT = ("ink", "quiet", "link")
BEHIND = ("paper", "panel", "plan", "error")
# What WCAG 2.2 asks of text of ordinary size, and of lines that carry meaning.
READABLE, VISIBLE = 4.5, 3.0


def luminance(colour: str) -> float:
    def linear(part: float) -> float:
        return part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)

    red, green, blue = (linear(int(colour[at : at + 2], 16) / 255) for at in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def test_the_measure_is_that_of_the_guidelines() -> None:
    assert round(contrast("#000000", "#ffffff"), 1) == 21.0
    assert round(contrast("#777777", "#ffffff"), 2) == 4.48


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize("behind", BEHIND)
@pytest.mark.parametrize("text", TEXT)
def test_text_can_be_read(text: str, behind: str, scheme: int) -> None:
    assert contrast(COLOURS[text][scheme], COLOURS[behind][scheme]) >= READABLE


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(("line", "behind"), [("plan-line", "paper"), ("error-line", "paper"), ("link", "paper")])
def test_marks_can_be_seen(line: str, behind: str, scheme: int) -> None:
    assert contrast(COLOURS[line][scheme], COLOURS[behind][scheme]) >= VISIBLE


def test_buttons_can_be_read() -> None:
    assert "background: var(--link); color: var(--paper)" in STYLE
    for link, paper in zip(COLOURS["link"], COLOURS["paper"], strict=True):
        assert contrast(link, paper) >= READABLE


def test_no_colour_is_named_elsewhere() -> None:
    outside = STYLE[STYLE.index("}") :]
    assert not re.findall(r":[^;{}]*#[0-9a-fA-F]{3,8}\b", outside)
