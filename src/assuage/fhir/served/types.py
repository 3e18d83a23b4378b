"""What is served of FHIR R4: the types that records go out as, and by what each is searched, in R4's own names."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from msgspec import Struct

SearchKind = Literal["reference", "token", "date"]


class SearchParameter(Struct, frozen=True):
    """A parameter of a search: its name, of which kind, the elements it looks at, R4's own address of it."""

    name: str
    kind: SearchKind
    elements: tuple[str, ...]
    defined: str


class ServedType(Struct, frozen=True):
    """A type with its parameters; the first is the one that names the patient."""

    name: str
    parameters: tuple[SearchParameter, ...]

    @property
    def whose(self) -> SearchParameter:
        """The parameter that names the patient."""
        return self.parameters[0]

    def parameter(self, name: str) -> SearchParameter | None:
        """The parameter of that name; `subject` is taken for `patient`, as R4 has both."""
        if name == "subject" and self.whose.name == "patient":
            return self.whose
        return next((each for each in self.parameters if each.name == name), None)


def _served(name: str, *parameters: tuple[str, SearchKind, str, str]) -> ServedType:
    address = "http://hl7.org/fhir/SearchParameter/"
    return ServedType(
        name,
        tuple(
            SearchParameter(each, kind, tuple(elements.split()), f"{address}{defined}")
            for each, kind, elements, defined in parameters
        ),
    )


SERVED: Mapping[str, ServedType] = {
    each.name: each
    for each in (
        _served(
            "Patient",
            ("_id", "token", "id", "Resource-id"),
            ("identifier", "token", "identifier", "Patient-identifier"),
        ),
        _served(
            "Observation",
            ("patient", "reference", "subject", "clinical-patient"),
            ("code", "token", "code", "clinical-code"),
            ("category", "token", "category", "Observation-category"),
            ("date", "date", "effectiveDateTime", "clinical-date"),
        ),
        _served(
            "Condition",
            ("patient", "reference", "subject", "clinical-patient"),
            ("code", "token", "code", "clinical-code"),
            ("recorded-date", "date", "recordedDate", "Condition-recorded-date"),
        ),
        _served(
            "AllergyIntolerance",
            ("patient", "reference", "patient", "clinical-patient"),
            ("code", "token", "code", "clinical-code"),
            ("date", "date", "recordedDate", "clinical-date"),
        ),
        _served(
            "AdverseEvent",
            ("subject", "reference", "subject", "AdverseEvent-subject"),
            ("event", "token", "event", "AdverseEvent-event"),
            ("date", "date", "date", "AdverseEvent-date"),
        ),
        _served(
            "FamilyMemberHistory",
            ("patient", "reference", "patient", "clinical-patient"),
            ("date", "date", "date", "clinical-date"),
        ),
        _served(
            "MedicationStatement",
            ("patient", "reference", "subject", "medications-patient"),
            ("code", "token", "medicationCodeableConcept", "medications-code"),
            ("effective", "date", "effectivePeriod", "MedicationStatement-effective"),
        ),
        _served(
            "MedicationAdministration",
            ("patient", "reference", "subject", "medications-patient"),
            ("code", "token", "medicationCodeableConcept", "medications-code"),
            ("effective-time", "date", "effectiveDateTime", "MedicationAdministration-effective-time"),
        ),
        _served(
            "Procedure",
            ("patient", "reference", "subject", "clinical-patient"),
            ("code", "token", "code", "clinical-code"),
            ("date", "date", "performedDateTime performedPeriod", "clinical-date"),
        ),
        _served(
            "QuestionnaireResponse",
            ("patient", "reference", "subject", "QuestionnaireResponse-patient"),
            ("authored", "date", "authored", "QuestionnaireResponse-authored"),
        ),
        _served(
            "Task",
            ("patient", "reference", "for", "Task-patient"),
            ("code", "token", "code", "Task-code"),
            ("authored-on", "date", "authoredOn", "Task-authored-on"),
        ),
        _served(
            "Consent",
            ("patient", "reference", "patient", "clinical-patient"),
            ("category", "token", "category", "Consent-category"),
            ("date", "date", "dateTime", "clinical-date"),
        ),
        _served(
            "Communication",
            ("patient", "reference", "subject", "Communication-patient"),
            ("category", "token", "category", "Communication-category"),
            ("sent", "date", "sent", "Communication-sent"),
        ),
        _served(
            "Goal",
            ("patient", "reference", "subject", "clinical-patient"),
            ("lifecycle-status", "token", "lifecycleStatus", "Goal-lifecycle-status"),
        ),
    )
}
# What every search takes beside: which of them, how many a page, from where on.
COMMON = ("_id", "_count", "_offset")
