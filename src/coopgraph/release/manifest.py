"""What a release says about itself."""

from __future__ import annotations

import dataclasses
import hashlib
import json
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final

from coopgraph.errors import CoopgraphError

if TYPE_CHECKING:
    from collections.abc import Mapping


RELEASES: Final = "releases"
"""The part of an address, below the base, under which releases are found by number."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """The identity of a release and what is known about its content.

    `digest` is the SHA-256 (hex) of the release's `quads.nq`: all quads as N-Quads lines, sorted by bytes, each line
    ending in LF. These lines always carry the default base, `terms.BASE`, so that the same content has the same
    digest wherever it is published; the store carries `base`. Where `base` is another one, a line of the store is a
    line of `quads.nq` with the one base textually put for the other.

    `parent` is the number of the release that was current before, None for the first. `counts` are in quads and
    graphs, `versions` of software, ontology and shapes. `files` maps each file of the store, and that of its
    description if it has one, by its path within the release, to its SHA-256 (hex). `gate` says by what its content
    was judged: "shacl", or "none" for any RDF dataset; it is empty in releases older than this member, all of which
    were judged.
    """

    number: int
    digest: str
    parent: int | None
    created: datetime
    base: str
    counts: Mapping[str, int]
    verdict: Mapping[str, Any]
    versions: Mapping[str, str]
    files: Mapping[str, str] = field(default_factory=dict)
    gate: str = ""

    def as_dict(self) -> dict[str, Any]:
        """The members for JSON."""
        members = {item.name: getattr(self, item.name) for item in dataclasses.fields(self)}
        if not self.gate:
            del members["gate"]
        return members | {"created": self.created.astimezone(UTC).isoformat(timespec="seconds")}

    def as_json(self) -> str:
        """The text of `manifest.json`: the members and a checksum over them."""
        members = self.as_dict()
        return (
            json.dumps(members | {"checksum": _checksum(members)}, indent=2, sort_keys=True, ensure_ascii=False) + "\n"
        )

    @classmethod
    def from_json(cls, text: str) -> Manifest:
        """The manifest in the text of a `manifest.json`.

        Raises:
            CoopgraphError: "damaged" if the text is not what `as_json` wrote.
        """
        try:
            members = json.loads(text)
            del members["checksum"]
            manifest = cls(**members | {"created": datetime.fromisoformat(members["created"])})
        except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
            raise CoopgraphError("damaged", f"The manifest cannot be read: {error}.") from error
        # Also a change that JSON does not mind, such as in white space, tells of a disk that cannot be trusted.
        if manifest.as_json() != text:
            raise CoopgraphError("damaged", "The manifest was changed after it was written.")
        return manifest


def _checksum(members: Mapping[str, Any]) -> str:
    text = json.dumps(members, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
