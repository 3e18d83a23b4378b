"""Sections 9 to 13 of the checklist: from the interventions to consent. Each function gives sentences and gaps."""

from __future__ import annotations

from assuage.deidentify.release import consent_of, is_publication
from assuage.record.entries import MedicationEntry, ScoreEntry, TherapyEntry
from assuage.report.care.case import Case, SentencesAndGaps
from assuage.report.care.case_report import ReportSentence
from assuage.report.care.sections_1_to_8 import overclaimed
from assuage.report.care.tidier import missing, needle
from assuage.safety.formulary import MONITORING_RULES, members
from assuage.terms.symptoms import WORSE_STATES


def kinds(case: Case) -> SentencesAndGaps:
    """Item 9a: what was given, done and sought."""
    say = case.lang.t
    drugs = list(dict.fromkeys(case.drug(m) for m in case.medications))
    by_patient = [t for t in case.therapies if t.by == "patient" and t.took_place]
    clinic = [t for t in case.therapies if t.by != "patient" and t.took_place]
    sentences: list[ReportSentence] = []
    if drugs:
        sentences.append(
            ReportSentence(
                f"{say('Medicines and supplements')}: {case.lang.list(drugs)}.",
                tuple(m.place for m in case.medications),
            )
        )
    for label, entries in ((say("Therapies"), clinic), (say("Sought by the patient"), by_patient)):
        counted: dict[str, int] = {}
        for session in entries:
            counted[case.therapy(session)] = counted.get(case.therapy(session), 0) + 1
        if counted:
            text = "; ".join(
                f"{name} ({case.lang.n('{n} time', '{n} times', count)})" for name, count in counted.items()
            )
            sentences.append(ReportSentence(f"{label}: {text}.", tuple(session.place for session in entries)))
    sentences += case.authors("9a")
    return sentences, [] if sentences else [say("no intervention is recorded")]


def doses(case: Case) -> SentencesAndGaps:
    """Item 9b: how much, how often, how long."""
    say = case.lang.t
    sentences = [
        ReportSentence(
            f"{case.drug(m)}, {case.day(m)}, {case.lang.word(m.do)}: {case.doses(m) or say('dose not recorded')}"
            f"{f', {case.lang.word(m.route)}' if m.route else ''}{case.remark(m.purpose, m.note)}.",
            (m.place,),
        )
        for m in case.medications
        if m.do != "stop"
    ]
    seen: set[object] = set()
    for session in case.therapies:
        # A session that repeats the last one in everything but its day is told once.
        shape = (
            session.what,
            session.mixture,
            session.needle,
            session.minutes,
            session.points,
            session.volume_per_point_ml,
            session.sites,
        )
        if not session.took_place or shape in seen:
            continue
        seen.add(shape)
        parts = [case.sites(session.sites) if session.sites else ""]
        parts += [
            f"{case.lang.word(p.drug)} {_amount(case, p.amount_mg, 'mg')} {_amount(case, p.volume_ml, 'ml')}".rstrip()
            for p in session.mixture
        ]
        if session.needle:
            parts.append(needle(case, session.needle))
        parts.append(f"{case.lang.num(session.minutes)} min" if session.minutes else "")
        details = "; ".join(filter(None, parts))
        sentences.append(
            ReportSentence(
                f"{case.therapy(session)}, {case.day(session)}: {details or say('no detail recorded')}.",
                (session.place,),
            )
        )
    sentences += case.authors("9b")
    return sentences, missing(case) if sentences else [say("no intervention is recorded")]


def _amount(case: Case, value: float | None, unit: str) -> str:
    return f"{case.lang.num(value)} {unit}" if value is not None else ""


def changes(case: Case) -> SentencesAndGaps:
    """Item 9c: what was changed, stopped, moved, and why."""
    say = case.lang.t
    sentences: list[ReportSentence] = []
    gaps: list[str] = []
    for m in case.medications:
        if m.do == "start":
            continue
        sentences.append(
            ReportSentence(
                f"{case.drug(m)}, {case.day(m)}: {case.lang.word(m.do)}{case.remark(m.because, m.note)}.",
                (m.place,),
            )
        )
        if not m.because:
            gaps.append(
                say(
                    "{what}, {day}: why it was changed or stopped is not recorded",
                    what=case.drug(m),
                    day=case.day(m),
                )
            )
    last: dict[str, TherapyEntry] = {}
    for t in case.therapies:
        before = last.get(t.what)
        if t.took_place and before and t.sites != before.sites and t.sites and before.sites:
            text = say(
                "{what}, {day}: sites changed from {before} to {after}",
                what=case.therapy(t),
                day=case.day(t),
                before=case.sites(before.sites),
                after=case.sites(t.sites),
            )
            sentences.append(ReportSentence(f"{text}{case.remark(t.because)}.", (before.place, t.place)))
        if t.took_place:
            last[t.what] = t
    sentences += case.authors("9c")
    return sentences, gaps if sentences else [
        say("no change is recorded, and no sentence says that there was none")
    ]


# Seven or more values of one scale are told as a run, not one by one.
_RUN = 7


def outcomes(case: Case) -> SentencesAndGaps:
    """Item 10a: what was measured, how often; "resolved" wants a number beside it."""
    say = case.lang.t
    sentences: list[ReportSentence] = []
    gaps: list[str] = []
    for code, entries in case.scores.items():
        days = sorted({e.day for e in entries})
        if len(entries) >= _RUN:
            low, high = min(e.range[0] for e in entries), max(e.range[1] for e in entries)
            text = say(
                "{scale}: {values} from {first} to {last}, between {low} and {high}; first {begin}, last {end}",
                scale=case.scale(code),
                values=case.lang.n("{n} value", "{n} values", len(entries)),
                first=case.on(days[0]),
                last=case.on(days[-1]),
                low=case.lang.num(low),
                high=case.lang.num(high),
                begin=case.value(entries[0]),
                end=case.value(entries[-1]),
            )
            sentences.append(ReportSentence(f"{text}.", tuple(e.place for e in entries)))
        else:
            sentences += [
                ReportSentence(
                    f"{case.scale(code)}, {case.day(e)}{_when(case, e)}: "
                    f"{case.value(e)}{_where(case, e)}{case.remark(e.note)}.",
                    (e.place,),
                )
                for e in entries
            ]
        if len(days) < 2:
            gaps.append(say("{scale} was measured once", scale=case.scale(code)))
    with_response = [t for t in case.therapies if t.response_percent]
    for t in with_response:
        low, high = t.response_percent or (0, 0)
        text = say(
            "{what}, {day}: response {low} to {high} %",
            what=case.therapy(t),
            day=case.day(t),
            low=case.lang.num(low),
            high=case.lang.num(high),
        )
        sentences.append(ReportSentence(f"{text}{case.remark(t.note)}.", (t.place,)))
    gone = [s for s in case.symptoms if s.state in ("resolved", "better")]
    sentences += case.listed(say("Course"), [(case.symptom(s), s) for s in gone])
    measured = {e.day for entries in case.scores.values() for e in entries}
    bare = sorted({s.day for s in gone} - measured)
    if bare:
        gaps.append(
            say(
                "“resolved” or “better” without a number beside it: {days}",
                days=case.lang.list([case.on(day) for day in bare]),
            )
        )
    sides = {e.by == "patient" for entries in case.scores.values() for e in entries}
    if case.scores and True not in sides:
        gaps.append(say("no outcome is recorded as said by the patient"))
    sentences += case.authors("10a")
    return sentences, gaps if sentences else [say("no outcome is recorded")]


def _when(case: Case, entry: ScoreEntry) -> str:
    return f", {case.lang.word(entry.time)}" if entry.time else ""


def _where(case: Case, entry: ScoreEntry) -> str:
    return f" ({case.sites(entry.sites)})" if entry.sites else ""


def follow_up_tests(case: Case) -> SentencesAndGaps:
    """Item 10b: laboratory and imaging after day 0."""
    tests = [f for f in case.findings if f.day > 0 and f.method in ("laboratory", "imaging", "examination")]
    sentences = case.listed(case.lang.t("Follow-up"), [(case.finding(f), f) for f in tests]) + case.authors(
        "10b"
    )
    gaps = [] if sentences else [case.lang.t("no test is recorded after day 0")]
    gaps += [] if sentences else unmeasured(case)
    return sentences, gaps


def unmeasured(case: Case) -> list[str]:
    """A gap for each medicine whose monitoring, by the record's own finding, was never done."""
    missing = {f.condition.id: f.condition for f in case.findings if f.condition and f.state == "present"}
    return list(
        dict.fromkeys(
            case.lang.t(
                "{drug} was given: {gap}",
                drug=case.drug(given),
                gap=case.lang.word(missing[rule.gap].title),
            )
            for rule in MONITORING_RULES
            if rule.gap in missing
            for given in case.medications
            if given.code in members(rule.target)
        )
    )


def adherence(case: Case) -> SentencesAndGaps:
    """Item 10c: whether it was taken and borne, and how that was found out."""
    say = case.lang.t
    statements = [
        f
        for f in case.findings
        if f.what.lower().startswith(("adherence", "tolerability", "vartojimas", "toleravimas"))
    ]
    sentences = case.listed(
        say("Adherence and tolerability"), [(case.finding(f), f) for f in statements]
    ) + case.authors("10c")
    gaps = (
        []
        if sentences
        else [say("whether it was taken and how it was tolerated is not recorded, nor how anyone asked")]
    )
    gaps += (
        [say("how adherence was found out is not recorded")]
        if statements and not any(f.method or f.result for f in statements)
        else []
    )
    return sentences, gaps


def events(case: Case) -> SentencesAndGaps:
    """Item 10d: what got worse, and whether anyone asked."""
    say = case.lang.t
    worse = [s for s in case.symptoms if s.state in WORSE_STATES and s.day > 0]
    asked = [
        f
        for f in case.findings
        if f.what.lower().startswith(("adverse event", "side effect", "nepageidaujam"))
    ]
    sentences = case.listed(say("Worse or new after day 0"), [(case.symptom(s), s) for s in worse])
    sentences += case.listed(say("Adverse events"), [(case.finding(f), f) for f in asked])
    for suspect in case.review.suspects if case.review else ():
        text = say(
            "{exposure} ({times}) was followed by new or worse {outcome} ({flared}). Followed by is not caused by.",
            exposure=case.lang.word(suspect.exposure), times=case.lang.n("{n} time", "{n} times", suspect.exposed),
            outcome=case.lang.word(suspect.outcome), flared=case.lang.n("{n} time", "{n} times", suspect.flared),
        )  # fmt: skip
        sentences.append(
            ReportSentence(
                text, tuple(t.place for t in case.therapies if t.day in suspect.days), by="computed"
            )
        )
    sentences += case.authors("10d")
    gaps: list[str] = []
    if case.medications or any(t.mixture for t in case.therapies):
        gaps += (
            []
            if asked
            else [
                say(
                    "no statement on adverse events of the medicines or injections, and on which days anyone asked"
                )
            ]
        )
    gaps += [
        say(
            "{what}, {day}: no grade and no duration is recorded",
            what=case.lang.word(s.what),
            day=case.day(s),
        )
        for s in worse
        if not s.severity
    ]
    return sentences, gaps


def limits(case: Case) -> SentencesAndGaps:
    """Item 11a: what speaks against the case, as far as the record shows it."""
    say = case.lang.t
    sentences: list[ReportSentence] = []
    if case.timeline.last_day is not None:
        sentences.append(
            ReportSentence(
                say("One patient, observed in care, without a control and without blinding."), by="computed"
            )
        )
    by_day: dict[int, list[MedicationEntry]] = {}
    for m in case.medications:
        if m.do == "start":
            by_day.setdefault(m.day, []).append(m)
    for day, begun in by_day.items():
        if len(begun) > 1:
            text = case.lang.n(
                "{n} medicine started on one day", "{n} medicines started on one day", len(begun)
            )
            sentences.append(
                ReportSentence(
                    f"{text} ({case.on(day)}): {say('what each of them did cannot be told apart')}.",
                    tuple(m.place for m in begun),
                    by="computed",
                )
            )
    by_patient = [t for t in case.therapies if t.by == "patient" and t.took_place]
    if by_patient:
        text = case.lang.n(
            "{n} exposure sought by the patient was recorded; so few cannot show a cause.",
            "{n} exposures sought by the patient were recorded; so few cannot show a cause.",
            len(by_patient),
        )
        sentences.append(ReportSentence(text, tuple(t.place for t in by_patient), by="computed"))
    about = [e for e in case.record.current if e.approximate]
    if about:
        text = case.lang.n(
            "{n} entry has an approximate day.", "{n} entries have approximate days.", len(about)
        )
        sentences.append(ReportSentence(text, tuple(e.place for e in about), by="computed"))
    written = case.authors("11a")
    return [*written, *sentences], [] if written else [
        say("the authors have not written strengths and limitations")
    ]


def literature(case: Case) -> SentencesAndGaps:
    """Item 11b: the authors' text, with references and without over-claims."""
    sentences = case.authors("11b")
    if not sentences:
        return [], [case.lang.t("the authors have not discussed the literature")]
    gaps = [] if case.written.of("11b").references else [case.lang.t("no reference is cited")]
    return sentences, [*gaps, *overclaimed(case, "11b")]


def rationale(case: Case) -> SentencesAndGaps:
    """Item 11c: the authors' text, without over-claims."""
    sentences = case.authors("11c")
    return sentences, overclaimed(case, "11c") if sentences else [
        case.lang.t("the authors have not given the rationale for the conclusions")
    ]


def lesson(case: Case) -> SentencesAndGaps:
    """Items 3d and 11d: the authors' text."""
    sentences = case.authors("11d")
    return sentences, overclaimed(case, "11d") if sentences else [
        case.lang.t("the authors have not written the lesson")
    ]


def lesson_in_short(case: Case) -> SentencesAndGaps:
    """Item 3d: the lesson in the abstract."""
    sentences = case.authors("3d")
    return sentences, overclaimed(case, "3d") if sentences else [
        case.lang.t("the authors have not written the lesson")
    ]


def perspective(case: Case) -> SentencesAndGaps:
    """Item 12: the patient's own words."""
    given = case.written.perspective
    if given is None or not given.text:
        return [], [case.lang.t("the patient has not been asked, or has not answered")]
    return [ReportSentence(f"“{given.text}” ({case.lang.word(given.how)})", by="authors")], []


def consent(case: Case) -> SentencesAndGaps:
    """Item 13: the consent to publication as it stands."""
    say = case.lang.t
    entries = [entry for entry in case.timeline.consents() if is_publication(entry.purpose)]
    state = consent_of(case.record)
    if state == "given":
        return [
            ReportSentence(
                say("Consent to publication: given, {day}.", day=case.day(entries[-1])),
                tuple(e.place for e in entries),
            )
        ], []
    if state is None:
        return [], [
            say("no consent to publication is recorded; a case history identifies its patient by itself")
        ]
    return [], [
        say("consent to publication: {state}, {day}", state=case.lang.word(state), day=case.day(entries[-1]))
    ]
