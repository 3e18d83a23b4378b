"""What the items of the checklist look at: the record, its review, the authors' text, and the language to write in."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import cached_property

from msgspec import Struct

from assuage.catalogue.message import Message, Wording, message
from assuage.instruments.criteria.from_record import questionnaires_of
from assuage.instruments.model import Criteria
from assuage.pathways.clinic import PresumedDiagnosis
from assuage.record.care_entries import AdverseEventEntry, AllergyEntry, DiagnosisEntry
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
from assuage.record.stated import scored_answers
from assuage.record.timeline import Timeline
from assuage.report.care.authors_text import AuthorsText
from assuage.report.care.case_report import By, ReportSentence
from assuage.report.care.language import ReportLanguage
from assuage.review.model import Review
from assuage.terms.answers import UNKNOWN, Answer

# What an item says: its sentences, and what is missing.
SentencesAndGaps = tuple[list[ReportSentence], list[str]]
Judge = Callable[["Case"], SentencesAndGaps]


class Case(Struct, frozen=True, dict=True):
    """A record as a case report reads it. Day 0 is the anchor, as everywhere.

    `figures` are the numbers of the figures that will stand in the manuscript, by their names; `lawful_basis` is what
    a publication without consent rests on.
    """

    record: Record
    review: Review | None
    written: AuthorsText
    lang: ReportLanguage
    figures: tuple[str, ...] = ()
    lawful_basis: str | None = None

    @cached_property
    def timeline(self) -> Timeline:
        """The reading of the record, all of it: a case report looks back."""
        return self.review.timeline if self.review else Timeline(self.record)

    @property
    def findings(self) -> Sequence[FindingEntry]:
        """The findings that stand; what an allergy, an adverse event or a diagnosis states is told as what it is."""
        kinds = (AllergyEntry, AdverseEventEntry, DiagnosisEntry)
        other = {entry.place for kind in kinds for entry in self.timeline.entries_of(kind)}
        return [entry for entry in self.timeline.findings() if entry.place not in other]

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

    def unknown_parts(self, criteria: Criteria) -> list[Message | Wording]:
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
        """The scores by scale, totals of questionnaires that were answered item by item among them, in order."""
        by_scale: dict[str, list[ScoreEntry]] = {}
        told = (*self.timeline.scores(), *filter(None, map(_total, self.answers)))
        for entry in sorted(told, key=lambda each: each.order):
            by_scale.setdefault(entry.scale, []).append(entry)
        return by_scale

    @property
    def answers(self) -> Sequence[AnswersEntry]:
        """The questionnaires answered item by item."""
        return self.timeline.answers()

    # ------------------------------------------------------------------ sentences

    def sentence(
        self,
        told: Message,
        entries: Iterable[AnyEntry] = (),
        *,
        by: By = "record",
        opens: bool = False,
        cites: tuple[str, ...] = (),
    ) -> ReportSentence:
        """The sentence of a message, resting on these entries; the message's id is the rule that made it."""
        places = tuple(dict.fromkeys(entry.place for entry in entries))
        return ReportSentence(
            self.lang.catalogue.say(told), places, by=by, rule=told.id, opens=opens, cites=cites
        )

    def authors(self, item: str) -> list[ReportSentence]:
        """What the authors wrote for an item."""
        text = self.written.of(item).text
        return [ReportSentence(text, by="authors", rule=f"items.{item}")] if text else []

    def bracket(self, item: str) -> ReportSentence:
        """What the authors must decide, in brackets."""
        return self.sentence(message(f"case.open.{item}"), by="open")

    def figure(self, name: str) -> int | None:
        """The number of a figure; None where it is not drawn."""
        return self.figures.index(name) + 1 if name in self.figures else None


def _total(entry: AnswersEntry) -> ScoreEntry | None:
    """What answers come to, as a score of that day; a range where items are open, None where nothing is known."""
    scored = scored_answers(entry)
    if scored is None or scored.low is None or scored.high is None or entry.instrument not in scales():
        return None
    return ScoreEntry(
        place=entry.place,
        day=entry.day,
        minute=entry.minute,
        time=entry.time,
        by=entry.by,
        approximate=entry.approximate,
        note=entry.note,
        id=entry.id,
        scale=entry.instrument,
        low=scored.low,
        high=scored.high,
    )
