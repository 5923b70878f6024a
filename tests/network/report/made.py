"""Reports on networks made up for tests, and on the shipped graph."""

from __future__ import annotations

import itertools
import re
from functools import cache
from typing import TYPE_CHECKING

import lxml.html

from coopgraph.network.period import placed
from coopgraph.network.report import CentralityReport, Parameters, Source, centrality
from coopgraph.network.selection import Selected, Selection, select
from tests import shipped
from tests.network.affiliated import affiliations, reported

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from coopgraph.network.affiliations import Affiliations

SOURCE = Source(7, "ab" * 32, "2031-05-05", "https://w3id.org/coopgraph/", "The maintainers (2031): Release 7.")
SUMMIT = {"summit": "abcdefghijklmnopq", "talks": "ab", "visit": "ac", "speech": "z"}
FEW = Parameters(rounds=5)


def on(
    found: Affiliations, projection: str = "co-participation", parameters: Parameters = FEW, **period: object
) -> CentralityReport:
    """The report on these rows, read as the projection of this name."""
    selection = Selection.of(projection, **period)
    places = placed(found, selection.since, selection.until)
    taken = found.select(places.certain) if selection.timed else found
    return centrality(Selected(taken, places.counts()), selection, SOURCE, parameters)


def report(events: Mapping[str, Iterable[str]], **more: object) -> CentralityReport:
    """The report on events, each reported by one document of its own."""
    return on(reported(events), **more)


def from_one_document(events: Mapping[str, Iterable[str]]) -> CentralityReport:
    """The report on events that all are reported by the same document."""
    return on(affiliations([(who, event, "D") for event, all_ in events.items() for who in all_]))


@cache
def of_shipped(projection: str) -> CentralityReport:
    """The report on the shipped graph."""
    selection = Selection.of(projection)
    return centrality(select(shipped.reader(), selection), selection, SOURCE, FEW)


def whole_and_accessible(text: str) -> None:
    """Check that a page needs nothing else, and that a reader who hears it finds the way."""
    page = lxml.html.document_fromstring(text)
    assert page.get("lang") == "en"
    assert not page.xpath("//script | //link | //img | //iframe | //@style | //@onclick")
    assert not re.search(r"url\(|@import|<script", text)
    assert [len(page.xpath(f"//{mark}")) for mark in ("header", "nav", "main", "h1")] == [1, 1, 1, 1]
    levels = [int(head.tag[1]) for head in page.xpath("//h1|//h2|//h3|//h4")]
    assert all(below <= above + 1 for above, below in itertools.pairwise(levels))
    for table in page.xpath("//table"):
        assert table.xpath("caption")[0].text_content()
        assert all(cell.get("scope") for cell in table.xpath(".//th"))
        assert len({len(row) for row in table.xpath(".//tr")}) == 1
    for picture in page.xpath("//svg"):
        if picture.get("aria-hidden") != "true":
            assert picture.get("role") == "img"
            named = picture.get("aria-labelledby").split()
            assert all(picture.xpath(f".//*[@id='{name}']")[0].text for name in named)
    identities = page.xpath("//@id")
    assert len(set(identities)) == len(identities)
    for target in page.xpath("//a/@href[starts-with(., '#')] | //@aria-labelledby"):
        assert all(page.xpath(f"//*[@id='{name}']") for name in target.lstrip("#").split())
