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
from assuage.clinic.people.gate import Opened
from assuage.clinic.plan.actions import LEAST_REASON
from assuage.clinic.store.actions import Saved
from assuage.clinic.store.days import local_date
from assuage.clinic.store.queries import stored_standing
from assuage.clinic.typed import typed_number
from assuage.errors import Problem, Problems
from assuage.review.session_on_day import SessionOnDay, session_on_day
from assuage.safety.planned_session import Ampoule, Planned
from assuage.safety.session_read import read_plan
from assuage.terms.answers import YES
from assuage.terms.scales import PAIN
from assuage.terms.therapies import MESOTHERAPY

_SALT: Final = "assuage.clinic.session"
_HOLDS: Final = 30 * 60  # seconds for which what was worked out can be performed (ours)


class WorkedOut(Struct, frozen=True):
    """A session as it was planned and worked out; `token` proves to the next request what was shown."""

    planned: Planned
    result: SessionOnDay
    token: str


def work_out(opened: Opened, plan: Mapping[str, object]) -> WorkedOut:
    """The session beside the record. Raises Problems for a plan that cannot be worked out, or a lot past its date."""
    planned, problems = read_plan(plan)
    late = list(_expired(opened, plan))
    if planned is None or late:
        raise Problems("session", [*problems, *late])
    here = stored_standing(opened.record, opened.today)
    return WorkedOut(planned, session_on_day(here, planned), token_of_shown(opened, dict(plan), _SALT))


def _expired(opened: Opened, plan: Mapping[str, object]) -> list[Problem]:
    """The ampoules whose date is past on the patient's day; a date that is none is told too."""
    today, mixture = local_date(opened.record), plan.get("mixture")
    problems: list[Problem] = []
    for at, part in enumerate(mixture if isinstance(mixture, list) else []):  # pyright: ignore[reportUnknownArgumentType, reportUnknownVariableType]
        written = str(part.get("expiry", "")) if isinstance(part, Mapping) else ""  # pyright: ignore[reportUnknownArgumentType, reportUnknownMemberType]
        if not written:
            continue
        try:
            if date.fromisoformat(written) < today:
                problems.append(Problem(f"mixture[{at}].expiry", message("clinic.lot-expired", date=written)))
        except ValueError:
            problems.append(Problem(f"mixture[{at}].expiry", message("clinic.no-date", text=written)))
    return problems


def perform_session(opened: Opened, token: str, because: str, *, uid: UUID, seen: int) -> Saved:
    """The session as it was worked out, as an entry of today. Raises Problems, StaleHead.

    Without a documented consent nothing is performed; what else a rule stops takes a reason of the physician's.
    """
    plan = content_shown(opened, token, _SALT, seen=seen, holds=_HOLDS)
    if plan is None:
        raise Problems("session", [Problem("session", message("clinic.not-worked-out"))])
    worked = work_out(opened, plan)
    if worked.result.consented is not YES:
        raise Problems("session", [Problem("consent", message("clinic.no-consent"))])
    if worked.result.is_stopped and len(because.strip()) < LEAST_REASON:
        raise Problems("session", [Problem("because", message("clinic.reason-too-short", n=LEAST_REASON))])
    entry = _entry(worked, because.strip())
    return write_as_clinician(opened, [entry], act="perform-session", uid=uid, seen=seen)


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
    return entry | {name: value for name, value in given if value}


def _part(ampoule: Ampoule) -> dict[str, object]:
    """A part of the mixture as the record keeps it; the amount as it was worked out from the strength."""
    milligrams = ampoule.milligrams
    amount = None if milligrams is None else float(milligrams)
    parts = (("volume_ml", ampoule.volume_ml), ("amount_mg", amount), ("lot", ampoule.lot))
    return {"drug": ampoule.substance or ampoule.name, **{name: value for name, value in parts if value}}


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
