"""Writes what follows from the ontology: the constants in vocabulary.py and the JSON-LD context.

Run `python -m coopgraph.generate` after a change in ontology/, or with `--check` to learn whether that was forgotten.
"""
