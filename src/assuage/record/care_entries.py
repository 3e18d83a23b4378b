"""What is known of a patient's care beside scores, drugs and therapies: numbers, allergies, diagnoses, goals.

All of them came with the second format of records. What they mean to a rule is said in `assuage.record.stated` and in
`assuage.record.timeline`.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Literal, Self

from msgspec import Struct
from msgspec.structs import replace

from assuage.record.entry import Entry, NamedWords
from assuage.record.ruling import HOW_SURE, Ruling, allergy_ruling
from assuage.terms.conditions import Condition, find_condition
from assuage.terms.drug_names import find_drug
from assuage.terms.measured import unit_of
from assuage.terms.measurements import find_measurement
from assuage.terms.names import spaced
from assuage.terms.quantities import find_quantity
from assuage.terms.symptoms import find_symptom
from assuage.terms.therapies import find_therapy

AllergySeverity = Literal["mild", "moderate", "severe"]
AllergyCertainty = Literal["confirmed", "suspected", "refuted"]
EventAction = Literal["none", "dose_reduced", "interrupted", "stopped", "treated"]
EventOutcome = Literal[
    "recovered", "recovering", "not_recovered", "recovered_with_sequelae", "fatal", "unknown"
]
CodeSystem = Literal["icd-10", "icd-11", "icpc-2", "local"]
DiagnosisCertainty = Literal["confirmed", "probable", "possible", "refuted"]
AskedHow = Literal["patient", "relative", "count", "refill", "device", "level"]
ExposureState = Literal["present", "absent", "not_asked"]


class ReferenceRange(Struct, frozen=True):
    """The range a laboratory calls normal, in the unit of the measurement; an end may be open."""

    low: float | None = None
    high: float | None = None


class MeasurementEntry(Entry, frozen=True, kw_only=True):
    """A laboratory value, vital sign, weight, height or interval of an ECG.

    Instead of a `value` it has `low` and `high`, or one of them where the laboratory gives a bound ("below 5" is
    `high: 5`). `what` and `unit` are kept as written; without a unit the number is of no known unit.
    """

    what: str
    value: float | None = None
    low: float | None = None
    high: float | None = None
    unit: str | None = None
    range: ReferenceRange | None = None
    method: str | None = None
    loinc: str | None = None

    @property
    def named(self) -> NamedWords:
        """What was measured; with its number where its unit is none of that quantity, so that nothing reads it."""
        told = (find_quantity(name) for name in (self.what, self.loinc) if name)
        quantity = next((each for each in told if each is not None), None)
        if quantity is not None and unit_of(quantity, self.unit or "") is None:
            return ((f"{self.what} {self.in_words}", False),)
        return ((self.what, quantity is not None or find_measurement(self.what) is not None),)

    @property
    def ends(self) -> tuple[float, float]:
        """The lowest and the highest value this can stand for; infinite where it has no such end."""
        if self.value is not None:
            return (self.value, self.value)
        return (-math.inf if self.low is None else self.low, math.inf if self.high is None else self.high)

    def in_doubt(self, others: Sequence[Entry]) -> Self | None:
        """The range from the lowest to the highest that anybody says of it on that day, in the same unit."""
        low, high = self.ends
        for other in others:
            if not isinstance(other, MeasurementEntry) or other.day != self.day:
                return None
            if (other.what, other.unit) != (self.what, self.unit):
                return None
            low, high = min(low, other.ends[0]), max(high, other.ends[1])
        finite = {"low": low, "high": high}
        ends = {name: end if math.isfinite(end) else None for name, end in finite.items()}
        return replace(self, value=None, low=ends["low"], high=ends["high"])

    @property
    def in_words(self) -> str:
        """The number with its unit: `1.1 mg/dL`, `<5 ng/L`, `60–80`."""
        if self.value is not None:
            number = f"{self.value:g}"
        elif self.low is None:
            number = f"<{self.high:g}"
        elif self.high is None:
            number = f">{self.low:g}"
        else:
            number = f"{self.low:g}–{self.high:g}"
        return f"{number} {self.unit}" if self.unit else number


class AllergyEntry(Entry, frozen=True, kw_only=True):
    """An allergy: to what, how it showed itself, and how sure it is; without a certainty it is read as there."""

    substance: str
    reaction: str | None = None
    severity: AllergySeverity | None = None
    certainty: AllergyCertainty | None = None

    @property
    def named(self) -> NamedWords:
        """The substance."""
        return ((self.substance, find_drug(self.substance) is not None),)

    @property
    def ruling(self) -> Ruling:
        """Of the allergy."""
        return allergy_ruling(self.substance, self.certainty)

    @property
    def contested(self) -> Self | None:
        """There."""
        return self.in_doubt(())

    def in_doubt(self, others: Sequence[Entry]) -> Self | None:
        """There."""
        return None if self.certainty == "refuted" else self


class AdverseEventEntry(Entry, frozen=True, kw_only=True):
    """Something untoward, with what is suspected of it. `onset` and `end` are days of the record.

    `grade` is 1 (mild) to 5 (death). What is suspected counts as not tolerated.
    """

    what: str
    grade: int | None = None
    onset: int | None = None
    end: int | None = None
    suspected: tuple[str, ...] = ()
    action: EventAction | None = None
    outcome: EventOutcome | None = None

    @property
    def named(self) -> NamedWords:
        """What happened, and what is suspected of it."""
        suspects = (
            (word, find_drug(word) is not None or find_therapy(word) is not None) for word in self.suspected
        )
        known = find_symptom(self.what) is not None or find_condition(self.what) is not None
        return ((self.what, known), *suspects)

    def in_doubt(self, others: Sequence[Entry]) -> Self | None:
        """As it was told: what is suspected stays so."""
        return self


class DiagnosisEntry(Entry, frozen=True, kw_only=True):
    """A diagnosis in words, by its code, or both; without a certainty it is read as confirmed."""

    what: str | None = None
    code: str | None = None
    system: CodeSystem | None = None
    certainty: DiagnosisCertainty | None = None

    @property
    def named(self) -> NamedWords:
        """The diagnosis."""
        return ((self.in_words, self.condition is not None),)

    @property
    def ruling(self) -> Ruling:
        """Of the diagnosis."""
        named = self.condition.id if self.condition else spaced(self.in_words)
        return Ruling(("diagnosis", named), HOW_SURE[self.certainty])

    @property
    def contested(self) -> Self | None:
        """Possible where it was refuted."""
        return replace(self, certainty="possible") if self.certainty == "refuted" else self

    def in_doubt(self, others: Sequence[Entry]) -> Self | None:
        """Possible."""
        return replace(self, certainty="possible")

    @property
    def condition(self) -> Condition | None:
        """The known condition, by the words or else by the code; None for what is kept but not checked."""
        by_words = None if self.what is None else find_condition(self.what)
        return by_words or (None if self.code is None else find_condition(self.code))

    @property
    def in_words(self) -> str:
        """The words, or the code where there are none."""
        return self.what or self.code or ""


class AdherenceEntry(Entry, frozen=True, kw_only=True):
    """Whether a drug is taken as agreed: yes, no, or which share of the doses (0 to 1); and how that is known."""

    drug: str
    taken: bool | float
    asked: AskedHow | None = None

    @property
    def named(self) -> NamedWords:
        """The drug."""
        return ((self.drug, find_drug(self.drug) is not None),)

    @property
    def contested(self) -> Self | None:
        """Not known to be taken."""
        return self.in_doubt(())

    def in_doubt(self, others: Sequence[Entry]) -> Self | None:
        """Not known to be taken."""
        return self if self.not_taken else None

    @property
    def not_taken(self) -> bool:
        """Whether nothing of it is said to be taken."""
        return self.taken is False or self.taken == 0


class OfferEntry(Entry, frozen=True, kw_only=True):
    """What was offered to the patient; whether it was chosen, None while that is open; its chance if it was drawn."""

    what: str
    chosen: bool | None = None
    chance: float | None = None
    because: str | None = None


class ExposureEntry(Entry, frozen=True, kw_only=True):
    """A factor of the patient's own choosing (`coffee`, `night shift`): there or not, not asked, or how much."""

    name: str
    state: ExposureState | None = None
    amount: float | None = None
    unit: str | None = None


class RatingEntry(Entry, frozen=True, kw_only=True):
    """A value on a scale of the patient's own making, with its ends; None where it was not asked."""

    name: str
    value: float | None = None
    lowest: float | None = None
    highest: float | None = None
    unit: str | None = None


class GoalEntry(Entry, frozen=True, kw_only=True):
    """What the patient wants to reach, by which day of the record, and whether it was reached; None: not known yet."""

    what: str
    target: str | None = None
    due: int | None = None
    reached: bool | None = None


class AppointmentEntry(Entry, frozen=True, kw_only=True):
    """A visit agreed on: its day of the record, with whom, and whether it was kept; None: not known yet.

    Its own `day` is the day on which it was agreed, so that a visit to come does not make the record longer.
    """

    on: int
    whom: str | None = None
    kept: bool | None = None
