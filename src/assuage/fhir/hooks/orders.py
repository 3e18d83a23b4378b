"""The cards of `order-select` and `order-sign`: what stops an order, what to ask before it, and what nothing reads."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Sequence

from msgspec.structs import replace

from assuage.catalogue.message import Message, message
from assuage.fhir.hooks.card import Cause, DetailLine, HookCard, SuggestedAction, Suggestion, alert_line
from assuage.fhir.hooks.drafts import DraftOrder
from assuage.fhir.hooks.patient_view import PARTS, cause_of, leave_line, stop_card
from assuage.fhir.hooks.understood import NotUnderstood
from assuage.review.model import RestrictionState
from assuage.review.ordered import JudgedOrder, PendingOrder, judged_orders
from assuage.review.standing import Standing
from assuage.review.techniques import TechniqueSignal
from assuage.safety.alerts import Alert

REASONS = 6  # of one order, on the card; the rest is counted (ours)


def order_cards(
    here: Standing,
    drafts: Sequence[DraftOrder],
    beside: Sequence[DraftOrder] = (),
    prescribed: Sequence[DraftOrder] = (),
    lost: Sequence[NotUnderstood] = (),
    overridden: Container[Cause] = (),
) -> tuple[HookCard, ...]:
    """The cards of what is about to be ordered; what else stops for this patient shares the first.

    `beside` are drafts of the same moment that are not asked about, `prescribed` what was prescribed before. Without a
    card everything was read and nothing is raised: that is no all-clear, and no card says that it is one.
    """
    read = [(draft, draft.order) for draft in drafts if draft.order is not None and draft.order.is_read]
    judged = judged_orders(here, [order for _, order in read], _orders(beside), _orders(prescribed))
    pairs = [(draft, each) for (draft, _), each in zip(read, judged, strict=True)]
    cards: list[HookCard] = []
    raised = [alert for each in judged for alert in each.alerts if alert.tier == "stop"]
    stops = _distinct((*raised, *(alert for alert in here.alerts if alert.tier == "stop")))
    if stops:
        back = tuple(_take_back(draft, each.order) for draft, each in pairs if each.tier == "stop")
        cards.append(replace(stop_card(stops), suggestions=back))
    asked = [each for each in judged if _open_causes(each, overridden)]
    if asked:
        cards.append(_ask_card(here, asked, overridden))
    unread = [draft for draft in drafts if draft.why is not None]
    if unread or lost:
        cards.append(_not_checked_card(unread, lost))
    return tuple(cards)


def _orders(drafts: Sequence[DraftOrder]) -> list[PendingOrder]:
    return [draft.order for draft in drafts if draft.order is not None and draft.order.is_read]


def _distinct(alerts: Iterable[Alert]) -> tuple[Alert, ...]:
    """Each cause once, as it was told first."""
    once: dict[Cause, Alert] = {}
    for alert in alerts:
        once.setdefault(alert.cause, alert)
    return tuple(once.values())


def _take_back(draft: DraftOrder, order: PendingOrder) -> Suggestion:
    """The suggestion to take a draft back: a person chooses."""
    text = message("hooks.take-back", order=order.written)
    return Suggestion(text, (SuggestedAction("delete", text, reference=draft.reference),))


# --- what to ask first ------------------------------------------------------------------------------


def _ask_card(here: Standing, judged: Sequence[JudgedOrder], overridden: Container[Cause]) -> HookCard:
    lines: list[DetailLine] = []
    causes: list[Cause] = []
    held = 0
    for each in judged:
        reasons = list(_reasons(here, each))
        told = [(cause, line) for cause, line in reasons if cause not in overridden]
        held += len(reasons) - len(told)
        causes += [cause for cause, _ in told]
        lines.append(DetailLine(message("hooks.order", order=each.order.written), is_strong=True))
        lines += [line for _, line in told[:REASONS]]
        if len(told) > REASONS:
            lines.append(DetailLine(message("hooks.more-reasons", n=len(told) - REASONS)))
    if held:
        lines.append(DetailLine(message("hooks.overridden", n=held)))
    first = next(line for _, line in _reasons(here, judged[0]) if _ not in overridden)
    what = first.what.text if isinstance(first.what, Alert) else first.what
    summary = message(
        "hooks.order-ask", order=judged[0].order.written, first=what, more=len(causes) - 1 or None
    )
    return HookCard("order", "warning", summary, tuple(lines), tuple(causes))


def _open_causes(judged: JudgedOrder, overridden: Container[Cause]) -> bool:
    return any(cause not in overridden for cause, _ in _reasons(None, judged))


def _reasons(here: Standing | None, judged: JudgedOrder) -> Iterator[tuple[Cause, DetailLine]]:
    """What speaks against an order or is asked first, but for what stops it: the gravest first."""
    on = 0 if here is None else here.on
    written = judged.order.written
    for need in judged.against:
        yield (need.id, written), DetailLine(message("hooks.against", reason=need))
    if judged.signal is not None:
        yield (judged.signal.reason, written), _signal_line(judged.signal, on)
    for alert in judged.alerts:
        if alert.tier == "ask":
            yield (alert.id, f"{alert.subject} {written}".strip()), alert_line(alert)
    for need in judged.asks:
        key, names = cause_of(need)
        yield (key, f"{names} {written}".strip()), DetailLine(message("hooks.first", need=need))


def _signal_line(signal: TechniqueSignal, on: int) -> DetailLine:
    """What the pathway says of a technique."""
    if isinstance(signal.why, RestrictionState):
        return leave_line(signal.why, on)
    return DetailLine(message("hooks.technique", therapy=signal.therapy, why=signal.why))


# --- what nothing reads -----------------------------------------------------------------------------


def _not_checked_card(unread: Sequence[DraftOrder], lost: Sequence[NotUnderstood]) -> HookCard:
    """What was ordered or sent and is in no check: a drug that nothing reads is a hole, and warns."""
    lines = [DetailLine(draft.why) for draft in unread if draft.why is not None]
    whys: tuple[Message, ...] = tuple(draft.why for draft in unread if draft.why is not None)
    if lost:
        parts = tuple(each.what for each in lost[:PARTS])
        lines.append(DetailLine(message("hooks.not-understood", n=len(lost)), parts))
    first = whys[0] if whys else message("hooks.not-understood", n=len(lost))
    rest = len(unread) + bool(lost) - 1
    causes = (
        *(("not-read", draft.reference) for draft in unread),
        *((("not-understood", ""),) if lost else ()),
    )
    is_hole = any(draft.is_drug for draft in unread)
    return HookCard(
        "not-checked",
        "warning" if is_hole else "info",
        message("hooks.not-checked", first=first, more=rest or None),
        tuple(lines),
        causes,
    )
