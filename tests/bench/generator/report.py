"""A report: a page about one event, who took part, what came of it and what was said there."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random
from typing import Final

from tests.bench.generator import names
from tests.bench.generator.page import Evidence, Page, Thing
from tests.bench.generator.pool import SERIES_TYPES, TOPICS, Pool, appoint, organisation, series, state

CLASSES: Final = {
    **dict.fromkeys(("forum", "ministerial-meeting", "symposium", "summit", "conference"), "Meeting"),
    "expo": "Exhibition",
    "training-programme": "TrainingProgramme",
    "speech": "CommunicativeEvent",
    "interview": "CommunicativeEvent",
    "signing": "FormalAct",
    "thematic-year": "ThematicPeriod",
}
_SINGLE: Final = ("forum", "speech", "interview", "signing", "thematic-year", "symposium", "conference")
_PARTICIPATIONS: Final = (
    ("organizer", ""),
    ("organizer", "co-organiser"),
    ("host", ""),
    ("host", "co-host"),
)
_REPORTING: Final = ("position", "suggestion", "pledge", "announcement", "appeal", "warning", "welcome", "report")
_PROPOSING: Final = ("proposal", "request", "suggestion")


@dataclass(frozen=True, slots=True)
class Scene:
    """Where a story stands: its page, its cast, its dice and the event it turns around."""

    page: Page
    pool: Pool
    random: Random
    number: int
    event: Thing
    factuality: str
    year: int

    def thing(self, kind: str, cls: str, number: int, noun: str, *details: tuple[str, str]) -> Thing:
        """A new thing of this story, the `number`th of its kind."""
        labels = names.labels(self.number, en=f"{{}} {noun}" + (f" {number + 1}" if number else ""))
        if self.random.random() < 0.4:
            labels |= names.labels(
                self.number, zh_Hans=f"{{}}第{number + 1}号（{noun}）", de=f"{{}}: {noun} {number + 1}"
            )
        path = f"{kind}/{names.slug(labels['en'])}-{self.number}"
        return self.page.introduce(Thing(path, cls, labels, details))

    def topics(self, subject: Thing, most: int, because: Evidence, *, factuality: str = "actual") -> None:
        """Give a thing one to `most` subjects."""
        for topic in self.random.sample(TOPICS, self.random.randint(1, most)):
            self.page.claim(subject, "topic", f"topic:{topic}", because=because, factuality=factuality)

    def date(self, year: int) -> str:
        """A date in this year, as precise as reports are: mostly a day, often a month, sometimes only the year."""
        dice = self.random.random()
        if dice < 0.15:
            return str(year)
        month = f"{year}-{self.random.randint(1, 12):02}"
        return month if dice < 0.4 else f"{month}-{self.random.randint(1, 25):02}"


def tell(number: int, page: Page, pool: Pool, random: Random) -> Scene:
    """Write the report of this number; what comes back lets others add to the story."""
    scene = _event(number, page, pool, random)
    _participants(scene)
    speakers = _speakers(scene)
    instruments = [_instrument(scene, index) for index in range(random.choice((0, 0, 1, 1, 2)))]
    undertakings = [_undertaking(scene, index) for index in range(random.choice((0, 1, 1, 2, 3)))]
    if random.random() < 0.25:
        _framework(scene, instruments[0] if instruments else None)
    for index in range(random.randint(1, 5)):
        _utterance(scene, index, random.choice(speakers), undertakings)
    if random.random() < 0.5:
        _quantity(scene, target=random.random() < 0.4)
    if random.random() < 0.3:
        _side_event(scene)
    _common_knowledge(scene)
    return scene


def _event(number: int, page: Page, pool: Pool, random: Random) -> Scene:
    planned = random.random() < 0.25
    factuality = "prospective" if planned else "actual"
    in_series = random.random() < 0.6
    row, edition = series(number % pool.series), number // pool.series + 1
    kind = SERIES_TYPES[number % pool.series % len(SERIES_TYPES)] if in_series else random.choice(_SINGLE)
    labels = names.labels(number, en=f"{{}} {kind.replace('-', ' ')}", zh_Hans=f"{{}}会议{edition}")
    if random.random() < 0.3:
        labels |= names.labels(number, de=f"Treffen {{}} {edition}", vi=f"Hội nghị {{}} {edition}")
    event = Thing(
        f"event/{names.slug(labels['en'])}-{number}", CLASSES[kind], labels, (("eventType", f"event-type:{kind}"),)
    )
    year = random.randint(2027, 2030) if planned else random.randint(2005, 2025)
    scene = Scene(page, pool, random, number, page.introduce(event), factuality, year)
    said = page.say(f"The {event.label} {'will take place' if planned else 'took place'}.")
    page.claim(event, "status", "status:planned" if planned else "status:held", because=said)
    scene.topics(event, 3, said)
    if in_series:
        said = page.say(f"It is number {edition} of the {row.label}.")
        page.claim(event, "inSeries", row, because=said, factuality=factuality)
        page.claim(event, "editionNumber", value=str(edition), because=said, factuality=factuality)
    town, day = pool.city(random), scene.date(year)
    said = page.say(f"The place is {town.label}, the date {day}.")
    page.claim(event, "heldIn", town, because=said, factuality=factuality)
    if random.random() < 0.05:
        page.claim(event, "startDate", value=str(year - 1), because=said, factuality=factuality, rank="deprecated")
    page.claim(event, "startDate", value=day, because=said, factuality=factuality)
    if len(day) == len("2025-01-01") and random.random() < 0.6:
        last = f"{day[:8]}{int(day[8:]) + random.randint(0, 3):02}"
        page.claim(event, "endDate", value=last, because=said, factuality=factuality)
    return scene


def _participants(scene: Scene) -> None:
    page, pool, random = scene.page, scene.pool, scene.random
    for predicate, role in random.sample(_PARTICIPATIONS, random.randint(1, 3)):
        actor = pool.actor(random)
        said = page.say(f"{actor.label} acts as {role or predicate}.")
        page.claim(scene.event, predicate, actor, because=said, role=role, factuality=scene.factuality)
    # Most events are small, a few are huge.
    for _ in range(min(60, int(3 / random.random() ** 0.7))):
        actor = pool.actor(random)
        said = page.say(f"{actor.label} {'is expected' if scene.factuality == 'prospective' else 'was there'}.")
        if random.random() < 0.02:
            page.claim(scene.event, "attendee", actor, because=said, factuality=scene.factuality, polarity="denied")
        else:
            page.claim(scene.event, "representedParty", actor, because=said, factuality=scene.factuality)
    home = pool.state(random)
    unnamed = (("actorType", "actor-type:delegates"), ("identification", "identification:unnamed"))
    group = scene.thing("actor", "ActorGroup", 0, f"delegates from {home.label}", *unnamed)
    said = page.say(f"Delegates from {home.label} joined.")
    page.claim(group, "represents", home, because=said)
    page.claim(scene.event, "attendee", group, because=said, role="delegate", factuality=scene.factuality)


def _speakers(scene: Scene) -> list[Thing]:
    page, pool, random = scene.page, scene.pool, scene.random
    speakers = [pool.person(random) for _ in range(random.randint(1, 2))]
    for index in range(random.randint(0, 2)):
        label = f"{names.stem(scene.number)[0]} {names.stem(scene.number * 4 + index)[0]}"
        details = (("identification", "identification:named"),)
        path = f"actor/{names.slug(label)}-{scene.number}-{index}"
        who = page.introduce(Thing(path, "Person", {"en": label}, details))
        appoint(page, who, pool.organisation(random))
        speakers.append(who)
    for who in speakers:
        said = page.say(f"{who.label} speaks.")
        page.claim(scene.event, "speaker", who, because=said, factuality=scene.factuality)
    return speakers


def _instrument(scene: Scene, index: int) -> Thing:
    page, pool, random = scene.page, scene.pool, scene.random
    done = scene.factuality == "actual"
    cls, kind, noun, party, verb, status = random.choice(
        (
            ("Agreement", "memorandum-of-understanding", "memorandum", "signatory", "signs", "signed"),
            ("Agreement", "cooperation-agreement", "agreement", "signatory", "signs", "signed"),
            ("Declaration", "joint-statement", "joint statement", "issuer", "issues", "issued"),
            ("CooperationPlan", "action-plan", "action plan", "adopter", "adopts", "adopted"),
        )
    )
    paper = scene.thing("instrument", cls, index, noun, ("instrumentType", f"instrument-type:{kind}"))
    said = page.say(f"A {paper.label} {'was' if done else 'will be'} {status}.")
    page.claim(paper, "status", f"status:{status if done else 'planned'}", because=said)
    page.claim(scene.event, verb, paper, because=said, factuality=scene.factuality)
    scene.topics(paper, 2, said)
    parties = {actor.path: actor for actor in (pool.actor(random) for _ in range(random.randint(4, 6)))}
    while len(parties) < 2:
        actor = pool.organisation(random)
        parties[actor.path] = actor
    for actor in parties.values():
        page.claim(paper, party, actor, because=page.say(f"{actor.label} is among them."), factuality=scene.factuality)
    if done and verb == "signs":
        page.claim(paper, "signatureDate", value=scene.date(scene.year), because=said)
    if done and random.random() < 0.1:
        page.claim(paper, "status", "status:announced", because=said, rank="deprecated")
    return paper


def _undertaking(scene: Scene, index: int) -> Thing:
    page, pool, random = scene.page, scene.pool, scene.random
    partners: tuple[str, ...] = ("founder", "founder")
    if random.random() < 0.15:
        details = (("actorType", "actor-type:centre"), ("identification", "identification:named"))
        work = scene.thing("actor", "CooperationBody", index, "cooperation centre", *details)
    else:
        kind = random.choice(("project", "platform", "laboratory", "industrial-park", "network"))
        work = scene.thing(
            "undertaking", "Undertaking", index, kind.replace("-", " "), ("undertakingType", f"undertaking-type:{kind}")
        )
        partners = ("leadPartner", "partner", "developer", "beneficiary")
    status, factuality = random.choice(
        (
            ("proposed", "prospective"),
            ("planned", "prospective"),
            ("announced", "prospective"),
            ("established", "actual"),
            ("launched", "actual"),
        )
    )
    said = page.say(f"The {work.label} is {status}.")
    page.claim(work, "status", f"status:{status}", because=said)
    scene.topics(work, 2, said)
    for predicate in random.sample(partners, random.randint(1, len(partners))):
        actor = pool.actor(random)
        said = page.say(f"{actor.label} is {predicate} of the {work.label}.")
        page.claim(work, predicate, actor, because=said, factuality=factuality)
        if random.random() < 0.05:
            other = pool.actor(random)
            said = page.say(f"{other.label} might join.")
            page.claim(work, predicate, other, because=said, factuality="hypothetical", by=actor)
    town = pool.city(random)
    page.claim(work, "locatedIn", town, because=page.say(f"It lies in {town.label}."), factuality=factuality)
    return work


def _framework(scene: Scene, source: Thing | None) -> None:
    page, pool, random = scene.page, scene.pool, scene.random
    count = random.randint(2, 6)
    plan = scene.thing("framework", "Framework", 0, f"framework of {count} pillars")
    said = page.say(f"{count} pillars carry the {plan.label}.")
    page.claim(source or scene.event, "setsOut", plan, because=said)
    page.claim(plan, "declaredPillarCount", value=str(count), because=said)
    for _ in range(2):
        page.claim(plan, "frameworkBetween", pool.state(random), because=said)
    for position in range(1, count + 1):
        pillar = scene.thing("pillar", "Pillar", position, "pillar")
        said = page.say(f"Pillar {position} is {pillar.label}.")
        page.claim(plan, "hasPillar", pillar, because=said)
        page.claim(pillar, "position", value=str(position), because=said)
        scene.topics(pillar, 2, said)


def _utterance(scene: Scene, index: int, speaker: Thing, undertakings: list[Thing]) -> None:
    page, pool, random = scene.page, scene.pool, scene.random
    proposing = bool(undertakings) and random.random() < 0.3
    act = random.choice(_PROPOSING if proposing else _REPORTING)
    words = scene.thing("utterance", "Utterance", index, f"statement on {random.choice(TOPICS)}")
    said = page.say(f"{speaker.label} made a {act} at the {scene.event.label}.")
    page.claim(words, "utteredBy", speaker, because=said)
    page.claim(words, "utteredAt", scene.event, because=said)
    page.claim(words, "speechAct", f"speech-act:{act}", because=said)
    page.claim(words, "verbatim", value="true" if random.random() < 0.3 else "false", because=said)
    scene.topics(words, 3, said)
    if proposing:
        page.claim(words, "proposes", random.choice(undertakings), because=said)
    else:
        page.claim(words, "refersTo", pool.actor(random), because=said)
    if random.random() < 0.2:
        page.claim(words, "addressee", pool.state(random), because=said)


def _quantity(scene: Scene, *, target: bool) -> None:
    page, pool, random = scene.page, scene.pool, scene.random
    indicator, unit, value = random.choice(
        (
            ("attendance", "people", str(random.randint(20, 9000))),
            ("digital-economy-share", "percent", f"{random.randint(10, 99)}.{random.randint(1, 9)}"),
            ("member-count", "count", str(random.randint(3, 40))),
        )
    )
    figure = scene.thing("quantity", "Target" if target else "Figure", 0, f"{indicator} of {value} {unit}")
    setter = pool.state(random)
    said = page.say(f"{setter.label} names {value} {unit}.")
    page.claim(figure, "numericValue", value=value, because=said)
    page.claim(figure, "indicator", f"indicator:{indicator}", because=said)
    page.claim(figure, "comparator", f"comparator:{random.choice(('exact', 'at-most', 'more-than'))}", because=said)
    page.claim(figure, "unit", f"unit:{unit}", because=said)
    page.claim(figure, "measuredEntity", setter if target else scene.event, because=said)
    if target:
        page.claim(figure, "dueYear", value=str(random.randint(2028, 2050)), because=said)
        page.claim(figure, "setBy", setter, because=said)


def _side_event(scene: Scene) -> None:
    page, pool, random = scene.page, scene.pool, scene.random
    side = scene.thing("event", "Meeting", 0, "side meeting", ("eventType", "event-type:working-session"))
    said = page.say(f"The {side.label} belongs to it.")
    planned = scene.factuality == "prospective"
    page.claim(side, "status", "status:planned" if planned else "status:held", because=said)
    page.claim(side, "partOfEvent", scene.event, because=said, factuality=scene.factuality)
    for _ in range(random.randint(1, 4)):
        actor = pool.actor(random)
        page.claim(side, "participant", actor, because=page.say(f"{actor.label} joins."), factuality=scene.factuality)


def _common_knowledge(scene: Scene) -> None:
    """What the yearbooks say too: one assertion with evidence in several documents."""
    if scene.random.random() < 0.5:
        index = scene.random.randrange(scene.pool.states)
        land, union = state(index), organisation(8)
        said = scene.page.say(f"{land.label} is a member of the {union.label}.")
        scene.page.claim(land, "memberOf", union, because=said, since=str(1950 + index))
