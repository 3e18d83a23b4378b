"""Write what a clinician saw, heard or settled: a note, a finding, an answer, an end to a dispute."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from assuage.catalogue.message import message
from assuage.clinic.people.gate import Opened, writes
from assuage.clinic.people.rights import Act
from assuage.clinic.store.actions import NewEntry, Saved, write
from assuage.clinic.store.chain import new_uid
from assuage.errors import Problem, Problems
from assuage.record.entry import WrittenFrom


@writes(Act.WRITE_FINDING)
@transaction.atomic
def write_as_clinician(
    opened: Opened,
    entries: list[dict[str, object]],
    *,
    act: str,
    uid: UUID,
    seen: int | None = None,
    why: str = "",
) -> Saved:
    """The entries of one act, said by a clinician today unless they name a day; one event of the log.

    The first is stored under `uid`, so that a form that is sent twice is stored once.
    """
    first = uid
    drafts = [
        NewEntry(first if at == 0 else new_uid(), {"day": opened.today, "by": "clinician", **entry})
        for at, entry in enumerate(entries)
    ]
    saved = write(opened.record.pk, drafts, opened.writer(), seen=seen)
    if seen is not None and saved.disputed:
        # Nobody who is asked at the screen begins a dispute: that is for what comes too late to be asked about.
        raise Problems("entry", [Problem("", message("clinic.against-what-stands"))])
    opened.log(act, why)
    return saved


@writes(Act.WRITE_DIARY, Act.WRITE_FINDING)
@transaction.atomic
def write_told(
    opened: Opened,
    drafts: Sequence[NewEntry],
    *,
    seen: int | None,
    sent: datetime | None,
    source: WrittenFrom,
) -> Saved:
    """What a program tells for a person, as it tells it; one event of the log. Raises Problems, StaleHead.

    What comes late and contradicts is filed in dispute, as what a phone kept is: nobody is there to be asked.
    """
    saved = write(opened.record.pk, drafts, opened.writer(source), seen=seen, sent=sent)
    opened.log("write-by-program")
    return saved


@writes(Act.END_DISPUTE)
def end_dispute(opened: Opened, name: str, because: str, *, uid: UUID, seen: int) -> Saved:
    """One of two entries in dispute withdrawn by a clinician, who says why; the other stands."""
    entry: dict[str, object] = {"kind": "void", "of": name, "because": because}
    return write_as_clinician(opened, [entry], act="settle-dispute", uid=uid, seen=seen)
