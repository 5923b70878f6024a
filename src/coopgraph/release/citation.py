"""How a release is cited: as plain text, BibTeX, RIS and CITATION.cff, all naming its number, digest and date."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from coopgraph.release.manifest import RELEASES

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from coopgraph.release.manifest import Manifest

AUTHOR: Final = "The coopgraph maintainers"
TITLE: Final = "coopgraph: a knowledge graph of international cooperation"
LICENCE: Final = "CC-BY-4.0"

_SPECIAL: Final = {
    "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "%": r"\%", "#": r"\#", "_": r"\_", "&": r"\&", "$": r"\$",
    "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Citation:
    """What a citation says; `address` is where the release is found, `date` its day as 2031-05-05."""

    number: int
    digest: str
    date: str
    address: str

    @property
    def key(self) -> str:
        """A short name that no other release has."""
        return f"coopgraph-{self.number}-{self.digest[:12]}"


def of(manifest: Manifest, address: str = "") -> Citation:
    """The citation of a release; its IRI stands for an address."""
    found = address or f"{manifest.base}{RELEASES}/{manifest.number}"
    return Citation(manifest.number, manifest.digest, manifest.created.date().isoformat(), found)


def text(one: Citation) -> str:
    """One line for a list of references."""
    made = f"Release {one.number} of {one.date}, SHA-256 {one.digest}"
    return f"{AUTHOR} ({one.date[:4]}): {TITLE}. {made}. {one.address} ({LICENCE}).\n"


def bibtex(one: Citation) -> str:
    """An entry that every BibTeX style knows."""
    fields = {
        "author": f"{{{AUTHOR}}}",
        "title": f"{{{TITLE}}}",
        "year": one.date[:4],
        "month": str(int(one.date[5:7])),
        "edition": f"Release {one.number}",
        "howpublished": f"\\url{{{_address(one.address)}}}",
        "url": _address(one.address),
        "note": _escaped(f"Release {one.number} of {one.date}, SHA-256 {one.digest}, licence {LICENCE}"),
    }
    lines = (f"  {name} = {{{value}}}," for name, value in fields.items())
    return "\n".join((f"@misc{{{one.key},", *lines, "}")) + "\n"


def ris(one: Citation) -> str:
    """A record for reference managers."""
    lines = (
        ("TY", "DATA"),
        ("AU", AUTHOR),
        ("TI", TITLE),
        ("PY", one.date[:4]),
        ("DA", one.date.replace("-", "/")),
        ("ET", f"Release {one.number}"),
        ("ID", one.key),
        ("UR", one.address),
        ("N1", f"SHA-256 {one.digest}"),
        ("C1", LICENCE),
        ("ER", ""),
    )
    return "".join(f"{tag}  - {value}\r\n" for tag, value in lines)


def cff(one: Citation) -> str:
    """A CITATION.cff of format 1.2.0. JSON strings are YAML strings."""
    made = f"SHA-256 of all statements of release {one.number} in canonical order"
    lines = (
        "cff-version: 1.2.0",
        f"message: {json.dumps('If you use these data, please cite this release.')}",
        "type: dataset",
        f"title: {json.dumps(TITLE)}",
        "authors:",
        f"  - name: {json.dumps(AUTHOR)}",
        f"version: {json.dumps(str(one.number))}",
        f"date-released: {json.dumps(one.date)}",
        f"url: {json.dumps(one.address)}",
        f"license: {LICENCE}",
        "identifiers:",
        "  - type: other",
        f"    value: {json.dumps(f'sha256:{one.digest}')}",
        f"    description: {json.dumps(made)}",
    )
    return "\n".join(lines) + "\n"


FORMS: Final[Mapping[str, Callable[[Citation], str]]] = {"text": text, "bibtex": bibtex, "ris": ris, "cff": cff}
"""The forms by the names under which commands and addresses know them."""


def _escaped(words: str) -> str:
    return "".join(_SPECIAL.get(sign, sign) for sign in words)


def _address(address: str) -> str:
    # Inside an address only what would end it must go; BibTeX counts braces, and a percent sign begins a comment.
    return address.replace("{", "%7B").replace("}", "%7D").replace("\\", "%5C").replace("%", "\\%")
