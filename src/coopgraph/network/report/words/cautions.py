"""What has to be said before any rank, in sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from coopgraph.network.report.language import heading, number, plural, share, verb

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from coopgraph.network.report.parts.about import About
    from coopgraph.network.report.parts.cautions import Caution


def sentences(cautions: tuple[Caution, ...], about: About) -> tuple[str, ...]:
    """One sentence for each caution."""
    return tuple(_SAID[one.code](one, about) for one in cautions)


def _few(what: str, noun: Callable[[About], str]) -> Callable[[Caution, About], str]:
    def said(one: Caution, about: About) -> str:
        count = int(one[what])
        return (
            f"The network is small: it has {number(count, noun(about))}, and with fewer than {int(one['below'])} one "
            "more or less can change the order of all."
        )

    return said


def _no_ties(one: Caution, about: About) -> str:
    return f"No tie joins any of the {int(one['actors']):,} {plural(about.source_kind)}."


def _single(one: Caution, _about: About) -> str:
    single, ties = int(one["single"]), int(one["ties"])
    return (
        f"{single:,} of {number(ties, 'tie')} ({share(single, ties)}) {verb(single, 'hangs', 'hang')} on a single "
        "document: if that document errs or had not been read, the tie would be gone."
    )


def _one(kind: str) -> Callable[[Caution, About], str]:
    def said(one: Caution, about: About) -> str:
        alone, ties = int(one["alone"]), int(one["ties"])
        what = about.target_kind if kind == "event" else kind
        return (
            f"{heading(share(alone, ties))} of the ties hang on one {what}: without “{one.label or one.iri}”, "
            f"{alone:,} of {number(ties, 'tie')} would be gone."
        )

    return said


def _unknown(one: Caution, _about: About) -> str:
    unknown, documents = int(one["unknown"]), int(one["documents"])
    return (
        f"For {unknown:,} of {number(documents, 'document')} no publisher is recorded, so it is not known how many "
        "independent sources speak here."
    )


def _undated(one: Caution, _about: About) -> str:
    undated, statements = int(one["undated"]), int(one["statements"])
    text = f"{undated:,} of {number(statements, 'statement')} ({share(undated, statements)}) have no date: "
    if undated == statements:
        return f"{text}nothing can be said about periods."
    return f"{text}what is said about periods rests on the others."


def _unexamined(_one: Caution, _about: About) -> str:
    return "The network is too large to tell how many of its ties hang on a single document."


_SAID: Final[Mapping[str, Callable[[Caution, About], str]]] = {
    "few-actors": _few("actors", lambda about: about.source_kind),
    "few-events": _few("events", lambda about: about.target_kind),
    "few-documents": _few("documents", lambda _: "document"),
    "no-ties": _no_ties,
    "single-sourced": _single,
    "one-document": _one("document"),
    "one-publisher": _one("publisher"),
    "unknown-publishers": _unknown,
    "one-event": _one("event"),
    "undated": _undated,
    "not-examined": _unexamined,
}
