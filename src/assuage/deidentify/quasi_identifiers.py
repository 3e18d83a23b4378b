"""Quasi-identifiers: what is left after the names and together may point at one person, and about how many people
share it (k of k-anonymity).

The estimate multiplies shares as if they were independent. They are not, so it is a warning and never a proof.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assuage.deidentify.record import AGE_FINDING
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

    what: str
    place: str
    share: float | None = None


@dataclass(frozen=True)
class KAnonymity:
    """How many people share the quasi-identifiers; `people` is None where nobody said how many live in the place."""

    people: float | None
    catchment: int | None
    counted: tuple[str, ...]
    not_counted: tuple[str, ...]

    def __str__(self) -> str:
        if self.people is None:
            return "unknown: say how many people live in the catchment area with --catchment N"
        about = "fewer than 1 person" if self.people < 1 else f"about {self.people:.0f} people"
        more = f"; not counted, so fewer still: {', '.join(self.not_counted)}" if self.not_counted else ""
        return f"{about} of {self.catchment} share: {', '.join(self.counted)}{more}"

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
        listed.append(QuasiIdentifier(f"sex: {record.patient.sex}", "patient.sex", SEX_SHARE))
    if record.patient.age is not None:
        listed.append(
            QuasiIdentifier(f"age to the year: {record.patient.age}", "patient.age", 1 / YEARS_OF_LIFE)
        )
    given = {" ".join(word.lower().split()): share for word, share in shares.items()}
    seen: set[str] = set()
    for entry in Timeline(record).findings():
        place = f"entries[{entry.place}]"
        if entry.what == AGE_FINDING:
            listed.append(QuasiIdentifier(f"age band: {entry.result}", place, 5 / YEARS_OF_LIFE))
        elif entry.state in ("present", "abnormal") and entry.method in ("history", "imaging", None):
            name = entry.condition.title if entry.condition else entry.what
            if name not in seen:
                seen.add(name)
                share = given.get(entry.what.lower(), given.get(name.lower()))
                listed.append(QuasiIdentifier(f"finding: {name}", place, share))
    return tuple(listed)


def k_anonymity(listed: Sequence[QuasiIdentifier], catchment: int | None) -> KAnonymity:
    """About how many people in the catchment area share what has a known share, and have fibromyalgia."""
    known = [(each.what, each.share) for each in listed if each.share is not None]
    rest = tuple(each.what for each in listed if each.share is None)
    counted = ("fibromyalgia (2.1 %)", *(f"{what} ({100 * share:.3g} %)" for what, share in known))
    if catchment is None:
        return KAnonymity(None, None, counted, rest)
    people = catchment * FIBROMYALGIA_SHARE
    for _, share in known:
        people *= share
    return KAnonymity(people, catchment, counted, rest)
