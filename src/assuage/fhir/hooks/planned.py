"""`POST /PlanDefinition/ID/$apply`: a pathway is applied to one patient, of whom all that counts is sent along.

Parameters with a subject and data, or a Bundle alone. No server is asked for more, and a part is not taken for the
whole. What cannot be read is refused with every reason; what was not understood stands in the answer.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

from msgspec import Struct

from assuage.catalogue.message import message
from assuage.errors import InputError, Problems
from assuage.fhir.apply import applied
from assuage.fhir.hooks.prefetch import MOST_RESOURCES, matches_of
from assuage.fhir.hooks.services import Caller, HookAnswer, HookServices, refusal, today_of, why_not
from assuage.fhir.hooks.understood import NotUnderstood
from assuage.fhir.issue import Issue
from assuage.fhir.read.element import as_map, maps_in
from assuage.fhir.read.resources import patients_in
from assuage.fhir.reading import WHOLE, read_json_bytes
from assuage.fhir.validate import checked_bytes
from assuage.pathways import registry
from assuage.record.entries import Record
from assuage.review.make import review
from assuage.words.speak import catalogue

Plain = dict[str, Any]

# What a caller may say beside; who acts and in which setting changes nothing of what is proposed.
_BESIDE = frozenset(
    {
        "encounter", "practitioner", "organization", "userType", "userLanguage", "userTaskContext", "setting",
        "settingContext",
    }
)  # fmt: skip


class _Sent(Struct):
    """What was sent: the resources, of whom, and what is wrong with it."""

    resources: list[Plain]
    subject: str | None
    issues: list[Issue]


class UnderstoodCall(Struct, frozen=True):
    """What was understood of a call: the record, the id of the patient there, and what is not in it."""

    record: Record
    patient: str
    lost: tuple[NotUnderstood, ...]


def applied_to_sent(services: HookServices, pathway_id: str, raw: bytes, caller: Caller) -> HookAnswer:
    """The answer to a call: the collection of what the pathway says of the patient today."""
    understood = understood_call(services, raw, caller, _BESIDE)
    if isinstance(understood, HookAnswer):
        return understood
    record, speaking = understood.record, catalogue(caller.language)
    try:
        pathway = registry.pathway(pathway_id)
        on = today_of(record, services.site, services.now())
        here = review(record, pathway, on, services.site.settings, effects=False)
    except (InputError, Problems) as error:
        return refusal(422, [Issue("error", "not-supported", WHOLE, why_not(error))], speaking)
    return HookAnswer(200, applied(here, speaking, f"Patient/{understood.patient}", understood.lost))


def understood_call(
    services: HookServices, raw: bytes, caller: Caller, beside: frozenset[str]
) -> UnderstoodCall | HookAnswer:
    """What was understood of Parameters with a subject and data, or of a Bundle alone; else the refusal.

    `beside` are the parameters that change nothing here; any other is refused.
    """
    value, issues = read_json_bytes(raw), checked_bytes(raw).issues
    errors = [each for each in issues if each.severity == "error"]
    refused = [each for each in errors if not _is_inner(each)]
    kind = as_map(value).get("resourceType")
    if not refused and kind not in ("Parameters", "Bundle"):
        refused = [Issue("error", "structure", WHOLE, message("apply.no-parameters"))]
    if refused:
        return refused_call(400, refused, caller)
    sent = _sent(cast("Plain", value), beside)
    if any(each.kind == "value" for each in sent.issues):
        return refused_call(400, sent.issues, caller)
    patient, wrong = _patient(sent)
    if sent.issues or wrong is not None or patient is None:
        return refused_call(412, [*sent.issues, *([wrong] if wrong else [])], caller)
    lost = [
        NotUnderstood(each.place, message("hooks.invalid", place=each.place, what=each.what))
        for each in errors
    ]
    try:
        read = services.reads(sent.resources, patient, services.site.zone)
    except (InputError, Problems) as error:
        return refused_call(422, [Issue("error", "not-supported", WHOLE, why_not(error))], caller)
    lost += read.lost
    if read.elements:
        lost.append(NotUnderstood(WHOLE, message("hooks.elements", n=read.elements)))
    return UnderstoodCall(read.record, patient, tuple(lost))


def refused_call(status: int, issues: Sequence[Issue], caller: Caller) -> HookAnswer:
    """A refusal in the language of the caller."""
    return refusal(status, issues, catalogue(caller.language))


def _is_inner(issue: Issue) -> bool:
    """Whether an issue is of a resource that was sent along, and not of the call."""
    inner = ".resource." in issue.place
    return inner and issue.kind not in ("too-costly", "duplicate")


def _sent(value: Plain, beside: frozenset[str]) -> _Sent:
    sent = _Sent([], None, [])
    if value["resourceType"] == "Bundle":
        _take(sent, value, "Bundle")
        return sent
    has_data = False
    for at, parameter in enumerate(maps_in(value.get("parameter"))):
        place, name = f"Parameters.parameter[{at}]", parameter.get("name")
        if name == "subject":
            subject = parameter.get("valueString") or as_map(parameter.get("valueReference")).get("reference")
            if type(subject) is not str or not subject or sent.subject is not None:
                sent.issues.append(Issue("error", "value", place, message("apply.subject")))
            else:
                sent.subject = subject
        elif name == "data" and as_map(parameter.get("resource")):
            has_data = True
            _take(sent, as_map(parameter["resource"]), f"{place}.resource")
        elif name not in beside:
            what = message("apply.parameter", known=("subject", "data", *sorted(beside)))
            sent.issues.append(Issue("error", "value", place, what))
    if not has_data:
        sent.issues.append(Issue("error", "required", "Parameters", message("apply.no-data")))
    return sent


def _take(sent: _Sent, value: Plain, place: str) -> None:
    """Take what was sent along; of whom it is, is asked of all of it together."""
    matches, issues = matches_of(value, place, None)
    sent.resources += matches
    sent.issues += issues
    if len(sent.resources) > MOST_RESOURCES:
        sent.issues.append(
            Issue("error", "too-costly", place, message("hooks.too-many", most=MOST_RESOURCES))
        )


def _patient(sent: _Sent) -> tuple[str | None, Issue | None]:
    """The id of the patient that is meant; or what is wrong, where that is nobody or where there are others."""
    named = patients_in(cast("Sequence[object]", sent.resources))
    wanted = None if sent.subject is None else sent.subject.rpartition("/")[2]
    if wanted is None and len(named) == 1:
        return named[0], None
    if wanted is None:
        return None, Issue("error", "required", WHOLE, message("apply.which-patient", n=len(named)))
    if any(each != wanted for each in named):
        return None, Issue("error", "required", WHOLE, message("hooks.another-patient"))
    return wanted, None
