"""The service: a Flask application made by `create_app`, thin over releases and reader processes.

A request reads one sealed release and never builds anything.
"""

from coopgraph.web.app import create_app

__all__ = ["create_app"]
