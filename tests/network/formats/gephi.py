"""Gephi's toolkit, from Maven Central, and what it finds in our files."""

from __future__ import annotations

import subprocess
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from tests.servers import maven

if TYPE_CHECKING:
    from collections.abc import Sequence

VERSION = "0.10.1"
PROGRAM = Path(__file__).with_name("Gephi.java")


@dataclass
class Found:
    """What Gephi made of one file: issues, types of columns, nodes and edges by their ids."""

    issues: list[list[str]] = field(default_factory=list)
    columns: dict[tuple[str, str], str] = field(default_factory=dict)
    nodes: dict[str, list[str]] = field(default_factory=dict)
    edges: dict[tuple[str, str], list[str]] = field(default_factory=dict)

    def take(self, parts: list[str]) -> None:
        """Take in a line."""
        kind, *rest = parts
        if kind == "issue":
            self.issues.append(rest)
        elif kind == "column":
            self.columns[rest[0], rest[1]] = rest[2]
        elif kind == "node":
            self.nodes[rest[0]] = rest[1:]
        else:
            self.edges[rest[0], rest[1]] = rest[2:]


def jar() -> Path:
    """The toolkit with all that it needs, fetched once into the user's cache."""
    artifact = f"org.gephi:gephi-toolkit:{VERSION}:jar:all"
    return maven.jar("Gephi's toolkit", artifact, f"gephi-toolkit-{VERSION}-all.jar")


def read(files: Sequence[Path], directory: Path) -> list[Found]:
    """What Gephi finds in each file."""
    run = subprocess.run(
        ["java", "-Xmx700m", "-Djava.awt.headless=true", "-Duser.timezone=UTC", "-cp", str(jar()), str(PROGRAM)]
        + [str(file) for file in files],
        capture_output=True,
        cwd=directory,
        timeout=240,
        check=True,
    )
    found: list[Found] = []
    # Lines end in a line feed alone; what else may end a line elsewhere may stand in a label.
    for line in run.stdout.decode().rstrip("\n").split("\n"):
        parts = line.split("\t")
        if parts[0] == "file":
            found.append(Found())
        else:
            found[-1].take(parts)
    return found
