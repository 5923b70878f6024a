"""Reports on whole networks, on one node, and on two networks side by side."""

from __future__ import annotations

import csv
import io
import json

import jsonschema
import pytest

from coopgraph.errors import CoopgraphError
from coopgraph.network.period import placed
from coopgraph.network.report import KINDS, RENDERINGS, Operand, Parameters, Passage, actor, compare, network, published
from coopgraph.network.selection import Selected, Selection, select
from tests import shipped
from tests.network.affiliated import affiliations, reported
from tests.network.report.made import FEW, SOURCE, SUMMIT, whole_and_accessible

EVENTS = {"x": "ab", "y": "abc", "z": "cd"}


def selected(found: object, projection: str = "co-participation") -> tuple[Selected, Selection]:
    return Selected(found, placed(found, None, None).counts()), Selection.of(projection)


def operand(name: str, events: dict[str, str], projection: str = "co-participation") -> Operand:
    return Operand(name, *selected(reported(events), projection), SOURCE)


def reports() -> dict[str, object]:
    return {
        "network": network(*selected(reported(SUMMIT)), SOURCE),
        "actor": actor(*selected(reported(SUMMIT)), SOURCE, "Actor a", parameters=FEW),
        "compare": compare(operand("before", EVENTS), operand("after", EVENTS | {"v": "ae"})),
    }


@pytest.fixture(scope="module")
def made() -> dict[str, object]:
    return reports()


def test_every_form_of_every_report_is_the_same_every_time(made: dict[str, object]) -> None:
    again = reports()
    for kind, report in made.items():
        for form in RENDERINGS.values():
            assert form.render(report) == form.render(again[kind])


@pytest.mark.parametrize("slug", ["network", "actor", "compare"])
def test_json_satisfies_its_schema_and_that_of_no_other(slug: str, made: dict[str, object]) -> None:
    members = json.loads(RENDERINGS["json"].render(made[slug]))
    jsonschema.validate(members, json.loads(published(slug)), format_checker=jsonschema.FormatChecker())
    for other in {kind.slug for kind in KINDS} - {slug}:
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate(members, json.loads(published(other)))


@pytest.mark.parametrize("slug", ["network", "actor", "compare"])
def test_html_is_whole_accessible_and_needs_nothing_else(slug: str, made: dict[str, object]) -> None:
    whole_and_accessible(RENDERINGS["html"].render(made[slug]))


def test_a_network_is_told_by_its_figures(made: dict[str, object]) -> None:
    found = made["network"]
    assert sum(one.nodes for one in found.degrees) == found.size.nodes == 18
    assert sum(one.ties * one.nodes for one in found.degrees) == 2 * found.size.ties
    assert sum(found.components) == found.size.nodes
    density = next(one for one in found.whole if one.name == "density")
    assert density.value == pytest.approx(2 * found.size.ties / (18 * 17), abs=1e-9)
    assert "The most ties that a node has are 16; half of the nodes or more have at most 16." in found.summary


def test_a_node_is_found_by_its_name_and_told_with_all_that_made_it(made: dict[str, object]) -> None:
    found = made["actor"]
    assert (found.row.iri, found.row.targets, found.ties_in_all) == ("a", 3, 16)
    assert [one.label for one in found.joined] == ["Event summit", "Event talks", "Event visit"]
    assert [one.others for one in found.joined] == [16, 1, 1]
    assert found.account.rank == found.row.score("strength").rank == 1
    assert sum(tie.share for tie in found.account.ties) <= 1 + 1e-9
    assert {one.iri for one in found.documents} == {"SUMMIT", "TALKS", "VISIT"}
    assert "By strength it has rank 1 of 18." in found.summary
    strongest = found.ties[0]
    assert {strongest.source, strongest.target} in ({"a", "b"}, {"a", "c"})
    assert (strongest.targets, strongest.documents) == (2, 2)


def test_a_node_of_one_document_is_said_to_be_one() -> None:
    found = actor(*selected(reported(SUMMIT)), SOURCE, "Actor d", parameters=Parameters(rounds=0))
    assert found.summary[0] == "All that is known of Actor d here comes from one document."
    assert "together with 13 others" in " ".join(found.summary)


def test_where_nobody_meets_through_events_nothing_is_said_of_the_largest() -> None:
    direct = selected(reported({"b": "a", "c": "ab", "d": "c"}), "representation-and-membership")
    found = actor(*direct, SOURCE, "Actor a", parameters=FEW)
    page = RENDERINGS["markdown"].render(found)
    assert "largest" not in " ".join(found.summary)
    assert "One document less" in page
    assert "Largest left out" not in page
    assert "Largest left out" in RENDERINGS["markdown"].render(
        actor(*selected(reported(SUMMIT)), SOURCE, "Actor d", parameters=FEW)
    )


def test_few_rounds_are_a_limit_of_what_can_be_said_of_a_node() -> None:
    told = {
        rounds: " ".join(actor(*selected(reported(SUMMIT)), SOURCE, "Actor a", parameters=asked).limits)
        for rounds in (19, 20)
        for asked in [Parameters(rounds=rounds, measures=("degree",))]
    }
    assert told[19].count("19 rounds are too few") == 1
    assert "too few" not in told[20]


def test_an_unknown_node_is_refused() -> None:
    with pytest.raises(CoopgraphError, match="no 'nobody'"):
        actor(*selected(reported(SUMMIT)), SOURCE, "nobody", parameters=FEW)


def test_facts_come_with_their_passages_and_commands() -> None:
    asked: list[tuple[str, str, str]] = []

    def passages(subject: str, predicate: str, object_: str) -> tuple[Passage, ...]:
        asked.append((subject, predicate, object_))
        return (Passage("D", 3, 9),)

    selection = Selection.of("co-participation")
    found = select(shipped.reader(), selection)
    report = actor(found, selection, SOURCE, "actor/asean", parameters=Parameters(rounds=0), passages=passages)
    facts = [fact for tie in report.account.ties for one in tie.occasions for fact in one.facts]
    assert asked
    assert len(set(asked)) == len(asked)
    assert all(fact.passages == (Passage("D", 3, 9),) for fact in facts)
    command = next(fact.command for fact in facts)
    assert command.startswith("coopgraph why event/")
    assert command in RENDERINGS["markdown"].render(report)


def test_two_networks_are_told_apart(made: dict[str, object]) -> None:
    found = made["compare"]
    assert (found.nodes.both, found.nodes.only_before, found.nodes.only_after) == (4, 0, 1)
    assert (found.ties.both, found.ties.only_before, found.ties.only_after) == (4, 0, 1)
    rows = {row.iri: row for row in found.moves("degree").rows}
    assert rows["e"].before is None
    assert rows["e"].after is not None
    assert all(row.rose == row.before - row.after for row in rows.values() if row.before and row.after)
    text = RENDERINGS["markdown"].render(found)
    assert "Of 5 nodes, 4 (80 %) are in both, 0 only in “before” and 1 only in “after”." in text
    lines = list(csv.DictReader(io.StringIO(RENDERINGS["csv"].render(found), newline="")))
    assert len(lines) == sum(len(one.rows) for one in found.by_measure)
    entered = next(line for line in lines if line["iri"] == "e" and line["measure"] == "degree")
    assert (entered["rank_before"], entered["rank_after"]) == ("", str(rows["e"].after))


def test_a_network_with_itself_is_the_same() -> None:
    found = compare(operand("one", EVENTS), operand("two", EVENTS))
    assert found.nodes.share == found.ties.share == 1
    assert all(row.rose == 0 for one in found.by_measure for row in one.rows)
    assert {one.tau for one in found.by_measure if one.tau is not None} == {1.0}


def test_networks_without_a_common_measure_are_refused() -> None:
    asked = Parameters(measures=("pagerank",))
    with pytest.raises(CoopgraphError, match="not defined"):
        compare(operand("one", EVENTS), operand("two", EVENTS, "actor-event"), asked)


def test_an_empty_network_can_be_reported_and_compared() -> None:
    empty = Operand("none", *selected(affiliations([])), SOURCE)
    found = compare(empty, operand("two", EVENTS))
    assert "“none” has no tie at all" in found.summary[0]
    for report in (found, network(*selected(affiliations([])), SOURCE)):
        for form in RENDERINGS.values():
            assert form.render(report)
