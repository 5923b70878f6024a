"""The cast: states, organisations, persons and series that many pages speak of, few of them often, most rarely."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from random import Random
from typing import Final

from tests.bench.generator import names
from tests.bench.generator.page import Page, Thing

TOPICS: Final = (
    *("artificial-intelligence", "ai-governance", "ai-ethics", "ai-safety", "language-models", "talent-development"),
    *("training", "computing-power", "data-centres", "cloud-computing", "data-governance", "cross-border-data"),
    *("open-science", "technology-transfer", "industry", "construction", "health", "education", "smart-cities"),
    *("digital-economy", "e-commerce", "trade", "cybersecurity", "policy-dialogue", "city-partnerships"),
)
SERIES_TYPES: Final = (
    "forum",
    "expo",
    "ministerial-meeting",
    "symposium",
    "training-programme",
    "summit",
    "conference",
)
# Codes that ISO 3166-1 leaves to its users, so that no invented state has the code of a real one.
_USER_CODES: Final = tuple(
    [f"Q{last}" for last in "MNOPQRSTUVWXYZ"] + [f"X{last}" for last in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"]
)
_ORGANISATIONS: Final = (
    ("GovernmentBody", "ministry", {"en": "Ministry of Technology of {}", "de": "Technologieministerium {}"}),
    ("Company", "company", {"en": "{} Systems", "zh_Hans": "{}系统公司"}),
    (
        "KnowledgeOrganization",
        "think-tank",
        {"en": "{} Institute of Policy", "fr": "Institut {}", "zh_Hans": "{}研究院"},
    ),
    ("Company", "telecommunications-company", {"en": "{} Telecom", "vi": "Viễn thông {}"}),
    ("Association", "business-council", {"en": "{} Business Council", "de": "Wirtschaftsrat {}"}),
    ("KnowledgeOrganization", "academy-institute", {"en": "{} Academy", "id": "Akademi {}"}),
    ("Company", "company", {"en": "{} Energy Group"}),
    ("GovernmentBody", "municipal-government", {"en": "City Government of {}"}),
    ("IntergovernmentalOrganization", "intergovernmental-organisation", {"en": "{} Union", "fr": "Union {}"}),
    ("MediaOrganization", "news-outlet", {"en": "{} Daily", "zh_Hans": "{}日报"}),
    ("Association", "professional-society", {"en": "{} Society of Engineers"}),
)
_PER_YEARBOOK: Final = 20


@dataclass(frozen=True)
class Pool:
    """The shared cast of a world of about this many quads."""

    quads: int

    @property
    def states(self) -> int:
        return min(len(_USER_CODES), 4 + self.quads // 5_000)

    @property
    def organisations(self) -> int:
        return 12 + self.quads // 600

    @property
    def persons(self) -> int:
        return 4 + self.quads // 1_500

    @property
    def series(self) -> int:
        return 3 + self.quads // 15_000

    @property
    def yearbooks(self) -> int:
        """The number of pages needed to introduce the cast."""
        return -(-(self.states + self.organisations + self.persons + self.series) // _PER_YEARBOOK)

    def actor(self, random: Random) -> Thing:
        """A state or an organisation, drawn by Zipf's law; states are among the most active."""
        rank = _zipf(random, self.states + self.organisations)
        if rank < 3 * self.states:
            return state(rank // 3) if rank % 3 == 0 else organisation(rank - rank // 3 - 1)
        return organisation(rank - self.states)

    def actor_at(self, number: int) -> Thing:
        """Some organisation, another one for the next number."""
        return organisation(number % self.organisations)

    def state(self, random: Random) -> Thing:
        return state(_zipf(random, self.states))

    def organisation(self, random: Random) -> Thing:
        return organisation(_zipf(random, self.organisations))

    def person(self, random: Random) -> Thing:
        return person(_zipf(random, self.persons))

    def city(self, random: Random) -> Thing:
        return city(_zipf(random, self.states))

    def yearbook(self, number: int, page: Page) -> None:
        """Introduce the part of the cast that this yearbook is about."""
        bounds = (self.states, self.organisations, self.persons, self.series)
        tellers = (self._tell_state, self._tell_organisation, self._tell_person, self._tell_series)
        for index in range(number * _PER_YEARBOOK, (number + 1) * _PER_YEARBOOK):
            rest = index
            for bound, tell in zip(bounds, tellers, strict=True):
                if rest < bound:
                    tell(rest, page)
                    break
                rest -= bound

    def _tell_state(self, index: int, page: Page) -> None:
        land, union = page.introduce(state(index)), organisation(8)
        page.introduce(country(index))
        town = page.introduce(city(index))
        said = page.say(f"{town.label} is the capital of {land.label}.")
        page.claim(town, "within", country(index), because=said)
        said = page.say(f"{land.label} belongs to the {union.label} since {1950 + index}.")
        page.claim(land, "memberOf", union, because=said, since=str(1950 + index))

    def _tell_organisation(self, index: int, page: Page) -> None:
        body, home = page.introduce(organisation(index)), state(index * 7 % self.states)
        relation = "partOf" if body.cls == "GovernmentBody" else "nationality"
        if body.cls != "IntergovernmentalOrganization":
            page.claim(body, relation, home, because=page.say(f"{body.label} comes from {home.label}."))
        town = city(index * 7 % self.states)
        page.claim(body, "locatedIn", town, because=page.say(f"{body.label} has its seat in {town.label}."))
        said = page.say(f"{body.label} works on {TOPICS[index % len(TOPICS)]}.")
        page.claim(body, "topic", f"topic:{TOPICS[index % len(TOPICS)]}", because=said)
        short = "".join(word[0] for word in body.label.split()) + str(index)
        page.claim(body, "skos:altLabel", value=short, lang="en", because=page.say(f"It is known as {short}."))

    def _tell_person(self, index: int, page: Page) -> None:
        who, employer = page.introduce(person(index)), organisation(index * 3 % self.organisations)
        appoint(page, who, employer, title="Dr" if index % 3 else "H.E.")

    def _tell_series(self, index: int, page: Page) -> None:
        row = page.introduce(series(index))
        page.claim(row, "topic", f"topic:{TOPICS[index % len(TOPICS)]}", because=page.say(f"{row.label} goes on."))


def appoint(page: Page, who: Thing, employer: Thing, *, title: str = "") -> None:
    """Give a person a post of their own in an organisation and a form of address."""
    slug = who.path.partition("/")[2]
    post = page.introduce(Thing(f"post/{slug}", "Post", {"en": f"Director held by {who.label} in {employer.label}"}))
    said = page.say(f"{title} {who.label} is director in {employer.label}.".strip())
    page.claim(post, "postIn", employer, because=said)
    page.claim(who, "holdsPost", post, because=said)
    page.claim(who, "represents", employer, because=said)
    if title:
        page.claim(who, "title", value=title, because=said)


@lru_cache(maxsize=64)
def state(index: int) -> Thing:
    """The state of this number."""
    labels = names.labels(index, en="{}land", de="{}land", fr="{}lande", vi="Nước {}", zh_Hans="{}国")
    code = _USER_CODES[index]
    return Thing(
        f"actor/{names.slug(labels['en'])}",
        "State",
        labels,
        (
            ("actorType", "actor-type:state"),
            ("identification", "identification:named"),
            ("iso3166Alpha2", code),
            ("iso3166Alpha3", code + "A"),
            ("unM49", f"{900 + index}"),
            ("hasTerritory", country(index).path),
        ),
    )


@lru_cache(maxsize=64)
def country(index: int) -> Thing:
    """The land of the state of this number."""
    labels = names.labels(index, en="{}land", de="{}land", zh_Hans="{}国")
    return Thing(f"place/{names.slug(labels['en'])}", "Place", labels, (("placeType", "place-type:country"),))


@lru_cache(maxsize=64)
def city(index: int) -> Thing:
    """The capital of the state of this number."""
    labels = names.labels(index, en="Port {}", fr="Port-{}", zh_Hans="{}港")
    return Thing(f"place/{names.slug(labels['en'])}", "Place", labels, (("placeType", "place-type:city"),))


@lru_cache(maxsize=4096)
def organisation(index: int) -> Thing:
    """The organisation of this number."""
    cls, kind, patterns = _ORGANISATIONS[index % len(_ORGANISATIONS)]
    labels = names.labels(index, **patterns)
    details = (("actorType", f"actor-type:{kind}"), ("identification", "identification:named"))
    return Thing(f"actor/{names.slug(labels['en'])}", cls, labels, details)


@lru_cache(maxsize=4096)
def person(index: int) -> Thing:
    """The person of this number."""
    labels = names.labels(index, en=f"{names.stem(index * 3 + 1)[0]} {{}}", zh_Hans="{}")
    details = (("identification", "identification:named"),)
    return Thing(f"actor/{names.slug(labels['en'])}-{index}", "Person", labels, details)


@lru_cache(maxsize=1024)
def series(index: int) -> Thing:
    """The series of events of this number."""
    kind = SERIES_TYPES[index % len(SERIES_TYPES)]
    labels = names.labels(index, en=f"{{}} {kind.replace('-', ' ')}", de=f"{{}}-Reihe {index}")
    return Thing(f"series/{names.slug(labels['en'])}", "EventSeries", labels, (("eventType", f"event-type:{kind}"),))


def _zipf(random: Random, size: int) -> int:
    # Numbers whose logarithm is uniform follow Zipf's law with exponent one.
    return min(size - 1, int((size + 1) ** random.random()) - 1)
