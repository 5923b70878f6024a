"""What came of a change at its gate: it passed, or it was refused."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from coopgraph.errors import CoopgraphError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from coopgraph.release.edit import Delta
    from coopgraph.validate.verdict import Verdict


class RefusedError(CoopgraphError):
    """A change that the gate does not let pass, with the verdict that says why."""

    def __init__(self, verdict: Verdict) -> None:
        count = verdict.violations
        super().__init__(
            "not-conformant",
            f"{count} violation{'s' if count != 1 else ''}; the graph would not conform, so nothing was changed.",
            remedy="The report says what to mend.",
        )
        self.verdict = verdict


@dataclass(frozen=True, slots=True)
class Passed:
    """What a change came to with all that follows from it, the verdict, and the versions that it was judged by.

    There is no verdict where nobody judges.
    """

    delta: Delta
    verdict: Verdict | None
    versions: Mapping[str, str]
