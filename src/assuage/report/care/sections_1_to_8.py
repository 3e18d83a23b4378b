"""Sections 1 to 8 of the checklist: from the title to the diagnosis. Each function gives sentences and gaps."""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec.structs import replace

from assuage.catalogue.languages import ORIGINAL
from assuage.catalogue.message import Message, message
from assuage.record.care_entries import AllergyEntry, DiagnosisEntry, MeasurementEntry
from assuage.record.entries import FindingEntry, SymptomEntry, TherapyEntry
from assuage.report.care import phrases
from assuage.report.care.case import Case, SentencesAndGaps
from assuage.report.care.case_report import ReportSentence
from assuage.report.care.interventions import medicine_sentence, therapy_sentences, treatment_sentences
from assuage.report.care.lint import claims
from assuage.report.care.outcomes import by_place, scored
from assuage.report.care.pregnancy import pregnancy_sentences, without_pregnancies
from assuage.terms.answers import UNKNOWN, YES
from assuage.terms.red_flags import RED_FLAGS
from assuage.terms.scales import SCALES
from assuage.terms.sources import Source
from assuage.terms.symptoms import ALL_SYMPTOMS, PRESENT_STATES, WORSE_STATES

CASE_REPORT = re.compile(r"case report|klinikinis atvej\w*|atvejo apraš\w*", re.IGNORECASE)
_NEW = re.compile(
    r"\bnew(?:ly)?\b|\bnovel\w*|\bfirst\b|\bunique\w*|not (?:been )?(?:previously )?(?:described|reported)|"
    r"\bnauj\w*|pirm\w* kart\w*",
    re.IGNORECASE,
)
# "New-onset" and the like tell of a symptom, not of what the case adds.
_NOT_NEW = re.compile(
    r"new[- ]onset|first (?:two|three|session|visit|phase|day|week)\w*|new (?:pain|numbness|symptom)",
    re.IGNORECASE,
)


def report_title(case: Case) -> SentencesAndGaps:
    """Item 1: the authors' title, or one made of the problem and the interventions."""
    say = case.lang.t
    written = case.written.title
    if written:
        gaps = [] if CASE_REPORT.search(written) else [say("the title does not say “case report”")]
        return [ReportSentence(written, by="authors", rule="title")], gaps
    done = _given(case)
    gaps = [] if done else [say("no therapy is recorded that the title could name")]
    sentences = [case.sentence(made_title(case), done, by="record" if done else "computed")]
    if not done and problem(case) is None:
        sentences.append(case.bracket("1"))
    return sentences, gaps


def made_title(case: Case) -> Message:
    """A title of nothing but facts: the problem, at most three therapies given, and the words case report."""
    names = tuple(dict.fromkeys(phrases.therapy_name(case, entry) for entry in _given(case)))[:3]
    trouble = problem(case)
    if trouble is None:
        return message("case.title-therapies", therapies=names) if names else message("case.title-alone")
    if not names:
        return message("case.title-problem", problem=trouble)
    return message("case.title", therapies=names, problem=trouble)


def problem(case: Case) -> object | None:
    """What the patient has: the diagnosis that a person recorded, else the first symptom; None without either."""
    named = diagnoses(case)
    if named:
        return diagnosis_name(case, named[-1])
    felt = felt_at_first(case)
    return phrases.symptom_phrase(case, replace(felt[0], severity=None), note=False) if felt else None


def diagnoses(case: Case) -> list[DiagnosisEntry]:
    """The diagnoses that the pathway is about, as people recorded them and nobody refuted them."""
    presumed = case.presumed
    return [
        entry
        for entry in case.timeline.entries_of(DiagnosisEntry)
        if entry.certainty in (None, "confirmed")
        and (presumed is None or presumed.is_named(entry.what, entry.code, entry.system))
    ]


def diagnosis_name(case: Case, entry: DiagnosisEntry) -> object:
    """A diagnosis by the name that this language has for it."""
    presumed = case.presumed
    if presumed is not None and presumed.is_named(entry.what, entry.code, entry.system):
        return presumed.wording
    known = entry.condition if case.lang.code != ORIGINAL or entry.what is None else None
    return known or phrases.word_as_written(case, entry.in_words)


def _given(case: Case) -> list[TherapyEntry]:
    """The first entry of each therapy that was given, not of those that the patient sought alone."""
    first: dict[object, TherapyEntry] = {}
    for entry in case.therapies:
        if entry.took_place and entry.by != "patient":
            first.setdefault(phrases.therapy_name(case, entry), entry)
    return list(first.values())


def keywords(case: Case) -> SentencesAndGaps:
    """Item 2: two to five, case report among them."""
    say = case.lang.t
    words = list(case.written.keywords)
    gaps: list[str] = []
    if words:
        sentence = ReportSentence(f"{'; '.join(words)}.", by="authors", rule="keywords")
    else:
        trouble = problem(case)
        named = [message("case.keyword"), *([trouble] if trouble is not None else [])]
        named += [phrases.therapy_name(case, entry) for entry in _given(case)]
        words = [str(case.lang.catalogue.value(each)) for each in named[:5]]
        sentence = ReportSentence(f"{'; '.join(words)}.", by="computed", rule="case.keyword")
    if not 2 <= len(words) <= 5:
        gaps.append(
            case.lang.n(
                "{n} keyword; two to five are asked for",
                "{n} keywords; two to five are asked for",
                len(words),
            )
        )
    if not any(CASE_REPORT.search(word) for word in words):
        gaps.append(say("“case report” is not among the keywords"))
    return [sentence], gaps


def novelty(case: Case) -> SentencesAndGaps:
    """Item 3a: written by the authors; it has to say what the case adds."""
    sentences = case.authors("3a")
    text = _NOT_NEW.sub("", case.written.of("3a").text)
    gaps = [] if _NEW.search(text) else [case.lang.t("no sentence says what this case adds to what is known")]
    return sentences or [case.bracket("3a")], gaps


def felt_at_first(case: Case) -> list[SymptomEntry]:
    """What the patient felt up to day 0, each symptom of a place once, by the last word on it."""
    last: dict[tuple[str, str | None], SymptomEntry] = {}
    for entry in case.symptoms:
        if entry.day <= 0:
            last[entry.symptom.id if entry.symptom else entry.what, entry.site] = entry
    return [entry for entry in last.values() if entry.state in PRESENT_STATES]


def symptoms_in_short(case: Case) -> SentencesAndGaps:
    """Item 3b: the patient, and the symptoms up to day 0."""
    felt = felt_at_first(case)
    sentences = case.authors("3b")
    if felt:
        words = tuple(dict.fromkeys(_short(case, entry) for entry in felt))
        sentences.append(
            case.sentence(message("case.presented", who=phrases.person_phrase(case), symptoms=words), felt)
        )
    gaps = [] if sentences else [case.lang.t("no symptom is recorded up to day 0")]
    if not sentences and is_described(case):
        sentences.append(case.sentence(message("case.is", who=phrases.person_phrase(case)), by="computed"))
    return sentences, gaps


def is_described(case: Case) -> bool:
    """Whether anything of sex and age may be told."""
    patient = case.record.patient
    return (
        patient.sex not in (None, "unknown") or patient.age is not None or phrases.age_band(case) is not None
    )


def _short(case: Case, entry: SymptomEntry) -> Message:
    return phrases.symptom_phrase(case, replace(entry, severity=None), genitive=True, note=False)


def in_short(case: Case) -> SentencesAndGaps:
    """Item 3c: diagnosis, interventions, outcomes."""
    say = case.lang.t
    sentences = case.authors("3c")
    treated = treatment_sentences(case)
    sentences += treated
    for states, what in ((WORSE_STATES, "worse"), (frozenset({"resolved"}), "outcome")):
        entries = [entry for entry in case.symptoms if entry.state in states and entry.day > 0]
        if entries:
            everything = [e for e in entries if e.symptom is ALL_SYMPTOMS]
            entries = everything or entries
            parts = [phrases.symptom_phrase(case, replace(e, severity=None), note=False) for e in entries]
            told = message(f"case.short-{what}", symptoms=tuple(dict.fromkeys(parts)))
            sentences.append(case.sentence(told, entries))
    sentences += _pain_at_both_ends(case)
    presumed = case.presumed
    named = (
        case.written.of("3c").text
        or diagnoses(case)
        or (presumed is not None and any(presumed.title in f.what.lower() for f in case.findings))
    )
    gaps = [] if named else [say("no diagnosis is recorded, and the authors name none")]
    if not treated:
        gaps.append(say("no intervention is recorded"))
    return sentences, gaps


def _pain_at_both_ends(case: Case) -> list[ReportSentence]:
    """The pain that was rated most often at one place: its first and its last value, where they are of two days."""
    places = by_place(case.scores.get("pain", []))
    rated = max(places, key=len) if places else []
    if not rated or rated[0].day == rated[-1].day:
        return []
    first, last = rated[0], rated[-1]
    told = message(
        "case.short-score",
        measure=phrases.measure_phrase(first),
        first=phrases.value_phrase(*first.range),
        last=phrases.value_phrase(*last.range),
        begin=phrases.when_recorded(first),
        end=phrases.when_recorded(last),
    )
    return [case.sentence(told, [first, last])]


def unique(case: Case) -> SentencesAndGaps:
    """Item 4: why the case matters, with references."""
    written = case.written.of("4")
    gaps = [] if written.references else [case.lang.t("no earlier case or study is cited beside it")]
    sentences = case.authors("4")
    if not sentences:
        gaps = [case.lang.t("the authors have not said why this case is unique")]
        sentences = [case.bracket("4")]
    span = span_of(case)
    if not written.text and span is not None:
        sentences.append(case.sentence(message("case.aim", span=span), by="computed"))
    return sentences, gaps


def span_of(case: Case) -> Message | None:
    """From the first day of care to the last day recorded; None for an empty record."""
    last = case.record.last_day
    first = case.record.first_day
    if first is None or last is None:
        return None
    first = max(first, 0) if last >= 0 else first
    return (
        message("case.span-day", first=first)
        if first == last
        else message("case.span", first=first, last=last)
    )


def demographics(case: Case) -> SentencesAndGaps:
    """Item 5a: sex, age, occupation, and no identifier."""
    say = case.lang.t
    patient = case.record.patient
    band = phrases.age_band(case)
    work = [f for f in case.findings if f.what.lower() in ("occupation", "work", "profesija", "darbas")]
    sentences: list[ReportSentence] = []
    if is_described(case):
        told = message("case.is", who=phrases.person_phrase(case))
        sentences.append(case.sentence(told, [band] if band else []))
    else:
        sentences.append(case.bracket("5a"))
    if work:
        told = message("case.work", work=tuple(phrases.quotation(f.result or f.what) for f in work))
        sentences.append(case.sentence(told, work))
    gaps = [] if work else [say("occupation is not recorded")]
    if patient.sex in (None, "unknown"):
        gaps.append(say("sex is not recorded"))
    if patient.age is None and not band:
        gaps.append(say("age is not recorded"))
    return [*sentences, *case.authors("5a")], gaps


def concerns(case: Case) -> SentencesAndGaps:
    """Item 5b: what the patient came with, and since when."""
    felt = felt_at_first(case)
    sentences: list[ReportSentence] = []
    earlier: dict[tuple[int, bool, str, str | None], list[SymptomEntry]] = {}
    for entry in case.symptoms:
        if entry.day < 0 and entry.state in PRESENT_STATES:
            key = (entry.day, entry.approximate, entry.state, entry.note)
            earlier.setdefault(key, []).append(entry)
    for (_, _, state, note), entries in earlier.items():
        told = message(
            f"case.onset.{state}",
            symptoms=tuple(phrases.symptom_phrase(case, entry, note=False) for entry in entries),
            when=phrases.when_recorded(*entries),
            note=phrases.quotation(note),
        )
        sentences.append(case.sentence(told, entries))
    by_state = [
        (state, [entry for entry in felt if entry.day == 0 and entry.state == state])
        for state in ("present", "new", "worse", "better")
    ]
    for state, entries in by_state:
        if entries:
            told = message(
                "case.became.present" if state == "present" else f"case.onset.{state}",
                symptoms=tuple(phrases.symptom_phrase(case, entry) for entry in entries),
                when=phrases.when_recorded(*entries),
            )
            sentences.append(case.sentence(told, entries))
    sentences += case.authors("5b")
    gap = [] if sentences else [case.lang.t("no symptom is recorded up to day 0")]
    return sentences or [case.bracket("5b")], gap


_FAMILY = re.compile(r"famil|relative|hereditar|mother|father|šeim|paveld", re.IGNORECASE)
_SOCIAL = re.compile(
    r"psychosocial|social|work|occupation|marital|living|smok|alcohol|stress|soc|darb|rūk", re.IGNORECASE
)


def history(case: Case) -> SentencesAndGaps:
    """Item 5c: medical, family, psychosocial."""
    say = case.lang.t
    kinds = {"history": "history", "family": "family", "social": "social"}
    standing = [*case.findings, *case.timeline.histories()]
    told_work = ("occupation", "work", "profesija", "darbas")
    findings = [
        f for f in standing if f.method in kinds and f.what != "age band" and f.what.lower() not in told_work
    ]
    sentences: list[ReportSentence] = []
    for method, name in kinds.items():
        of_method = [f for f in findings if f.method == method and not phrases.not_measured(f)]
        sentences += _histories(case, name, of_method)
    sentences += _allergies(case)
    sentences += case.authors("5c")
    words = " ".join([*(f"{f.what} {f.method}" for f in findings), case.written.of("5c").text])
    medical = [f for f in findings if f.method == "history"]
    gaps = (
        []
        if any(not _FAMILY.search(f.what) and not _SOCIAL.search(f.what) for f in medical)
        else [say("no medical history is recorded")]
    )
    gaps += [] if _FAMILY.search(words) else [say("no family history is recorded")]
    gaps += [] if _SOCIAL.search(words) else [say("no psychosocial history is recorded")]
    return sentences, gaps


def _past_state(entry: FindingEntry) -> str:
    return {"normal": "absent", "abnormal": "present", "unknown": "open"}.get(entry.state, entry.state)


# More conditions that were asked about and not found are counted, not listed.
MOST_ABSENT = 5


def _histories(case: Case, name: str, findings: Sequence[FindingEntry]) -> list[ReportSentence]:
    """What a kind of history holds: what was there, what was not, what is open; each name once, by its last word."""
    pregnancies, findings = without_pregnancies(findings) if name == "history" else ([], findings)
    by_state: dict[str, dict[object, FindingEntry]] = {}
    for entry in findings:
        state = _past_state(entry)
        coded = phrases.is_coded_finding(entry)
        kind = {"present": "coded", "absent": "without"}.get(state, state) if coded else state
        by_state.setdefault(kind, {})[phrases.finding_name(case, entry)] = entry
    absent = [*by_state.get("absent", {}).values(), *by_state.get("without", {}).values()]
    sentences = pregnancy_sentences(case, pregnancies)
    for kind in ("present", "coded", "absent", "without", "open"):
        entries = list(by_state.get(kind, {}).values())
        if not entries or (kind == "without" and len(absent) > MOST_ABSENT and "absent" in by_state):
            continue
        if kind in ("absent", "without") and len(absent) > MOST_ABSENT:
            told, entries = message(f"case.{name}.none-of", count=len(absent)), absent
        else:
            dated = kind not in ("absent", "without")
            told = message(
                f"case.{name}.{kind}",
                findings=tuple(phrases.finding_phrase(case, entry, dated=dated) for entry in entries),
            )
        sentences.append(case.sentence(told, entries))
    return sentences


def _allergies(case: Case) -> list[ReportSentence]:
    allergies = case.timeline.entries_of(AllergyEntry)
    known = [entry for entry in allergies if entry.certainty != "refuted"]
    refuted = [entry for entry in allergies if entry.certainty == "refuted"]
    sentences: list[ReportSentence] = []
    for entries, sure in ((known, True), (refuted, False)):
        if entries:
            substances = tuple(phrases.word_as_written(case, entry.substance) for entry in entries)
            told = message("case.allergies" if sure else "case.no-allergy", substances=substances)
            sentences.append(case.sentence(told, entries))
    return sentences


def past(case: Case) -> SentencesAndGaps:
    """Item 5d: treatments before day 0, and what came of them."""
    say = case.lang.t
    drugs = [m for m in case.medications if m.day < 0]
    done = [t for t in case.therapies if t.day < 0]
    sentences = [medicine_sentence(case, entry) for entry in drugs]
    sentences += [sentence for entry in done for sentence in therapy_sentences(case, [entry])]
    sentences += case.authors("5d")
    gaps: list[str] = []
    if not sentences:
        gaps.append(say("no earlier treatment is recorded"))
    elif any(not (e.because or e.note) for e in (*drugs, *done)):
        gaps.append(say("what came of an earlier treatment, or why it was stopped, is not recorded"))
    return sentences, gaps


def _shown(case: Case, method: str | None, findings: Sequence[FindingEntry]) -> list[ReportSentence]:
    """A sentence for the findings of a method that have a day and a state in common."""
    pregnancies, findings = without_pregnancies(findings)
    by_day: dict[tuple[int, bool, str], list[FindingEntry]] = {}
    for entry in findings:
        state: str = phrases.shown_state(entry)
        if phrases.not_measured(entry) or (
            method is None and state == "present" and phrases.is_coded_finding(entry)
        ):
            state = "noted"
        by_day.setdefault((entry.day, entry.approximate, state), []).append(entry)
    shown = [
        case.sentence(_shown_in_words(case, method, state, entries), entries)
        for (_, _, state), entries in by_day.items()
    ]
    return [*pregnancy_sentences(case, pregnancies), *shown]


def _shown_in_words(case: Case, method: str | None, state: str, entries: Sequence[FindingEntry]) -> Message:
    when = phrases.when_recorded(*entries)
    how = message(f"case.method.{method or 'none'}")
    if state == "absent" and len(entries) > MOST_ABSENT:
        return message("case.shown.none-of", method=how, when=when, count=len(entries))
    parts = tuple(phrases.finding_phrase(case, entry) for entry in entries)
    if state == "noted":
        return message("case.noted", findings=parts, when=when)
    return message(f"case.shown.{state}", method=how, when=when, findings=parts)


def shown_by(case: Case, method: str | None, *, after: bool) -> list[ReportSentence]:
    """What a method showed up to day 0, or `after` it."""
    told_elsewhere = (
        "adherence",
        "tolerability",
        "adverse event",
        "side effect",
        "age band",
        "occupation",
        "work",
    )
    return _shown(
        case,
        method,
        [
            f
            for f in case.findings
            if f.method == method
            and (f.day > 0) is after
            and not f.what.lower().startswith(told_elsewhere)
            and not f.no_medication
        ],
    )


def examination(case: Case) -> SentencesAndGaps:
    """Item 6: what the examination found."""
    sentences = shown_by(case, "examination", after=False) + case.authors("6")
    gap = [] if sentences else [case.lang.t("no finding of an examination is recorded up to day 0")]
    return sentences or [case.bracket("6")], gap


def methods(case: Case) -> SentencesAndGaps:
    """Item 8a: laboratory, imaging, measurements, questionnaires."""
    say = case.lang.t
    sentences = [
        *shown_by(case, "laboratory", after=False),
        *shown_by(case, "imaging", after=False),
        *shown_by(case, None, after=False),
        *measurement_sentences(case, after=False),
        *red_flag_sentences(case, after=False),
    ]
    for code, entries in case.scores.items():
        first = [entry for entry in entries if entry.day <= 0]
        if code not in SCALES and first:
            sentences.append(scored(case, first))
    sentences += case.authors("8a")
    return sentences, [] if sentences else [say("no diagnostic method is recorded")]


def measurement_sentences(case: Case, *, after: bool) -> list[ReportSentence]:
    """What was measured up to day 0, or `after` it: a sentence for each thing, its values in order."""
    by_name: dict[str, list[MeasurementEntry]] = {}
    for entry in case.timeline.measurements():
        if (entry.day > 0) is after:
            by_name.setdefault(entry.what, []).append(entry)
    sentences: list[ReportSentence] = []
    for name, entries in by_name.items():
        values = tuple(
            message(
                "case.value-when",
                value=phrases.number_phrase(case, entry),
                when=phrases.when_recorded(entry),
                details=(),
            )
            for entry in entries
        )
        told = message("case.measured", what=phrases.word_as_written(case, name), values=values)
        sentences.append(case.sentence(told, entries))
    return sentences


def red_flag_sentences(case: Case, *, after: bool) -> list[ReportSentence]:
    """What each check for red flags up to day 0, or `after` it, found."""
    sentences: list[ReportSentence] = []
    for entry in case.timeline.checks():
        present = tuple(RED_FLAGS[flag] for flag, state in entry.flags.items() if state == "present")
        absent = [flag for flag, state in entry.flags.items() if state == "absent"]
        if (entry.day > 0) is not after or not (present or absent):
            continue
        when = phrases.when_recorded(entry)
        told = (
            message("case.red-flag", when=when, flags=present)
            if present
            else message("case.no-red-flag", when=when, count=len(absent))
        )
        sentences.append(case.sentence(told, [entry]))
    return sentences


def challenges(case: Case) -> SentencesAndGaps:
    """Item 8b: written by the authors."""
    sentences = case.authors("8b")
    return sentences, [] if sentences else [
        case.lang.t("the authors have not said whether the diagnosis met obstacles")
    ]


def reasoning(case: Case) -> SentencesAndGaps:
    """Item 8c: the diagnosis as recorded, the criteria as the record answers them, and what else was considered."""
    say = case.lang.t
    sentences: list[ReportSentence] = []
    gaps: list[str] = []
    for entry in case.timeline.entries_of(DiagnosisEntry):
        told = message(
            f"case.diagnosed.{entry.certainty or 'confirmed'}",
            what=diagnosis_name(case, entry),
            when=phrases.when_recorded(entry),
        )
        sentences.append(case.sentence(told, [entry]))
    decided = [(criteria, *case.answered(criteria)) for criteria in case.asked_criteria]
    decided = [(criteria, answer, places) for criteria, answer, places in decided if places]
    for criteria, answer, places in decided:
        unknown = case.unknown_parts(criteria) if answer is UNKNOWN else []
        parts = tuple(map(case.lang.catalogue.value, unknown))
        told = message(f"case.criteria.{answer.value}", criteria=criteria.in_a_sentence, parts=parts or None)
        cites = tuple(_citation(source) for source in criteria.sources[:1])
        sentences.append(replace(case.sentence(told, cites=cites), entries=places))
        if answer is UNKNOWN:
            gaps.append(
                say(
                    "not every part of these criteria is recorded, so they stay undecided: {parts}",
                    parts="; ".join(parts),
                )
            )
    sentences += case.authors("8c")
    if not case.written.of("8c").text:
        gaps.append(say("which other diagnoses were considered and excluded is not written"))
        sentences.append(case.bracket("8c"))
    if not decided:
        gaps.append(say("no diagnostic criteria are recorded"))
    elif all(answer is YES for _, answer, _ in decided) and case.written.of("8c").text:
        gaps = []
    return sentences, gaps


def _citation(source: Source) -> str:
    return (
        f"{source.citation}{f' doi {source.doi}' if source.doi and source.doi not in source.citation else ''}"
    )


def prognosis(case: Case) -> SentencesAndGaps:
    """Item 8d: written by the authors, or not applicable for a reason."""
    sentences = case.authors("8d")
    return sentences, [] if sentences else [
        case.lang.t("no prognosis is written; say it, or why it does not apply")
    ]


def overclaimed(case: Case, item: str) -> list[str]:
    """A gap for each over-strong word in what the authors wrote for an item."""
    return [
        case.lang.t("“{word}” claims more than one case can show", word=word)
        for word, _ in claims(case.written.of(item).text)
    ]
