"""Cards for the patient, the physiotherapist and the GP as values: a choice of what a review and its page hold.

Nothing is on a card that the review does not say. A proposal that no person has decided is something to talk about.
"""

from __future__ import annotations

from collections.abc import Iterator, Set
from typing import Literal

from msgspec import Struct

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
from assuage.terms.red_flags import RED_FLAGS, STOP_WORK_BY_HAND, RedFlag

CardReader = Literal["patient", "physiotherapist", "gp"]
CARD_READERS: tuple[CardReader, ...] = ("patient", "physiotherapist", "gp")
# For what anybody calls an ambulance, on any day.
AMBULANCE = tuple(flag for flag in RED_FLAGS.values() if flag.who == "ambulance")
_UNDER_WAY = frozenset({"plan.when.given-next", "plan.when.given-due"})


class PatientCard(Struct, frozen=True):
    """Half a page for the patient.

    `decided` is what a clinician decided to begin, `under_way` are sessions that were begun, `to_discuss` proposals
    that nobody has decided. Whether `perhaps_taken` is taken has to be asked: nobody has long said so, or somebody
    denied it. `on_hold` are therapies of the phase that must not be given now. `to_rate` are the numbers that grew old
    or were never rated; `always` are the flags to call an ambulance for on any day.
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


class PhysiotherapistCard(Struct, frozen=True):
    """One screen for the physiotherapist: no drugs, no notes, no name.

    `stops` are the red flags that stand, `to_exclude` those that a symptom asks about, `others` the alarms about what
    is not the therapist's to judge. `by_hand` are the flags to look for before work by hand.
    """

    page: VisitPage
    stops: tuple[Alert, ...]
    to_exclude: tuple[Alert, ...]
    others: tuple[Alert, ...]
    techniques: tuple[TechniqueSignal, ...]
    valid: Validity
    by_hand: tuple[RedFlag, ...]
    always: tuple[RedFlag, ...]


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
        tuple(flag for flag in AMBULANCE if flag.id not in shown),
    )


def is_under_way(item: PlanItem) -> bool:
    """Whether sessions of it were given in this phase."""
    return item.when.id in _UNDER_WAY


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
    return PhysiotherapistCard(
        page,
        stops,
        to_exclude,
        tuple(alert for alert in page.stops if alert not in flags),
        technique_signals(review),
        validity(review, settings),
        _to_look_for(told),
        tuple(flag for flag in AMBULANCE if flag.id not in told),
    )


def _to_look_for(told: Set[str]) -> tuple[RedFlag, ...]:
    """The flags that stop work by hand, beside those of the ambulance; none where it is stopped already."""
    if told & STOP_WORK_BY_HAND:
        return ()
    return tuple(RED_FLAGS[each] for each in sorted(STOP_WORK_BY_HAND) if RED_FLAGS[each] not in AMBULANCE)


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
