"""What each distinct entry of a cohort means to a program, asked of the record's reader and of the timeline.

The rows of an entry are read exactly as a document of one patient with one entry; the reference engine then
says which day values, sessions, statements and drugs it is. So no rule is written twice: the kernels only
learn where to count it. Entries that only a whole record can judge (disputes) go to the fallback with their
patients: the reference engine.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import timedelta
from functools import lru_cache
from typing import assert_never, cast, get_args

from msgspec.structs import replace

from assuage.engine.followed import Named, is_of_a_phase
from assuage.engine.many.arrays import appended
from assuage.engine.many.entries.by_person import numbers_by_person, told_of_person
from assuage.engine.many.entries.claims import claimed_by
from assuage.engine.many.entries.entry_table import (
    CompiledEntry,
    DrugWord,
    EntryNaming,
    EntryTable,
    FactKind,
    FallbackReason,
    entry_table,
)
from assuage.engine.many.entries.sum_scores import FOLDED, PlainAnswers, ends_of_sum, plain_answers
from assuage.engine.many.entries.told_flags import ToldFlags
from assuage.engine.many.program import codes as c
from assuage.engine.many.program.codes import DecisionKind, DrugMark, SessionMark, SymptomState
from assuage.engine.many.program.lower import TIMES
from assuage.engine.many.program.lower_questions import SITE_NUMBERS
from assuage.engine.many.program.lowered import Lowered, Special, StreamOf
from assuage.engine.many.rows.row_texts import ANOTHER
from assuage.engine.many.rows.text_bytes import NEVER
from assuage.engine.many.rows.text_kernel import NAMING
from assuage.engine.reference import View
from assuage.instruments.criteria.from_record import BODY_INDEX
from assuage.measures.nodes import Count, FindingIs, Past, Records
from assuage.pathways.model import Pathway
from assuage.record.age import AGE_CONDITIONS
from assuage.record.body_mass import INDEX, bodies_in
from assuage.record.care_entries import AdherenceEntry
from assuage.record.decided_entries import DecisionAct, DecisionEntry, RedFlagEntry
from assuage.record.derived import finding_days
from assuage.record.entries import (
    AnswersEntry,
    AnyEntry,
    Dose,
    IntakeEntry,
    MedicationEntry,
    Patient,
    Record,
    ScoreEntry,
    Sex,
    SymptomEntry,
    TherapyEntry,
)
from assuage.record.entry import By, Role, VoidEntry
from assuage.record.fields import BAD, free_text
from assuage.record.kinds import KINDS
from assuage.record.rows import records_of_rows
from assuage.record.stated import findings_stated
from assuage.record.table import Numbered, RecordRow
from assuage.record.timeline import Range, Timeline
from assuage.record.too_long import as_read
from assuage.safety.active_flags import concerns_flags, may_raise
from assuage.safety.fire import may_be_passed_over
from assuage.safety.situation import lines_of, lines_of_medication
from assuage.terms.answers import NO, UNKNOWN, YES, Answer
from assuage.terms.conditions import Condition, find_conditions
from assuage.terms.drug_names import find_drug
from assuage.terms.drugs import Drug
from assuage.terms.measured import decided_by
from assuage.terms.no_medication import says_no_medication
from assuage.terms.quantities import QUANTITIES
from assuage.terms.red_flags import RedFlag
from assuage.terms.routes import SPINAL, WAYS
from assuage.terms.scales import SCALES
from assuage.terms.sites import Site
from assuage.terms.symptoms import GONE_STATES, WORSE_STATES, Symptom
from assuage.terms.therapies import Therapy
from assuage.terms.times import TimeOfDay

CODE_OF: dict[Answer, int] = {UNKNOWN: c.UNKNOWN, YES: c.YES, NO: c.NO}
_DOSES = next(each for each in KINDS["medication"].fields if each.name == "doses")
_OF_BODY = decided_by(QUANTITIES[INDEX])
_TIME_WORDS = frozenset(time.value for time in TimeOfDay)
_A_DAY = Past(timedelta(days=1))
_MORE_THAN_ITEMS = frozenset(("is", "items", "sites", "dated", *NAMING, "id", "entered", "disputed_with"))


@lru_cache(maxsize=4096)
def _doses_apart(text: str) -> tuple[str, tuple[Dose, ...] | None]:
    """The text of a medication without its doses, and the doses; None where they cannot be read."""
    held: dict[str, object] = json.loads(text)
    doses = _DOSES.read(held.pop("doses"), "", lambda _place, _what: None)
    good = None if doses is None or doses is BAD else cast("tuple[Dose, ...]", doses)
    return json.dumps(held, sort_keys=True), good


class EntryInterner:
    """The distinct entries met so far, by number. `table` is what the kernels get."""

    def __init__(self, lowered: Lowered) -> None:
        self.lowered = lowered
        self.entries: list[CompiledEntry] = []
        self.claims: dict[tuple[object, ...], int] = {}
        self.flags = ToldFlags()
        self.drug_names: dict[str, int] = {}  # the number of every name under which a drug is taken
        self._gone: dict[
            int, int
        ] = {}  # by the number of an entry: that of the same one, corrected or withdrawn
        self._of_person: dict[tuple[int, Sex | None, int | None], int] = {}
        # By the number of an entry and what its numbers decide for a person: that of the first one read so.
        self._decided: dict[tuple[object, ...], int] = {}
        # The numbers of symptoms that nothing reads, by their row without the words, and of medication by its row
        # without the doses.
        self._felt: dict[RecordRow, int] = {}
        self._dosed: dict[RecordRow, int] = {}
        self._answered: dict[PlainAnswers, CompiledEntry] = {}  # answers by their row without these
        self.dates: list[int] = []  # by number: the date of day 0 that an entry states, or NEVER
        self._table: EntryTable | None = None

    def add(self, rows: Sequence[RecordRow], holds: set[str]) -> int:
        """The number of a new distinct entry; `holds` names what the text of its first row holds."""
        number = len(self.entries)
        compiled = self._compiled(rows, holds)
        self._keep(compiled)
        if compiled.flagging and compiled.entry is not None:
            self.flags.entries[number] = compiled.entry
        return number

    def of_person(self, number: int, sex: Sex | None, age: int | None) -> int:
        """The number of what an entry is of a person of that sex, and of that age on its day."""
        key = number, sex, age
        if key not in self._of_person:
            self._of_person[key] = len(self.entries)
            self._keep(self._as_of_person(number, Patient("one", sex, age)))
        return self._of_person[key]

    def _as_of_person(self, number: int, person: Patient) -> CompiledEntry:
        """What an entry is of a person; only on conditions it has another word than before.

        It has the same one of all of whom its numbers decide the same conditions.
        """
        before = self.entries[number]
        told = number, *told_of_person(before.numbers, person)
        like = self._decided.get(told)
        if like is not None:
            return before.but(numbers=(), read_as=person, streams=self.entries[like].streams, like=like)
        self._decided[told] = len(self.entries)
        return before.but(numbers=(), read_as=person, streams=self._decided_of(before, person))

    def _decided_of(self, before: CompiledEntry, person: Patient) -> list[tuple[int, int, int]]:
        entry, abouts = before.entry, self.lowered.streams
        assert entry is not None
        timeline = Timeline(Record(person, (entry,)))
        streams = [line for line in before.streams if not isinstance(abouts[line[0]], Condition)]
        for number, about in enumerate(abouts):
            if isinstance(about, Condition):
                streams += [(number, *line) for line in self._events(about, entry, timeline)]
        return streams

    def _keep(self, compiled: CompiledEntry) -> None:
        self.entries.append(compiled)
        self.dates.append(NEVER if compiled.date is None else compiled.date)

    def gone(self, number: int) -> int:
        """The number of an entry that does not stand: right or wrong as it was, and without a word on anything."""
        if number not in self._gone:
            before = self.entries[number]
            here = [c.NO for _ in before.here]
            left = CompiledEntry(
                fallback=before.fallback,
                fact=FactKind.GONE,
                dated=before.dated,
                minute=before.minute,
                plain=before.plain,
                low=before.low,
                high=before.high,
                here=here,
            )
            self._gone[number] = len(self.entries)
            self._keep(left)
        return self._gone[number]

    @property
    def table(self) -> EntryTable:
        """The distinct entries met so far, as arrays."""
        done = 0 if self._table is None else self._table.fallback.size
        if self._table is None or done < len(self.entries):
            more = entry_table(self.entries[done:])
            self._table = more if self._table is None else appended(self._table, more)
        return self._table

    def _compiled(self, rows: Sequence[RecordRow], holds: set[str]) -> CompiledEntry:
        """What the rows of an entry mean; of what was met before in other words only these words are read."""
        if len(rows) == 1 and rows[0].kind == "medication" and "doses" in holds:
            return self._with_doses(rows, holds)
        if len(rows) == 1 and rows[0].kind == "symptom":
            return self._with_word(rows, holds)
        if rows[0].kind == "answers" and holds.isdisjoint(_MORE_THAN_ITEMS):
            return self._with_answers(rows, holds)
        return self._read_whole(rows, holds)

    def _with_word(self, rows: Sequence[RecordRow], holds: set[str]) -> CompiledEntry:
        """Of symptoms whose words nothing reads one is like another, but for the words."""
        first = rows[0]
        like = self._felt.get(key := first._replace(day=0, code=None))
        before = None if like is None else self.entries[like]
        if before is not None and isinstance(before.entry, SymptomEntry) and first.code is not None:
            good = free_text(first.code, "", lambda _place, _what: None) is not BAD
            entry = replace(before.entry, what=first.code)
            if good and _is_unread(entry):
                about = [self.claims.setdefault(claim, len(self.claims)) for claim in claimed_by(entry)]
                return before.but(entry=entry, about=about, like=like)
        compiled = self._read_whole(rows, holds)
        if isinstance(compiled.entry, SymptomEntry) and _is_unread(compiled.entry):
            self._felt[key] = len(self.entries)
        return compiled

    def _with_doses(self, rows: Sequence[RecordRow], holds: set[str]) -> CompiledEntry:
        """How much is taken changes no answer: of medication only the doses are read where all else was read before."""
        first = rows[0]
        rest, doses = _doses_apart(first.text or "{}")
        key = first._replace(day=0, text=rest)
        like = self._dosed.get(key)
        before = None if like is None else self.entries[like]
        if before is None or doses is None or not isinstance(before.entry, MedicationEntry):
            compiled = self._read_whole(rows, holds)
            if compiled.fallback & FallbackReason.REFUSED == 0:
                self._dosed[key] = len(self.entries)
            return compiled
        return before.but(entry=replace(before.entry, doses=doses), like=like)

    def _with_answers(self, rows: Sequence[RecordRow], holds: set[str]) -> CompiledEntry:
        """Of answers to one instrument that is a sum only the answers are read where all else was read before."""
        key, items = plain_answers(rows)
        before = self._answered.get(key) if key else None
        if key and before is not None and isinstance(before.entry, AnswersEntry):
            low, high = ends_of_sum(key, items) if before.sources else (0.0, 0.0)
            return before.but(entry=replace(before.entry, items=items), low=low, high=high)
        compiled = self._read_whole(rows, holds)
        if key and not compiled.fallback:
            self._answered[key] = compiled
        return compiled

    def _read_whole(self, rows: Sequence[RecordRow], holds: set[str]) -> CompiledEntry:
        first = rows[0]
        scale = SCALES.get(first.code or "") if first.kind == "score" else None
        plain = scale is not None and not holds & {"value", "low", "high"}
        minute = first.minute if first.minute is None or 0 <= first.minute < c.END_OF_DAY else 0
        alone = [row._replace(patient="one", day=0, minute=minute) for row in rows]
        if plain and scale is not None:
            alone = [row._replace(value=scale.low) for row in alone]
        if "dated" in holds:
            alone.append(RecordRow("one", 0, None, "patient", "starts_on", None, None, "2000-01-01"))
        if holds & _OF_ITS_RECORD:
            disputed = "disputed_with" in holds
            return CompiledEntry(fallback=FallbackReason.DISPUTE if disputed else FallbackReason.LABELS)
        names = not holds.isdisjoint(NAMING)
        if names:
            # Whom it names, so that it can be read alone; a row without a number would follow one that has one.
            alone = [row._replace(text=_as_second(row.text)) for row in alone]
            alone.insert(0, _ANOTHER)
        records, problems = records_of_rows([Numbered("row", row) for row in alone])
        if problems or not records:
            return CompiledEntry(fallback=FallbackReason.REFUSED)
        if first.kind == "patient":
            return self._fact(first, records[0])
        if len(records[0].entries) != 1 + names:
            return CompiledEntry(fallback=FallbackReason.REFUSED)
        naming = _naming_of(records[0].entries[-1])
        entry = as_read(replace(records[0].entries[-1], place=0, replaces=None, about=None))
        record = replace(records[0], entries=(entry,))
        timeline = Timeline(record)
        alone_on_day_0 = timeline if entry.day == 0 else Timeline.of([replace(entry, day=0)])
        compiled = CompiledEntry(
            fallback=_fallback_of(entry, self.lowered, alone_on_day_0),
            folded=isinstance(entry, AnswersEntry)
            and (entry.instrument == BODY_INDEX or entry.instrument in FOLDED)
            and bool(entry.items),
            by_patient=entry.by == "patient",
            writer=_WRITERS.index(entry.writer),
            settles=entry.settles,
            naming=naming,
            ours=isinstance(entry, DecisionEntry) and entry.word_of_clinician and entry.pathway is not None,
            word=_drug_word(entry, self.lowered, alone_on_day_0),
            dated=entry.dated,
            medication=isinstance(entry, MedicationEntry) or _none_taken(alone_on_day_0),
            timed=isinstance(entry, ScoreEntry) and entry.scale in SCALES,
            flagging=_flagging(entry, alone_on_day_0),
            numbers=numbers_by_person(entry, alone_on_day_0),
            plain=plain,
            entry=None if isinstance(entry, VoidEntry) else entry,
        )
        if entry.time in _TIME_WORDS:
            compiled.time = TIMES.index(TimeOfDay(entry.time))
        if "time" in holds and entry.minute is not None:
            compiled.minute = entry.minute
        self._day_values(compiled, timeline)
        if plain and scale is not None:
            compiled.low, compiled.high = scale.low, scale.high
        for number, about in enumerate(self.lowered.streams):
            lines = self._events(about, entry, timeline)
            compiled.streams += [(number, mark, site) for mark, site in lines]
        compiled.exposes = any(stream in self.lowered.rises for stream, _, _ in compiled.streams)
        compiled.about = [self.claims.setdefault(claim, len(self.claims)) for claim in claimed_by(entry)]
        if isinstance(entry, MedicationEntry | IntakeEntry):
            compiled.drug = self.claims.setdefault(("medication", entry.code), len(self.claims))
        if isinstance(entry, MedicationEntry) and entry.way is not None:
            compiled.way = 1 + WAYS.index(entry.way)
        compiled.here = [_here(entry, record, sites) for sites in self.lowered.queries]
        compiled.simple = simple_number(compiled, self.lowered)
        return compiled

    def _fact(self, row: RecordRow, record: Record) -> CompiledEntry:
        fact = FactKind.FACT
        if row.code == "starts_on":
            fact = FactKind.STARTS_ON
        elif row.code == "pathway" and record.pathway is not None:
            ours = record.follows(self.lowered.pathway.id)
            fact = FactKind.FACT if ours else FactKind.OTHER_PATHWAY
        about = self.claims.setdefault(("fact", row.code), len(self.claims))
        date = None if record.starts_on is None else record.starts_on.toordinal()
        return CompiledEntry(fact=fact, about=[about], person=record.patient, date=date)

    def _day_values(self, compiled: CompiledEntry, timeline: Timeline) -> None:
        for number, scores in enumerate(self.lowered.sources):
            sites = frozenset(site.id for site in scores.sites)
            for _, observations in timeline.observations(scores.scale.code):
                for each in observations:
                    if each.is_of(sites, None):
                        compiled.low, compiled.high = each.low, each.high
                        compiled.sources.append(number)

    def _events(self, about: StreamOf, entry: AnyEntry, timeline: Timeline) -> Iterator[tuple[int, int]]:
        """The events an entry is in a stream: what each says there, and where."""
        match about:
            case Therapy():
                for session, sure in timeline.sessions_of(about.members):
                    mark = SessionMark.SURE if sure else 0
                    yield mark | (SessionMark.SESSION if session.do == "session" else 0), c.ANYWHERE
            case Symptom():
                for statement in timeline.statements(about.id, None, 0):
                    site = c.ANYWHERE if statement.where is None else SITE_NUMBERS[statement.where]
                    yield _state(statement), site
            case Condition():
                finding = timeline.finding(about.id, 0)
                if finding is not None:
                    held = finding_days(about.id, finding)
                    yield (
                        CODE_OF[View(timeline, 0, started=0, entered=0).truth(FindingIs(about))],
                        c.FOR_EVER if held is None else held,
                    )
            case Drug():
                if isinstance(entry, MedicationEntry):
                    is_it = UNKNOWN if entry.known is None else entry.known.counts_as(about)
                    if is_it is not NO:
                        mark = DrugMark.TAKEN if is_it is YES else DrugMark.PERHAPS
                        name = self.drug_names.setdefault(entry.code, len(self.drug_names))
                        yield DrugMark.STOPPED if entry.do == "stop" else mark, name
                elif isinstance(entry, AdherenceEntry | IntakeEntry):
                    known = find_drug(entry.drug)
                    if known is not None and known.counts_as(about) is YES:
                        denied = isinstance(entry, AdherenceEntry) and entry.not_taken
                        name = self.drug_names.setdefault(known.id, len(self.drug_names))
                        yield DrugMark.DENIED if denied else DrugMark.AFFIRMED, name
            case RedFlag():
                if isinstance(entry, RedFlagEntry) and about.id in entry.flags:
                    yield CODE_OF[View(timeline, 0, started=0, entered=0).flag(about.id, 0)], c.ANYWHERE
            case Special.FLAGGING:
                if concerns_flags(timeline):
                    yield 0, c.ANYWHERE
            case Special.DECISIONS:
                if isinstance(entry, DecisionEntry) and _moves(entry, self.lowered.pathway):
                    yield _decision(entry.do), self._phase(entry.to)
            case _:
                assert_never(about)

    def _phase(self, to: str | None) -> int:
        pathway = self.lowered.pathway
        if to is None:
            return c.NO_PHASE_NAMED
        return pathway.phases.index(pathway.phase(to)) if pathway.knows(to) else c.UNKNOWN_PHASE


_WRITERS: tuple[By | Role, ...] = (*get_args(By), *get_args(Role))
# Fields that speak of other entries, or of the calendar, and that could not be set aside (`row_texts`).
_OF_ITS_RECORD = frozenset(("id", "entered", "disputed_with"))
_ANOTHER = RecordRow(
    "one", 0, None, "note", None, None, None, json.dumps({"entry": 0, "id": ANOTHER, "text": "-"})
)


def simple_number(entry: CompiledEntry, lowered: Lowered) -> int:
    """For a plain score that is nothing else, and may come in any order: 1, 1 more if the patient told it, and
    twice the number of its one source plus one (0: none). For all others 0.
    """
    more = entry.fallback or entry.fact or entry.dated or entry.medication or entry.exposes or entry.streams
    scores = [lowered.sources[source] for source in entry.sources]
    if more or not entry.plain or not entry.timed or entry.minute >= 0 or entry.time >= 0 or len(scores) > 1:
        return 0
    if any(each.scale.daily == "last" or each.time is not None for each in scores):
        return 0
    return 1 + int(entry.by_patient) + 2 * sum(source + 1 for source in entry.sources)


def _as_second(text: str | None) -> str:
    """The text of a row of an entry, as of the second one of its record; one of a row of the record stays as it is."""
    try:
        plain: object = json.loads(text or "{}")
    except ValueError:
        return text or ""
    return json.dumps(plain | {"entry": 1}) if isinstance(plain, dict) else text or ""


def _naming_of(entry: AnyEntry) -> EntryNaming:
    match entry:
        case VoidEntry():
            return EntryNaming.WITHDRAWS
        case _ if entry.replaces is not None:
            return EntryNaming.REPLACES
        case _:
            return EntryNaming.NOTHING if entry.about is None else EntryNaming.ANSWERS


def _state(entry: SymptomEntry) -> SymptomState:
    if entry.state in GONE_STATES:
        return SymptomState.GONE
    return SymptomState.WORSE if entry.state in WORSE_STATES else SymptomState.PRESENT


def _moves(entry: DecisionEntry, pathway: Pathway) -> bool:
    """Whether a decision is one that moves the patient, or keeps them."""
    return entry.word_of_clinician and is_of_a_phase(entry, pathway)


def _decision(do: DecisionAct) -> DecisionKind:
    match do:
        case "enter":
            return DecisionKind.ENTER
        case "advance":
            return DecisionKind.ADVANCE
        case "return":
            return DecisionKind.RETURN
        case "override":
            return DecisionKind.OVERRIDE
        case "hold":
            return DecisionKind.HOLD
        case "leave":
            return DecisionKind.LEAVE
        case _:
            assert_never(do)


def _flagging(entry: AnyEntry, alone: Timeline) -> int:
    """0 for an entry that has nothing to do with red flags, 2 for one that may raise one, else 1."""
    if not concerns_flags(alone):
        return 0
    return 2 if may_raise(entry) else 1


def _fallback_of(entry: AnyEntry, lowered: Lowered, alone: Timeline) -> int:
    """Why the rest of the record has to be known to say what an entry comes to; 0 where it has not.

    A decision that names another pathway takes the decisions after it away from this one.
    """
    why = 0
    named = entry.pathway if isinstance(entry, DecisionEntry) and entry.word_of_clinician else None
    if named and Named(named).id != lowered.pathway.id:
        why |= FallbackReason.PATHWAY
    if entry.denies is not None:
        why |= FallbackReason.DISPUTE
    for finding in alone.findings():
        if any(each.id in AGE_CONDITIONS for each in finding.conditions):
            why |= FallbackReason.PERSON
    if any(isinstance(about, Condition) and about.id in _OF_BODY for about in lowered.streams):
        measured = (*alone.findings(), *alone.measurements())
        why |= FallbackReason.BODY * any(any(bodies_in(each)) for each in measured)
    if isinstance(entry, MedicationEntry) and entry.way == SPINAL:
        why |= FallbackReason.ROUTE  # what its stop calls for, the entry that began it says
    if _is_weighed_in_the_whole(entry):
        why |= FallbackReason.UNNAMED
    return why


def _is_unread(entry: SymptomEntry) -> bool:
    """Whether nothing reads the words of a symptom."""
    known = entry.symptom is not None or entry.sign is not None or any(findings_stated(entry))
    return not known and not find_conditions(entry.what) and not says_no_medication(entry.what)


def _drug_word(entry: AnyEntry, lowered: Lowered, alone: Timeline) -> DrugWord:
    """What an entry says of the course of a drug."""
    match entry:
        case MedicationEntry():
            return DrugWord.STOPS if entry.do == "stop" else DrugWord.RUNS
        case IntakeEntry():
            return DrugWord.ASKED_DOSE if _may_be_asked(entry.drug, lowered) else DrugWord.DOSE
        case _:
            return DrugWord.NONE_TAKEN if _none_taken(alone) else DrugWord.NOTHING


def _none_taken(alone: Timeline) -> bool:
    """Whether an entry says that nothing is taken."""
    return any(finding.no_medication for finding in alone.findings())


def _is_weighed_in_the_whole(entry: AnyEntry) -> bool:
    """Whether an entry is of a member of a class that was not named, or of a form that some rules pass over."""
    match entry:
        case MedicationEntry():
            lines = lines_of_medication(entry)
        case TherapyEntry():
            lines = lines_of(entry)
        case _:
            return False
    return any(line.unnamed or may_be_passed_over(line) for line in lines)


def _may_be_asked(name: str, lowered: Lowered) -> bool:
    """Whether a drug by its name may be one that a question of the pathway is about."""
    known = find_drug(name)
    asked = (about for about in lowered.streams if isinstance(about, Drug))
    return any(known is None or known.counts_as(drug) is not NO for drug in asked)


def _here(entry: AnyEntry, record: Record, sites: tuple[Site, ...]) -> int:
    """Whether a session was at one of the sites, as the reference engine counts it."""
    if not isinstance(entry, TherapyEntry) or not entry.took_place:
        return c.NO
    itself = Therapy(min(entry.certainly), "the therapy itself")
    counted = View(Timeline(record), 0, started=0, entered=0).value(Count(Records(itself, sites), _A_DAY))
    if counted == Range(1, 1):
        return c.YES
    return c.NO if counted == Range(0, 0) else c.UNKNOWN
