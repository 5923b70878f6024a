"""RDF and tables for other programs: one file per format and a registry.

An export is whole, the same every time, and holds no sentence of a source unless quotations are asked for.
"""

from coopgraph.export.content import Content
from coopgraph.export.form import Form
from coopgraph.export.registry import FORMS, export

__all__ = ["FORMS", "Content", "Form", "export"]
