"""The command `python -m coopgraph.generate`."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from coopgraph import resources
from coopgraph.generate.constants import vocabulary
from coopgraph.generate.context import context
from coopgraph.generate.reading import read

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


def outputs(directory: Path) -> Mapping[Path, str]:
    """The text that each file made from this ontology directory should have."""
    ontology = read(directory)
    package = Path(__file__).parents[1]
    return {package / "vocabulary.py": vocabulary(ontology), directory / "context.jsonld": context(ontology)}


def stale(texts: Mapping[Path, str]) -> Sequence[Path]:
    """The files that are missing or have another text."""
    return [path for path, text in texts.items() if not path.is_file() or path.read_text(encoding="utf-8") != text]


def main(arguments: Sequence[str] | None = None) -> int:
    """Writes the stale files, or with `--check` only names them; returns the exit status."""
    parser = argparse.ArgumentParser(
        prog="python -m coopgraph.generate", description="Write what follows from ontology/."
    )
    parser.add_argument("--check", action="store_true", help="change nothing; exit with 1 if a file is stale")
    parser.add_argument("--ontology", type=Path, help="the ontology directory (default: the shipped one)")
    options = parser.parse_args(arguments)
    texts = outputs(options.ontology or resources.directory("ontology"))
    paths = stale(texts)
    for path in paths:
        if not options.check:
            path.write_text(texts[path], encoding="utf-8", newline="\n")
        sys.stderr.write(f"{path} {'is stale' if options.check else 'written'}\n")
    return 1 if options.check and paths else 0


if __name__ == "__main__":
    sys.exit(main())
