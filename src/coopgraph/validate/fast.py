"""The fast SHACL engine, for whole graphs."""

from __future__ import annotations

import tempfile
from functools import lru_cache
from pathlib import Path
from typing import Final

import shacl

from coopgraph.errors import CoopgraphError
from coopgraph.model.finding import Finding
from coopgraph.validate.runner import code_of, collected, severity_of


class FastRunner:
    """`shacl` from PyPI, written in Rust: the same results as the reference in a hundredth of the time."""

    name: Final = "fast"

    def run(self, data: bytes, shapes: bytes) -> tuple[Finding, ...]:
        """See `Runner.run`."""
        # Handed over as text, the data would be in memory twice more while the engine works.
        with tempfile.TemporaryDirectory(prefix="coopgraph-") as workspace:
            file = Path(workspace) / "data.nt"
            file.write_bytes(data)
            return self._run(file, shapes)

    def _run(self, file: Path, shapes: bytes) -> tuple[Finding, ...]:
        try:
            report = _compiled(shapes).validate_file(str(file))
        except ValueError as error:
            detail = str(error).replace(f"{file.as_uri()}: ", "")
            raise CoopgraphError("syntax", f"The data or the shapes cannot be validated: {detail}.") from error
        return collected(_finding(result) for result in report.results)


@lru_cache(maxsize=4)
def _compiled(shapes: bytes) -> shacl.Shapes:
    return shacl.Shapes.from_turtle(shapes.decode())


def _finding(result: shacl.Result) -> Finding:
    message = result.message or ""
    source = result.source_shape or ""
    # The name of a blank node says nothing outside the engine: then the nearest shape with a name is told.
    shape = (result.root_shape or "") if source.startswith("_:") else source
    return Finding(
        code=code_of(shape, message, result.component_iri),
        severity=severity_of(result.severity_iri),
        focus=result.focus_node,
        path=result.path or "",
        value=result.value or "",
        message=message,
        shape=shape,
        component=f"<{result.component_iri}>",
    )
