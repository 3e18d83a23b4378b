"""`case_report(record, review, written)`: the thirty items judged, the tables made, the whole put in order."""

from __future__ import annotations

from collections.abc import Iterator

from assuage.record.entries import (
    AnyEntry,
    Record,
    ScoreEntry,
    TherapyEntry,
)
from assuage.report.care import sections_1_to_8, sections_9_to_13
from assuage.report.care.case import Case, Judge
from assuage.report.care.case_report import CaseReport, ReportItem, ReportSentence, Section, Table
from assuage.report.care.checklist import ITEMS, SECTIONS, ChecklistItem, State
from assuage.report.care.language import ReportLanguage, language
from assuage.report.care.lint import claims
from assuage.report.care.manuscript import NOTHING_WRITTEN, Manuscript
from assuage.report.care.tidier import intervention_tables
from assuage.review.model import Review
from assuage.words.speak import translation_note

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
    "7": sections_1_to_8.timeline,
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
    report_language = language(lang)
    case = Case(record, review, written, report_language)
    items = {item.id: _judge(case, item) for item in ITEMS}
    sections = tuple(
        Section(
            number,
            report_language.t(title),
            tuple(items[item.id] for item in ITEMS if item.section == number),
            _tables(case, number),
        )
        for number, title in enumerate(SECTIONS, start=1)
    )
    return CaseReport(
        language=lang,
        title=written.title or sections_1_to_8.made_title(case),
        notices=_notices(case, draft),
        draft=draft,
        sections=sections,
        claims=_claims(case),
        facts=_facts(case, items),
        references=written.references,
        words=_words(report_language),
    )


def _judge(case: Case, item: ChecklistItem) -> ReportItem:
    """An item as it stands. What does not apply says why; what this report computes is not counted as given."""
    title = case.lang.t(item.title)
    reason = case.written.of(item.id).not_applicable
    if reason:
        return ReportItem(item.id, title, "not applicable", "not applicable", (), (), reason)
    sentences, gaps = JUDGES[item.id](case)
    given = [sentence for sentence in sentences if sentence.by != "computed"]
    return ReportItem(
        item.id, title, _state(sentences, gaps), _state(given, gaps), tuple(sentences), tuple(gaps)
    )


def _state(sentences: list[ReportSentence], gaps: list[str]) -> State:
    if not sentences:
        return "empty"
    return "partial" if gaps else "filled"


def _notices(case: Case, draft: bool) -> tuple[str, ...]:
    say = case.lang.t
    notices = [say("Internal draft: not for publication.")] if draft else []
    notices.append(
        say(
            "Every sentence is made from entries of the record, whose numbers (counted from 0) stand in brackets, "
            "or is marked as written by the authors. What is not recorded says so."
        )
    )
    notices.append(say("One case: it shows what happened, not why. Not a medical device; a person decides."))
    if case.lang.code != "en":
        notices.append(say("What people wrote is quoted in the language in which it was written."))
    if unchecked := translation_note(case.lang.catalogue):
        notices.append(unchecked)
    if case.review is not None and case.review.pathway is not None:
        notices.append(
            say(
                "Observational single case, read against the pathway {pathway}.",
                pathway=f"{case.review.pathway.id} v{case.review.pathway.version}",
            )
        )
    return tuple(notices)


def _claims(case: Case) -> tuple[str, ...]:
    """The over-claim lint over everything the authors wrote."""
    texts = {"1": case.written.title, **{name: item.text for name, item in case.written.items.items()}}
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
        return tuple(intervention_tables(case))
    return ()


def _timeline(case: Case) -> Table:
    """What was recorded, day by day; scales with many values stand in the figure and in section 10."""
    say = case.lang.t
    dated_rows: list[tuple[int, tuple[str, str, str]]] = []
    many = {code for code, entries in case.scores.items() if len(entries) > 6}
    for stay in case.review.stays if case.review else ():
        text = say(
            "phase {phase} begins, by {by}",
            phase=case.lang.text(stay.phase.wording),
            by=case.lang.word(stay.by),
        )
        dated_rows.append((stay.entered, (case.on(stay.entered), text, "")))
    for entry, text in sorted(_described(case, many), key=lambda pair: pair[0].order):
        dated_rows.append((entry.day, (case.day(entry), text, str(entry.place))))
    dated_rows.sort(key=lambda row: row[0])
    lines = [row for _, row in dated_rows]
    if len(lines) > MOST_ROWS:
        left = len(lines) - MOST_ROWS
        more = case.lang.n("{n} more row: see the record", "{n} more rows: see the record", left)
        lines = [*lines[:MOST_ROWS], ("…", more, "")]
    return Table(
        say("The course, day by day"), (say("Day"), say("What was recorded"), say("Entry")), tuple(lines)
    )


def _described(case: Case, many: set[str]) -> Iterator[tuple[AnyEntry, str]]:
    """The entries that the table holds, kind by kind, and what it says of each."""
    for scale, scores in case.scores.items():
        if scale not in many:
            yield from ((score, _score(case, score)) for score in scores)
    yield from ((symptom, case.symptom(symptom)) for symptom in case.symptoms)
    yield from ((finding, case.finding(finding)) for finding in case.findings)
    for medication in case.medications:
        act = f"{case.lang.word(medication.do)} {case.doses(medication)}".rstrip()
        yield medication, f"{case.drug(medication)}: {act}{case.remark(medication.because)}"
    yield from ((therapy, _therapy(case, therapy)) for therapy in case.therapies)
    for note in case.timeline.notes():
        text = case.remark(note.text).strip(" ()")
        if text:
            yield note, text


def _score(case: Case, entry: ScoreEntry) -> str:
    when = f" ({case.lang.word(entry.time)})" if entry.time else ""
    where = f", {case.sites(entry.sites)}" if entry.sites else ""
    return f"{case.scale(entry.scale)}{where}{when}: {case.value(entry)}"


def _therapy(case: Case, entry: TherapyEntry) -> str:
    number = f" {entry.number}" if entry.number else ""
    sought = entry.by == "patient" and entry.took_place
    whose = f", {case.lang.word('sought by the patient')}" if sought else ""
    act = "" if entry.do == "session" else f", {case.lang.word(entry.do)}"
    where = f", {case.sites(entry.sites)}" if entry.sites else ""
    return f"{case.therapy(entry)}{number}{act}{where}{whose}{case.remark(entry.because)}"


def _facts(case: Case, items: dict[str, ReportItem]) -> Table:
    """The entries the sentences cite one by one: number, day, who said it, kind. Long runs stand by their numbers."""
    from assuage.record.entries import KIND_OF

    say = case.lang.t
    cited = {
        place
        for item in items.values()
        for sentence in item.sentences
        if len(sentence.entries) < 60
        for place in sentence.entries
    }
    lines = [
        (str(e.place), case.day(e), case.lang.word(e.by), case.lang.word(KIND_OF[type(e)]))
        for e in case.record.current
        if e.place in cited
    ]
    return Table(
        say("Entries of the record that are cited"),
        (say("Entry"), say("Day"), say("Said by"), say("Kind")),
        tuple(lines[: MOST_ROWS * 5]),
    )


def _words(report_language: ReportLanguage) -> dict[str, str]:
    """The words of the page itself."""
    return {
        "gaps": report_language.t("What is missing"),
        "no gaps": report_language.t(
            "Nothing of the checklist is missing. That says nothing about how good it is."
        ),
        "claims": report_language.t("Words that claim too much (a suggestion)"),
        "authors": report_language.t("authors"),
        "computed": report_language.t("counted from the record"),
        "not recorded": report_language.t("Not recorded."),
        "not applicable": report_language.t("Not applicable"),
        "references": report_language.t("References"),
        "draft": report_language.t("INTERNAL DRAFT"),
        "tidier": report_language.t("Interventions by TIDieR"),
        "made": report_language.t("Made from this record by Assuage; computed again, it is the same."),
        **{state: report_language.t(state) for state in ("filled", "partial", "empty", "not applicable")},
    }


def gap_rows(report: CaseReport) -> list[tuple[str, str, str, str]]:
    """Every item that is not filled: its id, title, state, and what is missing."""
    return [
        (item.id, item.title, report.words[item.state], item.reason or "; ".join(item.gaps))
        for item in report.items
        if item.state != "filled"
    ]
