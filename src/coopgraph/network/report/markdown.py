"""A page as Markdown that reads well as plain text too."""

from __future__ import annotations

import re
from functools import singledispatch
from typing import TYPE_CHECKING

from coopgraph.network.report.page import Bullets, Cell, Code, Figures, Paragraph, Picture, Section, Table, Terms

if TYPE_CHECKING:
    from coopgraph.network.report.page import Page

_FENCE = "```"


def markdown(page: Page) -> str:
    """CommonMark with pipe tables; drawings are left out, since the tables say the same."""
    head = (f"# {escape(page.title)}", escape(page.question), escape(page.origin))
    return "\n\n".join([*head, *(part for section in page.sections for part in _section(section, 2))]) + "\n"


def escape(text: str) -> str:
    """The text on one line, with the characters that Markdown would read as markup taken at their word."""
    return re.sub(r"([\\`*_{}\[\]<>|#~])", r"\\\1", " ".join(text.split()))


def _section(section: Section, level: int) -> list[str]:
    shown = [part for part in map(block, section.blocks) if part]
    inner = [part for one in section.sections for part in _section(one, level + 1)]
    return [f"{'#' * level} {escape(section.title)}", *shown, *inner]


@singledispatch
def block(part: object) -> str:
    """The text of one block; empty for what Markdown cannot show."""
    raise TypeError(f"{type(part).__name__} is no block of a page")


@block.register
def _(part: Paragraph) -> str:
    return escape(part.text)


@block.register
def _(part: Bullets) -> str:
    return "\n".join(f"- {escape(item)}" for item in part.items)


@block.register(Figures)
@block.register(Terms)
def _(part: Figures | Terms) -> str:
    return "\n".join(f"- **{escape(term)}**: {escape(meaning)}" for term, meaning in part.pairs)


@block.register
def _(part: Code) -> str:
    longest = max((len(run) for run in re.findall(r"`+", part.text)), default=0)
    fence = "`" * max(len(_FENCE), longest + 1)
    return f"{escape(part.label)}\n\n{fence}\n{part.text.rstrip()}\n{fence}"


@block.register
def _(_part: Picture) -> str:
    return ""


@block.register
def _(part: Table) -> str:
    head = [escape(column.label) for column in part.columns]
    rule = ["---:" if column.numeric else "---" for column in part.columns]
    rows = [[_cell(cell) for cell in row] for row in part.rows]
    return "\n".join([escape(part.caption), "", *("| " + " | ".join(row) + " |" for row in (head, rule, *rows))])


def _cell(cell: Cell) -> str:
    return escape(cell.text) + (f" ({escape(cell.below)})" if cell.below else "")
