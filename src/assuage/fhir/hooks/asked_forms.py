"""`POST /Questionnaire/NAME/$populate` and `POST /QuestionnaireResponse/$extract`: forms filled in, and read.

No server is asked for anything: all that is known of the patient is sent along. How bad something is, what is felt and
what may be a danger is never filled in.
"""

from __future__ import annotations

from typing import Any, cast

from assuage.catalogue.message import message
from assuage.errors import InputError, Problems
from assuage.fhir.forms.answers import populated
from assuage.fhir.forms.extract import extracted
from assuage.fhir.forms.forms import form_named
from assuage.fhir.hooks.planned import UnderstoodCall, refused_call, understood_call
from assuage.fhir.hooks.services import Caller, HookAnswer, HookServices, refusal, today_of, why_not
from assuage.fhir.hooks.understood import NotUnderstood
from assuage.fhir.issue import Issue
from assuage.fhir.read.element import as_map, maps_in
from assuage.fhir.reading import WHOLE, read_json_bytes
from assuage.fhir.validate import checked_bytes
from assuage.fhir.write.bundle import writing_of
from assuage.record.timeline import Timeline
from assuage.words.speak import catalogue

Plain = dict[str, Any]

# What a caller may send beside: which form it is stands in the address, and no server is asked.
_BESIDE = frozenset({"local", "canonical", "questionnaireRef"})


def populated_for_sent(services: HookServices, name: str, raw: bytes, caller: Caller) -> HookAnswer:
    """The form of that name, filled in as far as it may be from what was sent along."""
    understood = understood_call(services, raw, caller, _BESIDE)
    if isinstance(understood, HookAnswer):
        return understood
    record = understood.record
    on = today_of(record, services.site, services.now()) or record.last_day or 0
    of = writing_of(record, record.starts_on)
    day = of.date_of(on)
    response = populated(
        form_named(name), Timeline(record, on), on, of, None if day is None else day.isoformat()
    )
    response["subject"] = {"reference": f"Patient/{understood.patient}"}
    return _answered("response", response, understood, caller)


def extracted_of_sent(services: HookServices, raw: bytes, caller: Caller) -> HookAnswer:
    """The transaction of what a response says, of one response alone."""
    speaking = catalogue(caller.language)
    value, issues = as_map(read_json_bytes(raw)), checked_bytes(raw).issues
    errors = [each for each in issues if each.severity == "error"]
    if errors:
        return refused_call(400, errors, caller)
    sent = value
    if value.get("resourceType") == "Parameters":
        named = {str(each.get("name")): each for each in maps_in(value.get("parameter"))}
        unknown = named.keys() - {"questionnaire-response", "questionnaire"}
        if unknown:
            what = message("apply.parameter", known=("questionnaire-response", "questionnaire"))
            return refused_call(400, [Issue("error", "value", "Parameters", what)], caller)
        sent = as_map(named.get("questionnaire-response", {}).get("resource"))
    if sent.get("resourceType") != "QuestionnaireResponse":
        return refused_call(400, [Issue("error", "structure", WHOLE, message("form.no-response"))], caller)
    whose = str(as_map(sent.get("subject")).get("reference", "")).rpartition("/")[2]
    if not whose:
        what = message("form.of-nobody")
        return refused_call(412, [Issue("error", "required", "QuestionnaireResponse.subject", what)], caller)
    try:
        read = services.reads([sent], whose, services.site.zone)
        bundle = extracted(read.record)
    except (InputError, Problems) as error:
        return refusal(422, [Issue("error", "not-supported", WHOLE, why_not(error))], speaking)
    lost = [*read.lost]
    if read.elements:
        lost.append(NotUnderstood(WHOLE, message("hooks.elements", n=read.elements)))
    understood = UnderstoodCall(read.record, whose, tuple(lost))
    return _answered("return", bundle, understood, caller)


def _answered(name: str, resource: Plain, understood: UnderstoodCall, caller: Caller) -> HookAnswer:
    """Parameters with what was made, and what was not understood beside it."""
    speaking = catalogue(caller.language)
    parameters: list[Plain] = [{"name": name, "resource": resource}]
    if understood.lost:
        issues = [
            {"severity": "warning", "code": "incomplete", "details": {"text": str(speaking.value(each.what))}}
            for each in understood.lost
        ]
        outcome = {"resourceType": "OperationOutcome", "issue": issues}
        parameters.append({"name": "issues", "resource": outcome})
    return HookAnswer(200, cast("Plain", {"resourceType": "Parameters", "parameter": parameters}))
