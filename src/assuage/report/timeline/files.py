"""The timeline as a file: SVG, PNG, PDF, or a page with the table beside it. No browser, no network."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape
from typing import Any

from assuage.record.entries import Record
from assuage.report.timeline.figure import specification
from assuage.report.timeline.row import Row
from assuage.report.timeline.rows import rows
from assuage.review.model import Review

NOTICE = "Only what was recorded; a gap is a gap. Not a medical device; a person decides."


def spec(record: Record, review: Review | None = None) -> dict[str, Any]:
    """The Vega-Lite specification of the figure."""
    return _spec(record, review, rows(record, review))


def _spec(record: Record, review: Review | None, shown: Sequence[Row]) -> dict[str, Any]:
    return specification(
        shown, title=title(record, review), subtitle=[subtitle(record, review)], summary=summary(shown)
    )


def title(record: Record, review: Review | None) -> str:
    """`case-2026: the recorded course`."""
    return f"{record.patient.id}: the recorded course"


def subtitle(record: Record, review: Review | None) -> str:
    """The pathway, the calendar date of day 0 where there is one, and what the figure is not."""
    pathway = f"Pathway {review.pathway.id} v{review.pathway.version}. " if review else ""
    started = f"Day 0 is {record.starts_on.isoformat()}. " if record.starts_on else ""
    return f"{pathway}{started}{NOTICE}"


def summary(shown: Sequence[Row]) -> str:
    """What the picture holds, in one sentence: for those who cannot see it."""
    if not shown:
        return "A timeline without a mark: nothing that could be drawn was recorded."
    phases = sum(row.what == "stay" for row in shown)
    counts = (
        (phases, "phase", "phases"),
        (len({row.lane for row in shown if row.panel == "medication"}), "medicine", "medicines"),
        (sum(row.what == "session" for row in shown), "therapy session", "therapy sessions"),
        (sum(row.what == "exposure" for row in shown), "exposure", "exposures"),
        (sum(row.breach == "breach" for row in shown), "of them a breach", "of them breaches"),
        (sum(row.panel == "symptom" for row in shown), "statement on symptoms", "statements on symptoms"),
        (sum(row.panel == "score" for row in shown), "value of a scale", "values of scales"),
    )
    held = ", ".join(f"{n} {one if n == 1 else many}" for n, one, many in counts if n)
    last = max(row.day if row.until is None else row.until for row in shown)
    return f"Timeline from day {min(row.day for row in shown)} to day {last}: {held}. The table has the same rows."


def svg(record: Record, review: Review | None = None) -> str:
    """The figure as SVG: no script, no font file, every mark with its sentence."""
    import vl_convert

    shown = rows(record, review)
    drawn: str = vl_convert.vegalite_to_svg(_spec(record, review, shown))
    return _spoken(drawn, title(record, review), summary(shown))


def png(record: Record, review: Review | None = None, *, scale: float = 2) -> bytes:
    """The figure as PNG, `scale` pixels for each of SVG's."""
    import vl_convert

    return bytes(vl_convert.svg_to_png(svg(record, review), scale=scale))


def pdf(record: Record, review: Review | None = None) -> bytes:
    """The figure as a PDF of one page with real text."""
    import vl_convert

    return bytes(vl_convert.svg_to_pdf(svg(record, review)))


_LABEL = re.compile(r'<(path|rect|line|text)((?:\s[^<>]*?)?) aria-label="([^"]*)"([^<>]*?)(?:/>|></\1>)')


def _spoken(drawn: str, heading: str, said: str) -> str:
    """The SVG with a title and a description, and each mark's sentence as its own title, shown on hovering."""

    def marked(found: re.Match[str]) -> str:
        tag, before, label, after = found.groups()
        if not label:
            return f'<{tag}{before} aria-hidden="true"{after}/>'
        after = after.replace(' role="graphics-symbol"', "").replace(
            ' aria-roledescription="', ' data-kind="'
        )
        return f"<{tag}{before}{after}><title>{label}</title></{tag}>"

    body = _LABEL.sub(marked, drawn)
    opening = f'role="img" aria-label="{escape(f"{heading}. {said}")}"'
    return re.sub(
        r'<svg ([^>]*?)class="marks"([^>]*)>',
        lambda m: f"<svg {m[1]}{opening}{m[2]}><title>{escape(heading)}</title><desc>{escape(said)}</desc>",
        body,
        count=1,
    )
