"""An assessment and the questions of the day as a form sends them, made into entries; what is left open is unknown."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from django.http import QueryDict

from assuage.catalogue.message import Message, Wording, message
from assuage.clinic.typed import typed_number
from assuage.errors import Problem, Problems
from assuage.instruments import INSTRUMENTS
from assuage.instruments.model import Instrument, Item
from assuage.review.first_questions import FirstQuestion, conditions_settled
from assuage.terms.red_flags import RED_FLAGS

MOST_CHOICES: Final = 12  # levels of an item that are shown as buttons; a longer range is typed (ours)
_STATES: Final = {
    "finding": ("present", "absent", "unknown"),
    "symptom": ("present", "absent"),
    "consent": ("given", "refused"),
    "check": ("present", "absent", "unknown"),
}


def levels_of(item: Item) -> tuple[int, ...]:
    """The answers of an item as buttons; empty where its range is too long for that."""
    if item.values:
        return item.values
    return tuple(range(item.low, item.high + 1)) if item.high - item.low < MOST_CHOICES else ()


def shippable() -> tuple[Instrument, ...]:
    """The instruments with items, by title: of those that are not free the items are numbers without wording."""
    with_items = [each for each in INSTRUMENTS.values() if each.items]
    return tuple(sorted(with_items, key=lambda each: each.title))


def answers_of_form(instrument: Instrument, typed: QueryDict) -> dict[str, object]:
    """The `answers` entry. Raises Problems where nothing was answered at all."""
    if instrument.reader == "sites":
        return _sites(instrument, typed)
    items = {
        item.id: typed_number(typed.get(f"item-{item.id}", ""))
        for item in instrument.items
        if typed.get(f"item-{item.id}", "").strip()
    }
    if not items:
        raise Problems("assessment", [Problem(instrument.title, message("clinic.nothing-answered"))])
    return {"kind": "answers", "instrument": instrument.id, "items": items}


def _sites(instrument: Instrument, typed: QueryDict) -> dict[str, object]:
    """Painful sites; that nowhere hurts has to be said, an empty map is no answer."""
    sites, nowhere = typed.getlist("site"), bool(typed.get("nowhere"))
    if nowhere and sites:
        raise Problems("assessment", [Problem(instrument.title, message("clinic.nowhere-and-somewhere"))])
    if not nowhere and not sites:
        raise Problems("assessment", [Problem(instrument.title, message("clinic.nothing-answered"))])
    return {"kind": "answers", "instrument": instrument.id, "sites": sites}


# --- the questions of the day -----------------------------------------------------------------------


def answerable(
    questions: tuple[FirstQuestion, ...],
) -> Iterator[tuple[str, Message | Wording | str, tuple[str, ...]]]:
    """Each question that a choice answers: the name of its field, what is asked, the answers there are.

    A check of red flags is one question a flag. What is measured or judged has pages of its own.
    """
    for question in questions:
        if question.kind == "check":
            for flag in question.what.split():
                yield f"check:{flag}", RED_FLAGS[flag].wording, _STATES["check"]
        elif question.kind in _STATES:
            yield f"{question.kind}:{question.what}", question.title, _STATES[question.kind]


def answered_entries(
    questions: tuple[FirstQuestion, ...], typed: Mapping[str, str]
) -> list[dict[str, object]]:
    """The entries of what was answered; a question without an answer makes none. Raises Problems where none was."""
    entries: list[dict[str, object]] = []
    flags: dict[str, object] = {}
    for name, _, states in answerable(questions):
        kind, _, what = name.partition(":")
        state = typed.get(name, "")
        if state not in states:
            continue
        match kind:
            case "check":
                flags[what] = state
            case "consent":
                entries.append({"kind": "consent", "for": what, "state": state})
            case _:
                settled = conditions_settled(what) if kind == "finding" else (what,)
                more: dict[str, object] = {"method": "history"} if kind == "finding" else {}
                entries += [{"kind": kind, "what": each, "state": state, **more} for each in settled]
    if flags:
        entries.append({"kind": "red_flag_check", "flags": flags})
    if not entries:
        raise Problems("assessment", [Problem("questions", message("clinic.nothing-answered"))])
    return entries
