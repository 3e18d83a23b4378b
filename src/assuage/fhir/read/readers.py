"""Which reader reads which resource, and what is said of those that are no facts of a record."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from assuage.catalogue.message import Message, message
from assuage.fhir.read import conditions, observation, told, treatments
from assuage.fhir.read.element import ResourcePart
from assuage.fhir.read.reading import FhirReading, NativeFact

Reader = Callable[[ResourcePart, FhirReading], list[NativeFact]]

READERS: Mapping[str, Reader] = {
    "Observation": observation.read_observation,
    "Condition": conditions.read_condition,
    "AllergyIntolerance": conditions.read_allergy,
    "AdverseEvent": conditions.read_adverse_event,
    "FamilyMemberHistory": conditions.read_family_history,
    "MedicationStatement": treatments.read_medication_statement,
    "MedicationAdministration": treatments.read_administration,
    "Procedure": treatments.read_procedure,
    "QuestionnaireResponse": told.read_questionnaire_response,
    "Consent": told.read_consent,
    "Task": told.read_task,
    "Communication": told.read_communication,
    "Goal": told.read_goal,
}
# What is asked for, planned or supplied, and not what is: each with the reason that is given.
NO_FACTS: Mapping[str, Message] = {
    "MedicationRequest": message("fhir-import.prescribed"),
    "MedicationDispense": message("fhir-import.prescribed"),
    "ServiceRequest": message("fhir-import.plan"),
    "CarePlan": message("fhir-import.plan"),
    "RequestGroup": message("fhir-import.plan"),
    "Appointment": message("fhir-import.plan"),
    "NutritionOrder": message("fhir-import.plan"),
    "DeviceRequest": message("fhir-import.plan"),
    "DetectedIssue": message("fhir-import.derived"),
    "GuidanceResponse": message("fhir-import.derived"),
    "RiskAssessment": message("fhir-import.derived"),
    "ClinicalImpression": message("fhir-import.derived"),
}
# What says who, where and with which papers; nothing of it belongs into a record of pseudonyms.
SURROUNDING = frozenset(
    {
        *(
            "Practitioner",
            "PractitionerRole",
            "Organization",
            "Location",
            "Encounter",
            "CareTeam",
            "RelatedPerson",
        ),
        *("Provenance", "AuditEvent", "Device", "Composition", "DocumentReference", "Binary"),
        *("Coverage", "Claim", "ExplanationOfBenefit", "Account", "OperationOutcome", "EpisodeOfCare"),
    }
)
