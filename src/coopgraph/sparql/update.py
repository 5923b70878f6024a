"""What a request of the SPARQL 1.1 Protocol wants changed, and over which graphs it looks for that."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from pyoxigraph import NamedNode
from werkzeug.http import parse_options_header

from coopgraph.errors import CoopgraphError
from coopgraph.sparql.lexer import Kind, Token, place, reading
from coopgraph.sparql.request import FORM, QUERY, UPDATE, decoded, pairs

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

# The words outside all braces in an update; any other word there may be two that the engine reads apart.
_BEGINNINGS: Final = ("BASE", "PREFIX", "VERSION", "INSERT", "DELETE", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY")
_FOLLOWING: Final = ("DATA", "WHERE", "WITH", "USING", "NAMED", "INTO", "TO", "SILENT", "GRAPH", "DEFAULT", "ALL")
_WORDS: Final = frozenset((*_BEGINNINGS, "LOAD", *_FOLLOWING))
_PROLOGUE: Final = frozenset({"BASE", "PREFIX", "VERSION"})
_DECLARES: Final = re.compile("|".join(sorted(_PROLOGUE)), re.IGNORECASE)
_LETTER: Final = re.compile(r"[^\r\n]")
_CHOOSING: Final = frozenset({"USING", "WITH"})


@dataclass(frozen=True, slots=True)
class UpdateRequest:
    """An update with the graphs that its patterns shall see, all as they were written."""

    text: str
    using_graphs: tuple[str, ...] = field(default=())
    using_named_graphs: tuple[str, ...] = field(default=())


def read_update(query_string: bytes, *, content_type: str = "", body: bytes = b"") -> UpdateRequest:
    """The update that a POST holds.

    Raises:
        CoopgraphError: "media-type" for a body that is neither form nor update, "request" for a missing or repeated
            update, a query, or text that is not UTF-8.
    """
    given = pairs(query_string)
    if any(name == "update" for name, _ in given):
        raise CoopgraphError("request", "An update is sent in the body, not in the address.")
    media_type, options = parse_options_header(content_type)
    media_type, charset = media_type.lower(), options.get("charset", "utf-8").lower()
    if media_type == QUERY:
        raise CoopgraphError("request", "This is a query, and here only updates are carried out.")
    if media_type not in {FORM, UPDATE}:
        raise CoopgraphError(
            "media-type", f"The body is {media_type or 'of no stated type'}.", remedy=f"Send {UPDATE} or {FORM}."
        )
    if charset not in {"utf-8", "utf8"}:
        raise CoopgraphError("request", f"SPARQL is written in UTF-8, not in {charset}.")
    given += pairs(body) if media_type == FORM else [("update", decoded(body))]
    updates = [value for name, value in given if name == "update"]
    if len(updates) != 1 or any(name == "query" for name, _ in given):
        raise CoopgraphError("request", f"There must be one parameter 'update'; there are {len(updates)}.")
    return UpdateRequest(
        updates[0],
        tuple(value for name, value in given if name == "using-graph-uri"),
        tuple(value for name, value in given if name == "using-named-graph-uri"),
    )


def over_its_graphs(request: UpdateRequest) -> str:
    """The update's text, with the graphs that the request names written into each operation that has a pattern.

    Raises:
        CoopgraphError: "request" if a graph's name is no absolute IRI, if the text chooses graphs itself, which the
            protocol forbids then, or if it cannot be told apart where its operations begin; "syntax" if it is none.
    """
    if not request.using_graphs and not request.using_named_graphs:
        return request.text
    clauses = " ".join(
        [f"USING {_node(name)}" for name in request.using_graphs]
        + [f"USING NAMED {_node(name)}" for name in request.using_named_graphs]
    )
    return _with(request.text, reading(request.text), clauses)


def parts(text: str) -> tuple[str, ...]:
    """The update as updates to be carried out in turn, each with a prologue at its beginning and nowhere else.

    The grammar lets declarations follow a semicolon as well, which the engine does not. Each part begins with those of
    all parts before it, and everything in it stands in the line and column where it was. An update without later
    declarations is one part, and so is what is none.
    """
    beginning = text.find(";")
    if beginning < 0 or _DECLARES.search(text, beginning) is None:
        return (text,)
    try:
        found = list(_outside(reading(text)))
    except CoopgraphError:
        # What is wrong with it, the engine says better.
        return (text,)
    declarations, ends, declared, operates = [], [], 0, False
    for index, token in enumerate(found):
        if token.kind is Kind.WORD and token.text.upper() in _PROLOGUE:
            declared = found[index : index + (3 if token.text.upper() == "PREFIX" else 2)][-1].end
            declarations.append((token.start, declared))
            if index and found[index - 1].text == ";":
                if not operates:
                    # A semicolon stands behind an operation.
                    return (text,)
                ends.append(found[index - 1].start)
                operates = False
        elif token.start >= declared and token.text != ";":
            operates = True
    return tuple(
        _blank_but(text[:start], declarations) + text[start:end]
        for start, end in zip([0, *(end + 1 for end in ends)], [*ends, len(text)], strict=True)
    )


def only_data(text: str) -> tuple[str, str] | None:
    """For an update of nothing but INSERT DATA, or nothing but DELETE DATA: which, and the same as INSERT DATA.

    None for any other update, and for what is none.
    """
    try:
        outside = [token for token in _outside(reading(text)) if token.kind is Kind.WORD]
    except CoopgraphError:
        # What is wrong with it, the engine says better.
        return None
    words = [token for token in outside if token.text.upper() not in _PROLOGUE]
    verbs, data = words[::2], words[1::2]
    kinds = {verb.text.upper() for verb in verbs}
    if len(kinds) != 1 or not kinds <= {"INSERT", "DELETE"} or len(verbs) != len(data):
        return None
    if any(word.text.upper() != "DATA" for word in data):
        return None
    pieces, done = [], 0
    for verb in verbs:
        pieces += [text[done : verb.start], "INSERT"]
        done = verb.end
    return kinds.pop(), "".join([*pieces, text[done:]])


def _with(text: str, found: Sequence[Token], clauses: str) -> str:
    pieces, done = [], 0
    outside = list(_outside(found))
    for before, token, after in zip([None, *outside], outside, outside[1:], strict=False):
        word = token.text.upper()
        if token.kind is Kind.WORD and word in _CHOOSING:
            line, column = place(text, token.start)
            raise CoopgraphError(
                "request",
                f"The update says {word}, and the request names graphs as well: only one may choose.",
                line=line,
                column=column,
            )
        if token.kind is Kind.WORD and word not in _WORDS:
            line, column = place(text, token.start)
            raise CoopgraphError("syntax", f"{token.text} begins no operation.", line=line, column=column)
        if word != "WHERE" or token.kind is not Kind.WORD or before is None:
            continue
        if before.text == "}":
            insertion = f" {clauses} "
        elif after.text == "{":
            # DELETE WHERE has no place for graphs, so it is written out: its pattern is its template as well.
            insertion = f" {text[after.start : _closing(found, after)]} {clauses} "
        else:
            continue
        pieces += [text[done : token.start], insertion]
        done = token.start
    return "".join([*pieces, text[done:]])


def _blank_but(text: str, kept: Iterable[tuple[int, int]]) -> str:
    """Blanks in as many lines and columns as the text has, and what is to be kept of it in its place."""
    pieces, done = [], 0
    for start, end in kept:
        if end <= len(text):
            pieces += [_LETTER.sub(" ", text[done:start]), text[start:end]]
            done = end
    return "".join([*pieces, _LETTER.sub(" ", text[done:])])


def _outside(found: Iterable[Token]) -> Iterator[Token]:
    """The tokens outside all braces, and the outermost braces themselves."""
    depth = 0
    for token in found:
        depth -= token.text == "}"
        if depth == 0:
            yield token
        depth += token.text == "{"


def _closing(found: Iterable[Token], opening: Token) -> int:
    depth = 0
    for token in found:
        if token.start >= opening.start:
            depth += (token.text == "{") - (token.text == "}")
            if depth == 0:
                return token.end
    raise CoopgraphError("syntax", "A brace is not closed.")


def _node(name: str) -> NamedNode:
    try:
        return NamedNode(name)
    except ValueError as error:
        raise CoopgraphError("request", f"{name!r} is no absolute IRI and names no graph.") from error
