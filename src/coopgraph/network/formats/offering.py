"""Write a file and reopen it: what does not read back as the network is not handed over."""

from __future__ import annotations

from itertools import zip_longest
from typing import TYPE_CHECKING, Any, Final

from coopgraph.errors import CoopgraphError
from coopgraph.network.formats.sheet import Head, Kind

if TYPE_CHECKING:
    from pathlib import Path

    from coopgraph.network.formats.form import Form
    from coopgraph.network.formats.sheet import Sheet

_PYTHON: Final[dict[Kind, type]] = {Kind.TEXT: str, Kind.DATE: str, Kind.WHOLE: int, Kind.REAL: float}


def offer(sheet: Sheet, form: Form, path: Path) -> None:
    """Write the network to this new file, then read the file and compare it with the network, row by row.

    Raises:
        CoopgraphError: "too-large" if the format is not for so many ties, "internal" if the file does not say what the
            network says; then there is no file.
    """
    if form.most is not None and sheet.m > form.most:
        raise CoopgraphError(
            "too-large",
            f"{form.name} is read back whole and holds at most {form.most} ties; this network has {sheet.m}.",
            remedy="Choose parquet, graphml, gexf, pajek, dl, or nodes.csv and edges.csv.",
        )
    try:
        form.write(sheet, path)
        if not _same(sheet, form, path):
            raise CoopgraphError(
                "internal", f"The {form.name} file does not read back as the network; it is not handed over."
            )
    except BaseException:
        path.unlink(missing_ok=True)
        raise


def _same(sheet: Sheet, form: Form, path: Path) -> bool:
    try:
        said, found = form.says(sheet), form.read(path)
        head = next(found)
        if not isinstance(head, Head) or head != next(said):
            return False
        types = _types(head)
        rows: zip_longest[tuple[Any, Any]] = zip_longest(said, found, fillvalue=())
        return all(one == other and tuple(map(type, other)) in types for one, other in rows)
    except (ValueError, LookupError, TypeError, SyntaxError, StopIteration, RuntimeError) as error:
        raise CoopgraphError("internal", f"The {form.name} file cannot be read back: {error}.") from error


def _types(head: Head) -> _Types:
    """The types that rows under this head have: those declared, for nodes and for ties, or texts alone."""
    nodes, ties = (tuple(_PYTHON[kind] for _, kind in columns) for columns in (head.nodes, head.ties))
    declared = {(str, str, *nodes), (str, str, str, *ties)}
    return _Types(declared, any_texts={*nodes, *ties} <= {str})


class _Types:
    """The types of a row, as a set; `any_texts` admits rows of any number of texts."""

    def __init__(self, declared: set[tuple[type, ...]], *, any_texts: bool) -> None:
        self._declared = declared
        self._any_texts = any_texts

    def __contains__(self, types: tuple[type, ...]) -> bool:
        return types in self._declared or (self._any_texts and set(types) == {str})
