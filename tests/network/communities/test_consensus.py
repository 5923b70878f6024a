"""Communities of networks whose communities are known."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import networkx as nx
import numpy as np
import pytest

from coopgraph.network.communities import Communities, consensus, seeds_for
from coopgraph.network.communities.agreement import adjusted_rand
from coopgraph.network.communities.modularity import modularity
from coopgraph.network.communities.ties import Ties
from coopgraph.network.network import Mode, Network
from tests.bench.networks.invented import invented
from tests.network.classic import complete, karate, network, women


def planted(seed: int = 1) -> tuple[Network, list[int]]:
    graph = nx.planted_partition_graph(5, 24, 0.5, 0.02, seed=seed)
    made = network([(f"{a:03}", f"{b:03}") for a, b in graph.edges()], alone=[f"{node:03}" for node in graph])
    return made, [node // 24 for node in graph]


def as_sets(found: Communities) -> list[set[int]]:
    return [set(found.members(number).tolist()) for number in range(len(found))]


def test_planted_communities_are_found() -> None:
    made, truth = planted()
    found = consensus(made, seeds=8)
    assert adjusted_rand(found.partition, np.array(truth, dtype=np.int32)) == 1.0
    assert found.sizes.tolist() == [24] * 5
    assert found.agreement > 0.95
    assert found.share.min() > 0.5


def test_the_karate_club() -> None:
    # The largest modularity of the club is 0.4198, with four communities (Brandes et al. 2008).
    found = consensus(karate())
    assert len(found) == 4
    assert found.modularity == pytest.approx(0.4198, abs=1e-4)
    leaders = dict(zip(karate().nodes.iri, found.partition.tolist(), strict=True))
    assert leaders["0"] != leaders["33"]


def test_modularity_is_that_of_networkx() -> None:
    graph = nx.les_miserables_graph()
    made = network(graph.edges(data="weight"))
    for resolution in (0.5, 1.0, 2.0):
        found = consensus(made, seeds=4, resolution=resolution)
        groups = [{made.nodes.iri[node] for node in group} for group in as_sets(found)]
        expected = nx.community.modularity(graph, groups, weight="weight", resolution=resolution)
        assert found.modularity == pytest.approx(expected)
        assert found.resolution == resolution


def test_more_resolution_gives_more_communities() -> None:
    made = network(nx.les_miserables_graph().edges(data="weight"))
    assert len(consensus(made, seeds=4, resolution=0.3)) < len(consensus(made, seeds=4, resolution=3.0))


def test_the_matrix_adds_up_to_all_ties() -> None:
    made, _ = planted()
    found = consensus(made, seeds=4)
    assert found.between is not None
    assert np.triu(found.between).sum() == pytest.approx(made.strengths.values.sum())
    assert (found.between == found.between.T).all()
    inside = found.partition[made.source] == found.partition[made.target]
    assert np.trace(found.between) == pytest.approx(made.strengths.values[inside].sum())


def test_what_is_not_connected_is_never_together() -> None:
    made = network([*((f"a{i}", f"a{j}") for i in range(4) for j in range(i)), ("b0", "b1")], alone=["c", "d"])
    found = consensus(made, seeds=4)
    assert [{made.nodes.iri[node][0] for node in group} for group in as_sets(found)] == [{"a"}, {"b"}, {"c"}, {"d"}]
    assert found.share.tolist() == [1.0] * made.n


def test_every_community_is_connected() -> None:
    graph = nx.barabasi_albert_graph(300, 3, seed=2)
    made = network([(f"{a:03}", f"{b:03}") for a, b in graph.edges()])
    found = consensus(made, seeds=6)
    for group in as_sets(found):
        assert nx.is_connected(graph.subgraph(group))
    # Such a network has no communities to speak of, and the runs say so.
    assert found.agreement < 0.5


def test_the_same_seeds_give_the_same_communities() -> None:
    graph = nx.barabasi_albert_graph(200, 3, seed=2)
    made = network([(f"{a:03}", f"{b:03}") for a, b in graph.edges()])
    one, other = consensus(made, seeds=4), consensus(made, seeds=4)
    assert (one.partition == other.partition).all()
    assert one.agreement == other.agreement
    assert consensus(made, seeds=4, first_seed=90).agreement != one.agreement


def test_direction_is_left_out_and_both_ways_are_added() -> None:
    made = network([("a", "b", 1.0), ("b", "a", 2.0), ("b", "c", 4.0)], mode=Mode.DIRECT)
    ties = Ties.of(made)
    assert (ties.source.tolist(), ties.target.tolist(), ties.weight.tolist()) == ([0, 1], [1, 2], [3.0, 4.0])
    assert len(consensus(made, seeds=2)) >= 1


@pytest.mark.parametrize("made", [network([]), network([], alone=["a", "b"])])
def test_networks_without_ties(made: Network) -> None:
    found = consensus(made, seeds=3)
    assert len(found) == made.n
    assert found.modularity is None
    assert found.agreement == 1.0


def test_everything_in_one_community_has_no_modularity_to_gain() -> None:
    found = consensus(complete(6), seeds=3)
    assert len(found) == 1
    assert found.modularity == pytest.approx(0)
    assert modularity(Ties.of(complete(6)), found.partition, 1.0) == found.modularity


def test_two_mode_networks_are_divided_as_they_are() -> None:
    found = consensus(women(), seeds=5)
    assert sum(found.sizes) == 32
    assert 2 <= len(found) <= 5


def test_a_very_large_network_gets_fewer_seeds() -> None:
    assert seeds_for(karate()) == 20
    assert seeds_for(invented(200_001)) == 5


def test_without_a_seed_there_is_nothing_to_find() -> None:
    with pytest.raises(ValueError, match="at least one seed"):
        consensus(karate(), seeds=0)


def test_searches_at_the_same_time_do_not_disturb_each_other() -> None:
    graph = nx.barabasi_albert_graph(400, 3, seed=4)
    made = network([(f"{a:03}", f"{b:03}") for a, b in graph.edges()])
    expected = {seed: consensus(made, seeds=2, first_seed=seed).partition.tolist() for seed in range(4)}
    with ThreadPoolExecutor(4) as pool:
        runs = {seed: pool.submit(consensus, made, seeds=2, first_seed=seed) for seed in expected}
        assert {seed: run.result().partition.tolist() for seed, run in runs.items()} == expected
