"""Communities: groups with more ties inside than chance would give, found as a consensus over many seeds."""

from coopgraph.network.communities.communities import Communities
from coopgraph.network.communities.consensus import consensus, seeds_for

__all__ = ["Communities", "consensus", "seeds_for"]
