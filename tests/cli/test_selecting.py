"""What the sides of a comparison are called."""

from __future__ import annotations

import pytest

from coopgraph.cli.selecting import Wanted, side


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("2024..2025", "2024 to 2025"),
        ("2025..2025", "2025"),
        ("2031-05..", "since 2031-05"),
        ("..2030", "until 2030"),
        ("release:3", "release 3"),
        ("projection:countries", "countries"),
    ],
)
def test_a_side_is_called_by_what_it_is(text: str, name: str) -> None:
    assert side(text, Wanted("co-participation", None, None, None, None), None).name == name
