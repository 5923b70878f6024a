"""The operator's token: who has it may pass, and nobody else ever sees it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from coopgraph.errors import CoopgraphError
from coopgraph.settings import Settings, load
from coopgraph.web import authority, errors

if TYPE_CHECKING:
    from pathlib import Path

    from flask import Flask

TOKEN = "correct-horse/battery+staple=="  # noqa: S105 - invented


@pytest.mark.parametrize("header", [f"Bearer {TOKEN}", f"bearer {TOKEN}", f"  BEARER   {TOKEN} "])
def test_the_token_passes(header: str) -> None:
    assert authority.holds(TOKEN, header)
    authority.demand(TOKEN, header)


@pytest.mark.parametrize(
    "header",
    [
        "",
        "Bearer",
        "Bearer ",
        f"Basic {TOKEN}",
        TOKEN,
        f"Bearer {TOKEN}x",
        f"Bearer {TOKEN[:-1]}",
        "Bearer ü",
        "\udcff",
    ],
)
def test_anything_else_does_not(header: str) -> None:
    assert not authority.holds(TOKEN, header)
    with pytest.raises(CoopgraphError) as caught:
        authority.demand(TOKEN, header)
    assert caught.value.code == "unauthorized"
    assert TOKEN not in str(caught.value.as_problem_json())


@pytest.mark.parametrize("header", ["", "Bearer", "Bearer ", "Bearer None", f"Bearer {TOKEN}"])
def test_without_a_token_nobody_passes(header: str) -> None:
    assert not authority.holds(None, header)
    with pytest.raises(CoopgraphError) as caught:
        authority.demand(None, header)
    assert caught.value.code == "forbidden"


@pytest.mark.parametrize("token", ["short", "white space within", "ümlaute-überall", "a=b=c=d=e=", "line\nbreaks\n"])
def test_what_is_no_token_is_refused_and_not_repeated(token: str) -> None:
    with pytest.raises(CoopgraphError) as caught:
        Settings(token=token)
    assert caught.value.code == "settings"
    assert token not in str(caught.value.as_problem_json())


def test_a_token_that_is_no_text_is_not_repeated_either(tmp_path: Path) -> None:
    (tmp_path / "coopgraph.toml").write_text("token = 1234567890\n")
    with pytest.raises(CoopgraphError) as caught:
        load(environment={}, directory=tmp_path)
    assert "1234567890" not in str(caught.value.as_problem_json())


def test_settings_keep_it_to_themselves(tmp_path: Path) -> None:
    (tmp_path / "token").write_text(TOKEN + "\n")
    settings = load(environment={"COOPGRAPH_TOKEN_FILE": str(tmp_path / "token")}, directory=tmp_path)
    assert settings.token == TOKEN
    assert TOKEN not in repr(settings)
    assert TOKEN not in str(settings)


def test_who_is_refused_is_told_how_to_pass(app: Flask) -> None:
    with app.test_request_context("/"):
        response = errors.tell(CoopgraphError("unauthorized", "This needs the operator's token."))
    assert response.status_code == 401
    assert response.headers["WWW-Authenticate"] == authority.CHALLENGE
