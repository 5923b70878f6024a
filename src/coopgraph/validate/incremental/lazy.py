"""A list that is filled as far as somebody reads it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

T = TypeVar("T")


class Lazy(Generic[T]):
    """What an iterator gives, kept: read many times, fetched once, and no further than needed."""

    __slots__ = ("_items", "_members", "_source")

    def __init__(self, source: Iterable[T]) -> None:
        self._items: list[T] = []
        self._members: frozenset[T] | None = None
        self._source: Iterator[T] | None = iter(source)

    def __iter__(self) -> Iterator[T]:
        place = 0
        while place < len(self._items) or self._more():
            yield self._items[place]
            place += 1

    def __contains__(self, item: object) -> bool:
        if self._members is None:
            self.within(None)
            self._members = frozenset(self._items)
        return item in self._members

    def within(self, size: int | None) -> bool:
        """Whether there are no more than this many; reads up to one more than that."""
        while self._source is not None and (size is None or len(self._items) <= size):
            self._more()
        return self._source is None and (size is None or len(self._items) <= size)

    @property
    def complete(self) -> bool:
        """Whether all of it has been read."""
        return self._source is None

    def first(self) -> T | None:
        """The first one, or nothing."""
        return next(iter(self), None)

    def _more(self) -> bool:
        if self._source is None:
            return False
        for item in self._source:
            self._items.append(item)
            return True
        self._source = None
        return False
