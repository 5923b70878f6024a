"""Network files for other programs: one file per format and a registry.

Every format writes the same sheet of typed columns, node by node and tie by tie, and every file is read back and
compared with the sheet before it is handed over.
"""

from coopgraph.network.formats.describing import describe
from coopgraph.network.formats.offering import offer
from coopgraph.network.formats.registry import FORMATS, named

__all__ = ["FORMATS", "describe", "named", "offer"]
