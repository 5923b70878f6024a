"""The whole world: how many pages it has, which defects stand on which page, and every page by its number."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

from tests.bench.generator import defects, report
from tests.bench.generator.page import Page, Row, Thing
from tests.bench.generator.pool import Pool, organisation, state

RECORD = Thing(
    "record/union-register",
    "ExternalRecord",
    {"en": "Register of the members of the union"},
    (("dcterms:source", "https://register.example/union"),),
)


@dataclass(frozen=True, slots=True)
class World:
    """A world of `reports` reports besides the yearbooks of its cast, with `flaws` planned defects."""

    seed: int
    pool: Pool
    reports: int
    flaws: int

    @property
    def pages(self) -> int:
        """The number of pages: the yearbooks first, then the reports."""
        return self.pool.yearbooks + self.reports

    def page(self, index: int) -> tuple[Page, list[defects.Expected]]:
        """The page of this number and the findings that its defects must cause."""
        # A generator of its own for each page: no page depends on another having been made before.
        random = Random(f"{self.seed}/{index}")
        number = index - self.pool.yearbooks
        title = f"Yearbook {index + 1}" if number < 0 else f"Report {number + 1}"
        page = Page(hashlib.sha256(f"{self.seed}/{title}".encode()).hexdigest()[:16], title)
        page.say(title)
        if number < 0:
            self.pool.yearbook(index, page)
            return page, []
        scene = report.tell(number, page, self.pool, random)
        first, last = (self.flaws * edge // self.reports for edge in (number, number + 1))
        return page, [finding for flaw in range(first, last) for finding in defects.plant(scene, flaw)]

    def all_pages(self) -> Iterator[tuple[Page, list[defects.Expected]]]:
        """Every page in order."""
        return map(self.page, range(self.pages))

    def background(self) -> list[Row]:
        """What a register outside the documents says about the states."""
        return [
            Row(
                *(state(index).path, "memberOf", organisation(8).path, "", "", "", "actual", "", "", ""),
                *(str(1950 + index), "", (), (RECORD.path,)),
            )
            for index in range(self.pool.states)
        ]
