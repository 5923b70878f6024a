"""What the network rests on, and what is not known."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coopgraph.network.report.language import number, plural, share, verb, whole
from coopgraph.network.report.page import Block, Bullets, Cell, Column, Section, Table

if TYPE_CHECKING:
    from coopgraph.network.report.model import NetworkReport
    from coopgraph.network.report.parts.about import About
    from coopgraph.network.report.parts.missing import Cited


def sources(report: NetworkReport) -> Section:
    """The documents behind the network, and the gaps in what they say."""
    blocks: list[Block] = [Bullets(missing(report))]
    if report.documents:
        blocks.append(documents(report.documents, report.about))
    return Section("sources", "Sources and missing data", tuple(blocks))


def documents(found: tuple[Cited, ...], about: About) -> Table:
    """The documents and what each contributes."""
    numbers = ("Statements", "Pairs", "Only here")
    return Table(
        f"Documents: statements, pairs of {about.source_kind} and {about.target_kind}, and those of the pairs that no "
        "other document reports",
        (Column("Document"), Column("Publisher"), *(Column(name, numeric=True) for name in numbers)),
        tuple(
            (
                Cell(one.label, iri=one.iri),
                Cell(one.publisher or "–"),
                *(Cell(whole(count)) for count in (one.statements, one.pairs, one.only_here)),
            )
            for one in found
        ),
    )


def missing(report: NetworkReport) -> tuple[str, ...]:
    """What the sources leave open, with counts."""
    found, about = report.missing, report.about
    actors = plural(about.source_kind)
    only = sum(one.only_here for one in report.documents)
    made = [
        f"{only:,} of {number(report.size.pairs, 'pair')} of {about.source_kind} and {about.target_kind} "
        f"({share(only, report.size.pairs)}) {verb(only, 'is', 'are')} reported by one document only.",
        f"{found.undated:,} of {number(found.statements, 'statement')} ({share(found.undated, found.statements)}) "
        f"{verb(found.undated, 'has', 'have')} no date, {found.open:,} only a first or a last day.",
        f"{found.undocumented:,} of {number(found.statements, 'statement')} "
        f"{verb(found.undocumented, 'has', 'have')} no document behind {verb(found.undocumented, 'it', 'them')} in "
        "this release.",
        f"For {found.without_publisher:,} of {number(found.documents, 'document')} no publisher is recorded.",
        f"Of {number(found.sources, about.source_kind)}, {_are(found.persons, 'a person', 'persons')}, "
        f"{_are(found.groups, 'a group', 'groups')} mentioned together, and {found.unnamed:,} "
        f"{verb(found.unnamed, 'is', 'are')} not named.",
    ]
    if report.size.alone and about.mode != "direct":
        made.append(
            f"{number(report.size.alone, about.target_kind)} {verb(report.size.alone, 'has', 'have')} only one known "
            f"{about.source_kind}, so {verb(report.size.alone, 'it joins', 'they join')} no two {actors}."
        )
    return tuple(made)


def _are(count: int, one: str, many: str) -> str:
    return f"{count:,} {verb(count, f'is {one}', f'are {many}')}"
