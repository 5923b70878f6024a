"""Smaller answers for readers who can unpack them.

A compressed answer is a representation of its own, so its validator is another one: that of the plain answer with a
suffix, as servers do it that compress on the way.
"""

from __future__ import annotations

import zlib
from functools import lru_cache
from typing import Final

from werkzeug.datastructures import Accept
from werkzeug.http import parse_accept_header

LEAST: Final = 1024
"""Answers of fewer bytes would hardly become smaller."""

WHOLE: Final = 1 << 20
"""Answers of at most so many bytes are sent when they are complete, so that their status is never wrong."""

SUFFIX: Final = "-gzip"

_LEVEL: Final = 4
_GZIP_FORMAT: Final = 31
_SIMPLE: Final = frozenset({"", "identity"})
# Of what we send, all but these are text of some kind.
_PACKED: Final = ("image/png", "image/jpeg", "application/gzip", "application/zip", "font/")


def worthwhile(size: int, media_type: str) -> bool:
    """Whether an answer of this size and type would become smaller."""
    return size >= LEAST and not media_type.startswith(_PACKED)


def accepted(accept_encoding: str) -> bool:
    """Whether the reader takes gzip and does not like the plain answer better."""
    return accept_encoding not in _SIMPLE and _accepted(accept_encoding)


@lru_cache(maxsize=256)
def _accepted(accept_encoding: str) -> bool:
    wanted = parse_accept_header(accept_encoding, Accept)
    return wanted.quality("gzip") > 0 and wanted.quality("gzip") >= wanted.quality("identity")


def gzip(data: bytes) -> bytes:
    """The data, compressed; the same for the same data."""
    packing = packer()
    return packing.compress(data) + packing.flush()


def packer() -> zlib._Compress:
    """What compresses data piece by piece."""
    return zlib.compressobj(_LEVEL, wbits=_GZIP_FORMAT)


def plain_tags(condition: str) -> str:
    """The validators of an If-Match or If-None-Match header as those of the plain answers."""
    return condition.replace(f'{SUFFIX}"', '"')


def seen_tag(etag: str, if_none_match: str, accept_encoding: str) -> str:
    """The quoted validator of the form in which a reader has what has this quoted validator, and would get it again."""
    packed = packed_tag(etag)
    return packed if packed in if_none_match and accepted(accept_encoding) else etag


def packed_tag(etag: str) -> str:
    """The validator of the compressed form of what has this quoted validator."""
    return f'{etag[:-1]}{SUFFIX}"'
