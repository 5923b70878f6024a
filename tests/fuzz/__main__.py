"""`python -m tests.fuzz`: look for a request that breaks a property, guided by what code it reaches."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import Final

import click

from tests.fuzz.corpus import CASES, WORDS

INSTRUMENTED: Final = ("coopgraph.sparql", "werkzeug.http", "werkzeug.datastructures", "tests.fuzz.understanding")


@click.command()
@click.option("--cases", default=1_000_000, show_default=True)
@click.option("--seed", default=1, show_default=True)
def main(*, cases: int, seed: int) -> None:
    """Try so many cases; a case that fails is written down, and the exit status says so."""
    try:
        import atheris
    except ImportError as error:
        raise click.ClickException("Install the fuzzer first: pip install atheris") from error

    with atheris.instrument_imports(
        include=["coopgraph.sparql", "werkzeug.http", "werkzeug.datastructures", "tests.fuzz.understanding"]
    ):
        from tests.fuzz.understanding import judge

    with tempfile.TemporaryDirectory(prefix="coopgraph-fuzz-") as workspace:
        corpus = Path(workspace) / "corpus"
        corpus.mkdir()
        for number, case in enumerate(CASES):
            (corpus / str(number)).write_bytes(case)
        words = Path(workspace) / "words"
        words.write_text("".join(f'"{word}"\n' for word in WORDS), encoding="ascii")
        options = [f"-runs={cases}", f"-seed={seed}", f"-dict={words}", "-max_len=2000", str(corpus)]
        atheris.Setup([sys.argv[0], *options], judge)
        atheris.Fuzz()


if __name__ == "__main__":
    main()
