"""Terms in one spelling, so that what is equal in value is equal in Python."""

from __future__ import annotations

import math
import re
import struct
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Final

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

if TYPE_CHECKING:
    from collections.abc import Callable


Term = NamedNode | BlankNode | Literal | Triple

XSD: Final = "http://www.w3.org/2001/XMLSchema#"
_DERIVED: Final = (
    "integer", "int", "long", "short", "byte", "nonNegativeInteger", "positiveInteger", "nonPositiveInteger",
    "negativeInteger", "unsignedLong", "unsignedInt", "unsignedShort", "unsignedByte",
)  # fmt: skip
_MOMENT: Final = re.compile(r"-?\d{4,}-\d\d-\d\d")
_NUMBER: Final = re.compile(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?")


def normal(term: Term) -> Term:
    """The term with its literals in canonical spelling; a literal that is no value of its type stays as it is."""
    if isinstance(term, Triple):
        return Triple(normal(term.subject), term.predicate, normal(term.object))  # type: ignore[arg-type]
    if not isinstance(term, Literal):
        return term
    if term.language is not None:
        return Literal(term.value, language=term.language.lower(), direction=term.direction)
    spell = _SPELLINGS.get(term.datatype.value)
    if spell is None:
        return term
    try:
        return Literal(spell(term.value.strip()), datatype=NamedNode(term.datatype.value))
    except (ValueError, InvalidOperation, OverflowError):
        return term


def spelt(text: str) -> str:
    """A text of which no type is known, numbers and midnights in Greenwich in one spelling."""
    return repr(float(text)) if _NUMBER.fullmatch(text) else _moment(text) if _MOMENT.match(text) else text


def _integer(text: str) -> str:
    return str(int(text))


def _decimal(text: str) -> str:
    if not _NUMBER.fullmatch(text) or "e" in text.lower():
        raise ValueError(text)
    value = Decimal(text)
    whole = value.to_integral_value()
    return f"{whole:f}" if whole == value else f"{value.normalize():f}"


def _double(text: str) -> str:
    value = _floating(text)
    return "NaN" if math.isnan(value) else repr(value)


def _float(text: str) -> str:
    value = _floating(text)
    return "NaN" if math.isnan(value) else repr(struct.unpack("f", struct.pack("f", value))[0])


def _floating(text: str) -> float:
    special = {"INF": math.inf, "+INF": math.inf, "-INF": -math.inf, "NaN": math.nan}
    if text in special:
        return special[text]
    if not _NUMBER.fullmatch(text):
        raise ValueError(text)
    return float(text)


def _boolean(text: str) -> str:
    return {"1": "true", "0": "false", "true": "true", "false": "false"}.get(text, text)


def _moment(text: str) -> str:
    seconds = re.sub(r"(\.\d*?)0+(?=$|[Z+-])", r"\1", text)
    return re.sub(r"[+-]00:00$", "Z", seconds.replace(".Z", "Z").removesuffix("."))


_NUMBERS: Final[dict[str, Callable[[str], str]]] = {
    **{XSD + name: _integer for name in _DERIVED},
    XSD + "decimal": _decimal,
    XSD + "double": _double,
    XSD + "float": _float,
}
_SPELLINGS: Final[dict[str, Callable[[str], str]]] = {
    **_NUMBERS,
    XSD + "boolean": _boolean,
    XSD + "dateTime": _moment,
    XSD + "date": _moment,
    XSD + "time": _moment,
}
