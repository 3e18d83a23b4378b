"""What the items of the checklist look at: the record, its review, the authors' text, and the language to write in."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

from assuage.catalogue.languages import LANGUAGES
from assuage.instruments.criteria.from_record import questionnaires_of
from assuage.instruments.model import Criteria
from assuage.pathways.clinic import PresumedDiagnosis
from assuage.record.entries import (
    AnswersEntry,
    AnyEntry,
    FindingEntry,
    MedicationEntry,
    Record,
    ScoreEntry,
    SymptomEntry,
    TherapyEntry,
)
from assuage.record.kinds import scales
from assuage.record.timeline import Timeline
from assuage.report.care.case_report import ReportSentence
from assuage.report.care.language import ReportLanguage
from assuage.report.care.manuscript import Manuscript
from assuage.review.model import Review
from assuage.terms.answers import UNKNOWN, Answer
from assuage.terms.sites import SITES

# What an item says: its sentences, and what is missing.
SentencesAndGaps = tuple[list[ReportSentence], list[str]]
Judge = Callable[["Case"], SentencesAndGaps]


@dataclass(frozen=True)
class Case:
    """A record as a case report reads it. Day 0 is the anchor, as everywhere."""

    record: Record
    review: Review | None
    written: Manuscript
    lang: ReportLanguage

    @cached_property
    def timeline(self) -> Timeline:
        """The reading of the record, all of it: a case report looks back."""
        return self.review.timeline if self.review else Timeline(self.record)

    @property
    def findings(self) -> Sequence[FindingEntry]:
        """The findings that stand."""
        return self.timeline.findings()

    @property
    def presumed(self) -> PresumedDiagnosis | None:
        """The diagnosis that the pathway presumes; None without a review, or where it presumes none."""
        pathway = self.review.pathway if self.review else None
        return pathway.diagnosis if pathway else None

    @property
    def asked_criteria(self) -> tuple[Criteria, ...]:
        """The sets of criteria that the pathway asks for."""
        return self.presumed.ask if self.presumed else ()

    def answered(self, criteria: Criteria) -> tuple[Answer, tuple[int, ...]]:
        """What the record answers to a set of criteria, and the entries with a word on it (none: it was not asked)."""
        held_in = questionnaires_of(criteria)
        places = [entry.place for code in sorted(held_in) for entry in self.scores.get(code, [])]
        places += [entry.place for entry in self.answers if entry.instrument in held_in]
        decided = self.review.criteria[criteria.id].scored.answer if self.review else None
        return UNKNOWN if decided is None else decided, tuple(places)

    def unknown_parts(self, criteria: Criteria) -> list[str]:
        """The parts of a set of criteria that the record leaves open."""
        if self.review is None:
            return []
        parts = self.review.criteria[criteria.id].scored.parts.values()
        return [part.text for part in parts if part.answer is UNKNOWN]

    @property
    def symptoms(self) -> Sequence[SymptomEntry]:
        """The statements on symptoms that stand."""
        return self.timeline.symptoms()

    @property
    def medications(self) -> Sequence[MedicationEntry]:
        """Starts, changes and stops of medicines."""
        return self.timeline.medication()

    @property
    def therapies(self) -> Sequence[TherapyEntry]:
        """Sessions, starts and stops of therapies."""
        return self.timeline.therapies()

    @cached_property
    def scores(self) -> dict[str, list[ScoreEntry]]:
        """The scores by scale."""
        by_scale: dict[str, list[ScoreEntry]] = {}
        for entry in self.timeline.scores():
            by_scale.setdefault(entry.scale, []).append(entry)
        return by_scale

    @property
    def answers(self) -> Sequence[AnswersEntry]:
        """The questionnaires answered item by item."""
        return self.timeline.answers()

    # ------------------------------------------------------------------ words

    def day(self, entry: AnyEntry) -> str:
        """`Day 30`, `about Day 30`."""
        return self.on(entry.day, approximate=entry.approximate)

    def on(self, day: int, *, approximate: bool = False) -> str:
        """A day of the record in words."""
        return self.lang.t("about Day {n}" if approximate else "Day {n}", n=day)

    def sites(self, ids: tuple[str, ...]) -> str:
        """The names of sites, joined."""
        return self.lang.list([self.lang.word(SITES[site].title) for site in ids])

    def scale(self, code: str) -> str:
        """The name of a scale."""
        return self.lang.word(scales()[code].title)

    def value(self, entry: ScoreEntry) -> str:
        """A score in words: `4`, `4 to 5`."""
        low, high = entry.range
        if low == high:
            return self.lang.num(low)
        return self.lang.t("{low} to {high}", low=self.lang.num(low), high=self.lang.num(high))

    def drug(self, entry: MedicationEntry) -> str:
        """The name of a medicine."""
        return self.lang.word(entry.known.title if entry.known else entry.drug)

    def therapy(self, entry: TherapyEntry) -> str:
        """The name of a therapy, with its pressure."""
        name = self.lang.word(entry.known.title if entry.known else entry.what)
        return f"{name} ({self.lang.word(f'{entry.pressure} pressure')})" if entry.pressure else name

    def doses(self, entry: MedicationEntry) -> str:
        """`2 mg in the morning + 4 mg in the evening`; empty where none was recorded."""
        doses = [
            " ".join(filter(None, (self.lang.num(d.amount), d.unit, self.lang.word(d.when or ""))))
            for d in entry.doses
        ]
        return " + ".join(doses)

    def remark(self, *texts: str | None) -> str:
        """What was written beside a fact, in the words and the language in which it was written."""
        written = [text for text in texts if text]
        opening, closing = LANGUAGES[self.lang.code].quotes
        return f" ({opening}{'; '.join(written)}{closing})" if written else ""

    def finding(self, entry: FindingEntry) -> str:
        """A finding in words: what, its state, its result."""
        name = self.lang.word(entry.condition.title if entry.condition else entry.what)
        state = self.lang.word(entry.state)
        return f"{name}: {state}{f', {entry.result}' if entry.result else ''}{self.remark(entry.note)}"

    def symptom(self, entry: SymptomEntry) -> str:
        """A statement on a symptom in words."""
        parts = [self.lang.word(entry.state)]
        if entry.severity:
            parts.append(self.lang.word(entry.severity))
        where = f", {self.sites((entry.site,))}" if entry.site else ""
        return f"{self.lang.word(entry.what)}{where}: {', '.join(parts)}{self.remark(entry.note)}"

    def listed(self, label: str, parts: list[tuple[str, AnyEntry]]) -> list[ReportSentence]:
        """One sentence a day: the label, and what was said of that day."""
        by_day: dict[tuple[int, bool], list[tuple[str, AnyEntry]]] = {}
        for part in parts:
            by_day.setdefault((part[1].day, part[1].approximate), []).append(part)
        return [
            ReportSentence(
                f"{label}, {self.on(day, approximate=approximate)}: {'; '.join(text for text, _ in day_parts)}.",
                tuple(entry.place for _, entry in day_parts),
            )
            for (day, approximate), day_parts in by_day.items()
        ]

    def authors(self, item: str) -> list[ReportSentence]:
        """What the authors wrote for an item."""
        text = self.written.of(item).text
        return [ReportSentence(text, by="authors")] if text else []
