"""Words and numbers as sentences have them."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

_ENDINGS: Final = (("ody", "odies"), ("untry", "untries"), ("arty", "arties"), ("ss", "sses"))

_NAMES: Final = frozenset({"Katz"})


def plural(noun: str) -> str:
    """The plural of a noun as reports use them: actor, body, country."""
    for one, many in _ENDINGS:
        if noun.endswith(one):
            return noun[: -len(one)] + many
    return f"{noun}s"


def number(count: int, noun: str, many: str = "") -> str:
    """The count with its noun: 1 event, 2 events, 1,234 events."""
    return f"{count:,} {noun if count == 1 else many or plural(noun)}"


def verb(count: int, one: str, many: str) -> str:
    """The form of a verb that fits the count."""
    return one if count == 1 else many


def share(part: int, whole: int) -> str:
    """The part as whole per cent of the whole, without claiming 0 or 100 where it is not so."""
    return percent(Fraction(part, whole) if whole else 0.0)


def percent(portion: float | Fraction) -> str:
    """A portion of 1 as whole per cent, without claiming 0 or 100 where it is not so."""
    rounded = round(100 * portion)
    if portion and not rounded:
        return "less than 1 %"
    if portion < 1 and rounded == 100:
        return "more than 99 %"
    return f"{rounded} %"


def value(quantity: float | None) -> str:
    """A value with three decimals, or as many digits as a small one needs; a dash for what is not defined."""
    if quantity is None:
        return "–"
    return f"{quantity:,.3f}" if quantity == 0 or abs(quantity) >= 0.001 else f"{quantity:.1e}"


def whole(quantity: int | None) -> str:
    """A whole number with its thousands apart; a dash for what is not there."""
    return "–" if quantity is None else f"{quantity:,}"


def span(low: int | None, high: int | None) -> str:
    """Between which ranks; a dash where nothing was computed."""
    if low is None or high is None:
        return "–"
    return f"{low:,}" if low == high else f"{low:,}–{high:,}"


def moved(before: int | None, after: int | None) -> str:
    """How a node moved from one rank to another: up, down, the same, entered, left, or never there."""
    if before is None or after is None:
        return "absent" if before is after else "entered" if before is None else "left"
    if before == after:
        return "same"
    return f"up {before - after:,}" if before > after else f"down {after - before:,}"


def inside(label: str) -> str:
    """A label as it stands within a sentence: names such as PageRank keep their capitals."""
    first = label.split(" ", maxsplit=1)[0]
    named = first in _NAMES or any(char.isupper() for char in first[1:])
    return label if named else label[:1].lower() + label[1:]


def heading(text: str) -> str:
    """A text as it stands at the head of a column: only its first letter changes, names keep theirs."""
    return text[:1].upper() + text[1:]


def listing(items: Sequence[str]) -> str:
    """The items joined as in a sentence."""
    return " and ".join([", ".join(items[:-1]), items[-1]] if len(items) > 1 else items)


def phrase(name: str) -> str:
    """The name of a class as words: IntergovernmentalOrganization gives Intergovernmental organization."""
    return "".join(f" {char}" if char.isupper() else char for char in name).strip().capitalize()
