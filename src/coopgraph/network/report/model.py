"""The report as a value; every rendering shows this and computes nothing."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Source:
    """The release that was read: its number, content digest and base IRI."""

    release: int
    digest: str
    base: str


@dataclass(frozen=True, slots=True)
class About:
    """The network that was asked for, in words and as queries."""

    projection: str
    label: str
    question: str
    mode: str
    node: str
    tie: str
    weight: str
    rule: str
    rule_formula: str
    rule_reason: str
    boundary: str
    ties_query: str
    sources_query: str


@dataclass(frozen=True, slots=True)
class Parameters:
    """What was chosen; `top` is None when nothing is left out of the list."""

    top: int | None
    damping: float
    tolerance: float
    decimals: int
    ranking: str


@dataclass(frozen=True, slots=True)
class LargestEvent:
    """The event with the most actors, the ties among them, and those of the ties that no other event makes."""

    iri: str
    label: str
    actors: int
    ties: int
    only_ties: int


@dataclass(frozen=True, slots=True)
class Cited:
    """A document, the number of participations that it reports and of those that no other document reports."""

    iri: str
    label: str
    participations: int
    only_here: int


@dataclass(frozen=True, slots=True)
class Counts:
    """The network in figures."""

    actors: int
    events: int
    participations: int
    nodes: int
    ties: int
    density: float
    components: int
    largest_component: int
    isolates: int
    events_of_one: int
    events_in_events: int
    persons: int
    groups: int
    unnamed: int
    undocumented: int


@dataclass(frozen=True, slots=True)
class MeasureNote:
    """What a measure says about itself."""

    name: str
    label: str
    network: str
    reads: str
    meaning: str
    formula: str
    normalisation: str
    source: str
    doi: str


@dataclass(frozen=True, slots=True)
class Score:
    """A node's value and rank; the ranks when documents are left out one by one, and without the largest event.

    `best`, `worst` and `missing` are None if that was not computed; `without_largest` is None if the node is gone then.
    """

    measure: str
    value: float
    rank: int
    best: int | None
    worst: int | None
    missing: int | None
    without_largest: int | None


@dataclass(frozen=True, slots=True)
class Row:
    """One node with its scores, in the order of the measures."""

    iri: str
    label: str
    language: str
    kind: str
    cls: str
    events: int
    documents: int
    ties: int
    scores: tuple[Score, ...]

    def score(self, measure: str) -> Score:
        """The score of this measure."""
        return next(score for score in self.scores if score.measure == measure)


@dataclass(frozen=True, slots=True)
class TieRow:
    """One tie between two listed nodes."""

    source: str
    target: str
    events: int
    documents: int
    strength: float
    distance: float


@dataclass(frozen=True, slots=True)
class CentralityReport:
    """Everything that the report says; rows are ordered by kind, rank in `headline`, sum of ranks, label."""

    title: str
    source: Source
    software: tuple[tuple[str, str], ...]
    about: About
    parameters: Parameters
    counts: Counts
    largest_event: LargestEvent | None
    documents: tuple[Cited, ...]
    sensitivity: bool
    measures: tuple[MeasureNote, ...]
    headline: str
    rows: tuple[Row, ...]
    rows_in_all: int
    ties: tuple[TieRow, ...]
    summary: tuple[str, ...]
    limits: tuple[str, ...]
