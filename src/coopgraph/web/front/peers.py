"""Who is connected, by address, so that nobody takes all the places there are."""

from __future__ import annotations

import ipaddress
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable

_HOST_BITS: Final = 64
"""So many bits of an address of IPv6 are its holder's own to choose; they tell nobody apart."""


class Peers:
    """Counts the connections of each client; a client is an address, in IPv6 a network of 64 bits.

    At most `most` of one client are let in, or any number if it is 0; those whom `exempt` names are not bound by it.
    """

    def __init__(self, most: int, exempt: Callable[[str], bool] = lambda _address: False) -> None:
        self._most = most
        self._exempt = exempt
        self._here: dict[object, int | str] = {}
        self._numbers: dict[int | str, int] = {}

    def full(self, address: str) -> bool:
        """Whether this address has all the connections that it may have."""
        return 0 < self._most <= self._numbers.get(_client(address), 0) and not self._exempt(address)

    def came(self, connection: object, address: str) -> None:
        """The address has one connection more."""
        client = self._here[connection] = _client(address)
        self._numbers[client] = self._numbers.get(client, 0) + 1

    def left(self, connection: object) -> None:
        """The connection has ended; telling it again does nothing."""
        client = self._here.pop(connection, None)
        if client is None:
            return
        self._numbers[client] -= 1
        if not self._numbers[client]:
            del self._numbers[client]


def _client(address: str) -> int | str:
    if ":" not in address:
        return address
    return int(ipaddress.IPv6Address(address)) >> _HOST_BITS
