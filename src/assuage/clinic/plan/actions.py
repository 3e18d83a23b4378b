"""Write what a person decides about the pathway: stored with its reason, and checked against what the gates say."""

from __future__ import annotations

from typing import Final, cast, get_args
from uuid import UUID

from django.db import transaction

from assuage.catalogue.message import message
from assuage.clinic.course.actions import write_as_clinician
from assuage.clinic.people.gate import Opened, writes
from assuage.clinic.people.rights import Act
from assuage.clinic.store.actions import Saved
from assuage.clinic.store.queries import stored_standing
from assuage.clinic.store.shown import archive_review
from assuage.engine.followed import registered
from assuage.errors import Problem, Problems
from assuage.pathways.registry import PATHWAY_IDS
from assuage.record.decided_entries import DecisionAct

LEAST_REASON: Final = 15  # letters, against a gate (the number; ours)


@writes(Act.DECIDE)
@transaction.atomic
def take_decision(
    opened: Opened, do: str, to: str, because: str, *, uid: UUID, seen: int, pathway: str = ""
) -> Saved:
    """The decision as an entry, and the review that was shown for it kept beside it.

    `pathway` names the one that is followed from now on, for a decision to enter a phase of it. Against a gate it takes
    a physician and a reason, and so it takes a reason to follow another pathway. Raises Problems; StaleHead for
    whatever was written since `seen`: what was not looked at cannot be decided.
    """
    if do not in get_args(DecisionAct) or (pathway and (do != "enter" or pathway not in PATHWAY_IDS)):
        raise Problems("decision", [Problem("do", message("clinic.no-act-chosen"))])
    act = cast("DecisionAct", do)
    against = act == "override" or (act == "advance" and not _gate_is_open(opened))
    if against and not opened.may(Act.OVERRIDE):
        raise Problems("decision", [Problem("do", message("clinic.physician-only"))])
    if (against or pathway) and len(because.strip()) < LEAST_REASON:
        raise Problems("decision", [Problem("because", message("clinic.reason-too-short", n=LEAST_REASON))])
    entry: dict[str, object] = {"kind": "decision", "do": act}
    if pathway:
        entry["pathway"] = f"{pathway}@{registered(pathway).version}"
    entry |= {name: text for name, text in (("to", to), ("because", because.strip())) if text}
    saved = write_as_clinician(opened, [entry], act=f"decide-{act}", uid=uid, seen=seen)
    archive_review(opened.record, saved.entries[0].uid, seen=seen, on=opened.today)
    return saved


def _gate_is_open(opened: Opened) -> bool:
    """Whether every gate that leads on is open today."""
    gates = [each for each in stored_standing(opened.record, opened.today).gates if each.leads == "on"]
    return bool(gates) and all(each.reading.state == "open" for each in gates)
