"""`python -m tests.bench.networks.steps LIBRARY TASK FILE SECONDS`: one task on the ties of a file, in this process.

Prints what it cost as JSON: CPU seconds for making the library's graph and for the task, without loading the library,
and the peak of memory. The
system ends the process when it has used so many seconds of CPU.
"""

from __future__ import annotations

import json
import resource
import sys
import time
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.bench.networks import others, ours

if TYPE_CHECKING:
    from collections.abc import Callable

# What is imported before anything is measured.
LOADED = {"coopgraph": ["networkit"], "networkx": [], "igraph": ["igraph"], "rustworkx": ["rustworkx"]}
LIBRARIES: dict[str, tuple[Callable[[Path], Any], dict[str, Callable[[Any], dict[str, Any]]]]] = {
    "coopgraph": (ours.read, ours.TASKS),
    "networkx": (others.as_networkx, others.NETWORKX),
    "igraph": (others.as_igraph, others.IGRAPH),
    "rustworkx": (others.as_rustworkx, others.RUSTWORKX),
}


def main(library: str, task: str, file: str, seconds: str) -> None:
    """Make the graph, do the task, say what it cost."""
    limit = int(seconds)
    resource.setrlimit(resource.RLIMIT_CPU, (limit, limit + 1))
    make, tasks = LIBRARIES[library]
    for module in LOADED[library]:
        import_module(module)
    began = time.process_time()
    graph = make(Path(file))
    made = time.process_time()
    said = tasks[task](graph)
    done = time.process_time()
    cost = {"build": made - began, "cpu": done - made, "peak": _peak(), "said": said}
    sys.stdout.write(json.dumps(cost) + "\n")


def _peak() -> int:
    """The most memory that was resident, in bytes."""
    status = Path("/proc/self/status")
    if status.exists():
        # What the system counts for a process begins with what its parent held; this begins with the program.
        line = next(line for line in status.read_text(encoding="utf-8").splitlines() if line.startswith("VmHWM:"))
        return int(line.split()[1]) * 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


if __name__ == "__main__":
    main(*sys.argv[1:])
