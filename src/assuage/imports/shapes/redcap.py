"""REDCap: a row a record or event, columns `field___code` of checkboxes, `form_complete` after a form."""

from __future__ import annotations

import re

from assuage.catalogue.message import message
from assuage.imports.shapes.draft import Draft
from assuage.imports.shapes.shape import KnownShape
from assuage.imports.shapes.surveys import add_choice, add_questions, person_column, put_day_of_form
from assuage.imports.tables.source import SourceTable

_CHECKBOX = "___"
_COMPLETE = "_complete"
_DONE = ["2", "Complete"]
_ROWS = (
    "redcap_event_name",
    "redcap_repeat_instrument",
    "redcap_repeat_instance",
    "redcap_data_access_group",
)
# An export with labels has these names instead.
_LABELLED = ("event name", "repeat instrument", "repeat instance", "data access group", "survey identifier")
_PLATFORM = frozenset((*_ROWS, "redcap_survey_identifier", *_LABELLED))
_COMPLETES = (_COMPLETE, "complete?")
_CHOICE = re.compile(r"(.*?)\s*\(choice=(.*)\)")


def _fits(table: SourceTable) -> bool:
    keys = table.keys
    states = {cell.casefold() for key in keys if key.endswith(_COMPLETES) for cell in table.column(key)}
    completed = bool(states) and states <= {"0", "1", "2", "incomplete", "unverified", "complete"}
    checkboxes = any(_checkbox(key) for key in keys)
    by_names = bool((_PLATFORM - set(_LABELLED)) & set(keys))
    return by_names or (completed and (checkboxes or keys[0].endswith("_id")))


def _checkbox(header: str) -> tuple[str, str] | None:
    """The question and the choice of a checkbox, `sites___neck` or `Where? (choice=Neck)`; None for other columns."""
    question, mark, choice = header.partition(_CHECKBOX)
    if mark:
        return question, choice
    labelled = _CHOICE.fullmatch(header)
    return None if labelled is None else (labelled[1], labelled[2])


def _draft(table: SourceTable, patient: str | None) -> Draft:
    draft = Draft({"layout": "day"})
    person = person_column(table, _PLATFORM) or table.headers[0]
    draft.whose(patient, person)
    if patient is not None:
        draft.leave(person, message("shape.left-patient"))
    forms: dict[str, dict[str, object]] = {}
    questions: list[str] = []
    of_form: list[str] = []
    for header in table.headers:
        key = header.lower()
        if key == person.lower():
            continue
        if key in _PLATFORM or key.endswith("_timestamp"):
            draft.leave(header, message("shape.left-platform"))
        elif key.endswith(_COMPLETES):
            forms |= {each: {header: _DONE} for each in of_form}
            of_form = []
            draft.leave(header, message("shape.left-form-state"))
        else:
            of_form.append(header)
            questions.append(header)
    day = put_day_of_form(draft, table, [], [each for each in questions if not _checkbox(each)])
    plain = [header for header in questions if not _checkbox(header) and header != day]
    add_questions(draft, table, plain, forms)
    for header in questions:
        ticked = _checkbox(header)
        if ticked is not None:
            question, choice = ticked
            also = {"when": forms[header]} if header in forms else {}
            add_choice(draft, header, question, choice, "", **also)
    return draft


REDCAP = KnownShape(
    "redcap",
    "REDCap",
    "seen",
    "the columns of events, repeated forms and checkboxes, raw and as labels, in the documentation and tests of two "
    "public programs that read its exports; the three states of a form from memory",
    "the answers of forms that are complete, by name and cells; each checkbox as pain at a site, a "
    "symptom or an exposure",
    "forms that are not complete: an unfilled form is no answer; columns of events, groups and repeats",
    _draft,
    fits=_fits,
)
