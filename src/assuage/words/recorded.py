"""What an entry of a record says, as messages: every field of every kind, so that nothing recorded is out of reach."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain

from assuage.catalogue.message import Message, message
from assuage.catalogue.read import is_term
from assuage.catalogue.sentence import as_written
from assuage.engine.followed import Named, named_pathway
from assuage.instruments import INSTRUMENTS
from assuage.pathways import registry
from assuage.pathways.model import Phase
from assuage.record import care_entries as c
from assuage.record import entries as e
from assuage.record.decided_entries import ConsentEntry, DecisionEntry, RedFlagEntry
from assuage.record.doses import Ingredient, Needle
from assuage.record.entry import VoidEntry
from assuage.record.kinds import KINDS, scales
from assuage.record.timeline import Timeline
from assuage.terms.conditions import CONDITIONS
from assuage.terms.drug_names import find_drug
from assuage.terms.names import spaced
from assuage.terms.red_flags import RED_FLAGS
from assuage.terms.sites import SITES
from assuage.terms.therapies import find_therapy
from assuage.terms.times import TimeOfDay
from assuage.words.actions import unit_word

_TIMES = frozenset(time.value for time in TimeOfDay)
_BY_MOUTH = message("case.route.oral")
_SEVERITIES = frozenset({"mild", "moderate", "severe"})


def entry_message(entry: e.AnyEntry, record: e.Record) -> Message:
    """What it is about, and everything that is said of it: `headache: new; at the occiput; because: …`."""
    subject, told = _of_kind(entry, record)
    return message("recorded.of", what=subject, said=tuple(told) or None)


def entry_subject(entry: e.AnyEntry) -> object:
    """What an entry is about: a scale, a symptom, a drug, a factor, in our word for it or as it was written."""
    match entry:
        case e.ScoreEntry():
            return scales()[entry.scale]
        case e.AnswersEntry():
            return INSTRUMENTS[entry.instrument].scale
        case e.SymptomEntry():
            return entry.symptom or as_written(entry.what)
        case e.FindingEntry():
            return CONDITIONS.get(entry.what) or as_written(entry.what)
        case e.MedicationEntry() | e.IntakeEntry() | c.AdherenceEntry():
            return find_drug(entry.drug) or as_written(entry.drug)
        case e.TherapyEntry():
            return entry.known or as_written(entry.what)
        case DecisionEntry():
            return message(f"decision.{entry.do}")
        case ConsentEntry():
            return as_written(entry.purpose)
        case RedFlagEntry():
            return message("recorded.flags", flags=tuple(map(_flag, entry.flags, entry.flags.values())))
        case e.NoteEntry():
            return as_written(entry.text)
        case c.MeasurementEntry() | c.AdverseEventEntry() | c.OfferEntry() | c.GoalEntry():
            return as_written(entry.what)
        case c.AllergyEntry():
            return find_drug(entry.substance) or as_written(entry.substance)
        case c.DiagnosisEntry():
            return as_written(entry.in_words)
        case c.ExposureEntry() | c.RatingEntry():
            return as_written(entry.name)
        case c.AppointmentEntry():
            return message("timeline.day", day=entry.on)
        case VoidEntry():
            return as_written(entry.of)
        case _:  # a kind that nobody has taught this page yet is told by its name
            return message(f"kind.{e.KIND_OF[type(entry)]}")


def value_of(entry: e.AnyEntry) -> object | None:
    """The number or the state that a series of such entries is of; None for a kind that makes no series."""
    match entry:
        case e.ScoreEntry():
            return range_of(*entry.range)
        case c.RatingEntry():
            return message("recorded.state-not-asked") if entry.value is None else entry.value
        case c.ExposureEntry() if entry.amount is not None:
            return entry.amount
        case c.ExposureEntry():
            return _state(entry.state)
        case _:
            return None


def range_of(low: float, high: float) -> object:
    """`4`, `4–5`."""
    return low if low == high else message("recorded.range", low=low, high=high)


def time_message(entry: e.AnyEntry) -> Message | str | None:
    """`morning`, `14:30`; None where no time was recorded."""
    return message(f"timeofday.{entry.time}") if entry.time in _TIMES else entry.time


def marks_of(entry: e.AnyEntry, record: e.Record) -> Iterator[object]:
    """What stands beside an entry: who said and who wrote it, whether it still counts, its note."""
    if entry.approximate:
        yield message("timeline.inferred")
    if entry.by != "clinician":
        yield message("timeline.told-by", by=message(f"by.{entry.by}"))
    if entry.role or entry.author:
        role = message(f"recorded.role-{entry.role}") if entry.role else None
        yield message("recorded.written-by", role=role, author=entry.author)
    if entry.id is not None and entry.id in record.withdrawn:
        yield message("recorded.withdrawn")
    elif entry.id is not None and entry.id in record.replaced:
        yield message("recorded.replaced")
    if entry.about is not None:
        yield message("recorded.about", what=_named(entry.about, record))
    if entry.replaces is not None:
        yield message("recorded.replaces", what=_named(entry.replaces, record))
    for name in entry.disputed_with:
        yield message("recorded.disputed", what=_named(name, record))
    if entry.note:
        yield message("recorded.note", text=as_written(entry.note))


def _named(name: str, record: e.Record) -> Message | str:
    """The entry of an id, by its day and what it is about; the id where no entry has it."""
    entry = record.written(name)
    return name if entry is None else message("recorded.entry", what=entry_subject(entry), day=entry.day)


def _of_kind(entry: e.AnyEntry, record: e.Record) -> tuple[object, Iterator[object]]:
    if isinstance(entry, VoidEntry):
        return _named(entry.of, record), iter(_because(entry.because))
    if isinstance(entry, DecisionEntry):
        return entry_subject(entry), _decided(entry, record)
    return entry_subject(entry), chain(_said_otherwise(entry), _said(entry))


def _said_otherwise(entry: e.AnyEntry) -> list[object]:
    """The words that were written where we have a name of our own for what they mean."""
    subject = entry_subject(entry)
    words = next((word for word, _ in entry.named), None)
    if isinstance(entry, e.FindingEntry) or not is_term(subject) or words is None:
        return []
    return [as_written(words)] if _letters(words) != _letters(subject.wording.english) else []


def _letters(words: str) -> str:
    return spaced(words).replace("_", " ")


def _said(entry: e.AnyEntry) -> Iterator[object]:
    """What the fields of an entry say, beside what it is about."""
    match entry:
        case e.ScoreEntry():
            yield range_of(*entry.range)
            yield from _at(entry.sites)
        case e.AnswersEntry():
            for item, given in entry.items.items():
                answer = message("recorded.not-answered") if given is None else given
                yield message("recorded.answer", item=item, answer=answer)
            if entry.sites is not None:
                yield from _at(entry.sites) if entry.sites else [message("recorded.no-site")]
        case e.SymptomEntry():
            yield message(f"symptom-state.{entry.state}")
            yield from _at((entry.site,) if entry.site else ())
            yield from _severity(entry.severity)
        case e.FindingEntry():
            yield _state(entry.state)
            if entry.result:
                yield as_written(entry.result)
            if entry.method:
                yield message(f"recorded.method-{entry.method}")
        case e.MedicationEntry() | e.IntakeEntry():
            if isinstance(entry, e.MedicationEntry):
                yield message(f"recorded.do-{entry.do}")
            if entry.doses:
                yield message("recorded.doses", doses=entry.doses)
            if entry.route:
                oral = spaced(entry.route) == "oral"
                yield message("recorded.route", route=_BY_MOUTH if oral else as_written(entry.route))
            if isinstance(entry, e.MedicationEntry):
                if entry.purpose:
                    yield message("timeline.purpose", purpose=as_written(entry.purpose))
                yield from _because(entry.because)
        case e.TherapyEntry():
            yield from _session(entry)
        case ConsentEntry():
            yield message("recorded.given") if entry.state == "given" else message(f"consent.{entry.state}")
        case RedFlagEntry() | e.NoteEntry():
            return
        case _:
            yield from _of_care(entry)


def _decided(entry: DecisionEntry, record: e.Record) -> Iterator[object]:
    if entry.to:
        yield message("recorded.to", phase=_phase_named(entry.to, entry, record))
    if entry.pathway:
        yield message("recorded.pathway", id=entry.pathway)
    yield from _because(entry.because)


def _phase_named(name: str, decision: DecisionEntry, record: e.Record) -> object:
    """The phase that a decision names, by its title on the pathway followed then; as it was written without one."""
    told = decision.pathway
    followed = Named(told) if told else named_pathway(Timeline(record), decision.day)
    phases: tuple[Phase, ...] = ()
    if followed is not None and followed.id in registry.PATHWAY_IDS:
        phases = registry.pathway(followed.id).phases
    return next((phase for phase in phases if phase.id == name), None) or as_written(name)


def _session(entry: e.TherapyEntry) -> Iterator[object]:
    if entry.do == "session":
        yield message("timeline.session", number=entry.number)
    else:
        yield message(f"recorded.do-{entry.do}")
        if entry.number is not None:
            yield message("recorded.number", number=entry.number)
    if entry.pressure:
        yield message(f"case.pressure.{entry.pressure}")
    yield from _at(entry.sites)
    if entry.minutes is not None:
        yield message("timeline.minutes", minutes=entry.minutes)
    if entry.mixture:
        yield message("recorded.mixture", parts=tuple(map(_ingredient, entry.mixture)))
    if entry.needle is not None:
        yield _needle(entry.needle)
    if entry.points is not None:
        yield message("recorded.points", points=entry.points)
    if entry.volume_per_point_ml is not None:
        yield message("recorded.volume-per-point", volume=entry.volume_per_point_ml)
    if entry.response_percent is not None:
        yield message("timeline.response", range=range_of(*entry.response_percent))
    yield from _because(entry.because)


def _of_care(entry: e.AnyEntry) -> Iterator[object]:
    """The kinds that came with the second format."""
    match entry:
        case c.MeasurementEntry():
            yield entry.in_words
            if entry.range is not None:
                yield message("recorded.normal", low=entry.range.low, high=entry.range.high)
            if entry.method:
                yield as_written(entry.method)
            if entry.loinc:
                yield message("recorded.loinc", code=entry.loinc)
        case c.AllergyEntry():
            if entry.reaction:
                yield as_written(entry.reaction)
            yield from _severity(entry.severity)
            yield from _certainty(entry.certainty)
        case c.AdverseEventEntry():
            yield from _event(entry)
        case c.DiagnosisEntry():
            if entry.code:
                yield message("recorded.code", system=(entry.system or "").upper(), code=entry.code)
            yield from _certainty(entry.certainty)
        case c.AdherenceEntry():
            if isinstance(entry.taken, bool):
                yield message("recorded.taken" if entry.taken else "recorded.not-taken")
            else:
                yield message("recorded.share", percent=entry.taken * 100)
            if entry.asked:
                yield message(f"case.asked.{entry.asked}")
        case c.OfferEntry():
            yield _settled(entry.chosen, "chosen", "not-chosen")
            if entry.chance is not None:
                yield message("recorded.chance", chance=entry.chance)
            yield from _because(entry.because)
        case c.ExposureEntry() | c.RatingEntry():
            unit = unit_word(entry.unit) if entry.unit else None
            yield message("recorded.amount", value=value_of(entry), unit=unit)
            if isinstance(entry, c.RatingEntry) and (entry.lowest is not None or entry.highest is not None):
                yield message("recorded.scale", low=entry.lowest, high=entry.highest)
        case c.GoalEntry():
            if entry.target:
                yield as_written(entry.target)
            if entry.due is not None:
                yield message("recorded.due", day=entry.due)
            yield _settled(entry.reached, "reached", "not-reached")
        case c.AppointmentEntry():
            if entry.whom:
                yield message("recorded.with", whom=as_written(entry.whom))
            yield _settled(entry.kept, "kept", "not-kept")
        case _:
            for field in KINDS[e.KIND_OF[type(entry)]].specific:
                written = getattr(entry, field.attribute or field.name, None)
                if written is not None:
                    yield as_written(f"{field.name} {written}")


def _event(entry: c.AdverseEventEntry) -> Iterator[object]:
    if entry.grade is not None:
        yield message("recorded.grade", grade=entry.grade)
    if entry.onset is not None:
        yield message("recorded.from", day=entry.onset)
    if entry.end is not None:
        yield message("recorded.until", day=entry.end)
    if entry.suspected:
        suspects = (find_drug(word) or find_therapy(word) or as_written(word) for word in entry.suspected)
        yield message("recorded.suspected", what=tuple(suspects))
    if entry.action:
        yield message(f"recorded.action-{entry.action}")
    if entry.outcome:
        yield message(f"recorded.outcome-{entry.outcome}")


def _state(state: str | None) -> Message:
    return message(f"recorded.state-{(state or 'unknown').replace('_', '-')}")


def _flag(flag: str, state: str) -> Message:
    return message("recorded.of", what=RED_FLAGS[flag], said=(_state(state),))


def _settled(answer: bool | None, yes: str, no: str) -> Message:
    return message("recorded.open") if answer is None else message(f"recorded.{yes if answer else no}")


def _severity(severity: str | None) -> list[object]:
    if not severity:
        return []
    known = severity in _SEVERITIES
    return [message(f"recorded.severity-{severity}") if known else as_written(severity)]


def _certainty(certainty: str | None) -> list[object]:
    return [message(f"recorded.certainty-{certainty}")] if certainty else []


def _at(sites: Sequence[str]) -> list[object]:
    return [message("timeline.at", sites=tuple(SITES[site] for site in sites))] if sites else []


def _because(because: str | None) -> list[object]:
    return [message("recorded.because", why=as_written(because))] if because else []


def _ingredient(part: Ingredient) -> Message:
    return message(
        "recorded.ingredient",
        drug=find_drug(part.drug) or as_written(part.drug),
        amount=part.amount_mg,
        volume=part.volume_ml,
        lot=part.lot,
    )


def _needle(needle: Needle) -> Message:
    return message("recorded.needle", gauge=needle.gauge, length=needle.length_mm)
