"""The named questions: files of SPARQL whose leading comments say what is asked, with which parameters.

A file is a query that runs as it stands. Each of its parameters is a line `VALUES ?name { term }` with the default,
or with UNDEF if the parameter may be left out, and only there can a caller's value get into the query: as a term.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from urllib.parse import parse_qsl

from pyoxigraph import Literal, NamedNode, RdfFormat, parse

from coopgraph import terms
from coopgraph.curate.parameters import KINDS, Parameter
from coopgraph.errors import CoopgraphError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from coopgraph.curate.parameters import Value

COLUMN_KINDS: Final = ("iri", "text", "integer", "number", "date")
RESERVED: Final = ("release", "format", "lang", "limit", "after", "bom")
"""What a parameter cannot be called, since every question takes these."""

_HEADER: Final = re.compile(r"# (title|description|topic|proves|columns|parameter|example): (\S.*)")
_PREFIX: Final = re.compile(r"PREFIX ([a-z-]+): <([^<>\s]+)>")
_VALUES: Final = re.compile(r"  VALUES \?([a-z]+) \{ (\S+) \}")
_ORDER: Final = re.compile(r"ORDER BY((?: \?\w+| DESC\(\?\w+\))+)")
_ONCE: Final = ("title", "description", "topic", "proves", "columns")


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the answer and what its values are: iri, text, integer, number or date."""

    name: str
    kind: str


@dataclass(frozen=True, slots=True)
class Key:
    """A column that the answer is ordered by."""

    column: str
    descending: bool


@dataclass(frozen=True, slots=True)
class Question:
    """A question in words and in SPARQL, with its name, which is part of its address.

    `prologue` declares the prefixes and `lines` are the query without its order, which is in `order`. `example` holds
    values with which the question has an answer; its defaults alone may rightly have none.
    """

    name: str
    title: str
    description: str
    topic: str
    proves: tuple[str, ...]
    columns: tuple[Column, ...]
    parameters: tuple[Parameter, ...]
    example: Mapping[str, str]
    prologue: str
    lines: tuple[str, ...]
    order: tuple[Key, ...]


def read_questions(directory: Path) -> tuple[Question, ...]:
    """All questions of an ontology directory, by name.

    Raises:
        CoopgraphError: "damaged" if a file is none.
    """
    files = sorted((directory / "questions").glob("*.rq"))
    return tuple(read_question(file.stem, file.read_text(encoding="utf-8")) for file in files)


def read_question(name: str, text: str) -> Question:
    """The question in the text of a file.

    Raises:
        CoopgraphError: "damaged" if a header is missing or wrong, or a parameter has no place in the query.
    """
    try:
        return _read(name, text.splitlines())
    except ValueError as error:
        raise CoopgraphError("damaged", f"The question {name} cannot be used: {error}.") from error


def query(question: Question, values: Mapping[str, Value | None] | None = None, *, base: str = terms.BASE) -> str:
    """The question in SPARQL, as it stands in its file or with these values; None leaves a parameter open.

    The values are in the base that is given, as is the answer.

    Raises:
        ValueError: if it has no such parameter, or one that is needed is left open.
    """
    return f"{terms.rebase(question.prologue, base)}{body(question, values, base=base)}\n{_order(question)}\n"


def body(question: Question, values: Mapping[str, Value | None] | None = None, *, base: str = terms.BASE) -> str:
    """The query without its prefixes and its order: what can stand inside another query; see `query`."""
    given = dict(values or {})
    for parameter in question.parameters:
        if parameter.name in given and given[parameter.name] is None and parameter.default is not None:
            raise ValueError(f"{parameter.name} cannot be left open")
    unknown = set(given) - {parameter.name for parameter in question.parameters}
    if unknown:
        raise ValueError(f"{question.name} has no parameter {', '.join(sorted(unknown))}")
    lines = []
    for line in question.lines:
        place = _VALUES.fullmatch(line)
        name = "" if place is None else place[1]
        if name not in given:
            # A parameter that is left open binds nothing, so its line would only cost time.
            if place is None or place[2] != "UNDEF":
                lines.append(terms.rebase(line, base))
        elif (value := given[name]) is not None:
            lines.append(f"  VALUES ?{name} {{ {value} }}")
    return "\n".join(lines)


def _order(question: Question) -> str:
    keys = (f"DESC(?{key.column})" if key.descending else f"?{key.column}" for key in question.order)
    return f"ORDER BY {' '.join(keys)}"


def _read(name: str, lines: list[str]) -> Question:
    if not terms.SLUG.fullmatch(name):
        raise ValueError("its name is no part of an address")
    headers = [_demand(_HEADER, line) for line in lines if line.startswith("#")]
    rest = [line for line in lines if not line.startswith("#")]
    prologue = [line for line in rest if line.startswith("PREFIX ")]
    written = rest[len(prologue) : -1]
    if rest[: len(prologue)] != prologue or len(rest) < len(prologue) + 2:
        raise ValueError("it is not made of prefixes, a query and its order")
    counts = Counter(header[1] for header in headers)
    if any(counts[header] != 1 for header in _ONCE) or counts["example"] > 1:
        raise ValueError(f"it needs one each of {', '.join(_ONCE)}")
    once = {header[1]: header[2] for header in headers if header[1] != "parameter"}
    prefixes = {found[1]: found[2] for line in prologue for found in [_demand(_PREFIX, line)]}
    columns = tuple(_column(text) for text in once["columns"].split(", "))
    return Question(
        name=name,
        title=once["title"],
        description=once["description"],
        topic=once["topic"],
        proves=tuple(once["proves"].split()),
        columns=columns,
        parameters=_parameters([header[2] for header in headers if header[1] == "parameter"], written, prefixes),
        example=dict(parse_qsl(once.get("example", ""), strict_parsing=bool(once.get("example")))),
        prologue="".join(f"{line}\n" for line in prologue),
        lines=tuple(written),
        order=_keys(rest[-1], columns),
    )


def _column(text: str) -> Column:
    name, _, kind = text.partition(" ")
    if kind not in COLUMN_KINDS:
        raise ValueError(f"a column is one of {', '.join(COLUMN_KINDS)}, not {kind!r}")
    return Column(name, kind)


def _keys(line: str, columns: tuple[Column, ...]) -> tuple[Key, ...]:
    written = [part.strip("()?") for part in _demand(_ORDER, line)[1].split()]
    keys = tuple(Key(part.removeprefix("DESC(?"), part.startswith("DESC")) for part in written)
    if unknown := {key.column for key in keys} - {column.name for column in columns}:
        raise ValueError(f"it is ordered by {', '.join(sorted(unknown))}, which is no column")
    return keys


def _parameters(headers: list[str], lines: list[str], prefixes: Mapping[str, str]) -> tuple[Parameter, ...]:
    places = [place for line in lines if (place := _VALUES.fullmatch(line))]
    defaults = {place[1]: None if place[2] == "UNDEF" else _term(place[2], prefixes) for place in places}
    found = tuple(_parameter(header, defaults) for header in headers)
    if sorted(place[1] for place in places) != sorted(parameter.name for parameter in found):
        raise ValueError("its parameters are not those that it has lines of VALUES for")
    return found


def _parameter(header: str, defaults: Mapping[str, Value | None]) -> Parameter:
    name, kind, label = header.split(" | ")
    kind, _, argument = kind.partition(" ")
    if kind not in KINDS:
        raise ValueError(f"a parameter is one of {', '.join(KINDS)}, not {kind!r}")
    if name in RESERVED or name not in defaults:
        raise ValueError(f"no parameter can be called {name!r} here")
    return Parameter(name, kind, argument, label, defaults[name])


def _term(text: str, prefixes: Mapping[str, str]) -> Value:
    """A term as SPARQL and Turtle both write it."""
    head = "".join(f"@prefix {name}: <{iri}> . " for name, iri in prefixes.items())
    try:
        (quad,) = parse(f"{head}<urn:x:s> <urn:x:p> {text} .", format=RdfFormat.TURTLE)
    except SyntaxError as error:
        raise ValueError(f"{text!r} is no term") from error
    value = quad.object
    if not isinstance(value, NamedNode | Literal):
        raise ValueError(f"{text!r} is neither a name nor a literal")
    return value


def _demand(pattern: re.Pattern[str], line: str) -> re.Match[str]:
    found = pattern.fullmatch(line)
    if found is None:
        raise ValueError(f"{line!r} is not understood")
    return found
