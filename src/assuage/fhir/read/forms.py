"""Answers to a form whose items say themselves which entry answers them: those of a diary, of a pathway, of a day.

What stands there because it was filled in from the record is no new word on it and makes no entry. What was not
answered stays unanswered.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from assuage.catalogue.message import message
from assuage.fhir.codes import own_system
from assuage.fhir.extension import PREFILLED, extension_values
from assuage.fhir.forms.items import STATES_IN, FormItem, item_of_link
from assuage.fhir.read.element import ResourcePart
from assuage.fhir.read.reading import FhirReading

Plain = dict[str, Any]


def form_entries(element: ResourcePart, of: FhirReading) -> list[Plain]:
    """The entries of all answers, in their order; all red flags that were checked are one."""
    entries: list[Plain] = []
    flags: Plain | None = None
    for asked, answer in _answered(element, of):
        state = _state(asked, answer)
        if state is None:
            of.say(answer.path, message("fhir-import.no-answer-of-ours"))
            answer.use()
            continue
        entry = asked.entry(state)
        if asked.kind != "flag":
            entries.append(entry)
        elif flags is None:
            flags = entry
            entries.append(flags)
        else:
            flags["flags"] |= entry["flags"]
    return entries


def _answered(element: ResourcePart, of: FhirReading) -> Iterator[tuple[FormItem, ResourcePart]]:
    """The items of ours that are answered anew, with their answers."""
    for each in element.parts("item"):
        yield from _answered(each, of)
        each.use("linkId", "text", "definition")
        asked = item_of_link(str(each.plain.get("linkId", "")))
        answers = each.parts("answer")
        if not answers:
            continue
        if asked is None or len(answers) > 1:
            of.say(f"{each.path}.answer", message("fhir-import.no-answer-of-ours"))
            each.use()
            continue
        (answer,) = answers
        filled_in = _filled_in(answer)
        if filled_in is not None and filled_in == _state(asked, answer):
            of.say(answer.path, message("fhir-import.filled-in"), "told")
            answer.use()
            continue
        yield asked, answer


def _filled_in(answer: ResourcePart) -> str | None:
    """The state that was filled in from the record; None where none was."""
    for extension in answer.parts("extension"):
        if extension.plain.get("url") == PREFILLED:
            extension.use()
            state = (extension_values(extension.plain) or {}).get("state")
            return state if isinstance(state, str) else None
    return None


def _state(asked: FormItem, answer: ResourcePart) -> str | float | None:
    """The state or the number of an answer; None where it is none that the item may have."""
    scale = asked.scale
    if scale is not None:
        value = next(
            (
                number
                for key in ("valueInteger", "valueDecimal")
                if (number := answer.number(key)) is not None
            ),
            None,
        )
        if value is None or not scale.low <= value <= scale.high or (asked.is_whole and value % 1):
            return None
        return value
    coding = answer.part("valueCoding")
    if coding is None or coding.plain.get("system") != own_system(STATES_IN[asked.kind]):
        return None
    code = coding.plain.get("code")
    if code not in asked.states:
        return None
    coding.use()
    return str(code)
