"""A knowledge graph service on international cooperation in which every fact leads to its passage."""

__version__ = "0.1.0"
