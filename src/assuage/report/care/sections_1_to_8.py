"""Sections 1 to 8 of the checklist: from the title to the diagnosis. Each function gives sentences and gaps."""

from __future__ import annotations

import re

from assuage.report.care.case import Case, SentencesAndGaps
from assuage.report.care.case_report import ReportSentence
from assuage.report.care.lint import claims
from assuage.terms.answers import UNKNOWN, YES

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
    """Item 1: the authors' title, or one made of the interventions."""
    say = case.lang.t
    written = case.written.title
    if written:
        gaps = [] if CASE_REPORT.search(written) else [say("the title does not say “case report”")]
        return [ReportSentence(written, by="authors")], gaps
    places = _first_therapies(case)
    gaps = [] if places else [say("no therapy is recorded that the title could name")]
    return [ReportSentence(made_title(case), by="record" if places else "computed", entries=places)], gaps


def made_title(case: Case) -> str:
    """A title of nothing but facts: the therapies recorded, and the words case report."""
    names = list(
        dict.fromkeys(
            case.lang.word(t.known.title if t.known else t.what) for t in case.therapies if t.took_place
        )
    )
    if not names:
        return case.lang.t("A record of nociplastic pain: case report")
    return case.lang.t("Nociplastic pain and {therapies}: case report", therapies=case.lang.list(names))


def _first_therapies(case: Case) -> tuple[int, ...]:
    first: dict[str, int] = {}
    for entry in case.therapies:
        if entry.took_place:
            first.setdefault(entry.what, entry.place)
    return tuple(first.values())


def keywords(case: Case) -> SentencesAndGaps:
    """Item 2: two to five, case report among them."""
    say = case.lang.t
    words = list(case.written.keywords)
    by = "authors"
    if not words:
        names = list(
            dict.fromkeys(case.lang.word(t.known.title) for t in case.therapies if t.known and t.took_place)
        )
        words = [say("case report"), say("nociplastic pain"), *names[:3]]
        by = "record"
    gaps: list[str] = []
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
    return [ReportSentence(case.lang.list(words), by="authors" if by == "authors" else "computed")], gaps


def novelty(case: Case) -> SentencesAndGaps:
    """Item 3a: written by the authors; it has to say what the case adds."""
    sentences = case.authors("3a")
    text = _NOT_NEW.sub("", case.written.of("3a").text)
    return sentences, [] if _NEW.search(text) else [
        case.lang.t("no sentence says what this case adds to what is known")
    ]


def symptoms_in_short(case: Case) -> SentencesAndGaps:
    """Item 3b: the symptoms of the first day they were told of."""
    symptoms = list(dict.fromkeys(case.lang.word(entry.what) for entry in case.symptoms if entry.day <= 0))
    sentences = case.authors("3b")
    if symptoms:
        places = tuple(entry.place for entry in case.symptoms if entry.day <= 0)
        sentences.append(ReportSentence(f"{case.lang.t('Symptoms')}: {case.lang.list(symptoms)}.", places))
    return sentences, [] if sentences else [case.lang.t("no symptom is recorded up to day 0")]


def in_short(case: Case) -> SentencesAndGaps:
    """Item 3c: diagnosis, interventions, outcomes."""
    say = case.lang.t
    sentences = case.authors("3c")
    names = list(
        dict.fromkeys(
            [*map(case.drug, case.medications), *(case.therapy(t) for t in case.therapies if t.took_place)]
        )
    )
    if names:
        entries = sorted([*case.medications, *case.therapies], key=lambda entry: entry.order)
        places = tuple(entry.place for entry in entries)
        sentences.append(
            ReportSentence(f"{say('Interventions and exposures')}: {case.lang.list(names)}.", places)
        )
    gone = [entry for entry in case.symptoms if entry.state == "resolved"]
    if gone:
        text = "; ".join(f"{case.lang.word(e.what)} ({case.day(e)})" for e in gone)
        sentences.append(
            ReportSentence(f"{say('Recorded as resolved')}: {text}.", tuple(e.place for e in gone))
        )
    presumed = case.presumed
    named = case.written.of("3c").text or (
        presumed is not None and any(presumed.title in f.what.lower() for f in case.findings)
    )
    gaps = [] if named else [say("no diagnosis is recorded, and the authors name none")]
    if not names:
        gaps.append(say("no intervention is recorded"))
    return sentences, gaps


def unique(case: Case) -> SentencesAndGaps:
    """Item 4: why the case matters, with references."""
    written = case.written.of("4")
    gaps = [] if written.references else [case.lang.t("no earlier case or study is cited beside it")]
    if not written.text:
        gaps = [case.lang.t("the authors have not said why this case is unique")]
    return case.authors("4"), gaps


def demographics(case: Case) -> SentencesAndGaps:
    """Item 5a: sex, age, occupation, and no identifier."""
    say = case.lang.t
    patient = case.record.patient
    band = next((f for f in case.findings if f.what == "age band" and f.result), None)
    work = [f for f in case.findings if f.what.lower() in ("occupation", "work", "profesija", "darbas")]
    parts: list[str] = []
    if patient.sex not in (None, "unknown"):
        parts.append(f"{say('sex')}: {case.lang.word(patient.sex or '')}")
    if patient.age is not None:
        years = case.lang.n("{n} year", "{n} years", patient.age)
        parts.append(f"{say('age on day 0')}: {years}")
    elif band:
        parts.append(f"{say('age band')}: {band.result}")
    sentences = [ReportSentence(f"{'; '.join(parts)}.", () if not band else (band.place,))] if parts else []
    sentences += case.listed(say("Occupation"), [(f.result or f.what, f) for f in work])
    gaps = [] if work else [say("occupation is not recorded")]
    if patient.sex in (None, "unknown"):
        gaps.append(say("sex is not recorded"))
    if patient.age is None and not band:
        gaps.append(say("age is not recorded"))
    return [*sentences, *case.authors("5a")], gaps


def concerns(case: Case) -> SentencesAndGaps:
    """Item 5b: what the patient came with."""
    symptoms = [entry for entry in case.symptoms if entry.day <= 0]
    sentences = case.listed(case.lang.t("Symptoms"), [(case.symptom(entry), entry) for entry in symptoms])
    sentences += case.authors("5b")
    return sentences, [] if sentences else [case.lang.t("no symptom is recorded up to day 0")]


_FAMILY = re.compile(r"famil|relative|hereditar|mother|father|šeim|paveld", re.IGNORECASE)
_SOCIAL = re.compile(
    r"psychosocial|social|work|occupation|marital|living|smok|alcohol|stress|soc|darb|rūk", re.IGNORECASE
)


def history(case: Case) -> SentencesAndGaps:
    """Item 5c: medical, family, psychosocial."""
    say = case.lang.t
    findings = [f for f in case.findings if f.method == "history" and f.what != "age band"]
    sentences = case.listed(say("History"), [(case.finding(f), f) for f in findings]) + case.authors("5c")
    words = " ".join([*(f.what for f in findings), case.written.of("5c").text])
    gaps = (
        []
        if any(not _FAMILY.search(f.what) and not _SOCIAL.search(f.what) for f in findings)
        else [say("no medical history is recorded")]
    )
    gaps += [] if _FAMILY.search(words) else [say("no family history is recorded")]
    gaps += [] if _SOCIAL.search(words) else [say("no psychosocial history is recorded")]
    return sentences, gaps


def past(case: Case) -> SentencesAndGaps:
    """Item 5d: treatments before day 0, and what came of them."""
    say = case.lang.t
    drugs = [m for m in case.medications if m.day < 0]
    done = [t for t in case.therapies if t.day < 0]
    sentences = case.listed(
        say("Before day 0"),
        [(f"{case.drug(m)} {case.lang.word(m.do)}{case.remark(m.because, m.note)}", m) for m in drugs],
    )
    sentences += case.listed(
        say("Before day 0"), [(f"{case.therapy(t)}{case.remark(t.because, t.note)}", t) for t in done]
    )
    sentences += case.authors("5d")
    gaps: list[str] = []
    if not sentences:
        gaps.append(say("no earlier treatment is recorded"))
    elif any(not (e.because or e.note) for e in (*drugs, *done)):
        gaps.append(say("what came of an earlier treatment, or why it was stopped, is not recorded"))
    return sentences, gaps


def examination(case: Case) -> SentencesAndGaps:
    """Item 6: what the examination found."""
    findings = [f for f in case.findings if f.method == "examination" and f.day <= 0]
    sentences = case.listed(
        case.lang.t("Examination"), [(case.finding(f), f) for f in findings]
    ) + case.authors("6")
    return sentences, [] if sentences else [
        case.lang.t("no finding of an examination is recorded up to day 0")
    ]


def timeline(case: Case) -> SentencesAndGaps:
    """Item 7: the timeline, which this report makes from the record."""
    first, last = case.record.first_day, case.record.last_day
    sentences = case.authors("7")
    if first is None or last is None:
        return sentences, [case.lang.t("the record has no entries")]
    text = case.lang.t(
        "The figure and the table below hold what was recorded from {first} to {last}.",
        first=case.on(first),
        last=case.on(last),
    )
    return [*sentences, ReportSentence(text, by="computed")], []


def methods(case: Case) -> SentencesAndGaps:
    """Item 8a: laboratory, imaging, questionnaires."""
    say = case.lang.t
    sentences = [
        *case.listed(
            say("Laboratory"), [(case.finding(f), f) for f in case.findings if f.method == "laboratory"]
        ),
        *case.listed(say("Imaging"), [(case.finding(f), f) for f in case.findings if f.method == "imaging"]),
    ]
    for code, entries in case.scores.items():
        if code not in ("pain", "stiffness", "fatigue", "sleep", "anxiety", "stress", "numbness"):
            sentences += case.listed(
                say("Instrument"),
                [(f"{case.scale(code)} {case.value(e)}{case.remark(e.note)}", e) for e in entries[:3]],
            )
    sentences += case.authors("8a")
    return sentences, [] if sentences else [say("no diagnostic method is recorded")]


def challenges(case: Case) -> SentencesAndGaps:
    """Item 8b: written by the authors."""
    sentences = case.authors("8b")
    return sentences, [] if sentences else [
        case.lang.t("the authors have not said whether the diagnosis met obstacles")
    ]


def reasoning(case: Case) -> SentencesAndGaps:
    """Item 8c: the criteria as the record answers them, and what else was considered."""
    say = case.lang.t
    sentences: list[ReportSentence] = []
    gaps: list[str] = []
    decided = [(criteria, *case.answered(criteria)) for criteria in case.asked_criteria]
    decided = [(criteria, answer, places) for criteria, answer, places in decided if places]
    for criteria, answer, places in decided:
        text = say(
            "{criteria}, answered from the record: {answer}.",
            criteria=case.lang.word(criteria.title),
            answer=case.lang.word(answer.value),
        )
        sentences.append(ReportSentence(text, places))
        if answer is UNKNOWN:
            unknown = "; ".join(case.lang.word(part) for part in case.unknown_parts(criteria))
            gaps.append(
                say(
                    "not every part of these criteria is recorded, so they stay undecided: {parts}",
                    parts=unknown,
                )
            )
    ruled_out = [f for f in case.findings if f.state in ("normal", "absent")]
    if ruled_out:
        sentences += case.listed(
            say("Found normal or absent"),
            [(case.lang.word(f.condition.title if f.condition else f.what), f) for f in ruled_out],
        )
    sentences += case.authors("8c")
    if not case.written.of("8c").text:
        gaps.append(say("which other diagnoses were considered and excluded is not written"))
    if not decided:
        gaps.append(say("no diagnostic criteria are recorded"))
    elif all(answer is YES for _, answer, _ in decided) and case.written.of("8c").text:
        gaps = []
    return sentences, gaps


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
