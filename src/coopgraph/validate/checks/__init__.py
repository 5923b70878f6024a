"""Rules that SHACL states badly, over quads: what stands in which graph, names against content, exact spelling.

Codes, severities and messages stand among the shapes (ontology/shapes/checks.ttl); here is how they are judged.
"""
