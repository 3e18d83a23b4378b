"""The figures of a manuscript: the course on one time axis, and where it hurt at each visit."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from assuage.catalogue.read import Catalogue
from assuage.record.entries import Record
from assuage.report import atlas, timeline
from assuage.report.atlas.figure import chosen, maps_in_words
from assuage.report.care.case_report import PlacedFigure
from assuage.report.care.language import ReportLanguage
from assuage.report.svg.convert import png_of
from assuage.report.timeline.files import published_svg, timeline_in_words
from assuage.review.model import Review

# As many dots as 16 cm of paper can show; more cost time and weight.
_SCALE = 1.5


def placed_figures(record: Record, review: Review | None, lang: ReportLanguage) -> Iterator[PlacedFigure]:
    """The figures of a record, numbered in order; none of what was not recorded."""
    speaking = lang.catalogue
    number = 0
    shown = timeline.rows(record, review, speaking)
    if shown:
        number += 1
        caption = lang.t("The course on one time axis. Only what was recorded is drawn; a gap is a gap.")
        left = timeline.undrawn_message(shown, record, review, published=True)
        yield PlacedFigure("timeline", number, 7, timeline_in_words(shown, speaking, left), caption)
    maps = chosen(atlas.visits(record))
    if maps:
        number += 1
        caption = lang.t("Where it hurt, visit by visit. Left and right are the patient’s own.")
        yield PlacedFigure("body", number, 10, maps_in_words(maps, speaking), caption)


def figure_content(
    name: str, record: Record, review: Review | None, speaking: Catalogue, *, raster: bool
) -> str | bytes:
    """A figure by its name: SVG, or `raster` as PNG, which is what Word can hold."""
    if name == "timeline":
        svg = published_svg(record, review, speaking)
    else:
        svg = atlas.svg(record, speaking=speaking, name="case")
    return png_of(svg, _SCALE) if raster else svg


def page_figure(name: str, record: Record, review: Review | None, speaking: Catalogue) -> str:
    """A figure by its name as HTML that fits a phone too: the course in two shapes, the maps one by one."""
    if name == "timeline":
        shown = timeline.rows(record, review, speaking)
        return timeline.on_a_page(shown, record, review, speaking, named=False)
    maps = "".join(
        f"<li><p><strong>{escape(day.title)}</strong> {escape(day.words)}</p>{day.drawing}</li>"
        for day in atlas.maps_of_days(record, speaking=speaking, name="case")
    )
    key = "".join(
        f"<li>{drawn} {escape(says)}</li>" for drawn, says in atlas.key_of_maps(speaking, name="case")
    )
    note = escape(atlas.note_of_maps(record, speaking=speaking))
    return f'{atlas.patterns("case")}<ol class="maps">{maps}</ol><ul class="key">{key}</ul><p>{note}</p>'
