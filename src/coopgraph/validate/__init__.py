"""The gate: SHACL by two engines behind one interface, checks that SHACL states badly, and the verdict.

rdflib and pyshacl are used here and nowhere else but in exports.
"""
