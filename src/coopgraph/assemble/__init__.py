"""From claims to the graph: assertions, what follows from them, and their projection into plain triples.

Pure functions: the same source gives the same quads, whatever the order of files and rows.
"""
