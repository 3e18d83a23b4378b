"""`case_report(record, review, written)`: the thirty items judged, the tables made, the whole put in order."""

from __future__ import annotations

from typing import assert_never

from assuage.record.entries import (
    AnswersEntry,
    AnyEntry,
    ConsentEntry,
    DecisionEntry,
    FindingEntry,
    MedicationEntry,
    NoteEntry,
    Record,
    RedFlagEntry,
    ScoreEntry,
    SymptomEntry,
    TherapyEntry,
)
from assuage.report.care import after, before
from assuage.report.care.case import Case, Judge
from assuage.report.care.checklist import ITEMS, SECTIONS, Asked, State
from assuage.report.care.language import ReportLanguage, language
from assuage.report.care.lint import claims
from assuage.report.care.manuscript import NOTHING_WRITTEN, Manuscript
from assuage.report.care.model import CaseReport, Item, Section, Sentence, Table
from assuage.report.care.tidier import tables
from assuage.review.model import Review

JUDGES: dict[str, Judge] = {
    "1": before.title,
    "2": before.keywords,
    "3a": before.novelty,
    "3b": before.symptoms_in_short,
    "3c": before.in_short,
    "3d": after.lesson_in_short,
    "4": before.unique,
    "5a": before.demographics,
    "5b": before.concerns,
    "5c": before.history,
    "5d": before.past,
    "6": before.examination,
    "7": before.course,
    "8a": before.methods,
    "8b": before.challenges,
    "8c": before.reasoning,
    "8d": before.prognosis,
    "9a": after.kinds,
    "9b": after.doses,
    "9c": after.changes,
    "10a": after.outcomes,
    "10b": after.follow_up_tests,
    "10c": after.adherence,
    "10d": after.events,
    "11a": after.limits,
    "11b": after.literature,
    "11c": after.rationale,
    "11d": after.lesson,
    "12": after.perspective,
    "13": after.consent,
}
assert tuple(JUDGES) == tuple(item.id for item in ITEMS)

# A longer table helps nobody on paper; the figure and the record hold the rest.
MOST_ROWS = 120


def case_report(
    record: Record,
    review: Review | None,
    written: Manuscript = NOTHING_WRITTEN,
    *,
    lang: str = "en",
    draft: bool = True,
) -> CaseReport:
    """The case report in a language. `review` is None for a record without entries."""
    said = language(lang)
    case = Case(record, review, written, said)
    items = {asked.id: _judge(case, asked) for asked in ITEMS}
    sections = tuple(
        Section(
            number,
            said.t(title),
            tuple(items[asked.id] for asked in ITEMS if asked.section == number),
            _tables(case, number),
        )
        for number, title in enumerate(SECTIONS, start=1)
    )
    return CaseReport(
        language=lang,
        title=written.title or before.made_title(case),
        notices=_notices(case, draft),
        draft=draft,
        sections=sections,
        claims=_claims(case),
        facts=_facts(case, items),
        references=written.references,
        words=_words(said),
    )


def _judge(case: Case, asked: Asked) -> Item:
    """An item as it stands. What does not apply says why; what this report computes is not counted as given."""
    title = case.lang.t(asked.title)
    reason = case.written.of(asked.id).not_applicable
    if reason:
        return Item(asked.id, title, "not applicable", "not applicable", (), (), reason)
    sentences, gaps = JUDGES[asked.id](case)
    given = [one for one in sentences if one.by != "computed"]
    return Item(asked.id, title, _state(sentences, gaps), _state(given, gaps), tuple(sentences), tuple(gaps))


def _state(sentences: list[Sentence], gaps: list[str]) -> State:
    if not sentences:
        return "empty"
    return "partial" if gaps else "filled"


def _notices(case: Case, draft: bool) -> tuple[str, ...]:
    said = case.lang.t
    found = [said("Internal draft: not for publication.")] if draft else []
    found.append(
        said(
            "Every sentence is made from entries of the record, whose numbers (counted from 0) stand in brackets, "
            "or is marked as written by the authors. What is not recorded says so."
        )
    )
    found.append(said("One case: it shows what happened, not why. Not a medical device; a person decides."))
    if case.lang.code != "en":
        found.append(said("What people wrote is quoted in the language in which it was written."))
    if case.review is not None:
        found.append(
            said(
                "Observational single case, read against the pathway {pathway}.",
                pathway=f"{case.review.pathway.id} v{case.review.pathway.version}",
            )
        )
    return tuple(found)


def _claims(case: Case) -> tuple[str, ...]:
    """The over-claim lint over everything the authors wrote."""
    texts = {"1": case.written.title, **{name: one.text for name, one in case.written.items.items()}}
    return tuple(
        case.lang.t(
            "item {item}: “{word}”; one case allows: “{instead}”",
            item=name,
            word=word,
            instead=case.lang.word(instead),
        )
        for name, text in texts.items()
        for word, instead in claims(text)
    )


def _tables(case: Case, number: int) -> tuple[Table, ...]:
    if number == 7:
        return (_timeline(case),)
    if number == 9:
        return tuple(tables(case))
    return ()


def _timeline(case: Case) -> Table:
    """What was recorded, day by day; scales with many values stand in the figure and in section 10."""
    said = case.lang.t
    told: list[tuple[int, tuple[str, str, str]]] = []
    many = {code for code, entries in case.scores.items() if len(entries) > 6}
    for stay in case.review.stays if case.review else ():
        text = said(
            "phase {phase} begins, by {by}",
            phase=case.lang.text(stay.phase.wording),
            by=case.lang.word(stay.by),
        )
        told.append((stay.entered, (case.on(stay.entered), text, "")))
    for entry in case.record.current:
        text = _told(case, entry, many)
        if text:
            told.append((entry.day, (case.day(entry), text, str(entry.place))))
    told.sort(key=lambda one: one[0])
    lines = [row for _, row in told]
    if len(lines) > MOST_ROWS:
        left = len(lines) - MOST_ROWS
        more = case.lang.n("{n} more row: see the record", "{n} more rows: see the record", left)
        lines = [*lines[:MOST_ROWS], ("…", more, "")]
    return Table(
        said("The course, day by day"), (said("Day"), said("What was recorded"), said("Entry")), tuple(lines)
    )


def _told(case: Case, entry: AnyEntry, many: set[str]) -> str:
    match entry:
        case ScoreEntry(scale=scale) if scale not in many:
            when = f" ({case.lang.word(entry.time)})" if entry.time else ""
            where = f", {case.sites(entry.sites)}" if entry.sites else ""
            return f"{case.scale(scale)}{where}{when}: {case.value(entry)}"
        case SymptomEntry():
            return case.symptom(entry)
        case FindingEntry():
            return case.finding(entry)
        case MedicationEntry():
            act = f"{case.lang.word(entry.do)} {case.doses(entry)}".rstrip()
            return f"{case.drug(entry)}: {act}{case.remark(entry.because)}"
        case TherapyEntry():
            number = f" {entry.number}" if entry.number else ""
            whose = (
                f", {case.lang.word('sought by the patient')}"
                if entry.by == "patient" and entry.took_place
                else ""
            )
            act = "" if entry.do == "session" else f", {case.lang.word(entry.do)}"
            where = f", {case.sites(entry.sites)}" if entry.sites else ""
            return f"{case.therapy(entry)}{number}{act}{where}{whose}{case.remark(entry.because)}"
        case NoteEntry():
            return case.remark(entry.text).strip(" ()")
        case ScoreEntry() | AnswersEntry() | DecisionEntry() | ConsentEntry() | RedFlagEntry():
            return ""
        case _:
            assert_never(entry)


def _facts(case: Case, items: dict[str, Item]) -> Table:
    """The entries the sentences cite one by one: number, day, who said it, kind. Long runs stand by their numbers."""
    from assuage.record.entries import KIND_OF

    said = case.lang.t
    cited = {
        place
        for item in items.values()
        for one in item.sentences
        if len(one.entries) < 60
        for place in one.entries
    }
    lines = [
        (str(e.place), case.day(e), case.lang.word(e.by), case.lang.word(KIND_OF[type(e)]))
        for e in case.record.current
        if e.place in cited
    ]
    return Table(
        said("Entries of the record that are cited"),
        (said("Entry"), said("Day"), said("Said by"), said("Kind")),
        tuple(lines[: MOST_ROWS * 5]),
    )


def _words(said: ReportLanguage) -> dict[str, str]:
    """The words of the page itself."""
    return {
        "gaps": said.t("What is missing"),
        "no gaps": said.t("Nothing of the checklist is missing. That says nothing about how good it is."),
        "claims": said.t("Words that claim too much (a suggestion)"),
        "authors": said.t("authors"),
        "computed": said.t("counted from the record"),
        "not recorded": said.t("Not recorded."),
        "not applicable": said.t("Not applicable"),
        "references": said.t("References"),
        "draft": said.t("INTERNAL DRAFT"),
        "tidier": said.t("Interventions by TIDieR"),
        "made": said.t("Made from this record by Assuage; computed again, it is the same."),
        **{state: said.t(state) for state in ("filled", "partial", "empty", "not applicable")},
    }


def gap_rows(report: CaseReport) -> list[tuple[str, str, str, str]]:
    """Every item that is not filled: its id, title, state, and what is missing."""
    return [
        (item.id, item.title, report.words[item.state], item.reason or "; ".join(item.gaps))
        for item in report.items
        if item.state != "filled"
    ]
