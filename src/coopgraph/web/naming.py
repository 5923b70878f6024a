"""How things, terms and values are shown: a label in the reader's language and a link."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from pyoxigraph import Literal, NamedNode

from coopgraph import terms
from coopgraph.web import pinning
from coopgraph.web.wording import Label, best, date_words, local_name, words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pyoxigraph import BlankNode, Triple

_XSD = terms.PREFIXES["xsd"]
_DATES = frozenset({_XSD + "date", _XSD + "gYearMonth", _XSD + "gYear"})


@dataclass(frozen=True, slots=True)
class Shown:
    """A node as a page shows it; `href` is empty for values, `time` is a machine-readable date or empty."""

    text: str
    language: str = ""
    href: str = ""
    iri: str = ""
    time: str = ""


@dataclass(frozen=True, slots=True)
class Namer:
    """Names nodes for one reader: with these labels, in these languages, below this path of the server.

    Links stay with the release `kept`, if there is one.
    """

    labels: Mapping[str, Sequence[Label]]
    languages: Sequence[str]
    base: str
    root: str
    kept: int | None = None

    def label(self, iri: str) -> Label:
        """The best label of the IRI; its last part in plain words if it has none."""
        found = best(self.labels.get(iri, ()), self.languages)
        if found is not None:
            return found
        return Label(words(local_name(iri)) if iri.startswith(self.base) else self.compact(iri), "")

    def compact(self, iri: str) -> str:
        """The IRI as `prefix:rest` if a known prefix fits, else in angle brackets."""
        return terms.compact(iri, self.base)

    def href(self, iri: str) -> str:
        """Where the IRI is described: here, if it is one of ours."""
        if not iri.startswith(self.base):
            return iri if iri.startswith(("http://", "https://")) else ""
        return pinning.keep(f"{self.root}/{iri.removeprefix(self.base)}", self.kept, root=self.root)

    def show(self, node: NamedNode | BlankNode | Literal | Triple) -> Shown:
        """The node as text, with a link if it is a thing or term."""
        if isinstance(node, NamedNode):
            label = self.label(node.value)
            return Shown(label.text, label.language, self.href(node.value), node.value)
        if isinstance(node, Literal):
            if node.datatype.value in _DATES:
                return Shown(date_words(node.value), time=node.value)
            return Shown(node.value, node.language or "")
        return Shown(str(node))

    def why(self, subject: NamedNode, predicate: NamedNode, object_: NamedNode | Literal) -> str:
        """Where the evidence for a statement is shown."""
        value = object_.value if isinstance(object_, NamedNode) else str(object_)
        pairs = urlencode({"s": subject.value, "p": predicate.value, "o": value})
        return pinning.keep(f"{self.root}/why?{pairs}", self.kept, root=self.root)
