"""What of a form a record may fill in beforehand.

Only what was found and consented to, as long as it holds, and marked as such. How bad something is, whether it is felt,
and whether a danger is there is asked each time.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from assuage.fhir.codes import own_coding
from assuage.fhir.extension import PREFILLED, written
from assuage.fhir.forms.forms import Form
from assuage.fhir.forms.items import STATES_IN, FormItem
from assuage.fhir.forms.questionnaire import canonical_of
from assuage.fhir.write.writing import Writing
from assuage.instruments.model import Instrument
from assuage.record.entries import AnyEntry
from assuage.record.timeline import Timeline
from assuage.safety.known import known_conditions
from assuage.terms.answers import ANSWER_OF_STATE, UNKNOWN, Answer

Plain = dict[str, Any]
# A state, and the entry that says it.
Stated = tuple[str, AnyEntry]


def populated(
    form: Form | Instrument, timeline: Timeline, day: int, of: Writing, authored: str | None = None
) -> Plain:
    """The response with what the record knows on a day, marked as filled in; all else is left to be answered."""
    items: list[Plain] = []
    if isinstance(form, Form):
        known = known_conditions(timeline, day)
        stated = {each.link: _stated(each, timeline, day, known) for each in form.items}
        for kind in dict.fromkeys(each.kind for each in form.items):
            inner = [_item(each, stated[each.link], of) for each in form.items if each.kind == kind]
            items.append({"linkId": kind, "item": inner})
    return {
        "resourceType": "QuestionnaireResponse",
        "questionnaire": canonical_of(form),
        "status": "in-progress",
        "subject": of.subject,
        **({} if authored is None else {"authored": authored}),
        **({"item": items} if items else {}),
    }


def _stated(asked: FormItem, timeline: Timeline, day: int, known: Mapping[str, Answer]) -> Stated | None:
    """What may be filled in of an item: the last word on it, where that is what is known on the day."""
    match asked.kind:
        case "consent":
            words = [each for each in timeline.consents(day) if each.purpose == asked.what]
            return (words[-1].state, words[-1]) if words else None
        case "finding":
            findings = [
                each
                for each in timeline.findings(day)
                if asked.what in {condition.id for condition in each.conditions}
            ]
            if not findings:
                return None
            state = findings[-1].state
            answer = ANSWER_OF_STATE.get(state, UNKNOWN)
            holds = answer is not UNKNOWN and known.get(asked.what, UNKNOWN) is answer
            return (state, findings[-1]) if holds and state in asked.states else None
        case _:
            return None


def _item(asked: FormItem, stated: Stated | None, of: Writing) -> Plain:
    if stated is None:
        return {"linkId": asked.link}
    state, entry = stated
    when = of.when(entry)
    marked = {"state": state, "said": when} if when is not None else {"state": state, "day": entry.day}
    answer = {
        "extension": [written(PREFILLED, marked)],
        "valueCoding": own_coding(STATES_IN[asked.kind], state),
    }
    return {"linkId": asked.link, "answer": [answer]}
