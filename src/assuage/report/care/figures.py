"""The pictures of a case report: the course on one time axis, and where it hurt at each visit."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from assuage.record.entries import Record
from assuage.report import atlas, timeline
from assuage.report.atlas.figure import chosen, maps_in_words
from assuage.report.care.language import ReportLanguage
from assuage.report.svg.convert import png_of
from assuage.report.timeline.files import timeline_in_words
from assuage.review.model import Review
from assuage.words.speak import catalogue

# As many dots as 16 cm of paper can show; more cost time and weight.
_SCALE = 1.5


@dataclass(frozen=True)
class Figure:
    """A picture: the section it stands in, its words for those who cannot see it, its caption, and its content."""

    name: str
    section: int
    alt: str
    caption: str
    content: str | bytes


def figures(record: Record, review: Review | None, lang: ReportLanguage, form: str) -> Iterator[Figure]:
    """The pictures of a record in the language of its report: PNG for Word, SVG for all else; none of nothing."""
    if form == "json":
        return
    speaking = catalogue(lang.code)
    drawn = timeline.rows(record, review, speaking)
    if drawn:
        content = timeline.svg(record, review, speaking)
        if form == "docx":
            content = png_of(content, _SCALE)
        caption = lang.t("The course on one time axis. Only what was recorded is drawn; a gap is a gap.")
        yield Figure("timeline", 7, timeline_in_words(drawn, speaking), caption, content)
    shown = chosen(atlas.visits(record))
    if shown:
        content = atlas.svg(record, speaking=speaking, name="case")
        if form == "docx":
            content = png_of(content, _SCALE)
        caption = lang.t("Where it hurt, visit by visit. Left and right are the patient’s own.")
        yield Figure("body", 10, maps_in_words(shown, speaking), caption, content)
