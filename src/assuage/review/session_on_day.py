"""A session with the needle as it is planned for a patient whose record is known, worked out before it is done."""

from __future__ import annotations

from msgspec import Struct
from msgspec.structs import replace

from assuage.record.timeline import Timeline
from assuage.review.ordered import JudgedOrder, judged_orders, ordered_therapy
from assuage.review.standing import Standing
from assuage.safety.consent import consent_given
from assuage.safety.known import situation
from assuage.safety.planned_session import Planned
from assuage.safety.session import SessionPlan, plan_session
from assuage.terms.answers import NO, UNKNOWN, YES, Answer
from assuage.terms.therapies import MESOTHERAPY


class SessionOnDay(Struct, frozen=True):
    """The session worked out beside the record, and what the plan of the day says of it."""

    plan: SessionPlan
    order: JudgedOrder
    number: int
    consented: Answer

    @property
    def is_stopped(self) -> bool:
        """Whether a rule stops it, of the mixture or of the day."""
        return any(alert.tier == "stop" for alert in (*self.plan.alerts, *self.order.alerts)) or bool(
            self.order.against
        )


def session_on_day(here: Standing, planned: Planned) -> SessionOnDay:
    """The plan with what the record knows: allergies, drugs, flags, consent, which session it is and days since.

    What the record knows of consent outweighs what a form says of it.
    """
    timeline, day = here.timeline, here.on
    before = [entry for entry, sure in timeline.exposures(MESOTHERAPY, day) if sure]
    consented = _consented(timeline, day)
    numbers = [entry.number for entry in before if entry.number is not None]
    number = max([len(before), *numbers], default=0) + 1
    planned = replace(
        planned,
        consent=consented,
        number=number if planned.number is None else planned.number,
        days_since_last=day - before[-1].day if before else None,
        regimen=() if timeline.medication_recorded(day) else None,
        country=here.settings.country,
    )
    order = judged_orders(here, [ordered_therapy(MESOTHERAPY.id)])[0]
    return SessionOnDay(plan_session(planned, situation(timeline, day)), order, number, consented)


def _consented(timeline: Timeline, day: int) -> Answer:
    """Whether consent to the needle is documented: refused or withdrawn is no, silence is unknown."""
    if consent_given(timeline, day):
        return YES
    refused = any(consent.state != "given" for consent in timeline.consents(day))
    return NO if refused else UNKNOWN
