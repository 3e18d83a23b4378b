"""Parts of the sentences of a manuscript: when, who, which symptom, which drug and dose, as messages."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Literal

from assuage.catalogue.languages import LANGUAGES, ORIGINAL
from assuage.catalogue.message import Message, message
from assuage.catalogue.sentence import as_written
from assuage.deidentify.identifiers import HIDDEN_WORDS
from assuage.record.care_entries import MeasurementEntry
from assuage.record.doses import Dose, Ingredient, Needle
from assuage.record.entries import (
    AnyEntry,
    FindingEntry,
    MedicationEntry,
    ScoreEntry,
    SymptomEntry,
    TherapyEntry,
)
from assuage.record.kinds import scales
from assuage.report.care.case import Case
from assuage.safety.formulary import MONITORING_RULES
from assuage.terms.conditions import Condition
from assuage.terms.drug_names import find_drug
from assuage.terms.names import folded
from assuage.terms.scales import SCALES
from assuage.terms.sites import SITES
from assuage.terms.symptoms import NUMBNESS_FELT, PAIN_FELT, STIFFNESS_FELT, find_symptom
from assuage.terms.therapies import THERAPIES

# Scales and symptoms that mean little without their place.
_PLACED_SCALES = frozenset({"pain", "stiffness", "numbness"})
_PLACED = frozenset({PAIN_FELT.id, STIFFNESS_FELT.id, NUMBNESS_FELT.id})
# Conditions that say what was not measured: a gap, and no finding of the patient's.
_NOT_MEASURED = frozenset(rule.gap for rule in MONITORING_RULES)
# Our titles that stand in a sentence in the plural, because a single one would need its article.
_SEVERAL = {"sleep_problem": "sleep problems"}
_TIMES = frozenset({"morning", "noon", "evening", "night"})
_SEVERITIES = frozenset({"mild", "moderate", "severe"})
# More days than a sentence can hold.
MOST_DAYS = 12
_MONTH, _YEAR = 30.44, 365.25
_POINT = re.compile(r"(?<=\d)\.(?=\d)")
_HIDDENS = re.compile(rf"{HIDDEN_WORDS}(?:[ ,;]{{1,2}}{HIDDEN_WORDS})*")
_NEARLY = 0.02
_ADULT = 18


# --- when ---------------------------------------------------------------------------------------


def when_recorded(*entries: AnyEntry) -> Message:
    """`on day 30`, `around days 40 and 47`, `about 6 months before day 0`."""
    days = sorted({entry.day for entry in entries})
    about = any(entry.approximate for entry in entries)
    if len(days) == 1:
        return day_phrase(days[0], about=about)
    if len(days) > MOST_DAYS:
        return message("case.on-many-days", count=len(days), first=days[0], last=days[-1])
    return message("case.around-days" if about else "case.on-days", days=tuple(days))


def day_phrase(day: int, *, about: bool = False) -> Message:
    """A day in words. A day before day 0 that was inferred is told in the months or years it was inferred from."""
    if day >= 0:
        return message("case.around-day" if about else "case.on-day", day=day)
    if not about:
        return message("case.days-before", count=-day)
    years = -day / _YEAR
    if years >= 2 or (years > 0.9 and abs(years - round(years)) < _NEARLY):
        return message("case.about-years-before", count=round(years))
    if -day >= 2 * _MONTH:
        return message("case.about-months-before", count=round(-day / _MONTH))
    return message("case.about-days-before", count=-day)


# --- who ----------------------------------------------------------------------------------------


def person_phrase(case: Case) -> Message:
    """`a 48-year-old woman`, with the age band where the age is one."""
    patient = case.record.patient
    child = patient.age is not None and patient.age < _ADULT
    who = {"female": "girl" if child else "woman", "male": "boy" if child else "man"}.get(
        patient.sex or "", "child" if child else "patient"
    )
    noun = message(f"case.person.{who}")
    if patient.age is not None:
        vowel = patient.age in (8, 11, 18) or 80 <= patient.age < 90
        return message("case.aged-an" if vowel else "case.aged", age=patient.age, person=noun)
    band = age_band(case)
    if band is not None and band.result:
        return message("case.of-age-band", person=noun, band=band.result)
    return message("case.of-no-age", person=noun)


def age_band(case: Case) -> FindingEntry | None:
    """The entry that gives the patient's age as a band; None without one."""
    return next((f for f in case.findings if f.what == "age band" and f.result), None)


# --- words of people ----------------------------------------------------------------------------


def without_hidden(text: str) -> str:
    """A text with dots where de-identification hid words: brackets are where an author must decide."""
    return _HIDDENS.sub("…", text)


def quotation(*texts: str | None) -> Message | None:
    """What people wrote, in quotation marks and in their own language; None where nobody wrote."""
    read = [without_hidden(" ".join(text.split()).rstrip(".")) for text in texts if text]
    written = [text for text in read if any(map(str.isalnum, text))]
    return message("case.quoted", text=as_written("; ".join(written))) if written else None


def whose(case: Case) -> Message:
    """`her`, `his` or, where the sex is not recorded, `their`."""
    sex = case.record.patient.sex
    return message(f"case.whose-{sex if sex in ('female', 'male') else 'unknown'}")


def word_as_written(case: Case, text: str) -> object:
    """A word that no table knows: as it was written, in a language it may not be in marked as a quotation."""
    text = without_hidden(text)
    word = case.lang.word(text)
    return (
        word
        if case.lang.code == ORIGINAL or word != text
        else message("case.as-written", text=as_written(text))
    )


def drug_name(case: Case, name: str) -> object:
    """A medicine: the known one, or its name as it was written."""
    return find_drug(name) or word_as_written(case, name)


def therapy_name(case: Case, entry: TherapyEntry) -> object:
    """A therapy: of those it certainly is, the narrowest; or its name as it was written."""
    known = [THERAPIES[name] for name in sorted(entry.certainly) if name in THERAPIES]
    return min(known, key=lambda each: len(each.members)) if known else word_as_written(case, entry.what)


def pressure_phrase(case: Case, entry: TherapyEntry) -> Message | None:
    """How hard the touch was, where the name of the therapy does not say it already."""
    if entry.pressure is None or len(entry.certainly) > 1:
        return None
    return message(f"case.pressure.{entry.pressure}")


def symptom_phrase(case: Case, entry: SymptomEntry, *, genitive: bool = False, note: bool = True) -> Message:
    """A symptom with its severity, its place, and what was written beside it."""
    severity = (entry.severity or "").lower()
    known = severity in _SEVERITIES
    where = (SITES[entry.site],) if entry.site else None
    placeless = where is None and entry.symptom is not None and entry.symptom.id in _PLACED
    beside = quotation(None if known else entry.severity, entry.note if note else None)
    return message(
        "case.of-symptom" if genitive else "case.symptom",
        what=symptom_word(case, entry),
        severity=message(f"case.severity.{severity}") if known else None,
        sites=where,
        nowhere=1 if placeless else None,
        note=beside,
    )


def changed_symptom(case: Case, entry: SymptomEntry, *, note: bool) -> Message:
    """A symptom of which a sentence tells what became of it: how severe it then was stands behind."""
    severity = (entry.severity or "").lower()
    graded = message(f"case.severity.{severity}") if severity in _SEVERITIES else quotation(entry.severity)
    details = (graded, quotation(entry.note) if note else None)
    where = (SITES[entry.site],) if entry.site else None
    placeless = where is None and entry.symptom is not None and entry.symptom.id in _PLACED
    return message(
        "case.told-symptom",
        what=symptom_word(case, entry),
        sites=where,
        nowhere=1 if placeless else None,
        details=tuple(each for each in details if each is not None),
    )


def symptom_word(case: Case, entry: SymptomEntry) -> object:
    """The name of a symptom: in English as it was written, in a language with cases by our table."""
    known = entry.symptom
    if known is None:
        return word_as_written(case, entry.what)
    written_as_word = case.lang.code == ORIGINAL and "_" not in entry.what
    if case.lang.code == ORIGINAL and known.id in _SEVERAL:
        return _SEVERAL[known.id] if folded(entry.what) == folded(known.title) else entry.what.lower()
    return entry.what.lower() if written_as_word and folded(entry.what) != folded(known.title) else known


def not_measured(entry: FindingEntry) -> bool:
    """Whether a finding says that something was not measured."""
    return entry.condition is not None and entry.condition.id in _NOT_MEASURED


def is_coded_finding(entry: FindingEntry) -> bool:
    """Whether it was written as an id of ours, so that its title may be no noun (`On therapeutic anticoagulant`)."""
    return "_" in entry.what


def _says_no_more(what: str, condition: Condition) -> bool:
    """Whether a condition is called what was written, and not that and something else."""
    title = folded(condition.title)
    return folded(what) in (title, folded(condition.id)) or " or " not in title


def finding_name(case: Case, entry: FindingEntry) -> object:
    """What was found: in English as it was written, unless that is a code; else by our table."""
    if case.lang.code == ORIGINAL:
        if not is_coded_finding(entry):
            return entry.what
        if entry.condition is not None and entry.method is not None:
            return _small(entry.condition.title.removesuffix(f" on {entry.method}"))
    # A condition may be wider than what was written: no diabetes is not also no immunosuppression.
    if entry.condition is None or not (is_coded_finding(entry) or _says_no_more(entry.what, entry.condition)):
        return word_as_written(case, entry.what)
    # `C reaktyvusis`, `25-OH-D` and `eGFR` keep their capitals.
    name = case.lang.catalogue.word(entry.condition.wording)
    return name.uncapitalised() if name[1:2].islower() else name


def finding_phrase(case: Case, entry: FindingEntry, *, dated: bool = False) -> Message:
    """A finding with its day where the sentence has none, its result, and what was written beside it."""
    details = (
        when_recorded(entry) if dated and entry.day else None,
        entry.result and without_hidden(entry.result),
        quotation(entry.note),
    )
    return message(
        "case.finding",
        what=finding_name(case, entry),
        details=tuple(each for each in details if each is not None),
    )


# --- numbers ------------------------------------------------------------------------------------


def measure_phrase(entry: ScoreEntry) -> Message:
    """What a score measures, with its place; `without a stated site` where a place is wanting."""
    scale = scales()[entry.scale]
    if entry.scale not in SCALES:
        return message("case.instrument", scale=scale)
    sites = tuple(SITES[site] for site in entry.sites) or None
    placeless = sites is None and entry.scale in _PLACED_SCALES
    return message("case.measure", scale=scale, sites=sites, nowhere=1 if placeless else None)


def value_phrase(low: float, high: float) -> Message | float:
    """`4`, or `4–5`."""
    return low if low == high else message("case.range", low=low, high=high)


def score_phrase(case: Case, entry: ScoreEntry) -> Message:
    """A value with its day, its time of day, and what was written beside it."""
    disputed = message("case.disputed") if entry.place in case.record.disputes else None
    details = (time_phrase(case, entry.time), disputed, quotation(entry.note))
    return message(
        "case.value-when",
        value=value_phrase(*entry.range),
        when=when_recorded(entry),
        details=tuple(each for each in details if each is not None),
    )


def number_phrase(case: Case, entry: MeasurementEntry) -> str:
    """A number with its unit, as this language writes numbers."""
    sign = LANGUAGES[case.lang.code].decimal_sign
    return _POINT.sub(sign, entry.in_words)


def time_phrase(case: Case, time: str | None) -> Message | None:
    """`in the morning`, `at 08:30`; None where no time was written."""
    if not time:
        return None
    if time in _TIMES:
        return message(f"case.time.{time}")
    # `2 times a day` begins with a figure as well, and is no hour.
    return message("case.time-of-day", time=time) if _CLOCK.fullmatch(time) else quotation(time)


_CLOCK = re.compile(r"\d{1,2}(?:[:.]\d{2})?(?:\s?[ap]m)?")


def dose_phrases(case: Case, given: tuple[Dose, ...]) -> tuple[Message, ...]:
    """Each dose with its unit and its time of day."""
    return tuple(
        message(
            "case.dose",
            amount=each.amount if each.low is None else each.low,
            high=None if each.low is None else each.amount,
            unit=each.unit,
            time=time_phrase(case, each.when),
        )
        for each in given
    )


def purpose_phrase(case: Case, entry: MedicationEntry) -> object:
    """What a medicine is for: a symptom that we know in words, else as it was written; None where nobody wrote it."""
    known = find_symptom(entry.purpose or "")
    if known is None or not entry.purpose:
        return quotation(entry.purpose)
    return entry.purpose if case.lang.code == ORIGINAL else known


def route_phrase(case: Case, entry: MedicationEntry) -> object:
    """How a medicine is taken; None where that was not written."""
    if not entry.route:
        return None
    if folded(entry.route) == "oral":
        return message("case.route.oral")
    return quotation(entry.route)


def ingredient_phrase(case: Case, part: Ingredient) -> Message:
    """`ketoprofen 100 mg in 2 ml`."""
    name = drug_name(case, part.drug)
    match part.amount_mg, part.volume_ml:
        case (None, None):
            return message("case.finding", what=name, details=())
        case (None, volume):
            return message("case.part-volume", drug=name, volume=volume)
        case (amount, None):
            return message("case.part-amount", drug=name, amount=amount)
        case (amount, volume):
            return message("case.part", drug=name, amount=amount, volume=volume)


def needle_phrase(used: Needle | None) -> Message | None:
    """`30 G, 4 mm`; None where nothing of it was written."""
    if used is None or (used.gauge is None and used.length_mm is None):
        return None
    both = 1 if used.gauge is not None and used.length_mm is not None else None
    return message("case.needle", gauge=used.gauge, length=used.length_mm, both=both)


def named_sites(ids: Iterable[str]) -> tuple[object, ...] | None:
    """The places by their ids; None without any."""
    return tuple(SITES[site] for site in ids) or None


def _small(title: str) -> str:
    return title[:1].lower() + title[1:] if title[1:2].islower() else title


Shown = Literal["present", "absent", "normal", "abnormal", "open"]


def shown_state(entry: FindingEntry) -> Shown:
    """The state of a finding as a sentence tells it."""
    return "open" if entry.state == "unknown" else entry.state
