"""What a patient has refused, and what that covers."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from assuage.record.entries import ConsentEntry
from assuage.record.timeline import Timeline
from assuage.safety.situation import substance_id
from assuage.terms.therapies import Therapy, find_therapy

# Words of a consent, by what they cover (ours). `care` is the record's word for consent to treatment.
EVERYTHING = frozenset({"care", "treatment"})
DRUGS = frozenset({"drug", "drugs", "medication", "medicines"})
NEEDLES = frozenset({"procedure", "procedures", "injection", "injections", "needle"})
# Whose words document a consent to the needle (ours). `care` is the record's word for consent to treatment.
CONSENT_TO_A_NEEDLE = frozenset({"care", "treatment", "mesotherapy", "procedure", "injection", "injections"})


def consent_given(timeline: Timeline, until: int | None = None) -> bool:
    """Whether a consent that covers the needle is documented up to a day (None: at all) and was not taken back."""
    states = {
        consent.purpose.lower(): consent.state
        for consent in timeline.consents(until)
        if consent.purpose.lower() in CONSENT_TO_A_NEEDLE
    }
    given = [purpose for purpose, state in states.items() if state == "given"]
    refused = {purpose for purpose, state in states.items() if state != "given"}
    # A refusal of the needle itself outweighs a consent to care as a whole.
    return bool(given) and not (refused - EVERYTHING)


def refusals_of(
    timeline: Timeline, day: int, substances: Collection[str | None], therapy: Therapy | None
) -> Iterator[ConsentEntry]:
    """The refused or withdrawn consents that cover these substances or this therapy; the latest word counts.

    A consent to treatment covers everything, one to drugs or procedures all of these, one that names a drug or a
    therapy that one alone.
    """
    latest = {consent.purpose.lower(): consent for consent in timeline.consents(day)}
    for purpose, consent in latest.items():
        if consent.state != "given" and _covers(purpose, substances, therapy):
            yield consent


def _covers(purpose: str, substances: Collection[str | None], therapy: Therapy | None) -> bool:
    if purpose in EVERYTHING:
        return True
    if purpose in DRUGS:
        return bool(substances)
    if purpose in NEEDLES:
        return therapy is not None and therapy.needle
    named = find_therapy(purpose)
    if named is not None and therapy is not None:
        return therapy.id in named.members
    return substance_id(purpose) in {substance for substance in substances if substance is not None}
