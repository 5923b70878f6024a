"""The generated worlds are what they claim to be: reproducible, like a release, sound but for what was planned."""

from __future__ import annotations

import csv
import hashlib
import itertools
from collections import Counter
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest
from pyoxigraph import RdfFormat, parse, serialize

from coopgraph import resources
from coopgraph.assemble.dataset import assemble
from coopgraph.curate.ontology import OntologySource
from coopgraph.curate.source import read_source
from coopgraph.curate.texts import Texts
from coopgraph.release import build
from coopgraph.release.shelf import Shelf
from coopgraph.validate.gate import judge
from tests.bench.generate import expected_table, shipped_ontology
from tests.bench.generator import names
from tests.bench.generator.defects import KINDS
from tests.bench.generator.directory import write_directory
from tests.bench.generator.nquads import Written, write_nquads
from tests.bench.generator.page import Thing
from tests.bench.generator.pool import Pool
from tests.bench.generator.size import plan
from tests.bench.generator.world import World
from tests.bench.judgement import offenders

QUADS = 40_000


@pytest.fixture(scope="module")
def ontology() -> OntologySource:
    return shipped_ontology()


@pytest.fixture(scope="module")
def world(ontology: OntologySource) -> World:
    return plan(QUADS, seed=1, defects=0, ontology=ontology)


@pytest.fixture(scope="module")
def written(world: World, ontology: OntologySource, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Written]:
    target = tmp_path_factory.mktemp("world") / "quads.nq"
    return target, write_nquads(world, target, ontology)


def test_no_two_numbers_have_one_name() -> None:
    found = [names.stem(number) for number in range(70_000)]
    assert len({latin for latin, _ in found}) == len({chinese for _, chinese in found}) == len(found)


def test_a_world_has_the_size_asked_for(written: tuple[Path, Written]) -> None:
    assert written[1].quads == pytest.approx(QUADS, rel=0.1)


def test_too_small_a_world_is_refused(ontology: OntologySource) -> None:
    with pytest.raises(ValueError, match="too few"):
        plan(1000, seed=1, defects=0, ontology=ontology)


def test_lines_ascend_and_the_digest_is_theirs(written: tuple[Path, Written]) -> None:
    lines = written[0].read_bytes().splitlines(keepends=True)
    assert len(lines) == written[1].quads
    assert all(line < following for line, following in itertools.pairwise(lines))
    assert hashlib.sha256(b"".join(lines)).hexdigest() == written[1].digest


def test_the_same_seed_gives_the_same_bytes_and_another_seed_others(
    written: tuple[Path, Written], world: World, ontology: OntologySource, tmp_path: Path
) -> None:
    again = write_nquads(world, tmp_path / "again.nq", ontology)
    other = write_nquads(replace(world, seed=2), tmp_path / "other.nq", ontology)
    assert again == written[1]
    assert other.digest != written[1].digest


def test_building_the_graph_directory_gives_the_very_quads(
    written: tuple[Path, Written], world: World, tmp_path: Path
) -> None:
    write_directory(world, tmp_path / "graph", texts=tmp_path / "texts")
    source = read_source(tmp_path / "graph", resources.directory("ontology"), Texts(tmp_path / "texts"))
    quads = assemble(source)
    lines = sorted((serialize(quads, format=RdfFormat.N_QUADS) or b"").splitlines(keepends=True))
    assert b"".join(lines) == written[0].read_bytes()


def test_a_world_without_defects_is_built_without_findings(
    written: tuple[Path, Written], world: World, tmp_path: Path
) -> None:
    write_directory(world, tmp_path / "graph")
    built = build.assemble_graph(tmp_path / "graph", resources.directory("ontology"))
    assert built.verdict.findings == ()
    manifest = build.release(built, Shelf(tmp_path / "data"), base="https://w3id.org/coopgraph/")
    assert manifest.counts["quads"] == written[1].quads


def test_every_planned_defect_is_found_and_nothing_else(ontology: OntologySource, tmp_path: Path) -> None:
    flawed = plan(QUADS, seed=3, defects=2.5 * len(KINDS) / QUADS, ontology=ontology)
    result = write_nquads(flawed, tmp_path / "quads.nq", ontology)
    (tmp_path / "expected.csv").write_text(expected_table(list(result.expected)), encoding="utf-8")
    with (tmp_path / "expected.csv").open(encoding="utf-8", newline="") as stream:
        expected = {(row["code"], row["focus"]) for row in csv.DictReader(stream)}
    verdict = judge(list(parse(path=str(tmp_path / "quads.nq"), format=RdfFormat.N_QUADS)))
    assert offenders(verdict.findings) == expected
    assert len({code for code, _ in expected}) >= len(KINDS)


def test_few_actors_take_part_often_and_most_rarely() -> None:
    pool, random = Pool(1_000_000), Random(5)
    drawn = Counter(pool.actor(random).path for _ in range(20_000))
    often = sum(count for _, count in drawn.most_common(len(drawn) // 10))
    assert often > 10_000
    assert len(drawn) > 500


def test_no_state_has_a_code_of_a_real_one() -> None:
    pycountry = pytest.importorskip("pycountry")
    codes = [dict(thing.details)["iso3166Alpha2"] for page in _states() for thing in page if thing.cls == "State"]
    assert len(codes) > 30
    assert not [code for code in codes if pycountry.countries.get(alpha_2=code)]


def _states() -> list[list[Thing]]:
    world = World(1, Pool(1_000_000), 1, 0)
    return [world.page(index)[0].things for index in range(3)]
