"""What stands around the rows of a table: a second row of headers or of units, and totals below.

A person writes them for people: `Pain` over `morning` and `evening` in cells that are merged, `0-10` and `hours` under
the names, `Total` under the last day. Each is told of where it is read.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assuage.imports.tables.parts import Line

# The first word of a row that adds up the rows above it, in English, German and Lithuanian.
_TOTALS = frozenset(
    (
        *(
            "total",
            "totals",
            "sum",
            "average",
            "avg",
            "mean",
            "median",
            "minimum",
            "maximum",
            "min",
            "max",
            "count",
        ),
        *(
            "grand total",
            "std",
            "sd",
            "summe",
            "gesamt",
            "insgesamt",
            "durchschnitt",
            "mittelwert",
            "mittel",
            "anzahl",
        ),
        *("somme", "moyenne", "médiane", "nombre"),
        *("iš viso", "viso", "suma", "vidurkis", "mediana", "minimumas", "maksimumas", "kiekis"),
    )
)
# What such a row may be of.
_OF_A_SPAN = frozenset(
    (
        "week",
        "weekly",
        "month",
        "monthly",
        "of",
        "woche",
        "monat",
        "der",
        "savaitės",
        "mėnesio",
        "semaine",
        "mois",
    )
)
_MOST_TOTALS = 6  # a row a statistic
_SAY_NOTHING = frozenset(("yes/no", "y/n", "ja/nein", "j/n", "taip/ne", "0/1", "1/0", "text", "tekstas"))
_FIGURE = re.compile(r"[0-9]")
_UNIT_OR_RANGE = re.compile(r"[0-9]{1,4}\s*(?:-|–|—|to|bis|iki|/|\.\.)\s*[0-9]{1,4}")
_RANGE_AT_END = re.compile(rf"(?:[^\W\d][^\d]*)?\(?{_UNIT_OR_RANGE.pattern}\)?")
_NUMBERS = 0.5  # of the filled cells of a column: what stands above them in words is no cell of it


def split_totals(body: Sequence[Line]) -> tuple[list[Line], list[Line]]:
    """The rows, and the rows that add them up: at their end, and after each week where the others begin with a day."""
    end = len(body)
    while end > 0 and len(body) - end < _MOST_TOTALS and _adds_up(body[end - 1][1]):
        end -= 1
    rows, totals = list(body[:end]), list(body[end:])
    between = [line for line in rows if _adds_up(line[1])]
    others = [line for line in rows if not _adds_up(line[1])]
    if between and _mostly_figures(0, [row for _, row in others]):
        return others, [*between, *totals]
    return rows, totals


def _adds_up(row: Sequence[str]) -> bool:
    """Whether the first word of a row says that it adds up others: `Total`, `Average week 2`."""
    first = next((cell for cell in row if cell), "").rstrip(" :=").casefold()
    words = [word for word in re.findall(r"[^\W\d_]+", first) if word not in _OF_A_SPAN]
    return first in _TOTALS or " ".join(words) in _TOTALS


def with_second_headers(titles: Sequence[str], body: Sequence[Line]) -> tuple[list[str], list[Line], bool]:
    """The headers, each with what stands below it in brackets where the first row is no row; the rows, and whether."""
    if len(body) < 2 or not _names_columns(titles, body):
        return list(titles), list(body), False
    below = ["" if cell.casefold() in _SAY_NOTHING else cell for cell in body[0][1]]
    joined: list[str] = []
    group = ""
    for at, name in enumerate(below + [""] * (len(titles) - len(below))):
        title = titles[at] if at < len(titles) else ""
        group = title or (group if name else "")
        joined.append(f"{group} ({name})" if group and name else group if title else name)
    return joined, list(body[1:]), True


def joined_with_groups(above: Sequence[str], titles: Sequence[str]) -> list[str]:
    """Headers that stand twice, each with the group above it; as they are where the groups do not set them apart."""
    group, joined = "", list[str]()
    for at, title in enumerate(titles):
        group = above[at] if at < len(above) and above[at] else group
        joined.append(f"{group} ({title})" if group and stands_twice(title, titles) else title)
    return joined if len({each.casefold() for each in joined}) == len(joined) else list(titles)


def stands_twice(title: str, titles: Sequence[str]) -> bool:
    """Whether a header stands at more than one column."""
    return bool(title) and sum(each.casefold() == title.casefold() for each in titles) > 1


def _names_columns(titles: Sequence[str], body: Sequence[Line]) -> bool:
    """Whether the row under the headers names columns too, or says their units.

    It holds no number and no date; in a column of numbers it holds a word, or a name that is missing above.
    """
    below, rows = body[0][1], [row for _, row in body[1:]]
    filled = [at for at, cell in enumerate(below) if cell]
    if not filled or any(_FIGURE.search(_without_range(cell)) for cell in below):
        return False
    # The first column of figures is that of the day: a row that has a word there may be a row of another day.
    first = next((at for at in range(len(titles)) if _mostly_figures(at, rows)), None)
    if first is None or (first < len(below) and below[first] and not _is_unit(below[first])):
        return False
    missing = [at for at in filled if at >= len(titles) or not titles[at] or stands_twice(titles[at], titles)]
    return bool(missing) or any(_mostly_figures(at, rows) for at in filled)


def _without_range(cell: str) -> str:
    """A cell without the range of a scale that it names, alone or behind a word: `0-10`, `quality 0-10`."""
    if cell.casefold() in _SAY_NOTHING:
        return ""
    return _UNIT_OR_RANGE.sub("", cell, count=1) if _RANGE_AT_END.fullmatch(cell) else cell


def _is_unit(cell: str) -> bool:
    """Whether a cell above dates says how they are written (`dd.mm.yyyy`), or what they are."""
    return bool(re.fullmatch(r"[dmyjtg./ -]{4,12}|\(?(?:date|datum|data|day|diena|tag)\)?", cell, re.I))


def _mostly_figures(at: int, rows: Sequence[Sequence[str]]) -> bool:
    cells = [row[at] for row in rows if at < len(row) and row[at]]
    return bool(cells) and sum(cell[0].isdigit() or cell[:1] in "-+" for cell in cells) > _NUMBERS * len(
        cells
    )
