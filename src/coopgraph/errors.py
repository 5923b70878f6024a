"""Every failure that a user can meet: one code, one HTTP status, one exit status."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from coopgraph.model.problem import Problem


@dataclass(frozen=True, slots=True)
class ErrorKind:
    """What an error code means to a person, to HTTP and to a shell."""

    title: str
    http: int
    exit: int


FOUND_PROBLEMS: Final = 1
USAGE: Final = 2
COULD_NOT_RUN: Final = 3

KINDS: Final[Mapping[str, ErrorKind]] = MappingProxyType(
    {
        "syntax": ErrorKind("The request or file is not well formed", 400, USAGE),
        "too-deep": ErrorKind("The query is nested too deeply", 400, USAGE),
        "request": ErrorKind("The request cannot be understood", 400, USAGE),
        "unauthorized": ErrorKind("The operator's token is needed", 401, COULD_NOT_RUN),
        "forbidden": ErrorKind("This is not allowed here", 403, COULD_NOT_RUN),
        "not-found": ErrorKind("There is no such thing", 404, FOUND_PROBLEMS),
        "method": ErrorKind("This method is not offered here", 405, USAGE),
        "not-acceptable": ErrorKind("None of the accepted formats is offered", 406, USAGE),
        "slow": ErrorKind("The request took too long to arrive", 408, COULD_NOT_RUN),
        "precondition": ErrorKind("A condition of the request does not hold", 412, FOUND_PROBLEMS),
        "too-large": ErrorKind("A size limit was reached; nothing was cut", 413, COULD_NOT_RUN),
        "long-url": ErrorKind("The address is too long", 414, USAGE),
        "media-type": ErrorKind("This media type is not understood here", 415, USAGE),
        "range": ErrorKind("The range lies outside the file", 416, USAGE),
        "curation": ErrorKind("The registry or the claims contain errors", 422, FOUND_PROBLEMS),
        "not-conformant": ErrorKind("The graph does not conform to its shapes", 422, FOUND_PROBLEMS),
        "different": ErrorKind("The built graph differs from the recorded one", 409, FOUND_PROBLEMS),
        "long-headers": ErrorKind("The headers are too long", 431, USAGE),
        "damaged": ErrorKind("A release is damaged", 500, FOUND_PROBLEMS),
        "settings": ErrorKind("A setting is unknown or out of range", 500, USAGE),
        "address": ErrorKind("The service cannot listen here", 500, COULD_NOT_RUN),
        "not-installed": ErrorKind("What this needs is not installed here", 501, USAGE),
        "unsupported": ErrorKind("The engine has no such function", 501, USAGE),
        "cancelled": ErrorKind("The query was cancelled", 503, COULD_NOT_RUN),
        "busy": ErrorKind("Too much is running; try again", 503, COULD_NOT_RUN),
        "reader-lost": ErrorKind("The reader process was lost; try again", 503, COULD_NOT_RUN),
        "memory": ErrorKind("The memory limit was reached", 503, COULD_NOT_RUN),
        "not-ready": ErrorKind("No release is ready", 503, COULD_NOT_RUN),
        "store-lost": ErrorKind("The store behind the service cannot be reached; try again", 503, COULD_NOT_RUN),
        "store-failed": ErrorKind("The store behind the service did not answer as it must", 502, COULD_NOT_RUN),
        "deadline": ErrorKind("The time limit was reached", 504, COULD_NOT_RUN),
        "storage": ErrorKind("The data directory or the disk cannot be used", 507, COULD_NOT_RUN),
        "internal": ErrorKind("Something went wrong inside", 500, COULD_NOT_RUN),
    }
)


class CoopgraphError(Exception):
    """A failure with a code from `KINDS`, a sentence for people and, where known, its place and its limit.

    `fields` maps parameters of a request to what is wrong with each.
    """

    def __init__(
        self,
        code: str,
        detail: str,
        *,
        remedy: str = "",
        line: int | None = None,
        column: int | None = None,
        limit: str | None = None,
        query_id: str | None = None,
        problems: Sequence[Problem] = (),
        fields: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(detail)
        self.code = code
        self.detail = detail
        self.remedy = remedy
        self.line = line
        self.column = column
        self.limit = limit
        self.query_id = query_id
        self.problems = tuple(problems)
        self.fields = dict(fields or {})

    @property
    def kind(self) -> ErrorKind:
        """The row of the error table for this code."""
        return KINDS[self.code]

    def as_arguments(self) -> dict[str, Any]:
        """What another process makes the same failure of, by `CoopgraphError(**arguments)`; all of it is plain JSON."""
        return {name: getattr(self, name) for name in ("code", "detail", "remedy", "line", "column", "limit")}

    def as_problem_json(self) -> dict[str, object]:
        """The members of an RFC 9457 problem document, without those that do not apply."""
        members: dict[str, object] = {
            "type": f"urn:coopgraph:error:{self.code}",
            "title": self.kind.title,
            "status": self.kind.http,
            "detail": self.detail if not self.remedy else f"{self.detail} {self.remedy}",
        }
        optional = {"line": self.line, "column": self.column, "limit": self.limit, "query_id": self.query_id}
        members |= {name: value for name, value in optional.items() if value is not None}
        if self.problems:
            members["problems"] = [problem.as_dict() for problem in self.problems]
        if self.fields:
            members["fields"] = self.fields
        return members

    def __reduce__(self) -> tuple[object, ...]:
        # Keyword-only attributes would be lost when an error crosses a process boundary.
        return (_rebuild, (self.code, self.detail, dict(self.__dict__)))


def _rebuild(code: str, detail: str, state: dict[str, object]) -> CoopgraphError:
    error = CoopgraphError(code, detail)
    error.__dict__.update(state)
    return error
