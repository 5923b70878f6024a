"""What may run: queries and updates, and none that would make the engine call another server."""

from __future__ import annotations

import re
from enum import Enum
from typing import TYPE_CHECKING, Final

from coopgraph.errors import CoopgraphError
from coopgraph.sparql.lexer import Kind, Token, place, skip_space, terminal, tokens

if TYPE_CHECKING:
    from collections.abc import Callable


class Form(Enum):
    """What a query answers with."""

    TABLE = "table"
    GRAPH = "graph"


_FORMS: Final = {"SELECT": Form.TABLE, "ASK": Form.TABLE, "CONSTRUCT": Form.GRAPH, "DESCRIBE": Form.GRAPH}
_PROLOGUE: Final = ("BASE", "PREFIX", "VERSION")
_UPDATES: Final = ("INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY", "WITH")
MOST_TOKENS: Final = 30_000
"""How many tokens of a query with one of the words of outgoing calls are looked at; more would hold up others."""

_SERVICE: Final = "service"
_OUTGOING: Final = (_SERVICE, "load")
_NAMES_A_GRAPH: Final = ("graph", "from", "named")
# The engine fetches by HTTP alone. Escapes are left out, so that what is judged here is what the engine reads.
_UNREACHABLE: Final = re.compile(
    r"[ \t\r\n]+SILENT[ \t\r\n]+<(?!https?:)[a-z][a-z0-9+.\-]*:[^\x00-\x20<>\"{}|^`\\]*>", re.IGNORECASE
)
_ESCAPE: Final = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")


def admit(text: str) -> Form | None:
    r"""What the query answers with, if it may run; None if it begins like no query, which the engine will say better.

    Engines differ in where a keyword ends (one that reads character by character finds `SERVICE` in `trueSERVICE` and
    in `true.SERVICE:x {`) and in whether `\u0053` is read before or after the terminals. A query passes only if no
    such reading calls a service. The price: a prefix whose name contains "service", used right before an opening
    brace, is refused as well; a full stop or a space of grammar between them helps.

    Raises:
        CoopgraphError: "forbidden" for SERVICE and LOAD; "request" for an update; "syntax" for text that has one of
            those words in it and is not made of SPARQL's terminals. Line and column are given. Also "request" for one
            that has such a word and is too long to be judged.
    """
    form = _form(text)
    _demand_local(text, _calls_out, most=MOST_TOKENS)
    return form


def admit_update(text: str) -> None:
    """Let an update pass that makes no call, judged like a query by `admit`.

    LOAD passes only as LOAD SILENT of an IRI that nobody can fetch, which by the standard does nothing.

    Raises:
        CoopgraphError: "forbidden" for SERVICE and any other LOAD, "request" and "syntax" as for `admit`.
    """
    _demand_local(text, _update_calls_out, most=len(text))


def _demand_local(text: str, calls_out: Callable[[str, Token | None, Token], bool], *, most: int) -> None:
    readable = variants(text)
    failures = [failure for variant in readable if (failure := _judge(variant, calls_out, most=most)) is not None]
    if len(failures) == len(readable):
        raise failures[0]


def variants(text: str) -> tuple[str, ...]:
    """The text as it stands and, if that differs, with its code point escapes read before anything else."""
    return tuple(dict.fromkeys((text, _unescaped(text)))) if "\\" in text else (text,)


def _form(text: str) -> Form | None:
    """The first word that is not of the prologue decides."""
    token = terminal(text, skip_space(text, 0))
    while token is not None and in_prologue(token):
        token = terminal(text, skip_space(text, token.end))
    if token is None:
        return None
    word = token.text.upper()
    if token.kind is Kind.WORD and word in _UPDATES:
        line, column = place(text, token.start)
        raise CoopgraphError(
            "request", "This is an update, and here only queries are answered.", line=line, column=column
        )
    return next((form for name, form in _FORMS.items() if word.startswith(name)), None)


def in_prologue(token: Token) -> bool:
    """Whether such a token may belong to what stands before a query or the first operation of an update."""
    return (
        token.kind in {Kind.IRI, Kind.STRING}
        or (token.kind is Kind.WORD and token.text.upper() in _PROLOGUE)
        or (token.kind is Kind.PREFIXED and token.text.endswith(":"))
    )


def _judge(text: str, calls_out: Callable[[str, Token | None, Token], bool], *, most: int) -> CoopgraphError | None:
    """The mistake that keeps the text from being read, if any; what must not run is raised."""
    folded = text.casefold()
    if not any(word in folded for word in _OUTGOING):
        return None
    try:
        for number, (previous, token) in enumerate(tokens(text)):
            if number > most:
                raise CoopgraphError(
                    "request",
                    "The query is too long to be searched for outgoing calls.",
                    remedy='Leave out the words "service" and "load", also in names and comments, or ask for less.',
                )
            if calls_out(text, previous, token):
                line, column = place(text, token.start)
                raise CoopgraphError(
                    "forbidden",
                    "SERVICE and LOAD are refused: nothing sent here makes this server call another one.",
                    line=line,
                    column=column,
                )
    except CoopgraphError as error:
        if error.code != "syntax":
            raise
        return error
    return None


def _calls_out(text: str, previous: Token | None, token: Token) -> bool:
    if token.kind is Kind.WORD:
        # No keyword and no function has these letters in it, so there is no honest use of such a word.
        return any(word in token.text.lower() for word in _OUTGOING)
    if token.kind not in {Kind.PREFIXED, Kind.BLANK}:
        return False
    names_graph = previous is not None and previous.kind is Kind.WORD and previous.text.lower() in _NAMES_A_GRAPH
    for found in re.finditer(_SERVICE, token.text, re.IGNORECASE):
        before = token.text[: found.start()]
        exposed = ":" not in before or before.endswith(".")
        if exposed and not (names_graph and not before) and _takes_a_service(text, token.start + found.end()):
            return True
    return False


def _update_calls_out(text: str, previous: Token | None, token: Token) -> bool:
    if token.kind is Kind.WORD and token.text.upper() == "LOAD":
        return _UNREACHABLE.match(text, token.end) is None
    return _calls_out(text, previous, token)


def _takes_a_service(text: str, position: int) -> bool:
    """Whether what follows is how a service clause goes on: SILENT perhaps, a name, an opening brace."""
    position = skip_space(text, position)
    starts = [position]
    if text[position : position + 6].lower() == "silent":
        starts.append(skip_space(text, position + 6))
    for start in starts:
        name = terminal(text, start)
        if name is not None and name.kind in {Kind.VARIABLE, Kind.IRI, Kind.PREFIXED}:
            brace = skip_space(text, name.end)
            if text.startswith("{", brace) and not text.startswith("{|", brace):
                return True
    return False


def _unescaped(text: str) -> str:
    """The text with code point escapes replaced, as the standard has it done before anything else."""

    def character(match: re.Match[str]) -> str:
        number = int(match[1] or match[2], 16)
        return match[0] if number > 0x10FFFF or 0xD800 <= number < 0xE000 else chr(number)

    return _ESCAPE.sub(character, text)
