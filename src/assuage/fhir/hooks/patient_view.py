"""The cards of `patient-view`: what must stop, where the patient is and what to leave alone, what to ask.

Three cards at the most, made of the short review: the plan of the day and the judgement of suspects stand on the page
behind the link.
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from typing import cast

from assuage.catalogue.message import Message, Wording, message
from assuage.fhir.hooks.card import Cause, DetailLine, HookCard, alert_line
from assuage.fhir.hooks.understood import NotUnderstood
from assuage.review.model import RestrictionState
from assuage.review.standing import Standing
from assuage.safety.alerts import Alert, as_grave_as
from assuage.terms.therapies import Therapy
from assuage.words.evidence import whose_numbers
from assuage.words.visits import gate_message, leave_message, unread_messages, where_message

ASKED = 6  # questions of a card; the rest is counted (ours)
PARTS = 6  # of what was not understood, by name (ours)


def patient_view_cards(
    here: Standing, lost: Sequence[NotUnderstood] = (), overridden: Container[Cause] = (), elements: int = 0
) -> tuple[HookCard, ...]:
    """The cards of a patient; `overridden` are causes that somebody lately went past: they are counted, not told again.

    What stops is told whatever was overridden. `lost` is what was sent and not understood,
    `elements` how many parts of what was understood are not in the record.
    """
    stops = tuple(alert for alert in here.alerts if alert.tier == "stop")
    cards = [*([stop_card(stops)] if stops else []), _where_card(here)]
    ask = _ask_card(here, lost, overridden, elements)
    return (*cards, *([ask] if ask else []))


def stop_card(stops: Sequence[Alert]) -> HookCard:
    """All that stops, on one card."""
    return HookCard(
        "stop",
        "critical",
        message("hooks.stop", first=stops[0].text, more=len(stops) - 1 or None),
        tuple(alert_line(alert) for alert in stops),
        tuple(alert.cause for alert in stops),
    )


# --- where ------------------------------------------------------------------------------------------


def _where_card(here: Standing) -> HookCard:
    stay, pathway = here.current, here.pathway
    if pathway is None:
        summary = message("where.no-pathway")
        return HookCard(
            "where", "info", summary, (DetailLine(message("hooks.no-pathway")),), (("where", "none"),)
        )
    if stay is None:
        cause = ("where", f"{pathway.id} outside")
        return HookCard("where", "info", message("where.outside"), (), (cause,))
    in_force = [state for state in here.restrictions if state.in_force]
    lines = [DetailLine(where_message(here, stay), is_strong=True)]
    gate = gate_message(here)
    if gate is not None:
        lines.append(DetailLine(gate))
    lines += [leave_line(state, here.on) for state in in_force]
    lines.append(DetailLine(message("hooks.pathway", id=pathway.id, version=pathway.version)))
    summary = message(
        "hooks.where",
        phase=stay.phase,
        date=here.record.date_of(stay.entered),
        day=None if here.record.starts_on else stay.entered,
        leave=_therapies(in_force) or None,
    )
    causes = (
        ("where", f"{pathway.id} {stay.phase.id} {stay.entered}"),
        *((f"leave-{state.restriction.id}", "") for state in in_force),
    )
    return HookCard("where", "info", summary, tuple(lines), causes)


def _therapies(in_force: Sequence[RestrictionState]) -> tuple[Therapy, ...]:
    named = [
        each for state in in_force for each in state.restriction.therapy.parts or (state.restriction.therapy,)
    ]
    return tuple(dict.fromkeys(named))


def leave_line(state: RestrictionState, on: int) -> DetailLine:
    """What is to be left alone, why, on whose word, and whose number its end is."""
    restriction = state.restriction
    bases = restriction.until.number_bases if restriction.until else ()
    return DetailLine(
        message("hooks.leave", leave=leave_message(state, on, False)),
        (
            message("alert.line-why", why=restriction.reason),
            message("hooks.on-whose-word", source=restriction.source, numbers=whose_numbers(bases) or None),
        ),
    )


# --- what to ask ------------------------------------------------------------------------------------


def _ask_card(
    here: Standing, lost: Sequence[NotUnderstood], overridden: Container[Cause], elements: int
) -> HookCard | None:
    asked = [*_asked(here)]
    open_questions = [each for each in asked if each[0] not in overridden]
    held = len(asked) - len(open_questions)
    if not (open_questions or lost):
        return None
    shown = open_questions[:ASKED]
    lines = [line for _, line, _ in shown]
    if lost:
        lines.append(
            DetailLine(
                message("hooks.not-understood", n=len(lost)), tuple(each.what for each in lost[:PARTS])
            )
        )
    if elements:
        lines.append(DetailLine(message("hooks.elements", n=elements)))
    if held:
        lines.append(DetailLine(message("hooks.overridden", n=held)))
    grave = any(is_grave for _, _, is_grave in open_questions)
    first = shown[0][1].what if shown else message("hooks.not-understood", n=len(lost))
    first = first.text if isinstance(first, Alert) else first
    more = len(open_questions) - 1
    return HookCard(
        "ask",
        "warning" if grave else "info",
        message("hooks.ask", first=first, more=more if more > 0 else None),
        tuple(lines),
        (
            *(cause for cause, _, _ in open_questions),
            *((("not-understood", ""),) if lost else ()),
        ),
        more=message("hooks.more-questions", n=len(open_questions) - len(shown))
        if len(open_questions) > len(shown)
        else None,
    )


def _asked(here: Standing) -> Iterator[tuple[Cause, DetailLine, bool]]:
    """What has to be asked, what may be a danger today first: its cause, its line, and whether it is grave."""
    for need in (*here.out_of_limits, *here.against_refusal):
        yield cause_of(need), DetailLine(need, is_strong=True), True
    for told in unread_messages(here.unread):
        yield cause_of(told), DetailLine(told, is_strong=True), True
    asks = [alert for alert in here.alerts if alert.tier == "ask"]
    for alert in asks:
        if as_grave_as(alert.severity, "major"):
            yield alert.cause, alert_line(alert), True
    for gate in here.gates:
        for reading in gate.reading.unknown if gate.leads == "on" else ():
            for need in reading.needs:
                yield cause_of(need), DetailLine(message("hooks.for-gate", need=need, phase=gate.to)), False
    for alert in asks:
        if not as_grave_as(alert.severity, "major"):
            yield alert.cause, alert_line(alert), False


def cause_of(need: Message) -> Cause:
    """What a need is about: its sentence and the names in it, without numbers, that change from day to day."""
    return (need.id, " ".join(sorted(_names(need))))


def _names(value: object) -> Iterator[str]:
    match value:
        case Message():
            for _, inner in value.values:
                yield from _names(inner)
        case Wording():
            yield value.key
        case tuple():
            for inner in cast("tuple[object, ...]", value):
                yield from _names(inner)
        case str():
            yield value
        case _:
            yield str(getattr(value, "id", ""))
