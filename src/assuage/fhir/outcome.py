"""A check as FHIR says it: an OperationOutcome."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from assuage.catalogue.read import Catalogue
from assuage.fhir.issue import Checked, Issue
from assuage.fhir.rules import spelled_out

_STEP = re.compile(r"([^.\[]+)(\[\d+\])?")


def operation_outcome(
    checked: Iterable[tuple[str, Checked]], fine: str, speaking: Catalogue
) -> dict[str, Any]:
    """The OperationOutcome of checked documents, each with its name; `fine` is said where there is nothing to say."""
    issues = [_issue(name, issue, speaking) for name, each in checked for issue in each.issues]
    if not issues:
        issues = [{"severity": "information", "code": "informational", "details": {"text": fine}}]
    return {"resourceType": "OperationOutcome", "issue": issues}


def _issue(name: str, issue: Issue, speaking: Catalogue) -> dict[str, Any]:
    details: dict[str, Any] = {"text": str(speaking.say(issue.what))}
    if issue.rule:
        details = {"coding": [{"code": issue.rule}], **details}
    told: dict[str, Any] = {"severity": issue.severity, "code": issue.kind, "details": details}
    told["diagnostics"] = name if issue.line is None else f"{name}:{issue.line}"
    if not issue.place.startswith("("):
        told["expression"] = [fhirpath(issue.place)]
    return told


def fhirpath(place: str) -> str:
    """A place as FHIRPath has it: `Observation.value.ofType(Quantity).code` for `Observation.valueQuantity.code`."""
    return ".".join(_steps(place))


def _steps(place: str) -> Iterator[str]:
    spelled = spelled_out()
    for step in place.split("."):
        told = _STEP.fullmatch(step)
        if told is None:
            yield step
        else:
            yield spelled.get(told[1], told[1].removeprefix("_")) + (told[2] or "")
