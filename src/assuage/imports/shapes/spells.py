"""A table with a row a spell of something: when it began, when it ended, and the words for what is still going on.

Two columns of dates are a beginning and an end where their headers say so, in English, Lithuanian or German. What it is
that began (a migraine, a headache) the headers or the name of the file may say; else it is asked. A table about sleep,
drugs or sessions has other beginnings and ends, and is left to the questions of every table.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assuage.catalogue.message import message
from assuage.imports.shapes.dates import DateReading, date_readings
from assuage.imports.shapes.draft import ROW, Draft
from assuage.imports.shapes.topics import header_words
from assuage.imports.tables.source import SourceTable

BEGINS = frozenset(
    (
        *("start", "started", "starts", "begin", "began", "begins", "beginning", "onset", "from"),
        *("beginn", "anfang", "begonnen", "von", "pradžia", "prasidėjo", "pradėta", "nuo"),
    )
)
_ENDS = frozenset(
    (
        *("end", "ended", "ends", "ending", "stop", "stopped", "until", "till", "to", "finish", "finished", "resolved"),
        *("ende", "beendet", "bis", "pabaiga", "baigėsi", "pasibaigė", "iki"),
    )
)  # fmt: skip
_STILL_GOING = frozenset(
    (
        *("ongoing", "on going", "still ongoing", "still going", "still", "continuing", "continues", "not yet"),
        *("dauert an", "andauernd", "läuft noch", "noch", "noch da", "tęsiasi", "tebesitęsia", "dar", "dar tęsiasi"),
    )
)  # fmt: skip
_WHAT: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("migraine", ("migraine", "migräne", "migraene", "migren")),
    ("headache", ("headache", "kopfschmerz", "galvos skaus")),
)
# What begins and ends beside an ailment: nights, drugs, work.
_OF_ELSE = re.compile(
    r"\b(?:sleep|slept|bed|wake|woke|nap|schlaf|mieg\w*|drug|dose|dosage|prescri\w*|work ?out|exercise|session|shift|"
    r"cycle|survey|response|recorded)",
    re.I,
)


@dataclass(frozen=True)
class Spells:
    """The columns of the beginning and of the end, how each is read, and the words for what is still going on."""

    begins: str
    ends: str
    of_begins: tuple[DateReading, ...]
    of_ends: tuple[DateReading, ...]
    still_going: tuple[str, ...]


def spells_of(table: SourceTable, cells: Mapping[str, Sequence[str]]) -> Spells | None:
    """The beginning and the end of each row; None where a table has none, more of them, or is about something else."""
    if _OF_ELSE.search(" ".join(header_words(header) for header in table.headers)):
        return None
    begins = _dated(cells, BEGINS)
    ends = _dated(cells, _ENDS)
    if len(begins) != 1 or len(ends) != 1 or set(begins) == set(ends):
        return None
    (begin, of_begins), (end, of_ends) = *begins.items(), *ends.items()
    still = {cell.casefold(): None for cell in cells[end] if cell.casefold() in _STILL_GOING}
    return Spells(begin, end, of_begins, of_ends, tuple(still))


def _dated(cells: Mapping[str, Sequence[str]], words: frozenset[str]) -> dict[str, tuple[DateReading, ...]]:
    """The columns of dates whose header has one of the words."""
    dated: dict[str, tuple[DateReading, ...]] = {}
    for header, column in cells.items():
        if words.isdisjoint(header_words(header).split()):
            continue
        formats = date_readings([cell for cell in column if cell.casefold() not in _STILL_GOING], named=True)
        if formats and not all(cell.isdigit() for cell in column if cell):
            dated[header] = formats
    return dated


def says_end(header: str) -> bool:
    """Whether a header speaks of an end."""
    return not _ENDS.isdisjoint(header_words(header).split())


def put_spells(draft: Draft, table: SourceTable, spells: Spells, end_time: str | None = None) -> None:
    """Make the rows spells: from when to when, and of what, where the table says it; else asked.

    `end_time` is the column of the time of their end, where it stands beside the day.
    """
    draft.diary["end"] = spells.ends
    if end_time is not None:
        draft.diary["end_time"] = end_time
    form = spells.of_ends[0].form
    if form != spells.of_begins[0].form and len(spells.of_ends) == 1:
        draft.diary["end_format"] = form
    if spells.still_going:
        draft.diary["still_going"] = list(spells.still_going)
    told = " ".join((table.name, *map(header_words, table.headers))).casefold()
    named = [what for what, stems in _WHAT if any(stem in told for stem in stems)]
    if len(named) == 1:
        draft.row = {"kind": "symptom", "what": named[0]}
        draft.take(
            "diary", message("shape.taken-spells", begins=spells.begins, ends=spells.ends, what=named[0])
        )
        return
    whats = tuple(named) or (*(what for what, _ in _WHAT), "pain")
    answers = ({"kind": "symptom", "what": what} for what in whats)
    draft.ask(ROW, message("shape.which-spells", begins=spells.begins, ends=spells.ends), *answers)
