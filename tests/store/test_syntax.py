from __future__ import annotations

import pytest

from coopgraph.store.syntax import query_error


@pytest.mark.parametrize(
    ("engine", "detail"),
    [
        ("error at 1:17: expected one of Prefix not found, ['%'], ['-' | '0' ..= '9']", "prefix not found"),
        ("error at 1:1: expected [_]", "unexpected text or end of text"),
        ("error at 3:1: expected one of \"[\", 'x', [']'], OPTIONAL", "expected \"[\" or 'x' or OPTIONAL"),
    ],
)
def test_the_reason_is_readable(engine: str, detail: str) -> None:
    error = query_error(SyntaxError(engine))
    assert error.detail == f"The query is not SPARQL 1.1: {detail}."


def test_a_message_in_another_form_is_kept() -> None:
    error = query_error(SyntaxError("something else"))
    assert (error.line, error.detail) == (None, "The query is not SPARQL 1.1: something else.")
