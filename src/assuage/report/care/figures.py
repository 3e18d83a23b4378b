"""The pictures of a case report: the course on one time axis, and where it hurt at each visit."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from assuage.record.entries import Record
from assuage.report import atlas, timeline
from assuage.report.atlas.figure import chosen, maps_in_words
from assuage.report.care.language import ReportLanguage
from assuage.report.timeline.files import timeline_in_words
from assuage.review.model import Review

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
    """The pictures of a record, as PNG for Word and SVG for all else; none of what was not recorded."""
    if form == "json":
        return
    drawn = timeline.rows(record, review)
    if drawn:
        content = (
            timeline.png(record, review, scale=_SCALE) if form == "docx" else timeline.svg(record, review)
        )
        caption = lang.t("The course on one time axis. Only what was recorded is drawn; a gap is a gap.")
        yield Figure("timeline", 7, timeline_in_words(drawn), caption, content)
    shown = chosen(atlas.visits(record))
    if shown:
        content = atlas.png(record, scale=_SCALE) if form == "docx" else atlas.svg(record, name="case")
        caption = lang.t("Where it hurt, visit by visit. Left and right are the patient’s own.")
        yield Figure("body", 10, maps_in_words(shown), caption, content)
