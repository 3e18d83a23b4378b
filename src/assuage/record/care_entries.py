"""What is known of a patient's care beside scores, drugs and therapies: what was measured, and the like."""

from __future__ import annotations

import math
from dataclasses import dataclass

from assuage.record.entry import Entry


@dataclass(frozen=True)
class ReferenceRange:
    """The range a laboratory calls normal, in the unit of the measurement; an end may be open."""

    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, kw_only=True)
class MeasurementEntry(Entry):
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
    def ends(self) -> tuple[float, float]:
        """The lowest and the highest value this can stand for; infinite where it has no such end."""
        if self.value is not None:
            return (self.value, self.value)
        return (-math.inf if self.low is None else self.low, math.inf if self.high is None else self.high)

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
