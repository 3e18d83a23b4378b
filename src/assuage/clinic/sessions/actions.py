"""Write sessions with the needle: planned, judged beside the record, performed as judged, asked about afterwards."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Final
from uuid import UUID

from msgspec import Struct

from assuage.catalogue.message import message
from assuage.clinic.confirmed import content_shown, token_of_shown
from assuage.clinic.course.actions import write_as_clinician
from assuage.clinic.people.gate import Opened, writes
from assuage.clinic.people.rights import Act
from assuage.clinic.plan.actions import LEAST_REASON
from assuage.clinic.sessions.queries import session_named
from assuage.clinic.store.actions import Saved
from assuage.clinic.store.days import calendar_date
from assuage.clinic.store.queries import settings_of_the_site, stored_record
from assuage.clinic.typed import typed_number
from assuage.errors import Problem, Problems
from assuage.record.append import Disputed, Refused, append
from assuage.record.entries import Record, TherapyEntry
from assuage.review.session_on_day import SessionOnDay, session_on_day
from assuage.review.standing import standing
from assuage.safety.planned_session import Ampoule, Planned
from assuage.safety.session_read import read_plan
from assuage.terms.answers import YES
from assuage.terms.scales import PAIN
from assuage.terms.therapies import MESOTHERAPY

_SALT: Final = "assuage.clinic.session"
_HOLDS: Final = 30 * 60  # seconds for which what was worked out can be performed (ours)


class WorkedOut(Struct, frozen=True):
    """A session as it was planned and worked out; `token` proves to the next request what was shown.

    `amended` is the session that it corrects, None for the next one.
    """

    planned: Planned
    result: SessionOnDay
    token: str
    amended: TherapyEntry | None = None


def work_out(opened: Opened, plan: Mapping[str, object], amends: str = "") -> WorkedOut:
    """The session beside the record. Raises Problems for a plan that cannot be worked out, or a lot past its date.

    `amends` names the session that it corrects: it is judged on that session's day, as if it had not been written.
    """
    record = stored_record(opened.record)
    amended = _session(record, amends) if amends else None
    day = opened.today if amended is None else amended.day
    if amended is not None and amended.number is not None:
        plan = {**plan, "number": amended.number}
    planned, problems = read_plan(plan)
    late = list(_expired(plan, calendar_date(opened.record, day)))
    if planned is None or late:
        raise Problems("session", [*problems, *late])
    beside = record if amended is None else _without(record, amended)
    here = standing(beside, None, day, settings_of_the_site())
    token = token_of_shown(opened, [dict(plan), amends], _SALT)
    return WorkedOut(planned, session_on_day(here, planned), token, amended)


def _session(record: Record, name: str) -> TherapyEntry:
    """The session of that name as it stands. Raises Problems where there is none any more."""
    entry = session_named(record, name)
    if entry is None:
        raise Problems("session", [Problem("session", message("clinic.session-gone"))])
    return entry


def _without(record: Record, entry: TherapyEntry) -> Record:
    """The record as it would be had the entry never been written."""
    told = append(
        record, {"kind": "void", "of": entry.id, "day": entry.day, "by": "clinician", "because": "amended"}
    )
    if isinstance(told, Refused):
        raise Problems("session", list(told.problems))
    return told.record if isinstance(told, Disputed) else told


def _expired(plan: Mapping[str, object], on: date) -> list[Problem]:
    """The ampoules whose date was past on that day; a date that is none is told too."""
    mixture = plan.get("mixture")
    problems: list[Problem] = []
    for at, part in enumerate(mixture if isinstance(mixture, list) else []):  # pyright: ignore[reportUnknownArgumentType, reportUnknownVariableType]
        written = str(part.get("expiry", "")) if isinstance(part, Mapping) else ""  # pyright: ignore[reportUnknownArgumentType, reportUnknownMemberType]
        if not written:
            continue
        try:
            if date.fromisoformat(written) < on:
                problems.append(Problem(f"mixture[{at}].expiry", message("clinic.lot-expired", date=written)))
        except ValueError:
            problems.append(Problem(f"mixture[{at}].expiry", message("clinic.no-date", text=written)))
    return problems


@writes(Act.INJECT)
def perform_session(opened: Opened, token: str, because: str, *, uid: UUID, seen: int) -> Saved:
    """The session as it was worked out: as an entry of today, or as the correction of one. Raises Problems, StaleHead.

    Without a documented consent nothing is performed; what else a rule stops takes a reason of the physician's. A
    correction tells of what was done: it is never stopped, and always says why.
    """
    shown = content_shown(opened, token, _SALT, seen=seen, holds=_HOLDS)
    if shown is None:
        raise Problems("session", [Problem("session", message("clinic.not-worked-out"))])
    plan, amends = shown
    worked = work_out(opened, plan, amends)
    if worked.amended is None and worked.result.consented is not YES:
        raise Problems("session", [Problem("consent", message("clinic.no-consent"))])
    if worked.amended is not None or worked.result.is_stopped:
        _refuse_without_reason(because)
    entry = _entry(worked, because.strip())
    act = "perform-session" if worked.amended is None else "amend-session"
    return write_as_clinician(opened, [entry], act=act, uid=uid, seen=seen)


@writes(Act.INJECT)
def withdraw_session(opened: Opened, name: str, because: str, *, uid: UUID, seen: int) -> Saved:
    """A session withdrawn that never took place, with the reason; it stays readable. Raises Problems, StaleHead."""
    _session(stored_record(opened.record), name)
    _refuse_without_reason(because)
    entry: dict[str, object] = {"kind": "void", "of": name, "because": because.strip()}
    return write_as_clinician(opened, [entry], act="withdraw-session", uid=uid, seen=seen)


def _refuse_without_reason(because: str) -> None:
    if len(because.strip()) < LEAST_REASON:
        raise Problems("session", [Problem("because", message("clinic.reason-too-short", n=LEAST_REASON))])


def _entry(worked: WorkedOut, because: str) -> dict[str, object]:
    planned = worked.planned
    entry: dict[str, object] = {
        "kind": "therapy",
        "what": MESOTHERAPY.id,
        "number": worked.result.number if planned.number is None else planned.number,
        "mixture": [_part(each) for each in planned.mixture],
    }
    if planned.needle is not None:
        needle = (("gauge", planned.needle.gauge), ("length_mm", planned.needle.length_mm))
        entry["needle"] = {name: value for name, value in needle if value is not None}
    given = (
        ("sites", list(planned.sites)),
        ("points", planned.points),
        ("volume_per_point_ml", planned.volume_per_point_ml),
        ("because", because),
    )
    entry |= {name: value for name, value in given if value}
    return entry if worked.amended is None else entry | _kept_of(worked.amended)


def _kept_of(amended: TherapyEntry) -> dict[str, object]:
    """What a correction takes over from the session it corrects: when it was, and what its form does not ask."""
    kept: dict[str, object] = {"replaces": amended.id, "day": amended.day}
    if amended.time:
        kept["time"] = amended.time
    if amended.note:
        kept["note"] = amended.note
    if amended.approximate:
        kept["approximate"] = True
    if amended.response_percent is not None:
        kept["response_percent"] = list(amended.response_percent)
    return kept


def _part(ampoule: Ampoule) -> dict[str, object]:
    """A part of the mixture as the record keeps it; the amount as it was worked out from the strength."""
    milligrams = ampoule.milligrams
    amount = None if milligrams is None else float(milligrams)
    parts = (("volume_ml", ampoule.volume_ml), ("amount_mg", amount), ("lot", ampoule.lot))
    return {"drug": ampoule.substance or ampoule.name, **{name: value for name, value in parts if value}}


@writes(Act.WRITE_FINDING)
def respond_to_session(opened: Opened, session: str, pain: str, *, day: int, time: str, uid: UUID) -> Saved:
    """The pain that somebody told after a session, bound to it; the day and the time are those it is about."""
    entry: dict[str, object] = {
        "kind": "score",
        "scale": PAIN.code,
        "value": typed_number(pain),
        "by": "patient",
        "about": session,
        "day": day,
    }
    if time:
        entry["time"] = time
    return write_as_clinician(opened, [entry], act="respond-to-session", uid=uid)
