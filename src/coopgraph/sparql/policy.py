"""What may run: queries and updates, and none that would make the engine call another server."""

from __future__ import annotations

import re
from enum import Enum
from typing import TYPE_CHECKING, Final

from coopgraph.errors import CoopgraphError
from coopgraph.sparql.lexer import (
    IRI,
    SPACE,
    STRING,
    Kind,
    Terminals,
    Token,
    names,
    place,
    skip_space,
    terminal,
    tokens,
)  # fmt: skip
from coopgraph.sparql.mentions import OUTGOING, SERVICE, calls_nothing, mentions

if TYPE_CHECKING:
    from collections.abc import Callable

    _Judgement = Callable[[str, Token | None, Token], bool]


class Form(Enum):
    """What a query answers with."""

    TABLE = "table"
    GRAPH = "graph"


_FORMS: Final = {"SELECT": Form.TABLE, "ASK": Form.TABLE, "CONSTRUCT": Form.GRAPH, "DESCRIBE": Form.GRAPH}
_PROLOGUE: Final = ("BASE", "PREFIX", "VERSION")
_UPDATES: Final = ("INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY", "WITH")
MOST_TOKENS: Final = 30_000
"""How many tokens of a query with one of the words of outgoing calls are looked at; more would hold up others."""

MOST_UPDATE_TOKENS: Final = 100_000
"""The same for an update, which its operator sends, and which may be longer."""

_IN_QUERIES: Final = 'Leave out the words "service" and "load", also in names, or ask for less.'
_IN_UPDATES: Final = 'Leave out the words "service" and "load" in names, or change less at once, or add data at /store.'
_MOST_IN_NAME: Final = 8
_LONG_PROLOGUE: Final = re.compile(
    rf"(?:{SPACE}(?>{IRI}|{STRING}|(?:{names()[0]})?:(?:{names()[1]})?|[A-Za-z]++)){{400}}"
)
_PROLOGUE_KINDS: Final = (Kind.IRI, Kind.STRING)
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
    _demand_local(text, _calls_out, most=MOST_TOKENS, remedy=_IN_QUERIES)
    return form


def is_quick(text: str) -> bool:
    """Whether `admit` need not look at many tokens one by one."""
    return _LONG_PROLOGUE.match(text) is None and all(map(_is_harmless, variants(text)))


def admit_update(text: str) -> None:
    """Let an update pass that makes no call, judged like a query by `admit`.

    LOAD passes only as LOAD SILENT of an IRI that nobody can fetch, which by the standard does nothing.

    Raises:
        CoopgraphError: "forbidden" for SERVICE and any other LOAD, "request" and "syntax" as for `admit`.
    """
    _demand_local(text, _update_calls_out, most=MOST_UPDATE_TOKENS, remedy=_IN_UPDATES)


def _demand_local(text: str, calls_out: _Judgement, *, most: int, remedy: str) -> None:
    readable = variants(text)
    judged = [_judge(variant, calls_out, most=most, remedy=remedy) for variant in readable]
    failures = [failure for failure in judged if failure is not None]
    if len(failures) == len(readable):
        raise failures[0]


def _is_harmless(text: str) -> bool:
    return not mentions(text) or calls_nothing(text)


def variants(text: str) -> tuple[str, ...]:
    """The text as it stands and, if that differs, with its code point escapes read before anything else."""
    return tuple(dict.fromkeys((text, _unescaped(text)))) if "\\" in text else (text,)


def _form(text: str) -> Form | None:
    """The first word that is not of the prologue decides."""
    token = _after_prologue(text, MOST_TOKENS)
    if token is None:
        return None
    word = token.text.upper()
    if token.kind is Kind.WORD and word in _UPDATES:
        line, column = place(text, token.start)
        raise CoopgraphError(
            "request", "This is an update, and here only queries are answered.", line=line, column=column
        )
    return next((form for name, form in _FORMS.items() if word.startswith(name)), None)


def _after_prologue(text: str, most: int) -> Token | None:
    """The token after the prologue; None if there is none.

    Raises:
        CoopgraphError: "request" if the prologue has more tokens than `most`.
    """
    terminals = Terminals(text)
    token, number = terminals.at(skip_space(text, 0)), 0
    while token is not None and in_prologue(token):
        number += 1
        if number > most:
            raise CoopgraphError("request", f"The prologue has more than {most} words, names and signs.")
        token = terminals.at(skip_space(text, token.end))
    return token


def in_prologue(token: Token) -> bool:
    """Whether such a token may belong to what stands before a query or the first operation of an update."""
    return (
        token.kind in _PROLOGUE_KINDS
        or (token.kind is Kind.WORD and token.text.upper() in _PROLOGUE)
        or (token.kind is Kind.PREFIXED and token.text.endswith(":"))
    )


def _judge(text: str, calls_out: _Judgement, *, most: int, remedy: str) -> CoopgraphError | None:
    """The mistake that keeps the text from being read, if any; what must not run is raised."""
    if _is_harmless(text):
        return None
    try:
        for number, (previous, token) in enumerate(tokens(text)):
            if number > most:
                raise CoopgraphError(
                    "request",
                    f"Only {most} words and signs are searched for outgoing calls, and here are more.",
                    remedy=remedy,
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
        return any(word in token.text.lower() for word in OUTGOING)
    if token.kind not in {Kind.PREFIXED, Kind.BLANK}:
        return False
    names_graph = previous is not None and previous.kind is Kind.WORD and previous.text.lower() in _NAMES_A_GRAPH
    for number, found in enumerate(re.finditer(SERVICE, token.text, re.IGNORECASE)):
        if number == _MOST_IN_NAME:
            line, column = place(text, token.start)
            raise CoopgraphError("request", "This name can be read in too many ways.", line=line, column=column)
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
