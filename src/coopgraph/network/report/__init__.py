"""Reports on networks: one computation, one frozen value, several renderings.

The same release and parameters give the same bytes, so a report can be checked by computing it again.
"""

from coopgraph.network.report.acting import ActorReport
from coopgraph.network.report.actor import actor
from coopgraph.network.report.centrality import centrality
from coopgraph.network.report.compare import Operand, compare
from coopgraph.network.report.compared import ComparisonReport
from coopgraph.network.report.model import CentralityReport, NetworkReport
from coopgraph.network.report.network import network
from coopgraph.network.report.parameters import Parameters
from coopgraph.network.report.parts.account import Passage
from coopgraph.network.report.parts.source import Source
from coopgraph.network.report.renderings import KINDS, RENDERINGS, Rendering, published

__all__ = [
    "KINDS",
    "RENDERINGS",
    "ActorReport",
    "CentralityReport",
    "ComparisonReport",
    "NetworkReport",
    "Operand",
    "Parameters",
    "Passage",
    "Rendering",
    "Source",
    "actor",
    "centrality",
    "compare",
    "network",
    "published",
]
