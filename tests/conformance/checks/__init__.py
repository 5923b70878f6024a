"""What the protocols and RFC 9110 demand beyond the suites: requests, and what must come back for each."""

from tests.conformance.checks import asking, datasets, headers, mistakes, negotiation, store, updates
from tests.conformance.checks.check import Check

ALL = (
    *asking.ASKING,
    *asking.DECODING,
    *datasets.DATASETS,
    *mistakes.MISTAKES,
    *negotiation.NEGOTIATION,
    *negotiation.DESCRIPTION,
    *headers.HEADERS,
    *updates.UPDATES,
    *store.STORE,
)

__all__ = ["ALL", "Check"]
