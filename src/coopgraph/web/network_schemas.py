"""What the JSON of networks and their ties looks like, as JSON Schema."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from coopgraph.web.schemas import IRI, TEXT, TRUTH, WHOLE, listed, shaped

if TYPE_CHECKING:
    from collections.abc import Mapping

    from coopgraph.web.schemas import Schema

_NODE: Final = shaped(dict.fromkeys(("iri", "kind", "cls", "label", "language", "identification"), TEXT))
_EVIDENCE: Final[Mapping[str, Schema]] = {
    "strength": {"type": "number"},
    "distance": {"type": "number"},
    "events": WHOLE,
    "documents": WHOLE,
    "publishers": WHOLE,
    "first": TEXT,
    "last": TEXT,
    "evidence": TEXT,
}
_ATTRIBUTES: Final = listed(shaped({"name": TEXT, "type": TEXT, "meaning": TEXT}))

COMPONENTS: Final[Mapping[str, Schema]] = {
    "Networks": shaped(
        {
            "release": WHOLE,
            "projections": listed(
                shaped(
                    {
                        **dict.fromkeys(
                            (
                                "name",
                                "label",
                                "question",
                                "node",
                                "tie",
                                "weight",
                                "direction",
                                "period",
                                "boundary",
                                "headline",
                                "mode",
                                "rule",
                                "roll_up",
                                "query",
                                "url",
                            ),
                            TEXT,
                        ),
                        "prospective": TRUTH,
                        "can_roll_up": TRUTH,
                        "rules": listed(shaped({"name": TEXT, "formula": TEXT, "reason": TEXT})),
                    }
                )
            ),
        }
    ),
    "Network": {
        "type": "object",
        "properties": {
            "projection": TEXT,
            "mode": TEXT,
            "directed": TRUTH,
            "attributes": shaped({"nodes": _ATTRIBUTES, "ties": _ATTRIBUTES}),
            "nodes": listed({"type": "object", "required": ["id", "label", "kind", "class"]}),
            "ties": listed(shaped({"source": IRI, "target": IRI, **_EVIDENCE})),
        },
        "required": ["projection", "rule", "release", "digest", "mode", "directed", "attributes", "nodes", "ties"],
    },
    "Tie": shaped(
        {
            "source": _NODE,
            "target": _NODE,
            "directed": TRUTH,
            **_EVIDENCE,
            "statements": listed(
                shaped(
                    {
                        "source": _NODE,
                        "target": _NODE,
                        **dict.fromkeys(("role", "via", "first", "last"), TEXT),
                        "document": {
                            "anyOf": [shaped({"iri": IRI, "label": TEXT, "publisher": TEXT}), {"type": "null"}]
                        },
                        "facts": listed(shaped({"subject": IRI, "predicate": IRI, "object": IRI})),
                    }
                )
            ),
        }
    ),
}
"""The schemas that have a name."""
