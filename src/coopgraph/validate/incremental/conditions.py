"""Conditions of queries that can be decided on single terms: what they rule out need not be looked at."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Final, TypeAlias

import rdflib
from pyoxigraph import BlankNode, Literal, NamedNode, Triple
from rdflib.plugins.sparql.parserutils import CompValue

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

Binding: TypeAlias = Mapping[str, NamedNode | BlankNode | Literal | Triple]
Test: TypeAlias = Callable[[Binding], bool | None]
"""Whether an expression holds of a binding; nothing if that cannot be decided here."""
_Get: TypeAlias = Callable[[Binding], NamedNode | BlankNode | Literal | Triple | None]
_Text: TypeAlias = Callable[[Binding], str | None]
_EXISTENCE: Final = frozenset({"Builtin_EXISTS", "Builtin_NOTEXISTS"})


def test(expression: object) -> Test:
    """The expression made ready for many bindings."""
    if not isinstance(expression, CompValue):
        return _undecided
    match expression.name:
        case "ConditionalAndExpression":
            return _all([test(one) for one in (expression.expr, *expression.other)])
        case "ConditionalOrExpression":
            return _not(_all([_not(test(one)) for one in (expression.expr, *expression.other)]))
        case "UnaryNot":
            return _not(test(expression.expr))
        case "RelationalExpression":
            return _relation(expression)
        case "Builtin_STRSTARTS":
            return _starts(_text(expression.arg1), _text(expression.arg2))
        case "Builtin_isLITERAL":
            return _kind(_term(expression.arg), Literal)
        case "Builtin_isIRI" | "Builtin_isURI":
            return _kind(_term(expression.arg), NamedNode)
        case _:
            return _undecided


def _undecided(_: Binding) -> bool | None:
    return None


def _relation(expression: CompValue) -> Test:
    operator, term = str(expression.op), _term(expression.expr)
    if operator in {"=", "!="}:
        same = _same(term, [_term(expression.other)])
        return same if operator == "=" else _not(same)
    if operator in {"IN", "NOT IN"} and isinstance(expression.other, list):
        if all(isinstance(one, rdflib.URIRef) for one in expression.other):
            among = _among(term, frozenset(NamedNode(str(one)) for one in expression.other))
        else:
            among = _same(term, [_term(one) for one in expression.other])
        return among if operator == "IN" else _not(among)
    return _undecided


def _same(get: _Get, others: Sequence[_Get]) -> Test:
    """Whether an IRI is one of the terms; literals are compared by value, which is left to the engine."""

    def holds(binding: Binding) -> bool | None:
        term, terms = get(binding), [other(binding) for other in others]
        if not isinstance(term, NamedNode):
            return None
        return True if term in terms else None if None in terms else False

    return holds


def _among(get: _Get, names: frozenset[NamedNode]) -> Test:
    def holds(binding: Binding) -> bool | None:
        term = get(binding)
        return term in names if isinstance(term, NamedNode) else None

    return holds


def _starts(text: _Text, start: _Text) -> Test:
    def holds(binding: Binding) -> bool | None:
        whole, beginning = text(binding), start(binding)
        return None if whole is None or beginning is None else whole.startswith(beginning)

    return holds


def _kind(get: _Get, cls: type[Literal | NamedNode]) -> Test:
    def holds(binding: Binding) -> bool | None:
        term = get(binding)
        return None if term is None else isinstance(term, cls)

    return holds


def _term(expression: object) -> _Get:
    if isinstance(expression, rdflib.Variable):
        name = str(expression)
        return lambda binding: binding.get(name)
    if isinstance(expression, rdflib.URIRef):
        node = NamedNode(str(expression))
        return lambda _: node
    if isinstance(expression, CompValue) and expression.name == "Builtin_DATATYPE":
        inner = _term(expression.arg)

        def datatype(binding: Binding) -> NamedNode | None:
            term = inner(binding)
            return term.datatype if isinstance(term, Literal) else None

        return datatype
    return lambda _: None


def _text(expression: object) -> _Text:
    if isinstance(expression, rdflib.Literal) and not expression.language:
        text = str(expression)
        return lambda _: text
    if isinstance(expression, CompValue) and expression.name == "Builtin_STR":
        inner = _term(expression.arg)

        def name(binding: Binding) -> str | None:
            term = inner(binding)
            return term.value if isinstance(term, NamedNode) else None

        return name
    return lambda _: None


def _all(tests: Sequence[Test]) -> Test:
    def holds(binding: Binding) -> bool | None:
        truths = [one(binding) for one in tests]
        return False if False in truths else None if None in truths else True

    return holds


def _not(one: Test) -> Test:
    def holds(binding: Binding) -> bool | None:
        truth = one(binding)
        return None if truth is None else not truth

    return holds


def variables(expression: object) -> set[str]:
    """The names of the variables of an expression."""
    if isinstance(expression, rdflib.Variable):
        return {str(expression)}
    if isinstance(expression, CompValue):
        return {name for value in expression.values() if value is not None for name in _inner(value)}
    return _inner(expression)


def _inner(value: object) -> set[str]:
    if isinstance(value, rdflib.Variable | CompValue):
        return variables(value)
    if isinstance(value, list | tuple):
        return {name for one in value for name in variables(one)}
    return set()


def conjuncts(expression: CompValue) -> Iterator[CompValue]:
    """The expressions that must all hold for this one to hold."""
    if expression.name == "ConditionalAndExpression":
        for part in (expression.expr, *expression.other):
            yield from conjuncts(part)
    elif expression.name != "TrueFilter":
        yield expression


def existences(expression: object) -> Iterator[CompValue]:
    """The parts of an expression that ask whether there is something."""
    if isinstance(expression, CompValue):
        if expression.name in _EXISTENCE:
            yield expression
            return
        for value in expression.values():
            yield from existences(value)
    elif isinstance(expression, list | tuple):
        for one in expression:
            yield from existences(one)


def needed(expression: object) -> set[str]:
    """The variables whose value counts in an expression, and not only whether they have one."""
    if isinstance(expression, CompValue):
        if expression.name in _EXISTENCE | {"Builtin_BOUND"}:
            return set()
        return {name for value in expression.values() if value is not None for name in needed(value)}
    if isinstance(expression, rdflib.Variable):
        return {str(expression)}
    if isinstance(expression, list | tuple):
        return {name for one in expression for name in needed(one)}
    return set()
