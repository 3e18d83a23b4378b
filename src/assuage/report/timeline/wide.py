"""The timeline for a desk and for paper: time runs to the right, names stand at the left."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from assuage.catalogue.message import Message, message
from assuage.catalogue.read import Catalogue
from assuage.report.look.figures import drawn_width
from assuage.report.look.tokens import LINE, PHASES, QUIET, TEXT, Token
from assuage.report.svg.lettering import wrapped
from assuage.report.svg.shapes import Hatch, Paint, SvgLine, SvgPicture, SvgRect, SvgText
from assuage.report.timeline import look
from assuage.report.timeline.axis import Axis
from assuage.report.timeline.lanes import draw_lanes
from assuage.report.timeline.panels import not_recorded, panels_of
from assuage.report.timeline.row import TimelineRow
from assuage.report.timeline.scores import draw_scores
from assuage.report.timeline.sheet import CourseHead, Sheet
from assuage.report.timeline.symbols import symbol_of


def wide_picture(
    rows: Sequence[TimelineRow], axis: Axis, head: CourseHead, speaking: Catalogue, starts_on: date | None
) -> SvgPicture:
    """The picture of these rows, `look.WIDE` pixels wide and as high as its lanes need."""
    scale = axis.laid(look.EDGE + look.LABELS, look.WIDE - look.EDGE - 6, starts_on)
    sheet = Sheet(look.WIDE, scale, speaking)
    sheet.head(head)
    top = sheet.y
    _phases(sheet, [row for row in rows if row.panel == "phase"])
    panels = panels_of(rows, look.MOST_LANES)
    for panel in panels:
        if panel.panel == "score":
            draw_scores(sheet, panel, rows)
        else:
            draw_lanes(sheet, panel)
    if not rows:
        sheet.paragraph(sheet.say("timeline.nothing"), look.NAME)
    bottom = sheet.y
    if rows:
        _silence(sheet, rows)
        bottom = sheet.y
        _axis(sheet)
    foot(sheet, rows, head.undrawn)
    behind = [*_backdrop(sheet, rows, top, bottom), *sheet.behind]
    return SvgPicture(
        "timeline",
        look.WIDE,
        sheet.y + look.EDGE,
        head.title,
        head.summary,
        speaking.language,
        (*behind, *sheet.shapes),
    )


# --- phases ---


def tint_of(rows: Sequence[TimelineRow]) -> dict[int, Token]:
    """The tint of each stay, by its day: neighbours differ."""
    return {
        row.day: PHASES[n % len(PHASES)] for n, row in enumerate(row for row in rows if row.what == "stay")
    }


def _backdrop(
    sheet: Sheet, rows: Sequence[TimelineRow], top: float, bottom: float
) -> Iterator[SvgRect | SvgLine]:
    """Tints of phases, their edges, a thin line for each tick."""
    tints = tint_of(rows)
    stays = [row for row in rows if row.what == "stay"]
    for stay in stays:
        begins, ends = sheet.scale.begins(stay), sheet.scale.ends(stay)
        yield SvgRect(begins, top, ends - begins, bottom - top, Paint(tints[stay.day]))
    for tick in sheet.scale.days.ticks(_apart(sheet)) if rows else ():
        x = sheet.scale.days.at(tick.day)
        yield SvgLine(x, top, x, bottom, Paint(stroke=LINE, width=0.5))
    for stay in stays[1:]:
        if not sheet.scale.is_before(stay):
            x = sheet.scale.begins(stay)
            # Thin: the tints tell phases apart already, and words may lie across it.
            edge = Paint(stroke=QUIET, width=0.7, dash=(4, 4) if stay.approximate else ())
            yield SvgLine(x, top, x, bottom, edge)


def _phases(sheet: Sheet, rows: Sequence[TimelineRow]) -> None:
    """The band with each phase's whole name and how it was entered; decisions that moved nobody as marks."""
    stays = [row for row in rows if row.what == "stay"]
    if not rows:
        return
    inside: list[tuple[TimelineRow, float, list[str], list[str]]] = []
    below: list[TimelineRow] = []
    for stay in stays:
        begins, ends = sheet.scale.begins(stay), sheet.scale.ends(stay)
        width = ends - begins - 9
        name = wrapped(stay.label, look.NAME, width, bold=True)
        if width > 0 and len(name) <= 4 and _whole(stay.label, width, look.NAME, bold=True):
            how = f"≈ {stay.remark}" if stay.approximate else stay.remark
            inside.append((stay, begins, name, wrapped(how, look.SMALL, width)))
        else:
            below.append(stay)
    told = all(len(how) <= 3 for _, _, _, how in inside) and not below
    heights = [
        len(name) * look.NAME * look.LEADING + (len(how) * look.SMALL * look.LEADING if told else 0)
        for _, _, name, how in inside
    ]
    height = max([*heights, 18.0]) + 6
    for stay in stays:
        begins, ends = sheet.scale.begins(stay), sheet.scale.ends(stay)
        tint = Paint(tint_of(stays)[stay.day])
        sheet.draw(SvgRect(begins, sheet.y, ends - begins, height, tint, stay.sentence))
    for _, begins, name, how in inside:
        sheet.column(name, begins + 5, sheet.y + 3, look.NAME, bold=True)
        if told:
            sheet.column(
                how, begins + 5, sheet.y + 3 + len(name) * look.NAME * look.LEADING, look.SMALL, QUIET
            )
    sheet.column((sheet.say("timeline.panel-phase"),), look.EDGE, sheet.y + 3, look.SMALL, QUIET, bold=True)
    decisions = [row for row in rows if row.what == "decision"]
    for row in decisions:
        sheet.draw(symbol_of(row, sheet.scale.at(row), sheet.y + height - 6, 4))
    sheet.y += height + 2
    _names_below(sheet, below)


def _whole(text: str, width: float, size: float, *, bold: bool = False) -> bool:
    """Whether no word of the text would have to be broken."""
    return all(drawn_width(word, size, bold=bold) <= width for word in text.split(" "))


def _names_below(sheet: Sheet, stays: Sequence[TimelineRow]) -> None:
    """Names of phases too short to hold them, each on the first line on which it has room."""
    lines: list[float] = []
    names: list[tuple[float, float, int, TimelineRow]] = []
    for stay in stays:
        begins = sheet.scale.begins(stay)
        x = min(begins + 3, sheet.right - drawn_width(stay.label, look.SMALL))
        line = next((n for n, ends in enumerate(lines) if ends + 6 < min(x, begins)), len(lines))
        ends = x + drawn_width(stay.label, look.SMALL)
        if line == len(lines):
            lines.append(ends)
        lines[line] = ends
        names.append((begins, x, line, stay))
    for begins, x, line, stay in names[: 4 * 12]:
        top = sheet.y + line * look.SMALL * look.LEADING
        sheet.draw(
            SvgLine(begins + 0.5, sheet.y - 4, begins + 0.5, top + look.SMALL, Paint(stroke=QUIET, width=0.8))
        )
        sheet.column((stay.label,), x, top, look.SMALL)
    sheet.y += len(lines) * look.SMALL * look.LEADING + (4 if lines else 0)


# --- axis and foot ---


def _apart(sheet: Sheet) -> float:
    return 84 if sheet.scale.days.starts_on else 40


def _silence(sheet: Sheet, rows: Sequence[TimelineRow]) -> None:
    """The days at the end of which nothing was recorded, hatched."""
    days = sheet.scale.days
    silent = silent_from(rows, days.last)
    if silent is None:
        return
    lines = wrapped(sheet.say("timeline.silent", day=silent - 1), look.SMALL, look.LABELS - 14)
    sheet.column(lines, look.EDGE, sheet.y + 2, look.SMALL, QUIET)
    begins = days.at(silent)
    sheet.draw(SvgRect(begins, sheet.y + 4, days.ends - begins, 10, Paint(Hatch(), QUIET, 0.8)))
    sheet.y += max(18, len(lines) * look.SMALL * look.LEADING + 6)


def _axis(sheet: Sheet) -> None:
    """The days once under all panels, as dates where day 0 has one."""
    days = sheet.scale.days
    sheet.draw(SvgLine(sheet.left, sheet.y, sheet.right, sheet.y, Paint(stroke=QUIET)))
    dated = days.starts_on is not None
    name = sheet.say("timeline.axis-dates" if dated else "timeline.axis")
    lines = wrapped(name, look.SMALL, look.LABELS - 14)
    sheet.column(lines, look.EDGE, sheet.y + 5, look.SMALL, QUIET)
    for tick in days.ticks(_apart(sheet)):
        x = days.at(tick.day)
        sheet.draw(SvgLine(x, sheet.y, x, sheet.y + 4, Paint(stroke=QUIET)))
        half = drawn_width(tick.text, look.SMALL) / 2
        middle = min(max(x, sheet.left + half - 6), sheet.width - 3 - half)
        sheet.draw(SvgText(middle, sheet.y + 15, tick.text, look.SMALL, TEXT, "middle"))
    sheet.y += max(20, len(lines) * look.SMALL * look.LEADING + 7)


def foot(sheet: Sheet, rows: Sequence[TimelineRow], undrawn: str | None, *, rings: bool = True) -> None:
    """What is not drawn, what nobody recorded, and what the signs mean that no text stands beside."""
    sheet.y += 4
    if undrawn:
        sheet.paragraph(undrawn, sheet.small)
    empty = not_recorded(rows)
    if rows and empty:
        panels = tuple(message(f"timeline.panel-{panel}") for panel in empty)
        sheet.paragraph(sheet.say("timeline.not-recorded", panels=panels), sheet.small)
    signs: list[Message] = []
    if any(row.approximate or row.until_approximate for row in rows):
        signs.append(message("key.inferred"))
    if any(row.ongoing and row.what != "stay" for row in rows):
        signs.append(message("key.arrow"))
    if rings and any(row.what == "state" and row.until is not None and not row.ongoing for row in rows):
        signs.append(message("key.ring"))
    if any(row.kind for row in rows):
        signs.append(message("key.weeks"))
    if any(row.begun_unknown or _unsure(row) for row in rows) or silent_from(rows, sheet.scale.days.last):
        signs.append(message("key.hatch"))
    if signs:
        sheet.paragraph(sheet.say("timeline.signs", signs=tuple(signs)), sheet.small)


# Ours: so many days at the end without an entry are said.
LEAST_SILENCE = 14


def silent_from(rows: Sequence[TimelineRow], last: int) -> int | None:
    """The first of the days at the end of the axis of which nothing was recorded; None where they are few."""
    # What goes on was recorded when it began; that it goes on was not.
    recorded = [row.day if row.ongoing or row.until is None else row.until for row in rows if row.places]
    silent = max(recorded, default=last) + 1
    return silent if last - silent + 1 >= LEAST_SILENCE else None


def _unsure(row: TimelineRow) -> bool:
    low, high = row.middle or (row.low, row.high)
    return low != high
