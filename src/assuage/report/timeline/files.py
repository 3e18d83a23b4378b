"""The timeline as a file: SVG, PNG, PDF, in two shapes of the same rows. No browser, no network."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from assuage.catalogue.message import Message, message
from assuage.catalogue.read import Catalogue
from assuage.record.entries import Record
from assuage.report.svg.convert import pdf_of, png_of
from assuage.report.svg.shapes import SvgPicture
from assuage.report.svg.write import svg_text
from assuage.report.timeline.axis import axis_of
from assuage.report.timeline.phone import phone_picture
from assuage.report.timeline.row import TimelineRow
from assuage.report.timeline.rows import rows
from assuage.report.timeline.sheet import CourseHead
from assuage.report.timeline.undrawn import undrawn_message
from assuage.report.timeline.weeks import drawn_rows
from assuage.report.timeline.wide import wide_picture
from assuage.review.standing import AnyStanding
from assuage.words.speak import ENGLISH, translation_note

Look = Literal["wide", "phone"]


def course_picture(
    record: Record, review: AnyStanding | None = None, speaking: Catalogue = ENGLISH, *, look: Look = "wide"
) -> SvgPicture:
    """The figure as a value: time to the right on a wide sheet, downwards on a phone."""
    return picture_of(rows(record, review, speaking), record, review, speaking, look=look)


def picture_of(
    shown: Sequence[TimelineRow],
    record: Record,
    review: AnyStanding | None = None,
    speaking: Catalogue = ENGLISH,
    *,
    look: Look = "wide",
    on_a_page: bool = False,
    named: bool = True,
) -> SvgPicture:
    """The figure of rows that have been made already; on a page, which has its own heading, without a title on it.

    What is published is not `named`: it has no id of a patient, and says what it shows in its caption.
    """
    note = None if on_a_page else translation_note(speaking)
    left = undrawn_message(shown, record, review)
    words = timeline_in_words(shown, speaking, left)
    head = CourseHead(
        timeline_title(record, speaking) if named else speaking.say(message("page.course")),
        (subtitle(record, review, speaking, on_a_page=on_a_page), *filter(None, [note])),
        " ".join(filter(None, [words, note])),
        titled=named and not on_a_page,
        undrawn=None if left is None else speaking.say(left),
    )
    draw = phone_picture if look == "phone" else wide_picture
    return draw(drawn_rows(shown), axis_of(shown), head, speaking, record.starts_on)


def timeline_title(record: Record, speaking: Catalogue = ENGLISH) -> str:
    """`case-2026: the recorded course`."""
    return speaking.say(message("page.title-timeline", patient=record.patient.id))


def subtitle(
    record: Record, review: AnyStanding | None, speaking: Catalogue = ENGLISH, *, on_a_page: bool = False
) -> str:
    """The pathway, the calendar date of day 0 where there is one, and what the figure is not, unless a page says it."""
    pathway = None
    if review and review.pathway:
        pathway = message("timeline.pathway", id=review.pathway.id, version=review.pathway.version)
    notice = None if on_a_page else message("timeline.not-a-device")
    return speaking.say(
        message("timeline.subtitle", pathway=pathway, starts_on=record.starts_on, notice=notice)
    )


def timeline_in_words(
    shown: Sequence[TimelineRow], speaking: Catalogue = ENGLISH, left: Message | None = None
) -> str:
    """What the picture holds, and what is left out of it: for those who cannot see it."""
    return " ".join(speaking.say(each) for each in (_counted(shown), left) if each is not None)


def _counted(shown: Sequence[TimelineRow]) -> Message:
    if not shown:
        return message("timeline.empty")
    recorded = (
        message("timeline.count-phases", n=sum(row.what == "stay" for row in shown)),
        message("timeline.count-medicines", n=len({row.lane for row in shown if row.panel == "medication"})),
        message("timeline.count-sessions", n=sum(row.what == "session" for row in shown)),
        message("timeline.count-exposures", n=sum(row.what == "exposure" for row in shown)),
        message("timeline.count-breaches", n=sum(row.breach == "breach" for row in shown)),
        message("timeline.count-symptoms", n=sum(row.panel == "symptom" for row in shown)),
        message("timeline.count-values", n=sum(row.panel == "score" for row in shown)),
    )
    counts = tuple(count for count in recorded if count.value("n"))
    last = max(row.day if row.until is None else row.until for row in shown)
    return message("timeline.summary", first=min(row.day for row in shown), last=last, counts=counts)


def svg(
    record: Record, review: AnyStanding | None = None, speaking: Catalogue = ENGLISH, *, look: Look = "wide"
) -> str:
    """The figure as SVG: no script, no address, every mark with its sentence."""
    return svg_text(course_picture(record, review, speaking, look=look))


def published_svg(record: Record, review: AnyStanding | None, speaking: Catalogue) -> str:
    """The same for a manuscript: without the patient's id."""
    return svg_text(picture_of(rows(record, review, speaking), record, review, speaking, named=False))


def on_a_page(
    shown: Sequence[TimelineRow],
    record: Record,
    review: AnyStanding | None,
    speaking: Catalogue = ENGLISH,
    *,
    named: bool = True,
) -> str:
    """Both shapes of the figure as HTML, painted with the page's colours; the page's CSS shows the one that fits."""
    looks: tuple[Look, Look] = ("wide", "phone")
    pictures = (
        picture_of(shown, record, review, speaking, look=look, on_a_page=True, named=named) for look in looks
    )
    return "".join(
        f'<div class="course-{look}">{svg_text(picture, on_a_page=True)}</div>'
        for look, picture in zip(looks, pictures, strict=True)
    )


def png(
    record: Record,
    review: AnyStanding | None = None,
    speaking: Catalogue = ENGLISH,
    *,
    look: Look = "wide",
    scale: float = 2,
) -> bytes:
    """The figure as PNG, `scale` pixels for each of SVG's."""
    return png_of(svg(record, review, speaking, look=look), scale)


def pdf(
    record: Record, review: AnyStanding | None = None, speaking: Catalogue = ENGLISH, *, look: Look = "wide"
) -> bytes:
    """The figure as a tagged PDF of one page with real text, its title, its language, and its words."""
    drawn = course_picture(record, review, speaking, look=look)
    return pdf_of(svg_text(drawn), drawn.title, drawn.description, drawn.language)
