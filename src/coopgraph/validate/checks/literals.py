"""Spellings that a store would rewrite, so that what is read back differs from what was written."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from pyoxigraph import Literal

from coopgraph import terms
from coopgraph.curate import values
from coopgraph.validate.checks.breach import Breach

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pyoxigraph import NamedNode, Quad

_LANG_STRING: Final = terms.PREFIXES["rdf"] + "langString"
_FORMS: Final = {
    values.INTEGER.value: re.compile(r"0|-?[1-9]\d*", re.ASCII),
    values.DECIMAL.value: re.compile(r"0|-?(?:[1-9]\d*|0)\.\d*[1-9]|-?[1-9]\d*", re.ASCII),
    values.BOOLEAN.value: re.compile("true|false"),
    values.DATE.value: re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII),
    values.YEAR_MONTH.value: re.compile(r"\d{4}-\d{2}", re.ASCII),
    values.YEAR.value: re.compile(r"\d{4}", re.ASCII),
}


def spelling(quads: Iterable[Quad]) -> Iterator[Breach]:
    """K03: literals that are malformed or not in canonical form; K04: datatypes that the dataset does not use."""
    for quad in quads:
        object_ = quad.object
        if quad.graph_name == terms.SHAPES_GRAPH or not isinstance(object_, Literal):
            continue
        code = _fault(object_.value, object_.datatype)
        if code:
            yield Breach(code, quad.subject, quad.predicate, object_)


def _fault(text: str, datatype: NamedNode) -> str:
    name = datatype.value
    if name in {_LANG_STRING, values.STRING.value}:
        return ""
    return _judged(text, name)


@lru_cache(maxsize=10_000)
def _judged(text: str, datatype: str) -> str:
    form = _FORMS.get(datatype)
    if form is None:
        return "K04"
    if not form.fullmatch(text):
        return "K03"
    if datatype in {values.DATE.value, values.YEAR_MONTH.value, values.YEAR.value}:
        try:
            values.bounds(text)
        except ValueError:
            return "K03"
    return ""
