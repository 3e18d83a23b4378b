"""A card for somebody without an account: under a link that is signed, expires, and names nobody."""

from __future__ import annotations

from typing import Final, get_args

from django.conf import settings as site
from django.core import signing
from msgspec import Struct

from assuage.catalogue.languages import ORIGINAL
from assuage.catalogue.read import Catalogue
from assuage.clinic.people.gate import record_of_link
from assuage.clinic.store.days import today
from assuage.clinic.store.models import ClinicRecord
from assuage.clinic.store.queries import settings_of_the_site, stored_visit_page
from assuage.review.cards import Card, CardReader, PatientCard, card_of
from assuage.words.cards import is_signed
from assuage.words.speak import catalogue

_SALT: Final = "assuage.clinic.card"
LINK_DAYS: Final = 14  # for which a link opens (ours)


class SharedCard(Struct, frozen=True):
    """Whose card a link opens, and for which reader."""

    record: ClinicRecord
    reader: CardReader


def stored_card(record: ClinicRecord, reader: CardReader) -> Card:
    """The card of today."""
    return card_of(stored_visit_page(record, today(record)), reader, settings_of_the_site())


class CardWords(Struct, frozen=True):
    """The catalogue that a card is said in; whether it was kept back from the reader's own, which nobody has signed."""

    speaking: Catalogue
    kept_back: bool = False
    unsigned: bool = False


def words_of_card(card: Card, language: str) -> CardWords:
    """The reader's language; the original where nobody has signed its words and the site does not answer for them."""
    reader = "patient" if isinstance(card, PatientCard) else "clinician"
    speaking = catalogue(language, reader)
    if is_signed(speaking, card):
        return CardWords(speaking)
    if site.CLINIC_UNSIGNED_CARDS:
        return CardWords(speaking, unsigned=True)
    return CardWords(catalogue(ORIGINAL, reader), kept_back=True)


def card_token(record: ClinicRecord, reader: CardReader) -> str:
    """What the link carries: it opens this one card and nothing else, for fourteen days."""
    return signing.dumps([record.pk, reader], salt=_SALT)


def shared_card(token: str) -> SharedCard | None:
    """What the link opens; None where it is none of ours, or its days are over."""
    try:
        pk, reader = signing.loads(token, salt=_SALT, max_age=LINK_DAYS * 24 * 60 * 60)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    record = record_of_link(pk)
    return None if record is None or reader not in get_args(CardReader) else SharedCard(record, reader)
