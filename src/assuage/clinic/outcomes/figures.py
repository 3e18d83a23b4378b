"""What became of everybody, counted from where the cohort engine and the review say that each patient stands today."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from itertools import islice
from statistics import quantiles
from typing import Final

from assuage.clinic.outcomes.counted import SILENT_DAYS, DaysInPhase, Outcomes, PathwayOutcome, PhaseOutcome
from assuage.clinic.store.days import today
from assuage.clinic.store.models import ClinicRecord
from assuage.clinic.store.queries import settings_of_the_site, stored_record
from assuage.cohort.on_days import PhaseStay, PlacedPatient, placed_on_days
from assuage.errors import AssuageError
from assuage.instruments.response import BY_PERCENT, RESPONDER_PERCENT
from assuage.measures.notation import PATHWAY_START, percent, score
from assuage.pathways.model import Pathway
from assuage.record.entries import Record
from assuage.review.standing import Standing, standing
from assuage.terms.answers import NO, YES
from assuage.terms.scales import PAIN
from assuage.terms.times import days

AT_ONCE: Final = 200  # patients whose records are in memory together (ours)
# The week's mean of at least four days against the first such week of the pathway (ours); the falls are IMMPACT's.
_FALL = score(PAIN).past(days(7), needing=4).mean.fall_from(PATHWAY_START)
_RESPONDS, _SUBSTANTIALLY = percent(RESPONDER_PERCENT) <= _FALL, percent(BY_PERCENT[0][0]) <= _FALL


class _Counted:
    """The counts of one pathway while they are made."""

    def __init__(self, pathway: Pathway) -> None:
        self.pathway, self.patients = pathway, 0
        self.status, self.now, self.moves = Counter[str](), Counter[str](), Counter[str]()
        self.decided, self.response = Counter[str](), Counter[str]()
        self.stays: list[PhaseStay] = []
        self.silent = 0

    def add(self, here: Standing, placed: PlacedPatient) -> None:
        """One patient more."""
        self.patients += 1
        self.status[placed.status] += 1
        if placed.phase is not None:
            self.now[placed.phase] += 1
        self.stays += placed.stays
        self.moves.update(stay.by for stay in placed.stays)
        self.decided.update(each.do for each in here.timeline.decisions(here.on))
        self.response[_response(here)] += 1
        recorded = here.timeline.recorded_days(None, here.on)
        lost = not recorded or here.on - recorded[-1] >= SILENT_DAYS
        self.silent += placed.phase is not None and lost

    def outcome(self) -> PathwayOutcome:
        """What was counted."""
        response = self.response
        return PathwayOutcome(
            self.pathway.id,
            self.pathway.version,
            self.patients,
            dict(self.status),
            tuple(self._phase(phase.id) for phase in self.pathway.phases),
            dict(self.moves),
            dict(self.decided),
            responded=response["substantial"] + response["moderate"],
            substantially=response["substantial"],
            not_responded=response["none"],
            unknown=response["unknown"],
            silent=self.silent,
        )

    def _phase(self, phase: str) -> PhaseOutcome:
        stays = [each for each in self.stays if each.phase == phase]
        lasted = [each.left - each.entered for each in stays if each.left is not None]
        return PhaseOutcome(phase, self.now[phase], len(stays), len(lasted), _lasted(lasted))


def _lasted(lasted: Sequence[int]) -> DaysInPhase | None:
    if not lasted:
        return None
    quarters: list[float] = quantiles(lasted, n=4, method="inclusive") if len(lasted) > 1 else [*lasted] * 3
    low, median, high = quarters
    return DaysInPhase(low, median, high)


def _response(here: Standing) -> str:
    """How the week's pain compares with that of the beginning: `unknown` without enough days of either."""
    if here.walk is None:
        return "unknown"
    view = here.walk.view(here.on)
    if view.truth(_SUBSTANTIALLY) is YES:
        return "substantial"
    responds = view.truth(_RESPONDS)
    return "moderate" if responds is YES else "none" if responds is NO else "unknown"


def outcomes_of(records: Iterable[ClinicRecord], at: datetime | None = None) -> Outcomes:
    """The outcomes of these patients, each on the patient's own today."""
    counted: dict[str, _Counted] = {}
    failed, differing, patients, without = list[str](), list[str](), 0, 0
    left = iter(records)
    while some := list(islice(left, AT_ONCE)):
        patients += len(some)
        stands = dict(_stands(some, at, failed))
        without += sum(here.pathway is None for here in stands.values())
        for pathway, names in _by_pathway(stands):
            together = placed_on_days([(stands[name].record, stands[name].on) for name in names], pathway)
            failed += sorted(together.refused)
            of_pathway = counted.setdefault(f"{pathway.id}@{pathway.version}", _Counted(pathway))
            for name, placed in together.placed.items():
                of_pathway.add(stands[name], placed)
                if not agree(stands[name], placed):
                    differing.append(name)
    pathways = tuple(counted[name].outcome() for name in sorted(counted))
    return Outcomes(patients, without, tuple(failed), tuple(differing), pathways)


def _stands(
    records: Iterable[ClinicRecord], at: datetime | None, failed: list[str]
) -> Iterator[tuple[str, Standing]]:
    for of in records:
        try:
            record: Record = stored_record(of)
            yield of.pseudonym, standing(record, None, today(of, at), settings_of_the_site())
        except AssuageError:
            failed.append(of.pseudonym)


def _by_pathway(stands: Mapping[str, Standing]) -> Iterator[tuple[Pathway, list[str]]]:
    names: dict[str, tuple[Pathway, list[str]]] = {}
    for name, here in stands.items():
        if here.pathway is not None:
            names.setdefault(here.pathway.id, (here.pathway, []))[1].append(name)
    yield from names.values()


def agree(here: Standing, placed: PlacedPatient) -> bool:
    """Whether the cohort engine says of the patient what the review says: phase, since when, gates, alerts."""
    current = here.current
    is_open = {each.reading.gate.id for each in here.gates if each.reading.state == "open"}
    return (placed.phase, placed.since, set(placed.open), set(placed.alerts)) == (
        None if current is None else current.phase.id,
        None if current is None else current.entered,
        is_open,
        {each.id for each in here.alerts},
    )
