"""Whether two results of a query mean the same."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from tests.conformance.tables import Cells, Table
from tests.conformance.terms import XSD, normal, spelt

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.conformance.terms import Term

Value = NamedNode | BlankNode | Literal | Triple | str | None
Row = tuple[Value, ...]
Names = dict[str, str]


def same(actual: Table | Cells | bool, expected: Table | Cells | bool, *, lax: bool = False) -> bool:
    """Whether a result is the expected one.

    Blank nodes may be named anew, one for one over the whole table. The order of rows counts where the expected table
    is ordered, the order of columns never. With `lax`, each row may come less often than expected, but must come.
    Where one of the two is CSV, which tells neither types nor whether a cell is bound, texts are compared.
    """
    if isinstance(actual, bool) or isinstance(expected, bool):
        return actual is expected
    if sorted(actual.variables) != sorted(expected.variables):
        return False
    columns = sorted(expected.variables)
    if isinstance(actual, Cells) or isinstance(expected, Cells):
        got, due = _texts(actual, columns), _texts(expected, columns)
    else:
        got, due = _terms(actual, columns), _terms(expected, columns)
    if isinstance(expected, Table) and expected.ordered:
        return len(got) == len(due) and _chain(got, due) is not None
    if lax:
        if any(number > due.count(row) for row, number in Counter(got).items()):
            return False
        got, due = list(dict.fromkeys(got)), list(dict.fromkeys(due))
    return _pair(got, due)


def _terms(table: Table, columns: Sequence[str]) -> list[Row]:
    return [tuple(normal(row[name]) if name in row else None for name in columns) for row in table.rows]


def _texts(table: Table | Cells, columns: Sequence[str]) -> list[Row]:
    if isinstance(table, Table):
        return [tuple(_text(row.get(name)) for name in columns) for row in table.rows]
    order = [table.variables.index(name) for name in columns]
    return [tuple(_cell(row[index]) for index in order) for row in table.rows]


def _text(term: Term | None) -> Value:
    if term is None or isinstance(term, BlankNode):
        return term or ""
    if isinstance(term, Literal) and term.datatype.value == XSD + "boolean":
        return normal(term).value  # type: ignore[union-attr]
    return spelt(str(normal(term)) if isinstance(term, Triple) else term.value)


def _cell(text: str) -> Value:
    return BlankNode("b" + text.encode().hex()) if text.startswith("_:") else spelt(text)


def _pair(got: Sequence[Row], due: Sequence[Row]) -> bool:
    """Whether the rows can be paired off, with one naming of blank nodes for all pairs."""
    if Counter(map(_shape, got)) != Counter(map(_shape, due)):
        return False
    return _search([row for row in due if _shape(row) != row], Counter(got), {})


def _shape(row: Row) -> Row:
    """The row with its blank nodes all alike."""
    return tuple(_blanked(value) for value in row)


def _blanked(value: Value) -> Value:
    if isinstance(value, Triple):
        return Triple(_blanked(value.subject), value.predicate, _blanked(value.object))  # type: ignore[arg-type]
    return BlankNode("any") if isinstance(value, BlankNode) else value


def _search(due: Sequence[Row], left: Counter[Row], names: Names) -> bool:
    if not due:
        return True
    shape = _shape(due[0])
    for mine in [row for row, number in left.items() if number and _shape(row) == shape]:
        found = _chain([mine], [due[0]], names)
        if found is None:
            continue
        left[mine] -= 1
        if _search(due[1:], left, found):
            return True
        left[mine] += 1
    return False


def _chain(got: Sequence[Row], due: Sequence[Row], names: Names | None = None) -> Names | None:
    """The naming under which these rows are those, one after the other; None if there is none."""
    found: Names | None = names or {}
    for mine, theirs in zip(got, due, strict=True):
        for actual, expected in zip(mine, theirs, strict=True):
            found = None if found is None else _fits(actual, expected, found)
    return found


def _fits(actual: Value, expected: Value, names: Names) -> Names | None:
    if isinstance(actual, BlankNode) and isinstance(expected, BlankNode):
        return _named(actual.value, expected.value, names)
    if isinstance(actual, Triple) and isinstance(expected, Triple):
        mine, theirs = ((one.subject, one.predicate, one.object) for one in (actual, expected))
        return _chain([mine], [theirs], names)
    return names if actual == expected else None


def _named(actual: str, expected: str, names: Names) -> Names | None:
    """The names with this pair added, if no other pair has one of the two."""
    if actual in names:
        return names if names[actual] == expected else None
    return None if expected in names.values() else {**names, actual: expected}
