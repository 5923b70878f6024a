"""What was asked, and what of the release was taken."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coopgraph.network.report.language import number, verb
from coopgraph.network.report.page import Bullets, Code, Paragraph, Section, Terms

if TYPE_CHECKING:
    from coopgraph.network.report.parts.about import About, Taken

_LEVELS = {
    "none": "every actor stands for itself",
    "organisation": "persons and offices count for the organisation that they belong to",
    "state": "persons and bodies count for the state that they belong to",
}


def asked(about: About, taken: Taken) -> Section:
    """The section on the question and its network."""
    terms = (
        ("Boundary", about.boundary),
        ("Node", about.node),
        ("Tie", about.tie),
        ("Direction", about.direction),
        ("Weight", about.weight),
        *((("Rule", f"{about.rule}: {about.rule_formula}. {about.rule_reason}"),) if about.rule != "none" else ()),
        (
            "Plans",
            "only what is planned or proposed"
            if about.prospective
            else "left out: only what took place or exists counts",
        ),
        ("Level", f"{taken.roll_up}: {_LEVELS[taken.roll_up]}"),
        ("Period", period(taken)),
    )
    return Section(
        "asked",
        "What was asked",
        (
            Terms(terms),
            Bullets(dated(taken)),
            Paragraph(
                "Strength and distance are two attributes of a tie with two names: the stronger a tie, the shorter its "
                "distance. No measure takes the one for the other."
            ),
            Code("The network is read from the release by this query.", about.query),
        ),
    )


def period(taken: Taken) -> str:
    """The period in words."""
    if taken.since is None and taken.until is None:
        return f"all times; what dates a tie is {taken.period}"
    ends = [f"from {taken.since}" if taken.since else "", f"until {taken.until}" if taken.until else ""]
    return f"{' '.join(end for end in ends if end)}; what dates a tie is {taken.period}"


def dated(taken: Taken) -> tuple[str, ...]:
    """What the dates of the statements say about the period."""
    every = taken.certain + taken.possible + taken.outside + taken.undated
    if taken.since is None and taken.until is None:
        made = f"All {number(every, 'statement')} of the release that answer the question are taken; {taken.undated:,} "
        made += f"{verb(taken.undated, 'has', 'have')} no date."
    else:
        made = (
            f"Of {number(every, 'statement')} that answer the question, the {taken.certain:,} that lie in the period "
            f"for sure are taken. {taken.possible:,} may lie in it, {taken.outside:,} lie outside and "
            f"{taken.undated:,} have no date; these are left out."
        )
    if taken.first is None or taken.last is None:
        return (made,)
    return made, f"What is dated lies between {taken.first} and {taken.last}."
