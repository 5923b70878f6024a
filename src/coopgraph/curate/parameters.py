"""The parameters of named questions: what a person may write for each kind, and the term that it becomes."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, TypeAlias

from pyoxigraph import Literal, NamedNode

from coopgraph import terms
from coopgraph.curate.values import DATE, INTEGER, bounds
from coopgraph.errors import CoopgraphError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

Value: TypeAlias = NamedNode | Literal

CHARACTERS: Final = 200
"""How long a text may be; the longest label in use is shorter."""

_LANGUAGE: Final = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8}){0,3}")
_DATE: Final = re.compile(r"\d{4}(-\d\d){0,2}", re.ASCII)
_NUMBER: Final = re.compile(r"0|-?[1-9]\d{0,8}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter with its kind, what narrows the kind, and its default; without a default it may be left open."""

    name: str
    kind: str
    argument: str
    label: str
    default: Value | None

    @property
    def names_a_thing(self) -> bool:
        """Whether its values are IRIs."""
        return self.kind in {"thing", "concept", "property"}


def read(parameter: Parameter, text: str, *, base: str = terms.BASE) -> Value:
    """The term that a person means by this text, in this base.

    Raises:
        ValueError: saying what can be written.
    """
    try:
        value = KINDS[parameter.kind](text, parameter.argument)
    except CoopgraphError as error:
        raise ValueError(f"{error.detail} {error.remedy}".strip()) from error
    return NamedNode(terms.rebase(value.value, base)) if isinstance(value, NamedNode) and base != terms.BASE else value


def write(value: Value, *, base: str = terms.BASE) -> str:
    """The shortest text that `read` takes for this value."""
    if isinstance(value, Literal):
        return value.value
    if (thing := value.value.removeprefix(base + "id/")) != value.value:
        return thing
    if (concept := value.value.removeprefix(base + "vocab/")) != value.value:
        return concept.replace("/", ":", 1)
    return terms.compact(value.value, base).strip("<>")


def _thing(text: str, _: str) -> NamedNode:
    return terms.named(text)


def _concept(text: str, scheme: str) -> NamedNode:
    return terms.concept(f"{scheme}:{text}") if terms.SLUG.fullmatch(text) else terms.named(text)


def _property(text: str, _: str) -> NamedNode:
    return terms.property_named(text)


def _date(text: str, end: str) -> Literal:
    if not _DATE.fullmatch(text):
        raise ValueError(f"{text!r} is no date. Write 2025, 2025-09 or 2025-09-18.")
    try:
        first, last = bounds(text)
    except ValueError as error:
        raise ValueError(f"{text!r} is no day of the calendar.") from error
    return Literal((last if end == "last" else first).isoformat(), datatype=DATE)


def _integer(text: str, least: str) -> Literal:
    if not _NUMBER.fullmatch(text):
        raise ValueError(f"{text!r} is no whole number.")
    if least and int(text) < int(least):
        raise ValueError(f"{text} is less than {least}.")
    return Literal(text, datatype=INTEGER)


def _text(text: str, _: str) -> Literal:
    if len(text) > CHARACTERS:
        raise ValueError(f"The text is longer than {CHARACTERS} characters.")
    return Literal(text)


def _language(text: str, _: str) -> Literal:
    if not _LANGUAGE.fullmatch(text):
        raise ValueError(f"{text!r} is no language tag. Write en, de or zh.")
    return Literal(text.lower())


KINDS: Final[Mapping[str, Callable[[str, str], Value]]] = {
    "thing": _thing,
    "concept": _concept,
    "property": _property,
    "date": _date,
    "integer": _integer,
    "text": _text,
    "language": _language,
}
"""What reads each kind, given the text and what narrows the kind: class, scheme, property, `first` or `last`, least."""
