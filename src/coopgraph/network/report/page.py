"""What a page consists of, whatever it is written in: HTML and Markdown show the same blocks."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a table: its text, a smaller line below it, where it leads, and the language if not English."""

    text: str
    below: str = ""
    iri: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class Column:
    """The head of a column; numbers stand to the right."""

    label: str
    numeric: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table whose cell in the column `header` names its row."""

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    header: int = 0


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph."""

    text: str


@dataclass(frozen=True, slots=True)
class Bullets:
    """Sentences, one a line."""

    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Figures:
    """A few leading numbers with what they count."""

    pairs: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Terms:
    """Names with what they stand for."""

    pairs: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Code:
    """A query or a command, taken at its word, and what it is."""

    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawing with its key; the page says the same in a table, so writings without pictures show the caption only."""

    label: str
    svg: Markup
    caption: str
    key: tuple[tuple[Markup, str], ...] = ()


Block = Table | Paragraph | Bullets | Figures | Terms | Code | Picture


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a page; `name` is its address within the page."""

    name: str
    title: str
    blocks: tuple[Block, ...]
    sections: tuple[Section, ...] = ()


@dataclass(frozen=True, slots=True)
class Page:
    """A whole report as a reader sees it."""

    title: str
    question: str
    origin: str
    sections: tuple[Section, ...]
