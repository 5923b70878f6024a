"""What the reports on one network have in common."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from coopgraph.network.ranking import METHOD
from coopgraph.network.report.language import inside, listing
from coopgraph.network.report.parts import (
    about,
    cautions,
    chosen,
    communities,
    measured,
    missing,
    results,
    size,
    source,
    ties,
)  # fmt: skip
from coopgraph.network.report.parts.whole import whole

if TYPE_CHECKING:
    from coopgraph.network.report.ground import Ground
    from coopgraph.network.report.parts.source import Source
    from coopgraph.network.report.robust import Robust
    from coopgraph.network.selection import Selected

_COMPONENTS: Final = 100


def ranking(base: Ground) -> str:
    """How ranks are given."""
    lowest = [inside(one.label) for one in base.plan.measures if one.name in base.plan.lowest]
    return f"{METHOD} The lowest value ranks first by {listing(lowest)}." if lowest else METHOD


def single(found: Selected, base: Ground, origin: Source, again: Robust) -> dict[str, Any]:
    """The members of a `NetworkReport`, without its title and its sentences."""
    return {
        "source": origin,
        "about": about.about(base.selection, origin.base),
        "taken": about.taken(base.selection, found),
        "parameters": chosen.chosen(base),
        "summary": (),
        "cautions": cautions.cautions(base),
        "size": size.size(base.affiliations, base.network),
        "degrees": size.distribution(base.network),
        "components": tuple(size.components(base.network)[:_COMPONENTS]),
        "whole": whole(base.network),
        "measures": measured.measured(base),
        "headline": base.headline,
        "ranking": ranking(base),
        "kinds": results.kinds(base),
        "rows": results.results(base, again),
        "ties": ties.ties(base),
        "communities": communities.communities(base, communities.search(base)),
        "missing": missing.missing(base.affiliations),
        "documents": missing.cited(base.affiliations),
        "limits": base.omitted,
        "software": source.software(tuple(dict.fromkeys(one.engine for one in base.values.values()))),
    }
