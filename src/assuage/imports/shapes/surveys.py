"""What the exports of form builders have in common: columns of the platform, a day, anybody's questions."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence

from assuage.catalogue.message import message
from assuage.imports.shapes.columns import decimal_of
from assuage.imports.shapes.draft import Draft
from assuage.imports.shapes.guess import put_day
from assuage.imports.shapes.meanings import add_column
from assuage.imports.shapes.topics import header_words
from assuage.imports.tables.source import SourceTable
from assuage.terms.sites import SITES
from assuage.terms.symptoms import find_symptom

# What the author of a form calls the one who fills it in.
PERSON_WORDS = frozenset(
    {
        *(
            "patient",
            "patient id",
            "patient code",
            "participant",
            "participant id",
            "participant code",
            "subject",
        ),
        *(
            "subject id",
            "study id",
            "externalreference",
            "external reference",
            "pid",
            "respondent id",
            "patient number",
        ),
        *(
            "paciento kodas",
            "pacientas",
            "dalyvio kodas",
            "patienten id",
            "patientencode",
            "teilnehmer id",
            "teilnehmercode",
            "teilnehmer code",
        ),
        *("probanden id", "probandencode", "dalyvis", "dalyvio id", "paciento id"),
    }
)


def person_column(table: SourceTable, platform: Collection[str]) -> str | None:
    """The column of a form that says who filled it in: one of our words, filled in every row; None without one."""
    for header in table.headers:
        if header.lower() in platform:
            continue
        if header_words(header.rpartition("/")[2]) in PERSON_WORDS and len(table.column(header)) == len(
            table.rows
        ):
            return header
    return None


def add_questions(
    draft: Draft,
    table: SourceTable,
    headers: Sequence[str],
    when: Mapping[str, Mapping[str, object]] | None = None,
) -> None:
    """Give the questions of a form their meanings by name, label and cells; `when` is the condition of a column."""
    cells = {header: [row.cells.get(header.lower(), "") for row in table.rows] for header in headers}
    decimal = decimal_of(list(cells.values()))
    if decimal == ",":
        draft.diary["decimal"] = decimal
    for header in headers:
        also = {"when": dict(when[header])} if when and header in when else {}
        add_column(draft, header, cells[header], decimal, table.labels.get(header.lower(), ""), **also)


def add_choice(
    draft: Draft, header: str, question: str, choice: str, label: str = "", **also: object
) -> None:
    """A checkbox of a question with several answers: pain at a site, a symptom, or a factor of its own name."""
    name = label or f"{question}: {choice}"
    site = re.sub(r"\W+", "_", choice.casefold()).strip("_")
    symptom = find_symptom(choice.replace("_", " "))
    words = {"yes": ["1", "checked", "yes", "true"], "no": ["0", "unchecked", "no", "false"]}
    if site in SITES:
        draft.columns[header] = {"kind": "symptom", "what": "pain", "site": site, **words, **also}
    elif symptom is not None:
        draft.columns[header] = {"kind": "symptom", "what": symptom.id, **words, **also}
    else:
        draft.columns[header] = {"kind": "exposure", "name": name, **words, **also}
        draft.take(header, message("shape.taken-factor"))


def put_day_of_form(
    draft: Draft, table: SourceTable, first: Sequence[str], questions: Collection[str]
) -> str | None:
    """The day of a filled form: a question that asks for it, else what the platform wrote; the header, or None."""
    by_key = {header.lower(): header for header in table.headers}
    asked = put_day_among(draft, table, questions)
    if asked is not None:
        return asked
    for key in first:
        if key in by_key and table.column(key):
            written = put_day_among(draft, table, {by_key[key]})
            if written is not None:
                return written
    put_day(
        draft, table, {header: [row.cells[header.lower()] for row in table.rows] for header in table.headers}
    )
    return None


def put_day_among(draft: Draft, table: SourceTable, among: Collection[str]) -> str | None:
    """The one column of dates among these, put into the draft; None where there is none, or more than one."""
    cells = {header: [row.cells[header.lower()] for row in table.rows] for header in among}
    tried = Draft({})
    day = put_day(tried, table, cells, among)
    if day is None or not day.formats:
        return None
    draft.diary |= tried.diary
    draft.asks += tried.asks
    return day.header
