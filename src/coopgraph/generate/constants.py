"""The text of vocabulary.py: terms as constants, so that a misspelt term is an error of the type checker."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from coopgraph.generate.reading import Ontology

CODE_SCHEMES: Final = (
    "factuality",
    "polarity",
    "rank",
    "status",
    "speech-act",
    "identification",
    "zone-reason",
    "rule",
)
"""The schemes whose concepts the code decides by; other concepts are data and reach it through queries."""

LANGUAGE_TERMS: Final = {
    "rdf": ("type",),
    "rdfs": ("domain", "isDefinedBy", "label", "range", "subClassOf", "subPropertyOf"),
    "owl": ("Class", "DatatypeProperty", "ObjectProperty", "versionInfo"),
}
"""Terms of RDF, RDFS and OWL themselves, which no ontology declares."""

HEAD: Final = '''"""The terms of the ontology as constants.

Written by `python -m coopgraph.generate`: change ontology/ instead.
"""

from typing import Final

from pyoxigraph import NamedNode

from coopgraph.terms import NS, PREFIXES, VOCAB
'''


def vocabulary(ontology: Ontology) -> str:
    """The module, formatted as ruff would, in four groups: classes, properties, concepts, terms of others."""
    concepts = [path for scheme in CODE_SCHEMES for path in ontology.concepts if path.startswith(scheme + "/")]
    others = [(prefix, local) for prefix, names in LANGUAGE_TERMS.items() for local in names]
    others += [(term.prefix, term.local) for term in ontology.foreign()]
    groups = {
        "Classes": [_constant(f"CLS-{term.local}", "NS", term.local) for term in ontology.own("Class")],
        "Properties": [_constant(term.local, "NS", term.local) for term in ontology.own("Property")],
        "Concepts": [_constant(path, "VOCAB", path) for path in concepts],
        "Terms of others": [
            _constant(f"{prefix}-{local}", f'PREFIXES["{prefix}"]', local) for prefix, local in sorted(set(others))
        ],
    }
    return HEAD + "".join(f"\n# {title}\n" + "".join(lines) for title, lines in groups.items())


def _constant(name: str, namespace: str, rest: str) -> str:
    words = re.sub(r"(?<=[a-z0-9])(?=[A-Z])|[-/]", "_", name)
    return f'{words.upper()}: Final = NamedNode({namespace} + "{rest}")\n'
