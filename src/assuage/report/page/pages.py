"""The review, the timeline and the body maps as pages: one file each, that opens anywhere and prints on A4."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from assuage.record.entries import Record
from assuage.report import atlas, timeline
from assuage.report.atlas.figure import summary as maps_in_words
from assuage.report.text import answers
from assuage.review.model import Review

if TYPE_CHECKING:
    from jinja2 import Environment

# What a reader of the page is asked, in the words of its headings.
QUESTIONS = {
    "WHERE": "Where",
    "ALERTS": "Alerts",
    "NOW": "Now",
    "LEAVE": "Leave alone for now",
    "ASK": "Ask",
    "SUSPECT": "Followed by worse",
}
LONGEST = 260
NOT_A_DEVICE = "Not a medical device. It proposes and explains; a person decides."


@cache
def environment() -> Environment:
    """The templates; everything that goes into them is escaped."""
    from jinja2 import Environment, PackageLoader, StrictUndefined

    return Environment(
        loader=PackageLoader("assuage.report.page", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def review_page(review: Review) -> str:
    """The review: what is to be known in a minute on the first A4 page, every reason and source below."""
    record = review.record
    date = record.date_of(review.on)
    day = f"day {review.on}" if date is None else f"day {review.on} ({date.isoformat()})"
    answered = [
        (QUESTIONS[label], label.lower(), [(_kind(text.plain), _short(text.plain)) for text in rows])
        for label, rows in answers(review)
    ]
    return _render(
        "review.html",
        review=review,
        title=f"{record.patient.id}: review, {day}",
        answered=answered,
        alerts=[alert for alert in review.alerts if alert.tier != "note"],
        notes=[alert for alert in review.alerts if alert.tier == "note"],
        **_timeline(record, review),
        **_maps(record, review.on),
    )


def timeline_page(record: Record, review: Review | None = None) -> str:
    """The timeline and the table of its rows."""
    return _render(
        "timeline.html", title=f"{record.patient.id}: the recorded course", **_timeline(record, review)
    )


def bodymap_page(record: Record, on: int | None = None) -> str:
    """The body maps and the table of their rows."""
    return _render("bodymap.html", title=f"{record.patient.id}: where it hurt", **_maps(record, on))


def _render(template: str, **given: Any) -> str:
    return environment().get_template(template).render(notice=NOT_A_DEVICE, **given)


def _timeline(record: Record, review: Review | None) -> dict[str, Any]:
    from markupsafe import Markup

    shown = timeline.rows(record, review)
    return {
        # Drawn by vl-convert, which escapes every text it is given.
        "timeline": Markup(_fluid(timeline.svg(record, review))),
        "timeline_headings": timeline.HEADINGS,
        "timeline_rows": [row.cells for row in shown],
    }


def _maps(record: Record, on: int | None) -> dict[str, Any]:
    from markupsafe import Markup

    return {
        "maps": Markup(_fluid(atlas.svg(record, on))),
        "maps_in_words": maps_in_words(atlas.chosen(atlas.visits(record, on))),
        "maps_headings": atlas.HEADINGS,
        "maps_rows": atlas.rows(record, on),
    }


def _fluid(svg: str) -> str:
    """The picture without a size of its own, so that it takes the width of the page."""
    head, _, rest = svg.partition(">")
    kept = [part for part in head.split(" ") if not part.startswith(("width=", "height="))]
    return f"{' '.join(kept)}>{rest}"


def _kind(line: str) -> str:
    """How a line of the first screen is set: its tier, or as the remark to the line above it."""
    if line.startswith("STOP"):
        return "stop"
    return "under" if line.startswith("  ") else "line"


def _short(line: str) -> str:
    """A line short enough for the first page: what is cut stands below in full. What stops is never cut."""
    said = line.strip().replace("notes: --all", "notes (below)").replace("note: --all", "note (below)")
    if said.startswith("STOP") or len(said) <= LONGEST:
        return said
    return f"{said[: LONGEST - 20].rpartition(' ')[0].rstrip(',;')} … (in full below)"
