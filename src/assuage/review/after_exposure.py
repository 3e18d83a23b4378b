"""What a patient is asked in the days after an exposure: how the pain was, once a day until its response is known."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from assuage.record.care_entries import ExposureEntry
from assuage.record.entries import AnyEntry, Record, ScoreEntry, TherapyEntry
from assuage.terms.scales import PAIN

DAYS_ASKED = (1, 2, 3)  # after an exposure: 24, 48 and 72 hours (ours)
FEWEST_COUNTED = 2  # exposures before which a count says nothing (ours)


class AskedAfter(Struct, frozen=True):
    """One question after an exposure: so many days later, and the answer that is bound to it; None without one."""

    exposure: ExposureEntry | TherapyEntry
    days_after: int
    answer: ScoreEntry | None

    @property
    def day(self) -> int:
        """The day that is asked about."""
        return self.exposure.day + self.days_after


def exposures_told(record: Record) -> tuple[ExposureEntry | TherapyEntry, ...]:
    """What the patient wrote of having been exposed to, in the order in which it happened."""
    return tuple(each for each in record.standing if _is_told(each))  # pyright: ignore[reportReturnType]


def _is_told(entry: AnyEntry) -> bool:
    match entry:
        case ExposureEntry():
            there = entry.state == "present" or (entry.amount or 0) > 0
        case TherapyEntry():
            there = entry.do != "stop"
        case _:
            return False
    return there and entry.by == "patient"


def asked_after(record: Record) -> Iterator[AskedAfter]:
    """Every question after every exposure that has a name to bind answers to, with its answer."""
    answers: dict[tuple[str | None, int], ScoreEntry] = {
        (each.about, each.day): each
        for each in record.standing
        if isinstance(each, ScoreEntry) and each.scale == PAIN.code and each.about is not None
    }
    for exposure in exposures_told(record):
        if exposure.id is not None:
            names = (exposure.id, *(each.id for each in record.earlier(exposure)))
            for days in DAYS_ASKED:
                day = exposure.day + days
                answer = next((answers[name, day] for name in names if (name, day) in answers), None)
                yield AskedAfter(exposure, days, answer)


def due_after_exposure(record: Record, on: int) -> tuple[AskedAfter, ...]:
    """What is to be asked on that day: for each exposure the day itself, and what of the days before is open."""
    return tuple(
        each
        for each in asked_after(record)
        if each.answer is None and each.day <= on <= each.exposure.day + DAYS_ASKED[-1]
    )
