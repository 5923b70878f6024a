"""The tasks that a service can have done, by name."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from coopgraph.network import formats
from coopgraph.network.apart import reporting, summary, tie
from coopgraph.network.formats import selecting

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from coopgraph.network.formats.origin import Origin
    from coopgraph.network.selection import Selection
    from coopgraph.store.port import Reader


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """What a task has to go by; its answer belongs into the file `answer`, which does not exist yet."""

    reader: Reader
    selection: Selection
    origin: Origin
    options: Mapping[str, Any]
    answer: Path


def _file(work: Work) -> None:
    form = formats.named(work.options["format"])
    formats.offer(selecting.sheet(work.reader, work.selection, work.origin, form.content), form, work.answer)


def _summary(work: Work) -> None:
    _json(work, summary.summary(work.reader, work.selection, work.origin))


def _tie(work: Work) -> None:
    ends = work.options["source"], work.options["target"]
    _json(work, tie.tie(work.reader, work.selection, work.origin, *ends))


def _report(work: Work) -> None:
    _json(work, reporting.centrality(work.reader, work.selection, work.origin, work.options))


def _json(work: Work, told: Mapping[str, Any]) -> None:
    work.answer.write_text(json.dumps(told, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


TASKS: Final[Mapping[str, Callable[[Work], None]]] = {
    "file": _file,
    "summary": _summary,
    "tie": _tie,
    "report": _report,
}
