"""What a patient has refused, and what that covers."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import NamedTuple

from assuage.record.care_entries import OfferEntry
from assuage.record.entries import ConsentEntry, MedicationEntry
from assuage.record.timeline import Timeline
from assuage.safety.situation import substance_id
from assuage.terms.answers import NO, UNKNOWN, YES, Answer, answer
from assuage.terms.drug_names import drug_with_id, find_drug
from assuage.terms.names import folded
from assuage.terms.therapies import Therapy, find_therapy

# Words of a consent, by what they cover (ours). `care` is the record's word for consent to treatment.
EVERYTHING = frozenset({"care", "treatment"})
DRUGS = frozenset({"drug", "drugs", "medication", "medicines"})
NEEDLES = frozenset({"procedure", "procedures", "injection", "injections", "needle", "needles"})
PUBLICATION = frozenset(
    {"publication", "case report", "case report publication", "publication of the case", "publishing", "publikavimas",
     "publikacija", "publikavimui"}
)  # fmt: skip
NOT_TREATMENT = PUBLICATION | frozenset(
    {
        "diary",
        "research",
        "registry",
        "teaching",
        "data",
        "data sharing",
        "photograph",
        "photographs",
        "photography",
    }
)
# Whose words document a consent to the needle (ours). `care` is the record's word for consent to treatment.
CONSENT_TO_A_NEEDLE = frozenset({"care", "treatment", "mesotherapy", "procedure", "injection", "injections"})


def consent_given(timeline: Timeline, until: int | None = None) -> bool:
    """Whether a consent that covers the needle is documented up to a day (None: at all) and was not taken back."""
    states = {
        purpose: consent.state
        for consent in timeline.consents(until)
        if (purpose := folded(consent.purpose)) in CONSENT_TO_A_NEEDLE
    }
    given = [purpose for purpose, state in states.items() if state == "given"]
    refused = {purpose for purpose, state in states.items() if state != "given"}
    # A refusal of the needle itself outweighs a consent to care as a whole.
    return bool(given) and not (refused - EVERYTHING)


class Refusal(NamedTuple):
    """A refused or withdrawn consent, and whether it covers what is asked about: yes, or unknown what it covers."""

    consent: ConsentEntry
    covers: Answer


def refusals_of(
    timeline: Timeline, day: int, substances: Collection[str | None], therapy: Therapy | None
) -> Iterator[Refusal]:
    """The refused or withdrawn consents that cover, or may cover, these substances or this therapy; the latest counts.

    A consent to treatment covers everything, one to drugs or procedures all of these, one that names a drug or a
    therapy that one alone. What a consent in words that no rule reads covers is unknown, not nothing.
    """
    latest = {folded(consent.purpose): consent for consent in timeline.consents(day)}
    for purpose, consent in latest.items():
        covers = _covers(purpose, substances, therapy)
        if consent.state != "given" and covers is not NO:
            yield Refusal(consent, covers)


def _is_covered(substance: str | None, purpose: str) -> bool:
    """Whether a refusal of what is named covers a substance: it, a combination it is in, or its class."""
    named, drug = find_drug(purpose), drug_with_id(substance or "")
    return named is not None and drug is not None and drug.counts_as(named) is YES


def _covers(purpose: str, substances: Collection[str | None], therapy: Therapy | None) -> Answer:
    if purpose in EVERYTHING:
        return YES
    if purpose in NOT_TREATMENT:
        return NO
    if purpose in DRUGS:
        return answer(bool(substances))
    if purpose in NEEDLES:
        return answer(therapy is not None and therapy.needle)
    named, substance = find_therapy(purpose), substance_id(purpose)
    if named is None and substance is None:
        return UNKNOWN
    return answer(
        (named is not None and therapy is not None and therapy.id in named.members)
        or any(_is_covered(drug, purpose) for drug in substances)
    )


def not_chosen(
    timeline: Timeline, until: int, drugs: Collection[str], therapy: Therapy | None
) -> Iterator[OfferEntry]:
    """The offers of one of these drugs, or of the therapy, that were not chosen; the latest offer of each counts.

    One that was begun after it was not chosen is not among them.
    """
    latest: dict[str, OfferEntry] = {}
    for offer in timeline.entries_of(OfferEntry, until):
        if offer.chosen is not None and (subject := _offered(offer, drugs, therapy)) is not None:
            latest[subject] = offer
    for subject, offer in latest.items():
        if offer.chosen is False and not _begun_since(timeline, until, subject, offer):
            yield offer


def _offered(offer: OfferEntry, drugs: Collection[str], therapy: Therapy | None) -> str | None:
    """The id of the drug or the therapy that an offer was of, if it is one of these."""
    known = find_drug(offer.what)
    if known is not None:
        named = [substance.id for substance in known.substances if substance.id in drugs]
        if named:
            return named[0]
    return therapy.id if therapy is not None and find_therapy(offer.what) is therapy else None


def _begun_since(timeline: Timeline, until: int, subject: str, offer: OfferEntry) -> bool:
    """Whether the drug was started, or the therapy took place, after the offer."""
    begun = [
        *(
            entry
            for entry in timeline.entries_of(MedicationEntry, until)
            if entry.do == "start"
            and (known := find_drug(entry.drug)) is not None
            and subject in (substance.id for substance in known.substances)
        ),
        *(session for session, _ in timeline.sessions_of(frozenset({subject})) if session.day <= until),
    ]
    return any(entry.order > offer.order for entry in begun)
