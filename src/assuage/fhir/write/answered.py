"""Answers to an instrument as a QuestionnaireResponse: what was not answered has no answer, and is no zero."""

from __future__ import annotations

from assuage.fhir.codes import json_number, own_coding
from assuage.fhir.write.writing import Resource, Writing, words
from assuage.record.entries import AnswersEntry, ItemValue

QUESTIONNAIRE = "urn:assuage:questionnaire:"
SITES_ITEM = "sites"
ABOUT_ITEM = "about"  # what a form says before its questions


def answers_resource(entry: AnswersEntry, of: Writing) -> Resource:
    """The items that were asked, with their answers; of the painful sites each is one, and `none` is an answer."""
    items = [_item(name, value) for name, value in entry.items.items()]
    if entry.sites is not None:
        given = [{"valueCoding": own_coding("site", site)} for site in entry.sites or ("none",)]
        items.append({"linkId": SITES_ITEM, "answer": given})
    return {
        "resourceType": "QuestionnaireResponse",
        "questionnaire": f"{QUESTIONNAIRE}{entry.instrument}",
        "status": of.status(entry, "completed", "in-progress"),
        "subject": of.subject,
        **of.dated(entry, "authored"),
        **of.said_by(entry, "source"),
        "item": items,
    }


def _item(name: str, value: ItemValue) -> Resource:
    match value:
        case None:
            return {"linkId": name}
        case bool():
            answer: Resource = {"valueBoolean": value}
        case str():
            if words(value) is None:
                return {"linkId": name}
            answer = {"valueString": value}
        case int() | float():
            whole = json_number(value)
            answer = {"valueInteger" if isinstance(whole, int) else "valueDecimal": whole}
    return {"linkId": name, "answer": [answer]}
