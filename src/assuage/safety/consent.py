"""What a patient has refused, and what that covers."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import NamedTuple

from assuage.catalogue.message import Message, Wording, message
from assuage.record.care_entries import OfferEntry
from assuage.record.decided_entries import ConsentEntry
from assuage.record.entries import FindingEntry, MedicationEntry, SymptomEntry
from assuage.record.timeline import Timeline
from assuage.safety.situation import substance_id
from assuage.terms.answers import ANSWER_OF_STATE, NO, UNKNOWN, YES, Answer, answer
from assuage.terms.drug_names import drug_with_id, find_drug
from assuage.terms.names import folded
from assuage.terms.refusals import names_treatment, refusal_in, refused_thing, treatment_called
from assuage.terms.symptoms import PRESENT_STATES
from assuage.terms.therapies import EXERCISE, MEDITATIVE_MOVEMENT, STRETCHING, Therapy, find_therapy

# The record's words for consent to treatment as a whole.
EVERYTHING = frozenset({"care", "treatment"})
PUBLICATION = frozenset(
    {"publication", "case report", "case report publication", "publication of the case", "publishing", "publikavimas",
     "publikacija", "publikavimui"}
)  # fmt: skip
# Purposes, and things people refuse, that are no treatment (ours).
NOT_TREATMENT = PUBLICATION | frozenset(
    {"diary", "research", "registry", "teaching", "data", "data sharing", "photograph", "photographs", "photography",
     "blood test", "blood tests", "tests", "imaging", "mri", "x ray", "ct", "ecg", "vaccination", "vaccines",
     "admission",     "hospital admission", "chaperone", "interpreter", "food", "alcohol"}
)  # fmt: skip
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


# The therapies that are work with the body.
MOVING = EXERCISE.members | MEDITATIVE_MOVEMENT.members | STRETCHING.members


class Refusal(NamedTuple):
    """What was refused or withdrawn, and whether that covers what is asked about: yes, or unknown what it covers.

    It is a consent of this state, or (None) a finding or a symptom that says so in words.
    """

    entry: ConsentEntry | FindingEntry | SymptomEntry
    written: str
    state: str | None
    covers: Answer

    @property
    def _in_words(self) -> Message:
        return message(f"consent.{self.state}")

    @property
    def _purpose(self) -> Wording | str:
        """What the consent is to: the therapy by its name, anything else as it was written."""
        therapy = find_therapy(self.written)
        return self.written if therapy is None else therapy.wording

    @property
    def forbids(self) -> Message:
        """The reason to withhold what it covers."""
        if self.state is None:
            return message("withheld.refused-in-words", what=self.written, day=self.entry.day)
        return message("withheld.refused", purpose=self._purpose, state=self._in_words, day=self.entry.day)

    @property
    def asks(self) -> Message:
        """The question what was refused."""
        if self.state is None:
            return message("need.what-was-refused-in-words", what=self.written, day=self.entry.day)
        return message(
            "need.what-was-refused", purpose=self._purpose, state=self._in_words, day=self.entry.day
        )


class _Word(NamedTuple):
    """A word on consent to a thing: as it was written, in which state (None: in words), and whether it refuses.

    Where it is not `sure`, it may refuse: a person is asked.
    """

    entry: ConsentEntry | FindingEntry | SymptomEntry
    thing: str
    written: str
    state: str | None
    refuses: bool
    sure: bool = True


def refusals_of(
    timeline: Timeline, day: int, substances: Collection[str | None], therapy: Therapy | None
) -> Iterator[Refusal]:
    """The refusals that cover, or may cover, these substances or this therapy; the latest word on each thing counts.

    A consent to treatment covers everything, one to drugs or procedures all of these, one to tablets what is swallowed
    until a later consent to drugs, one that names a drug or a therapy that one alone. What a consent in words that no
    rule reads covers is unknown, not nothing. A finding or a symptom is a refusal where it says so (`refuses all
    tablets`), and of what is no treatment it is none.
    """
    latest: dict[str, _Word] = {}
    for word in timeline.once(_words_on_consent, day):
        kind = treatment_called(word.thing) or word.thing
        before = latest.get(kind)
        if word.sure or before is None or not before.refuses:
            latest[kind] = word
    drugs = latest.get("drugs")
    for kind, word in latest.items():
        taken_back = (
            kind == "by_mouth" and drugs and not drugs.refuses and drugs.entry.order > word.entry.order
        )
        if word.refuses and not taken_back:
            covers = _covers(word.thing, substances, therapy, in_words=word.state is None)
            covers = UNKNOWN if covers is YES and not word.sure else covers
            if covers is not NO:
                yield Refusal(word.entry, word.written, word.state, covers)


def _words_on_consent(timeline: Timeline, day: int) -> tuple[_Word, ...]:
    """The consents, and what says in words that something is refused, in order."""
    words = [
        _Word(
            consent, refused_thing(consent.purpose), consent.purpose, consent.state, consent.state != "given"
        )
        for consent in timeline.consents(day)
    ]
    told = (
        *((finding, ANSWER_OF_STATE[finding.state] is YES) for finding in timeline.findings(day)),
        *((symptom, symptom.state in PRESENT_STATES) for symptom in timeline.symptoms(day)),
    )
    for entry, there in told:
        refused = refusal_in(entry.what)
        if refused is not None:
            words.append(_Word(entry, refused.thing, entry.what, None, there, refused.sure))
    return tuple(sorted(words, key=lambda word: word.entry.order))


def _is_covered(substance: str | None, purpose: str) -> bool:
    """Whether a refusal of what is named covers a substance: it, a combination it is in, or its class."""
    named, drug = find_drug(purpose), drug_with_id(substance or "")
    return named is not None and drug is not None and drug.counts_as(named) is YES


def _covers(
    thing: str, substances: Collection[str | None], therapy: Therapy | None, *, in_words: bool
) -> Answer:
    if thing in NOT_TREATMENT:
        return NO
    match treatment_called(thing):
        case "everything":
            return YES
        case "drugs":
            return answer(bool(substances))
        case "by_mouth":
            return answer(bool(substances) and therapy is None)
        case "other_forms":
            return NO
        case "needles":
            return answer(therapy is not None and therapy.needle)
        case "moving":
            return answer(therapy is not None and therapy.id in MOVING)
        case None:
            pass
    named, substance = find_therapy(thing), substance_id(thing)
    if named is None and substance is None:
        return NO if in_words and not names_treatment(thing) else UNKNOWN
    return answer(
        (named is not None and therapy is not None and therapy.id in named.members)
        or any(_is_covered(drug, thing) for drug in substances)
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
