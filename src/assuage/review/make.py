"""`review(record, pathway, on)`: a record goes in, a review comes out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from msgspec.structs import replace

from assuage.catalogue.message import Message, message
from assuage.engine.followed import Named, followed_pathway, named_pathway
from assuage.engine.phases import PhaseDays, phases_of, walked_phases
from assuage.engine.trace import Reading, read, read_gate
from assuage.engine.walk import Walk, checked_day_number, gates_between, walk
from assuage.errors import InputError, Problems
from assuage.pathways import registry
from assuage.pathways.clinic import PresumedDiagnosis
from assuage.pathways.fibromyalgia import FIBROMYALGIA, MANUAL_WORK
from assuage.pathways.model import Pathway, Restriction
from assuage.pathways.registry import pathway as pathway_of_id
from assuage.record.entries import Record
from assuage.record.fields import FURTHEST_DAY
from assuage.record.timeline import Timeline
from assuage.review.admission import admission
from assuage.review.alerts import alerts
from assuage.review.diagnosis import diagnosis
from assuage.review.effects import effects_of
from assuage.review.exposures import Exposure
from assuage.review.model import (
    ADMITTED,
    Breach,
    Diagnosis,
    GateState,
    OpenQuestion,
    PlanItem,
    RestrictionState,
    Review,
    Suspect,
    Withheld,
)
from assuage.review.plan import plan
from assuage.review.prescription import unread
from assuage.review.suspects import suspects
from assuage.review.triggers import DiaryEffects, judge
from assuage.safety.check import ANYWHERE
from assuage.safety.known import checked_names
from assuage.safety.situation import Settings
from assuage.terms.answers import UNKNOWN, YES
from assuage.terms.holds import DRUG_CONFIRMED
from assuage.terms.outcomes import Outcome

# Which criteria are decided and what is suspected do not wait for a pathway: they are those that the pathways share.
PRESUMED_WITHOUT_PATHWAY = FIBROMYALGIA
SUSPECTED_WITHOUT_PATHWAY = MANUAL_WORK


def review(
    record: Record,
    pathway: Pathway | str | None = None,
    on: int | None = None,
    settings: Settings = ANYWHERE,
    *,
    effects: bool = True,
) -> Review:
    """Where the patient stands in a pathway at the end of day `on` (default: the record's last day).

    A pathway may be named by its id, such as "neck-first"; without one it is the one that the record follows. Where
    the record names none either, there is no phase, no gate and no plan: which pathway a patient is on is a choice.

    `settings` hold what depends on the country (the labels of Silexan differ); without them the strictest holds.
    Without `effects` suspects are counted and not judged: no model is fitted to the diary, and all else is the same.
    Nothing recorded for a later day is seen. Raises InputError for a record with no entries and no day, and
    Problems for decisions that the pathway cannot follow, and for a pathway in the record that is not shipped.
    """
    if on is None:
        if record.last_day is None:
            raise InputError("The record has no entries, so it has no last day; say the day: --on 0")
        on = record.last_day
    checked_day_number(on)
    if abs(on) > FURTHEST_DAY:
        raise InputError(
            f"Day {on} is more than a hundred years from day 0; give a day nearer to the record."
        )
    timeline = Timeline(record)
    if pathway is None:
        pathway = followed_pathway(timeline, on)
    elif isinstance(pathway, str):
        pathway = pathway_of_id(pathway)
    walked = None if pathway is None else walk(pathway, timeline, on)
    gates = () if walked is None else tuple(_gates(walked, on))
    restrictions = (
        ()
        if walked is None
        else tuple(_restriction(walked, each, on) for each in walked.pathway.restrictions)
    )
    presumed = PRESUMED_WITHOUT_PATHWAY if pathway is None else pathway.diagnosis
    criteria = diagnosis(record, timeline, on, presumed.show if presumed else ())
    riddles, to_confirm = unread(timeline, on), tuple(_to_confirm(timeline, on))
    admitted = ADMITTED if walked is None else admission(walked, on, criteria)
    items = () if walked is None else plan(walked, on, admitted, riddles)
    planned = tuple(item for item in items if isinstance(item, PlanItem))
    return Review(
        record=record,
        timeline=timeline,
        pathway=pathway,
        on=on,
        walk=walked,
        gates=gates,
        plan=planned,
        withheld=tuple(item for item in items if isinstance(item, Withheld)),
        unread=riddles,
        running=timeline.active_medication(on),
        to_confirm=to_confirm,
        restrictions=restrictions,
        alerts=alerts(timeline, walked, on, restrictions, settings),
        criteria=criteria,
        suspects=tuple(_suspects(timeline, walked, on, effects)),
        missing=tuple(_missing(presumed, gates, planned, restrictions, criteria, to_confirm)),
        not_checked=tuple((entry, word) for entry, word in record.not_checked if entry.day <= on),
        notes=tuple(_notes(timeline, walked, on)),
        admitted=admitted,
    )


def _suspects(timeline: Timeline, walked: Walk | None, day: int, effects: bool) -> Iterator[Suspect]:
    """The suspects as they are counted; with `effects` judged as a diary allows, and what may be said of them."""
    suspicions = SUSPECTED_WITHOUT_PATHWAY if walked is None else walked.pathway.suspects
    phases = _phases(timeline, walked, day)

    def shown(exposure: Exposure, outcome: Outcome) -> DiaryEffects:
        occasions = len(exposure.days(timeline, day))
        return effects_of(timeline, phases, day, exposure.id, occasions, outcome.id)

    for counts, diary in suspects(timeline, phases, day, suspicions, shown if effects else None):
        if not effects:
            yield counts
            continue
        judged = judge(timeline, phases, counts, counts.exposure, diary, day)
        yield replace(counts, standing=judged.headline, effect=judged.overall, doubts=judged.reasons)


def _phases(timeline: Timeline, walked: Walk | None, day: int) -> tuple[PhaseDays, ...]:
    """The phases that suspicions are judged in: those the record went through, whatever pathway the review is for."""
    named = named_pathway(timeline, day)
    if walked is not None and named is not None and named.id == walked.pathway.id:
        return walked_phases(walked)
    try:
        return phases_of(timeline, day)
    except Problems:
        return () if walked is None else walked_phases(walked)


def _gates(walked: Walk, day: int) -> Iterator[GateState]:
    """The gates that can move the patient from where they are: out and on, then back."""
    stay = walked.stay_on(day)
    if stay is None:
        first = walked.pathway.phases[0]
        if first.enter and walked.ended is None:
            yield GateState(read_gate(walked.view(day), first.enter), "on", first)
        return
    view = walked.view(day)
    after = walked.pathway.after(stay.phase)
    if after:
        for each in gates_between(walked.pathway, stay.phase, after):
            yield GateState(read_gate(view, each), "on", after)
    for back in stay.phase.fall_back:
        yield GateState(read_gate(view, back.gate), "back", back.to)


def _restriction(walked: Walk, restriction: Restriction, day: int) -> RestrictionState:
    """A restriction on a day: in force unless its end is known to be reached; breaches from the start on."""
    if walked.stay_on(day) is None:
        return RestrictionState(restriction, False, None, tuple(_breaches(walked, restriction, day)))
    reading: Reading | None = None
    if restriction.until:
        reading = read(walked.view(day), restriction.until)
    in_force = reading is None or reading.answer is not YES
    return RestrictionState(restriction, in_force, reading, tuple(_breaches(walked, restriction, day)))


def _breaches(walked: Walk, restriction: Restriction, day: int) -> Iterator[Breach]:
    """Records of the therapy, up to `day`, on days in the pathway on which the restriction was in force."""
    for entry, sure in walked.timeline.exposures(restriction.therapy, day):
        if walked.stay_on(entry.day) is None:
            continue
        if restriction.until and walked.view(entry.day).truth(restriction.until.test) is YES:
            continue
        yield Breach(entry, sure)


def _to_confirm(timeline: Timeline, day: int) -> Iterator[Message]:
    """Whether each drug is still taken of which nobody has long said so; until then it counts as taken."""
    for episode in timeline.active_medication(day):
        confirmed = timeline.last_confirmed(episode, day)
        if day - confirmed >= DRUG_CONFIRMED:
            drug = episode.latest.known or episode.latest.drug
            yield message("need.still-taken", drug=drug, day=confirmed, days=day - confirmed)


def _missing(
    presumed: PresumedDiagnosis | None,
    gates: tuple[GateState, ...],
    planned: tuple[PlanItem, ...],
    restrictions: tuple[RestrictionState, ...],
    criteria: Mapping[str, Diagnosis],
    to_confirm: tuple[Message, ...],
) -> Iterator[OpenQuestion]:
    """What nobody asked yet, each once, with what it is needed for."""
    needed: dict[Message, dict[Message, None]] = {}

    def note(what: Message, needed_for: Message) -> None:
        needed.setdefault(what, {})[needed_for] = None

    for gate in gates:
        for reading in gate.reading.unknown:
            for need in reading.needs:
                note(
                    need,
                    message(f"needed-for.gate-{gate.leads}", gate=gate.reading.gate.id, phase=gate.to.id),
                )
    for item in planned:
        for need in item.needs:
            note(need, item.text)
    for need in to_confirm:
        note(need, message("needed-for.medication"))
    for state in restrictions:
        restriction = message("needed-for.restriction", therapy=state.restriction.therapy)
        if state.in_force and state.until and state.until.answer is UNKNOWN:
            for need in state.until.needs:
                note(need, message("needed-for.lifting", therapy=state.restriction.therapy))
        for breach in state.breaches:
            if not breach.sure:
                note(message("need.pressure", therapy=breach.entry.known), restriction)
    for asked in presumed.ask if presumed else ():
        for what in criteria[asked.id].scored.asks:
            note(
                message("need.as-asked", asked=what),
                message("needed-for.criteria", criteria=asked.in_a_sentence),
            )
    for what, reasons in needed.items():
        yield OpenQuestion(what, tuple(reasons))


def _notes(timeline: Timeline, walked: Walk | None, day: int) -> Iterator[Message]:
    named = named_pathway(timeline, day)
    if walked is None:
        shipped = tuple(
            message("note.pathway", id=each, title=registry.pathway(each).wording)
            for each in registry.PATHWAY_IDS
        )
        yield message("note.no-pathway", pathways=shipped)
        return
    pathway = walked.pathway
    if named is None:
        yield message("note.only-asked", pathway=pathway.id)
    elif named.id != pathway.id:
        yield message("note.other-pathway", follows=named.pathway, pathway=pathway.id)
    header = timeline.record.pathway
    decided = named.decision if named is not None else None
    if named is not None and decided is not None and header is not None and Named(header).id != named.id:
        yield message("note.pathways-differ", header=header, decided=named.pathway, day=decided.day)
    for name, finding in checked_names(timeline, day).items():
        yield message(
            "note.name-checked", name=name, day=finding.day, days=day - finding.day, result=finding.result
        )
    if not walked.starts:
        yield message("note.not-begun")
    if walked.held:
        yield message("note.held", day=walked.held.day, because=walked.held.because)
    if walked.ended:
        yield message("note.left", day=walked.ended.day, because=walked.ended.because)
