"""A query as a store wants it that keeps graphs under other names: graphs renamed, dataset clauses taken out."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from pyoxigraph import NamedNode, RdfFormat, parse

from coopgraph.errors import CoopgraphError
from coopgraph.sparql.lexer import Kind, Terminals, Token, place, skip_space

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

_ABSOLUTE: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]*:")
_CODE_POINT: Final = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")
_LOCAL: Final = re.compile(r"\\(.)")
_FORMS: Final = ("select", "ask", "construct", "describe")


@dataclass(frozen=True, slots=True)
class Rewritten:
    """A query without FROM and FROM NAMED, which stand beside it as absolute IRIs; None if it had neither.

    `form` is the keyword that says what it answers with, in lower case; `strangers` are the graphs that were marked
    though they are not among the known ones.
    """

    text: str
    form: str
    default_graphs: tuple[str, ...] | None
    named_graphs: tuple[str, ...] | None
    strangers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Edit:
    start: int
    end: int
    text: str


def rewritten(
    text: str, *, base: str | None = None, graphs: Collection[str] = (), mark: str = "", reserved: str = ""
) -> Rewritten:
    """The query, which must be valid SPARQL, with `mark` put before each of these `graphs` wherever it stands.

    IRIs are resolved first, so a relative one and a prefixed name are found as well. What follows GRAPH is marked in
    any case, as is what begins with `reserved`: graphs that are not of this dataset cannot be named. STR of a variable
    that may be a graph gives the name without the mark. Only a name that the query puts together itself, by IRI(),
    keeps its form.

    Raises:
        CoopgraphError: "syntax" for what is not made of SPARQL's terminals.
    """
    tokens = tuple(_tokens(text))
    names = _Names(base)
    edits: list[_Edit] = []
    strangers: list[str] = []
    clauses: dict[str, list[str]] = {"from": [], "named": []}
    position = 0
    while position < len(tokens):
        token = tokens[position]
        word = token.text.lower() if token.kind is Kind.WORD else ""
        if word in {"base", "prefix"}:
            declared, declaration = names.declare(word, token, tokens[position + 1 : position + 3])
            position += declared
            edits += declaration
        elif word == "from":
            named = tokens[position + 1].text.lower() == "named"
            name = tokens[position + 1 + named]
            clauses["named" if named else "from"].append(names.iri(name))
            edits.append(_Edit(token.start, name.end, " "))
            position += 1 + named
        elif token.kind in {Kind.IRI, Kind.PREFIXED}:
            iri = names.iri(token)
            after_graph = position > 0 and tokens[position - 1].text.lower() == "graph"
            if mark and (iri in graphs or after_graph or iri.startswith(reserved or mark)):
                edits.append(_Edit(token.start, token.end, f"<{mark}{iri}>"))
                strangers += [iri] if iri not in graphs else []
            elif token.kind is Kind.IRI and names.is_relative(token) and not _compares(tokens, position):
                edits.append(_Edit(token.start, token.end, f"<{iri}>"))
        position += 1
    if mark and _graph_may_be_a_variable(tokens):
        edits += _unmarked_strings(tokens, mark)
    given = any(clauses.values())
    return Rewritten(
        _edited(text, edits),
        _form(tokens),
        tuple(clauses["from"]) if given else None,
        tuple(clauses["named"]) if given else None,
        tuple(dict.fromkeys(strangers)),
    )


class _Names:
    """What prefixes and relative IRIs stand for at a place of the query."""

    def __init__(self, base: str | None) -> None:
        self._base = base
        self._prefixes: dict[str, str] = {}

    def declare(self, word: str, keyword: Token, following: Sequence[Token]) -> tuple[int, list[_Edit]]:
        """Take in a declaration: how many tokens of `following` belong to it, and what becomes of it.

        A base goes, since relative IRIs do, and not every engine takes a second one; a prefix becomes absolute.
        """
        if word == "base" and following and following[0].kind is Kind.IRI:
            self._base = self.iri(following[0])
            return 1, [_Edit(keyword.start, following[0].end, " ")]
        if word == "prefix" and len(following) == 2 and following[1].kind is Kind.IRI:
            self._prefixes[following[0].text] = namespace = self.iri(following[1])
            relative = self.is_relative(following[1])
            return 2, [_Edit(following[1].start, following[1].end, f"<{namespace}>")] if relative else []
        return 0, []

    def is_relative(self, token: Token) -> bool:
        """Whether the IRI in angle brackets needs a base."""
        return self._base is not None and _ABSOLUTE.match(_unescaped(token.text[1:-1])) is None

    def iri(self, token: Token) -> str:
        """The absolute IRI that a token stands for; the empty text for a prefix that nobody declared."""
        if token.kind is Kind.PREFIXED:
            prefix, colon, local = token.text.partition(":")
            namespace = self._prefixes.get(prefix + colon)
            return "" if namespace is None else namespace + _LOCAL.sub(r"\1", local)
        iri = _unescaped(token.text[1:-1])
        return _resolved(iri, self._base) if self._base is not None and self.is_relative(token) else iri


def _unescaped(iri: str) -> str:
    return _CODE_POINT.sub(lambda match: chr(int(match[1] or match[2], 16)), iri)


def _resolved(iri: str, base: str) -> str:
    """Resolved by the engine's own rules."""
    try:
        (quad,) = parse(f"<> <x:x> <{iri}> .", format=RdfFormat.TURTLE, base_iri=base)
    except (SyntaxError, ValueError):
        return iri
    return quad.object.value if isinstance(quad.object, NamedNode) else iri


def _tokens(text: str) -> Iterator[Token]:
    position, terminals = skip_space(text, 0), Terminals(text)
    while position < len(text):
        token = terminals.at(position)
        if token is None:
            line, column = place(text, position)
            raise CoopgraphError("syntax", "Here stands nothing that SPARQL knows.", line=line, column=column)
        yield token
        position = skip_space(text, token.end)


def _form(tokens: Sequence[Token]) -> str:
    words = (token.text.lower() for token in tokens if token.kind is Kind.WORD)
    return next((word for word in words if word in _FORMS), "")


def _graph_may_be_a_variable(tokens: Sequence[Token]) -> bool:
    return any(
        token.kind is Kind.WORD and token.text.lower() == "graph" and after.kind is Kind.VARIABLE
        for token, after in itertools.pairwise(tokens)
    )


def _unmarked_strings(tokens: Sequence[Token], mark: str) -> Iterator[_Edit]:
    """STR(…) becomes REPLACE(STR(…), "^mark", "")."""
    for index, token in enumerate(tokens[:-1]):
        if token.kind is not Kind.WORD or token.text.lower() != "str" or tokens[index + 1].text != "(":
            continue
        depth = 0
        for inner in tokens[index + 1 :]:
            depth += {"(": 1, ")": -1}.get(inner.text, 0) if inner.kind is Kind.SIGN else 0
            if not depth:
                yield _Edit(token.start, token.start, "REPLACE(")
                yield _Edit(inner.end, inner.end, f', "^{mark}", "")')
                break


def _compares(tokens: Sequence[Token], position: int) -> bool:
    """Whether what looks like an IRI is "less than", a value and "greater than", as in `(?a<1&&2>?b)`."""
    before, inside = tokens[position - 1] if position else None, tokens[position].text[1:2]
    if before is None or not (inside.isdigit() or inside in "?$+-.'\"!"):
        return False
    operand = before.kind is not Kind.SIGN or before.text in ")]"
    open_brackets: list[str] = []
    for token in tokens[:position]:
        if token.kind is Kind.SIGN and token.text in "([{":
            open_brackets.append(token.text)
        elif token.kind is Kind.SIGN and token.text in ")]}" and open_brackets:
            open_brackets.pop()
    return operand and open_brackets[-1:] == ["("]


def _edited(text: str, edits: Sequence[_Edit]) -> str:
    parts, position = [], 0
    for edit in sorted(edits, key=lambda edit: (edit.start, edit.end)):
        parts += [text[position : edit.start], edit.text]
        position = edit.end
    return "".join([*parts, text[position:]])
