"""Quasi-identifiers: what is left after the names and together may point at one person, and about how many people
share it (k of k-anonymity).

The estimate multiplies shares as if they were independent. They are not, so it is a warning and never a proof.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assuage.catalogue.message import Message, message
from assuage.deidentify.record import AGE_FINDING
from assuage.errors import Problem
from assuage.record.entries import Record
from assuage.record.timeline import Timeline

# Three or more indirect identifiers ask for an independent reader (Hrynaszkiewicz et al., BMJ 2010;340:c181).
MOST_INDIRECT = 2
# A threshold of 1 in 11 is used for public data; below 5 publication without consent is barred (both ours here).
FEW_PEOPLE, TOO_FEW = 11, 5
# Shares of a population: ours except the prevalence of fibromyalgia, 2.1 % (Wolfe 2013, Germany, 10.1002/acr.21931).
SEX_SHARE = 0.5
YEARS_OF_LIFE = 80
FIBROMYALGIA_SHARE = 0.021


@dataclass(frozen=True)
class QuasiIdentifier:
    """Something about the person that others may know, and the share of people who have it where it is known."""

    trait: Message
    place: str
    share: float | None = None

    @property
    def what(self) -> str:
        """What it is, in English."""
        return Problem(self.place, self.trait).text

    @property
    def shared(self) -> Message:
        """What it is, with its share in per cent."""
        return message("deidentify.shared", what=self.trait, percent=float(f"{100 * (self.share or 0):.3g}"))


@dataclass(frozen=True)
class KAnonymity:
    """How many people share the quasi-identifiers; `people` is None where nobody said how many live in the place."""

    people: float | None
    catchment: int | None
    counted: tuple[Message, ...]
    not_counted: tuple[Message, ...]

    @property
    def estimate(self) -> Message:
        """About how many people share what, and what was not counted."""
        if self.people is None:
            return message("deidentify.people-unknown")
        return message(
            "deidentify.people-share",
            few=True if self.people < 1 else None,
            about=None if self.people < 1 else round(self.people),
            catchment=self.catchment,
            counted=self.counted,
            rest=self.not_counted or None,
        )

    def __str__(self) -> str:
        return Problem("", self.estimate).text

    @property
    def warning(self) -> str | None:
        """What the number means for publication; None where it is large enough or unknown."""
        if self.people is None or self.people >= FEW_PEOPLE:
            return None
        if self.people < TOO_FEW:
            return f"fewer than {TOO_FEW}: not for publication without consent"
        return f"fewer than {FEW_PEOPLE}: people who know the patient may recognise the case"


def quasi_identifiers(record: Record, shares: Mapping[str, float]) -> tuple[QuasiIdentifier, ...]:
    """The indirect identifiers of a record, each once: sex, age, findings of the history and of imaging, what is rare.

    `shares` gives the share of people with a finding, by its words.
    """
    listed: list[QuasiIdentifier] = []
    if record.patient.sex is not None:
        sex = message(f"clinic.sex-{record.patient.sex}")
        listed.append(QuasiIdentifier(message("deidentify.trait-sex", sex=sex), "patient.sex", SEX_SHARE))
    if record.patient.age is not None:
        listed.append(
            QuasiIdentifier(
                message("deidentify.trait-age", age=record.patient.age), "patient.age", 1 / YEARS_OF_LIFE
            )
        )
    given = {" ".join(word.lower().split()): share for word, share in shares.items()}
    seen: set[str] = set()
    for entry in Timeline(record).findings():
        place = f"entries[{entry.place}]"
        if entry.what == AGE_FINDING:
            band = message("deidentify.trait-band", band=entry.result)
            listed.append(QuasiIdentifier(band, place, 5 / YEARS_OF_LIFE))
        elif entry.state in ("present", "abnormal") and entry.method in ("history", "imaging", None):
            name = entry.condition.title if entry.condition else entry.what
            if name not in seen:
                seen.add(name)
                share = given.get(entry.what.lower(), given.get(name.lower()))
                history = message("deidentify.trait-finding", what=entry.condition or entry.what)
                listed.append(QuasiIdentifier(history, place, share))
    return tuple(listed)


def k_anonymity(listed: Sequence[QuasiIdentifier], catchment: int | None) -> KAnonymity:
    """About how many people in the catchment area share what has a known share, and have fibromyalgia."""
    known = [each for each in listed if each.share is not None]
    rest = tuple(each.trait for each in listed if each.share is None)
    counted = (message("deidentify.fibromyalgia"), *(each.shared for each in known))
    if catchment is None:
        return KAnonymity(None, None, counted, rest)
    people = catchment * FIBROMYALGIA_SHARE
    for each in known:
        people *= each.share or 0
    return KAnonymity(people, catchment, counted, rest)
