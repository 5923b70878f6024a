"""The centrality report: one computation, one frozen value, four renderings.

The same release and parameters give the same bytes, so a report can be checked by computing it again.
"""

from coopgraph.network.report.compute import centrality
from coopgraph.network.report.model import CentralityReport, Source
from coopgraph.network.report.renderings import RENDERINGS, Rendering

__all__ = ["RENDERINGS", "CentralityReport", "Rendering", "Source", "centrality"]
