"""From a record to the situation of one day: what is known by then of conditions, allergies, flags and consent.

Only the record is read, in the order in which things happened. What nobody recorded stays unknown, with one
exception: a measurement nobody recorded counts as not measured, and a consent nobody recorded as missing, since that
is what their rules ask.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import NamedTuple

from msgspec.structs import replace

from assuage.catalogue.message import Message, message
from assuage.patterns import kept_pattern
from assuage.record.body_mass import BODY_HOLDS, bodies_in
from assuage.record.derived import DrugFinding, OpenFinding, PairFinding, finding_days
from assuage.record.entries import FindingEntry, IntakeEntry, MedicationEntry, SymptomEntry
from assuage.record.episodes import started_twice
from assuage.record.timeline import Timeline
from assuage.record.too_long import TOO_LONG
from assuage.safety.active_flags import CONDITION_OF_FLAG, active_flags, cleared_flags
from assuage.safety.alerts import Alert
from assuage.safety.check import ANYWHERE, check
from assuage.safety.consent import consent_given
from assuage.safety.formulary import SUBSTANCES, WASHOUTS, is_a, meets_gravely, members
from assuage.safety.reactions import allergic_to, names_no_drug
from assuage.safety.rules import Washout
from assuage.safety.situation import (
    RegimenLine,
    Settings,
    Situation,
    lines_named,
    lines_of,
    lines_of_medication,
    substance_id,
    when_last_told,
)
from assuage.terms.allergies import allergen_in, is_no_drug
from assuage.terms.answers import ANSWER_OF_STATE, NO, UNKNOWN, YES, Answer
from assuage.terms.conditions import find_conditions
from assuage.terms.denials import said_of_patient
from assuage.terms.holds import ASKED_ON_THE_DAY, HOLDS, LapsedStatement, days_held
from assuage.terms.icd10 import icd10_code
from assuage.terms.measurements import MEASUREMENTS, find_measurement
from assuage.terms.modifiers import is_over
from assuage.terms.names import checked_name, spaced
from assuage.terms.signs import find_sign
from assuage.terms.symptoms import PRESENT_STATES, WORSE_STATES
from assuage.terms.therapies import find_therapy

NEEDLE = "mesotherapy"
# For so many days a stopped drug may still be in the body, where nobody wrote down its washout (ours).
LINGERS = 7
SEDATES = 3  # days for which what sedated is looked for beside a further sedative (ours)
# Condition central_sensitisation_active names "a recent flare"; DI_MESO_MASSAGE "a recently injected region".
# How recent is ours: two weeks for a flare, and the week between two sessions.
FLARE_DAYS, RECENT_DAYS = 14, 7
_PAINS = frozenset({"pain", "widespread_pain", "spasmodic_pain", "pain_after_massage"})

_INTOLERANCE = kept_pattern(
    r"(?:intolerance|intolerant)\s+(?:to|of)\s+(?P<after>.+)"
    r"|(?:did|does|could|can)\s*not\s+tolerate\s+(?P<not>.+)"
    r"|(?P<before>.+?)\s+(?:intolerance|not\s+tolerated)"
)
# Words that call a finding severe, or that name a disease of which a drug can be a danger, in English, Lithuanian and
# German (ours). A disease that a rule reads by its name never comes here.
_SEVERE = kept_pattern(
    r"\b(severe|serious|acute|critical|life.threatening|malignan\w*|cancer|carcinoma|lymphoma|leuk\w+|metasta\w*|failure|"
    r"infarct\w*|stroke|embol\w*|thrombo\w*|sepsis|grade [345]|tumou?r\w*|neoplas\w*|aneurysm\w*|dialysis|"
    r"transplant\w*|glau[ck]om\w*|cirrho\w*|psycho(?:sis|tic)|schizo\w*|delirium|anorexia|overdose|"
    r"cellulitis|erysipelas|abscess\w*|(?:hepat|nephr|pancreat|myocard|pericard|endocard|mening|encephal|col|vascul)itis|"
    r"sunk\w*|ūm\w*|vėž\w*|navik\w*|ciroz\w*|psichoz\w*|insult\w*|tromboz\w*|"
    r"(?:hepat|nefr|pankreat|miokard|mening|encefal|kol)it\w*|"
    r"brugada|cardiac arrest|asystol\w*|pha?eochromocytom\w*|ileus|bowel obstruction|osteomyelitis|necroti[sz]ing|"
    r"rh?abdom[yi]ol\w*|fasciitis|pneumonia|pneumonie|pneumonija|agranulocytosis|neutropenia|pancytopenia|gangrene|"
    r"(?<!not )(?<!negative )pregnan\w*|nėšt\w*|nėščia|(?<!nicht )schwanger\w*|"
    r"schwer\w*|akut\w*|krebs\w*|karzinom\w*|tumor\w*|zirrhose|psychose|schlaganfall|thrombose|infarkt)\b"
)
# A cancer of the skin that does not spread is no danger of any drug; where the needle goes it is asked (`terms.hints`).
# German says `schwer` of limbs that feel heavy as well.
_MILD = kept_pattern(
    r"\bbasal ?cell carcinoma\b|\bbasalio\w+|\bbazaliom\w+"
    r"|\b(?:beine|arme|glieder|kopf) (?:\w+ )?schwer\b|\bschwere (?:beine|arme|glieder)\b"
)
# The same by the WHO's ICD-10 (ours): psychoses, aneurysms, failed and living transplants, poisonings and harm by drugs
# that a code does not name.
_SEVERE_CODES = frozenset(
    {"f20", "f21", "f22", "f23", "f24", "f25", "f28", "f29", "f32.3", "f33.3", "i71", "i72", "t86", "z94", "t88.7",
     "z88.8", "z88.9", *(f"t{number}" for number in range(36, 51)), *(f"y{number}" for number in range(40, 60))}
)  # fmt: skip
# What is no danger any more once it is over: infections and pregnancies, of which a history says nothing of today.
_PASSING = kept_pattern(
    r"\b(?:cellulitis|erysipelas|abscess\w*|meningit\w*|encephalit\w*|encefalit\w*|sepsis|pneumoni[aej]\w*|osteomyelitis|"
    r"delirium|pregnan\w*|nėšt\w*|nėščia|schwanger\w*)\b"
)
_DENIES_ALL = kept_pattern(
    r"(?:no|denie[sd]|without|kein\w*|ohne|nėra) (?:(?:known|signs? of|evidence of|history of) )?(?P<what>.+)"
)


def situation(timeline: Timeline, day: int, unstable: Answer = UNKNOWN) -> Situation:
    """What is to be checked at the end of a day: the active medication, that day's therapies, what is known by then.

    `unstable` says whether the pathway's phase is one of active central sensitisation. A flare within 14 days
    says so too.
    """
    return timeline.once(_situation, day, unstable)


def alerts_of(timeline: Timeline, here: Situation, settings: Settings = ANYWHERE) -> tuple[Alert, ...]:
    """What `check` says of a situation of this timeline: many proposals come to the same one, and so do many days."""
    return timeline.once(_checked, here, settings)


def _checked(_: Timeline, here: Situation, settings: Settings) -> tuple[Alert, ...]:
    return check(here, settings)


def _situation(timeline: Timeline, day: int, unstable: Answer) -> Situation:
    patient = timeline.record.patient
    sessions = timeline.sessions(day)
    today = [line for session in sessions if session.day == day for line in lines_of(session)]
    flags = active_flags(timeline, day)
    conditions, lapsed = _conditions(timeline, day)
    told = told_behind(timeline, day, lapsed)
    for active in flags:
        condition = CONDITION_OF_FLAG.get(active.flag.id)
        if condition:
            conditions[condition] = YES
            lapsed.pop(condition, None)
    if "central_sensitisation_active" not in conditions:
        flared = any(is_flare(entry) and day - entry.day <= FLARE_DAYS for entry in timeline.symptoms(day))
        conditions["central_sensitisation_active"] = YES if flared else unstable
    running = [
        line for episode in timeline.active_medication(day) for line in lines_of_medication(episode.latest)
    ]
    written: dict[str, list[MedicationEntry]] = {}
    for entry in timeline.medication(day):
        written.setdefault(entry.code, []).append(entry)
    begun_beside = tuple(
        line
        for episode in timeline.active_medication(day)
        for entry in started_twice(written.get(episode.drug, ()))
        for line in lines_of_medication(entry)
    )
    procedures = tuple(line for line in today if line.route == "procedure")
    injected = tuple(line for line in today if line.route != "procedure")
    if any(line.substance == NEEDLE for line in procedures) and "consent_missing" not in conditions:
        conditions["consent_missing"] = NO if consent_given(timeline, day) else YES
    return Situation(
        regimen=(*running, *injected),
        procedures=procedures,
        recent=tuple(
            line
            for session in sessions
            if 0 < day - session.day <= RECENT_DAYS
            for line in lines_of(session)
            if line.route == "procedure" and line.sure
        ),
        conditions=conditions,
        told=told,
        lapsed=lapsed,
        red_flags=flags,
        cleared=cleared_flags(timeline, day),
        allergies=recorded_allergies(timeline, day),
        age=patient.age_on(day),
        sex=patient.sex,
        begun_beside=begun_beside,
    )


class ConditionWord(NamedTuple):
    """One word on a condition, and for how many days it holds, its own day among them (None: for ever).

    What `yields` does not take back that the condition is there; what is `presumed` counts only where nobody said
    anything.
    """

    condition: str
    answer: Answer
    day: int
    held: int | None
    yields: bool = False
    presumed: bool = False


def words_on_conditions(
    concluded: Iterable[FindingEntry], presumed: Iterable[FindingEntry] = ()
) -> Iterator[ConditionWord]:
    """Every word of these findings on a condition, in their order, and then what numbers let one presume.

    A measurement also says that it was made, and a normal one what it rules out.
    """
    for finding in concluded:
        state, day = finding.state, finding.day
        for condition in finding.conditions:
            held = finding_days(condition.id, finding)
            yield ConditionWord(condition.id, ANSWER_OF_STATE[state], day, held, leaves_open(finding))
        measurement = find_measurement(finding.what)
        if measurement is None or state == "unknown":
            continue
        if measurement.gap:
            yield ConditionWord(measurement.gap, NO, day, days_held(measurement.gap, NO))
        for condition in measurement.ruled_out if state == "normal" else ():
            yield ConditionWord(condition, NO, day, days_held(condition, NO), not measurement.undoes)
    for finding in presumed:
        answer, held = ANSWER_OF_STATE[finding.state], finding_days(finding.what, finding)
        yield ConditionWord(finding.what, answer, finding.day, held, presumed=True)


def known_conditions(timeline: Timeline, until: int | None = None) -> dict[str, Answer]:
    """The conditions that findings up to a day (None: all) speak of; the latest word counts, as long as it holds.

    That something is absent is unknown once its days are over. That it is present stays so, for a danger does not end
    by nobody's asking; `lapsed_statements` tells which of it is old. A measurement that is too old counts as not made.
    Without a day nothing is too old.
    """
    return _conditions(timeline, until)[0]


def lapsed_statements(timeline: Timeline, until: int) -> dict[str, LapsedStatement]:
    """By condition, the latest word on it up to a day, where it no longer holds on that day."""
    return _conditions(timeline, until)[1]


def _conditions(
    timeline: Timeline, until: int | None
) -> tuple[dict[str, Answer], dict[str, LapsedStatement]]:
    known: dict[str, Answer] = {}
    lapsed: dict[str, LapsedStatement] = {}
    stated: set[str] = set()
    for word in words_on_conditions(timeline.concluded(until), timeline.presumed(until)):
        condition, answer = word.condition, word.answer
        if word.presumed and condition in stated:
            continue
        if word.yields and known.get(condition) is YES:
            continue
        if not word.presumed:
            stated.add(condition)
        lapsed.pop(condition, None)
        known[condition] = answer
        if until is not None and word.held is not None and until - word.day >= word.held:
            lapsed[condition] = LapsedStatement(answer, word.day, word.held)
            if answer is NO:
                del known[condition]
    for measurement in MEASUREMENTS:
        if measurement.gap:
            known.setdefault(measurement.gap, YES)
    return known, lapsed


def told_behind(timeline: Timeline, until: int, lapsed: Mapping[str, LapsedStatement]) -> dict[str, Message]:
    """What an alert says of when a condition was known: the number behind it, and a word that no longer holds."""
    recorded = {id(finding) for finding in timeline.findings(until)}
    latest = {
        condition.id: finding
        for finding in timeline.concluded(until)
        if not leaves_open(finding)
        for condition in finding.conditions
    }
    behind = {
        condition: _told_by(finding) for condition, finding in latest.items() if id(finding) not in recorded
    }
    for condition, statement in lapsed.items():
        number = behind.get(condition) if statement.answer is YES else None
        behind[condition] = when_last_told(condition, statement, number)
    return behind


def _told_by(concluded: FindingEntry) -> Message:
    """What a conclusion rests on: the drug that is taken, the number, or the two numbers."""
    match concluded:
        case DrugFinding():
            return message("takes-drug", drug=concluded.drug, day=concluded.day)
        case PairFinding():
            both = (
                message("measured", number=number.value.shown, day=number.entry.day)
                for number in concluded.of
            )
            return message("measured-of", number=concluded.result, of=tuple(both))
        case _:
            return message("measured", number=concluded.result, day=concluded.day)


def leaves_open(finding: FindingEntry) -> bool:
    """Whether a finding is a conclusion that leaves its condition open: it may be there."""
    return finding.state == "unknown" and isinstance(finding, DrugFinding | OpenFinding)


def ages_that_matter(timeline: Timeline) -> tuple[int, ...]:
    """The ages in days at which something that was said of a condition ceases to hold, each once, in order.

    What `known_conditions` and `lapsed_statements` say of one entry changes at these ages and at no other.
    """
    ages = {word.held for word in words_on_conditions(timeline.concluded(), timeline.presumed())}
    for entry in (*timeline.findings(), *timeline.measurements()):
        ages.update(BODY_HOLDS.get(number.value.quantity.id) for number in bodies_in(entry))
    return tuple(sorted(age for age in ages if age is not None))


def is_flare(entry: SymptomEntry) -> bool:
    """Whether a statement says that a pain is new or worse."""
    return entry.state in WORSE_STATES and entry.symptom is not None and entry.symptom.id in _PAINS


def recorded_allergies(timeline: Timeline, until: int | None = None) -> tuple[str, ...]:
    """The substances with an allergy recorded up to a day (None: all): `allergy to tizanidine`, `ibuprofen allergy`."""
    present_of: dict[str, bool] = {}
    for finding in timeline.findings(until):
        for substance in allergies_in(finding):
            present_of[substance] = ANSWER_OF_STATE[finding.state] is YES
    return tuple(substance for substance, present in present_of.items() if present)


def recorded_intolerances(timeline: Timeline, until: int | None = None) -> dict[str, FindingEntry]:
    """By substance, the latest word that it was not tolerated (`amitriptyline intolerance`), where it still holds."""
    latest: dict[str, FindingEntry] = {}
    for finding in timeline.findings(until):
        substance = _substance_in(_INTOLERANCE, finding.what)
        if substance is not None:
            latest[substance] = finding
    return {
        substance: finding
        for substance, finding in latest.items()
        if ANSWER_OF_STATE[finding.state] is not NO
    }


def therapies_not_tolerated(timeline: Timeline, until: int | None = None) -> dict[str, FindingEntry]:
    """By therapy, and by each that it groups, the latest word that it was not tolerated, where it still holds.

    Of a course in which one member was not borne, the others are left: only what was named, and its parts.
    """
    latest: dict[str, FindingEntry] = {}
    for finding in timeline.findings(until):
        named = _named_in(_INTOLERANCE, finding.what)
        therapy = None if named is None else find_therapy(named)
        if therapy is not None:
            latest.update(dict.fromkeys(therapy.members, finding))
    return {
        therapy: finding for therapy, finding in latest.items() if ANSWER_OF_STATE[finding.state] is not NO
    }


def unread_allergies(timeline: Timeline, until: int | None = None) -> tuple[FindingEntry, ...]:
    """The allergies whose substance no rule knows, and that nobody has ruled out: each could be to anything."""
    latest: dict[str, FindingEntry] = {}
    for finding in timeline.findings(until):
        named = allergen_in(finding.what)
        known = finding.condition is not None or (named is not None and is_no_drug(named))
        if named is not None and not known and names_no_drug(finding) and substance_id(named) is None:
            latest[named] = finding
    return tuple(finding for finding in latest.values() if ANSWER_OF_STATE[finding.state] is not NO)


def checked_names(timeline: Timeline, until: int | None = None) -> Mapping[str, FindingEntry]:
    """The names that a clinician looked up and spoke free (`checked: Xyz`, normal or absent), folded, latest word."""
    return timeline.once(_checked_names, until)  # every proposal asks for them, and more than once


def _checked_names(timeline: Timeline, until: int | None) -> Mapping[str, FindingEntry]:
    latest: dict[str, FindingEntry] = {}
    for finding in timeline.findings(until):
        name = checked_name(finding.what)
        if name is not None and finding.word_of_clinician:
            latest[name] = finding
    return MappingProxyType(
        {name: finding for name, finding in latest.items() if finding.state in ("normal", "absent")}
    )


def unread_severe(timeline: Timeline, until: int | None = None) -> tuple[FindingEntry | SymptomEntry, ...]:
    """What is there, is severe by its own words, and no rule reads: each could forbid a drug.

    Severe is a finding that says so in its name or its result, or a symptom whose severity does (ours).
    """
    findings: dict[str, FindingEntry] = {}
    for finding in timeline.findings(until):
        not_borne = allergen_in(finding.what) or _named_in(_INTOLERANCE, finding.what)
        if not finding.is_read and not_borne is None:
            findings[spaced(finding.what)] = finding
    symptoms = {
        spaced(told.what): told
        for told in timeline.symptoms(until)
        if told.symptom is None and told.sign is None
    }
    return (
        *(
            finding
            for finding in findings.values()
            if finding.state in ("present", "abnormal")
            and _severe(finding.what, finding.result, timeline.record.year)
        ),
        *(
            told
            for told in symptoms.values()
            if told.state in PRESENT_STATES and _severe(told.what, told.severity, timeline.record.year)
        ),
    )


def _severe(what: str, more: str | None, year: int | None) -> bool:
    """Whether these words call it severe. What denies the whole of a thing that is read (`no glaucoma`) does not.

    Nor does what says of an infection or a pregnancy that it is over (`two pregnancies in 2010`).
    """
    code = icd10_code(what)
    if code is not None and not _SEVERE_CODES.isdisjoint(code.prefixes):
        return True
    denied = _DENIES_ALL.fullmatch(spaced(what))
    if denied is not None and not more and (find_conditions(denied["what"]) or find_sign(denied["what"])):
        return False
    words = _MILD.sub(" ", said_of_patient(f"{what} {more or ''}"))
    if TOO_LONG in words:
        return True
    return _SEVERE.search(_PASSING.sub(" ", words) if is_over(words, year) else words) is not None


def still_in_the_body(timeline: Timeline, day: int, started: Collection[str]) -> Iterator[RegimenLine]:
    """The drugs taken no more whose washout has not ended on a day, before any of these substances is started.

    One whose washout nobody wrote down may still be there for a week after a course, where a grave rule names it
    beside what is started, and for three days where both sedate: that line is not `sure`. A dose taken when needed
    counts as long as a washout says.
    """
    for code in timeline.drugs():
        stop = timeline.stopped(code, day)
        if stop is not None:
            yield from _lingering(lines_of_medication(stop), day, stop.day, started, a_course=True)
    running = {episode.latest.code for episode in timeline.active_medication(day)}
    last_dose = {intake.code: intake for intake in timeline.entries_of(IntakeEntry, day)}
    for code, intake in last_dose.items():
        if code not in running:
            lines = lines_named(intake.drug, (), intake.route or "", (intake.place,))
            yield from _lingering(lines, day, intake.day, started, a_course=False)


def _lingering(
    lines: Iterable[RegimenLine], day: int, ended: int, started: Collection[str], *, a_course: bool
) -> Iterator[RegimenLine]:
    for line in lines:
        if line.substance is None or line.substance in started:
            continue
        washouts = [
            row.days
            for row in WASHOUTS
            if line.substance in members(row.stopped) and _before(row, line, started)
        ]
        if any(day - ended < days for days in washouts):
            yield replace(line, doses=())
        elif not washouts and a_course and day - ended < _may_linger(line.substance, started):
            yield replace(line, doses=(), sure=False, by_class=False, ended_on=ended)


def _may_linger(substance: str, started: Collection[str]) -> int:
    """For how many days what nobody wrote a washout for may matter to what is started."""
    if meets_gravely(substance, started):
        return LINGERS
    both_sedate = is_a(substance, "cns_depressant") and any(is_a(each, "cns_depressant") for each in started)
    return SEDATES if both_sedate else 0


def _before(row: Washout, line: RegimenLine, started: Collection[str]) -> bool:
    """Whether a washout is one before what is started; a row that names nothing is one before all it must not meet."""
    if row.before:
        return any(not members(party).isdisjoint(started) for party in row.before)
    return line.substance is not None and meets_gravely(line.substance, started)


def allergies_in(finding: FindingEntry) -> tuple[str, ...]:
    """The substances that rules know and whose allergy a finding tells of beyond doubt, in whatever order of words."""
    told = allergic_to(finding)
    named = allergy_in(finding.what)
    return tuple(sorted(told & SUBSTANCES.keys() | ({named} if named else set[str]())))


def allergy_in(words: str) -> str | None:
    """The substance whose allergy these words name; None if they name none that is known."""
    named = allergen_in(words)
    substance = None if named is None else substance_id(named)
    return substance if substance in SUBSTANCES else None


def _substance_in(pattern: re.Pattern[str], words: str) -> str | None:
    """The substance that stands before or after the pattern's own words; None if that is none."""
    named = _named_in(pattern, words)
    return None if named is None else substance_id(named)


def _named_in(pattern: re.Pattern[str], words: str) -> str | None:
    """The words before or after the pattern's own; None where it does not match."""
    match = pattern.fullmatch(spaced(words.replace("_", " ")))
    return None if match is None else next(group for group in match.groups() if group is not None)


def asked_on_the_day(timeline: Timeline, day: int) -> dict[str, LapsedStatement]:
    """What can only be known when a needle goes in, and was said lately to be absent: it is asked there, not before."""
    return {
        condition: statement
        for condition, holds in HOLDS.items()
        if holds.on_the_day
        for statement in (timeline.lapsed_finding(condition, day),)
        if statement is not None and statement.answer is NO and day - statement.day <= ASKED_ON_THE_DAY
    }
