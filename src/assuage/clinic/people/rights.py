"""Who may do what: one table of roles by acts. What a view is allowed to do is the act it names."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from assuage.catalogue.message import Message, message
from assuage.clinic.people.models import Person
from assuage.fhir.served.types import SERVED
from assuage.fhir.smart.scopes import resource_scopes
from assuage.terms.therapies import find_therapy

_R = Person.Role
CLINICIANS = frozenset({_R.PHYSICIAN, _R.PHYSIOTHERAPIST, _R.PSYCHOLOGIST, _R.NURSE})
_PHYSICIAN = frozenset({_R.PHYSICIAN})
_PATIENT = frozenset({_R.PATIENT})


class Act(StrEnum):
    """What a page shows or does with one record, in the words of the log."""

    SEE_REVIEW = "see-review"  # the first page, the course, the phase board: what the team sees
    SEE_PLAN = "see-plan"  # one's own plan, in plain words
    SEE_LEDGER = "see-ledger"
    SEE_CARD = "see-card"
    SEE_PRIVACY = "see-privacy"
    WRITE_DIARY = "write-diary"
    WRITE_FINDING = "write-finding"  # a finding, a check, a note, an assessment
    WRITE_MEDICINE = "write-medicine"
    TELL_MEDICINE = "tell-medicine"  # whether it was taken
    DECIDE = "decide"  # confirm or hold at a gate, move back
    OVERRIDE = "override"  # move on against a gate
    INJECT = "inject"  # plan and perform a session with a needle
    ACT_ON_ALERT = "act-on-alert"
    END_DISPUTE = "end-dispute"  # replace or withdraw one of two entries in dispute
    EXPORT = "export"
    ERASE = "erase"
    SHARE = "share"  # a team card under a link that expires
    CHANGE_ZONE = "change-zone"  # by which time zone the days of the record roll
    READ_FHIR = "read-fhir"  # by a program: every entry as a resource


class SiteAct(StrEnum):
    """What a page does with no record."""

    SEE_INBOX = "see-inbox"
    SEE_LOG = "see-log"
    SEE_OUTCOMES = "see-outcomes"  # what became of all patients, as counts
    MANAGE_PEOPLE = "manage-people"
    BREAK_GLASS = "break-glass"


MAY: dict[Act, frozenset[Person.Role]] = {
    Act.SEE_REVIEW: CLINICIANS,
    Act.SEE_PLAN: CLINICIANS | _PATIENT,
    Act.SEE_LEDGER: CLINICIANS | _PATIENT,
    Act.SEE_CARD: CLINICIANS,
    Act.SEE_PRIVACY: _PATIENT,
    Act.WRITE_DIARY: _PATIENT,
    Act.WRITE_FINDING: CLINICIANS,
    Act.WRITE_MEDICINE: _PHYSICIAN,
    Act.TELL_MEDICINE: CLINICIANS | _PATIENT,
    Act.DECIDE: CLINICIANS,
    Act.OVERRIDE: _PHYSICIAN,
    Act.INJECT: _PHYSICIAN,
    Act.ACT_ON_ALERT: CLINICIANS,
    Act.END_DISPUTE: CLINICIANS,
    Act.EXPORT: CLINICIANS | _PATIENT,
    Act.ERASE: _PATIENT,
    Act.SHARE: CLINICIANS | _PATIENT,
    Act.CHANGE_ZONE: CLINICIANS | _PATIENT,
    Act.READ_FHIR: CLINICIANS | _PATIENT,
}

MAY_ON_SITE: dict[SiteAct, frozenset[Person.Role]] = {
    SiteAct.SEE_INBOX: CLINICIANS,
    SiteAct.SEE_LOG: frozenset({_R.ADMINISTRATOR}),
    SiteAct.SEE_OUTCOMES: CLINICIANS | {_R.ADMINISTRATOR},
    SiteAct.MANAGE_PEOPLE: frozenset({_R.ADMINISTRATOR}),
    SiteAct.BREAK_GLASS: CLINICIANS,
}

# What a program can be let in for. A person who is logged in has all of it, and it never gives what their role has not.
SCOPES = ("record.read", "record.write", "diary", "decide", "medicines")

OPENID = "openid"  # which account it is: every program has it


def fhir_scopes() -> tuple[str, ...]:
    """The scopes of SMART App Launch that are told of: reading and searching, of everything or of one type."""
    return tuple(f"{whose}/{name}.rs" for whose in ("patient", "user") for name in ("*", *SERVED))


def is_fhir_scope(scope: str) -> bool:
    """Whether it is a scope of SMART App Launch, of either version, that reads or searches and does nothing else."""
    return any(
        each.type in ("*", *SERVED) and set(each.may) <= set("rs") for each in resource_scopes((scope,))
    )


def scope_told(scope: str) -> Message:
    """What a scope lets a program do, for whoever is asked."""
    if scope in (*SCOPES, OPENID):
        return message(f"clinic.scope-{scope}")
    whose, _, rest = scope.partition("/")
    name = rest.partition(".")[0]
    return message(f"clinic.scope-fhir-{whose}", type=None if name == "*" else name)


# What a call may write as entries, by its act. A drug, a decision and a session with a needle are never among them:
# they are judged before they are stored, each by an act of its own.
_TOLD = frozenset(
    {"score", "answers", "rating", "symptom", "note", "goal", "appointment", "exposure", "therapy"}
)
KINDS_WRITTEN: dict[Act, frozenset[str]] = {
    Act.WRITE_DIARY: _TOLD - {"appointment"} | {"intake", "adherence"},
    Act.WRITE_FINDING: _TOLD
    | {
        "finding",
        "red_flag_check",
        "consent",
        "measurement",
        "diagnosis",
        "allergy",
        "adverse_event",
        "offer",
        "intake",
        "adherence",
    },
}


def may_be_told(entry: Mapping[str, object], act: Act) -> bool:
    """Whether an entry is of a kind that the act may write, and a therapy one that took place."""
    kind = entry.get("kind")
    return kind in KINDS_WRITTEN[act] and (kind != "therapy" or is_told_therapy(entry, act))


def is_told_therapy(entry: Mapping[str, object], act: Act) -> bool:
    """Whether a therapy is told as something that took place: what is begun is decided, a needle has its own page."""
    if entry.get("do", "session") != "session":  # a record leaves it out, as what is usual
        return False
    what = entry.get("what")
    therapy = find_therapy(what) if isinstance(what, str) else None
    return act == Act.WRITE_DIARY or therapy is None or not therapy.needle
