"""The page of the files that come in at once, from the registrations of the shapes."""

from __future__ import annotations

from assuage.imports.shapes.known import SHAPES
from assuage.imports.tables.archive import MOST_MEMBERS
from assuage.imports.tables.delimited import MOST_TABLES
from assuage.imports.tables.sheet_bounds import MOST_CELLS
from assuage.imports.tables.source import MOST_BYTES, MOST_COLUMNS
from docs.build.markdown import code, table

_BEFORE = """# Files that come in

`assuage import FILE...` reads diaries and exports as they are: CSV of any kind (commas, semicolons, tabs; UTF-8, UTF-16
and what Windows writes; titles above the header; several tables in one file), xlsx and ods (what their cells show),
JSON, and the export of Apple Health (of any size, in bounded memory). Several files and folders may be named; what they
say of one patient becomes one record, and what two of them say alike comes in once. Records of ours, in YAML or JSON,
may stand among them.

Without `--map` the command says what it understood: how many patients, days and entries, how each table is read, what a
column was taken for, what is left out and why, and what it has to ask. It writes nothing but with `-o`.

| it ends with | when |
|---|---|
| 0 | everything that comes in is settled; with `-o` it is written |
| 2 | a file cannot be read, or a cell cannot be right: nothing is written |
| 3 | something has to be answered first: nothing is written |

`--suggest` writes the map that it would use, with each question as a comment that begins with `?` and the lines that
would answer it below; [the diary map](diary.md) says what a map can hold. `--patient` says whose rows they are: an app
keeps one person's, and without the option that person is called `diary`; a survey may hold several, and asks. Where a
column names several people, `--patient` picks one of them, and never makes one person of two.

## Shapes that are known

A table is known by its headers. *Seen* means that an export, or the code of somebody who reads or writes one, was
looked at; *memory* that nobody here has seen one. What a known shape has got since
is left out and named.
"""

_AFTER = """## Tables that nobody knows

Any other table is guessed at, by its headers in English, Lithuanian, German and French and by its cells:

- **The day** is the one column of dates; one format has to read the whole column. Where two formats read it and
  differ (05/06/2026), it is asked. Months and weekdays may be words in English, German and Lithuanian (`3. März
  2025`, `1st of March 2025`, `2025 m. kovo 3 d.`); a date without a year is asked about. Where half of a column that
  is named a date are dates, the others are told row by row. A first row that is no header is asked about. Days that
  stand beside one another are turned, where each row has a name of its own; weekdays or the days of a month beside one
  another are asked about. Without dates, a column `day` of whole numbers, and where they begin again (30, 31, 1) the
  whole dates are asked for; two sheets that count the same days are asked which days they are.
- **Two rows of headers**, or units under them, are one: `Pain (morning)`, `Sleep (hours)`. Totals and means below the
  table, or after each week of it, are left out and told. Tables below one another after a blank line, and beside one
  another with a header each, are tables of their own. Of a workbook hidden columns, formulas without a saved value and
  errors are told. A header that comes again is no row, and told.
- **A start and an end**, two columns of dates by the words of their headers, make each row a spell: there from start
  to end, an end in words (`ongoing`, `dauert an`, `tęsiasi`) still going, a blank end unknown; the time of either may
  stand in a column of its own. Of what it is a spell, the headers or the name of the file may say (migraine,
  headache), which is told; else it is asked. A table that speaks of sleep, drugs or sessions is asked about as any
  other.
- **No answer** is what programs write in its place (`#N/A`, `#DIV/0!`, `n/a`, `k.A.`), and a dash beside numbers or
  another word for no; it is told, and stands in the map as `blank`.
- **Named scales** (pain, fatigue, stress, anxiety, stiffness, numbness) are used where the header names one and the
  numbers go from 0 to 10, or to 100, which is told. Where a header states its ends (`Pain (1-5)`, `mood 0 bis 100`),
  those count; numbers beyond them are asked about. So does a top behind the numbers (`6/10`), and a range (`5-6`)
  keeps both ends. Where half of the numbers stay within 10 and one does not (ours), it is asked whether that is a
  slip: as a scale of 100 it would make a tenth of all others. Whole numbers that never pass 3 in a week of rows, or 5
  in two (ours), may be those of a shorter scale: they are asked about. A column that is about sleep is asked about,
  unless it says that it is in hours or minutes: nobody can see whether 8 is a good night, a bad one, or eight hours.
- **Another word beside a scale** makes something else of it: relief from pain, fear or a goal of it, hours or
  minutes of it, tablets against it, a legend in which 10 is none. Such a column is asked about, or is a factor where
  it says yes and no; the words are ours. Two columns that would be one score of one place and time (`Pain Anna`,
  `Pain Tom`) are asked about.
- **Yes and no** make a therapy, a symptom or a dose where the header names one that is known, else an exposure: a
  factor of the person's own. A blank is not a no. Under a drug with its dose (`Codeine 30mg`) a yes is that dose.
- **Words of severity** make a symptom with that severity. Other words that repeat are asked about.
- **Several in a cell** (`headache, nausea`) are split where parts come back. Symptoms that are all known come in as
  such; else the parts are asked about, and whether one that a cell does not name was not there.
- **A sign of percent** may stand behind numbers: a named scale of 0 to 100, a rating, or an amount in %.
- **Free text** becomes notes. What could say who the person is (names, addresses, places) is left out.
- **A number** of which the header says nothing is asked about; so are cells that say more than a number (`6?`)
  where most are numbers.

A table whose rows are a name and a value, and one with a row an entry in the fields of a record, are found, too.

"""

_PROGRAMS = """The bounds are ours.

## For programs

With `--json`, without `--map`: `ok` (whether nothing is asked), `records` (`patient`, `entries`, `first_day`,
`last_day`), `said_twice` (entries that two files had), `files_left_out`, `questions` about all files, and `tables`.
Each table has its `file` and `part` (sheet), its `shape` and `evidence` (both null where it was guessed at), `rows` and
`rows_used`, `why_left_out` where the whole of it stays out, `taken` (`of`, `text`), `left_out` (`what`, `why`, `rows`),
`questions` (`of`, `question`, `answers`: keys of the map, one way each), and the `map` itself. With `--suggest` it is
`maps`, with `file`, `part` and `map`.
"""


def _harm() -> list[str]:
    """What becomes of files that mean harm, with the bounds as they stand in the code."""
    megabytes, unpacked = MOST_BYTES // 1_000_000, 4 * MOST_BYTES // 1_000_000
    rows = [
        (
            "a formula (`=HYPERLINK(…)`) as a heading or in a cell of CSV",
            "it is the text that it is, and nothing computes it; of a sheet the value that was saved beside it counts",
        ),
        (
            "macros, links to other files, hidden sheets",
            "never opened; a hidden sheet is left out, and told",
        ),
        (
            "a zip, xlsx or ods that unpacks without end",
            f"measured before it is read, whatever it says of its own size; refused beyond {unpacked} MB or "
            f"{MOST_MEMBERS:,} members",
        ),
        (
            "two cells in far corners, cells that repeat for ever",
            f"refused beyond {MOST_COLUMNS:,} columns or {MOST_CELLS:,} cells",
        ),
        (
            "XML that declares entities (*billion laughs*, a file of the machine)",
            "refused where they are declared; of Apple Health the declarations are cut off unread",
        ),
        (
            "an export of Apple Health of any size",
            "read in pieces; one element, or kinds of things, without end are refused",
        ),
        (
            f"CSV, JSON or a sheet above {megabytes} MB",
            "refused without being read further; so are cells of more than a million letters, "
            f"and more than {MOST_TABLES} tables in one",
        ),
        ("`.gz` and other archives", "not unpacked; unpack it, and name the file"),
        ("a table CONCEPT of OMOP of any size", "gone through line by line; only the names in use are kept"),
        ("a path inside a zip", "nothing is ever written where a zip says"),
    ]
    return ["## Files that mean harm", "", *table(("what", "what happens"), rows), ""]


def page() -> str:
    """The page as Markdown."""
    rows = [
        (shape.title, code(shape.id), f"{shape.evidence}: {shape.of}", shape.comes_in, shape.stays_out)
        for shape in SHAPES
    ]
    return "\n".join(
        [
            _BEFORE,
            *table(("from", "id", "who saw it", "what comes in", "what stays out"), rows),
            _AFTER,
            *_harm(),
            _PROGRAMS,
        ]
    )
