"""In which format an answer comes."""

from __future__ import annotations

from typing import Final
from urllib.parse import quote

from tests.conformance.checks.check import (
    CONSTRUCT,
    CSV,
    JSON,
    PROBLEM,
    TSV,
    TURTLE,
    VALUES,
    XML,
    Check,
    accept,
    form,
    get,
)
from tests.conformance.client import GRAPH_TYPES

NEGOTIATION: Final = (
    get("whoever takes anything gets JSON", VALUES, headers={"Accept": "*/*"}, type=JSON),
    accept("JSON", JSON, type=JSON),
    accept("plain JSON", "application/json", type=JSON),
    accept("XML", XML, type=XML),
    accept("CSV", CSV, type=CSV, says=("v\r\ndefault\r\n",)),
    accept("TSV", TSV, type=TSV, says=('?v\n"default"\n',)),
    accept("an ASK in XML", XML, "ASK {}", type=XML, says=("<boolean>true</boolean>",)),
    accept("the better liked", f"{CSV};q=0.5, {XML};q=0.9", type=XML),
    accept("order says nothing", f"{XML};q=0.1, {CSV};q=0.2, {TSV};q=0.9", type=TSV),
    accept("what is not wanted at all", f"{JSON};q=0, */*;q=0.1", type=XML),
    accept("the more specific range counts", f"*/*;q=0.9, {JSON};q=0.1, {XML};q=0.2, {TSV};q=0", type=CSV),
    accept("a range of types", "text/*", type=CSV),
    accept("a range of types with one left out", f"text/*, {CSV};q=0", type=TSV),
    accept("media types in Accept have no case", XML.upper(), type=XML),
    accept("parameters of media types", f"{XML}; charset=utf-8", type=XML),
    accept("spaces around commas", f"image/png ,  {CSV} ;q=0.8", type=CSV),
    accept(
        "what is not offered is named with what is", "image/png", status=406, type=PROBLEM, says=(JSON, XML, CSV, TSV)
    ),
    accept("nothing accepted", "*/*;q=0", status=406, type=PROBLEM),
    accept("a table is no graph", TURTLE, status=406, type=PROBLEM, says=(JSON,)),
    accept("a graph is no table", CSV, CONSTRUCT, status=406, type=PROBLEM, says=(TURTLE, GRAPH_TYPES["jsonld"])),
    accept("a graph for whoever takes anything", "*/*", CONSTRUCT, type=TURTLE),
    accept("a description for whoever takes anything", "*/*", "DESCRIBE <http://example.org/a>", type=TURTLE),
    *(accept(f"a graph as {name}", media, CONSTRUCT, type=media) for name, media in GRAPH_TYPES.items()),
    accept("rubbish is no reason to break", ";;;q=x,,/", status=(200, 400, 406)),
    get("the parameter format by name", VALUES, "format=csv", type=CSV),
    get("the parameter format by media type", VALUES, "format=" + quote(XML, safe=""), type=XML),
    get("the parameter format beats Accept", VALUES, "format=tsv", headers={"Accept": XML}, type=TSV),
    get("the parameter format for a graph", CONSTRUCT, "format=ntriples", type=GRAPH_TYPES["ntriples"]),
    get("an unknown format", VALUES, "format=spreadsheet", status=406, type=PROBLEM, says=(JSON,)),
    get("two formats", VALUES, "format=csv&format=xml", status=400, type=PROBLEM),
    form("the parameter format in a form", f"query={quote(VALUES)}&format=csv", type=CSV),
    accept("a person gets a page", "text/html,application/xhtml+xml,*/*;q=0.8", type="text/html"),
    accept("a person gets a mistake as a page", "text/html", "ASK {", status=400, type="text/html"),
)

DESCRIPTION: Final = (
    Check("the service describes itself", type=TURTLE, says=("sparql-service-description#",)),
    Check("in the format that is liked", headers={"Accept": GRAPH_TYPES["rdfxml"]}, type=GRAPH_TYPES["rdfxml"]),
    Check("and in no other", 406, headers={"Accept": "image/png"}, type=PROBLEM),
    Check("a person gets the query page", headers={"Accept": "text/html"}, type="text/html"),
    Check("a head of it", method="HEAD", type=TURTLE),
    Check("it may be kept", holds={"etag": ('"',), "vary": ("accept",)}),
)
