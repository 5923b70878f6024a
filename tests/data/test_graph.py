"""Every record of graph/: in order, well written, valid, used and true to the documents."""

from __future__ import annotations

import csv
import itertools
import re
from collections import Counter
from typing import TYPE_CHECKING

import babel
import pycountry
import pytest
from pyoxigraph import Literal, NamedNode, RdfFormat, parse

from coopgraph import resources, terms
from coopgraph import vocabulary as cg
from coopgraph.curate.claims import COLUMNS
from coopgraph.curate.coverage import cover
from coopgraph.curate.source import read_source
from coopgraph.curate.texts import Texts
from tests import shipped

if TYPE_CHECKING:
    from pathlib import Path

GRAPH = resources.directory("graph")
REGISTRY = sorted((GRAPH / "entities").glob("*.ttl"))
TABLES = sorted((GRAPH / "claims").glob("*.csv"))
SUBJECT = re.compile(rf"(?m)^<({re.escape(terms.ID)}\S+)>")


def rows(table: Path) -> list[dict[str, str]]:
    with table.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def labels(predicate: NamedNode) -> dict[NamedNode, set[Literal]]:
    """The labels of each thing by one property."""
    found: dict[NamedNode, set[Literal]] = {}
    for quad in shipped.source().entities:
        if quad.predicate == predicate and isinstance(quad.subject, NamedNode) and isinstance(quad.object, Literal):
            found.setdefault(quad.subject, set()).add(quad.object)
    return found


@pytest.mark.parametrize("file", [*REGISTRY, *TABLES, GRAPH / "documents.ttl"], ids=lambda file: file.name)
def test_files_are_plain_text_without_stray_white_space(file: Path) -> None:
    content = file.read_bytes()
    assert b"\r" not in content
    assert content.endswith(b"\n")
    text = content.decode("utf-8")
    assert not re.search(r"[ \t]+$|\t|\u00a0", text, re.MULTILINE)


def test_labels_have_no_white_space_around_or_doubled_inside() -> None:
    for predicate in (cg.SKOS_PREF_LABEL, cg.SKOS_ALT_LABEL, cg.SKOS_HIDDEN_LABEL):
        for thing, found in labels(predicate).items():
            assert all(label.value == " ".join(label.value.split()) for label in found), thing


@pytest.mark.parametrize("file", REGISTRY, ids=lambda file: file.name)
def test_the_registry_is_sorted_and_each_thing_stands_once(file: Path) -> None:
    subjects = SUBJECT.findall(file.read_text(encoding="utf-8"))
    assert subjects == sorted(set(subjects))
    assert subjects


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_the_claims_are_sorted_and_none_is_made_twice(table: Path) -> None:
    claims = [tuple(row[column] for column in COLUMNS) for row in rows(table)]
    assert claims == sorted(claims)
    identity = [claim[:8] + claim[9:12] for claim in claims]
    assert [one for one, count in Counter(identity).items() if count > 1] == []


def test_preferred_labels_are_unique_per_kind_and_language() -> None:
    seen: Counter[tuple[str, str, str]] = Counter()
    for thing, found in labels(cg.SKOS_PREF_LABEL).items():
        kind = thing.value.removeprefix(terms.ID).split("/")[0]
        if kind != "pillar":  # Two frameworks may word a component alike; it is told apart by its framework.
            seen.update((kind, label.language or "", label.value.casefold()) for label in found)
    assert [one for one, count in seen.items() if count > 1] == []


def test_each_thing_has_one_preferred_label_a_language_and_an_english_one() -> None:
    for thing, found in labels(cg.SKOS_PREF_LABEL).items():
        languages = [label.language for label in found]
        assert len(languages) == len(set(languages)), thing
        assert "en" in languages, thing


def test_alternative_labels_differ_from_preferred_ones() -> None:
    preferred = labels(cg.SKOS_PREF_LABEL)
    for predicate in (cg.SKOS_ALT_LABEL, cg.SKOS_HIDDEN_LABEL):
        for thing, found in labels(predicate).items():
            assert not found & preferred[thing], thing


def test_every_entity_is_used() -> None:
    used = set()
    for claim in shipped.source().claims:
        statement = claim.statement
        used |= {statement.subject, statement.object, statement.attributed_to, *claim.records}
    used |= {quad.object for quad in shipped.source().entities if quad.predicate == cg.HAS_TERRITORY}
    assert [thing for thing in shipped.source().classes if thing not in used] == []


def test_every_document_is_used_and_every_claim_belongs_to_one() -> None:
    used = {claim.document for claim in shipped.source().claims} - {""}
    assert used == set(shipped.source().documents)
    assert len(used) == 5


def test_the_graph_is_as_large_as_its_documents_make_it() -> None:
    stated = [claim for claim in shipped.source().claims if claim.document]
    assert len(shipped.source().classes) >= 200
    assert len(stated) >= 550


def test_utterances_are_told_shortly_in_our_own_words() -> None:
    for thing, found in labels(cg.SKOS_PREF_LABEL).items():
        if thing.value.startswith(terms.ID + "utterance/"):
            assert all(len(label.value.split()) <= 20 for label in found), thing


# RDF compares language tags in lower case, and so they are kept.
LANGUAGES = {
    "zh-hans": "zh_Hans",
    **{code: code for code in ("en", "de", "vi", "km", "lo", "th", "my", "ms", "id", "fil", "pt")},
}


def states() -> list[NamedNode]:
    return [thing for thing, cls in shipped.source().classes.items() if cls == cg.CLS_STATE]


def code(thing: NamedNode, predicate: NamedNode) -> str:
    (value,) = [
        quad.object.value
        for quad in shipped.source().entities
        if quad.subject == thing and quad.predicate == predicate and isinstance(quad.object, Literal)
    ]
    return value


@pytest.mark.parametrize("state", states(), ids=lambda state: state.value.rpartition("/")[2])
def test_states_and_their_territories_have_valid_codes_and_their_names_in_all_languages(state: NamedNode) -> None:
    (territory,) = [
        quad.object
        for quad in shipped.source().entities
        if quad.subject == state and quad.predicate == cg.HAS_TERRITORY
    ]
    assert isinstance(territory, NamedNode)
    for thing in (state, territory):
        country = pycountry.countries.get(alpha_2=code(thing, cg.ISO3166_ALPHA2))
        assert country.alpha_3 == code(thing, cg.ISO3166_ALPHA3)
        # For these states the UN's M49 code is the numeric code of ISO 3166-1.
        assert country.numeric == code(thing, cg.UN_M49)
        names = {label.language: label.value for label in labels(cg.SKOS_PREF_LABEL)[thing]}
        assert set(names) == set(LANGUAGES)
        for tag, locale in LANGUAGES.items():
            common = babel.Locale.parse(locale).territories[country.alpha_2]
            # CLDR adds the former name of a country in brackets; that one is an alternative label.
            assert names[tag] in common, (thing, tag)


def test_the_spans_and_the_graph_recorded_are_those_of_the_documents(documents_dir: Path) -> None:
    read = read_source(GRAPH, resources.directory("ontology"), Texts(documents_dir))
    assert read.digests == shipped.source().digests


def test_every_sentence_of_every_document_has_claims(documents_dir: Path) -> None:
    texts = Texts(documents_dir)
    for identifier, document in shipped.source().documents.items():
        text = texts.read(identifier)
        assert text is not None
        spans = [span for claim in shipped.source().claims for span in claim.spans if span.document == identifier]
        coverage = cover(document, text, spans)
        assert [text[one.start : one.end] for one in coverage.untouched] == [], identifier


def test_zones_lie_in_their_documents_and_do_not_overlap() -> None:
    for document in shipped.source().documents.values():
        for zone in document.zones:
            assert 0 <= zone.start < zone.end <= document.length
        for first, second in itertools.pairwise(document.zones):
            assert first.end <= second.start


RUN = 9


def runs(text: str) -> set[tuple[str, ...]]:
    words = re.findall(r"\w+", text.lower())
    return {tuple(words[start : start + RUN]) for start in range(len(words) - RUN + 1)}


def test_no_label_or_note_repeats_a_sentence_of_a_document(documents_dir: Path) -> None:
    source: set[tuple[str, ...]] = set()
    for file in documents_dir.glob("*_*.txt"):
        source |= runs(file.read_bytes().decode())
    for table in TABLES:
        for row in rows(table):
            assert not runs(row["note"]) & source, row
            assert not runs(row["value"]) & source, row
    named = ("actor", "event", "doc", "instrument", "undertaking", "post")
    for thing, found in labels(cg.SKOS_PREF_LABEL).items():
        kind = thing.value.removeprefix(terms.ID).split("/")[0]
        if kind not in named:
            assert not any(runs(label.value) & source for label in found), thing


def test_the_recorded_graph_is_the_one_that_the_sources_give() -> None:
    recorded = (GRAPH / "coopgraph.trig").read_bytes()
    from coopgraph.assemble.dataset import trig

    assert trig(shipped.quads()) == recorded
    assert len(set(parse(recorded, RdfFormat.TRIG))) == len(shipped.quads())
