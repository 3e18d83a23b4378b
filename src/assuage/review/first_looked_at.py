"""What is recorded and a person looks at before anything is begun or goes on: what no rule reads, numbers far out."""

from __future__ import annotations

from collections.abc import Iterator

from assuage.catalogue.message import Message, Wording, message
from assuage.record.entries import MedicationEntry
from assuage.record.timeline import Timeline
from assuage.safety.consent import refusals_of
from assuage.safety.doubts import doubts_about, doubts_whether
from assuage.safety.far_out import numbers_far_out
from assuage.safety.known import checked_names, unread_allergies, unread_severe
from assuage.safety.situation import lines_of_medication
from assuage.terms.answers import YES
from assuage.terms.drug_names import find_drug, read_drug
from assuage.terms.names import folded

# For so many days a drug that was stopped and that nothing reads may matter to what is begun (ours: as an MAOI does).
UNREAD_LINGERS = 14


def unread(timeline: Timeline, day: int) -> tuple[Message, ...]:
    """What is recorded and no rule reads, though it could forbid a drug: drugs taken, allergies, severe findings.

    Until a clinician's entry says that the name was checked (`finding`, `checked: NAME`, normal).
    """
    checked_by = checked_names(timeline, day)
    return (
        *(
            message(
                "need.unread-drug",
                word=episode.latest.drug,
                day=episode.since,
                perhaps=_remembered(episode.latest.drug),
            )
            for episode in timeline.active_medication(day)
            if episode.latest.known is None and folded(episode.latest.drug) not in checked_by
        ),
        *(
            message("need.unread-stopped", word=stop.drug, day=stop.day, perhaps=_remembered(stop.drug))
            for stop in _stopped_lately(timeline, day)
            if stop.known is None and folded(stop.drug) not in checked_by
        ),
        *(
            message("need.unread-allergy", what=finding.what, day=finding.day)
            for finding in unread_allergies(timeline, day)
            if folded(finding.what) not in checked_by
        ),
        *(
            message("need.unread-finding", what=entry.what, day=entry.day)
            for entry in unread_severe(timeline, day)
            if folded(entry.what) not in checked_by
        ),
    )


def _remembered(name: str) -> Wording | None:
    """What a name is remembered as, where no source was read for it; None where nobody remembers it either."""
    read = read_drug(name)
    return read.drug.wording if read is not None and read.how == "memory" else None


def _stopped_lately(timeline: Timeline, day: int) -> Iterator[MedicationEntry]:
    """The stops of the last two weeks of what is not taken again: so long an MAOI, which it may be, has to be out."""
    stops = (timeline.stopped(code, day) for code in timeline.drugs())
    yield from (stop for stop in stops if stop is not None and day - stop.day < UNREAD_LINGERS)


def told_beside_taken(timeline: Timeline, day: int) -> tuple[Message, ...]:
    """What somebody told, no rule reads, and may speak against what goes on: falls beside a drug that sedates.

    Of drugs that are taken, and of a current that was lately sent into the body (a pacemaker); as it would be asked
    before that were begun, until a clinician's entry says that it was looked at.
    """
    taken = {
        line.substance
        for episode in timeline.active_medication(day)
        for line in lines_of_medication(episode.latest)
        if line.substance is not None
    }
    checked_by = checked_names(timeline, day)
    currents = [session for session in timeline.sessions(day) if day - session.day < UNREAD_LINGERS]
    current = any(session.known is not None and session.known.current for session in currents)
    doubts = (
        *(doubts_about(taken, timeline, day) if taken else ()),
        *(doubts_whether((), timeline, day, before=("current",)) if current else ()),
    )
    asked = (
        message("need.unread-finding", what=doubt.in_words, day=doubt.entry.day)
        for doubt in doubts
        if folded(doubt.name) not in checked_by
    )
    return tuple(dict.fromkeys(asked))


def against_refusal(timeline: Timeline, day: int) -> tuple[Message, ...]:
    """What was given though the patient had refused it, the latest session of each, until a consent covers it.

    What the patient sought alone is none: nobody gave it.
    """
    given = {session.what: session for session in timeline.sessions(day) if session.by != "patient"}
    told: list[Message] = []
    for session in given.values():
        substances = [drug.id for part in session.mixture if (drug := find_drug(part.drug)) is not None]
        covered = (substances, session.known)
        standing = {
            refusal.entry for refusal in refusals_of(timeline, day, *covered) if refusal.covers is YES
        }
        refused = [
            refusal
            for refusal in refusals_of(timeline, session.day, *covered)
            if refusal.entry in standing and refusal.entry.order < session.order
        ]
        if refused:
            reason, what = refused[-1].forbids, session.known or session.what
            told.append(message("visit.against-refusal", what=what, day=session.day, reason=reason))
    return tuple(told)


def out_of_limits(timeline: Timeline, day: int) -> tuple[Message, ...]:
    """The numbers that are far out: a person looks at each before anything is begun or done with the body."""
    return tuple(
        message("need.number-out-of-limits", what=number.written, day=number.entry.day)
        for number in timeline.once(numbers_far_out, day)
    )
