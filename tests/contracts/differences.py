"""What stores do otherwise than the contract says, by store and test, each with its reason."""

from __future__ import annotations

_LABELS = "blank nodes get labels of the service's own, as the standards allow"
_TWICE = "Virtuoso tells a triple of two merged graphs twice"

DIFFERENCES: dict[str, dict[str, str]] = {
    "fuseki": {"test_blank_nodes_keep_their_labels[]": _LABELS},
    "virtuoso": {
        "test_blank_nodes_keep_their_labels[]": _LABELS,
        **{f"test_a_triple_of_several_merged_graphs_is_there_once[-graphs{number}]": _TWICE for number in (0, 1, 3)},
    },
}
