"""Texts that take long to read, for their length."""

from __future__ import annotations

from typing import Final

HEAVY: Final = [
    "{}", "<>", "a: ", "1 ", "<1>1", "(1<1>1", "(?a<(>?a", "a.", "a.b-", "a.b:service ", "service", "service.",
    "_:service ", "'service'", "#service\n", "SERVICE<a:>{}", "'\\u0041'", "'''", "''", "\\u0053", "LOAD ",
    "FROM <a> ", "a:service.",
]  # fmt: skip
"""Pieces that make a text hard to read when they are repeated."""

FRAMES: Final = ["{} # service", "SELECT * {{ ?service ?p ?o FILTER(1{}) }}", "ASK {{ {} SERVICE <a:> {{}} }}"]
"""Texts around them, in which the words of outgoing calls stand."""
