"""Networks read from a release: projections declared as data, measures, what they rest on, and the report.

Strength (more is closer) and distance (more is farther) are two attributes with two names everywhere in this room.
"""
