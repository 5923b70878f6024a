"""A bounded number of requests by chance; `python -m tests.fuzz` tries many more."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.fuzz.corpus import CASES, WORDS, case
from tests.fuzz.understanding import METHODS, judge

_WORDS = st.lists(st.one_of(st.sampled_from(WORDS), st.text(max_size=6)), max_size=12).map(
    lambda words: "".join(words).encode("utf-8", "surrogatepass")
)


@pytest.mark.parametrize("known", CASES)
def test_known_requests(known: bytes) -> None:
    judge(known)


@given(st.binary(max_size=400))
@settings(max_examples=1000)
def test_any_bytes(data: bytes) -> None:
    judge(data)


@given(st.integers(0, len(METHODS) - 1), _WORDS, _WORDS, _WORDS, _WORDS)
@settings(max_examples=3000, suppress_health_check=[HealthCheck.too_slow])
def test_words_in_any_order(method: int, query_string: bytes, accept: bytes, content_type: bytes, body: bytes) -> None:
    judge(case(method, query_string, accept, content_type, body))
