"""Changes in a process of their own: within their limits, one after the other, and never half."""

from __future__ import annotations

import os
import threading
import time
from typing import TYPE_CHECKING, Any

import pytest

from coopgraph.curate.rdf import RdfText
from coopgraph.errors import CoopgraphError
from coopgraph.release.begin import begin_empty
from coopgraph.release.changer import Changer
from coopgraph.release.edit import Post, Update
from coopgraph.release.passage import RefusedError
from coopgraph.release.verify import verify
from tests.web import made

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from coopgraph.release.edit import Edit
    from coopgraph.release.shelf import Shelf

FILL = Update("INSERT DATA { " + " ".join(f"<http://a/{n}> <http://p> {n} ." for n in range(2000)) + " }")
ENDLESS = Update("INSERT { ?a ?b ?x } WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?x }")
DEEP = Update("INSERT DATA { " + "(" * 100_000 + ")" * 100_000 + " <http://p> 1 }")
ONE = Update("INSERT DATA { <http://a> <http://p> 1 }")


@pytest.fixture
def changer(shelf: Shelf) -> Iterator[Callable[..., Changer]]:
    begin_empty(shelf, gate="none", base="https://w3id.org/coopgraph/")
    made_here: list[Changer] = []

    def make(**changes: Any) -> Changer:
        limits: dict[str, Any] = {"seconds": 20.0, "memory": 2_000_000_000, "waiting": 4, "keep": 0}
        made_here.append(Changer(shelf.directory, **(limits | changes)))
        return made_here[-1]

    yield make
    for one in made_here:
        one.close()


def failure(changer: Changer, edit: Edit) -> CoopgraphError:
    with pytest.raises(CoopgraphError) as caught:
        changer.run(edit)
    return caught.value


def test_changes_and_refusals_cross_the_pipe(changer: Callable[..., Changer], shelf: Shelf) -> None:
    one = changer()
    assert one.run(ONE).number == 2
    told = failure(one, Update("INSERT DATA {\n nonsense"))
    assert (told.code, told.line) == ("syntax", 2)
    document = RdfText("<> <http://p> 'é 名' .".encode(), "text/turtle", "http://e/")
    assert one.run(Post((document, document), None)).added == 1
    assert verify(shelf) == ()


def test_a_verdict_crosses_it_too(tmp_path: Path) -> None:
    made.release(tmp_path)
    one = Changer(tmp_path / "data", seconds=60, memory=2_000_000_000, waiting=1, keep=0)
    try:
        ours = "https://w3id.org/coopgraph/"
        with pytest.raises(RefusedError) as caught:
            one.run(Update(f"INSERT DATA {{ <{ours}{made.CENTRE}> <{ours}ns#founder> <{ours}id/actor/atlantis> }}"))
        (finding,) = caught.value.verdict.findings
        assert (finding.code, finding.focus) == ("W01", f"<{ours}{made.CENTRE}>")
    finally:
        one.close()


@pytest.mark.parametrize(
    ("edit", "seconds", "told"),
    [(ENDLESS, 3.0, ("deadline", "change_seconds")), (DEEP, 60.0, ("too-deep", None))],
    ids=["endless", "deep"],
)
def test_a_change_beyond_its_limits_is_ended(
    changer: Callable[..., Changer], shelf: Shelf, edit: Edit, seconds: float, told: tuple[str, str | None]
) -> None:
    one = changer(seconds=seconds)
    one.run(FILL)
    started = time.monotonic()
    error = failure(one, edit)
    assert (error.code, error.limit) == told
    assert time.monotonic() - started < seconds + 10
    assert one.run(ONE).added == 1
    assert verify(shelf) == ()
    assert not list(shelf.directory.glob("building-*"))


def test_a_change_that_needs_too_much_memory(changer: Callable[..., Changer], shelf: Shelf) -> None:
    one = changer(memory=400_000_000)
    one.run(FILL)
    greedy = Update("INSERT { ?a ?b ?c } WHERE { SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?i ?f LIMIT 5 }")
    told = failure(one, greedy)
    assert (told.code, told.limit) == ("memory", "change_memory")
    assert one.run(ONE).added == 1
    assert verify(shelf) == ()


def test_only_so_many_wait(changer: Callable[..., Changer]) -> None:
    one = changer(seconds=3.0, waiting=1)
    one.run(FILL)
    outcomes: list[str] = []

    def ask() -> None:
        error = failure(one, ENDLESS)
        outcomes.append(error.code)
        if error.limit == "changes_waiting":
            assert "More than 1 changes are waiting, the limit changes_waiting." in error.detail

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
        time.sleep(0.1)
    for thread in threads:
        thread.join(timeout=30)
    assert outcomes.count("busy") >= 2
    assert "deadline" in outcomes


def test_an_interrupt_at_the_terminal_is_not_for_the_process(changer: Callable[..., Changer]) -> None:
    one = changer()
    one.start()
    assert one._process is not None
    assert os.getpgid(one._process.pid) != os.getpgrp()


def test_a_lost_process_is_replaced(changer: Callable[..., Changer], shelf: Shelf) -> None:
    one = changer()
    one.start()
    pid = one._process.pid if one._process is not None else 0
    os.kill(pid, 9)
    assert failure_or_success(one) in {"done", "reader-lost"}
    assert one.run(Update("CLEAR ALL")).number >= 1
    assert verify(shelf) == ()


def failure_or_success(changer: Changer) -> str:
    try:
        changer.run(ONE)
    except CoopgraphError as error:
        return error.code
    return "done"


def test_after_the_end_nothing_is_changed(changer: Callable[..., Changer], shelf: Shelf) -> None:
    one = changer()
    one.start()
    one.close()
    assert failure(one, ONE).code == "busy"
    assert shelf.numbers() == (1,)
