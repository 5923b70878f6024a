"""The shipped questions and prefixes, as people read them and as triples that query editors look for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from pyoxigraph import Literal, NamedNode, Triple

from coopgraph import resources, terms
from coopgraph import vocabulary as cg
from coopgraph.curate.questions import query, read_questions
from coopgraph.errors import CoopgraphError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_SCHEMA: Final = "https://schema.org/"
_COMMENT: Final = NamedNode(terms.PREFIXES["rdfs"] + "comment")
_FORMS: Final = {"SELECT": "Select", "ASK": "Ask", "CONSTRUCT": "Construct"}


@dataclass(frozen=True, slots=True)
class Example:
    """A question in words and in SPARQL, in the default base."""

    name: str
    title: str
    query: str


def shipped() -> tuple[Example, ...]:
    """All shipped questions, by name; none where the package has none."""
    try:
        directory = resources.directory("ontology")
    except CoopgraphError:
        return ()
    return tuple(Example(one.name, one.title, query(one)) for one in read_questions(directory))


def prefixes() -> Iterator[Triple]:
    """The prefixes as SHACL declares them, by the ontology."""
    for name, namespace in terms.PREFIXES.items():
        declaration = NamedNode(f"{terms.BASE}void#prefix-{name}")
        yield Triple(terms.ONTOLOGY, _sh("declare"), declaration)
        yield Triple(declaration, cg.RDF_TYPE, _sh("PrefixDeclaration"))
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
        yield Triple(node, cg.RDF_TYPE, _sh("SPARQLExecutable"))
        yield Triple(node, cg.RDF_TYPE, _sh(f"SPARQL{_FORMS[form]}Executable"))
        yield Triple(node, _COMMENT, Literal(one.title, language="en"))
        yield Triple(node, _sh(form.lower()), Literal(one.query))
        yield Triple(node, _sh("prefixes"), terms.ONTOLOGY)
        yield Triple(node, NamedNode(_SCHEMA + "target"), NamedNode(terms.BASE + "sparql"))


def _form(text: str) -> str | None:
    """The first of the words that begin a query."""
    words = text.replace("{", " { ").split()
    return next((word.upper() for word in words if word.upper() in _FORMS), None)


def _sh(name: str) -> NamedNode:
    return NamedNode(terms.PREFIXES["sh"] + name)
