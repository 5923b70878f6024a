"""The projections that are offered, by name."""

from __future__ import annotations

from typing import Final

from coopgraph.errors import CoopgraphError
from coopgraph.network.network import Mode
from coopgraph.network.projection import COUNT, NEWMAN, NONE, Projection

_TIES: Final = """\
PREFIX cg: <https://w3id.org/coopgraph/ns#>
SELECT DISTINCT ?actor ?event WHERE { ?event cg:participant ?actor }
"""

# Only assertions that the facts are projected from: actual, affirmed, and with a triple among the facts.
_SOURCES: Final = """\
PREFIX cg: <https://w3id.org/coopgraph/ns#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
SELECT DISTINCT ?actor ?event ?role ?document WHERE {
  ?role rdfs:subPropertyOf* cg:participant .
  ?event ?role ?actor .
  GRAPH ?graph {
    ?assertion cg:subject ?event ; cg:predicate ?role ; cg:object ?actor ;
      cg:factuality <https://w3id.org/coopgraph/vocab/factuality/actual> ;
      cg:polarity <https://w3id.org/coopgraph/vocab/polarity/affirmed> ;
      cg:hasEvidence ?evidence .
    ?evidence cg:inDocument ?document .
    MINUS { ?assertion cg:rank <https://w3id.org/coopgraph/vocab/rank/deprecated> }
  }
}
"""

_BOUNDARY: Final = (
    "Every actor that a source document of the release reports as having taken part, in any role, in an event that "
    "took place, and every such event. Plans, proposals and denials are left out. Groups mentioned without names are "
    "nodes of their own. Persons are kept apart from the bodies they represent: a minister and the ministry are two "
    "nodes, and neither inherits the ties of the other."
)

ACTOR_EVENT: Final = Projection(
    name="actor-event",
    label="Actors and the events they took part in",
    question="Who took part in what, and which events bring together actors that otherwise do not meet?",
    mode=Mode.TWO_MODE,
    node="an actor or an event",
    tie="an actor took part in an event, in whatever role",
    weight="every tie has strength 1; roles and documents are attributes of the tie",
    rule=NONE,
    boundary=_BOUNDARY,
    ties=_TIES,
    sources=_SOURCES,
    headline="two-mode-degree",
)

CO_PARTICIPATION: Final = Projection(
    name="co-participation",
    label="Actors that took part in the same events",
    question="Who meets whom, and who stands at the centre of these meetings?",
    mode=Mode.ONE_MODE,
    node="an actor",
    tie="two actors took part in at least one common event",
    weight="strength adds up over common events, small events counting more; distance is 1 / strength",
    rule=NEWMAN,
    boundary=_BOUNDARY,
    ties=_TIES,
    sources=_SOURCES,
    headline="strength",
)

CO_PARTICIPATION_COUNT: Final = Projection(
    name="co-participation-count",
    label="Actors that took part in the same events, by number of events",
    question="Who meets whom most often, and who stands at the centre when every event counts the same?",
    mode=Mode.ONE_MODE,
    node="an actor",
    tie="two actors took part in at least one common event",
    weight="strength is the number of common events; distance is 1 / strength",
    rule=COUNT,
    boundary=_BOUNDARY,
    ties=_TIES,
    sources=_SOURCES,
    headline="strength",
)

PROJECTIONS: Final = {
    projection.name: projection for projection in (CO_PARTICIPATION, CO_PARTICIPATION_COUNT, ACTOR_EVENT)
}
DEFAULT: Final = CO_PARTICIPATION


def projection(name: str | None = None) -> Projection:
    """The projection of this name; without a name the default one.

    Raises:
        CoopgraphError: "not-found" if there is none of this name.
    """
    if name is None:
        return DEFAULT
    if name not in PROJECTIONS:
        raise CoopgraphError(
            "not-found", f"There is no projection {name!r}.", remedy=f"There are {', '.join(PROJECTIONS)}."
        )
    return PROJECTIONS[name]
