"""What a check comes to: issues, each with its place, how grave it is and what to do."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from assuage.catalogue.message import Message

Severity = Literal["error", "warning"]
# Words of HL7's issue-type, for OperationOutcome.
IssueType = Literal[
    "structure",
    "required",
    "value",
    "invariant",
    "code-invalid",
    "not-supported",
    "too-long",
    "too-costly",
    "duplicate",
    "login",
    "forbidden",
    "not-found",
    "throttled",
]  # fmt: skip


class Issue(Struct, frozen=True):
    """One thing that is wrong, or that was not checked: where, what, and the official id of the rule where it has one.

    `place` is written with the keys of the JSON, from the resource on: `Observation.component[1].valueQuantity.code`.
    `line` is that of the file, where there is one resource a line.
    """

    severity: Severity
    kind: IssueType
    place: str
    what: Message
    rule: str = ""
    line: int | None = None


class Checked(Struct, frozen=True):
    """What a check came to: the issues, how many resources were looked at, whether some were not."""

    issues: tuple[Issue, ...] = ()
    resources: int = 0
    unchecked: int = 0

    @property
    def errors(self) -> int:
        """How many issues are errors."""
        return sum(issue.severity == "error" for issue in self.issues)
