"""What an entry claims at its moment: two that claim different things of one thing cannot both be true.

Each kind of entry says here what it claims (`Kind.claims`); `assuage.record.contradictions` compares.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator

from msgspec import Struct

from assuage.catalogue.message import Message, message
from assuage.record.care_entries import (
    AdherenceEntry,
    AllergyEntry,
    AppointmentEntry,
    DiagnosisEntry,
    ExposureEntry,
    GoalEntry,
    MeasurementEntry,
    OfferEntry,
    RatingEntry,
)
from assuage.record.decided_entries import ConsentEntry, DecisionEntry, RedFlagEntry
from assuage.record.entries import (
    AnswersEntry,
    Entry,
    FindingEntry,
    MedicationEntry,
    ScoreEntry,
    SymptomEntry,
)
from assuage.terms.drug_names import find_drug
from assuage.terms.names import spaced
from assuage.terms.scales import SCALES
from assuage.terms.symptoms import GONE_STATES


class EntryClaim(Struct, frozen=True):
    """What is said of what, in words.

    `beside` is a second thing whose claims it can clash with; `also` a second thing others find it under.
    """

    about: tuple[object, ...]
    says: Hashable
    words: Message
    beside: tuple[object, ...] | None = None
    also: tuple[object, ...] | None = None


_ANY_MEDICATION = ("any medication",)


def nothing_claimed(_: Entry) -> Iterable[EntryClaim]:
    """No claims: two sessions of a day are two sessions, and text is not interpreted."""
    return ()


def claims_of_score(entry: ScoreEntry) -> Iterator[EntryClaim]:
    """One value for each site."""
    if entry.minute is None and entry.scale in SCALES:
        return  # measured several times that day: the scale's own rule makes one day value of them
    low, high = entry.range
    value: object = low if low == high else message("range.from-to", low=low, high=high)
    for site in entry.sites or (None,):
        about = ("score", entry.scale, site, entry.by)
        yield EntryClaim(about, entry.range, message("claim.value", what=entry.scale, value=value, site=site))


def claims_of_answers(entry: AnswersEntry) -> Iterator[EntryClaim]:
    """One answer for each item, and one set of sites."""
    for item, answer in entry.items.items():
        if answer is not None:
            about = ("answers", entry.instrument, item, entry.by)
            words = message("claim.value", what=f"{entry.instrument}.{item}", value=str(answer))
            yield EntryClaim(about, answer, words)
    if entry.sites is not None:
        words = message("claim.no-site", what=entry.instrument)
        if entry.sites:
            words = message("claim.sites", what=entry.instrument, sites=entry.sites)
        yield EntryClaim(("sites", entry.instrument, entry.by), frozenset(entry.sites), words)


def claims_of_symptom(entry: SymptomEntry) -> Iterator[EntryClaim]:
    """Whether it is there, at a place."""
    known = entry.symptom
    about = ("symptom", known.id if known else spaced(entry.what), entry.site)
    words = message("claim.symptom", what=entry.what, site=entry.site, state=entry.state)
    yield EntryClaim(about, entry.state in GONE_STATES, words)


def claims_of_finding(entry: FindingEntry) -> Iterator[EntryClaim]:
    """Present or absent, normal or abnormal, by one method; that nothing is taken speaks against every start."""
    if entry.no_medication:
        yield EntryClaim(_ANY_MEDICATION, False, message("claim.state", what=entry.what, state=entry.state))
    for pair in (("present", "absent"), ("normal", "abnormal")):
        if entry.state in pair:
            about = ("finding", spaced(entry.what), entry.method, pair)
            yield EntryClaim(about, entry.state, message("claim.state", what=entry.what, state=entry.state))


def claims_of_medication(entry: MedicationEntry) -> Iterator[EntryClaim]:
    """Taken or stopped, and how much. Two routes are two matters; a route not given can be any of them."""
    taken = entry.do != "stop"
    words = message("claim.medication", do=entry.do, drug=entry.drug)
    if taken:
        yield EntryClaim(_ANY_MEDICATION, True, words)
    claims: list[tuple[str, object, Message]] = [("taken", taken, words)]
    if taken and entry.doses:
        doses = sorted((dose.amount, dose.unit, dose.when or "") for dose in entry.doses)
        with_doses = message(
            "claim.medication", do=entry.do, drug=entry.drug, doses=tuple(str(dose) for dose in entry.doses)
        )
        claims.append(("doses", tuple(doses), with_doses))
    for what, says, in_words in claims:
        about = (what, entry.code)
        if entry.route is None:
            yield EntryClaim((*about, None), says, in_words, beside=(*about, "any"))
        else:
            here, unnamed = (*about, "by", entry.route), (*about, None)
            yield EntryClaim(here, says, in_words, beside=unnamed, also=(*about, "any"))


def claims_of_measurement(entry: MeasurementEntry) -> Iterator[EntryClaim]:
    """One value at a clock time, by one method and in one unit; without a time it may have been measured twice."""
    if entry.minute is not None:
        about = ("measurement", spaced(entry.what), entry.method, entry.unit, entry.by)
        yield EntryClaim(about, entry.ends, message("claim.value", what=entry.what, value=entry.in_words))


def claims_of_allergy(entry: AllergyEntry) -> Iterator[EntryClaim]:
    """There, or refuted."""
    certainty = entry.certainty or "confirmed"
    words = message("claim.state", what=entry.substance, state=certainty)
    yield EntryClaim(("allergy", spaced(entry.substance)), certainty == "refuted", words)


def claims_of_diagnosis(entry: DiagnosisEntry) -> Iterator[EntryClaim]:
    """There, or refuted."""
    certainty = entry.certainty or "confirmed"
    about = entry.condition.id if entry.condition else spaced(entry.in_words)
    words = message("claim.state", what=entry.in_words, state=certainty)
    yield EntryClaim(("diagnosis", about), certainty == "refuted", words)


def claims_of_adherence(entry: AdherenceEntry) -> Iterator[EntryClaim]:
    """How much was taken, as it was asked in one way."""
    known = find_drug(entry.drug)
    about = ("adherence", known.id if known else spaced(entry.drug), entry.asked, entry.by)
    yield EntryClaim(
        about, float(entry.taken), message("claim.value", what=entry.drug, value=str(entry.taken))
    )


def claims_of_offer(entry: OfferEntry) -> Iterator[EntryClaim]:
    """Chosen or not."""
    if entry.chosen is not None:
        words = message("claim.value", what=entry.what, value=str(entry.chosen))
        yield EntryClaim(("offer", spaced(entry.what)), entry.chosen, words)


def claims_of_exposure(entry: ExposureEntry) -> Iterator[EntryClaim]:
    """There or not; an amount of zero is none."""
    if entry.state != "not_asked":
        there = entry.state == "present" if entry.amount is None else entry.amount > 0
        value = entry.state or f"{entry.amount:g}"
        words = message("claim.value", what=entry.name, value=value)
        yield EntryClaim(("exposure", spaced(entry.name), entry.by), there, words)


def claims_of_rating(entry: RatingEntry) -> Iterator[EntryClaim]:
    """One value at a clock time; without a time it may have been rated twice."""
    if entry.value is not None and entry.minute is not None:
        words = message("claim.value", what=entry.name, value=f"{entry.value:g}")
        yield EntryClaim(("rating", spaced(entry.name), entry.by), entry.value, words)


def claims_of_goal(entry: GoalEntry) -> Iterator[EntryClaim]:
    """Reached or not."""
    if entry.reached is not None:
        words = message("claim.value", what=entry.what, value=str(entry.reached))
        yield EntryClaim(("goal", spaced(entry.what)), entry.reached, words)


def claims_of_appointment(entry: AppointmentEntry) -> Iterator[EntryClaim]:
    """Kept or not."""
    if entry.kept is not None:
        words = message("claim.value", what=str(entry.on), value=str(entry.kept))
        yield EntryClaim(("appointment", entry.on, entry.whom), entry.kept, words)


def claims_of_decision(entry: DecisionEntry) -> Iterator[EntryClaim]:
    """One decision of clinicians; what anybody else decides speaks against nobody."""
    if entry.word_of_clinician:
        yield EntryClaim(
            ("decision",), (entry.do, entry.to), message("claim.decision", do=entry.do, to=entry.to)
        )


def claims_of_consent(entry: ConsentEntry) -> Iterator[EntryClaim]:
    """Given, refused or withdrawn, for a purpose."""
    words = message("claim.consent", purpose=entry.purpose, state=entry.state)
    yield EntryClaim(("consent", entry.purpose), entry.state, words)


def claims_of_check(entry: RedFlagEntry) -> Iterator[EntryClaim]:
    """One state for each flag that was decided."""
    for flag, state in entry.flags.items():
        if state != "unknown":
            yield EntryClaim(("flag", flag), state, message("claim.state", what=flag, state=state))
