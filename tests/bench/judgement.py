"""What the measured costs mean: rates beside those of the bare engine, growth between sizes, and the aims."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Any, Protocol

from coopgraph.model.finding import Finding

VALIDATION_CPU = 60.0
VALIDATION_PEAK = 1.5e9
LOADING_RATIO = 0.8
GROWTH = 1.5
"""Cost may grow this much faster than size from one size to the next and still count as linear.

Sorting and caches make even the bare engine grow by 1.2 to 1.5 over a factor of ten; a quadratic step grows by ten.
"""


class Measured(Protocol):
    """The cost of a step at a size."""

    @property
    def step(self) -> str: ...
    @property
    def size(self) -> int: ...
    @property
    def quads(self) -> int: ...
    @property
    def wall(self) -> float: ...
    @property
    def cpu(self) -> float: ...
    @property
    def peak(self) -> int: ...
    @property
    def details(self) -> dict[str, Any]: ...


Row = dict[str, object]


def offenders(findings: Iterable[Finding]) -> set[tuple[str, str]]:
    """Code and IRI of what breaks the rule: the focus, or the value where the focus is a term."""
    return {
        (finding.code, (finding.focus if "/id/" in finding.focus else finding.value).strip("<>"))
        for finding in findings
    }


def ratios(results: Sequence[Measured]) -> list[Row]:
    """The rate of publishing over that of the bare engine, without and with its own `optimize`; one is as fast."""
    rows: list[Row] = []
    for ours in (result for result in results if result.step == "publish"):
        bare = next(result.details for result in results if (result.step, result.size) == ("raw", ours.size))
        times = ours.details
        rows.append(
            {
                "size": ours.size,
                "bulk_load": bare["bulk_load"] / times["publish"],
                "bulk_load + optimize": (bare["bulk_load"] + bare["optimize"]) / times["publish"],
                "CPU, bulk_load": bare["bulk_load_cpu"] / times["publish_cpu"],
                "CPU, bulk_load + optimize": (bare["bulk_load_cpu"] + bare["optimize_cpu"]) / times["publish_cpu"],
            }
        )
    return rows


def growth(results: Sequence[Measured]) -> list[Row]:
    """How much faster than the number of quads the CPU time and the memory of each step grow; one is linear.

    What merely starting costs is left out: the time is what the step measured itself, where it did.
    """
    base = next(result for result in results if result.step == "start")

    def spent(result: Measured) -> float:
        inside = sum(seconds for name, seconds in result.details.items() if name.endswith("_cpu"))
        return inside or max(result.cpu - base.cpu, 0.01)

    rows: list[Row] = []
    for step in dict.fromkeys(result.step for result in results if result.size):
        series = sorted((result for result in results if result.step == step), key=lambda result: result.size)
        for small, large in pairwise(series):
            factor = large.quads / small.quads
            rows.append(
                {
                    "step": step,
                    "from": small.size,
                    "to": large.size,
                    "CPU": spent(large) / spent(small) / factor,
                    "memory": (large.peak - base.peak) / max(small.peak - base.peak, 1_000_000) / factor,
                }
            )
    return rows


def aims(results: Sequence[Measured]) -> list[Row]:
    """Each aim, what was measured, and whether that meets it."""
    rows: list[Row] = []

    def aim(text: str, measured: object, met: object) -> None:
        rows.append({"aim": text, "measured": measured, "met": bool(met)})

    judged = [result for result in results if result.step == "validate"]
    for result in judged:
        wrong = len(result.details["missing"]) + len(result.details["surplus"])
        planned = f"{result.details['expected']} planned, {wrong} missing or surplus"
        aim(f"planned defects found exactly at {result.size:,}", planned, not wrong)
    for result in judged:
        if result.size == 1_000_000:
            aim(
                f"validation of a million quads within {VALIDATION_CPU:.0f} s CPU",
                result.cpu,
                result.cpu <= VALIDATION_CPU,
            )
            peak = result.peak / 1e6
            aim("validation of a million quads within 1500 MB", peak, result.peak <= VALIDATION_PEAK)
    for row in ratios(results):
        for kind, ratio in (("wall", row["bulk_load + optimize"]), ("CPU", row["CPU, bulk_load + optimize"])):
            text = (
                f"load and seal at {row['size']:,} at {LOADING_RATIO} of the engine's rate, optimize included ({kind})"
            )
            aim(text, ratio, isinstance(ratio, float) and ratio >= LOADING_RATIO)
    for row in growth(results):
        factor = row["CPU"]
        text = f"{row['step']} grows linearly from {row['from']:,} to {row['to']:,}"
        aim(text, factor, isinstance(factor, float) and factor <= GROWTH)
    return rows
