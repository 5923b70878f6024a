"""The JSON-LD context and frames that are shipped; nothing is ever fetched."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, Final, NoReturn

from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad

from coopgraph import resources, terms
from coopgraph.errors import CoopgraphError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

CONTEXT: Final = "context.jsonld"
_NATIVE: Final = {"xsd:integer", "xsd:boolean"}
_SAFE_INTEGER: Final = re.compile(r"0|-?[1-9][0-9]{0,14}")


def context(base: str = terms.BASE) -> dict[str, Any]:
    """The terms of the shipped context, for a release of this base."""
    text = (resources.directory("ontology") / CONTEXT).read_text(encoding="utf-8")
    return dict(json.loads(terms.rebase(text, base))["@context"])


def frame_names() -> tuple[str, ...]:
    """The names of the shipped frames."""
    return tuple(sorted(path.stem for path in (resources.directory("ontology") / "frames").glob("*.jsonld")))


def frame(name: str, base: str = terms.BASE) -> dict[str, Any]:
    """A shipped frame, its reference to the context replaced by the context itself.

    Raises:
        CoopgraphError: "not-found" if there is no frame of this name.
    """
    if name not in frame_names():
        raise CoopgraphError(
            "not-found", f"There is no frame {name!r}.", remedy=f"There are {', '.join(frame_names())}."
        )
    text = (resources.directory("ontology") / "frames" / f"{name}.jsonld").read_text(encoding="utf-8")
    made = dict(json.loads(terms.rebase(text, base)))
    made["@context"] = {
        key: value
        for part in made["@context"]
        for key, value in (context(base) if part == f"../{CONTEXT}" else part).items()
    }
    return made


def refuse_loading(url: str, _: object = None) -> NoReturn:
    """Stand in for PyLD's loader: whatever it asks for from outside is refused.

    Raises:
        CoopgraphError: "forbidden", always.
    """
    raise CoopgraphError("forbidden", f"A JSON-LD document asks for {url}; nothing is fetched.")


def rdf_dataset(quads: Iterable[Quad]) -> dict[str, list[dict[str, Any]]]:
    """The quads in PyLD's own form, without the detour through its text parser."""
    graphs: dict[str, list[dict[str, Any]]] = {"@default": []}
    for quad in quads:
        name = "@default" if isinstance(quad.graph_name, DefaultGraph) else str(_term(quad.graph_name)["value"])
        graphs.setdefault(name, []).append(
            {"subject": _term(quad.subject), "predicate": _term(quad.predicate), "object": _term(quad.object)}
        )
    return graphs


def with_native_values(document: Any, definitions: Mapping[str, Any]) -> Any:
    """The compacted document with JSON numbers and booleans where the context says that a term's values are such.

    Integers that a reader might take for floating-point numbers stay strings.
    """
    if isinstance(document, list):
        return [with_native_values(item, definitions) for item in document]
    if not isinstance(document, dict):
        return document
    found = {}
    for key, value in document.items():
        definition = definitions.get(key)
        kind = definition.get("@type") if isinstance(definition, dict) else None
        found[key] = _native(value, kind) if kind in _NATIVE else with_native_values(value, definitions)
    return found


def _native(value: Any, kind: str) -> Any:
    if isinstance(value, list):
        return [_native(item, kind) for item in value]
    if not isinstance(value, str):
        return value
    if kind == "xsd:boolean":
        return {"true": True, "false": False}.get(value, value)
    return int(value) if _SAFE_INTEGER.fullmatch(value) else value


def dump(document: object) -> bytes:
    """The document as JSON with sorted members, so that equal content gives equal bytes."""
    return (json.dumps(document, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


def _term(term: object) -> dict[str, Any]:
    if isinstance(term, NamedNode):
        return {"type": "IRI", "value": term.value}
    if isinstance(term, BlankNode):
        return {"type": "blank node", "value": f"_:{term.value}"}
    if isinstance(term, Literal):
        found = {"type": "literal", "value": term.value, "datatype": term.datatype.value}
        return found if term.language is None else found | {"language": term.language}
    raise TypeError(f"{term!r} cannot stand in JSON-LD 1.1")
