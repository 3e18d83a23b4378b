"""`case_report(record, review, written)`: the thirty items told and judged, the manuscript and its companion made."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from assuage.catalogue.message import message
from assuage.record.entries import Record
from assuage.report.care import sections_1_to_8, sections_9_to_13, story
from assuage.report.care.authors_text import NOTHING_WRITTEN, AuthorsText
from assuage.report.care.case import Case, Judge, SentencesAndGaps
from assuage.report.care.case_report import (
    CaseReport,
    Paragraph,
    PlacedFigure,
    ReportItem,
    ReportSentence,
    Section,
)
from assuage.report.care.checklist import ITEMS, SECTIONS, ChecklistItem, State
from assuage.report.care.companion import claims_of, doubts_of, notices_of, page_words, placed, provenance
from assuage.report.care.language import language
from assuage.report.care.references import References
from assuage.review.model import Review

JUDGES: dict[str, Judge] = {
    "1": sections_1_to_8.report_title,
    "2": sections_1_to_8.keywords,
    "3a": sections_1_to_8.novelty,
    "3b": sections_1_to_8.symptoms_in_short,
    "3c": sections_1_to_8.in_short,
    "3d": sections_9_to_13.lesson_in_short,
    "4": sections_1_to_8.unique,
    "5a": sections_1_to_8.demographics,
    "5b": sections_1_to_8.concerns,
    "5c": sections_1_to_8.history,
    "5d": sections_1_to_8.past,
    "6": sections_1_to_8.examination,
    "7": story.timeline,
    "8a": sections_1_to_8.methods,
    "8b": sections_1_to_8.challenges,
    "8c": sections_1_to_8.reasoning,
    "8d": sections_1_to_8.prognosis,
    "9a": sections_9_to_13.kinds,
    "9b": sections_9_to_13.doses,
    "9c": sections_9_to_13.changes,
    "10a": sections_9_to_13.outcomes,
    "10b": sections_9_to_13.follow_up_tests,
    "10c": sections_9_to_13.adherence,
    "10d": sections_9_to_13.events,
    "11a": sections_9_to_13.limits,
    "11b": sections_9_to_13.literature,
    "11c": sections_9_to_13.rationale,
    "11d": sections_9_to_13.lesson,
    "12": sections_9_to_13.perspective,
    "13": sections_9_to_13.consent,
}
assert tuple(JUDGES) == tuple(item.id for item in ITEMS)

# Items that stand together in one paragraph with the one before them.
_JOINED = frozenset({"3b", "3c", "3d", "5b", "5d", "8c", "8d", "10c"})
# Sections in which a record may leave nothing to tell.
MAY_BE_EMPTY = frozenset({3, 5, 6, 7, 8, 9, 10})


def case_report(
    record: Record,
    review: Review | None,
    written: AuthorsText = NOTHING_WRITTEN,
    *,
    lang: str = "en",
    draft: bool = True,
    figures: Sequence[PlacedFigure] = (),
    lawful_basis: str | None = None,
) -> CaseReport:
    """The case report in a language. `review` is None for a record without entries.

    A draft holds brackets where the authors must decide; without `draft` it holds none.
    """
    drawn = tuple(figure.name for figure in figures)
    case = Case(record, review, written, language(lang), drawn, lawful_basis)
    told = {item.id: _told(case, item) for item in ITEMS}
    references = References(written)
    sections = tuple(
        Section(
            number,
            case.lang.heading(title, record.patient.sex),
            _paragraphs(case, number, told, references, draft),
        )
        for number, title in enumerate(SECTIONS, start=1)
    )
    items = tuple(_judged(case, item, *told[item.id], sections, references) for item in ITEMS)
    return CaseReport(
        language=lang,
        title=written.title or case.lang.catalogue.say(sections_1_to_8.made_title(case)),
        draft=draft,
        sections=sections,
        figures=tuple(figures),
        references=tuple(references.cited),
        items=items,
        claims=claims_of(case),
        doubts=doubts_of(case),
        provenance=provenance(case, sections),
        notices=notices_of(case, draft),
        words=page_words(case.lang),
    )


def _told(case: Case, item: ChecklistItem) -> SentencesAndGaps:
    """What an item says and what of it is missing; nothing where the authors say why it does not apply."""
    if case.written.of(item.id).not_applicable:
        return [], []
    sentences, gaps = JUDGES[item.id](case)
    return [replace(sentence, item=item.id) for sentence in sentences], gaps


def _paragraphs(
    case: Case, number: int, told: dict[str, SentencesAndGaps], references: References, draft: bool
) -> tuple[Paragraph, ...]:
    """The section in paragraphs; for publication without brackets, and never empty."""
    paragraphs: list[list[ReportSentence]] = []
    for item in (item for item in ITEMS if item.section == number):
        sentences = [s for s in told[item.id][0] if draft or s.by != "open"]
        for at, sentence in enumerate(references.put_into(sentences)):
            if not paragraphs or sentence.opens or (at == 0 and item.id not in _JOINED):
                paragraphs.append([])
            paragraphs[-1].append(sentence)
    if not paragraphs and number in MAY_BE_EMPTY:
        paragraphs.append([case.sentence(message(f"case.none.{number}"), by="computed")])
    return tuple(Paragraph(tuple(sentences)) for sentences in paragraphs)


def _judged(
    case: Case,
    item: ChecklistItem,
    sentences: list[ReportSentence],
    gaps: list[str],
    sections: tuple[Section, ...],
    references: References,
) -> ReportItem:
    """An item as it stands. What does not apply says why; what this report computes is not counted as given."""
    title = case.lang.t(item.title)
    who = case.lang.catalogue.say(message(f"case.who.{item.who}"))
    reason = case.written.of(item.id).not_applicable
    if reason:
        return ReportItem(item.id, title, "not applicable", "not applicable", (), (), reason=reason)
    if item.id == "11b" and (unused := references.unused()):
        told = message("case.reference-unused", n=len(unused), numbers=unused)
        gaps = [*gaps, case.lang.catalogue.say(told)]
    stated = [sentence for sentence in sentences if sentence.by != "open"]
    # The course in its order is what this report makes of the record; nobody gave it as such.
    given = [s for s in stated if s.by == "authors" or (s.by == "record" and item.id != "7")]
    place = placed(case, item.id, sections)
    return ReportItem(
        item.id,
        title,
        _state(stated, gaps),
        _state(given, gaps),
        tuple(stated),
        tuple(gaps),
        who=who,
        place=place,
    )


def _state(sentences: list[ReportSentence], gaps: list[str]) -> State:
    if not sentences:
        return "empty"
    return "partial" if gaps else "filled"


def gap_rows(report: CaseReport) -> list[tuple[str, str, str, str]]:
    """Every item that is not filled: its id, title, state, and what is missing."""
    return [
        (item.id, item.title, report.words[item.state], item.reason or "; ".join(item.gaps))
        for item in report.items
        if item.state != "filled"
    ]
