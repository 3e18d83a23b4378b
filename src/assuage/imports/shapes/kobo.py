"""KoboToolbox and ODK: a row a filled form, with columns of the platform and a column a choice of some questions."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace

from assuage.catalogue.message import message
from assuage.imports.shapes.draft import Draft
from assuage.imports.shapes.prepared import Cells, with_columns
from assuage.imports.shapes.shape import KnownShape
from assuage.imports.shapes.surveys import add_choice, add_questions, person_column, put_day_of_form
from assuage.imports.tables.source import SourceTable

_PLATFORM = frozenset(
    (
        *(
            "start",
            "end",
            "today",
            "deviceid",
            "device_id",
            "username",
            "phonenumber",
            "simserial",
            "subscriberid",
        ),
        *(
            "_id",
            "_uuid",
            "_submission_time",
            "_validation_status",
            "_notes",
            "_status",
            "_submitted_by",
            "_tags",
        ),
        *("__version__", "_index", "_parent_table_name", "_parent_index", "meta/instanceid", "meta/rootuuid"),
        *(
            "submissiondate",
            "meta-instanceid",
            "meta-instancename",
            "key",
            "submitterid",
            "submittername",
            "edits",
        ),
        *(
            "attachmentspresent",
            "attachmentsexpected",
            "status",
            "reviewstate",
            "formversion",
            "instanceid",
            "_version_",
        ),
        *("_attachments", "_geolocation", "_xform_id_string", "formhub/uuid", "meta/instancename"),
    )
)
_KOBO = frozenset({"_uuid", "_submission_time"})
_ODK = frozenset({"submissiondate", "key"})
_OFFSET = re.compile(r"(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?)(?:Z|[+-]\d{2}:?\d{2})")
_DAYS = ["today", "start", "_submission_time", "submissiondate", "end"]


def _fits(table: SourceTable) -> bool:
    keys = frozenset(table.keys)
    return keys >= _KOBO or keys >= _ODK


def _on_its_clock(cell: str) -> str:
    match = _OFFSET.fullmatch(cell)
    return match[1] if match else cell


def _prepare(table: SourceTable) -> SourceTable:
    """The table with moments on the clock of the telephone: an offset behind them is that of its own clock."""

    def cells_of(cells: Cells) -> Cells:
        return {header: _on_its_clock(cells[header.lower()]) for header in table.headers}

    return with_columns(table, table.headers, cells_of)


def _draft(table: SourceTable, patient: str | None) -> Draft:
    draft = Draft({"layout": "day"})
    table = replace(table, labels={**_without_groups(table), **table.labels})
    person = person_column(table, _PLATFORM)
    draft.whose(patient, person, several=True)
    choices = _choices(table)
    asked = [
        header
        for header in table.headers
        if header.lower() not in _PLATFORM and header != person and header not in choices
    ]
    day = put_day_of_form(draft, table, _DAYS, [each for each in asked if each not in choices.values()])
    for header in table.headers:
        if header == person and patient is not None:
            draft.leave(header, message("shape.left-patient"))
        elif header.lower() in _PLATFORM and header not in (day, person):
            draft.leave(header, message("shape.left-platform"))
        elif header in set(choices.values()):
            draft.leave(header, message("shape.left-elsewhere"))
    questions = set(choices.values())
    add_questions(draft, table, [each for each in asked if each != day and each not in questions])
    for header, question in choices.items():
        choice = header[len(question) + 1 :]
        add_choice(draft, header, question.rpartition("/")[2], choice)
    return draft


def _without_groups(table: SourceTable) -> dict[str, str]:
    """The names of questions in a group, `diary/pain` or `diary-pain`, without that of the group."""
    named: dict[str, str] = {}
    for mark in ("/", "-"):
        groups = Counter(header.rpartition(mark)[0] for header in table.headers)
        for header in table.headers:
            group, _, name = header.rpartition(mark)
            if group and name and (mark == "/" or groups[group] > 1):
                named.setdefault(header.lower(), name)
    return named


def _choices(table: SourceTable) -> dict[str, str]:
    """The columns of single choices, `question/choice` with 0 and 1, by the column of their question."""
    headers = set(table.headers)
    return {
        header: question
        for header in table.headers
        if (question := header.rpartition("/")[0]) in headers
        and {cell.casefold() for cell in table.column(header)} <= {"0", "1", "true", "false"}
    }


KOBO = KnownShape(
    "kobo",
    "KoboToolbox and ODK",
    "seen",
    "the columns of ODK Central in its own tests, with single choices as `question/choice`; those of KoboToolbox "
    "in the code of public programs that fetch its exports",
    "each filled form, by name and cells, on the day that it asks for, else on `today` or `start`; each choice as "
    "pain at a site, a symptom or an exposure; the patient is a question that asks for a code, or is asked for",
    "what the platform writes: devices, versions, names of those who sent it; the column that repeats all choices",
    _draft,
    fits=_fits,
    prepare=_prepare,
)
