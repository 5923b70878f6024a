"""A rank opened: the ties, the occasions, the facts and the passages that made it."""

from __future__ import annotations

import shlex
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from coopgraph import terms
from coopgraph.network.explain.explain import explain
from coopgraph.network.report.quantities import Count, Iri, Name, Rank, known, published

if TYPE_CHECKING:
    from collections.abc import Iterable

    from coopgraph.network.explain import account as found
    from coopgraph.network.progress import Progress
    from coopgraph.network.report.ground import Ground

MOST_FACTS = 300


@dataclass(frozen=True, slots=True)
class Passage:
    """Where a document says something: its characters from `start` to before `end`."""

    document: Iri
    start: Count
    end: Count


class Passages(Protocol):
    """Finds the passages behind a fact of the release, by the IRIs of its three terms."""

    def __call__(self, subject: str, predicate: str, object: str) -> tuple[Passage, ...]:
        """The passages; none where the release cannot tell."""


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact, the command that shows why it holds, and the passages that say it."""

    subject: Iri
    predicate: Iri
    object: Iri
    command: str
    passages: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class Occasion:
    """What joins a node to another: a shared target, or nothing between them (empty), and how much strength it adds.

    `documents` are the labels of those that state it, `first` and `last` its days as far as known.
    """

    iri: str
    label: str
    adds: float
    documents: tuple[str, ...]
    first: str
    last: str
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class Held:
    """One tie: where it leads, which part of the value it makes (None: the measure is no sum over ties), and why."""

    iri: Iri
    label: str
    language: str
    way: Name
    rank: Rank | None
    strength: float
    share: float | None
    occasions: tuple[Occasion, ...]


@dataclass(frozen=True, slots=True)
class Rival:
    """Someone next in the ranking; `gap` is how much more value it has."""

    iri: Iri
    label: str
    value: float
    rank: Rank
    gap: float


@dataclass(frozen=True, slots=True)
class Between:
    """Two others, and the share of the shortest paths between them that lead through the node."""

    first: str
    second: str
    share: float


@dataclass(frozen=True, slots=True)
class Without:
    """The rank if one event or document were not known; None if the node would be gone."""

    missing: Name
    iri: Iri
    label: str
    rank: Rank | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """Everything behind one rank.

    The node has `value`, which is `rank` among `of`; `equals` others share the rank. `ties` are those that make most
    of the value, or are strongest, of `ties_in_all`; `rest` is the part of the value that no tie makes. `pairs` are
    those that it lies between by the measure, of `pairs_in_all`. `facts_left_out` counts facts without passages here.
    """

    iri: Iri
    label: str
    language: str
    type: str
    measure: Name
    value: float
    rank: Rank
    of: Count
    equals: Count
    above: tuple[Rival, ...]
    below: tuple[Rival, ...]
    ties: tuple[Held, ...]
    ties_in_all: Count
    rest: float | None
    pairs: tuple[Between, ...]
    pairs_in_all: Count
    without: tuple[Without, ...]
    without_in_all: Count
    facts_left_out: Count


def no_passages(subject: str, predicate: str, object: str) -> tuple[Passage, ...]:  # noqa: ARG001
    """No passages, for those who have no release at hand; the commands of the facts show them."""
    return ()


def account(ground: Ground, node: int, base: str, passages: Passages, progress: Progress) -> Account:
    """The account of a node, by index into the table, by the measure that orders the report.

    Raises:
        CoopgraphError: "not-found" if it has no value.
    """
    opened = explain(
        ground.affiliations, ground.plan, ground.scores, node, ground.headline, base=base, progress=progress
    )
    return _Stated(base, passages).account(opened)


class _Stated:
    """Turns what was found into values, and looks up the passages of at most `MOST_FACTS` different facts."""

    def __init__(self, base: str, passages: Passages) -> None:
        self._base = base
        self._passages = passages
        self._facts: dict[found.Fact, Fact] = {}
        self._left = 0

    def account(self, one: found.Account) -> Account:
        """The value."""
        ties = tuple(map(self._held, one.ties))
        pairs = () if one.pairs is None else one.pairs.listed
        return Account(
            iri=one.actor.iri,
            label=one.actor.label,
            language=one.actor.language,
            type=one.actor.cls,
            measure=one.measure,
            value=published(one.value),
            rank=one.rank,
            of=one.of,
            equals=one.equals,
            above=tuple(map(_rival, one.above)),
            below=tuple(map(_rival, one.below)),
            ties=ties,
            ties_in_all=one.ties_in_all,
            rest=known(one.rest),
            pairs=tuple(Between(pair.first.label, pair.second.label, published(pair.share)) for pair in pairs),
            pairs_in_all=0 if one.pairs is None else one.pairs.count,
            without=tuple(Without(each.missing.value, each.iri, each.label, each.rank) for each in one.without),
            without_in_all=one.without_in_all,
            facts_left_out=self._left,
        )

    def _held(self, tie: found.Tie) -> Held:
        return Held(
            iri=tie.other.iri,
            label=tie.other.label,
            language=tie.other.language,
            way=tie.way.value,
            rank=tie.rank or None,
            strength=published(tie.strength),
            share=known(tie.share),
            occasions=tuple(map(self._occasion, tie.occasions)),
        )

    def _occasion(self, one: found.Occasion) -> Occasion:
        said = (*one.own, *one.others)
        days = [(each.first, each.last) for each in said]
        return Occasion(
            iri="" if one.target is None else one.target.iri,
            label="" if one.target is None else one.target.label,
            adds=published(one.adds),
            documents=tuple(sorted({each.document.label for each in said if each.document is not None})),
            first=min((first for first, _ in days if first), default=""),
            last=max((last for _, last in days if last), default=""),
            facts=self._stated(fact for each in said for fact in each.facts),
        )

    def _stated(self, facts: Iterable[found.Fact]) -> tuple[Fact, ...]:
        return tuple(self._fact(fact) for fact in dict.fromkeys(facts))

    def _fact(self, fact: found.Fact) -> Fact:
        if fact not in self._facts:
            within = len(self._facts) < MOST_FACTS
            self._left += not within
            parts = (fact.subject, fact.predicate, fact.object)
            self._facts[fact] = Fact(
                *parts,
                command=" ".join(("coopgraph why", *(_short(part, self._base) for part in parts))),
                passages=self._passages(*parts) if within else (),
            )
        return self._facts[fact]


def _rival(one: found.Rival) -> Rival:
    return Rival(one.node.iri, one.node.label, published(one.value), one.rank, published(one.gap))


def _short(iri: str, base: str) -> str:
    """The IRI as commands take it: actor/asean, host."""
    return shlex.quote(terms.compact(iri, base).removeprefix("cgid:").removeprefix("cg:").strip("<>"))
