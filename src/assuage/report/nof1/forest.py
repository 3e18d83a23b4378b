"""The forest plot of a series: each patient alone and pooled, the mean, and the next patient."""

from __future__ import annotations

from collections.abc import Iterator

from assuage.catalogue.message import message
from assuage.catalogue.read import Catalogue
from assuage.nof1.messages import points
from assuage.nof1.series import Ranged, TrialSeries
from assuage.nof1.series_messages import ranged_message, series_answer
from assuage.report import plots as p
from assuage.report.look.figures import drawn_width
from assuage.report.look.tokens import ESTIMATE, GROUND, LINE, QUIET, TEXT
from assuage.report.plots import ROW, NumberScale
from assuage.report.svg.lettering import wrapped
from assuage.report.svg.shapes import Paint, Shape, SvgLine, SvgPicture, SvgRect
from assuage.words.speak import ENGLISH

MOST_DRAWN = 60  # patients; of more, those at both ends
_LANE, _NAMES = 26, 160  # pixels of a patient's lane, and of the names beside it
_PAD = 16


def pictures(series: TrialSeries, speaking: Catalogue = ENGLISH, width: float = p.WIDE) -> tuple[SvgPicture]:
    """The forest plot."""
    return (_forest(series, speaking, width),)


def _forest(series: TrialSeries, speaking: Catalogue, width: float) -> SvgPicture:
    say, worth = speaking.say, points(series.outcome)
    title = say(message("series.picture", outcome=series.outcome))
    shapes: list[Shape] = [*p.lines_of_text(0, ROW, title, width, bold=True)]
    key = p.lines_of_text(
        0, ROW * (len(shapes) + 1) + 3, say(message("series.picture-key", points=worth)), width
    )
    y = ROW * (len(shapes) + len(key)) + 14.0
    shapes += key
    drawn, hidden = series.patients, 0
    if len(drawn) > MOST_DRAWN:
        hidden = len(drawn) - MOST_DRAWN
        drawn = (*drawn[: MOST_DRAWN // 2], *drawn[-(MOST_DRAWN // 2) :])
    beside = width > 400
    left = _NAMES if beside else _PAD
    size = series.worth
    ranges = [series.new, series.mean, *(each for row in drawn for each in (row.alone, row.pooled))]
    low = min(-1.2 * size, *(each.low for each in ranges))
    high = max(1.2 * size, *(each.high for each in ranges))
    across = NumberScale(low, high, left, width - _PAD)
    top = y
    rows: list[Shape] = []

    def lane(name: str, bold: bool) -> float:
        """The height of the next lane, with its name beside it or above."""
        nonlocal y
        words = wrapped(name, p.SIZE, (_NAMES - 12) if beside else width, bold=bold, most=1)[0]
        if not beside:  # no line of the scale runs through a name
            rows.append(SvgRect(0, y + 1, drawn_width(words, p.SIZE, bold=bold) + 3, ROW, Paint(GROUND)))
        rows.append(p.text(0, y + (ROW if beside else ROW - 3), words, TEXT, bold=bold))
        y += _LANE if beside else _LANE + ROW
        return y - _LANE + ROW - 4.5

    for at, patient in enumerate(drawn):
        if hidden and at == MOST_DRAWN // 2:
            rows.append(p.text(0, y + ROW, say(message("series.picture-more", n=hidden)), QUIET))
            y += _LANE
        height = lane(patient.patient, bold=False)
        rows += _thin(across, patient.alone, height - 3.5)
        rows += _thick(across, patient.pooled, height + 2.5, dashed=patient.reading.withheld)
    y += 6
    rows.append(SvgLine(0, y, width, y, Paint(stroke=LINE)))
    y += 4
    rows += _thick(across, series.mean, lane(say(message("series.row-mean")), bold=True), dashed=False)
    rows += _thin(across, series.new, lane(say(message("series.row-next")), bold=True))
    named = say(message("nof1.picture-less-more", outcome=series.outcome))
    shapes += p.lying_axis(across, top, y + 4, named, speaking)
    for value, dash in ((0.0, ()), (size, (2, 4)), (-size, (2, 4))):
        x = across.at(value)
        shapes.append(SvgLine(x, top, x, y + 4, Paint(stroke=QUIET, dash=dash)))
    shapes += rows
    name = "forest" + ("" if width == p.WIDE else "-phone")
    shows = f"{say(series_answer(series))} {say(message('series.next', new=ranged_message(series.new)))}"
    return SvgPicture(name, width, y + 4 + 3 * ROW, str(title), shows, speaking.language, tuple(shapes))


def _thin(across: NumberScale, of: Ranged, y: float) -> Iterator[Shape]:
    yield SvgLine(across.at(of.low), y, across.at(of.high), y, Paint(stroke=QUIET, width=1.2))
    yield p.dot(across.at(of.estimate), y, QUIET, radius=3)


def _thick(across: NumberScale, of: Ranged, y: float, *, dashed: bool) -> Iterator[Shape]:
    yield from p.interval_shapes(across, of.low, of.high, of.estimate, y, ESTIMATE, dashed=dashed)
