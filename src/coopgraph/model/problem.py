"""A mistake in a file, told so that its author can mend it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One mistake: where it stands (line and column count from one, nought is unknown), what is wrong, what to do."""

    file: str
    line: int
    column: int
    message: str
    remedy: str

    def __str__(self) -> str:
        place = self.file
        if self.line:
            place += f":{self.line}" + (f":{self.column}" if self.column else "")
        return f"{place}: {self.message}" + (f" {self.remedy}" if self.remedy else "")

    def as_dict(self) -> dict[str, object]:
        """The members of this problem for JSON."""
        return {
            "file": self.file,
            "line": self.line,
            "column": self.column,
            "message": self.message,
            "remedy": self.remedy,
        }
