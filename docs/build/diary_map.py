"""The map language: every key out of the tables that read a map, and examples that are imported as they stand."""

from __future__ import annotations

import io
import tomllib
from collections.abc import Iterable, Iterator
from typing import Any, get_args

from assuage.imports.entries import Imported, records_of
from assuage.imports.foreign import DiaryRow, ForeignTable
from assuage.imports.map import DIARY, Layout, map_of
from assuage.imports.meanings import FIXED, NEEDED, OF_A_ROW, OF_A_SPLIT, OF_EVERY, READ_CELLS
from assuage.record.csv_table import NO, YES, csv_table
from assuage.record.fields import Field
from assuage.record.write import to_yaml
from assuage.words.speak import ENGLISH
from docs.build.diary_examples import EXAMPLES, Example
from docs.build.markdown import code, codes, fence, table


def _or(words: Iterable[object]) -> str:
    return str(ENGLISH.value([code(word) for word in words], "or"))


_A_FORMAT = 'one format such as `"%d.%m.%Y"`, or a list: the one that reads the most reads the whole column, and where '
_A_FORMAT += "two read as much and differ, nothing is read. Months and weekdays in words (`%B`, `%b`, `%A`, "
_A_FORMAT += "`%a`) are read in English, German and Lithuanian: `%Y m. %B %d d.`"

_LAYOUTS = _or(f'"{each}"' for each in get_args(Layout))

# What each key takes. A key without an entry here stops the build, so none goes undocumented.
TAKES: dict[str, str] = {
    "layout": f"{_LAYOUTS}: a row holds what was said at one moment, a column a "
    "question; a row holds the name of a question and its answer; a row is an entry of the record",
    "shape": "the id of a [known kind of file](imports.md): its rows are made ready before the map reads them",
    "part": "the sheet, or the part, of a file that has several tables",
    "patient": "a pseudonym, for a diary of one patient",
    "patient_column": "the column that holds it, for a diary of several",
    "date": "the column of the date",
    "day": "the column of the day number, instead of a date",
    "date_format": f"{_A_FORMAT}; ISO if left out. With `%H` the row has its time from it; `%z` needs `zone`. "
    "Counts: `unix` and `unix-ms`, seconds and milliseconds since 1970 (need `zone`); `excel`, days of a spreadsheet, "
    "and `excel-time`, with the time",
    "time": "the column of the time of day; blank: no time is known",
    "time_format": f"{_A_FORMAT}; if left out `8:05`, `08:05`, `08:05:30` or `morning`, `noon`, `evening`, `night`",
    "zone": 'the time zone in whose days the patient lives, such as `"Europe/Vilnius"`; written into the record',
    "day_begins": 'an hour such as `"04:00"`: what was written before it belongs to the night of the day before',
    "starts_on": 'the date of day 0, or `"first"`: the earliest row of each patient',
    "keep_dates": "`false` writes day numbers only, for a de-identified record",
    "name_column": "of layout `name`: the column of the names",
    "value_column": "of layout `name`: the column of the values",
    "end": "the column of the end of what a row tells: of an episode, or of a session",
    "end_format": "as `date_format`, which it is if left out",
    "end_time": "the column of the time of day of that end, read as `time` is; where the end holds none itself",
    "still_going": 'words of that column that mean: it lasts; a blank is an unknown end unless `""` is among them',
    "when": "columns with the value, or list of values, that they must hold: `{wpi_complete = 2}`. Else the "
    "row is left "
    "out (`[diary]`), or the cell (a column), and this is told",
    "blank": 'words that mean "nothing known", beside an empty cell',
    "ignore": "columns, and names of layout `name`, that are left out on purpose; `*` stands for any letters. What was "
    "left out is listed; anything else without a meaning is a problem",
    "delimiter": '`","`, `";"`, a tab or `"|"`; found by itself if left out',
    "decimal": '`"."` or `","`',
    "thousands": 'a mark between groups of three digits: `","`, `"."`, `" "` or `"\'"`; none if left out',
    "by": 'who said it; `"patient"` if left out',
    "sex": "of the patient of the diary",
    "age": "of the patient of the diary, in years on day 0",
    "pathway": "the pathway to write into the record",
    "columns.time": "a time of all its cells: `HH:MM`, `morning`, `noon`, `evening`, `night`; it goes before the row's",
    "columns.by": "who said it, where it is another than of the diary",
    "columns.approximate": "`true` where the day is inferred",
    "columns.night": '`"before"`: the value is of the night that ended on the row\'s day; `"after"`: of the one that '
    "began on it, so that it stands on the next day. Its time is the morning",
    "words": "words with the number of the scale that each stands for",
    "from": "the two ends of the range that the diary uses: `[0, 100]`",
    "reverse": "`true` where the low end of the diary is the high end of the scale",
    "item": "the item of the instrument",
    "yes": f"the words of a yes, instead of {codes(sorted(YES))}",
    "no": f'the words of a no, instead of {codes(sorted(NO))}; `""` among them: a blank is a no',
    "severities": "words with the severity that each stands for; the symptom is present then",
    "therapy.cell": '`"minutes"`: a number is how long the session was',
    "intake.cell": '`"count"`: a number is how many of `doses` were taken; `"amount"`: how much, in `unit`',
    "intake.unit": "the unit of that amount",
    "unit_column": "the column that holds the unit of each row, instead of `unit`; a blank is no unit",
    "split": 'what stands between the parts of a cell: `"|"`, `" "`',
    "parts": "each part with its meaning: the keys of a column, of which those that it lacks are the column's own",
    "unmentioned": '`"no"`: a part that a filled cell does not name is a no; `"unknown"` if left out',
    "split.ignore": "parts that are left out on purpose; `*` stands for any letters",
    "split.no": '`[""]`: an empty cell is a no of every part',
}
_CELLS = {
    "score": "a number, or a range such as `6-7`",
    "answers": "a number",
    "symptom": "a yes or no, a severity, or a state such as `worse`",
    "finding": "a yes or no, or a state such as `normal`",
    "therapy": "a yes is a session; a no makes an `exposure` that is absent, a blank one that was not asked",
    "medication": "`start`, `change`, `stop`, or a yes to `do`; a no is kept as a note",
    "intake": "a yes is one intake; a no makes an `exposure` that is absent",
    "exposure": "with `unit` a number, else a yes or no; a blank was not asked",
    "rating": "a number",
    "measurement": "a number, or a range",
    "note": "free text",
}


def page() -> str:
    """The keys of a map, and the examples."""
    lines = [
        "# The diary map",
        "",
        "`assuage import DIARY.csv --map MAP.toml` reads a table with a map written in TOML. The map says what the "
        "columns mean; nothing is guessed. [The tutorial](../tutorial/diary.md) imports one.",
        "",
        "Every row makes entries, is left out with a reason, or is a problem with its row and column. All problems are "
        "told at once, each cause once with its first three rows, and nothing is imported until there are none. What "
        "was left out is told on standard error, and with `--json -o FILE` as `rows`, `rows_used`, `left_out` (`what`, "
        "`why`, `count`, `rows`, `whole_rows`) and `notices`. The row is the line of the file on which it begins.",
        "",
        "Two rows that say something else of one measure at one moment: the later one stands, and this is told. A "
        "session, a dose and a note are no measures, and each row is one; where another row of that moment says no, "
        "that it was done stands, and this is told. In layout `entry` nothing is settled: entries that contradict "
        "each other are problems.",
        "",
        "## `[diary]`",
        "",
        *table(("key", "what it takes"), ((code(each.name), TAKES[each.name]) for each in DIARY)),
        '## `[columns."HEADER"]` and `[names."NAME"]`',
        "",
        "What every cell of a column, or every value of a name, has in common. A list of tables "
        '(`[[columns."Sleep"]]`) '
        "makes an entry for each. Headers and names are compared in any case.",
        "",
        *table(
            ("key", "what it takes"),
            ((code(each.name), _takes(each, "columns")) for each in OF_EVERY),
        ),
        *table(
            ("`kind`", "fields of [the record](record.md), the first needed", "a cell holds", "and it takes"),
            (
                (
                    code(kind),
                    codes(_needed_first(kind)),
                    _CELLS[kind],
                    codes(each.name for each in READ_CELLS[kind]),
                )
                for kind in FIXED
            ),
        ),
        *table(("key", "what it takes"), _of_cells()),
        "## `split`",
        "",
        *table(("key", "what it takes"), ((code(each.name), _takes(each, "split")) for each in OF_A_SPLIT)),
        "## `[row]`",
        "",
        f"What the row itself is, as if a cell of it said yes: {_or(OF_A_ROW)}, with the keys of a column. In layout "
        "`entry` it holds the fields that are the same in every row.",
        "",
        "## `[fields]`",
        "",
        "Of layout `entry`. The columns carry the names of the record's fields: `kind`, `code` (the scale, "
        "drug, symptom, "
        "… of the row's kind), `value`, `low`, `high`, `site`, `state`, `do`, `amount`, `unit`, `when`, and so on. "
        '`[fields]` renames columns: `"Wert" = "value"`.',
        "",
        "## Examples",
        "",
    ]
    for example in EXAMPLES:
        lines += _shown(example)
    return "\n".join(lines)


def _takes(each: Field, at: str) -> str:
    return TAKES.get(f"{at}.{each.name}") or TAKES[each.name]


def _needed_first(kind: str) -> list[str]:
    needed = NEEDED.get(kind)
    return sorted(FIXED[kind], key=lambda name: name != needed)


def _of_cells() -> Iterator[tuple[str, str]]:
    told: set[str] = set()
    for kind, cells in READ_CELLS.items():
        for each in cells:
            takes = _takes(each, kind)
            if takes not in told:
                told.add(takes)
                yield code(each.name), takes


def imported(example: Example) -> Imported:
    """What an example makes. Raises `Problems` for one that is no example."""
    said: list[str] = []
    diary_map = map_of(tomllib.loads(example.map), lambda place, what: said.append(f"{place} {what}"))
    read = csv_table(example.table, "diary.csv", None if diary_map is None else diary_map.delimiter)
    if diary_map is None or read is None or said:
        raise AssertionError(f"{example.title}: {said}")
    rows = [DiaryRow(line, cells) for line, cells in read.rows]
    return records_of(ForeignTable("diary.csv", read.titles, rows, read.line, read.torn), diary_map)


def keys_shown(example: Example) -> set[str]:
    """The keys that a map of an example uses, whatever table they stand in."""

    def within(value: Any) -> Iterator[str]:
        if isinstance(value, dict):
            for name, inner in value.items():
                yield name
                yield from within(inner)
        elif isinstance(value, list):
            for inner in value:
                yield from within(inner)

    return set(within(tomllib.loads(example.map)))


def _shown(example: Example) -> Iterator[str]:
    made = imported(example)
    entries = io.StringIO()
    for record in made.records:
        if len(made.records) > 1:
            entries.write(f"# {record.patient.id}\n")
        entries.write(to_yaml(record).partition("entries:\n")[2])
    yield from (f"### {example.title}", "", example.says, "")
    yield from fence(example.map, "toml")
    yield from fence(example.table, "csv")
    yield from fence(entries.getvalue(), "yaml")
    told = [str(each.in_words(ENGLISH)) for each in made.notices]
    told += [
        f"{each.what or 'row'} {', '.join(map(str, each.rows))}: {ENGLISH.say(each.why)}"
        for each in made.left_out
    ]
    if told:
        yield from ("And it tells:", "", *(f"- {each}" for each in told), "")
