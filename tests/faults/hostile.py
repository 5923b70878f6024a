"""Queries that are meant to do harm, and the ends that each of them may come to.

They need no particular data: a few hundred quads are enough to keep an engine busy for years.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

TABLE: Final = "application/sparql-results+json"
GRAPH: Final = "text/turtle"

ANSWERED: Final = "answered"
_ENDLESS: Final = frozenset({"deadline"})
# Whichever comes first depends on the machine.
_GREEDY: Final = frozenset({"deadline", "memory"})
_MUCH: Final = frozenset({"too-large", "deadline"})
_DEEP: Final = frozenset({"too-deep"})
_HARMLESS: Final = frozenset({ANSWERED})
_FAILED: Final = frozenset({"internal"})

_TWO: Final = "?a ?b ?c . ?d ?e ?f"
_FOUR: Final = f"{_TWO} . ?g ?h ?i . ?j ?k ?l"
_NEVER: Final = "FILTER(STRLEN(CONCAT(STR(?a), STR(?d), STR(?g), STR(?j))) < 0)"
_ANY: Final = "!<http://example.org/none>"


@dataclass(frozen=True, slots=True)
class Hostile:
    """A query and what it may end with: error codes, or `ANSWERED` for one that turns out to be harmless.

    `calls` says that it asks the engine to call `{target}`; the policy refuses such a query before any reader has it.
    """

    name: str
    text: str
    ends: frozenset[str]
    media_type: str = TABLE
    calls: bool = False


def _times(number: int, *parts: str) -> str:
    return "".join(part * number for part in parts)


def _doubling(number: int) -> str:
    steps = " ".join(f"BIND(CONCAT(?x{i}, ?x{i}) AS ?x{i + 1})" for i in range(number))
    return f'SELECT (STRLEN(?x{number}) AS ?n) {{ BIND("0123456789" AS ?x0) {steps} }}'


def _values(rows: int) -> str:
    return "VALUES (?x ?y) { " + " ".join(f"({i} {i + 1})" for i in range(rows)) + " }"


_CROSS: Final = (
    Hostile("count", f"SELECT (COUNT(*) AS ?n) {{ {_FOUR} {_NEVER} }}", _ENDLESS),
    Hostile("count distinct", f"SELECT (COUNT(DISTINCT *) AS ?n) {{ {_FOUR} }}", _GREEDY),
    Hostile("sum", f"SELECT (SUM(STRLEN(STR(?c))) AS ?n) {{ {_FOUR} }}", _ENDLESS),
    Hostile("order", f"SELECT * {{ {_FOUR} }} ORDER BY DESC(STR(?l)) ?a LIMIT 5", _GREEDY),
    Hostile("order by random", f"SELECT ?a {{ {_FOUR} }} ORDER BY RAND() LIMIT 1", _GREEDY),
    Hostile("distinct", f"SELECT (COUNT(*) AS ?n) {{ SELECT DISTINCT ?a ?d ?g ?j {{ {_FOUR} }} }}", _GREEDY),
    Hostile("reduced", f"SELECT REDUCED ?b {{ {_FOUR} {_NEVER} }}", _ENDLESS),
    Hostile("group", f"SELECT ?a ?d ?g (COUNT(*) AS ?n) {{ {_FOUR} }} GROUP BY ?a ?d ?g", _GREEDY),
    Hostile("group_concat", f"SELECT (GROUP_CONCAT(STR(?a)) AS ?n) {{ {_FOUR} }}", _GREEDY),
    Hostile("ask", f"ASK {{ {_FOUR} {_NEVER} }}", _ENDLESS),
    Hostile("optional", f"SELECT (COUNT(*) AS ?n) {{ {_TWO} OPTIONAL {{ ?g ?h ?i . ?j ?k ?l {_NEVER} }} }}", _GREEDY),
    Hostile("minus", f"SELECT (COUNT(*) AS ?n) {{ {_FOUR} MINUS {{ {_FOUR} }} }}", _GREEDY),
    Hostile("exists", f"SELECT ?a {{ ?a ?b ?c FILTER EXISTS {{ {_FOUR} {_NEVER} }} }}", _GREEDY),
    Hostile("all rows", f"SELECT * {{ {_FOUR} }}", _MUCH),
    Hostile("huge limit", f"SELECT * {{ {_FOUR} }} LIMIT 9223372036854775807", _MUCH),
    Hostile("huge offset", f"SELECT * {{ {_FOUR} }} OFFSET 9000000000000000000 LIMIT 1", _ENDLESS),
    Hostile("construct", f"CONSTRUCT {{ ?a ?b ?l }} {{ {_FOUR} }}", _MUCH, GRAPH),
    Hostile("construct nothing", f"CONSTRUCT {{ ?a ?b ?c }} {{ {_FOUR} {_NEVER} }}", _ENDLESS, GRAPH),
    Hostile("describe", f"DESCRIBE * {{ {_FOUR} }}", _MUCH | _GREEDY, GRAPH),
    Hostile("regex on all", f'ASK {{ {_FOUR} FILTER(REGEX(CONCAT(STR(?a), STR(?d)), "(a|b|ab)*c$")) }}', _ENDLESS),
    Hostile("subqueries", f"SELECT * {{ {{ SELECT (COUNT(*) AS ?n) {{ {_FOUR} {_NEVER} }} }} UNION {{ }} }}", _ENDLESS),
    Hostile("rows of values", f"SELECT (COUNT(*) AS ?n) {{ {_values(20_000)} {_FOUR} {_NEVER} }}", _ENDLESS),
)

_PATHS: Final = (
    Hostile("path", f"SELECT (COUNT(*) AS ?n) {{ ?a ({_ANY})* ?b . ?c ({_ANY})* ?d . ?e ({_ANY})* ?f }}", _GREEDY),
    Hostile("path of paths", f"SELECT (COUNT(*) AS ?n) {{ ?x ((({_ANY})*)+/(^{_ANY})*)* ?y . {_FOUR} }}", _GREEDY),
    Hostile(
        "path both ways", f"ASK {{ ?s ({_ANY}|^{_ANY})+ ?t . ?u ({_ANY}|^{_ANY})+ ?v . {_FOUR} {_NEVER} }}", _GREEDY
    ),
)

_TEXTS: Final = (
    Hostile("doubling text", _doubling(60), _GREEDY),
    Hostile("long literal", f'SELECT ?x {{ BIND("{"a" * 900_000}" AS ?x) }}', _HARMLESS),
    Hostile("long IRI", f"SELECT * {{ <http://example.org/{'a' * 900_000}> ?p ?o }}", _HARMLESS),
    Hostile("long name", f"SELECT * {{ ?{'a' * 900_000} <http://example.org/p> 1 }}", _HARMLESS | _MUCH),
    Hostile("long comment", "ASK { #" + "a" * 900_000 + "\n}", _HARMLESS),
    Hostile("regex bomb", f'ASK {{ FILTER(REGEX("{"a" * 50_000}", "^(a+)+(a|aa)+(a*)*b$")) }}', _HARMLESS),
    Hostile("regex of repetitions", 'ASK { FILTER(REGEX("a", "((((a{99}){99}){99}){99}){99}")) }', _HARMLESS),
    Hostile(
        "replace", f'SELECT (STRLEN(REPLACE("{"a" * 3000}", "a", "{"b" * 100_000}")) AS ?n) {{}}', _GREEDY | _HARMLESS
    ),
    Hostile("values", f"SELECT * {{ {_values(40_000)} FILTER(?x = ?y) }}", _HARMLESS),
    Hostile(
        "list of values",
        f"ASK {{ ?s ?p ?o FILTER(?o IN ({', '.join(map(str, range(-100_000, 0)))})) }}",
        _GREEDY | _HARMLESS,
    ),
)

_DEPTHS: Final = (
    Hostile("groups", "SELECT * " + _times(100_000, "{", "}"), _DEEP),
    Hostile("parentheses", "ASK { FILTER(" + _times(100_000, "(") + "1" + _times(100_000, ")") + ") }", _DEEP),
    Hostile("sums", "SELECT (" + _times(300_000, "1+") + "1 AS ?x) {}", _DEEP),
    Hostile("negations", "ASK { FILTER(" + _times(300_000, "!") + "true) }", _DEEP),
    Hostile("lists", "ASK { " + _times(50_000, "(", ")") + " ?p ?o }", _DEEP),
    Hostile("brackets", "ASK { " + _times(50_000, "[ <http://e/p> ") + _times(50_000, "]") + " }", _DEEP),
    Hostile("unions", "ASK { " + _times(40_000, "{ ?s ?p ?o } UNION ") + "{} }", _DEEP | _HARMLESS | _GREEDY),
    Hostile("nested unions", "ASK { " + _times(40_000, "{ {} UNION ") + "{}" + _times(40_000, "}") + " }", _DEEP),
    Hostile("optionals", "ASK " + _times(40_000, "{ OPTIONAL ") + "{}" + _times(40_000, "}"), _DEEP),
    Hostile("negated groups", "ASK " + _times(40_000, "{ FILTER NOT EXISTS ") + "{}" + _times(40_000, "}"), _DEEP),
    Hostile("subselects", "SELECT * " + _times(40_000, "{ SELECT * ") + "{}" + _times(40_000, "}"), _DEEP),
    Hostile("deep path", "ASK { ?s " + _times(100_000, "(") + "<http://e/p>" + _times(100_000, ")*") + " ?o }", _DEEP),
    Hostile("long path", "ASK { ?s " + _times(60_000, "!<e:>/") + "<http://e/p> ?o }", _DEEP | _HARMLESS | _GREEDY),
    Hostile("long to judge", "ASK { " + _times(400_000, ". ") + "\\u0020 #service\n }", frozenset({"syntax"})),
    Hostile("many patterns", "ASK { " + _times(30_000, "?s ?p ?o . ") + "}", _DEEP | _GREEDY | _HARMLESS),
)

_OUTGOING: Final = (
    Hostile("service", "SELECT * { SERVICE <{target}> { ?s ?p ?o } }", _FAILED, calls=True),
    Hostile("service silent", "SELECT * { SERVICE SILENT <{target}> { ?s ?p ?o } }", _HARMLESS, calls=True),
    Hostile("service by prefix", "PREFIX x: <{target}> SELECT * { sErViCe x: { ?s ?p ?o } }", _FAILED, calls=True),
    Hostile("service by base", "BASE <{target}> SELECT * { SERVICE <> { ?s ?p ?o } }", _FAILED, calls=True),
    Hostile(
        "service by variable",
        "SELECT * { VALUES ?e { <{target}> } SERVICE ?e { ?s ?p ?o } }",
        _FAILED,
        calls=True,
    ),
    Hostile(
        "service after a comment",
        "SELECT * { # harmless\n SERVICE#\n#\n<{target}>#\n{ ?s ?p ?o } }",
        _FAILED,
        calls=True,
    ),
    Hostile(
        "service within",
        "ASK { { SELECT * { OPTIONAL { { FILTER EXISTS { SERVICE <{target}> { ?s ?p ?o } } } } } } }",
        frozenset({"internal", ANSWERED}),
        calls=True,
    ),
    Hostile("service right after a word", "ASK { FILTER(true)SERVICE<{target}>{ ?s ?p ?o } }", _FAILED, calls=True),
    Hostile(
        "escaped service",
        r"SELECT * { \u0053ERVICE <{target}> { ?s ?p ?o } }",
        frozenset({"internal", "syntax"}),
        calls=True,
    ),
    Hostile("from", "SELECT * FROM <{target}> { ?s ?p ?o }", _HARMLESS),
    Hostile("from named", "SELECT * FROM NAMED <{target}> { GRAPH ?g { ?s ?p ?o } }", _HARMLESS),
    Hostile("load", "LOAD <{target}>", frozenset({"syntax"})),
    Hostile("load silent", "LOAD SILENT <{target}> INTO GRAPH <http://example.org/g>", frozenset({"syntax"})),
    Hostile("load after a query", "ASK {} ; LOAD <{target}>", frozenset({"syntax"}), calls=True),
)

QUERIES: Final = (*_CROSS, *_PATHS, *_TEXTS, *_DEPTHS, *_OUTGOING)
