"""Sections 9 to 13 of the checklist: from the interventions to consent. Each function gives sentences and gaps."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from msgspec.structs import replace

from assuage.catalogue.message import message
from assuage.deidentify.consent import consent_of, publication_consents
from assuage.record.care_entries import AdherenceEntry, AdverseEventEntry, ExposureEntry
from assuage.record.entries import FindingEntry, MedicationEntry, TherapyEntry
from assuage.report.care import phrases
from assuage.report.care.case import Case, SentencesAndGaps
from assuage.report.care.case_report import ReportSentence
from assuage.report.care.interventions import (
    by_therapy,
    medicine_sentence,
    missing,
    therapy_sentences,
    treatment_sentences,
)
from assuage.report.care.outcomes import by_place, factors, scored
from assuage.report.care.perspective import perspective_of
from assuage.report.care.sections_1_to_8 import (
    measurement_sentences,
    overclaimed,
    red_flag_sentences,
    shown_by,
)
from assuage.report.care.story import became
from assuage.review.model import Suspect
from assuage.safety.formulary import MONITORING_RULES, members
from assuage.terms.scales import SCALES
from assuage.terms.symptoms import WORSE_STATES
from assuage.terms.therapies import find_therapy


def kinds(case: Case) -> SentencesAndGaps:
    """Item 9a: what was given, done and sought."""
    sentences = treatment_sentences(case)
    sentences += case.authors("9a")
    gap = [] if sentences else [case.lang.t("no intervention is recorded")]
    return sentences or [case.bracket("9a")], gap


def doses(case: Case) -> SentencesAndGaps:
    """Item 9b: how much, how often, how long."""
    sentences = [
        medicine_sentence(case, entry) for entry in case.medications if entry.do == "start" and entry.day >= 0
    ]
    for at, entries in enumerate(by_therapy(case).values()):
        told = therapy_sentences(case, [entry for entry in entries if entry.day >= 0])
        if told and sentences and not at:
            told[0] = replace(told[0], opens=True)
        sentences += told
    sentences += case.authors("9b")
    return sentences, missing(case) if sentences else [case.lang.t("no intervention is recorded")]


def changes(case: Case) -> SentencesAndGaps:
    """Item 9c: what was changed, stopped, moved, and why."""
    say = case.lang.t
    sentences: list[ReportSentence] = []
    gaps: list[str] = []
    for entry in case.medications:
        if entry.do == "start" or entry.day < 0:
            continue
        sentences.append(medicine_sentence(case, entry))
        if not entry.because:
            name = case.lang.catalogue.value(phrases.drug_name(case, entry.drug))
            gaps.append(
                say(
                    "{what}, {day}: why it was changed or stopped is not recorded",
                    what=name,
                    day=case.lang.catalogue.say(phrases.when_recorded(entry)),
                )
            )
    last: dict[object, TherapyEntry] = {}
    for entry in case.therapies:
        name = phrases.therapy_name(case, entry)
        before = last.get(name)
        if entry.took_place and before and entry.sites != before.sites and entry.sites and before.sites:
            told = message(
                "case.sites-changed",
                therapy=name,
                when=phrases.when_recorded(entry),
                before=phrases.named_sites(before.sites),
                after=phrases.named_sites(entry.sites),
            )
            sentences.append(case.sentence(told, [before, entry]))
        if entry.took_place:
            last[name] = entry
    sentences += case.authors("9c")
    return sentences, gaps if sentences else [
        say("no change is recorded, and no sentence says that there was none")
    ]


def outcomes(case: Case) -> SentencesAndGaps:
    """Item 10a: what was measured, how often; "resolved" wants a number beside it."""
    say = case.lang.t
    sentences: list[ReportSentence] = []
    gaps: list[str] = []
    catalogue = case.lang.catalogue
    for code, entries in case.scores.items():
        days = {entry.day for entry in entries}
        # Questionnaires of the first visit stand with the diagnosis; they come again where they were repeated.
        if code in SCALES or max(days) > 0:
            sentences += [scored(case, of_place) for of_place in by_place(entries)]
        if len(days) < 2:
            gaps.append(
                say("{scale} was measured once", scale=catalogue.value(phrases.measure_phrase(entries[0])))
            )
    sentences += factors(case)
    for entry in case.therapies:
        if entry.response_percent:
            told = message(
                "case.response",
                therapy=phrases.therapy_name(case, entry),
                when=phrases.when_recorded(entry),
                value=phrases.value_phrase(*entry.response_percent),
                note=phrases.quotation(entry.note),
            )
            sentences.append(case.sentence(told, [entry]))
    gone = [entry for entry in case.symptoms if entry.state in ("resolved", "better") and entry.day > 0]
    for _, group in groupby(gone, key=lambda entry: (entry.day, entry.state)):
        felt = list(group)
        sentences.append(case.sentence(became(case, felt), felt))
    measured = {entry.day for entries in case.scores.values() for entry in entries}
    bare = sorted({entry.day for entry in gone} - measured)
    if bare:
        gaps.append(
            say(
                "“resolved” or “better” without a number beside it: {days}",
                days=case.lang.list([catalogue.say(phrases.day_phrase(day)) for day in bare]),
            )
        )
    sides = {entry.by == "patient" for entries in case.scores.values() for entry in entries}
    if case.scores and True not in sides:
        gaps.append(say("no outcome is recorded as said by the patient"))
    number = case.figure("body")
    if number is not None:
        sentences.append(case.sentence(message("case.figure-body", number=number), by="computed"))
    sentences += case.authors("10a")
    return sentences or [case.bracket("10a")], gaps if sentences else [say("no outcome is recorded")]


def follow_up_tests(case: Case) -> SentencesAndGaps:
    """Item 10b: examination, laboratory and imaging after day 0."""
    tests = [
        *(
            s
            for method in ("examination", "laboratory", "imaging")
            for s in shown_by(case, method, after=True)
        ),
        *measurement_sentences(case, after=True),
        *red_flag_sentences(case, after=True),
    ]
    sentences = [*tests, *shown_by(case, None, after=True), *case.authors("10b")]
    gaps = [] if tests or case.authors("10b") else [case.lang.t("no test is recorded after day 0")]
    gaps += [] if tests else unmeasured(case)
    return sentences, gaps


def unmeasured(case: Case) -> list[str]:
    """A gap for each medicine whose monitoring, by the record's own finding, was never done."""
    gap_of = {f.condition.id: f.condition for f in case.findings if f.condition and f.state == "present"}
    return list(
        dict.fromkeys(
            case.lang.t(
                "{drug} was given: {gap}",
                drug=case.lang.catalogue.value(phrases.drug_name(case, given.drug)),
                gap=case.lang.word(gap_of[rule.gap].title),
            )
            for rule in MONITORING_RULES
            if rule.gap in gap_of
            for given in case.medications
            if given.code in members(rule.target)
        )
    )


_ADHERENCE = ("adherence", "tolerability", "vartojimas", "toleravimas")
_EVENTS = ("adverse event", "side effect", "nepageidaujam")


def _told(case: Case, entries: list[FindingEntry]) -> list[ReportSentence]:
    return [
        case.sentence(
            message(
                "case.told",
                findings=(phrases.finding_phrase(case, entry),),
                when=phrases.when_recorded(entry),
            ),
            [entry],
        )
        for entry in entries
    ]


def adherence(case: Case) -> SentencesAndGaps:
    """Item 10c: whether it was taken and borne, and how that was found out."""
    say = case.lang.t
    statements = [f for f in case.findings if f.what.lower().startswith(_ADHERENCE)]
    taken = case.timeline.entries_of(AdherenceEntry)
    sentences = [*_told(case, statements), *(_taken(case, entry) for entry in taken), *case.authors("10c")]
    gaps = (
        []
        if sentences
        else [say("whether it was taken and how it was tolerated is not recorded, nor how anyone asked")]
    )
    asked = any(f.method or f.result for f in statements) or any(entry.asked for entry in taken)
    if (statements or taken) and not asked:
        gaps.append(say("how adherence was found out is not recorded"))
    return sentences, gaps


def _taken(case: Case, entry: AdherenceEntry) -> ReportSentence:
    share = None if isinstance(entry.taken, bool) else round(entry.taken * 100)
    told = message(
        "case.taken" if entry.taken is True else "case.not-taken" if entry.not_taken else "case.taken-share",
        drug=phrases.drug_name(case, entry.drug),
        when=phrases.when_recorded(entry),
        share=share,
        asked=message(f"case.asked.{entry.asked}") if entry.asked else None,
    )
    return case.sentence(told, [entry])


def _followed(case: Case, name: str, suspects: Sequence[Suspect]) -> ReportSentence:
    """By what an exposure was followed, all outcomes in one sentence."""
    exposure = find_therapy(name) or phrases.word_as_written(case, name)
    outcomes = [phrases.word_as_written(case, suspect.outcome) for suspect in suspects]
    days = {day for suspect in suspects for day in suspect.days}
    if all(suspect.exposed == 1 for suspect in suspects):
        told = message("case.followed-once", exposure=exposure, outcomes=tuple(outcomes))
    else:
        parts = [
            message("case.followed-by", outcome=outcome, flared=suspect.flared, exposed=suspect.exposed)
            for outcome, suspect in zip(outcomes, suspects, strict=True)
        ]
        exposed = max(suspect.exposed for suspect in suspects)
        told = message("case.followed", exposure=exposure, exposed=exposed, outcomes=tuple(parts))
    exposed = (*case.therapies, *case.timeline.entries_of(ExposureEntry))
    return case.sentence(told, [entry for entry in exposed if entry.day in days], by="computed")


def events(case: Case) -> SentencesAndGaps:
    """Item 10d: what got worse, and whether anyone asked."""
    say = case.lang.t
    worse = [entry for entry in case.symptoms if entry.state in WORSE_STATES and entry.day > 0]
    asked = [f for f in case.findings if f.what.lower().startswith(_EVENTS)]
    recorded = case.timeline.entries_of(AdverseEventEntry)
    sentences: list[ReportSentence] = []
    for _, group in groupby(worse, key=lambda entry: (entry.day, entry.state)):
        felt = list(group)
        sentences.append(case.sentence(became(case, felt), felt))
    sentences += _told(case, asked)
    sentences += [_event(case, entry) for entry in recorded]
    suspects = [suspect for suspect in (case.review.suspects if case.review else ()) if suspect.flared]
    for name in dict.fromkeys(suspect.exposure for suspect in suspects):
        sentences.append(_followed(case, name, [suspect for suspect in suspects if suspect.exposure == name]))
    sentences += case.authors("10d")
    gaps: list[str] = []
    if (case.medications or any(t.mixture for t in case.therapies)) and not asked and not recorded:
        gaps.append(
            say(
                "no statement on adverse events of the medicines or injections, and on which days anyone asked"
            )
        )
    gaps += [
        say(
            "{what}, {day}: no grade and no duration is recorded",
            what=case.lang.catalogue.say(phrases.symptom_phrase(case, entry, note=False)),
            day=case.lang.catalogue.say(phrases.when_recorded(entry)),
        )
        for entry in worse
        if not entry.severity
    ]
    return sentences, gaps


def _event(case: Case, entry: AdverseEventEntry) -> ReportSentence:
    told = message(
        "case.event",
        what=phrases.word_as_written(case, entry.what),
        when=phrases.when_recorded(entry),
        grade=entry.grade,
        suspected=tuple(phrases.drug_name(case, name) for name in entry.suspected) or None,
        action=message(f"case.event-action.{entry.action}") if entry.action else None,
        outcome=message(f"case.event-outcome.{entry.outcome}") if entry.outcome else None,
    )
    return case.sentence(told, [entry])


def limits(case: Case) -> SentencesAndGaps:
    """Item 11a: what speaks against the case, as far as the record shows it."""
    sentences: list[ReportSentence] = []
    if case.timeline.last_day is not None:
        sentences.append(case.sentence(message("case.limit-single"), by="computed"))
    by_day: dict[int, list[MedicationEntry]] = {}
    for entry in case.medications:
        if entry.do == "start":
            by_day.setdefault(entry.day, []).append(entry)
    for begun in by_day.values():
        if len(begun) > 1:
            drugs = tuple(dict.fromkeys(phrases.drug_name(case, entry.drug) for entry in begun))
            sentences.append(case.sentence(message("case.limit-started", drugs=drugs), begun, by="computed"))
    sought = [entry for entry in case.therapies if entry.by == "patient" and entry.took_place]
    if sought:
        told = message("case.limit-exposures", n=len(sought), whose=phrases.whose(case))
        sentences.append(case.sentence(told, sought, by="computed"))
    about = [entry for entry in case.record.current if entry.approximate]
    if about:
        sentences.append(case.sentence(message("case.limit-days", n=len(about)), about, by="computed"))
    written = case.authors("11a")
    gap = [] if written else [case.lang.t("the authors have not written strengths and limitations")]
    return [*(written or [case.bracket("11a")]), *sentences], gap


def literature(case: Case) -> SentencesAndGaps:
    """Item 11b: the authors' text, with references and without over-claims."""
    sentences = case.authors("11b")
    if not sentences:
        return [case.bracket("11b")], [case.lang.t("the authors have not discussed the literature")]
    gaps = [] if case.written.of("11b").references else [case.lang.t("no reference is cited")]
    return sentences, [*gaps, *overclaimed(case, "11b")]


def rationale(case: Case) -> SentencesAndGaps:
    """Item 11c: the authors' text, without over-claims."""
    sentences = case.authors("11c")
    return sentences or [case.bracket("11c")], overclaimed(case, "11c") if sentences else [
        case.lang.t("the authors have not given the rationale for the conclusions")
    ]


def lesson(case: Case) -> SentencesAndGaps:
    """Items 3d and 11d: the authors' text."""
    sentences = case.authors("11d")
    return sentences or [case.bracket("11d")], overclaimed(case, "11d") if sentences else [
        case.lang.t("the authors have not written the lesson")
    ]


def lesson_in_short(case: Case) -> SentencesAndGaps:
    """Item 3d: the lesson in the abstract."""
    sentences = case.authors("3d")
    return sentences or [case.bracket("3d")], overclaimed(case, "3d") if sentences else [
        case.lang.t("the authors have not written the lesson")
    ]


def perspective(case: Case) -> SentencesAndGaps:
    """Item 12: the patient's own words, or why there are none."""
    given = perspective_of(case.record, case.written)
    if given is None:
        gap = case.lang.t("the patient has not been asked, or has not answered")
        return [case.bracket("12")], [gap]
    if given.text:
        told = message("case.perspective", text=given.text, how=case.lang.word(given.how))
        return [replace(case.sentence(told), by="authors")], []
    because = phrases.quotation(given.refused or given.not_sought)
    told = message(
        "case.perspective-refused" if given.refused else "case.perspective-not-sought", because=because
    )
    sentence = case.sentence(told)
    if given.entry is not None:
        return [replace(sentence, entries=(given.entry,))], []
    return [replace(sentence, by="authors")], []


def consent(case: Case) -> SentencesAndGaps:
    """Item 13: the consent to publication as it stands."""
    say = case.lang.t
    entries = publication_consents(case.record)
    state = consent_of(case.record)
    if state == "given":
        told = message("case.consent-given", when=phrases.when_recorded(entries[-1]))
        return [case.sentence(told, entries[-1:])], []
    if state is None and case.lawful_basis:
        told = message("case.consent-basis", basis=phrases.quotation(case.lawful_basis))
        return [case.sentence(told, by="authors")], []
    if state is None:
        gap = say("no consent to publication is recorded; a case history identifies its patient by itself")
        return [case.bracket("13")], [gap]
    day = case.lang.catalogue.say(phrases.when_recorded(entries[-1]))
    return [case.bracket("13")], [
        say("consent to publication: {state}, {day}", state=case.lang.word(state), day=day)
    ]
