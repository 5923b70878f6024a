"""Scores of any SPARQL server on the suites: `python -m tests.conformance.score --endpoint URL`."""

from __future__ import annotations

import argparse
import sys
import time
from typing import TYPE_CHECKING

from tests.conformance import client
from tests.conformance.library import library
from tests.conformance.performing import why_not
from tests.conformance.suites import LEFT_OUT, SUITES, left_out

if TYPE_CHECKING:
    from tests.conformance.client import Server
    from tests.conformance.library import Library
    from tests.conformance.suites import Suite


def score(server: Server, shelf: Library, suite: Suite) -> tuple[int, dict[str, str]]:
    """How many tests of the suite there are, and why some of them fail, by their IRIs."""
    # Cases over the same data follow each other, so that these are loaded once.
    found = sorted(suite.cases(shelf), key=lambda case: repr(getattr(case, "dataset", "")))
    reasons = ((case.iri, why_not(server, shelf, case, suite.form)) for case in found)
    return len(found), {iri: reason for iri, reason in reasons if reason is not None}


def main() -> int:
    """Print passed and all tests by suite; the exit status is 1 if a suite is below what is asked of this project."""
    asked = _arguments()
    shelf = library()
    below = False
    with client.Server(
        asked.query or asked.endpoint + "/sparql",
        asked.update or asked.endpoint + "/update",
        asked.store or asked.endpoint + "/store",
        asked.token,
    ) as server:
        for suite in SUITES:
            if asked.suite and suite.name not in asked.suite:
                continue
            begun = time.monotonic()
            size, reasons = score(server, shelf, suite)
            passed = size - len(reasons)
            below = below or passed < suite.floor
            _say(f"{suite.name:24} {passed:4} / {size:<4} floor {suite.floor:<4} {time.monotonic() - begun:6.1f} s")
            for iri, reason in reasons.items() if asked.reasons else ():
                _say(f"    {iri}\n        {reason[:600]}")
    for subject, count in left_out(shelf).items():
        _say(f"{subject:24} {count:4} left out: {LEFT_OUT[subject]}")
    return int(below)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.conformance.score", description=__doc__)
    parser.add_argument("--endpoint", default="http://127.0.0.1:8000", help="the server, without a path")
    parser.add_argument("--query", help="where it answers queries, if not at /sparql")
    parser.add_argument("--update", help="where it takes updates, if not at /update")
    parser.add_argument("--store", help="where it keeps graphs, if not at /store")
    parser.add_argument("--token", help="the token that lets one write")
    parser.add_argument("--suite", action="append", help="only this suite; may be given again")
    parser.add_argument("--reasons", action="store_true", help="also say which tests fail and why")
    return parser.parse_args()


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
