"""What a projection declares, for pages and programs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from coopgraph import terms

if TYPE_CHECKING:
    from coopgraph.network.projections.projection import Projection


def declared(projection: Projection, base: str, root: str) -> dict[str, Any]:
    """The declaration in words, with its query as a release of this base is asked it."""
    texts = ("name", "label", "question", "node", "tie", "weight", "direction", "period", "boundary", "headline")
    return {
        **{name: getattr(projection, name) for name in texts},
        "mode": projection.mode.value,
        "prospective": projection.prospective,
        "rules": [{"name": rule.name, "formula": rule.formula, "reason": rule.reason} for rule in projection.rules],
        "rule": projection.rule.name,
        "roll_up": projection.roll_up.value,
        "can_roll_up": bool(projection.rolls),
        "query": terms.rebase(projection.query, base),
        "url": f"{root}/networks/{projection.name}",
    }
