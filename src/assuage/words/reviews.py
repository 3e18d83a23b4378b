"""What a review holds, as messages: where the patient stands, breaches, the parts of a criterion, what is running."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from assuage.catalogue.message import Message, Wording, message
from assuage.catalogue.sentence import as_written
from assuage.engine.trace import Part
from assuage.engine.walk import Stay
from assuage.instruments import CRITERIA
from assuage.record.entries import TherapyEntry
from assuage.record.episodes import DrugEpisode
from assuage.review.model import Breach, Diagnosis, Review
from assuage.words.gates import value_message


def message_of(value: object) -> Message | None:
    """The message of a breach, a session or a part with its value; None for anything else."""
    match value:
        case Breach():
            return message("breach", day=value.day, session=breach_session(value))
        case TherapyEntry():
            return session_message(value)
        case Part():
            return message("part.measured", measure=value.measure, value=value_message(value))
        case Diagnosis():
            return diagnosis_message(value)
        case DrugEpisode():
            return message("running", drug=drug_of(value), doses=value.latest.doses)
        case _:
            return None


def session_message(entry: TherapyEntry) -> Message:
    """`deep massage`, `mesotherapy`: what was done, as it was recorded."""
    known = entry.known
    what: object = entry.what if known is None else Wording(known.wording.key, entry.what)
    pressure = message(f"pressure.{entry.pressure}") if entry.pressure else None
    return message("session", pressure=pressure, what=what)


def breach_session(breach: Breach) -> Message:
    """The session of a breach, with what is not known of it, and whether the patient sought it alone."""
    session = session_message(breach.entry)
    if not breach.sure and not breach.entry.pressure:
        session = message("session.pressure-unknown", session=session)
    if breach.entry.by == "patient":
        session = message("session.sought", session=session)
    return session


def diagnosis_message(diagnosis: Diagnosis) -> Message:
    """A set of criteria, why it is met or not, and from which day on its scores are."""
    scored = diagnosis.scored
    return message(
        "diagnosis", title=CRITERIA[scored.instrument], because=scored.because, day=diagnosis.as_of
    )


def drug_of(episode: DrugEpisode) -> object:
    """The drug by its name here; by the word that was written where no drug of that name is known."""
    return episode.latest.known or episode.latest.drug


def drugs_of(episodes: Sequence[DrugEpisode]) -> tuple[object, ...]:
    """The drugs by their names; what is given in two ways at once, each with its route as it was written."""
    by_code = Counter(episode.drug for episode in episodes)
    return tuple(
        message("drug-by-route", drug=drug_of(episode), route=episode.latest.route)
        if by_code[episode.drug] > 1 and episode.latest.route
        else drug_of(episode)
        for episode in episodes
    )


def running_messages(review: Review) -> tuple[Message, ...]:
    """What is taken, those together of which somebody last said so on the same day, the longest ago first."""
    by_day: dict[int, list[object]] = {}
    for episode, drug in zip(review.running, drugs_of(review.running), strict=True):
        by_day.setdefault(review.timeline.last_confirmed(episode, review.on), []).append(drug)
    return tuple(
        message("running.confirmed", drugs=tuple(drugs), day=day) for day, drugs in sorted(by_day.items())
    )


def day_message(review: Review) -> Message:
    """`day 48`, with its date where the record has one."""
    return message("review.day", day=review.on, date=review.record.date_of(review.on))


def stay_reason(stay: Stay) -> Message:
    """How a stay began: with the pathway, by a gate, or by a person, and why."""
    if stay.from_the_start:
        return message("stay.from-the-start")
    if stay.decision is None:
        return message("stay.by-gate")
    return message(
        "stay.by-decision",
        decision=message(f"decision.{stay.decision.do}"),
        because=as_written(stay.decision.because) if stay.decision.because else None,
    )


def pathway_message(review: Review) -> Message:
    """The pathway a review is read against, in short; that there is none where nobody chose one."""
    pathway = review.pathway
    if pathway is None:
        return message("screen.no-pathway")
    return message("screen.pathway", id=pathway.id, version=pathway.version)


SILENCE_TOLD = 28  # days of a stay without an entry from which on its head says so (ours)


def silent_days(review: Review, stay: Stay) -> int:
    """On how many days of a stay so far nothing at all was recorded."""
    last = review.on if stay.left is None else stay.left
    recorded = review.timeline.recorded_days(stay.entered, last)
    return last - stay.entered + 1 - len(recorded)


def silence_message(review: Review, stay: Stay) -> Message | None:
    """How many days of a stay have no entry; None where they are few."""
    silent = silent_days(review, stay)
    days = (review.on if stay.left is None else stay.left) - stay.entered + 1
    return message("where.silent", days=days, silent=silent) if silent >= SILENCE_TOLD else None
