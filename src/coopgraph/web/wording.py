"""Labels in the reader's language, and dates and numbers as people write them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from flask import request

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

FALLBACK: Final = "en"
_MONTHS: Final = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_DATE: Final = re.compile(r"(-?\d{4,})(?:-(\d\d))?(?:-(\d\d))?(?:Z|[+-]\d\d:\d\d)?")


@dataclass(frozen=True, slots=True)
class Label:
    """A label with its language, empty if it has none."""

    text: str
    language: str


def languages() -> tuple[str, ...]:
    """The languages that the reader understands, best first, in lower case, always ending in the fallback."""
    wanted = [str(tag).lower() for tag, quality in request.accept_languages if quality > 0 and tag != "*"]
    return tuple(dict.fromkeys((*wanted, FALLBACK)))


def best(labels: Iterable[Label], wanted: Sequence[str]) -> Label | None:
    """The label that the reader understands best; None if there are no labels at all.

    A tag fits one that it begins with (`zh` fits `zh-Hans`) and one that begins it; a label without language fits
    after all wanted ones, and then comes whatever there is, always the same.
    """
    ordered = sorted(labels, key=lambda label: (label.language, label.text))
    for tag in wanted:
        for fits in (_same, _narrower, _wider):
            for label in ordered:
                if label.language and fits(label.language.lower(), tag):
                    return label
    return next((label for label in ordered if not label.language), ordered[0] if ordered else None)


def date_words(lexical: str) -> str:
    """A date as precise as it is: 2031-05-05 gives 5 May 2031, 2031-05 gives May 2031; other text stays as it is."""
    match = _DATE.fullmatch(lexical)
    if match is None:
        return lexical
    year, month, day = match.groups()
    if month is None:
        return year
    name = _MONTHS[int(month) - 1] if 1 <= int(month) <= 12 else month
    return f"{name} {year}" if day is None else f"{int(day)} {name} {year}"


def grouped(number: int) -> str:
    """A number with narrow spaces between thousands, as 12 345."""
    return f"{number:,}".replace(",", "\u202f")


def local_name(iri: str) -> str:
    """The last part of an IRI."""
    return iri.rstrip("/#").rpartition("#")[2].rpartition("/")[2]


def words(local_name: str) -> str:
    """A name in camel case or with hyphens as words, for terms that have no label; a code stays as it is."""
    if local_name.isupper():
        return local_name
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", local_name).replace("-", " ").lower()


def _same(language: str, tag: str) -> bool:
    return language == tag


def _narrower(language: str, tag: str) -> bool:
    return language.startswith(tag + "-")


def _wider(language: str, tag: str) -> bool:
    return tag.startswith(language + "-")
