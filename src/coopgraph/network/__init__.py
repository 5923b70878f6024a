"""Networks read from a release: projections declared as data, measures, what they rest on, and the report.

Strength (more is closer) and distance (more is farther) are two attributes with two names everywhere in this room.
"""

import logging

# networkit loads it where it is installed, and on its first day it tells, even as a warning, of its fonts.
logging.getLogger("matplotlib").setLevel(logging.ERROR)
