"""The page of a forecast: tomorrow is its heading; one picture of the last weeks and the days to come."""

from __future__ import annotations

from collections.abc import Iterator
from math import isnan
from typing import TYPE_CHECKING

from assuage.catalogue.message import message
from assuage.catalogue.read import Catalogue
from assuage.report import plots as p
from assuage.report.forecast import words
from assuage.report.look.tokens import ESTIMATE, QUIET, STOP, TEXT
from assuage.report.page.pages import rendered
from assuage.report.plots import ROW, NumberScale
from assuage.report.svg.shapes import Paint, Shape, SvgLine, SvgPicture
from assuage.report.svg.write import svg_text
from assuage.words.speak import ENGLISH
from assuage.words.suspects import outcome_word

if TYPE_CHECKING:
    from assuage.dynamics.diary import Diary
    from assuage.dynamics.forecast import Forecast

BACK = 28  # days of the past that the picture shows
_TALL, _LEFT, _RIGHT = 150, 30, 12  # pixels: of the scale that stands, and its margins


def html(told: Forecast, diary: Diary, speaking: Catalogue = ENGLISH) -> str:
    """The page, its picture for a desk and for a phone."""
    from markupsafe import Markup

    scale = diary.outcome
    wide, phone = (list(pictures(told, diary, speaking, width)) for width in (p.WIDE, p.PHONE))
    return rendered(
        "forecast.html",
        speaking,
        words.forecast_answer(told),
        whose=message("forecast.whose", patient=told.patient, last=told.last, rated=told.rated),
        refusal=words.why_no_forecast(told, scale),
        below=words.forecast_messages(told, scale),
        # Our own code drew them and escaped every text.
        drawn=[
            (Markup(svg_text(a, on_a_page=True)), Markup(svg_text(b, on_a_page=True)), a.description)
            for a, b in zip(wide, phone, strict=True)
        ],
        columns=words.heading_cells(speaking),
        rows=words.day_rows(told, speaking),
        exposures=words.exposure_messages(told),
        past=words.tried_messages(told, scale),
        caveat=words.CAVEAT,
    )


def pictures(
    told: Forecast, diary: Diary, speaking: Catalogue = ENGLISH, width: float = p.WIDE
) -> Iterator[SvgPicture]:
    """The ratings of the last four weeks, the middle and the ends of each day to come; none without a forecast."""
    if not told.days:
        return
    say = speaking.say
    title = say(message("forecast.picture", outcome=outcome_word(told.outcome)))
    key = say(message("forecast.picture-key", flare=told.flare_from))
    first = p.lines_of_text(0, ROW, str(title), width, bold=True)
    second = p.lines_of_text(0, ROW * (len(first) + 1) + 3, str(key), width)
    shapes: list[Shape] = [*first, *second]
    top = ROW * (len(first) + len(second)) + 16
    scale, last = diary.outcome, told.last
    across = NumberScale(last - BACK, told.days[-1].day + 1, _LEFT, width - _RIGHT)
    up = NumberScale(scale.low, scale.high, top + _TALL, top)
    shapes += p.standing_axis(up, _LEFT, width - _RIGHT, up.ticks(), speaking)
    for at, ratings in enumerate(diary.ratings):
        day = diary.first_day + at
        for slot, rating in enumerate(ratings):
            if day > last - BACK and not isnan(rating):
                x = across.at(day + (slot + 0.5) / diary.ratings_per_day)
                shapes.append(p.dot(x, up.at(float(rating)), TEXT, radius=3))
    if told.flare_from is not None:
        y, x = up.at(told.flare_from), across.at(last + 1)
        shapes.append(SvgLine(x, y, across.ends, y, Paint(stroke=STOP, width=1.6, dash=(5, 4))))
    for day in told.days:
        x = across.at(day.day + 0.5)
        line = Paint(stroke=ESTIMATE, width=2.5)
        shapes.append(SvgLine(x, up.at(day.low), x, up.at(day.high), line))
        shapes.append(p.dot(x, up.at(day.middle), ESTIMATE, radius=4.5))
    for value in across.ticks(60):
        shapes.append(
            p.text(
                across.at(value + 0.5),
                up.begins + ROW + 2,
                p.written_number(value, speaking),
                QUIET,
                "middle",
            )
        )
    below = p.lines_of_text(0, up.begins + 2 * ROW + 6, str(say(message("forecast.picture-days"))), width)
    shapes += below
    name = "forecast" if width == p.WIDE else "forecast-phone"
    height = up.begins + ROW * (2 + len(below))
    shows = str(say(words.forecast_answer(told)))
    yield SvgPicture(name, width, height, str(title), shows, speaking.language, tuple(shapes))
