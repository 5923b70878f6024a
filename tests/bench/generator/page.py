"""A page under construction: its text, the claims that it supports and the things that it introduces."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from tests.bench.generator.names import Labels

HEADER: Final = "Home | News | Archive | Contact"

Evidence = tuple[tuple[int, int], ...]


class Row(NamedTuple):
    """One claim, cell by cell as in a claims table and in its order, but with the evidence as numbers."""

    subject: str
    predicate: str
    object: str
    value: str
    lang: str
    role: str
    factuality: str
    polarity: str
    rank: str
    attributed_to: str
    valid_from: str
    valid_until: str
    evidence: Evidence
    records: tuple[str, ...] = ()

    def cells(self) -> tuple[str, ...]:
        """The cells as a claims table writes them."""
        spans = (f"{start}-{end}" for start, end in self.evidence)
        return (*self[:12], " ".join((*spans, *self.records)), "")


@dataclass(frozen=True, slots=True)
class Thing:
    """A thing as the registry describes it; `details` are pairs of a property and a `kind/slug`, concept or text."""

    path: str
    cls: str
    labels: Labels
    details: tuple[tuple[str, str], ...] = ()

    @property
    def label(self) -> str:
        """What the page calls it."""
        return self.labels["en"]


@dataclass(slots=True)
class Page:
    """A source document with its claims; made by the functions that tell its story, then only read."""

    id: str
    title: str
    text: str = HEADER + "\n"
    things: list[Thing] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    _said: set[tuple[str, ...]] = field(default_factory=set)

    def say(self, sentence: str) -> Evidence:
        """Append a sentence; what comes back is where it stands."""
        start = len(self.text)
        self.text += sentence + "\n"
        return ((start, start + len(sentence)),)

    def introduce(self, thing: Thing) -> Thing:
        """Put a thing into the registry."""
        self.things.append(thing)
        return thing

    def claim(
        self,
        subject: Thing,
        predicate: str,
        object_: Thing | str = "",
        *,
        because: Evidence,
        value: str = "",
        lang: str = "",
        role: str = "",
        factuality: str = "actual",
        polarity: str = "",
        rank: str = "",
        by: Thing | None = None,
        since: str = "",
        until: str = "",
    ) -> None:
        """Add a claim; `object_` is a thing or a concept. What the page claims already is not claimed twice."""
        target = object_.path if isinstance(object_, Thing) else object_
        speaker = "" if by is None else by.path
        row = Row(
            *(subject.path, predicate, target, value, lang, role, factuality, polarity, rank),
            *(speaker, since, until, tuple(sorted(set(because)))),
        )
        key = row[:8] + row[9:12]
        if key not in self._said:
            self._said.add(key)
            self.rows.append(row)

    @property
    def digest(self) -> str:
        """SHA-256 of the text in UTF-8, in hex."""
        return hashlib.sha256(self.text.encode()).hexdigest()
