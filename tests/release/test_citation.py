"""Citations name number, digest and date, and the formats are read by those who know them."""

from __future__ import annotations

import json
import re
import subprocess
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from coopgraph.cli.release import command
from coopgraph.release import citation
from coopgraph.release.manifest import Manifest
from tests import tools

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pyoxigraph import Quad

    from coopgraph.release.shelf import Shelf

DIGEST = "0123456789abcdef" * 4
MADE = Manifest(
    number=7,
    digest=DIGEST,
    parent=6,
    created=datetime(2031, 5, 6, 23, 59, tzinfo=UTC),
    base="https://example.org/cg/",
    counts={},
    verdict={},
    versions={},
)
# Braces balance in no address, and the signs below mean something to TeX, to YAML or to RIS.
ADDRESSES = st.text("ab/:?#%_&$~^{}\\\"'-. ", max_size=30).map(lambda end: f"https://example.org/{end.strip()}")


@pytest.mark.parametrize("form", citation.FORMS)
def test_every_form_names_number_digest_date_and_address(form: str) -> None:
    words = citation.FORMS[form](citation.of(MADE))
    assert DIGEST in words
    assert "2031-05-06" in words.replace("/", "-")
    assert re.search(r"\b7\b", words)
    assert "https://example.org/cg/releases/7" in words
    assert citation.AUTHOR in words
    assert citation.LICENCE in words


@given(address=ADDRESSES)
def test_the_file_is_a_list_of_members_whatever_the_address(address: str) -> None:
    words = citation.cff(citation.of(MADE, address))
    members = dict(line.split(": ", 1) for line in words.splitlines() if re.match(r"[a-z-]+: ", line))
    assert json.loads(members["url"]) == address
    assert json.loads(members["version"]) == "7"


@pytest.mark.slow
def test_the_file_fits_its_schema(tmp_path: Path) -> None:
    (tmp_path / "CITATION.cff").write_text(citation.cff(citation.of(MADE)), encoding="utf-8")
    run = subprocess.run(
        [tools.python("cffconvert==2.0.0", "cffconvert"), "--validate"],
        cwd=tmp_path, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert run.returncode == 0, run.stdout + run.stderr
    assert "valid" in run.stdout


@given(address=ADDRESSES)
def test_bibtex_keeps_its_braces(address: str) -> None:
    entry = citation.bibtex(citation.of(MADE, address))
    plain = re.sub(r"\\.", "", entry)
    depth = 0
    for sign in plain:
        depth += {"{": 1, "}": -1}.get(sign, 0)
        assert depth >= 0
    assert depth == 0
    assert re.search(r"(?<!\\)%", entry) is None
    assert entry.startswith("@misc{coopgraph-7-")


def test_ris_is_made_of_tagged_lines() -> None:
    lines = citation.ris(citation.of(MADE)).split("\r\n")
    assert lines[0] == "TY  - DATA"
    assert lines[-2:] == ["ER  - ", ""]
    assert all(re.fullmatch(r"[A-Z][A-Z0-9]  - .*", line) for line in lines[:-1])


def test_the_command_cites_the_current_release_or_the_one_named(
    shelf: Shelf, put: Callable[..., Manifest], some: Callable[..., list[Quad]]
) -> None:
    first, second = put(some(0, 1)), put(some(0, 2))
    run = CliRunner().invoke
    for arguments, manifest in (([], second), (["1"], first), (["2"], second)):
        for form, write in citation.FORMS.items():
            found = run(command, ["cite", *arguments, "-f", form, "--data", str(shelf.directory)])
            assert found.exit_code == 0
            assert found.stdout_bytes.decode() == write(citation.of(manifest))
    assert run(command, ["cite", "-f", "endnote", "--data", str(shelf.directory)]).exit_code == 2
