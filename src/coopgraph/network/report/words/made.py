"""By what and from what the report was computed, and how to cite it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coopgraph.network.report.page import Block, Code, Paragraph, Section, Terms

if TYPE_CHECKING:
    from coopgraph.network.report.parts.chosen import Chosen
    from coopgraph.network.report.parts.source import Software, Source


def made(source: Source, software: tuple[Software, ...], chosen: Chosen) -> Section:
    """The section that lets anybody compute the report again."""
    parameters = (
        ("Measures", ", ".join(chosen.measures)),
        ("Seed", f"{chosen.seed}"),
        ("Nodes listed of each kind", f"{chosen.top:,} at most"),
        ("Engine", chosen.engine or "chosen by the size of the network"),
        *((("Backend of networkx", chosen.backend),) if chosen.backend else ()),
        ("Decimals", f"{chosen.decimals}"),
    )
    terms = (
        ("Release", f"{source.release} of {source.date}"),
        ("SHA-256 of the release", source.digest),
        ("Base", source.base),
        *parameters,
        ("Software", ", ".join(f"{one.name} {one.version}" for one in software)),
    )
    blocks: tuple[Block, ...] = (
        Terms(terms),
        Paragraph("The same release, parameters and versions give the same report, byte for byte."),
    )
    if source.citation:
        blocks = (*blocks, Code("How to cite the data", source.citation))
    return Section("made", "How it was computed, and how to cite it", blocks)


def origin(source: Source) -> str:
    """One line under the title."""
    return f"Computed from release {source.release} of {source.date}, SHA-256 {source.digest}."
