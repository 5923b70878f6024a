"""The store: a port, the embedded engine behind it, and reader processes that can be killed.

Nobody outside this room opens an engine.
"""
