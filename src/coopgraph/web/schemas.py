"""What the JSON of each address looks like, as JSON Schema."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from coopgraph.errors import KINDS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from coopgraph.curate.questions import Question

    Schema = Mapping[str, Any]

TEXT: Final = {"type": "string"}
WHOLE: Final = {"type": "integer", "minimum": 0}
TRUTH: Final = {"type": "boolean"}
IRI: Final = {"type": "string", "minLength": 1}
NUMBER: Final = {"type": "integer", "minimum": 0, "maximum": 999_999_999}
_MAYBE_TEXT: Final = {"type": ["string", "null"]}


def listed(items: Schema) -> Schema:
    """An array of these."""
    return {"type": "array", "items": items}


def shaped(required: Mapping[str, Schema], optional: Mapping[str, Schema] | None = None) -> Schema:
    """An object with these members and no others."""
    return {
        "type": "object",
        "properties": {**required, **(optional or {})},
        "required": list(required),
        "additionalProperties": False,
    }


def mapped(values: Schema) -> Schema:
    """An object with any members, whose values are these."""
    return {"type": "object", "additionalProperties": values}


def named(name: str) -> Schema:
    """The schema of this name in `COMPONENTS`."""
    return {"$ref": f"#/components/schemas/{name}"}


def answer(question: Question) -> Schema:
    """The answer to this question: that of any, with its columns."""
    cells = {column.name: {"anyOf": [named("Value"), {"type": "null"}]} for column in question.columns}
    members = {"question": {"const": question.name}, "rows": listed(shaped(cells))}
    return {"allOf": [named("Answer"), {"type": "object", "properties": members}]}


_NAMED_IRI: Final = shaped({"iri": TEXT, "label": TEXT})
_STATEMENTS: Final = listed(
    shaped(
        {
            "property": _NAMED_IRI,
            "values": listed(shaped({"text": TEXT}, {"iri": TEXT, "language": TEXT, "why": TEXT})),
        }
    )
)
_COLUMNS: Final = listed(
    shaped({"name": TEXT, "type": {"enum": ["iri", "text", "integer", "number", "date"]}}),
)
_PLACE: Final = shaped(
    {"document": TEXT, "start": WHOLE, "end": WHOLE, "digest": TEXT, "quotation": _MAYBE_TEXT},
)
_STATE: Final = shaped({"datetime": TEXT, "uri": TEXT, "release": WHOLE})

_MAYBE_NUMBER: Final = {"type": ["number", "null"]}
_QUERY: Final = shaped(
    {
        "id": TEXT,
        "state": TEXT,
        "outcome": _MAYBE_TEXT,
        "age": {"type": "number"},
        "waited": _MAYBE_NUMBER,
        "ran": _MAYBE_NUMBER,
        "release": _MAYBE_NUMBER,
        "rows": _MAYBE_NUMBER,
        "bytes": _MAYBE_NUMBER,
    },
    {"client": _MAYBE_TEXT, "text": _MAYBE_TEXT},
)

COMPONENTS: Final[Mapping[str, Schema]] = {
    "Problem": {
        "type": "object",
        "description": "RFC 9457. What went wrong, for people in detail, for programs in type.",
        "properties": {
            "type": {"enum": [f"urn:coopgraph:error:{code}" for code in KINDS]},
            "title": TEXT,
            "status": {"type": "integer", "minimum": 400, "maximum": 599},
            "detail": TEXT,
            "line": WHOLE,
            "column": WHOLE,
            "limit": TEXT,
            "query_id": TEXT,
            "fields": mapped(TEXT),
            "problems": listed({"type": "object"}),
        },
        "required": ["type", "title", "status", "detail"],
    },
    "Value": {
        "oneOf": [
            shaped({"type": {"const": "iri"}, "value": IRI, "label": TEXT, "language": _MAYBE_TEXT}),
            shaped({"type": {"const": "text"}, "value": TEXT, "language": _MAYBE_TEXT}),
            shaped({"type": {"const": "integer"}, "value": {"type": "integer"}}),
            shaped({"type": {"const": "number"}, "value": {"type": "number"}}),
            shaped({"type": {"const": "date"}, "value": {"type": "string", "pattern": "^-?[0-9]{4}"}}),
        ]
    },
    "Answer": {
        "type": "object",
        "properties": {
            "question": TEXT,
            "title": TEXT,
            "release": WHOLE,
            "digest": TEXT,
            "parameters": mapped(_MAYBE_TEXT),
            "columns": _COLUMNS,
            "rows": listed(mapped({"anyOf": [named("Value"), {"type": "null"}]})),
            "next": _MAYBE_TEXT,
        },
        "required": ["question", "title", "release", "digest", "parameters", "columns", "rows", "next"],
    },
    "Questions": shaped(
        {
            "release": WHOLE,
            "questions": listed(
                shaped(
                    {
                        "name": TEXT,
                        "title": TEXT,
                        "description": TEXT,
                        "topic": TEXT,
                        "url": TEXT,
                        "parameters": listed(
                            shaped(
                                {
                                    "name": TEXT,
                                    "label": TEXT,
                                    "type": TEXT,
                                    "of": _MAYBE_TEXT,
                                    "required": TRUTH,
                                    "default": _MAYBE_TEXT,
                                }
                            )
                        ),
                        "columns": _COLUMNS,
                        "example": {"anyOf": [mapped(TEXT), {"type": "null"}]},
                        "query": TEXT,
                    }
                )
            ),
        }
    ),
    "Start": shaped({"release": WHOLE, "counts": mapped(WHOLE)}),
    "Thing": {
        "type": "object",
        "properties": {
            "iri": IRI,
            "label": TEXT,
            "names": listed(shaped({"text": TEXT, "language": TEXT})),
            "kinds": listed(_NAMED_IRI),
        },
        "required": ["iri", "label", "names", "kinds"],
        "additionalProperties": shaped({"statements": _STATEMENTS, "incoming": _STATEMENTS}),
    },
    "Collection": shaped(
        {
            "iri": IRI,
            "title": TEXT,
            "members": listed(shaped({"iri": TEXT, "label": TEXT, "kind": TEXT, "definition": TEXT})),
        }
    ),
    "Explanations": listed(
        shaped(
            {
                "assertion": IRI,
                "predicate": IRI,
                "object": TEXT,
                "factuality": IRI,
                "polarity": IRI,
                "rank": IRI,
            },
            {
                "role": IRI,
                "attributed_to": IRI,
                "valid_from": TEXT,
                "valid_until": TEXT,
                "passages": listed(_PLACE),
                "records": listed(IRI),
                "rule": IRI,
                "premises": listed(IRI),
            },
        )
    ),
    "Verdict": shaped(
        {
            "conforms": TRUTH,
            "violations": WHOLE,
            "warnings": WHOLE,
            "infos": WHOLE,
            "findings": listed(
                shaped(
                    dict.fromkeys(("code", "severity", "focus", "path", "value", "message", "shape", "component"), TEXT)
                )
            ),
        }
    ),
    "Release": {
        "type": "object",
        "properties": {
            "number": WHOLE,
            "digest": TEXT,
            "created": TEXT,
            "base": TEXT,
            "counts": mapped(WHOLE),
            "verdict": {"type": "object"},
            "versions": mapped(TEXT),
        },
        "required": ["number", "digest", "created", "counts"],
    },
    "Releases": shaped({"current": WHOLE, "releases": listed(named("Release"))}),
    "Timemap": shaped(
        {
            "original_uri": TEXT,
            "timegate_uri": TEXT,
            "timemap_uri": shaped({"link_format": TEXT, "json_format": TEXT}),
            "mementos": shaped({"list": listed(_STATE)}, {"first": _STATE, "last": _STATE}),
        }
    ),
    "Query": _QUERY,
    "Queries": shaped({"queries": listed(named("Query"))}),
    "Alive": shaped({"status": {"const": "alive"}}),
    "Ready": shaped({"status": {"const": "ready"}, "release": WHOLE, "digest": TEXT}),
    "NotReady": shaped({"status": {"const": "not ready"}, "reasons": listed(TEXT)}),
}
"""All schemas that have a name."""
