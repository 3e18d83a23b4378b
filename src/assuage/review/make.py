"""`review(record, pathway, on)`: a record goes in, a review comes out."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from assuage.catalogue.message import Message, message
from assuage.engine.followed import Named, named_pathway
from assuage.engine.phases import PhaseDays, phases_of, walked_phases
from assuage.engine.walk import Walk
from assuage.errors import Problems
from assuage.pathways import registry
from assuage.pathways.fibromyalgia import MANUAL_WORK
from assuage.pathways.model import Pathway
from assuage.record.decided_entries import DecisionEntry
from assuage.record.entries import Record
from assuage.record.timeline import Timeline
from assuage.review.alerts import alerts
from assuage.review.effects import effects_of
from assuage.review.exposures import Exposure
from assuage.review.first_looked_at import told_beside_taken
from assuage.review.model import (
    OpenQuestion,
    Review,
    Suspect,
)
from assuage.review.standing import Standing, standing
from assuage.review.suspects import suspects
from assuage.review.triggers import DiaryEffects, judge
from assuage.safety.check import ANYWHERE
from assuage.safety.known import checked_names
from assuage.safety.situation import Settings
from assuage.terms.answers import UNKNOWN
from assuage.terms.holds import DRUG_CONFIRMED
from assuage.terms.outcomes import Outcome

# What is suspected does not wait for a pathway: it is what the pathways share.
SUSPECTED_WITHOUT_PATHWAY = MANUAL_WORK


def review(
    record: Record,
    pathway: Pathway | str | None = None,
    on: int | None = None,
    settings: Settings = ANYWHERE,
    *,
    effects: bool = True,
    slow_waves: bool = False,
) -> Review:
    """Where the patient stands in a pathway at the end of day `on` (default: the record's last day).

    A pathway may be named by its id, such as "neck-first"; without one it is the one that the record follows. Where
    the record names none either, there is no phase, no gate and no plan: which pathway a patient is on is a choice.

    `settings` hold what depends on the country (the labels of Silexan differ); without them the strictest holds.
    Without `effects` suspects are counted and not judged: no model is fitted to the diary, and all else is the same.
    `slow_waves`, over weeks and months, are taken out of the outcomes that suspects are judged by.
    Nothing recorded for a later day is seen. Raises InputError for a record with no entries and no day, and
    Problems for decisions that the pathway cannot follow, and for a pathway in the record that is not shipped.
    """
    here = standing(record, pathway, on, settings)
    return review_of(here, effects=effects, slow_waves=slow_waves)


def review_of(here: Standing, *, effects: bool = True, slow_waves: bool = False) -> Review:
    """The review of a standing, which may have been made already: the same as `review` of its record and day."""
    timeline, walked, on, settings = here.timeline, here.walk, here.on, here.settings
    record = here.record
    to_confirm = tuple(_to_confirm(timeline, on))
    return Review(
        record=record,
        timeline=timeline,
        pathway=here.pathway,
        on=on,
        walk=walked,
        gates=here.gates,
        plan=here.plan,
        withheld=here.withheld,
        unread=here.unread,
        out_of_limits=here.out_of_limits,
        against_refusal=here.against_refusal,
        running=timeline.active_medication(on),
        to_confirm=to_confirm,
        restrictions=here.restrictions,
        alerts=alerts(timeline, walked, on, here.restrictions, settings),
        criteria=here.criteria,
        suspects=tuple(_suspects(timeline, walked, on, effects, slow_waves)),
        missing=tuple(_missing(here, to_confirm)),
        not_checked=tuple((entry, word) for entry, word in record.not_checked if entry.day <= on),
        notes=tuple(_notes(timeline, walked, on)),
        admitted=here.admitted,
    )


def _suspects(
    timeline: Timeline, walked: Walk | None, day: int, effects: bool, slow_waves: bool
) -> Iterator[Suspect]:
    """The suspects as they are counted; with `effects` judged as a diary allows, and what may be said of them."""
    suspicions = SUSPECTED_WITHOUT_PATHWAY if walked is None else walked.pathway.suspects
    phases = _phases(timeline, walked, day)

    def shown(exposure: Exposure, outcome: Outcome) -> DiaryEffects:
        occasions = len(exposure.days(timeline, day))
        return effects_of(timeline, phases, day, exposure.id, occasions, outcome.id, slow_waves=slow_waves)

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


def _to_confirm(timeline: Timeline, day: int) -> Iterator[Message]:
    """Whether each drug is still taken of which nobody has long said so; until then it counts as taken."""
    for episode in timeline.active_medication(day):
        confirmed = timeline.last_confirmed(episode, day)
        if day - confirmed >= DRUG_CONFIRMED:
            drug = episode.latest.known or episode.latest.drug
            yield message("need.still-taken", drug=drug, day=confirmed, days=day - confirmed)


def _missing(here: Standing, to_confirm: tuple[Message, ...]) -> Iterator[OpenQuestion]:
    """What nobody asked yet, each once, with what it is needed for."""
    needed: dict[Message, dict[Message, None]] = {}

    def note(what: Message, needed_for: Message) -> None:
        needed.setdefault(what, {})[needed_for] = None

    for gate in here.gates:
        for reading in gate.reading.unknown:
            for need in reading.needs:
                note(
                    need,
                    message(f"needed-for.gate-{gate.leads}", gate=gate.reading.gate.id, phase=gate.to.id),
                )
    for item in here.plan:
        for need in item.needs:
            note(need, item.text)
    for decision in here.timeline.unconfirmed_decisions(here.on):
        note(message("need.decision-confirmed", **_of_a_decision(decision)), message("needed-for.phase"))
    for need in (*to_confirm, *told_beside_taken(here.timeline, here.on)):
        note(need, message("needed-for.medication"))
    for state in here.restrictions:
        restriction = message("needed-for.restriction", therapy=state.restriction.therapy)
        if state.in_force and state.until and state.until.answer is UNKNOWN:
            for need in state.until.needs:
                note(need, message("needed-for.lifting", therapy=state.restriction.therapy))
        for breach in state.breaches:
            if not breach.sure:
                note(message("need.pressure", therapy=breach.entry.known), restriction)
    for asked in here.presumed.ask if here.presumed else ():
        for what in here.criteria[asked.id].scored.asks:
            note(
                message("need.as-asked", asked=what),
                message("needed-for.criteria", criteria=asked.in_a_sentence),
            )
    for what, reasons in needed.items():
        yield OpenQuestion(what, tuple(reasons))


def _of_a_decision(decision: DecisionEntry) -> dict[str, object]:
    """What is said of a decision that nobody may take: its day, what it is, and who recorded it."""
    who = decision.by if decision.by_clinician else decision.writer
    what = message("claim.decision", do=decision.do, to=decision.to)
    return {"day": decision.day, "decision": what, "who": message(f"recorded-by.{who}")}


def _notes(timeline: Timeline, walked: Walk | None, day: int) -> Iterator[Message]:
    named = named_pathway(timeline, day)
    for decision in timeline.unconfirmed_decisions(day):
        yield message("note.decision-unconfirmed", **_of_a_decision(decision), because=decision.because)
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
