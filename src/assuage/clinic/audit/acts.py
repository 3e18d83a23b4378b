"""What each act of the log was, as a short sentence: for the administrator, and which kind it is for the patient."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, get_args

from assuage.catalogue.message import Message, message
from assuage.clinic.audit.models import AccessEvent
from assuage.clinic.people.models import Person
from assuage.review.cards import CardReader

# Every act that is logged, in the order in which the form of the log offers them, with what a patient is told it was:
# a kind of act that a page opens. None is told to nobody but the administrator, as it is of no record.
ACTS: Final[Mapping[str, str | None]] = {
    **{
        each: each
        for each in (
            "see-review",
            "see-plan",
            "see-ledger",
            "see-card",
            "see-privacy",
            "write-diary",
            "write-finding",
            "write-medicine",
            "tell-medicine",
            "decide",
            "override",
            "inject",
            "act-on-alert",
            "end-dispute",
            "export",
            "erase",
            "share",
            "change-zone",
            "read-fhir",
        )
    },
    **dict.fromkeys(("save-diary", "copy-diary", "correct-diary", "take-back-diary"), "write-diary"),
    **dict.fromkeys(("bring-diary", "take-back-brought"), "write-diary"),
    **dict.fromkeys(
        ("write-note", "assess", "write-by-program", "respond-to-session", "withdraw-consent"),
        "write-finding",
    ),
    "settle-dispute": "end-dispute",
    **dict.fromkeys(("start-medicine", "change-medicine", "stop-medicine"), "write-medicine"),
    **dict.fromkeys(("perform-session", "amend-session", "withdraw-session"), "inject"),
    **dict.fromkeys(
        ("decide-enter", "decide-advance", "decide-hold", "decide-return", "decide-leave"), "decide"
    ),
    "decide-override": "override",
    **dict.fromkeys(("alert-acknowledged", "alert-snoozed", "alert-overridden"), "act-on-alert"),
    "move-zone": "change-zone",
    **dict.fromkeys(("share-card", "open-shared-card"), "share"),
    **{each: each for each in ("break-glass", "name-patient", "join-team", "leave-team")},
    **dict.fromkeys(("ask-for-reminders", "stop-reminders", "pause-reminders", "go-on-with-reminders")),
    **dict.fromkeys(("put-off-reminder", "log-in", "log-out", "log-in-failed", "add-person")),
    **dict.fromkeys(("open-account", "close-account", "invite", "break-glass-missed")),
    **dict.fromkeys(("register-program", "shut-out-program")),
}


def act_message(act: str) -> Message:
    """What somebody did: `opened the record`. An act that this program does not know is told by its name."""
    return message(f"clinic.did-{act}") if act in ACTS else message("clinic.did-other", act=act)


def why_message(event: AccessEvent, names: Mapping[str, str]) -> Message | str:
    """Why, to whom or how much, as it is said; a reason as it was typed. Empty where the log has nothing more."""
    match event.act:
        case "share-card" | "open-shared-card" if event.why in get_args(CardReader):
            return message("clinic.did-card-for", reader=message(f"clinic.card-{event.why}"))
        case "bring-diary" | "take-back-brought" if event.why.isdecimal():
            return message("clinic.did-bring", n=int(event.why))
        case "erase" if event.why.isdecimal():
            return message("clinic.did-erased", n=int(event.why))
        case "add-person" if event.why in Person.Role.values:
            return message(f"clinic.role-{event.why}")
        case _:
            return names.get(event.why, event.why)
