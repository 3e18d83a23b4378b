"""The orders of `order-select` and `order-sign`: what each draft is, as far as it can be read; else why not.

A draft is a drug by its ATC code or its words, or a therapy by its words; a code and words that say different drugs say
none. A dose is read where it is one amount at one frequency; else it is not known.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any, cast

from msgspec import Struct

from assuage.catalogue.message import Message, message
from assuage.fhir.read.element import as_map, maps_in, resources_in
from assuage.record.doses import Dose
from assuage.review.ordered import PendingOrder, ordered_drug, ordered_therapy
from assuage.terms.dosing import read_frequency
from assuage.terms.drug_names import find_drug
from assuage.terms.therapies import Pressure, find_therapy

Node = dict[str, Any]

ATC = ("http://www.whocc.no/atc", "urn:oid:2.16.840.1.113883.6.73")
# What was taken back, is over, or was never meant.
_NOT_ORDERED = frozenset({"cancelled", "stopped", "entered-in-error", "completed", "revoked"})
_WHEN = {
    "MORN": "in the morning",
    "NOON": "at noon",
    "EVE": "in the evening",
    "NIGHT": "at night",
    "HS": "at night",
}
_UNITS = {"d": ("day", "days"), "wk": ("week", "weeks"), "h": ("hour", "hours")}
_PRESSURES: dict[str, Pressure] = {"deep": "deep", "light": "light", "gentle": "light", "medium": "medium"}


class DraftOrder(Struct, frozen=True):
    """A draft: its reference, the order it was read as (None: unread), and why it was not read."""

    reference: str
    order: PendingOrder | None = None
    why: Message | None = None
    is_drug: bool = False


def drafts_of(bundle: object, patient: str) -> tuple[DraftOrder, ...]:
    """The drafts of a bundle, those that stand; an order of another patient is not read."""
    resources = [each for each in resources_in(bundle) if each]
    medications = {f"Medication/{each.get('id')}": each for each in resources if _type(each) == "Medication"}
    return tuple(
        _draft(each, patient, medications)
        for each in resources
        if _type(each) != "Medication"
        and each.get("status") not in _NOT_ORDERED
        and not each.get("doNotPerform")
    )


def drafts_in(resources: Iterable[Node], patient: str) -> tuple[DraftOrder, ...]:
    """The orders among resources that were prescribed before, as drafts are read."""
    entries = [{"resource": each} for each in resources]
    return drafts_of({"entry": entries}, patient)


def selected(
    drafts: Sequence[DraftOrder], selections: Collection[str]
) -> tuple[tuple[DraftOrder, ...], tuple[DraftOrder, ...]]:
    """The drafts that were just selected, and the others; all are, where no selection names one of them."""
    chosen = tuple(draft for draft in drafts if draft.reference in selections)
    if not chosen:
        return tuple(drafts), ()
    return chosen, tuple(draft for draft in drafts if draft not in chosen)


def _draft(resource: Node, patient: str, medications: Mapping[str, Node]) -> DraftOrder:
    kind = _type(resource)
    reference = f"{kind}/{resource.get('id', '')}"
    subject = as_map(resource.get("subject") or resource.get("patient")).get("reference")
    if type(subject) is str and subject.rpartition("/")[2] != patient:
        return DraftOrder(reference, None, message("hooks.order-of-another"), kind.startswith("Medication"))
    match kind:
        case "MedicationRequest" | "MedicationStatement":
            return _drug(resource, reference, medications)
        case "ServiceRequest":
            return _service(resource, reference)
        case _:
            return DraftOrder(reference, None, message("hooks.order-kind", kind=kind))


# --- a drug -----------------------------------------------------------------------------------------


def _drug(resource: Node, reference: str, medications: Mapping[str, Node]) -> DraftOrder:
    concept = as_map(resource.get("medicationCodeableConcept"))
    pointer = as_map(resource.get("medicationReference"))
    if pointer:
        concept = as_map(_medication(resource, pointer, medications).get("code")) or {
            "text": pointer.get("display")
        }
    codes = [
        str(coding.get("code")) for coding in maps_in(concept.get("coding")) if coding.get("system") in ATC
    ]
    words = [*_words(concept)]
    named = {drug.id: name for name in (*codes, *words) if (drug := find_drug(name)) is not None}
    written = words[0] if words else codes[0] if codes else ""
    if not written:
        return DraftOrder(reference, None, message("hooks.order-unnamed"), True)
    if len(named) > 1:
        return DraftOrder(
            reference, None, message("hooks.order-two-drugs", names=tuple(named.values())), True
        )
    name = next(iter(named.values()), written)
    order = ordered_drug(name, _doses(resource), _route(resource))
    if not order.is_read:
        return DraftOrder(reference, order, message("hooks.order-unread", what=written), True)
    return DraftOrder(reference, order, None, True)


def _medication(resource: Node, pointer: Node, medications: Mapping[str, Node]) -> Node:
    """The Medication that is pointed at, contained or in the bundle; nothing where it is neither."""
    address = pointer.get("reference")
    if type(address) is not str:
        return {}
    if address.startswith("#"):
        inside = [as_map(each) for each in _list(resource.get("contained"))]
        named = [each for each in inside if each.get("id") == address[1:]]
        return named[0] if named else {}
    return medications.get("/".join(address.rsplit("/", 2)[-2:]), {})


def _route(resource: Node) -> str:
    """The route as it was written; by mouth where none was."""
    dosages = _list(resource.get("dosageInstruction"))
    words = [*_words(as_map(as_map(dosages[0]).get("route")))] if dosages else []
    return words[0].casefold() if words else "oral"


def _doses(resource: Node) -> tuple[Dose, ...]:
    """The doses of a day, where there is one instruction with one amount and a frequency; else they are not known."""
    dosages = _list(resource.get("dosageInstruction"))
    if len(dosages) != 1:
        return ()
    dosage = as_map(dosages[0])
    rates = _list(dosage.get("doseAndRate"))
    when = _frequency(dosage)
    if (
        len(rates) != 1
        or when is None
        or dosage.get("asNeededBoolean")
        or "asNeededCodeableConcept" in dosage
    ):
        return ()
    quantity = as_map(as_map(rates[0]).get("doseQuantity"))
    amount, unit = quantity.get("value"), quantity.get("unit") or quantity.get("code")
    if not isinstance(amount, int | float) or not amount > 0 or not isinstance(unit, str):
        return ()
    return (Dose(float(amount), unit, when),)


def _frequency(dosage: Node) -> str | None:
    """How often, in the words of a record; None where it is not said, or in a way that is not read."""
    repeat = as_map(as_map(dosage.get("timing")).get("repeat"))
    if set(repeat) - {"frequency", "period", "periodUnit", "when", "boundsPeriod", "boundsDuration"}:
        return None
    when = _list(repeat.get("when"))
    if when:
        words = _WHEN.get(when[0]) if len(when) == 1 and type(when[0]) is str else None
        return words if repeat.get("frequency", 1) == 1 and repeat.get("period", 1) == 1 else None
    frequency, period, unit = repeat.get("frequency", 1), repeat.get("period"), repeat.get("periodUnit")
    if unit not in _UNITS or not isinstance(frequency, int) or not isinstance(period, int | float):
        return None
    if period != int(period) or period < 1:
        return None
    single, plural = _UNITS[unit]
    if frequency == 1:
        text = (
            f"every {int(period)} {plural}"
            if period > 1
            else f"once a {single}"
            if unit != "h"
            else "every hour"
        )
    elif period == 1 and unit != "h":
        text = f"{frequency} times a {single}"
    else:
        return None
    return text if read_frequency(text) is not None else None


# --- a therapy --------------------------------------------------------------------------------------


def _service(resource: Node, reference: str) -> DraftOrder:
    words = [*_words(as_map(resource.get("code")))]
    if not words:
        return DraftOrder(reference, None, message("hooks.order-unnamed"))
    name = next((each for each in words if find_therapy(each) is not None), words[0])
    details = [word for detail in _list(resource.get("orderDetail")) for word in _words(as_map(detail))]
    pressures: list[Pressure] = [
        _PRESSURES[word] for word in " ".join(details).casefold().split() if word in _PRESSURES
    ]
    order = ordered_therapy(name, pressures[0] if pressures else None)
    if not order.is_read:
        return DraftOrder(reference, order, message("hooks.order-unread", what=words[0]))
    return DraftOrder(reference, order)


# --- parts ------------------------------------------------------------------------------------------


def _type(resource: Node) -> str:
    kind = resource.get("resourceType")
    return kind if type(kind) is str else ""


def _list(value: object) -> list[Any]:
    return cast("list[Any]", value) if type(value) is list else []


def _words(concept: Node) -> Iterator[str]:
    """The text and the displays of a concept, each once, in the order in which they say most."""
    written = [concept.get("text"), *(coding.get("display") for coding in maps_in(concept.get("coding")))]
    yield from dict.fromkeys(each.strip() for each in written if type(each) is str and each.strip())
