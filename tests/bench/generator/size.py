"""How many reports a world needs to have about a given number of quads: found by weighing a few of them."""

from __future__ import annotations

from coopgraph.assemble.dataset import assemble
from coopgraph.curate.ontology import OntologySource
from tests.bench.generator.pool import Pool
from tests.bench.generator.statements import source
from tests.bench.generator.world import World

_SAMPLE = 50


def plan(quads: int, *, seed: int, defects: float, ontology: OntologySource) -> World:
    """A world of about this many quads, the ontology's own included, with this many defects for each quad.

    It has one report at least, so the smallest worlds are a little larger than asked for.

    Raises:
        ValueError: if the ontology alone is more than that.
    """
    pool = Pool(quads)
    flaws = round(defects * quads)
    bare = OntologySource(ontology.ontology, (), ())

    def weigh(world: World, first: int, count: int) -> float:
        pages = [world.page(index)[0] for index in range(first, first + count)]
        return len(assemble(source(pages, bare, rows=(), things=()))) / count

    fixed = len(assemble(source((), ontology, rows=(), things=())))
    if fixed > quads:
        raise ValueError(f"{quads} quads are too few: the ontology alone has {fixed}")
    books = min(pool.yearbooks, _SAMPLE)
    fixed += round(weigh(World(seed, pool, 1, 0), 0, books) * pool.yearbooks)
    clean = weigh(World(seed, pool, _SAMPLE, 0), pool.yearbooks, _SAMPLE)
    flawed = weigh(World(seed, pool, _SAMPLE, _SAMPLE), pool.yearbooks, _SAMPLE)
    reports = round((quads - fixed - flaws * (flawed - clean)) / clean)
    return World(seed, pool, max(1, reports), flaws)
