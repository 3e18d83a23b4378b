"""The patient's perspective: the words of the authors' text, or an offer in the record that the patient declined."""

from __future__ import annotations

from assuage.record.care_entries import OfferEntry
from assuage.record.entries import Record
from assuage.record.timeline import Timeline
from assuage.report.care.authors_text import AuthorsText, Perspective
from assuage.terms.names import folded

# Words of an offer to tell one's own view, by which a record says that it was declined (ours).
OFFERED = frozenset({"perspective", "patient perspective", "paciento požiūris", "požiūris"})


class GivenPerspective(Perspective, frozen=True):
    """A perspective, and the entry of the record that it comes from; None where it is the authors' text."""

    entry: int | None = None


def perspective_of(record: Record, written: AuthorsText) -> GivenPerspective | None:
    """What stands for item 12: words, a refusal, or that nobody asked, each with its reason; None for nothing."""
    given = written.perspective
    if given is not None and (given.text or given.refused or given.not_sought):
        return GivenPerspective(given.text, given.how, given.refused, given.not_sought)
    declined = [
        offer
        for offer in Timeline(record).entries_of(OfferEntry)
        if folded(offer.what) in OFFERED and offer.chosen is False and (offer.because or offer.note)
    ]
    if not declined:
        return None
    last = declined[-1]
    return GivenPerspective(refused=last.because or last.note or "", entry=last.place)
