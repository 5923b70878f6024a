"""An invented world of any size in the project's own formats: the same seed gives the same bytes.

The world is a series of pages (source documents), each made from its number alone, so that any stretch can be made
without the rest. Planned defects come with the list of findings that they must cause.
"""
