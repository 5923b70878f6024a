"""Large files leave compressed for who can unpack them, as a representation of their own."""

from __future__ import annotations

import gzip
from typing import TYPE_CHECKING

import pytest

from coopgraph.web import compression, downloads

if TYPE_CHECKING:
    from werkzeug.test import Client, TestResponse

URL = "/releases/1/quads.nq"


def fetched(client: Client, method: str = "GET", **headers: str) -> TestResponse:
    return client.open(URL, method=method, headers={name.replace("_", "-"): value for name, value in headers.items()})


@pytest.fixture(scope="module")
def plain(shipped_service: Client) -> TestResponse:
    answer = fetched(shipped_service)
    assert len(answer.data) > compression.WHOLE
    return answer


def test_who_cannot_unpack_gets_the_file_as_it_is(plain: TestResponse) -> None:
    assert "Content-Encoding" not in plain.headers
    assert plain.headers["Content-Length"] == str(len(plain.data))
    assert plain.headers["Accept-Ranges"] == "bytes"
    assert "Accept-Encoding" in plain.headers["Vary"]


def test_who_can_gets_less_to_carry(shipped_service: Client, plain: TestResponse) -> None:
    packed = fetched(shipped_service, Accept_Encoding="gzip, br")
    assert packed.status_code == 200
    assert packed.headers["Content-Encoding"] == "gzip"
    assert len(packed.data) < len(plain.data) / 5
    assert gzip.decompress(packed.data) == plain.data
    assert packed.headers["ETag"] == plain.headers["ETag"][:-1] + '-gzip"'
    assert "Accept-Encoding" in packed.headers["Vary"]
    assert "Accept-Ranges" not in packed.headers
    assert packed.headers["Cache-Control"] == plain.headers["Cache-Control"]
    assert packed.headers["Content-Type"] == plain.headers["Content-Type"]
    assert fetched(shipped_service, Accept_Encoding="gzip").data == packed.data


def test_a_part_is_a_part_of_the_file_as_it_is(shipped_service: Client, plain: TestResponse) -> None:
    tag = plain.headers["ETag"]
    for more in ({}, {"If_Range": tag}):
        part = fetched(shipped_service, Accept_Encoding="gzip", Range="bytes=100-199", **more)
        assert part.status_code == 206
        assert part.data == plain.data[100:200]
        assert part.headers["ETag"] == tag
        assert "Content-Encoding" not in part.headers
        assert "Accept-Encoding" in part.headers["Vary"]


def test_a_part_of_the_compressed_file_cannot_be_continued(shipped_service: Client, plain: TestResponse) -> None:
    packed_tag = plain.headers["ETag"][:-1] + '-gzip"'
    whole = fetched(shipped_service, Accept_Encoding="gzip", Range="bytes=100-199", If_Range=packed_tag)
    assert whole.status_code == 200
    assert whole.data == plain.data


@pytest.mark.parametrize("suffix", ["", "-gzip"])
def test_who_has_it_keeps_it(shipped_service: Client, plain: TestResponse, suffix: str) -> None:
    tag = plain.headers["ETag"][:-1] + suffix + '"'
    assert fetched(shipped_service, Accept_Encoding="gzip", If_None_Match=tag).status_code == 304


def test_head_tells_what_get_would(shipped_service: Client, plain: TestResponse) -> None:
    head = fetched(shipped_service, "HEAD", Accept_Encoding="gzip")
    assert head.status_code == 200
    assert head.headers["Content-Encoding"] == "gzip"
    assert head.headers["ETag"] == plain.headers["ETag"][:-1] + '-gzip"'
    assert not head.data
    assert "Content-Length" not in head.headers
    assert fetched(shipped_service, "HEAD").headers["Content-Length"] == str(len(plain.data))


def test_no_more_are_compressed_at_once_than_there_are_places(shipped_service: Client, plain: TestResponse) -> None:
    for _ in range(downloads.AT_ONCE):
        assert downloads._places.acquire(blocking=False)
    try:
        answer = fetched(shipped_service, Accept_Encoding="gzip")
    finally:
        for _ in range(downloads.AT_ONCE):
            downloads._places.release()
    assert "Content-Encoding" not in answer.headers
    assert answer.data == plain.data
    for _ in range(2 * downloads.AT_ONCE):
        assert fetched(shipped_service, Accept_Encoding="gzip").headers["Content-Encoding"] == "gzip"
