"""Carry out numbered runs, here or in processes of their own; nothing depends on where or in which order."""

from __future__ import annotations

import contextlib
import socket
import subprocess
import sys
from multiprocessing.connection import Connection, wait
from typing import TYPE_CHECKING, Final

import numpy as np

from coopgraph.errors import CoopgraphError
from coopgraph.network.uncertainty.intervals import LEVEL, RankIntervals, intervals
from coopgraph.network.uncertainty.keep import Keep, keeping
from coopgraph.network.uncertainty.runs import begun, fingerprint

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable, Iterator, Sequence

    from coopgraph.network.arrays import Indices
    from coopgraph.network.progress import Progress
    from coopgraph.network.uncertainty.keep import Finished, Ranks
    from coopgraph.network.uncertainty.runs import Runs

_BLOCK: Final = 40_000_000  # ranks held at once when intervals are made: 160 MB, and as much again to sort them
_END_SECONDS: Final = 10.0


@contextlib.contextmanager
def carried_out(runs: Runs, *, workers: int, keep: Keep | None, progress: Progress) -> Iterator[Ranks]:
    """The ranks of every run (score names × nodes), in order of their numbers; they can be read inside the context.

    Raises:
        CoopgraphError: what a run raised, or "reader-lost" if a process ended by itself.
    """
    with contextlib.ExitStack() as stack:
        held = keep if keep is not None else stack.enter_context(keeping())
        finished = held.finished(fingerprint(runs))
        finished.tidy()
        stack.callback(finished.tidy)
        stands_for = runs.representatives()
        wanted = np.unique(stands_for).tolist()
        there = finished.numbers()
        left = [number for number in wanted if number not in there]
        progress.begin(len(wanted), runs.label)
        progress.advance(len(wanted) - len(left))
        here = workers == 1 or len(left) < 2
        done = _in_turn(runs, left, finished) if here else _side_by_side(runs, left, finished, min(workers, len(left)))
        with contextlib.closing(done):
            for _ in done:
                progress.advance()
        yield finished.ranks(stands_for.tolist())


def rank_intervals(ranks: Ranks | Sequence[Indices], level: float = LEVEL) -> tuple[RankIntervals, ...]:
    """The intervals for each row of the ranks, over all runs; a part of the nodes at a time."""
    rows, width = next(iter(ranks)).shape
    step = max(1, _BLOCK // len(ranks))
    found = []
    for row in range(rows):
        parts = [
            intervals(_stacked(ranks, row, slice(begin, min(begin + step, width))), level)
            for begin in range(0, max(width, 1), step)
        ]
        columns = {
            name: np.concatenate([getattr(part, name) for part in parts])
            for name in ("best", "worst", "low", "high", "missing")
        }
        found.append(RankIntervals(**columns, rounds=len(ranks), level=level))
    return tuple(found)


def _stacked(ranks: Ranks | Sequence[Indices], row: int, nodes: slice) -> Indices:
    """One row of all runs, for some nodes: runs × nodes."""
    stacked = np.empty((len(ranks), nodes.stop - nodes.start), dtype=np.int32)
    for number, each in enumerate(ranks):
        stacked[number] = each[row, nodes]
    return stacked


def _in_turn(runs: Runs, numbers: Iterable[int], finished: Finished) -> Generator[int]:
    run = None
    for number in numbers:
        run = run or begun(runs)
        finished.put(number, run(number))
        yield number


def _side_by_side(runs: Runs, numbers: Sequence[int], finished: Finished, workers: int) -> Generator[int]:
    """Each process is given a number whenever it is done with one. All are ended when the generator is closed."""
    with contextlib.ExitStack() as stack:
        ends = [stack.enter_context(_worker()) for _ in range(workers)]
        for each in ends:
            _send(each, (runs, str(finished.directory)))
        todo = iter(numbers)
        busy = [end for end in ends if _give(end, todo)]
        while busy:
            for end in wait(busy):
                if not isinstance(end, Connection):
                    raise TypeError("only connections are waited for")
                yield _answer(end)
                if not _give(end, todo):
                    busy.remove(end)


def _give(end: Connection, todo: Iterator[int]) -> bool:
    number = next(todo, None)
    if number is not None:
        _send(end, number)
    return number is not None


def _send(end: Connection, message: object) -> None:
    try:
        end.send(message)
    except ConnectionError as error:
        raise _lost() from error


def _answer(end: Connection) -> int:
    try:
        answer = end.recv()
    except (EOFError, ConnectionError) as error:
        raise _lost() from error
    if isinstance(answer, Exception):
        raise answer
    return int(answer)


def _lost() -> CoopgraphError:
    return CoopgraphError(
        "reader-lost",
        "A process that computed ranks has ended by itself, perhaps for want of memory.",
        remedy="Start again, with fewer processes; finished rounds are kept.",
    )


@contextlib.contextmanager
def _worker() -> Iterator[Connection]:
    """A process that waits for work; killed at the end of the context."""
    ours, theirs = socket.socketpair()
    command = [sys.executable, "-P", "-m", "coopgraph.network.uncertainty.run_process"]
    with theirs:
        # In a group of its own, an interrupt from the terminal is not for it: this process ends it.
        process = subprocess.Popen(command, stdin=theirs.fileno(), stdout=subprocess.DEVNULL, process_group=0)
    end = Connection(ours.detach())
    try:
        yield end
    finally:
        end.close()
        process.kill()
        process.wait(_END_SECONDS)
