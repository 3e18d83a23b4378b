"""The timeline as a file: SVG, PNG, PDF, or a page with the table beside it. No browser, no network."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape, unescape
from typing import Any

from assuage.catalogue.message import message
from assuage.catalogue.read import Catalogue
from assuage.catalogue.sentence import Sentence
from assuage.record.entries import Record
from assuage.report.timeline.figure import specification
from assuage.report.timeline.row import TimelineRow
from assuage.report.timeline.rows import rows
from assuage.review.model import Review
from assuage.words.speak import ENGLISH, translation_note


def spec(record: Record, review: Review | None = None, speaking: Catalogue = ENGLISH) -> dict[str, Any]:
    """The Vega-Lite specification of the figure."""
    return _spec(record, review, rows(record, review, speaking), speaking)


def _spec(
    record: Record, review: Review | None, shown: Sequence[TimelineRow], speaking: Catalogue
) -> dict[str, Any]:
    return specification(
        shown,
        title=timeline_title(record, speaking),
        subtitle=[subtitle(record, review, speaking), *filter(None, [translation_note(speaking)])],
        summary=timeline_in_words(shown, speaking),
        speaking=speaking,
    )


def timeline_title(record: Record, speaking: Catalogue = ENGLISH) -> str:
    """`case-2026: the recorded course`."""
    return speaking.say(message("page.title-timeline", patient=record.patient.id))


def subtitle(record: Record, review: Review | None, speaking: Catalogue = ENGLISH) -> str:
    """The pathway, the calendar date of day 0 where there is one, and what the figure is not."""
    pathway = None
    if review and review.pathway:
        pathway = message("timeline.pathway", id=review.pathway.id, version=review.pathway.version)
    return speaking.say(message("timeline.subtitle", pathway=pathway, starts_on=record.starts_on))


def timeline_in_words(shown: Sequence[TimelineRow], speaking: Catalogue = ENGLISH) -> str:
    """What the picture holds, in one sentence: for those who cannot see it."""
    if not shown:
        return speaking.say(message("timeline.empty"))
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
    return speaking.say(
        message("timeline.summary", first=min(row.day for row in shown), last=last, counts=counts)
    )


def svg(record: Record, review: Review | None = None, speaking: Catalogue = ENGLISH) -> str:
    """The figure as SVG: no script, no font file, every mark with its sentence."""
    import vl_convert

    shown = rows(record, review, speaking)
    drawn: str = vl_convert.vegalite_to_svg(_spec(record, review, shown, speaking))
    described = " ".join(filter(None, [timeline_in_words(shown, speaking), translation_note(speaking)]))
    drawn = _labels_in_their_language(drawn, shown, speaking.language)
    return _spoken(drawn, timeline_title(record, speaking), described, speaking.language)


def png(
    record: Record, review: Review | None = None, speaking: Catalogue = ENGLISH, *, scale: float = 2
) -> bytes:
    """The figure as PNG, `scale` pixels for each of SVG's."""
    import vl_convert

    return bytes(vl_convert.svg_to_png(svg(record, review, speaking), scale=scale))


def pdf(record: Record, review: Review | None = None, speaking: Catalogue = ENGLISH) -> bytes:
    """The figure as a PDF of one page with real text."""
    import vl_convert

    return bytes(vl_convert.svg_to_pdf(svg(record, review, speaking)))


_TEXT = re.compile(r"<text((?:\s[^<>]*)?)>([^<>]*)</text>")


def _labels_in_their_language(drawn: str, shown: Sequence[TimelineRow], language: str) -> str:
    """The SVG with the names of lanes and phases that stand in another language marked with it, cut ones too."""
    foreign = {
        str(name): name.spans[0].language
        for row in shown
        for name in (row.lane, row.label)
        if isinstance(name, Sentence) and len(name.spans) == 1 and name.foreign_to(language)
    }

    def marked(text: re.Match[str]) -> str:
        start, cut, end = unescape(text[2]).partition("…")
        for name, its_language in foreign.items():
            if start == name or (cut and name.startswith(start) and name.endswith(end)):
                return f'<text lang="{its_language}"{text[1]}>{text[2]}</text>'
        return text[0]

    return _TEXT.sub(marked, drawn) if foreign else drawn


_LABEL = re.compile(r'<(path|rect|line|text)((?:\s[^<>]*?)?) aria-label="([^"]*)"([^<>]*?)(?:/>|></\1>)')


def _spoken(drawn: str, heading: str, description: str, language: str) -> str:
    """The SVG with a title and a description, and each mark's sentence as its own title, shown on hovering."""

    def titled(mark: re.Match[str]) -> str:
        tag, before, label, after = mark.groups()
        if not label:
            return f'<{tag}{before} aria-hidden="true"{after}/>'
        after = after.replace(' role="graphics-symbol"', "").replace(
            ' aria-roledescription="', ' data-kind="'
        )
        return f"<{tag}{before}{after}><title>{label}</title></{tag}>"

    body = _LABEL.sub(titled, drawn)
    opening = f'role="img" lang="{language}" aria-label="{escape(f"{heading}. {description}")}"'
    return re.sub(
        r'<svg ([^>]*?)class="marks"([^>]*)>',
        lambda m: (
            f"<svg {m[1]}{opening}{m[2]}><title>{escape(heading)}</title><desc>{escape(description)}</desc>"
        ),
        body,
        count=1,
    )
