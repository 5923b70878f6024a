"""Literals from the cells of a table, typed by the property they belong to."""

from __future__ import annotations

import calendar
import datetime
import re
from decimal import Decimal, InvalidOperation
from typing import Final

from pyoxigraph import Literal, NamedNode

from coopgraph import terms

XSD: Final = terms.PREFIXES["xsd"]
DATE: Final = NamedNode(XSD + "date")
YEAR_MONTH: Final = NamedNode(XSD + "gYearMonth")
YEAR: Final = NamedNode(XSD + "gYear")
INTEGER: Final = NamedNode(XSD + "integer")
DECIMAL: Final = NamedNode(XSD + "decimal")
BOOLEAN: Final = NamedNode(XSD + "boolean")
STRING: Final = NamedNode(XSD + "string")

_DATES: Final = ((r"\d{4}-\d{2}-\d{2}", DATE), (r"\d{4}-\d{2}", YEAR_MONTH), (r"\d{4}", YEAR))


def date(text: str) -> Literal:
    """A date, month or year, as precise as it is written.

    Raises:
        ValueError: if it is none of these or no day of the calendar.
    """
    for pattern, datatype in _DATES:
        if re.fullmatch(pattern, text, re.ASCII):
            bounds(text)
            return Literal(text, datatype=datatype)
    raise ValueError(f"{text!r} is no date of the form 2025, 2025-09 or 2025-09-18")


def bounds(text: str) -> tuple[datetime.date, datetime.date]:
    """The first and the last day that a date, month or year can mean.

    Raises:
        ValueError: if there is no such day.
    """
    parts = [int(part) for part in text.split("-")]
    year, month, day = (*parts, *[0] * (3 - len(parts)))
    first = datetime.date(year, month or 1, day or 1)
    last_month = month or 12
    return first, datetime.date(year, last_month, day or calendar.monthrange(year, last_month)[1])


def literal(text: str, language: str, datatype: NamedNode | None) -> Literal:
    """The literal that a cell means for a property of this range; no range means a date of any precision.

    Raises:
        ValueError: saying what form the value should have.
    """
    if language:
        if datatype is not None and datatype.value != terms.PREFIXES["rdf"] + "langString":
            raise ValueError("this property takes no language")
        return Literal(text, language=language.lower() if "-" not in language else language)
    if datatype is None:
        return date(text)
    if datatype == INTEGER:
        if not re.fullmatch(r"0|-?[1-9][0-9]*", text):
            raise ValueError(f"{text!r} is no whole number written without leading zeros")
        return Literal(text, datatype=INTEGER)
    if datatype == DECIMAL:
        return Literal(_decimal(text), datatype=DECIMAL)
    if datatype == BOOLEAN:
        if text not in {"true", "false"}:
            raise ValueError(f"{text!r} is neither true nor false")
        return Literal(text, datatype=BOOLEAN)
    if datatype == STRING:
        return Literal(text)
    raise ValueError("this property needs a language in the column lang")


def _decimal(text: str) -> str:
    try:
        number = Decimal(text)
    except InvalidOperation as error:
        raise ValueError(f"{text!r} is no number") from error
    if not number.is_finite() or "e" in text.lower():
        raise ValueError(f"{text!r} is no plain decimal number")
    # The store keeps one spelling of each number; writing that spelling keeps exports equal to what was written.
    plain = f"{number:f}"
    return plain.rstrip("0").rstrip(".") if "." in plain else plain
