"""Every address that is not SPARQL: what it takes, what it gives, and how it fails.

This table is what the OpenAPI document and the page about the addresses are made from, and what a request's parameters
are held against. An address that is missing here fails a test.
"""

from __future__ import annotations

from typing import Final

from coopgraph.curate.rdf import MEDIA_TYPES
from coopgraph.network.apart import reporting
from coopgraph.sparql.negotiation import HTML, JSON, RELEASES, RESOURCES
from coopgraph.web import catalog, networks, questions, reports, schemas, selecting, why
from coopgraph.web.operation import (
    AFTER,
    LANGUAGE,
    LIMIT,
    MARK,
    RELEASE,
    Operation,
    Parameter,
    form,
    given,
    in_path,
    one_of,
)  # fmt: skip

_READING: Final = (400, 404, 406, 413, 503, 504)
_TURTLE: Final = "@prefix cg: <https://w3id.org/coopgraph/ns#> .\n<urn:example:mu> a cg:State .\n"

PAGING: Final = (RELEASE, form(questions.ANSWERS), LANGUAGE, LIMIT, AFTER, MARK)
_QUERY: Final = in_path("id", "The id of the query, which its answer has in X-Request-Id.", "0123456789abcdef")
_NUMBER: Final = Parameter("number", "The number of the release.", schemas.NUMBER, 1, "path", required=True)
_THING: Final = (RELEASE, form(RESOURCES))
_THINGS: Final = "Things and terms"
_QUESTIONS: Final = "Questions"
_NETWORKS: Final = "Networks and reports"
_NAME: Final = {"type": "string", "pattern": "^[a-z-]+$"}
_END: Final = {"type": "string", "minLength": 1}
_PROJECTION: Final = in_path("projection", "The network; see /networks.", "co-participation", "^[a-z-]+$")
_TIME: Final = "Releases and time"
_STATE: Final = "The service itself"

OPERATIONS: Final = (
    Operation(
        "start", "/", "What there is and how much of it.", _STATE, (RELEASE, form((HTML, JSON))),
        given((HTML, JSON), schemas.named("Start")), _READING,
    ),
    Operation(
        "thing", "/id/{kind}/{slug}",
        "A thing, as a page or as RDF. The path may end in .ttl, .jsonld, .nt, .rdf, .nq, .trig, .json or .html.",
        _THINGS,
        (
            in_path("kind", "The kind: actor, event, instrument …", "actor", "^[a-z]+$"),
            in_path("slug", "The name within the kind.", "asean"),
            *_THING,
        ),
        given(RESOURCES, schemas.named("Thing")), _READING,
    ),
    *(
        Operation(
            name, f"/{name}", summary, _THINGS, _THING, given(RESOURCES, schemas.named("Collection")), _READING
        )
        for name, summary in (
            ("ns", "The terms of the ontology."),
            ("vocab", "All vocabularies."),
            ("shapes", "The shapes that all data must fit."),
        )
    ),
    Operation(
        "collection-as", "/{name}.{suffix}", "The same in the format that the suffix names.", _THINGS,
        (
            one_of("name", "What is collected.", "ns", "vocab", "shapes"),
            one_of("suffix", "The format.", *(offer.name for offer in RESOURCES)), RELEASE,
        ),
        given(RESOURCES, schemas.named("Collection")), _READING,
    ),
    Operation(
        "vocabulary", "/vocab/{scheme}", "A vocabulary with its concepts.", _THINGS,
        (in_path("scheme", "The vocabulary.", "status"), *_THING),
        given(RESOURCES, schemas.named("Collection")), _READING,
    ),
    Operation(
        "graph", "/graph/{name}", "A named graph, whole.", _THINGS,
        (in_path("name", "Its name; that of a document's is doc/ and an id.", "prospective", "^[^?#]+$"), *_THING),
        given(RESOURCES, schemas.named("Collection")), _READING,
    ),
    Operation(
        "concept", "/vocab/{scheme}/{slug}", "A concept.", _THINGS,
        (in_path("scheme", "The vocabulary.", "status"), in_path("slug", "The concept.", "held"), *_THING),
        given(RESOURCES, schemas.named("Thing")), _READING,
    ),
    Operation(
        "shape", "/shapes/{code}", "A shape.", _THINGS, (in_path("code", "The code of the shape.", "K01"), *_THING),
        given(RESOURCES, schemas.named("Thing")), _READING,
    ),
    *(
        Operation(
            name, path, summary, _QUESTIONS,
            (
                *suffix,
                Parameter(
                    "s", "The subject: an IRI, or a name such as actor/asean.", {"type": "string", "minLength": 1},
                    "cgid:event/ai-symposium-phnom-penh-2024", required=True,
                ),
                Parameter("p", "The property; those below it count as well.", schemas.TEXT, "cg:participant"),
                Parameter(
                    "o", "The object, or a literal in quotes, with @language or ^^datatype if that matters.",
                    schemas.TEXT,
                ),
                RELEASE, LANGUAGE, *(() if suffix else (form(why.FORMATS),)),
            ),
            given(why.FORMATS, schemas.named("Explanations")), _READING,
        )
        for name, path, summary, suffix in (
            ("why", "/why", "The assertions behind a statement, and the passages behind those.", ()),
            (
                "why-as", "/why.{suffix}", "The same in the format that the suffix names.",
                (one_of("suffix", "The format.", "json", "csv", "html"),),
            ),
        )
    ),
    Operation(
        "questions", "/questions", "All named questions, with their parameters and columns.", _QUESTIONS,
        (RELEASE, form(questions.LISTS)), given(questions.LISTS, schemas.named("Questions")), _READING,
    ),
    Operation(
        "questions-as", "/questions.{suffix}", "The same in the format that the suffix names.", _QUESTIONS,
        (one_of("suffix", "The format.", "json", "html"), RELEASE),
        given(questions.LISTS, schemas.named("Questions")), _READING,
    ),
    Operation(
        "question", "/questions/{name}",
        "The answer to a question; each question is also described by itself. The path may end in .json, .csv, .html, "
        "or in .rq for the query in SPARQL.", _QUESTIONS,
        (in_path("name", "The name of the question.", "participants-with-roles"), *PAGING),
        given(questions.ANSWERS, schemas.named("Answer")), _READING, takes_any=True,
    ),
    Operation(
        "networks", "/networks", "The networks that are offered, with the meaning of their nodes and ties.", _NETWORKS,
        (RELEASE, form(networks.LISTS)), given(networks.LISTS, schemas.named("Networks")), _READING,
    ),
    Operation(
        "networks-as", "/networks.{suffix}", "The same in the format that the suffix names.", _NETWORKS,
        (one_of("suffix", "The format.", "json", "html"), RELEASE),
        given(networks.LISTS, schemas.named("Networks")), _READING,
    ),
    Operation(
        "network", "/networks/{projection}",
        "A network, as a page or for other programs. The path may end in a dot and the name of a format.", _NETWORKS,
        (_PROJECTION, *selecting.NARROWING, RELEASE, form(networks.OFFERS)),
        given(networks.TYPES, schemas.named("Network")), (*_READING, 501),
    ),
    Operation(
        "tie", "/networks/{projection}/tie", "What makes a tie: events, documents, and the facts that passages say.",
        _NETWORKS,
        (
            _PROJECTION,
            Parameter("source", "One end: an IRI, or a name such as actor/asean.", _END, "actor/asean", required=True),
            Parameter("target", "The other end.", _END, "actor/china", required=True),
            *selecting.NARROWING, RELEASE, form(networks.TIES),
        ),
        given(networks.TIES, schemas.named("Tie")), _READING,
    ),
    *(
        Operation(
            name, path, summary, _NETWORKS,
            (
                *suffix,
                Parameter("projection", "The network; see /networks.", _NAME, "co-participation"), *selecting.NARROWING,
                Parameter("measure", "Measures to show instead of the usual ones, by commas.", schemas.TEXT, "degree"),
                Parameter(
                    "top", "How many nodes of each kind are listed.",
                    {"type": "integer", "minimum": 1, "maximum": reports.MOST}, 10,
                ),
                Parameter(
                    "rounds", "Rounds of each bootstrap, instead of a number by the size.",
                    {"type": "integer", "minimum": 0, "maximum": reports.ROUNDS}, 10,
                ),
                Parameter("seed", "Where chance begins.", schemas.NUMBER, 1),
                RELEASE, *(() if suffix else (form(reports.OFFERS),)),
            ),
            given(reports.OFFERS, {"type": "object"}), _READING,
        )
        for name, path, summary, suffix in (
            ("centrality", "/reports/centrality", "Who is central in a network, and how far that holds.", ()),
            (
                "centrality-as", "/reports/centrality.{suffix}", "The same in the format that the suffix names.",
                (one_of("suffix", "The format.", *reporting.FORMS),),
            ),
        )
    ),
    Operation(
        "centrality-schema", "/reports/centrality.schema.json", "What that report looks like as JSON.", _NETWORKS, (),
        {reports.SCHEMA: {"type": "object"}}, (400, 503),
    ),
    Operation(
        "validate-form", "/validate", "A form to send data with.", _QUESTIONS, (RELEASE, form((HTML,))),
        {HTML.media_type: None}, _READING,
    ),
    Operation(
        "validate", "/validate", "The SHACL report on the posted data, with status 200 whether they conform or not.",
        _QUESTIONS,
        (
            Parameter("with", "release: the data are judged together with the release.", {"enum": ["release"]}),
            RELEASE, form(RESOURCES),
        ),
        given(RESOURCES, schemas.named("Verdict")), (*_READING, 415), "post",
        dict.fromkeys(MEDIA_TYPES) | {"text/turtle": _TURTLE},
    ),
    Operation(
        "releases", "/releases", "All releases, newest first.", _TIME, (RELEASE, form((JSON, HTML))),
        given((JSON, HTML), schemas.named("Releases")), _READING,
    ),
    Operation(
        "release", "/releases/{number}", "A release: what it is, its files, how it is cited.", _TIME,
        (_NUMBER, form(RELEASES)), given(RELEASES, schemas.named("Release")), _READING,
    ),
    Operation(
        "release-as", "/releases/{number}.{suffix}", "The same in the format that the suffix names.", _TIME,
        (_NUMBER, one_of("suffix", "The format.", *(offer.name for offer in RELEASES))),
        given(RELEASES, schemas.named("Release")), _READING,
    ),
    Operation(
        "release-file", "/releases/{number}/{name}", "A file of a release, whole or the range asked for.", _TIME,
        (_NUMBER, in_path("name", "The name of the file.", "manifest.json")),
        {"application/n-quads": None, JSON.media_type: {"type": "object"}}, (400, 404, 416, 503),
    ),
    Operation(
        "release-current", "/releases/current", "Where the current release is.", _TIME, (), {}, (400, 503),
        redirects=True,
    ),
    Operation(
        "release-current-part", "/releases/current/{rest}", "Where a part of the current release is.", _TIME,
        (in_path("rest", "The part.", "manifest.json"),), {}, (400, 404, 503), redirects=True,
    ),
    *(
        Operation(
            f"{name}{'-as' if suffix else ''}", f"/{name}{'.{suffix}' if suffix else ''}",
            "The same in the format that the suffix names." if suffix else summary, _TIME,
            (*suffix, RELEASE, *(() if suffix else (form(catalog.OFFERS),))), given(catalog.OFFERS, schemas.TEXT),
            _READING,
        )
        for name, summary in (
            ("catalog", "The dataset, its releases with their files, and the query service, in DCAT."),
            ("void", "Graphs, classes and properties with their numbers, prefixes and example queries, in VoID."),
        )
        for suffix in ((), (one_of("suffix", "The format.", *(offer.name for offer in catalog.OFFERS)),))
    ),
    Operation(
        "void-well-known", "/.well-known/void", "Where the description in VoID is.", _TIME,
        (RELEASE, Parameter("format", "The format, for where it leads.", schemas.TEXT)), {}, (400,), redirects=True,
    ),
    *(
        Operation(
            f"timemap-{name}", path, "All states of a resource, as Memento (RFC 7089) lists them.", _TIME,
            (one_of("form", "The format.", "json", "link"), *rest),
            {JSON.media_type: schemas.named("Timemap"), "application/link-format": None}, _READING, takes_any=True,
        )
        for name, path, rest in (
            ("start", "/timemap/{form}/", ()),
            ("of", "/timemap/{form}/{path}", (in_path("path", "Its path.", "id/actor/asean", "^[^?#]+$"),)),
        )
    ),
    Operation(
        "alive", "/healthz", "The process lives.", _STATE, (), {JSON.media_type: schemas.named("Alive")}, early=True,
    ),
    Operation(
        "ready", "/readyz", "A release is open and has readers; 503 with reasons if not.", _STATE, (),
        {JSON.media_type: schemas.named("Ready")}, unwell=schemas.named("NotReady"), early=True,
    ),
    Operation("metrics", "/metrics", "Measures for Prometheus.", _STATE, (), {"text/plain": None}, early=True),
    Operation(
        "queries", "/queries", "What runs and what ran; with the operator's token also what was asked, and by whom.",
        _STATE, (), given((JSON, HTML), schemas.named("Queries")), (401, 403, 406), early=True,
    ),
    Operation(
        "query", "/queries/{id}", "One query that runs or ran.", _STATE, (_QUERY,),
        given((JSON, HTML), schemas.named("Query")), (401, 403, 404, 406), early=True,
    ),
    Operation(
        "query-cancel", "/queries/{id}", "Cancels a query.", _STATE, (_QUERY,),
        {JSON.media_type: schemas.shaped({"id": schemas.TEXT, "state": {"const": "cancelled"}})}, (401, 403, 404),
        "delete", operator=True, early=True,
    ),
    Operation(
        "openapi", "/openapi.json", "This description.", _STATE, (), {JSON.media_type: {"type": "object"}}, (400, 503),
    ),
    Operation("docs", "/docs", "The same for people.", _STATE, (), {HTML.media_type: None}, (400, 503)),
)  # fmt: skip
"""All addresses but those of SPARQL: /sparql, /update and /store, which the Service Description describes."""
