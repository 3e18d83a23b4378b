"""What an action of a pathway is as a request of FHIR: which resource, of what, where, how much, how often.

One body for the definition of a pathway and for what is proposed to one patient. Only what is begun anew is a
MedicationRequest or a ServiceRequest; what is about a drug that is taken already (go on, raise, stop) is a Task, so
that nobody who overlooks a word gives a second prescription.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any, Literal, assert_never

from msgspec import Struct

from assuage.catalogue.message import message
from assuage.catalogue.read import Catalogue
from assuage.fhir.codes import Concept, concept, own_coding, quantity
from assuage.pathways.actions import (
    Action,
    Extend,
    Perform,
    PlannedDose,
    Refer,
    Start,
    Stop,
    Titrate,
    injected_by,
)
from assuage.terms.drugs import Drug
from assuage.terms.sites import Site
from assuage.terms.therapies import Therapy

Plain = dict[str, Any]
RequestKind = Literal["MedicationRequest", "ServiceRequest", "Task"]

# When of a day, as Timing has it; any other word stays a word.
_WHEN: Mapping[str, str] = {
    "in the morning": "MORN",
    "at noon": "NOON",
    "in the evening": "EVE",
    "at night": "HS",
}


class ProposedAction(Struct, frozen=True):
    """The body of a request, before it is anybody's."""

    kind: RequestKind
    of: Concept
    dosage: tuple[Plain, ...] = ()
    sites: tuple[Concept, ...] = ()
    timing: Plain | None = None
    details: tuple[Concept, ...] = ()

    def as_definition(self) -> Plain:
        """The elements of an ActivityDefinition."""
        subject = "productCodeableConcept" if self.kind == "MedicationRequest" else "code"
        return {
            "kind": self.kind,
            subject: self.of,
            **({"timingTiming": self.timing} if self.timing else {}),
            **({"dosage": list(self.dosage)} if self.dosage else {}),
            **({"bodySite": list(self.sites)} if self.sites else {}),
        }

    def as_request(self) -> Plain:
        """The elements of a MedicationRequest or a ServiceRequest; a Task says the rest in words."""
        match self.kind:
            case "MedicationRequest":
                dosage = {"dosageInstruction": list(self.dosage)} if self.dosage else {}
                return {"medicationCodeableConcept": self.of, **dosage}
            case "ServiceRequest":
                return {
                    "code": self.of,
                    **({"orderDetail": list(self.details)} if self.details else {}),
                    **({"occurrenceTiming": self.timing} if self.timing else {}),
                    **({"bodySite": list(self.sites)} if self.sites else {}),
                }
            case "Task":
                return {}
            case _:
                assert_never(self.kind)


def proposed_action(action: Action, speaking: Catalogue) -> ProposedAction:
    """The body of the request that an action asks for."""
    match action:
        case Start(drug, doses):
            dosage = tuple(_dosage(dose, at, speaking) for at, dose in enumerate(doses, 1))
            return ProposedAction("MedicationRequest", drug_concept(drug, speaking), dosage)
        case Titrate(drug=drug) | Stop(drug=drug):
            return ProposedAction("Task", drug_concept(drug, speaking))
        case Perform(therapy, at, every, times):
            return ProposedAction(
                "ServiceRequest",
                therapy_concept(therapy, speaking),
                sites=tuple(_site(site, speaking) for site in at),
                timing=_every(every, times),
                details=_details(action, speaking),
            )
        case Extend(therapy, to):
            site = (_site(to, speaking),)
            details = _details(action, speaking)
            return ProposedAction(
                "ServiceRequest", therapy_concept(therapy, speaking), sites=site, details=details
            )
        case Refer(to):
            return ProposedAction("ServiceRequest", therapy_concept(to, speaking))
        case _:
            assert_never(action)


def drug_concept(drug: Drug, speaking: Catalogue) -> Concept:
    """A drug by our code, in words."""
    return concept(own_coding("drug", drug.id), text=str(speaking.value(drug)))


def therapy_concept(therapy: Therapy, speaking: Catalogue) -> Concept:
    """A therapy by our code, in words."""
    return concept(own_coding("therapy", therapy.id), text=str(speaking.value(therapy)))


def _site(site: Site, speaking: Catalogue) -> Concept:
    return concept(own_coding("site", site.id), text=str(speaking.value(site)))


def _dosage(dose: PlannedDose, at: int, speaking: Catalogue) -> Plain:
    words = str(speaking.value(dose))
    when = _WHEN.get(dose.when)
    timing: Plain = {"code": {"text": words}}
    if when is not None:
        timing = {"repeat": {"frequency": 1, "period": 1, "periodUnit": "d", "when": [when]}}
    return {
        "sequence": at,
        "text": words,
        "timing": timing,
        "doseAndRate": [{"doseQuantity": quantity(dose.amount, dose.unit)}],
    }


def _every(every: timedelta, times: int | None) -> Plain:
    count = {} if times is None else {"count": times}
    return {"repeat": {**count, "frequency": 1, "period": every.days, "periodUnit": "d"}}


def _details(action: Action, speaking: Catalogue) -> tuple[Concept, ...]:
    """How it is done and what it carries into the body, in words."""
    injects = injected_by(action)
    if injects is None:
        return ()
    told = message("pathway.injects", drugs=injects.drugs, route=injects.way_in)
    return (concept(text=str(speaking.say(told))),)
