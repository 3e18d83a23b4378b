"""A prescription before it is stored: read from one line, judged beside all that is taken, then confirmed as judged."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final
from uuid import UUID

from msgspec import Struct

from assuage.catalogue.message import Message, message
from assuage.clinic.confirmed import content_shown, token_of_shown
from assuage.clinic.course.actions import write_as_clinician
from assuage.clinic.people.gate import Opened, writes
from assuage.clinic.people.rights import Act
from assuage.clinic.plan.actions import LEAST_REASON
from assuage.clinic.store.actions import Saved
from assuage.clinic.store.queries import stored_standing
from assuage.errors import Problem, Problems
from assuage.record.doses import Dose
from assuage.review.ordered import JudgedOrder, judged_orders, ordered_drug
from assuage.safety.regimen_text import read_regimen
from assuage.safety.situation import RegimenLine

_SALT: Final = "assuage.clinic.prescription"
_HOLDS: Final = 15 * 60  # seconds for which what was judged can be confirmed (ours)


class Prescription(Struct, frozen=True):
    """What was typed, as it was read and judged; `token` proves to the next request what was shown."""

    text: str
    lines: tuple[RegimenLine, ...]
    judged: tuple[JudgedOrder, ...]
    token: str

    @property
    def stops(self) -> bool:
        """Whether a rule stops one of its drugs: then it takes a reason."""
        return any(each.tier == "stop" or each.against for each in self.judged)

    @property
    def unread(self) -> tuple[str, ...]:
        """The names that no rule reads: they can be stored, and the review names them as unread."""
        return tuple(each.order.written for each in self.judged if not each.order.is_read)


def judge_prescription(opened: Opened, text: str) -> Prescription:
    """The line as read, and what is known against it. Raises Problems for a line that cannot be read."""
    lines, problems = read_regimen(text)
    if problems or not lines:
        nothing = [Problem("drug", message("clinic.no-drug"))]
        raise Problems("prescription", list(problems) or nothing)
    orders = [ordered_drug(line.name, line.doses, line.route) for line in lines]
    judged = judged_orders(stored_standing(opened.record, opened.today), orders)
    return Prescription(text, lines, judged, token_of_shown(opened, text, _SALT))


@writes(Act.WRITE_MEDICINE)
def prescribe(opened: Opened, text: str, token: str, *, do: str, because: str, uid: UUID, seen: int) -> Saved:
    """The drugs of the line, started or changed as they were judged. Raises Problems, StaleHead.

    Only what was shown can be confirmed: the token names the record, its head, the day and the line.
    """
    if content_shown(opened, token, _SALT, seen=seen, holds=_HOLDS) != text:
        raise Problems("prescription", [Problem("drug", message("clinic.not-judged"))])
    judged = judge_prescription(opened, text)
    if judged.stops and len(because.strip()) < LEAST_REASON:
        raise Problems(
            "prescription", [Problem("because", message("clinic.reason-too-short", n=LEAST_REASON))]
        )
    if do not in ("start", "change"):
        raise Problems("prescription", [Problem("do", message("clinic.no-act-chosen"))])
    entries = [_entry(line, do, because) for line in judged.lines]
    return write_as_clinician(opened, entries, act=f"{do}-medicine", uid=uid, seen=seen)


@writes(Act.WRITE_MEDICINE)
def stop_medicine(opened: Opened, drug: str, because: str, *, uid: UUID, seen: int) -> Saved:
    """The drug stopped today, with the reason."""
    entry: dict[str, object] = {"kind": "medication", "drug": drug, "do": "stop"}
    if because.strip():
        entry["because"] = because.strip()
    return write_as_clinician(opened, [entry], act="stop-medicine", uid=uid, seen=seen)


def _entry(line: RegimenLine, do: str, because: str) -> dict[str, object]:
    entry: dict[str, object] = {"kind": "medication", "drug": line.name, "do": do}
    if line.doses:
        entry["doses"] = list(_doses(line.doses))
    if line.route:
        entry["route"] = line.route
    if because.strip():
        entry["because"] = because.strip()
    return entry


def _doses(doses: Iterable[Dose]) -> Iterable[dict[str, object]]:
    for each in doses:
        parts = (("amount", each.amount), ("unit", each.unit), ("when", each.when), ("low", each.low))
        yield {name: value for name, value in parts if value is not None}


def order_messages(judged: JudgedOrder) -> tuple[Message, ...]:
    """What forbids an order and what is to be asked first, beside its alerts."""
    return (*judged.against, *judged.asks)
