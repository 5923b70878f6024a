"""Planned defects: each kind adds a few wrong claims, or a wrong registry entry, and says what must be found.

Every defect brings things of its own, so that none hides or doubles the findings of another.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from tests.bench.generator.page import Evidence, Thing
from tests.bench.generator.pool import series
from tests.bench.generator.report import Scene

Expected = tuple[str, str]
"""A shape's code and the `kind/slug` of what breaks it: the focus of the finding, or its value where that is a term."""

_FIRST: Final = 1000
"""Defective things are numbered from here within their page, so that their names meet no others."""


class _Flaw:
    """One defect being planted: short words for what nearly all kinds do."""

    def __init__(self, scene: Scene, number: int) -> None:
        self.scene = scene
        self.number = _FIRST + 2 * number
        self.said: Evidence = scene.page.say(f"Item {number} is not what it should be.")

    def claim(self, subject: Thing, predicate: str, object_: Thing | str = "", **cells: str) -> None:
        self.scene.page.claim(subject, predicate, object_, because=self.said, **cells)  # type: ignore[arg-type]

    def nobody(self, cls: str, known: str) -> Thing:
        """A person or body of this story alone."""
        return self.scene.thing("actor", cls, self.number, "stranger", ("identification", f"identification:{known}"))

    def actor(self, index: int = 0) -> Thing:
        return self.scene.pool.actor_at(self.number + index)

    def event(self, *, planned: bool = False, other: int = 0) -> Thing:
        kind = ("eventType", "event-type:seminar")
        event = self.scene.thing("event", "Meeting", self.number + other, "seminar", kind)
        self.claim(event, "status", "status:planned" if planned else "status:held")
        return event

    def paper(self, cls: str, kind: str, status: str) -> Thing:
        paper = self.scene.thing("instrument", cls, self.number, "paper", ("instrumentType", f"instrument-type:{kind}"))
        self.claim(paper, "status", f"status:{status}")
        return paper

    def framework(self, positions: list[int], *, topic: bool = True) -> tuple[Thing, list[Thing]]:
        plan = self.scene.thing("framework", "Framework", self.number, "framework")
        self.claim(self.scene.event, "setsOut", plan)
        pillars = []
        for index, position in enumerate(positions):
            label = f"{plan.label} part {index + 1}"
            pillars.append(
                self.scene.page.introduce(Thing(f"pillar/{plan.path[10:]}-{index}", "Pillar", {"en": label}))
            )
            self.claim(plan, "hasPillar", pillars[-1])
            self.claim(pillars[-1], "position", value=str(position))
            if topic:
                self.claim(pillars[-1], "topic", "topic:trade")
        return plan, pillars

    def utterance(self, act: str, *, speaker: bool = True) -> Thing:
        words = self.scene.thing("utterance", "Utterance", self.number, "statement")
        self.claim(words, "speechAct", f"speech-act:{act}")
        self.claim(words, "verbatim", value="false")
        self.claim(words, "utteredAt", self.scene.event)
        if speaker:
            self.claim(words, "utteredBy", self.actor())
        return words

    def quantity(self, cls: str, value: str, unit: str) -> Thing:
        figure = self.scene.thing("quantity", cls, self.number, "number")
        self.claim(figure, "numericValue", value=value)
        if unit:
            self.claim(figure, "unit", f"unit:{unit}")
        self.claim(figure, "comparator", "comparator:exact")
        self.claim(figure, "indicator", "indicator:digital-economy-share")
        self.claim(figure, "measuredEntity", self.actor())
        if cls == "Target":
            self.claim(figure, "setBy", self.actor())
        return figure


def _ends_before_it_starts(flaw: _Flaw) -> list[Expected]:
    event = flaw.event()
    flaw.claim(event, "startDate", value="2019-05-02")
    flaw.claim(event, "endDate", value="2019-05-01")
    return [("D04", event.path)]


def _starts_twice(flaw: _Flaw) -> list[Expected]:
    event = flaw.event()
    flaw.claim(event, "startDate", value="2019-05-02")
    flaw.claim(event, "startDate", value="2019-06")
    return [("B22", event.path)]


def _part_of_itself(flaw: _Flaw) -> list[Expected]:
    event = flaw.event()
    flaw.claim(event, "partOfEvent", event)
    return [("G06", event.path)]


def _without_status(flaw: _Flaw) -> list[Expected]:
    kind = ("undertakingType", "undertaking-type:project")
    work = flaw.scene.thing("undertaking", "Undertaking", flaw.number, "silent project", kind)
    flaw.claim(work, "partner", flaw.actor())
    return [("D10", work.path)]


def _two_statuses(flaw: _Flaw) -> list[Expected]:
    event = flaw.event()
    flaw.claim(event, "status", "status:completed")
    return [("D11", event.path)]


def _attended_before_it_happens(flaw: _Flaw) -> list[Expected]:
    event = flaw.event(planned=True)
    flaw.claim(event, "attendee", flaw.actor())
    return [("D12", event.path)]


def _one_edition_twice(flaw: _Flaw) -> list[Expected]:
    one, other = flaw.event(), flaw.event(other=1)
    for event in (one, other):
        flaw.claim(event, "inSeries", series(0))
        flaw.claim(event, "editionNumber", value=str(1_000_000 + flaw.number))
    return [("D13", min(one.path, other.path))]


def _lonely_agreement(flaw: _Flaw) -> list[Expected]:
    paper = flaw.paper("Agreement", "compact", "signed")
    flaw.claim(paper, "signatory", flaw.actor())
    return [("E01", paper.path)]


def _nobody_declares(flaw: _Flaw) -> list[Expected]:
    return [("E02", flaw.paper("Declaration", "joint-statement", "published").path)]


def _signed_yet_proposed(flaw: _Flaw) -> list[Expected]:
    paper = flaw.paper("Agreement", "protocol", "proposed")
    flaw.claim(paper, "signatory", flaw.actor())
    flaw.claim(paper, "signatory", flaw.actor(1))
    return [("E03", paper.path)]


def _in_force_unsigned(flaw: _Flaw) -> list[Expected]:
    paper = flaw.paper("Agreement", "protocol", "in-force")
    flaw.claim(paper, "agreeingParty", flaw.actor())
    flaw.claim(paper, "agreeingParty", flaw.actor(1))
    return [("E04", paper.path)]


def _adopted_yet_planned(flaw: _Flaw) -> list[Expected]:
    paper = flaw.paper("CooperationPlan", "work-plan", "planned")
    flaw.claim(flaw.event(), "adopts", paper)
    return [("E07", paper.path)]


def _refers_to_itself(flaw: _Flaw) -> list[Expected]:
    paper = flaw.paper("CooperationPlan", "work-plan", "adopted")
    flaw.claim(paper, "adopter", flaw.actor())
    flaw.claim(paper, "references", paper)
    return [("E08", paper.path)]


def _single_pillar(flaw: _Flaw) -> list[Expected]:
    return [("F01", flaw.framework([1])[0].path)]


def _gap(flaw: _Flaw) -> list[Expected]:
    return [("F03", flaw.framework([1, 3])[1][1].path)]


def _position_twice(flaw: _Flaw) -> list[Expected]:
    return [("F04", flaw.framework([1, 2, 2])[1][1].path)]


def _wrong_count(flaw: _Flaw) -> list[Expected]:
    plan, _ = flaw.framework([1, 2, 3])
    flaw.claim(plan, "declaredPillarCount", value="4")
    return [("F05", plan.path)]


def _without_topic(flaw: _Flaw) -> list[Expected]:
    _, pillars = flaw.framework([1, 2], topic=False)
    return [("F07", pillar.path) for pillar in pillars]


def _nobody_speaks(flaw: _Flaw) -> list[Expected]:
    return [("U01", flaw.utterance("report", speaker=False).path)]


def _two_speech_acts(flaw: _Flaw) -> list[Expected]:
    words = flaw.utterance("report")
    flaw.claim(words, "speechAct", "speech-act:warning")
    return [("U02", words.path)]


def _proposed_in_a_warning(flaw: _Flaw) -> list[Expected]:
    words = flaw.utterance("warning")
    flaw.claim(words, "proposes", flaw.event(planned=True))
    return [("U04", words.path)]


def _without_unit(flaw: _Flaw) -> list[Expected]:
    return [("Q02", flaw.quantity("Figure", "12.5", "").path)]


def _due_long_ago(flaw: _Flaw) -> list[Expected]:
    target = flaw.quantity("Target", "50", "percent")
    flaw.claim(target, "dueYear", value="1900")
    return [("Q06", target.path)]


def _beyond_all(flaw: _Flaw) -> list[Expected]:
    return [("Q08", flaw.quantity("Figure", "140", "percent").path)]


def _inside_itself(flaw: _Flaw) -> list[Expected]:
    place = flaw.scene.thing("place", "Place", flaw.number, "zone", ("placeType", "place-type:zone"))
    flaw.claim(place, "within", place)
    return [("G05", place.path)]


def _orphan(flaw: _Flaw) -> list[Expected]:
    return [("G01", flaw.nobody("ActorGroup", "named").path)]


def _unnamed_and_without_post(flaw: _Flaw) -> list[Expected]:
    who = flaw.nobody("Person", "by-office")
    flaw.claim(flaw.event(), "attendee", who)
    return [("A11", who.path), ("A12", who.path), ("A13", who.path)]


def _same_label_twice(flaw: _Flaw) -> list[Expected]:
    group = flaw.nobody("ActorGroup", "named")
    flaw.claim(group, "skos:altLabel", value=group.label, lang="en")
    return [("A04", group.path)]


def _event_with_a_title(flaw: _Flaw) -> list[Expected]:
    event = flaw.event()
    flaw.claim(event, "title", value="Dr")
    return [("P01", event.path)]


KINDS: Final[tuple[Callable[[_Flaw], list[Expected]], ...]] = (
    *(_ends_before_it_starts, _starts_twice, _part_of_itself, _without_status, _two_statuses),
    *(_attended_before_it_happens, _one_edition_twice, _lonely_agreement, _nobody_declares, _signed_yet_proposed),
    *(_in_force_unsigned, _adopted_yet_planned, _refers_to_itself, _single_pillar, _gap, _position_twice),
    *(_wrong_count, _without_topic, _nobody_speaks, _two_speech_acts, _proposed_in_a_warning, _without_unit),
    *(_due_long_ago, _beyond_all, _inside_itself, _orphan, _unnamed_and_without_post, _same_label_twice),
    _event_with_a_title,
)


def plant(scene: Scene, number: int) -> list[Expected]:
    """Add the defect of this number, its kind taken in turn; what comes back must be found, and nothing else."""
    return KINDS[number % len(KINDS)](_Flaw(scene, number))
