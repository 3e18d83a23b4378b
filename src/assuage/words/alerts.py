"""Alerts as they are said, and the numbers in them. A STOP in another language has its English beside it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction
from typing import cast

from assuage.catalogue.languages import ORIGINAL
from assuage.catalogue.message import Message, Wording, message
from assuage.catalogue.read import Catalogue, is_term
from assuage.catalogue.sentence import Sentence
from assuage.safety.alerts import Alert, conditions_as_one
from assuage.safety.amounts import shown_amount
from assuage.safety.coverage import PairCoverage
from assuage.safety.formulary import wordings


def in_words(speaking: Catalogue, value: object) -> Sentence | None:
    """What an alert says, and an exact amount as people write it; None for anything else."""
    match value:
        case Alert():
            return alert_text(speaking, value)
        case Fraction():
            return Sentence.of(speaking.number(float(shown_amount(value)), exact=True), speaking.language)
        case _:
            return None


def alerts_for(speaking: Catalogue, alerts: Iterable[Alert]) -> tuple[Alert, ...]:
    """The alerts that this reader is told: a patient those with something for a patient to do."""
    if speaking.reader != "patient":
        return tuple(alerts)
    return tuple(alert for alert in alerts if for_patient(alert) is not None)


def coverage_messages(coverage: PairCoverage) -> Iterator[Message]:
    """How many pairs of what is taken a rule knows, and what no rule of pairs names: a pair without one is not safe."""
    if coverage.unknown:
        yield message("regimen.pairs-known", known=coverage.known, n=coverage.pairs)
    if coverage.unruled or coverage.unread:
        yield message("regimen.in-no-pair-rule", drugs=(*wordings(coverage.unruled), *coverage.unread))


def told_together(alerts: Iterable[Alert]) -> Iterator[Alert]:
    """The alerts as a patient is told them: of a drug that several conditions stop, which of them one.

    The weeks of a pregnancy exclude each other; told one by one they would read as if each were so.
    """
    groups: dict[object, list[Alert]] = {}
    for alert in alerts:
        key: object = alert.cause
        if alert.text.id == "alert.condition" and alert.tier == "stop":
            key = (str(dict(alert.text.values)["drugs"]), str(_held(alert)))
        groups.setdefault(key, []).append(alert)
    for group in groups.values():
        yield conditions_as_one(*group) if group[0].text.id == "alert.condition" else group[0]


def alerts_with_reasons(speaking: Catalogue, alerts: Iterable[Alert]) -> tuple[Alert, ...]:
    """The alerts whose reasons this reader is told: a patient's say all there is to do in themselves."""
    return () if speaking.reader == "patient" else tuple(alerts)


def alert_text(speaking: Catalogue, alert: Alert) -> Sentence:
    """What the alert says; a STOP with its English beside it until everything in it was signed in this language."""
    text = for_patient(alert) if speaking.reader == "patient" else None
    return _said(speaking, alert, text or alert.text)


def alert_action(speaking: Catalogue, alert: Alert) -> Sentence | None:
    """What is to be done, in the same way; None where nothing is."""
    return None if alert.action is None else _said(speaking, alert, alert.action)


def messages_below(speaking: Catalogue, alert: Alert) -> Iterator[Message]:
    """What stands below an alert: why, what to do, the details, the sources with how far they were checked."""
    yield message("alert.line-why", why=alert.because)
    action = alert_action(speaking, alert)
    if action is not None:
        yield message("alert.line-do", what=action)
    for detail in alert.details:
        yield message("alert.line-detail", detail=detail)
    if alert.sources:
        keys = tuple(source.key for source in alert.sources)
        yield message("alert.line-source", sources=keys, caution=alert.caution)


def for_patient(alert: Alert) -> Message | None:
    """What a patient is told, with what to do, whom to call and how soon; None where only the clinician can act.

    Red flags, stops and medicines that are taken together and can do grave harm have something for the patient. What
    is to be asked, examined or mixed is the clinician's.
    """
    values = dict(alert.text.values)
    match alert.text.id:
        case "alert.flag":
            return message("patient.flag", flag=values["flag"], do=alert.action)
        case "alert.flag-to-exclude":
            return message("patient.flag-to-exclude", **values, do=alert.action)
        case "alert.interaction" if alert.tier == "stop":
            return message("patient.interaction", who=values["who"], held=_held(alert))
        case "alert.interaction" if alert.severity == "major":
            return message("patient.interaction-major", who=values["who"])
        case "alert.condition" if alert.tier == "stop":
            return message("patient.condition", **values, held=_held(alert))
        case "alert.conditions" if alert.tier == "stop":
            conditions, drugs = values["conditions"], values["drugs"]
            return message("patient.condition", drugs=drugs, condition=conditions, held=_held(alert))
        case "alert.from-memory" if alert.severity == "contraindicated":
            asked = values["alert"]
            if not isinstance(asked, Message) or asked.id != "alert.condition":
                return None
            return message("patient.condition-perhaps", **dict(asked.values), held=_held(alert))
        case "alert.burden" if alert.tier == "stop":
            return message("patient.dose", **values)
        case "alert.stopped-at-once" if alert.tier == "stop":
            return message("patient.pump-stopped", drug=values["drug"], day=values["day"])
        case "alert.stopped-at-once" if alert.tier == "ask":
            return message("patient.stopped-at-once", drug=values["drug"], day=values["day"])
        case "alert.allergy" | "alert.reaction":
            return message("patient.allergy", drug=values["drug"])
        case _:
            return None


def _held(alert: Alert) -> Message | None:
    """What a patient is told of a drug that must not be left off at once."""
    told = next((each for each in alert.details if each.id == "alert.not-at-once"), None)
    return None if told is None else message("patient.not-at-once", drugs=dict(told.values)["drugs"])


def reason_against(speaking: Catalogue, reason: Message) -> Message:
    """Why something is withheld, as this reader is told it.

    A patient is told the reason alone: nobody gives it, so there is nothing to do about it.
    """
    alert = dict(reason.values).get("alert")
    if speaking.reader != "patient" or not isinstance(alert, Alert):
        return reason
    values = dict(alert.text.values)
    match alert.text.id:
        case "alert.interaction":
            return message("patient.withheld-interaction", who=values["who"])
        case "alert.condition":
            return message("patient.withheld-condition", **values)
        case "alert.burden":
            return message("patient.withheld-dose", drugs=values["drugs"])
        case "alert.allergy" | "alert.reaction":
            return message("patient.withheld-allergy", drug=values["drug"])
        case _:
            return message("patient.withheld-by-rules")


def _said(speaking: Catalogue, alert: Alert, value: Message | Wording) -> Sentence:
    text = speaking.value(value)
    if alert.tier != "stop" or signed(speaking, value):
        return text
    english = Catalogue(ORIGINAL, speaking.reader, speaking.render).value(value)
    if text == english:
        return text
    return speaking.say(message("alert.beside-english", text=text, english=english))


def signed(speaking: Catalogue, value: object) -> bool:
    """Whether a named person has checked every sentence and every text of a table that saying this value takes.

    English is the original and needs no signature; numbers and what a person wrote are in no catalogue.
    """
    return all(speaking.checked(entry) for entry in _entries(speaking, value))


def _entries(speaking: Catalogue, value: object) -> Iterator[str | Wording]:
    """All entries that saying a value takes: the ids of sentences, and the texts of tables."""
    match value:
        case Message(id, values):
            yield id
            for _, inner in values:
                yield from _entries(speaking, inner)
        case Wording():
            yield value
        case _ if is_term(value):
            yield value.wording
        case tuple() | list():
            for inner in cast("tuple[object, ...]", value):
                yield from _entries(speaking, inner)
        case str() | int() | float() | None:
            pass
        case _:
            rendered = None if speaking.render is None else speaking.render(speaking, value)
            if rendered is not None:
                yield from _entries(speaking, rendered)
