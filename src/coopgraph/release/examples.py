"""The shipped questions and prefixes, as people read them and as triples that query editors look for."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from pyoxigraph import Literal, NamedNode, Triple

from coopgraph import resources, terms
from coopgraph.errors import CoopgraphError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_TITLE: Final = "# title: "
_SCHEMA: Final = "https://schema.org/"
_TYPE: Final = NamedNode(terms.PREFIXES["rdf"] + "type")
_COMMENT: Final = NamedNode(terms.PREFIXES["rdfs"] + "comment")
_FORMS: Final = {"SELECT": "Select", "ASK": "Ask", "CONSTRUCT": "Construct"}


@dataclass(frozen=True, slots=True)
class Example:
    """A question in words and in SPARQL, in the default base."""

    name: str
    title: str
    query: str


@lru_cache(maxsize=1)
def shipped() -> tuple[Example, ...]:
    """All shipped questions, by their wording; none where the package has none."""
    try:
        files = sorted((resources.directory("ontology") / "questions").glob("*.rq"))
    except CoopgraphError:
        return ()
    found = []
    for file in files:
        lines = file.read_text(encoding="utf-8").splitlines()
        titles = [line.removeprefix(_TITLE) for line in lines if line.startswith(_TITLE)]
        query = "\n".join(line for line in lines if not line.startswith("#")).strip()
        if titles:
            found.append(Example(file.stem, titles[0], query + "\n"))
    return tuple(sorted(found, key=lambda one: one.title))


def prefixes() -> Iterator[Triple]:
    """The prefixes as SHACL declares them, by the ontology."""
    for name, namespace in terms.PREFIXES.items():
        declaration = NamedNode(f"{terms.BASE}void#prefix-{name}")
        yield Triple(terms.ONTOLOGY, _sh("declare"), declaration)
        yield Triple(declaration, _TYPE, _sh("PrefixDeclaration"))
        yield Triple(declaration, _sh("prefix"), Literal(name))
        yield Triple(
            declaration, _sh("namespace"), Literal(namespace, datatype=NamedNode(terms.PREFIXES["xsd"] + "anyURI"))
        )


def executables(examples: Iterable[Example]) -> Iterator[Triple]:
    """The questions as SHACL executables, each under the address of its page."""
    for one in examples:
        form = _form(one.query)
        if form is None:
            continue
        node = NamedNode(f"{terms.BASE}questions/{one.name}")
        yield Triple(node, _TYPE, _sh("SPARQLExecutable"))
        yield Triple(node, _TYPE, _sh(f"SPARQL{_FORMS[form]}Executable"))
        yield Triple(node, _COMMENT, Literal(one.title, language="en"))
        yield Triple(node, _sh(form.lower()), Literal(one.query))
        yield Triple(node, _sh("prefixes"), terms.ONTOLOGY)
        yield Triple(node, NamedNode(_SCHEMA + "target"), NamedNode(terms.BASE + "sparql"))


def _form(query: str) -> str | None:
    """The first of the words that begin a query."""
    words = query.replace("{", " { ").split()
    return next((word.upper() for word in words if word.upper() in _FORMS), None)


def _sh(name: str) -> NamedNode:
    return NamedNode(terms.PREFIXES["sh"] + name)
