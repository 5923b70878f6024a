"""The source documents themselves, where somebody has them."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from coopgraph.errors import CoopgraphError

if TYPE_CHECKING:
    from pathlib import Path

    from coopgraph.model.document import Span


def digest(text: str) -> str:
    """SHA-256 of the text in UTF-8, in hex."""
    return hashlib.sha256(text.encode()).hexdigest()


@dataclass(frozen=True)
class Texts:
    """A directory of source documents; a document's file is the one whose name ends in its id."""

    directory: Path

    def __post_init__(self) -> None:
        if not self.directory.is_dir():
            raise CoopgraphError("not-found", f"There is no directory of documents at {self.directory}.")

    def read(self, document: str) -> str | None:
        """The text of a document, code point by code point as it is stored; None if it is not here.

        Raises:
            CoopgraphError: "curation" if it is here and cannot be read.
        """
        return _read(self.directory, document)

    def quote(self, span: Span, span_digest: str) -> str | None:
        """The passage, or None if the document is not here or is not the text that the graph was made from."""
        try:
            text = self.read(span.document)
        except CoopgraphError:
            return None
        if text is None:
            return None
        passage = text[span.start : span.end]
        return passage if digest(passage) == span_digest else None


@lru_cache(maxsize=256)
def _read(directory: Path, document: str) -> str | None:
    # Bytes, not text mode: a translated newline would move every position after it.
    file = next(iter(sorted(directory.glob(f"*{document}.txt"))), None)
    if file is None:
        return None
    try:
        return file.read_bytes().decode("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        reason = f"byte {error.start + 1} is not UTF-8" if isinstance(error, UnicodeDecodeError) else error.strerror
        raise CoopgraphError("curation", f"The document {file} cannot be read: {reason}.") from error
