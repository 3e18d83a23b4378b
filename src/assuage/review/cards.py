"""Cards for the patient, the physiotherapist and the GP as values: a choice of what a review and its page hold.

Nothing is on a card that the review does not say. A proposal that no person has decided is something to talk about.
"""

from __future__ import annotations

from collections.abc import Iterator, Set
from typing import Literal

from msgspec import Struct

from assuage.catalogue.message import Message
from assuage.pathways.actions import Extend, Perform
from assuage.record.entries import AnyEntry, MedicationEntry, TherapyEntry
from assuage.record.episodes import DrugEpisode
from assuage.review.disputes import pairs_in_dispute
from assuage.review.followed_scores import NOT_RATED_SINCE, FollowedScore
from assuage.review.model import PlanItem, RestrictionState, Review, Withheld
from assuage.review.techniques import TechniqueSignal, flag_alerts_of, technique_signals
from assuage.review.validity import Validity, validity
from assuage.review.visit import VisitPage
from assuage.safety.alerts import Alert, as_grave_as
from assuage.safety.check import ANYWHERE
from assuage.safety.situation import Settings
from assuage.terms.holds import DRUG_CONFIRMED
from assuage.terms.red_flags import RED_FLAGS, STOP_WORK_BY_HAND, RedFlag, Who, flags_looked_for
from assuage.terms.sites import WIDESPREAD

CardReader = Literal["patient", "physiotherapist", "gp"]
CARD_READERS: tuple[CardReader, ...] = ("patient", "physiotherapist", "gp")
ANYWHERE_ON_THE_BODY = (WIDESPREAD,)
_UNDER_WAY = frozenset({"plan.when.given-next", "plan.when.given-due"})


class PatientCard(Struct, frozen=True):
    """Half a page for the patient.

    `decided` is what a clinician decided to begin, `under_way` are sessions that were begun, `to_discuss` proposals
    that nobody has decided. Whether `perhaps_taken` is taken has to be asked: nobody has long said so, or somebody
    denied it. `on_hold` are therapies of the phase that must not be given now. `to_rate` are the numbers that grew old
    or were never rated. `always` are the flags to call an ambulance for on any day, and `hospital` those to go to a
    hospital for, as they belong to the complaint.
    """

    page: VisitPage
    decided: tuple[PlanItem, ...]
    under_way: tuple[PlanItem, ...]
    to_discuss: tuple[PlanItem, ...]
    takes: tuple[DrugEpisode, ...]
    perhaps_taken: tuple[DrugEpisode, ...]
    on_hold: tuple[Withheld, ...]
    leave: tuple[RestrictionState, ...]
    to_rate: tuple[FollowedScore, ...]
    always: tuple[RedFlag, ...]
    hospital: tuple[RedFlag, ...]


class PhysiotherapistCard(Struct, frozen=True):
    """One screen for the physiotherapist: no drugs, no notes, no name.

    `stops` are the red flags that stand, `to_exclude` those that a symptom asks about, `others` the alarms about what
    is not the therapist's to judge. Of the complaint `always` and `hospital` are the flags to act on at once, `by_hand`
    those to look for before work by hand, and `refer` the others that no work goes on beside.
    """

    page: VisitPage
    stops: tuple[Alert, ...]
    to_exclude: tuple[Alert, ...]
    others: tuple[Alert, ...]
    techniques: tuple[TechniqueSignal, ...]
    valid: Validity
    by_hand: tuple[RedFlag, ...]
    always: tuple[RedFlag, ...]
    hospital: tuple[RedFlag, ...]
    refer: tuple[RedFlag, ...]


class GpLetter(Struct, frozen=True):
    """One page for the general practitioner: what was taken or done and is no longer, by its stop."""

    page: VisitPage
    to_judge: tuple[Alert, ...]
    drugs_stopped: tuple[MedicationEntry, ...]
    therapies_stopped: tuple[TherapyEntry, ...]
    disputes: tuple[tuple[AnyEntry, AnyEntry], ...]


Card = PatientCard | PhysiotherapistCard | GpLetter


def card_of(page: VisitPage, reader: CardReader, settings: Settings = ANYWHERE) -> Card:
    """The card of a visit page for a reader."""
    match reader:
        case "patient":
            return patient_card(page)
        case "physiotherapist":
            return physiotherapist_card(page, settings)
        case "gp":
            return gp_letter(page)


def patient_card(page: VisitPage) -> PatientCard:
    """What the patient takes home."""
    review = page.review
    now = [item for item in review.plan if item.state == "now" and item.do != "continue"]
    decided = [item for item in now if item.decided is not None and item.decided.by == "clinician"]
    under_way = [item for item in now if is_under_way(item) and item not in decided]
    shown = {alert.id for alert in review.alerts}
    return PatientCard(
        page,
        tuple(decided),
        tuple(under_way),
        tuple(item for item in now if item not in decided and item not in under_way),
        tuple(episode for episode in review.running if not _is_to_be_confirmed(review, episode)),
        tuple(episode for episode in review.running if _is_to_be_confirmed(review, episode)),
        tuple(withheld for withheld in review.withheld if _is_therapy(withheld)),
        _in_force(review),
        tuple(score for score in page.scores if _is_to_be_rated(score)),
        _at_once(review, "ambulance", shown),
        _at_once(review, "hospital", shown),
    )


def is_under_way(item: PlanItem) -> bool:
    """Whether sessions of it were given in this phase."""
    return item.when.id in _UNDER_WAY


def last_word_on(review: Review, alert: Alert) -> int | None:
    """The day of the last word behind a red flag, where it is no longer of the last days; None where it is, or no flag.

    A flag stands until a check clears it, but a patient must not read a sign of last year as one of today.
    """
    if alert.id not in RED_FLAGS:
        return None
    days = [entry.day for entry in review.record.standing if entry.place in alert.entries]
    return max(days) if days and review.on - max(days) >= NOT_RATED_SINCE else None


def unread_drugs(review: Review) -> tuple[Message, ...]:
    """The drugs that are taken and that no rule reads, each as what is asked about it."""
    return tuple(need for need in review.unread if need.id == "need.unread-drug")


def _is_to_be_confirmed(review: Review, episode: DrugEpisode) -> bool:
    """Whether nobody has long said that it is taken, or somebody said that it is not."""
    timeline, on = review.timeline, review.on
    old = on - timeline.last_confirmed(episode, on) >= DRUG_CONFIRMED
    return old or timeline.taking_is_doubted(episode.drug, on)


def _in_force(review: Review) -> tuple[RestrictionState, ...]:
    return tuple(state for state in review.restrictions if state.in_force)


def _is_therapy(withheld: Withheld) -> bool:
    return isinstance(withheld.recommendation.action, Perform | Extend)


def _is_to_be_rated(score: FollowedScore) -> bool:
    return score.days_ago is None or score.days_ago >= NOT_RATED_SINCE


def physiotherapist_card(page: VisitPage, settings: Settings = ANYWHERE) -> PhysiotherapistCard:
    """What the therapist has in hand when the patient lies down."""
    review = page.review
    flags = flag_alerts_of(review)
    stops = tuple(alert for alert in page.stops if alert in flags)
    to_exclude = tuple(alert for alert in flags if alert not in stops)
    told = {alert.id for alert in flags}
    later = [flag for flag in signs_of_complaint(review) if flag.within != "now" and flag.urgency != "soon"]
    by_hand = tuple(flag for flag in later if flag.id in STOP_WORK_BY_HAND)
    return PhysiotherapistCard(
        page,
        stops,
        to_exclude,
        tuple(alert for alert in page.stops if alert not in flags),
        technique_signals(review),
        validity(review, settings),
        () if told & STOP_WORK_BY_HAND else by_hand,
        _at_once(review, "ambulance", told),
        _at_once(review, "hospital", told),
        tuple(flag for flag in later if flag not in by_hand and flag.id not in told),
    )


def signs_of_complaint(review: Review) -> tuple[RedFlag, ...]:
    """The flags to look for where it hurts; those of the whole body where no pathway says where that is."""
    pathway = review.pathway
    return flags_looked_for(site.id for site in (pathway.complaint if pathway else ANYWHERE_ON_THE_BODY))


def _at_once(review: Review, who: Who, told: Set[str]) -> tuple[RedFlag, ...]:
    """Those of the complaint that somebody has to act on at once, without those that are told already."""
    signs = signs_of_complaint(review)
    return tuple(flag for flag in signs if flag.within == "now" and flag.who == who and flag.id not in told)


def gp_letter(page: VisitPage) -> GpLetter:
    """What the general practitioner is told, and asked."""
    review = page.review
    to_judge = (
        alert for alert in review.alerts if alert.tier == "ask" and as_grave_as(alert.severity, "major")
    )
    return GpLetter(
        page,
        tuple(alert for alert in to_judge if not alert.id.startswith("ask-")),
        tuple(_drugs_stopped(review)),
        tuple(_therapies_stopped(review)),
        tuple(pairs_in_dispute(review)),
    )


def _drugs_stopped(review: Review) -> Iterator[MedicationEntry]:
    for drug in review.timeline.drugs():
        stop = review.timeline.stopped(drug, review.on)
        if stop is not None:
            yield stop


def _therapies_stopped(review: Review) -> Iterator[TherapyEntry]:
    """The stops that are the last word on what they name, whether a rule knows the word or not."""
    last: dict[object, TherapyEntry] = {}
    for entry in review.timeline.therapies(review.on):
        last[entry.known or entry.what] = entry
    yield from (entry for entry in last.values() if entry.do == "stop")
