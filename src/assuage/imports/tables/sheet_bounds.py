"""How large the sheets of a file are, before anything else opens them: two filled cells far apart make a huge sheet.

A sheet is held as a rectangle from its first to its last filled cell. A file of some kilobytes can ask for billions
of cells so, by a cell in the last corner or by a cell that is said to repeat.
"""

from __future__ import annotations

import re
import zipfile
from dataclasses import dataclass, field
from xml.parsers import expat

from assuage.catalogue.message import Message, message
from assuage.imports.tables.archive import member_bytes
from assuage.imports.tables.source import MOST_COLUMNS, parser_without_entities, unreadable

MOST_CELLS = 20_000_000  # ours: a hundred columns, a row a day, for hundreds of patients
_MOST_BYTES = 1 << 30
_MOST_HIDDEN = 20  # columns that are named of a stretch of hidden ones
_SHEET = re.compile(r"xl/worksheets/[^/]+\.xml")
_COMMENTS = re.compile(r"xl/(?:comments/)?comments?[^/]*\.xml")
_CELL = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")


@dataclass
class _Extent:
    """The last filled row and column of a sheet, counted from its first ones, and what of it nobody sees."""

    rows: int = 0
    columns: int = 0
    row: int = 0
    column: int = 0
    hidden: list[str] = field(default_factory=list[str])
    errors: int = 0
    without_value: int = 0
    comments: int = 0
    _formula: bool = False
    _value: bool = False

    def xlsx(self, element: str, attributes: dict[str, str]) -> None:
        """A cell has its place, or follows the one before."""
        if element == "f":
            self._formula = True
        elif element == "v":
            self._value = True
        elif element == "col" and attributes.get("hidden") in ("1", "true"):
            first = int(attributes.get("min", "0"))
            last = min(int(attributes.get("max", "0")), first + _MOST_HIDDEN)
            self.hidden += [_letters_of(at) for at in range(first, last + 1)]
        elif element == "row":
            self.row = int(attributes.get("r", self.row + 1))
            self.column = 0
        elif element == "c":
            place = _CELL.fullmatch(attributes.get("r", ""))
            self._formula = False
            self.errors += attributes.get("t") == "e"
            self.column = _number_of(place[1]) if place else self.column + 1
            self._fill(int(place[2]) if place else self.row, self.column)

    def xlsx_end(self, element: str) -> None:
        """A formula whose value was not saved beside it shows nothing here."""
        if element == "v":
            self._value = False
        elif element == "c":
            self.without_value += self._formula
            self._formula = False

    def xlsx_text(self, _text: str) -> None:
        """Some programs save an empty value beside a formula."""
        if self._value:
            self._formula = False

    def ods(self, element: str, attributes: dict[str, str]) -> None:
        """A row or cell may repeat; only what holds something is counted."""
        if element == "table:table":
            self.row = 0
        elif element == "office:annotation":
            self.comments += 1
        elif element == "table:table-row":
            self.row += int(attributes.get("table:number-rows-repeated", "1"))
            self.column = 0
        elif element in ("table:table-cell", "table:covered-table-cell"):
            self.column += int(attributes.get("table:number-columns-repeated", "1"))
            if "office:value-type" in attributes:
                self._fill(self.row, self.column)
        elif element == "text:p":
            self._fill(self.row, self.column)

    def comment(self, element: str, _attributes: dict[str, str]) -> None:
        """A remark that somebody pinned to a cell; no reader of sheets hands it on."""
        self.comments += element == "comment"

    def _fill(self, row: int, column: int) -> None:
        self.rows, self.columns = max(self.rows, row), max(self.columns, column)

    @property
    def too_large(self) -> bool:
        """Whether the rectangle is larger than any sheet of a diary."""
        return self.columns > MOST_COLUMNS or self.rows * self.columns > MOST_CELLS


def sheet_notices(opened: zipfile.ZipFile, name: str) -> tuple[Message, ...]:
    """What a reader of the sheets should know: hidden columns, formulas without a value, errors, comments on cells.

    Raises `Problems` for a sheet whose filled cells span more than can be held, and for XML with entities.
    """
    hidden: dict[str, None] = {}
    errors = without_value = comments = 0
    for member in opened.namelist():
        extent = _Extent()
        if _SHEET.fullmatch(member):
            start = extent.xlsx
        elif member == "content.xml":
            start = extent.ods
        elif _COMMENTS.fullmatch(member):
            start = extent.comment
        else:
            continue
        parser = parser_without_entities()
        parser.StartElementHandler = start
        if _SHEET.fullmatch(member):
            parser.EndElementHandler = extent.xlsx_end
            parser.CharacterDataHandler = extent.xlsx_text
        try:
            with opened.open(member) as stream:
                for piece in member_bytes(stream, _MOST_BYTES):
                    parser.Parse(piece, False)
                    if extent.too_large:
                        break
                else:
                    parser.Parse(b"", True)
        except (expat.ExpatError, ValueError):
            raise unreadable(name, message("tables.sheet-broken")) from None
        if extent.too_large:
            raise unreadable(name, message("tables.sheet-too-large", cells=MOST_CELLS))
        hidden |= dict.fromkeys(extent.hidden)
        errors += extent.errors
        without_value += extent.without_value
        comments += extent.comments
    told = (
        message("tables.hidden-columns", columns=tuple(hidden)) if hidden else None,
        message("tables.formulas-without-value", n=without_value) if without_value else None,
        message("tables.error-cells", n=errors) if errors else None,
        message("tables.cell-comments", n=comments) if comments else None,
    )
    return tuple(each for each in told if each is not None)


def _letters_of(number: int) -> str:
    """Z for 26, AA for 27."""
    letters = ""
    while number > 0:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def _number_of(letters: str) -> int:
    """26 for Z, 27 for AA."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number
