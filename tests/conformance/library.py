"""The files of the suites under the addresses at which they are published, read from their archives into memory."""

from __future__ import annotations

import tarfile
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

DIRECTORY: Final = Path(__file__).resolve().parents[2].parent / "shared" / "suites"

RDF_TESTS: Final = "https://w3c.github.io/rdf-tests/"
JSON_LD: Final = "https://w3c.github.io/json-ld-api/tests/"
_PLACES: Final = {"sparql/": RDF_TESTS + "sparql/", "rdf/": RDF_TESTS + "rdf/", "jsonld/": JSON_LD}


class MissingError(Exception):
    """The archives of the suites are not here."""


@dataclass(frozen=True, slots=True, eq=False)
class Library:
    """Every file by its published IRI."""

    files: Mapping[str, bytes]

    def __contains__(self, iri: str) -> bool:
        return iri in self.files

    def read(self, iri: str) -> bytes:
        """The bytes published there."""
        return self.files[iri]

    def text(self, iri: str) -> str:
        """The text published there."""
        return self.files[iri].decode()


@lru_cache(maxsize=1)
def library(directory: Path = DIRECTORY) -> Library:
    """The suites on which this project is measured.

    Raises:
        MissingError: if there are no archives.
    """
    archives = sorted(directory.glob("*.tar.gz"))
    if not archives:
        raise MissingError(f"no archives of the conformance suites in {directory}")
    files = {}
    for archive in archives:
        with tarfile.open(archive) as opened:
            for member in opened:
                content = opened.extractfile(member)
                iri = published(member.name.removeprefix("./"))
                if content is not None and iri is not None:
                    files[iri] = content.read()
    return Library(files)


def published(path: str) -> str | None:
    """Where the file with this path in an archive is published; None for what does not belong to our suites."""
    for start, place in _PLACES.items():
        if path.startswith(start):
            return place + path.removeprefix(start)
    return None
