"""Sign the heads of all chains, once a day: whoever cuts a tail off later cannot sign what is left."""

from __future__ import annotations

import hmac
import json
from datetime import UTC, date, datetime
from hashlib import sha256
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from assuage.clinic.audit.models import AccessEvent, Checkpoint
from assuage.clinic.store.models import ClinicRecord

_PURPOSE = b"assuage.clinic.checkpoint/1"


def signature_of(checkpoint: Checkpoint) -> bytes:
    """The signature of its day, moment and heads, by a key that is derived from the secret for this alone."""
    key = hmac.new(settings.SECRET_KEY.encode(), _PURPOSE, sha256).digest()
    signed: dict[str, Any] = {
        "day": checkpoint.day.isoformat(),
        "at": checkpoint.at.astimezone(UTC).isoformat(),
        "heads": checkpoint.heads,
    }
    return hmac.new(key, json.dumps(signed, sort_keys=True).encode(), sha256).digest()


@transaction.atomic
def sign_heads(at: datetime | None = None) -> Checkpoint:
    """The checkpoint of that day (UTC), made unless it is there; it names the signature of the one before."""
    at = at or timezone.now()
    day: date = at.astimezone(UTC).date()
    there = Checkpoint.objects.filter(day=day).first()
    if there is not None:
        return there
    before = Checkpoint.objects.order_by("-day").first()
    last = AccessEvent.objects.order_by("-seq").first()
    heads = {
        "log": [0, ""] if last is None else [last.seq, bytes(last.hash).hex()],
        "records": {
            pseudonym: [head, bytes(digest).hex()]
            for pseudonym, head, digest in ClinicRecord.objects.values_list("pseudonym", "head", "head_hash")
        },
        "before": None if before is None else bytes(before.signature).hex(),
    }
    checkpoint = Checkpoint(day=day, at=at, heads=heads)
    checkpoint.signature = signature_of(checkpoint)
    checkpoint.save(force_insert=True)
    return checkpoint
