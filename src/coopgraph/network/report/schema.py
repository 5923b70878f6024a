"""The JSON Schema (2020-12) of a report, made from the types of its value: the two cannot drift apart."""

from __future__ import annotations

import inspect
import json
import types
from dataclasses import fields, is_dataclass
from typing import Annotated, Any, Final, Union, get_args, get_origin, get_type_hints

_ROOM: Final = 100
DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"
_PLAIN: Final[dict[Any, dict[str, Any]]] = {
    int: {"type": "integer"},
    float: {"type": "number"},
    str: {"type": "string"},
    bool: {"type": "boolean"},
    type(None): {"type": "null"},
}


def schema(value: type, *, identity: str, name: str, version: int) -> dict[str, Any]:
    """The schema of reports of this type: all members are required and no others allowed.

    Raises:
        TypeError: if a field has a type that has no counterpart in JSON.
    """
    parts: dict[str, Any] = {}
    whole = _object(value, parts)
    head = {"format": {"const": name}, "version": {"const": version}}
    return {
        "$schema": DIALECT,
        "$id": identity,
        "title": name,
        "description": whole["description"],
        "type": "object",
        "properties": {**head, **whole["properties"]},
        "required": [*head, *whole["required"]],
        "additionalProperties": False,
        "$defs": dict(sorted(parts.items())),
    }


def written(part: Any, depth: int = 0) -> str:
    """The part as JSON: what has room stands on one line, of all else each member on its own."""
    line = json.dumps(part, ensure_ascii=False)
    if not isinstance(part, dict) or len(line) <= _ROOM:
        return line
    inner = " " * (depth + 1)
    members = ",\n".join(f"{inner}{json.dumps(name)}: {written(one, depth + 1)}" for name, one in part.items())
    return f"{{\n{members}\n{' ' * depth}}}"


def _object(value: type, parts: dict[str, Any]) -> dict[str, Any]:
    hints = get_type_hints(value, include_extras=True)
    properties = {field.name: _type(hints[field.name], parts) for field in fields(value)}
    return {
        "description": " ".join((inspect.getdoc(value) or "").split()),
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def _type(hint: Any, parts: dict[str, Any]) -> dict[str, Any]:
    origin, arguments = get_origin(hint), get_args(hint)
    if origin is Annotated:
        return {**_type(arguments[0], parts), **dict(arguments[1])}
    if origin in {Union, types.UnionType}:
        return {"anyOf": [_type(one, parts) for one in arguments]}
    if origin is tuple and len(arguments) == 2 and arguments[1] is ...:
        return {"type": "array", "items": _type(arguments[0], parts)}
    if is_dataclass(hint) and isinstance(hint, type):
        if hint.__name__ not in parts:
            parts[hint.__name__] = {}  # a value may hold values of its own type
            parts[hint.__name__] = _object(hint, parts)
        return {"$ref": f"#/$defs/{hint.__name__}"}
    if hint in _PLAIN:
        return dict(_PLAIN[hint])
    raise TypeError(f"{hint!r} has no counterpart in JSON")
