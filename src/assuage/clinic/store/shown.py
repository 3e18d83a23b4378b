"""What somebody who decided was shown: archived at the decision, opened again as it was, and read by today's rules."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable, Iterator, Mapping
from hashlib import sha256
from typing import Any, cast
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from msgspec import Struct

from assuage import __version__
from assuage.catalogue.languages import ORIGINAL
from assuage.catalogue.message import Message, message
from assuage.clinic.store.chain import canonical
from assuage.clinic.store.models import ClinicRecord, ShownReview, Snapshot, StoredEntry
from assuage.clinic.store.queries import record_up_to, settings_of_the_site
from assuage.clinic.store.snapshots import REVIEW, settings_key
from assuage.report.review_json import to_json
from assuage.review.make import review
from assuage.words.speak import catalogue


class ShownThen(Struct, frozen=True):
    """A decision, the review that was shown for it, the same by today's program, and the difference in words.

    `then` is None where it was erased or does not have the digest that was stored; `holds` tells these apart. Both
    reviews are the objects of `assuage review --json`.
    """

    decision: StoredEntry
    shown: ShownReview
    then: Mapping[str, Any] | None
    holds: bool
    now: Mapping[str, Any]
    differences: tuple[Message, ...]


@transaction.atomic
def archive_review(of: ClinicRecord, decision: UUID, *, seen: int, on: int) -> ShownReview:
    """Keep the review of that day as it stood at the head that was seen, with its digest, for the decision.

    Called beside `write`, in one transaction with it. The second call for one decision is the first.
    """
    there = ShownReview.objects.filter(decision=decision).first()
    if there is not None:
        return there
    text = canonical(_review_of(of, seen, on))
    now, pathway = timezone.now(), _pathway_of(json.loads(text)) or of.pathway
    named = {"record": of, "head": seen, "on_day": on, "pathway": pathway, "program": __version__}
    Snapshot.objects.get_or_create(
        **named,
        settings=settings_key(),
        kind=REVIEW,
        defaults={"body": zlib.compress(text.encode(), 6), "made_at": now},
    )
    return ShownReview.objects.create(
        **named,
        settings=settings_key(),
        decision=decision,
        digest=sha256(text.encode()).digest(),
        at=now,
    )


def _review_of(of: ClinicRecord, head: int, on: int) -> dict[str, Any]:
    """The review as plain values, in the language that the rules are written in."""
    shown_review = review(record_up_to(of, head), None, on, settings_of_the_site(), effects=False)
    return cast("dict[str, Any]", to_json(shown_review, catalogue(ORIGINAL, "clinician")))


def _pathway_of(plain: Mapping[str, Any]) -> str | None:
    named = plain["pathway"]
    return None if named is None else f"{named['id']}@{named['version']}"


def as_shown_then(decision: UUID) -> ShownThen | None:
    """What was shown for a decision, what today's program says of the same record and day; None where none is kept."""
    shown = ShownReview.objects.select_related("record").filter(decision=decision).first()
    entry = StoredEntry.objects.filter(uid=decision).first()
    if shown is None or entry is None:
        return None
    body = (
        Snapshot.objects.filter(
            record=shown.record,
            head=shown.head,
            on_day=shown.on_day,
            pathway=shown.pathway,
            program=shown.program,
            settings=shown.settings,
            kind=REVIEW,
        )
        .values_list("body", flat=True)
        .first()
    )
    text = None if body is None else _unpacked(bytes(body))
    holds = text is None or sha256(text).digest() == bytes(shown.digest)
    then = cast("dict[str, Any]", json.loads(text)) if text is not None and holds else None
    now = _review_of(shown.record, shown.head, shown.on_day)
    differences = () if then is None else tuple(_differences(then, json.loads(canonical(now))))
    return ShownThen(entry, shown, then, holds, now, differences)


def decisions_with_review(of: ClinicRecord) -> frozenset[str]:
    """The uids of the decisions of a record for which what was shown is kept."""
    kept_for = ShownReview.objects.filter(record=of).values_list("decision", flat=True)
    return frozenset(str(each) for each in kept_for)


def _unpacked(body: bytes) -> bytes:
    try:
        return zlib.decompress(body)
    except zlib.error:
        return b""


# The lists of a review whose parts have ids, and what each part says that a reader acts on.
_LISTS = {
    "gates": ("state", "title"),
    "plan": ("state", "text"),
    "withheld": (None, "text"),
    "restrictions": ("in_force", "what"),
    "alerts": ("tier", "text"),
}


def _differences(then: Mapping[str, Any], now: Mapping[str, Any]) -> Iterator[Message]:
    """What differs, in sentences: the phase, then what came, went and changed in each list."""
    phase_then, phase_now = _title(then["phase"]), _title(now["phase"])
    if phase_then != phase_now:
        yield message("clinic.replay-phase", was=phase_then, now=phase_now)
    for name, (state, text) in _LISTS.items():
        before, after = _by_id(then[name]), _by_id(now[name])
        for key in before.keys() - after.keys():
            yield message("clinic.replay-gone", what=str(before[key][text]))
        for key in after.keys() - before.keys():
            yield message("clinic.replay-new", what=str(after[key][text]))
        for key in sorted(before.keys() & after.keys()):
            was, is_ = before[key], after[key]
            if (state is not None and was[state] != is_[state]) or was[text] != is_[text]:
                yield message("clinic.replay-changed", was=str(was[text]), now=str(is_[text]))
    yield from _elsewhere(then, now)


def _elsewhere(then: Mapping[str, Any], now: Mapping[str, Any]) -> Iterator[Message]:
    parts = [name for name in now if name not in _LISTS and name != "phase" and then.get(name) != now[name]]
    if parts:
        yield message("clinic.replay-elsewhere", parts=tuple(parts))


def _by_id(parts: Iterable[Mapping[str, Any]]) -> dict[str, Mapping[str, Any]]:
    return {f"{each['id']} {each.get('subject', '')}": each for each in parts}


def _title(phase: Mapping[str, Any] | None) -> str | Message:
    return message("clinic.replay-no-phase") if phase is None else str(phase["title"])
