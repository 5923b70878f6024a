"""What engines make of a network before they compute, kept as long as the network itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar
from weakref import WeakKeyDictionary

if TYPE_CHECKING:
    from collections.abc import Callable

    from coopgraph.network.network import Network

Made = TypeVar("Made")

# Networks never change, so what was made of one stays right until it is gone.
_MADE: WeakKeyDictionary[Network, dict[str, Any]] = WeakKeyDictionary()


def prepared(network: Network, name: str, make: Callable[[Network], Made]) -> Made:
    """What `make` makes of the network under this name; made once, shared, and therefore not to be changed."""
    made = _MADE.setdefault(network, {})
    if name not in made:
        made[name] = make(network)
    found: Made = made[name]
    return found
