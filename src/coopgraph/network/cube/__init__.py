"""Results that go back into the graph: observations in an RDF Data Cube, in a graph of their own, with provenance."""

from coopgraph.network.cube.cube import MEDIA_TYPE, cube

__all__ = ["MEDIA_TYPE", "cube"]
