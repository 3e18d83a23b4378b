"""The review, the timeline and the body maps as pages: one file each, that opens anywhere and prints on A4."""

from __future__ import annotations

from functools import cache, partial
from typing import TYPE_CHECKING, Any

from assuage.catalogue.message import Message, message
from assuage.catalogue.read import Catalogue
from assuage.catalogue.sentence import Sentence, as_written
from assuage.record.entries import Record
from assuage.record.timeline import Timeline
from assuage.report import atlas, timeline
from assuage.report.look import css, figures
from assuage.report.recorded import recorded_headings, recorded_rows
from assuage.report.visit_text import Line, VisitText
from assuage.review.disputes import dispute_message, pairs_in_dispute
from assuage.review.standing import AnyStanding
from assuage.review.visit import VisitPage
from assuage.safety.coverage import pair_coverage
from assuage.safety.known import situation
from assuage.words.alerts import alert_action, alerts_with_reasons, coverage_messages
from assuage.words.evidence import source_word
from assuage.words.reviews import day_message, running_messages
from assuage.words.speak import ENGLISH, translation_note
from assuage.words.suspects import effect_in_short, head_message
from assuage.words.visits import question_message

if TYPE_CHECKING:
    from jinja2 import Environment
    from markupsafe import Markup

MOST_MAP_ROWS = 80  # of the table beside the body maps of a review: a longer one is not made (ours)


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


def markup(sentence: Sentence, language: str) -> Markup:
    """The sentence for a page in that language: escaped, each stretch of another language marked with its own."""
    from markupsafe import Markup, escape

    parts = [
        escape(span.text)
        if span.language == language
        else Markup('<span lang="{}">{}</span>').format(span.language, span.text)
        for span in sentence.spans
    ]
    # A table of a year has thousands of cells, nearly all of one stretch.
    return parts[0] if len(parts) == 1 else Markup("").join(parts)


def review_page(page: VisitPage, speaking: Catalogue = ENGLISH) -> str:
    """The review: what is to be known in a minute on the first A4 page, every reason and source below."""
    return rendered("review.html", speaking, review_title(page), **given_to_review(page, speaking))


def review_title(page: VisitPage) -> Message:
    """Whose review it is, and of which day."""
    return message("page.title-review", patient=page.review.record.patient.id, day=day_message(page.review))


def given_to_review(page: VisitPage, speaking: Catalogue) -> dict[str, Any]:
    """What `review.html` shows, in whatever frame it stands."""
    review, record = page.review, page.review.record
    return (
        given_to_visit(page, speaking)
        | given_to_recorded(record, review.on, speaking)
        | given_to_timeline(record, review, speaking)
        | given_to_maps(record, review.on, speaking, MOST_MAP_ROWS)
    )


def given_to_recorded(record: Record, on: int, speaking: Catalogue) -> dict[str, Any]:
    """The table of every entry up to a day."""
    return {
        "recorded_headings": recorded_headings(speaking),
        "recorded_rows": [_cells(row, speaking) for row in recorded_rows(record, on, speaking)],
    }


def given_to_visit(page: VisitPage, speaking: Catalogue) -> dict[str, Any]:
    """What `review.html` says, without the figure, the body maps and the tables of what was recorded."""
    review = page.review
    answered = [
        (
            name,
            [(line.kind, markup(_on_page(line, speaking), speaking.language), line.weeks) for line in lines],
        )
        for name, lines in VisitText(page, speaking, whole=True).answers()
    ]
    alerts = alerts_with_reasons(speaking, review.alerts)
    return {
        "disputes": [dispute_message(*pair) for pair in pairs_in_dispute(review)],
        "review": review,
        "running": running_messages(review),
        "answered": answered,
        "questions": [question_message(each) for each in page.questions],
        "effects": [effect_in_short(each.effect) if each.effect else None for each in review.suspects],
        "suspects": [head_message(each) for each in review.suspects],
        "alerts": [alert for alert in alerts if alert.tier != "note"],
        "notes": [alert for alert in alerts if alert.tier == "note"],
        "action_of": partial(alert_action, speaking),
        "unruled": tuple(coverage_messages(pair_coverage(situation(review.timeline, review.on)))),
    }


def timeline_page(record: Record, review: AnyStanding | None = None, speaking: Catalogue = ENGLISH) -> str:
    """The timeline and the table of its rows."""
    title = message("page.title-timeline", patient=record.patient.id)
    return rendered("timeline.html", speaking, title, **given_to_timeline(record, review, speaking))


def bodymap_page(record: Record, on: int | None = None, speaking: Catalogue = ENGLISH) -> str:
    """The body maps and the table of their rows."""
    title = message("page.title-bodymap", patient=record.patient.id)
    return rendered("bodymap.html", speaking, title, **given_to_maps(record, on, speaking))


def _themed(drawn: str) -> Markup:
    """The picture in the colours of the page, light or dark."""
    from markupsafe import Markup

    return Markup(figures.themed(drawn))


def rendered(template: str, speaking: Catalogue, title: Message | str, **given: Any) -> str:
    """A page made of that template: one header and the skip link; `say` and `value` stand in it."""
    return environment().get_template(template).render(given_to_pages(speaking, title) | given)


def given_to_pages(speaking: Catalogue, title: Message | str) -> dict[str, Any]:
    """What every template of a page may use; `layout` is the frame that it stands in."""
    from markupsafe import Markup

    def say(id: str, /, **values: object) -> Markup:  # noqa: A002 - the id of the sentence
        return markup(speaking.say(message(id, **values)), speaking.language)

    def value(thing: object) -> Markup:
        return markup(speaking.value(thing), speaking.language)

    return {
        "layout": "base.html",
        "language": speaking.language,
        "reader": speaking.reader,
        "unchecked": translation_note(speaking),
        "title": str(speaking.say(title) if isinstance(title, Message) else title),
        "notice": say("page.not-a-device"),
        "look": Markup(css.style_sheet()),
        "security_policy": Markup(css.SECURITY_POLICY),
        "themed": _themed,
        "say": say,
        "value": value,
        "message": message,
        "source_word": source_word,
        "as_written": as_written,
    }


def given_to_timeline(
    record: Record, review: AnyStanding | None, speaking: Catalogue, *, notes: bool = False
) -> dict[str, Any]:
    """The figure of the course and the table of its rows; with the notes of clinicians for those who care."""
    from markupsafe import Markup

    shown = timeline.rows(record, review, speaking, notes=notes)
    return {
        # Drawn by our own code, which escapes every text it is given.
        "timeline": Markup(timeline.on_a_page(shown, record, review, speaking)),
        "timeline_headings": timeline.headings(speaking),
        "timeline_rows": [_cells(row.cells, speaking) for row in shown],
        "timeline_undrawn": timeline.undrawn_message(shown, record, review),
    }


def given_to_maps(
    record: Record, on: int | None, speaking: Catalogue, most_rows: int | None = None
) -> dict[str, Any]:
    """The body maps, day by day, and the table of their rows; no rows where they are more than `most_rows`."""
    rows = atlas.map_rows(record, on, speaking, None if most_rows is None else most_rows + 1)
    too_many = most_rows is not None and len(rows) > most_rows
    return given_to_drawn_maps(record, on, speaking) | {
        "maps_headings": atlas.map_headings(speaking),
        "maps_rows": None if too_many else [_cells(row, speaking) for row in rows],
    }


def given_to_drawn_maps(
    record: Record,
    on: int | None,
    speaking: Catalogue,
    since: int | None = None,
    timeline: Timeline | None = None,
) -> dict[str, Any]:
    """The body maps alone, from a day on where one is named; `maps_earlier` is how many are of days before it.

    `timeline` is that of the record, where somebody has laid it out already.
    """
    from markupsafe import Markup

    visits = atlas.visits(record, on, timeline)
    drawn = atlas.chosen(visits)
    shown = [each for each in drawn if since is None or each.day >= since]
    return {
        "patterns": Markup(figures.themed(atlas.patterns("atlas"))),
        "maps": [
            (day.title, day.words, Markup(figures.themed(day.drawing)))
            for day in atlas.maps_of_visits(shown, speaking)
        ],
        "maps_key": [(Markup(figures.themed(drawn)), says) for drawn, says in atlas.key_of_maps(speaking)],
        "maps_note": atlas.note_of_visits(visits, speaking),
        "maps_earlier": len(drawn) - len(shown),
    }


def _cells(cells: tuple[str, ...], speaking: Catalogue) -> tuple[str, ...]:
    """The cells of a row, each stretch of another language marked with its own."""
    return tuple(markup(cell, speaking.language) if isinstance(cell, Sentence) else cell for cell in cells)


def _on_page(line: Line, speaking: Catalogue) -> Sentence:
    """What a line says here, where what it leaves out stands below and no option has to be given."""
    return speaking.say(message("page.more-questions", n=line.more)) if line.more else line.says
