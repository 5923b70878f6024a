"""Engines that compute measures: networkx as the reference, fast ones above a size or on request."""
