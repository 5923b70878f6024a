"""What stores do otherwise than the contract says, by store and test, each with its reason."""

from __future__ import annotations

_LABELS = "blank nodes get labels of the service's own, as the standards allow"

DIFFERENCES: dict[str, dict[str, str]] = {
    "fuseki": {
        "test_a_merge_does_not_remove_a_triple_that_stands_twice[]": "Jena merges graphs as the standard says, so a "
        "triple of two graphs is there once",
        "test_blank_nodes_keep_their_labels[]": _LABELS,
    },
    "virtuoso": {"test_blank_nodes_keep_their_labels[]": _LABELS},
}
