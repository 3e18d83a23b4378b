"""Qualtrics: a row a response under three rows of headers: the names, the questions, and the numbers of import."""

from __future__ import annotations

from assuage.catalogue.message import Message, message
from assuage.imports.shapes.draft import Draft
from assuage.imports.shapes.prepared import Cells, with_columns
from assuage.imports.shapes.shape import KnownShape
from assuage.imports.shapes.surveys import add_questions, person_column, put_day_of_form
from assuage.imports.tables.source import SourceTable

_PLATFORM = frozenset(
    (
        *(
            "startdate",
            "enddate",
            "status",
            "ipaddress",
            "progress",
            "duration (in seconds)",
            "finished",
            "responseid",
        ),
        *("recordeddate", "recipientlastname", "recipientfirstname", "recipientemail", "locationlatitude"),
        *("locationlongitude", "distributionchannel", "userlanguage", "externalreference"),
    )
)
# In the language of whoever exports; a word of another language is judged by the progress beside it.
_FINISHED = frozenset({"1", "true", "wahr", "taip", "tiesa"})
_NOT_FINISHED = frozenset({"0", "false", "falsch", "ne", "netiesa"})
_PREVIEW = frozenset({"1", "survey preview", "2", "survey test"})


def _prepare(table: SourceTable) -> SourceTable:
    """The table without responses that were not finished, and without those of somebody who tried the survey out."""

    def cells_of(cells: Cells) -> Cells | Message:
        if cells.get("status", "").casefold() in _PREVIEW:
            return message("shape.survey-preview")
        if not _is_finished(cells):
            return message("shape.not-finished")
        return {header: cells[header.lower()] for header in table.headers}

    return with_columns(table, table.headers, cells_of)


def _is_finished(cells: Cells) -> bool:
    word = cells.get("finished", "").casefold()
    return word in _FINISHED or (word not in _NOT_FINISHED and cells.get("progress") == "100")


def _draft(table: SourceTable, patient: str | None) -> Draft:
    draft = Draft({"layout": "day"})
    person = person_column(table, _PLATFORM - {"externalreference"})
    draft.whose(patient, person, several=True)
    questions = [header for header in table.headers if header.lower() not in _PLATFORM and header != person]
    day = put_day_of_form(draft, table, ["recordeddate", "enddate", "startdate"], questions)
    for header in table.headers:
        if header == person and patient is not None:
            draft.leave(header, message("shape.left-patient"))
        elif header.lower() in _PLATFORM and header not in (day, person):
            draft.leave(header, message("shape.left-platform"))
    add_questions(draft, table, [header for header in questions if header != day])
    return draft


QUALTRICS = KnownShape(
    "qualtrics",
    "Qualtrics",
    "seen",
    "an export with its three rows of headers in the tests of a public program that reads it, and the columns in ten "
    "others; the words of Status from memory",
    "each finished response, by the text of its questions and its cells; the patient is in ExternalReference or in a "
    "question that asks for a code, or is asked for",
    "responses that are not finished, previews and tests; addresses, names, places and what else the platform writes",
    _draft,
    frozenset({"startdate", "enddate", "status", "finished", "responseid"}),
    prepare=_prepare,
)
