"""QuestionnaireResponse, Consent, Task, Communication and Goal: read where they speak of what a record knows.

Answers of another form, a consent to something else, a task of another program and a letter are no facts of ours.
"""

from __future__ import annotations

from assuage.catalogue.message import message
from assuage.fhir.codes import own_codes, own_system
from assuage.fhir.forms.forms import is_entry_form
from assuage.fhir.read.element import ResourcePart
from assuage.fhir.read.forms import form_entries
from assuage.fhir.read.reading import Coded, FhirReading, NativeFact, Plain, moment_said, said_by, whole
from assuage.fhir.write.answered import ABOUT_ITEM, QUESTIONNAIRE, SITES_ITEM
from assuage.instruments import INSTRUMENTS

_ANSWERS = ("valueInteger", "valueDecimal", "valueBoolean", "valueString")
_CONSENT = {"active": "given", "rejected": "refused", "inactive": "withdrawn"}


def read_questionnaire_response(element: ResourcePart, of: FhirReading) -> list[NativeFact]:
    """Answers to one of our instruments, or to a form whose answers are entries of their own."""
    status = element.text("status")
    form = element.plain.get("questionnaire")
    name = form.partition("|")[0].removeprefix(QUESTIONNAIRE) if isinstance(form, str) else ""
    if status not in ("completed", "amended", "in-progress"):
        return of.leave(element, message("fhir-import.status", status=status))
    is_of_entries = is_entry_form(name)
    if not (name in INSTRUMENTS or is_of_entries) or not str(form).startswith(QUESTIONNAIRE):
        return of.leave(element, message("fhir-import.form"))
    element.use("questionnaire")
    if is_of_entries:
        common = said_by(element, of, "source")
        when = moment_said(element, of, "authored")
        entries = form_entries(element, of)
        if not entries:
            of.say(element.path, message("fhir-import.nothing-answered"), "told")
        return [NativeFact(each | common, when, status == "in-progress") for each in entries]
    items: Plain = {}
    sites: list[str] | None = None
    for each in element.parts("item"):
        link = each.text("linkId")
        answers = each.parts("answer")
        if link == ABOUT_ITEM and not answers:
            each.use()
            continue
        if link == SITES_ITEM and answers:
            given = [_site(answer) for answer in answers]
            sites = [] if given == ["none"] else [site for site in given if site is not None]
            if None in given:
                sites = None
            else:
                each.use()
            continue
        value = _value(answers[0]) if len(answers) == 1 else None
        if link is not None and (value is not None or not answers):
            items[link] = value
            each.use("text")
    fields: Plain = {"kind": "answers", "instrument": name}
    if items:
        fields["items"] = items
    if sites is not None:
        fields["sites"] = sites
    when = moment_said(element, of, "authored")
    return [NativeFact(fields | said_by(element, of, "source"), when, status == "in-progress")]


def _site(answer: ResourcePart) -> str | None:
    coding = answer.part("valueCoding")
    if coding is None or coding.plain.get("system") != own_system("site"):
        return None
    code = coding.plain.get("code")
    return code if isinstance(code, str) and code in own_codes()["site"] else None


def _value(answer: ResourcePart) -> float | bool | str | None:
    for key in _ANSWERS:
        if answer.has(key):
            value = answer.plain[key]
            answer.use(key)
            return value if isinstance(value, int | float | bool | str) else None
    return None


def read_consent(element: ResourcePart, of: FhirReading) -> list[NativeFact]:
    """A consent for a purpose of ours."""
    status = element.text("status")
    ours = Coded(element.part("scope"), of).own_code("kind") == "consent"
    purposes = [wording for each in element.parts("category") if (wording := each.text("text")) is not None]
    if not ours or len(purposes) != 1:
        return of.leave(element, message("fhir-import.consent"))
    if status not in _CONSENT:
        return of.leave(element, message("fhir-import.status", status=status))
    whole(element, of, ("scope", "policyRule"))
    fields: Plain = {"kind": "consent", "for": purposes[0], "state": _CONSENT[status]}
    return [NativeFact(fields | said_by(element, of, "performer"), moment_said(element, of, "dateTime"))]


def read_task(element: ResourcePart, of: FhirReading) -> list[NativeFact]:
    """A decision about a pathway, where our code says that it is one and a person completed it."""
    do = Coded(element.part("code"), of).own_code("decision")
    if do is None:
        return of.leave(element, message("fhir-import.plan"))
    status = element.text("status")
    if status not in ("completed", "on-hold"):
        return of.leave(element, message("fhir-import.status", status=status))
    element.use("code", "intent")
    fields: Plain = {"kind": "decision", "do": do}
    for each in element.parts("output"):
        to = each.text("valueString")
        if to is not None and do in ("enter", "advance", "return", "override"):
            fields["to"] = to
            each.use()
    because = Coded(element.part("reasonCode"), of).words()
    if because is not None:
        fields["because"] = because
    when = moment_said(element, of, "authoredOn")
    return [NativeFact(fields | said_by(element, of, "owner"), when, status == "on-hold")]


def read_communication(element: ResourcePart, of: FhirReading) -> list[NativeFact]:
    """A note of ours; a message between others is none."""
    for each in element.parts("category"):
        kind = Coded(each, of).own_code("kind")
        if kind is None:
            continue
        each.use()
        if kind != "note":
            return of.leave(element, message("fhir-import.only-with-extension"))
        wording = [
            text for part in element.parts("payload") if (text := part.text("contentString")) is not None
        ]
        if element.text("status") != "completed" or len(wording) != 1:
            break
        when = moment_said(element, of, "sent")
        return [NativeFact({"kind": "note", "text": wording[0]} | said_by(element, of, "sender"), when)]
    return of.leave(element, message("fhir-import.letter"))


def read_goal(element: ResourcePart, of: FhirReading) -> list[NativeFact]:
    """Nothing: what somebody wants to reach is not what is."""
    return of.leave(element, message("fhir-import.goal"))
