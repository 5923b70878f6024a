"""The parameters of a request to our own addresses: known ones only, each once."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from coopgraph.errors import CoopgraphError
from coopgraph.web import wording

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from werkzeug.datastructures import MultiDict

_LANGUAGE: Final = re.compile(r"[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8}){0,7}")
_TRUTHS: Final = {"0": False, "1": True}


def demand(given: MultiDict[str, str], known: Iterable[str]) -> dict[str, str]:
    """The parameters as they were given.

    Raises:
        CoopgraphError: "request" for one that is not known, with the list of known ones, or that is given twice.
    """
    names = tuple(known)
    unknown = sorted(set(given) - set(names))
    if unknown:
        there_is = f"Known are {', '.join(names)}." if names else "There are none here."
        raise CoopgraphError("request", f"Unknown parameter: {', '.join(map(repr, unknown))}.", remedy=there_is)
    twice = sorted(name for name, values in given.lists() if len(values) > 1)
    if twice:
        raise CoopgraphError("request", f"The parameter {', '.join(map(repr, twice))} is given more than once.")
    return dict(given.items())


def number(text: str, name: str, *, most: int, low: int = 1) -> int:
    """A whole number from `low` to `most`.

    Raises:
        CoopgraphError: "request" if it is none.
    """
    if not (text.isascii() and text.isdigit() and len(text) <= 9) or not low <= int(text) <= most:
        raise _field(name, f"{text!r} is no number from {low} to {most}.")
    return int(text)


def truth(text: str, name: str) -> bool:
    """Whether 1 is given, and not 0.

    Raises:
        CoopgraphError: "request" if it is neither.
    """
    if text not in _TRUTHS:
        raise _field(name, f"{text!r} is neither 1 nor 0.")
    return _TRUTHS[text]


def language(text: str, name: str) -> str:
    """A language tag, in lower case.

    Raises:
        CoopgraphError: "request" if it is none.
    """
    if not _LANGUAGE.fullmatch(text):
        raise _field(name, f"{text!r} is no language tag. Write en, de or zh.")
    return text.lower()


def languages(given: Mapping[str, str]) -> tuple[str, ...]:
    """The languages that the reader understands, best first: the one in `lang`, else those of the request's header.

    Raises:
        CoopgraphError: "request" if `lang` is no language tag.
    """
    if "lang" not in given:
        return wording.languages()
    return tuple(dict.fromkeys((language(given["lang"], "lang"), wording.FALLBACK)))


def _field(name: str, sentence: str) -> CoopgraphError:
    return CoopgraphError("request", f"{name}: {sentence}", fields={name: sentence})
