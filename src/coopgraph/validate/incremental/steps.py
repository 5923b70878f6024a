"""Property paths as values: of shapes and of queries, walked in both directions and cut at any of their steps."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final, TypeAlias

if TYPE_CHECKING:
    from pyoxigraph import NamedNode


@dataclass(frozen=True, slots=True)
class Link:
    """One step along a property, or against it."""

    predicate: NamedNode
    inverse: bool = False


@dataclass(frozen=True, slots=True)
class Sequence:
    """Steps one after another; none at all is the path from a node to itself."""

    steps: tuple[Path, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """Any of several paths."""

    options: tuple[Path, ...]


@dataclass(frozen=True, slots=True)
class Repeat:
    """A path walked again and again: from none or one time up to once or any number of times."""

    step: Path
    least: int
    many: bool


Path: TypeAlias = Link | Sequence | Choice | Repeat
HERE: Final = Sequence(())


@lru_cache(maxsize=4096)
def joined(*paths: Path) -> Path:
    """The paths one after another, flat."""
    steps: list[Path] = []
    for path in paths:
        steps += path.steps if isinstance(path, Sequence) else [path]
    return steps[0] if len(steps) == 1 else Sequence(tuple(steps))


@lru_cache(maxsize=4096)
def reverse(path: Path) -> Path:
    """The path from its end to its beginning."""
    match path:
        case Link(predicate, inverse):
            return Link(predicate, not inverse)
        case Sequence(steps):
            return Sequence(tuple(reverse(step) for step in reversed(steps)))
        case Choice(options):
            return Choice(tuple(reverse(option) for option in options))
        case Repeat(step, least, many):
            return Repeat(reverse(step), least, many)


@lru_cache(maxsize=4096)
def cuts(path: Path) -> tuple[tuple[Path, Link, Path], ...]:
    """Each link in the path with what may be walked before and after it."""
    match path:
        case Link():
            return ((HERE, path, HERE),)
        case Sequence(steps):
            return tuple(
                (joined(*steps[:place], before), link, joined(after, *steps[place + 1 :]))
                for place, step in enumerate(steps)
                for before, link, after in cuts(step)
            )
        case Choice(options):
            return tuple(cut for option in options for cut in cuts(option))
        case Repeat(step, _, many):
            again: Path = Repeat(step, 0, many=True) if many else HERE
            return tuple((joined(again, before), link, joined(after, again)) for before, link, after in cuts(step))
