"""Scales: a number somebody reports, with its range and direction.

The seven plain 0-10 scales live here; the total of an instrument is a scale too and comes from
`assuage.instruments`, so that a range is written down once.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from msgspec import Struct

from assuage.catalogue.message import Wording

Daily = Literal["worst", "best", "last"]


class Scale(Struct, frozen=True):
    """A number from `low` to `high`.

    `daily` says which of several entries on one day stands for that day.
    """

    code: str
    title: str
    low: float
    high: float
    daily: Daily = "worst"
    higher_is: Literal["worse", "better"] = "worse"
    anchors: str = ""

    @property
    def wording(self) -> Wording:
        """The title, with the key of its translations."""
        return Wording(f"scale.{self.code}", self.title)

    @property
    def meaning(self) -> Wording:
        """What its ends mean, with the key of its translations; its ends alone where that is not written down."""
        return Wording(f"scale.{self.code}.ends", self.anchors or f"{self.low:g}-{self.high:g}")

    @property
    def range_in_words(self) -> str:
        """`0 to 10`."""
        return f"{self.low:g} to {self.high:g}"

    def day_value(self, values: Sequence[float]) -> float:
        """The value that stands for a day on which these were recorded, in order; there is at least one."""
        if self.daily == "last":
            return values[-1]
        highest = (self.daily == "worst") == (self.higher_is == "worse")
        return max(values) if highest else min(values)

    def __str__(self) -> str:
        return self.title


PAIN = Scale("pain", "pain", 0, 10, anchors="0 no pain, 10 worst imaginable pain")
STIFFNESS = Scale("stiffness", "stiffness", 0, 10, anchors="0 none, 10 worst imaginable")
FATIGUE = Scale("fatigue", "fatigue", 0, 10, anchors="0 none, 10 worst imaginable")
# Direction as in Cappelleri 2009: a higher number is a worse night.
SLEEP = Scale("sleep", "sleep problem", 0, 10, anchors="0 best possible sleep, 10 worst possible sleep")
ANXIETY = Scale("anxiety", "anxiety", 0, 10, anchors="0 none, 10 worst imaginable")
STRESS = Scale("stress", "stress", 0, 10, anchors="0 none, 10 worst imaginable")
NUMBNESS = Scale("numbness", "numbness", 0, 10, anchors="0 none, 10 complete")

SCALES: dict[str, Scale] = {
    scale.code: scale for scale in (PAIN, STIFFNESS, FATIGUE, SLEEP, ANXIETY, STRESS, NUMBNESS)
}
