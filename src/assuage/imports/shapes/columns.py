"""What stands in a column, seen from its cells alone: numbers and their ends, yes and no, a few words, text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from statistics import median_low
from typing import Literal, NamedTuple

from assuage.imports.cells import CellNumbers, number_out_of
from assuage.imports.lasting import minutes_of
from assuage.imports.shapes.dates import clock_text
from assuage.imports.written_dates import plain_blanks
from assuage.record.csv_table import NO, YES, number_in

Look = Literal["blank", "number", "yes-no", "severity", "time", "duration", "mixed", "words", "text"]

# What people write for yes and no beside what every reader knows; German, Lithuanian and French.
YES_WORDS = YES | {"ja", "j", "taip", "t", "oui", "✓", "✔", "✅", "+", "checked"}
NO_WORDS = NO | {"nein", "ne", "non", "-", "❌", "✗", "unchecked", "none"}
SEVERITIES = {
    "none": 0, "no": 0, "absent": 0, "mild": 1, "slight": 1, "moderate": 2, "severe": 3, "very severe": 3,
    "keine": 0, "leicht": 1, "mittel": 2, "stark": 3, "nėra": 0, "silpnas": 1, "vidutinis": 2, "stiprus": 3,
    "aucune": 0, "aucun": 0, "légère": 1, "léger": 1, "modérée": 2, "modéré": 2, "sévère": 3, "forte": 3,
}  # fmt: skip
# What programs and people write where there is no answer; errors of spreadsheets in English, German, Lithuanian.
_NO_ANSWER = frozenset(
    (
        "na",
        "n/a",
        "n.a.",
        "n. a.",
        "nan",
        "null",
        "#",
        "?",
        ".",
        "--",
        "---",
        "–",
        "—",
        "k.a.",
        "k. a.",
        "keine angabe",
        "n/d",
    )
)
_ERROR = re.compile(r"#[A-ZÄÖÜĄČĘĖĮŠŲŪŽ/0-9]+[!?]?|#{3,}|Err:[0-9]{3}")
_MARKS = ",. "
_MOST_WORDS = 12  # different ones in a column of words; more of them are text
_HALF = 0.5
_READS_MOST = 0.9  # of the filled cells


@dataclass(frozen=True)
class ColumnLook:
    """What the cells of a column look like. `low` and `high` are of numbers, `words` the most frequent ones;
    half of the numbers that are not 0 are at most `middle`.

    `ranges` is whether so many cells are ranges (`5-6`), their ends counted, that it is no column of numbers where
    ranges cannot be kept. `out_of` is the top that stands behind the numbers themselves, as in `6/10`, where all that
    have one have the same.
    """

    header: str
    look: Look
    filled: int
    low: float = 0.0
    high: float = 0.0
    whole: bool = False
    words: tuple[str, ...] = ()
    odd: tuple[str, ...] = ()
    percent: bool = False
    out_of: float | None = None
    ranges: bool = False
    middle: float = 0.0


def look_of(header: str, cells: Sequence[str], decimal: str) -> ColumnLook:
    """What the filled cells of a column look like; `odd` are those that do not look like the others."""
    counts = Counter(cells)
    counts.pop("", None)
    filled = sum(counts.values())
    if not filled:
        return ColumnLook(header, "blank", 0)

    def most(reads: dict[str, bool]) -> bool:
        return sum(counts[cell] for cell, read in reads.items() if read) >= _READS_MOST * filled

    folded = {cell: cell.casefold() for cell in counts}
    yes_no = {cell: word in YES_WORDS or word in NO_WORDS for cell, word in folded.items()}
    if all(yes_no.values()):
        return ColumnLook(header, "yes-no", filled, words=tuple(counts))
    severity = {cell: word in SEVERITIES for cell, word in folded.items()}
    if all(severity.values()):
        return ColumnLook(header, "severity", filled, words=tuple(counts))
    percent = all(cell.endswith("%") for cell in counts)
    bare = {cell: cell.rstrip("% \xa0") if percent else cell for cell in counts}
    tops = {top for cell in counts if (top := number_out_of(cell)[1]) is not None}
    out_of = tops.pop() if len(tops) == 1 else None
    if out_of is not None and any(_is_above(cell, out_of, decimal) for cell in counts):
        out_of = None  # 121/80 is no 121 of 80
    if out_of is not None:
        bare = {cell: number_out_of(cell)[0] for cell in counts}
    numbers = {cell: number_in(text, decimal) for cell, text in bare.items()}
    if most({cell: number is not None for cell, number in numbers.items()}):
        values = [number for number in numbers.values() if number is not None]
        odd = tuple(cell for cell, number in numbers.items() if number is None)[:3]
        whole = all(value.is_integer() for value in values)
        ends = min(values), max(values)
        above_0 = [value for cell in cells if (value := numbers.get(cell))]
        middle = median_low(above_0) if above_0 else 0.0
        return ColumnLook(
            header, "number", filled, *ends, whole, odd=odd, percent=percent, out_of=out_of, middle=middle
        )
    ranges = {cell: CellNumbers(decimal, None).two_ends(text) for cell, text in bare.items()}
    counted = [value for value in numbers.values() if value is not None]
    if counted and most({cell: numbers[cell] is not None or ranges[cell] is not None for cell in counts}):
        values = [*counted, *(end for ends in ranges.values() if ends is not None for end in ends)]
        ends, words = (min(values), max(values)), tuple(word for word, _ in counts.most_common(6))
        return ColumnLook(header, "number", filled, *ends, words=words, out_of=out_of, ranges=True)
    if most({cell: clock_text(cell) is not None for cell in counts}):
        return ColumnLook(header, "time", filled)
    if most({cell: minutes_of(cell) is not None for cell in counts}):
        return ColumnLook(header, "duration", filled)
    # Numbers among which some cells say more (`7 (after the dentist)`): neither words nor free text.
    told = tuple(cell for cell, number in numbers.items() if number is None)
    if sum(counts[cell] for cell in told) < _HALF * filled and not percent:
        return ColumnLook(header, "mixed", filled, odd=told)
    repeated = filled >= 2 * len(counts)
    if len(counts) <= _MOST_WORDS and repeated and all(len(cell) <= 40 for cell in counts):
        return ColumnLook(header, "words", filled, words=tuple(word for word, _ in counts.most_common()))
    return ColumnLook(header, "text", filled)


def _is_above(cell: str, top: float, decimal: str) -> bool:
    number = number_in(number_out_of(cell)[0], decimal)
    return number is not None and number > top


def no_answers(cells: Mapping[str, Sequence[str]], decimal: str) -> tuple[str, ...]:
    """The cells of a table that are no answer, as they are written: errors of a spreadsheet, `n/a`, `-`.

    A dash is a no to some people: it is no answer where a column has numbers, severities, or another word for no.
    """
    no_answer: dict[str, None] = {}
    dashes: list[bool] = []
    for header, column in cells.items():
        odd = {cell for cell in column if cell.casefold() in _NO_ANSWER or _ERROR.fullmatch(cell)}
        no_answer |= dict.fromkeys(sorted(odd))
        if "-" in column:
            rest = [cell for cell in column if cell != "-" and cell not in odd]
            look = look_of(header, rest, decimal)
            says_no = look.look == "yes-no" and any(word.casefold() in NO_WORDS for word in look.words)
            dashes.append(says_no or look.look in ("number", "severity", "text"))
    if dashes and all(dashes):
        no_answer["-"] = None
    return tuple(no_answer)


class NumberMarks(NamedTuple):
    """How the numbers of a table are written: the mark before a fraction, and the one between groups of three digits.

    `doubtful` is a cell that is two numbers where nothing in the table tells which (`10,234`); "" where there is none.
    """

    decimal: str
    thousands: str | None = None
    doubtful: str = ""

    def plain(self, cell: str) -> str:
        """The cell without the marks between its groups; any other cell as it is."""
        if self.thousands is None or not _grouped(self.thousands).fullmatch(blanks := plain_blanks(cell)):
            return cell
        return blanks.replace(self.thousands, "")


@cache
def _grouped(mark: str) -> re.Pattern[str]:
    """Groups of three digits behind a first one that is no zero; a fraction may follow after the other mark."""
    other = re.escape("," if mark == "." else ".")
    if mark == " ":
        other = "[.,]"
    return re.compile(rf"-?[1-9][0-9]{{0,2}}(?:{re.escape(mark)}[0-9]{{3}})+(?:{other}[0-9]+)?", re.ASCII)


def number_marks(cells: Iterable[Sequence[str]]) -> NumberMarks:
    """How the numbers of a table are written. One way for the whole table: most of what can only be a fraction decides.

    A mark before exactly three digits may be either; it groups where the other mark begins the fractions.
    """
    fractions, groups = Counter[str](), Counter[str]()
    either: dict[str, str] = {}
    for cell in dict.fromkeys(plain_blanks(cell) for column in cells for cell in column):
        for mark in _MARKS:
            if mark not in cell:
                continue
            if _grouped(mark).fullmatch(cell):
                sure = (
                    mark == " "
                    or cell.count(mark) > 1
                    or any(other in cell for other in ".," if other != mark)
                )
                if sure:
                    groups[mark] += 1
                    fractions.update(other for other in ".," if other != mark and other in cell)
                else:
                    either.setdefault(mark, cell)
            elif re.fullmatch(rf"-?[0-9]*{re.escape(mark)}[0-9]+", cell, re.ASCII):
                fractions[mark] += 1
    if fractions["."] == fractions[","]:
        # Nothing but groups, or cells that may be either: a sure group of one mark leaves the other for fractions.
        decimal = "," if groups["."] > groups[","] else "."
        known = bool(fractions or groups["."] or groups[","])
    else:
        decimal, known = "," if fractions[","] > fractions["."] else ".", True
    other = "." if decimal == "," else ","
    if either and not known:
        mark, cell = next(iter(either.items()))
        return NumberMarks(decimal, " " if groups[" "] else None, cell if len(either) == 1 else "")
    grouping = other if groups[other] or other in either else " " if groups[" "] else None
    return NumberMarks(decimal, grouping)


def decimal_of(cells: Iterable[Sequence[str]]) -> str:
    """The mark before the fractions of a table."""
    return number_marks(cells).decimal
