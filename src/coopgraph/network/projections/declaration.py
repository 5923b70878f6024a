"""Read a projection from its declaration, a TOML file of the projection's name."""

from __future__ import annotations

import tomllib
from dataclasses import MISSING, fields
from typing import TYPE_CHECKING, Any

from coopgraph.network.network import Mode
from coopgraph.network.projections import rules
from coopgraph.network.projections.levels import RollUp
from coopgraph.network.projections.projection import Dated, End, Projection

if TYPE_CHECKING:
    from collections.abc import Mapping

_FIELDS = {field.name: field for field in fields(Projection)}
_DEMANDED = {name for name, field in _FIELDS.items() if field.default is MISSING} - {
    "name",
    "rule",
    "rules",
    "prospective",
}


def read(texts: Mapping[str, str]) -> dict[str, Projection]:
    """The projections declared in these TOML texts, by name.

    A declaration has the fields of a `Projection`, and may begin with `like`: what it does not say is then as in the
    declaration of that name. `prospective` is false and `rule` none unless given.

    Raises:
        ValueError: with the name of the declaration and of the field, if one is unknown, missing or of a wrong value.
    """
    declared = {name: tomllib.loads(text) for name, text in texts.items()}
    return {name: _projection(name, _complete(name, declared)) for name in declared}


def _complete(name: str, declared: Mapping[str, Mapping[str, Any]], below: tuple[str, ...] = ()) -> dict[str, Any]:
    if name not in declared or name in below:
        raise ValueError(f"{below[-1]}: like: there is no other declaration {name!r} to be like")
    own = dict(declared[name])
    like = own.pop("like", None)
    return own if like is None else _complete(like, declared, (*below, name)) | own


def _projection(name: str, given: dict[str, Any]) -> Projection:
    unknown, missing = sorted(given.keys() - _FIELDS.keys() | {"name"} & given.keys()), sorted(_DEMANDED - given.keys())
    if unknown or missing:
        raise ValueError(f"{name}: unknown fields {unknown}, missing fields {missing}")
    rule = given.get("rule", rules.NONE.name)
    try:
        return Projection(
            **{
                **given,
                "name": name,
                "mode": Mode(given["mode"]),
                "rule": rules.rule(rule),
                "rules": tuple(rules.rule(one) for one in given.get("rules", [rule])),
                "evidence": tuple(given["evidence"]),
                "dated": Dated(given.get("dated", Dated.TARGET)),
                "rolls": frozenset(End(end) for end in given.get("rolls", ())),
                "roll_up": RollUp(given.get("roll_up", RollUp.NONE)),
                "prospective": bool(given.get("prospective", False)),
            }
        )
    except ValueError as error:
        raise ValueError(f"{name}: {error}") from error
