"""Ways to ask, and what becomes of the letters on the way."""

from __future__ import annotations

from typing import Final

from tests.conformance.checks.check import FORM, G1, JSON, QUERY, VALUES, Check, direct, form, get, graphs

ASKING: Final = (
    get("a query in the address", "ASK {}", type=JSON, truth=True),
    direct("a query as a body", "ASK {}", type=JSON, truth=True),
    form("a query in a form", "query=ASK%20%7B%7D", type=JSON, truth=True),
    direct("a query by the method QUERY", "ASK {}", method="QUERY", type=JSON, truth=True),
    direct(
        "a query as a body with parameters in the address",
        VALUES,
        ask=graphs(default_graph_uri=G1),
        values=("both", "one"),
    ),
    form("a form by the method QUERY", "query=ASK%20%7B%7D", method="QUERY", truth=True),
    get("an empty result still names its variables", "SELECT ?v { FILTER(false) }", values=(), says=('"v"',)),
    get("unknown parameters are ignored", "ASK {}", "nobody-knows=this", truth=True),
    get("a version is tolerated", "ASK {}", "version=1.2", truth=True),
    get("an older version is tolerated", "ASK {}", "version=1.1", truth=True),
    form("a version in a form is tolerated", "query=ASK%20%7B%7D&version=1.2", truth=True),
    direct("a version of the media type is tolerated", "ASK {}", media_type=f"{QUERY}; version=1.2", truth=True),
    direct("the charset may be stated", "ASK {}", media_type=f"{QUERY}; charset=UTF-8", truth=True),
    direct("the charset may be quoted", "ASK {}", media_type=f'{QUERY}; charset="utf-8"', truth=True),
    form("the charset of a form may be stated", "query=ASK%20%7B%7D", media_type=f"{FORM}; charset=utf-8", truth=True),
    direct("media types have no case", "ASK {}", media_type="Application/SPARQL-Query", truth=True),
    direct("text beyond ASCII arrives", 'SELECT ("東盟 ñ 🙂" AS ?v) {}', values=("東盟 ñ 🙂",)),
    get("text beyond ASCII arrives in the address", 'SELECT ("東盟 ñ 🙂" AS ?v) {}', values=("東盟 ñ 🙂",)),
    direct("a byte order mark or a comment may begin a query", "# first\nASK {}", truth=True),
    direct("lines may end as on other systems", "ASK\r\n{\r\n}\r\n", truth=True),
)

DECODING: Final = (
    Check("a plus in the address is a space", ask="query=SELECT+(%22a+b%22+AS+%3Fv)+%7B%7D", values=("a b",)),
    Check("an encoded plus is a plus", ask="query=SELECT%20(%22a%2Bb%22%20AS%20%3Fv)%20%7B%7D", values=("a+b",)),
    Check("percents are decoded once", ask="query=SELECT%20(%22100%2525%22%20AS%20%3Fv)%20%7B%7D", values=("100%25",)),
    form("a plus in a form is a space", "query=SELECT+(%22a+b%22+AS+%3Fv)+%7B%7D", values=("a b",)),
    form("percents in a form are decoded once", "query=SELECT+(%22100%2525%22+AS+%3Fv)+%7B%7D", values=("100%25",)),
    direct("nothing is decoded in a body", 'SELECT ("a+b%20c" AS ?v) {}', values=("a+b%20c",)),
    Check(
        "an ampersand may be encoded", ask="query=SELECT%20(%22a%26b%3Dc%22%20AS%20%3Fv)%20%7B%7D", values=("a&b=c",)
    ),
)
