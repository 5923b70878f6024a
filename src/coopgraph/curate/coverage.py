"""Coverage: what a document says that no claim touches."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import sentencex

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from coopgraph.model.document import Document, Span

# A name is a run of capitalised words; small words may stand inside it but not at its ends.
_WORD: Final = r"[^\W\d_a-zß-öø-ÿ][\w'’./&-]*(?<![./-])"
_NAME: Final = re.compile(rf"{_WORD}(?:\s+(?:(?:of|the|and|for|der|die|das|des|für|und|von|zu)\s+)*{_WORD})*")


@dataclass(frozen=True, slots=True, order=True)
class Stretch:
    """Code points `start` up to, not including, `end`."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Coverage:
    """How much of a document has claims: its sentences, those that no claim touches, and untouched names elsewhere."""

    document: str
    sentences: int
    untouched: tuple[Stretch, ...]
    names: tuple[Stretch, ...]

    @property
    def share(self) -> float:
        """The share of sentences that at least one claim cites, from 0 to 1; 1 for a document without sentences."""
        return 1.0 if self.sentences == 0 else 1 - len(self.untouched) / self.sentences


def cover(document: Document, text: str, spans: Iterable[Span]) -> Coverage:
    """What the spans leave untouched of a document's content; zones that are no content are left out."""
    cited = bytearray(len(text))
    for span in spans:
        cited[span.start : span.end] = b"\1" * (span.end - span.start)
    excluded = bytearray(len(text))
    for zone in document.zones:
        excluded[zone.start : zone.end] = b"\1" * (zone.end - zone.start)
    sentences = [
        stretch for stretch in _sentences(text, document.language) if not all(excluded[stretch.start : stretch.end])
    ]
    untouched = tuple(stretch for stretch in sentences if not any(cited[stretch.start : stretch.end]))
    names = (
        Stretch(match.start(), match.end())
        for sentence in sentences
        if sentence not in untouched
        for match in _NAME.finditer(text, sentence.start, sentence.end)
    )
    # The first word of a sentence is capitalised anyway; alone it is no sign of a name.
    starts = {sentence.start for sentence in sentences}
    missed = tuple(
        name
        for name in names
        if not any(cited[name.start : name.end])
        and not any(excluded[name.start : name.end])
        and not (name.start in starts and " " not in text[name.start : name.end])
    )
    return Coverage(document.id, len(sentences), untouched, missed)


def _sentences(text: str, language: str) -> Iterator[Stretch]:
    """The sentences of each line; a line break always ends a sentence, as after a heading."""
    for line in re.finditer(r"[^\n]+", text):
        position = line.start()
        for sentence in sentencex.segment(language, line[0]):
            content = sentence.strip()
            if content:
                start = position + sentence.index(content[0])
                yield Stretch(start, start + len(content))
            position += len(sentence)
