"""What a diary says of the exposures in it: fitted by a task, kept, and shown with the day on which it was made."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

import msgspec
from django.db import transaction
from django.utils import timezone
from msgspec import Struct

from assuage import __version__
from assuage.catalogue.languages import LANGUAGES
from assuage.catalogue.message import Message, message
from assuage.clinic.store.beside import have_effects_made
from assuage.clinic.store.days import today
from assuage.clinic.store.models import ClinicRecord, Snapshot
from assuage.clinic.store.queries import settings_of_the_site, stored_record
from assuage.clinic.store.snapshots import Words, settings_key
from assuage.errors import AssuageError
from assuage.review.exposures import factor_id
from assuage.review.make import review
from assuage.review.model import Suspect
from assuage.words.speak import catalogue
from assuage.words.suspects import effect_in_short, head_message

EFFECTS, ASKED_FOR = "effects", "effects-asked-for"


class KeptEffect(Struct, frozen=True):
    """What is said of one exposure, in words of each language: what it is suspected of, and what the diary says."""

    exposure: str
    told: tuple[Words, ...]


class KeptEffects(Struct, frozen=True):
    """All of a record up to a day; `made_at` and `head` say when and of what record it was made."""

    on: int
    effects: tuple[KeptEffect, ...]
    head: int
    made_at: datetime | None = None


def ask_for_effects(of: ClinicRecord) -> None:
    """Note that somebody waits for the effects of a record as it is now, and have them made outside of this process."""
    named = {"record": of, "kind": ASKED_FOR, "program": __version__, "settings": settings_key()}
    _, new = Snapshot.objects.get_or_create(
        **named,
        head=of.head,
        on_day=today(of),
        pathway=of.pathway,
        defaults={"body": b"", "made_at": timezone.now()},
    )
    if new:
        transaction.on_commit(have_effects_made)


def records_asked_for() -> Sequence[ClinicRecord]:
    """The records of whose effects somebody waits, who has waited longest first."""
    waiting = Snapshot.objects.filter(kind=ASKED_FOR).order_by("made_at", "pk").select_related("record")
    return list({each.record.pk: each.record for each in waiting}.values())


def keep_effects_asked_for(at: datetime | None = None) -> tuple[int, tuple[str, ...]]:
    """What `keep_effects` gives, of the records of which somebody waits; nobody waits for them any more afterwards."""
    judged, failed = 0, list[str]()
    while waiting := records_asked_for():
        for of in waiting:
            number, without = keep_effects([of], at)
            judged, failed = judged + number, [*failed, *without]
            Snapshot.objects.filter(record=of, kind=ASKED_FOR, head__lte=of.head).delete()
    return judged, tuple(failed)


def keep_effects(records: Iterable[ClinicRecord], at: datetime | None = None) -> tuple[int, tuple[str, ...]]:
    """Of how many records effects were made, and of whom they could not be: those whose head moved since the last.

    This loads the model of the diary, some 300 MB and seconds: a task calls it, never a request.
    """
    judged, failed = 0, list[str]()
    for of in records:
        last = kept_effects(of)
        if last is not None and last.head == of.head:
            continue
        try:
            _keep(of, at or timezone.now())
            judged += 1
        except AssuageError:
            failed.append(of.pseudonym)
    return judged, tuple(failed)


def _keep(of: ClinicRecord, at: datetime) -> None:
    on = today(of, at)
    suspects = review(stored_record(of), None, on, settings_of_the_site(), effects=True).suspects
    effects = tuple(
        KeptEffect(factor_id(each.exposure), tuple(map(_words, _messages(each)))) for each in suspects
    )
    body = msgspec.json.encode(KeptEffects(on, effects, of.head))
    named = {"record": of, "kind": EFFECTS, "program": __version__, "settings": settings_key()}
    Snapshot.objects.update_or_create(
        **named, head=of.head, on_day=on, pathway=of.pathway, defaults={"body": body, "made_at": at}
    )
    Snapshot.objects.filter(record=of, kind=EFFECTS, made_at__lt=at).delete()


def _messages(suspect: Suspect) -> list[Message]:
    told = [head_message(suspect), message("suspect.line", text=suspect.text)]
    effect = effect_in_short(suspect.effect) if suspect.effect else None
    return told if effect is None else [*told, effect]


def _words(what: Message) -> Words:
    return {each: catalogue(each, "clinician").value(what).spans for each in LANGUAGES}


def kept_effects(of: ClinicRecord) -> KeptEffects | None:
    """What was made last by this program; None where nothing was, or something was erased since."""
    last = (
        Snapshot.objects.filter(record=of, kind=EFFECTS, program=__version__, settings=settings_key())
        .order_by("-made_at")
        .first()
    )
    if last is None:
        return None
    kept = msgspec.json.decode(bytes(last.body), type=KeptEffects)
    return msgspec.structs.replace(kept, made_at=last.made_at)
