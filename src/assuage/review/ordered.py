"""What somebody is about to order, held against a record: by the same checks as a proposal of the plan.

Nothing is decided here: what forbids it, what has to be asked first, and what nothing reads. An order is not taken yet;
other orders of the same moment count beside it as if they were.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import timedelta
from functools import cached_property

from msgspec import Struct
from msgspec.structs import replace

from assuage.catalogue.message import Message, message
from assuage.engine.reference import View
from assuage.pathways.actions import Perform, Start
from assuage.pathways.guideline import silent_on
from assuage.pathways.model import Recommendation, Role
from assuage.record.doses import Dose
from assuage.review.given import new_alerts, with_given, without_given
from assuage.review.model import PlanItem
from assuage.review.proposal import Proposal
from assuage.review.standing import Standing
from assuage.review.techniques import TechniqueSignal, technique_signal
from assuage.safety.alerts import Alert, Tier, most_urgent_first
from assuage.safety.consent import consent_given
from assuage.safety.known import NEEDLE, situation, still_in_the_body
from assuage.safety.situation import RegimenLine, lines_named, procedure_id
from assuage.terms.answers import YES
from assuage.terms.drug_names import find_drug
from assuage.terms.drugs import Drug
from assuage.terms.sources import OURS
from assuage.terms.therapies import Pressure, Therapy, find_therapy, what_was_done

# What an order says of alerts is said by the alerts themselves.
_SAID_BY_ALERTS = frozenset({"withheld.alert", "need.alert-judged"})
_SAID_BY_REASONS = frozenset({"technique.refused", "technique.maybe-refused"})
_CONSENT = "consent_missing"


class PendingOrder(Struct, frozen=True):
    """A drug or a therapy that is about to be ordered: as it was written, and what was read of it (nothing: unread)."""

    written: str
    drug: Drug | None = None
    lines: tuple[RegimenLine, ...] = ()
    therapy: Therapy | None = None

    @property
    def is_read(self) -> bool:
        """Whether anything was read of it."""
        return self.drug is not None or self.therapy is not None

    @property
    def given(self) -> tuple[RegimenLine, ...]:
        """All that it puts into the body: drugs and the procedure."""
        known = procedure_id(self.therapy.id) if self.therapy else None
        if known is None or self.therapy is None:
            return self.lines
        return (*self.lines, RegimenLine(known, self.therapy.title, (), "procedure"))


class JudgedOrder(Struct, frozen=True):
    """An order, the alerts it raises, what else forbids it, what is to be asked first, and what the phase says."""

    order: PendingOrder
    alerts: tuple[Alert, ...] = ()
    against: tuple[Message, ...] = ()
    asks: tuple[Message, ...] = ()
    signal: TechniqueSignal | None = None

    @property
    def tier(self) -> Tier:
        """`stop` where a rule stops it, `ask` where anything is said of it, else `note`."""
        if any(alert.tier == "stop" for alert in self.alerts):
            return "stop"
        return "ask" if self.alerts or self.against or self.asks or self.signal else "note"


def ordered_drug(name: str, doses: tuple[Dose, ...] = (), route: str = "oral") -> PendingOrder:
    """The order of a drug by any of its names; one that nothing reads, where no rule knows the name."""
    return PendingOrder(name, find_drug(name), lines_named(name, doses, route))


def ordered_therapy(name: str, pressure: Pressure | None = None) -> PendingOrder:
    """The order of a therapy by any of its names; the pressure settles whether a massage is a deep one."""
    therapy = find_therapy(name)
    if therapy is not None and pressure is not None:
        certain, _ = what_was_done(name, pressure)
        named = [find_therapy(each) for each in certain if each != therapy.id]
        therapy = next((each for each in named if each is not None), therapy)
    return PendingOrder(name, None, (), therapy)


def judged_orders(
    here: Standing,
    orders: Sequence[PendingOrder],
    beside: Sequence[PendingOrder] = (),
    prescribed: Sequence[PendingOrder] = (),
) -> tuple[JudgedOrder, ...]:
    """Each order as it is judged: beside all that is taken, the other orders, and those `beside` them.

    `prescribed` is what somebody prescribed and nobody says is taken: what it would raise is asked, never more.
    """
    return tuple(
        _judged(here, order, [*orders[:at], *orders[at + 1 :], *beside], prescribed)
        for at, order in enumerate(orders)
    )


def _judged(
    here: Standing, order: PendingOrder, others: Sequence[PendingOrder], prescribed: Sequence[PendingOrder]
) -> JudgedOrder:
    if not order.is_read:
        return JudgedOrder(order)
    alerts = _alerts(here, order, others)
    proposal = _proposal(here, order)
    against = tuple(each for each in proposal.against() if each.id not in _SAID_BY_ALERTS)
    asks = [each for each in proposal.to_clear() if each.id not in _SAID_BY_ALERTS]
    known = {alert.cause for alert in alerts}
    if_taken = [
        replace(alert, tier="ask", text=message("alert.if-taken", alert=alert.text, drugs=_names(prescribed)))
        for alert in _alerts(here, order, (*others, *prescribed))
        if alert.cause not in known
    ]
    signal = None if order.therapy is None else technique_signal(here, order.therapy)
    if signal is not None and (signal.signal == "green" or signal.reason in _SAID_BY_REASONS):
        signal = None
    needle = order.therapy is not None and order.therapy.needle
    # Of the needle of mesotherapy a rule says so itself.
    if (
        needle
        and all(line.substance != NEEDLE for line in order.given)
        and not consent_given(here.timeline, here.on)
    ):
        asks.insert(0, message("need.consent-to-needle", therapy=order.therapy))
    return JudgedOrder(order, most_urgent_first((*alerts, *if_taken)), against, tuple(asks), signal)


def _names(orders: Iterable[PendingOrder]) -> tuple[str, ...]:
    return tuple(order.written for order in orders)


def _alerts(here: Standing, order: PendingOrder, others: Sequence[PendingOrder]) -> tuple[Alert, ...]:
    """The alerts of the tiers stop and ask that the order raises beside all that there is without it."""
    timeline, day, given = here.timeline, here.on, order.given
    lingering = still_in_the_body(timeline, day, {line.substance for line in given if line.substance})
    without = without_given(situation(timeline, day), (given,), lingering)
    there = {line.substance for line in without.regimen}
    taken = [line for other in others for line in other.lines if line.substance not in there]
    without = replace(without, regimen=(*without.regimen, *dict.fromkeys(taken)))
    doing = with_given(timeline, day, without, (given,))
    if any(line.substance == NEEDLE for line in doing.procedures) and _CONSENT not in doing.conditions:
        # An order is where consent is asked for; what is documented nowhere is missing, as in the plan of a session.
        doing = replace(doing, conditions={**doing.conditions, _CONSENT: YES})
    return new_alerts(timeline, without, doing)


class _OrderProposal(Proposal, frozen=True, dict=True):
    """An order as a proposal: what it gives is what was written, in whatever dose."""

    order: PendingOrder = PendingOrder("")

    @cached_property
    def lines(self) -> tuple[RegimenLine, ...]:
        """The drugs that were ordered."""
        return self.order.lines


def _proposal(here: Standing, order: PendingOrder) -> Proposal:
    action = Start(order.drug, ()) if order.drug else None
    if order.therapy is not None:
        action = Perform(order.therapy, (), timedelta(days=1), None)
    assert action is not None, "an order that nothing reads is not judged"
    recommendation = Recommendation(
        "order", action, Role.PHYSICIAN, "", OURS, silent_on(order.written), numbers=OURS
    )
    text = message("plan.recommended", action=action)
    verb = "start" if order.drug else "perform"
    item = PlanItem(recommendation, "now", verb, order.written, text, message("plan.when.now"))
    view = View(here.timeline, here.on, started=0, entered=None)
    if here.walk is not None:
        view = here.walk.view(here.on)
    return _OrderProposal(view, item, riddles=here.unread, order=order)
