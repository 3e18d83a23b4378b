"""Sections 9 to 13 of the checklist: from the interventions to consent. Each function gives sentences and gaps."""

from __future__ import annotations

from assuage.deidentify.release import consent_of, is_publication
from assuage.record.entries import MedicationEntry, ScoreEntry, TherapyEntry
from assuage.report.care.before import overclaimed
from assuage.report.care.case import Case, Said
from assuage.report.care.model import Sentence
from assuage.report.care.tidier import missing, needle
from assuage.safety.formulary import MONITORING_RULES, members
from assuage.terms.symptoms import WORSE_STATES


def kinds(case: Case) -> Said:
    """Item 9a: what was given, done and sought."""
    said = case.lang.t
    drugs = list(dict.fromkeys(case.drug(m) for m in case.medications))
    own = [t for t in case.therapies if t.by == "patient" and t.took_place]
    clinic = [t for t in case.therapies if t.by != "patient" and t.took_place]
    sentences: list[Sentence] = []
    if drugs:
        sentences.append(
            Sentence(
                f"{said('Medicines and supplements')}: {case.lang.list(drugs)}.",
                tuple(m.place for m in case.medications),
            )
        )
    for label, entries in ((said("Therapies"), clinic), (said("Sought by the patient"), own)):
        counted: dict[str, int] = {}
        for one in entries:
            counted[case.therapy(one)] = counted.get(case.therapy(one), 0) + 1
        if counted:
            text = "; ".join(
                f"{name} ({case.lang.n('{n} time', '{n} times', count)})" for name, count in counted.items()
            )
            sentences.append(Sentence(f"{label}: {text}.", tuple(one.place for one in entries)))
    sentences += case.authors("9a")
    return sentences, [] if sentences else [said("no intervention is recorded")]


def doses(case: Case) -> Said:
    """Item 9b: how much, how often, how long."""
    said = case.lang.t
    sentences = [
        Sentence(
            f"{case.drug(m)}, {case.day(m)}, {case.lang.word(m.do)}: {case.doses(m) or said('dose not recorded')}"
            f"{f', {case.lang.word(m.route)}' if m.route else ''}{case.remark(m.purpose, m.note)}.",
            (m.place,),
        )
        for m in case.medications
        if m.do != "stop"
    ]
    seen: set[object] = set()
    for one in case.therapies:
        # A session that repeats the last one in everything but its day is told once.
        shape = (
            one.what,
            one.mixture,
            one.needle,
            one.minutes,
            one.points,
            one.volume_per_point_ml,
            one.sites,
        )
        if not one.took_place or shape in seen:
            continue
        seen.add(shape)
        parts = [case.sites(one.sites) if one.sites else ""]
        parts += [
            f"{case.lang.word(p.drug)} {_amount(case, p.amount_mg, 'mg')} {_amount(case, p.volume_ml, 'ml')}".rstrip()
            for p in one.mixture
        ]
        if one.needle:
            parts.append(needle(case, one.needle))
        parts.append(f"{case.lang.num(one.minutes)} min" if one.minutes else "")
        told = "; ".join(filter(None, parts))
        sentences.append(
            Sentence(
                f"{case.therapy(one)}, {case.day(one)}: {told or said('no detail recorded')}.", (one.place,)
            )
        )
    sentences += case.authors("9b")
    return sentences, missing(case) if sentences else [said("no intervention is recorded")]


def _amount(case: Case, value: float | None, unit: str) -> str:
    return f"{case.lang.num(value)} {unit}" if value is not None else ""


def changes(case: Case) -> Said:
    """Item 9c: what was changed, stopped, moved, and why."""
    said = case.lang.t
    sentences: list[Sentence] = []
    gaps: list[str] = []
    for m in case.medications:
        if m.do == "start":
            continue
        sentences.append(
            Sentence(
                f"{case.drug(m)}, {case.day(m)}: {case.lang.word(m.do)}{case.remark(m.because, m.note)}.",
                (m.place,),
            )
        )
        if not m.because:
            gaps.append(
                said(
                    "{what}, {day}: why it was changed or stopped is not recorded",
                    what=case.drug(m),
                    day=case.day(m),
                )
            )
    last: dict[str, TherapyEntry] = {}
    for t in case.therapies:
        before = last.get(t.what)
        if t.took_place and before and t.sites != before.sites and t.sites and before.sites:
            text = said(
                "{what}, {day}: sites changed from {before} to {after}",
                what=case.therapy(t),
                day=case.day(t),
                before=case.sites(before.sites),
                after=case.sites(t.sites),
            )
            sentences.append(Sentence(f"{text}{case.remark(t.because)}.", (before.place, t.place)))
        if t.took_place:
            last[t.what] = t
    sentences += case.authors("9c")
    return sentences, gaps if sentences else [
        said("no change is recorded, and no sentence says that there was none")
    ]


# Seven or more values of one scale are told as a run, not one by one.
_RUN = 7


def outcomes(case: Case) -> Said:
    """Item 10a: what was measured, how often; "resolved" wants a number beside it."""
    said = case.lang.t
    sentences: list[Sentence] = []
    gaps: list[str] = []
    for code, entries in case.scores.items():
        days = sorted({e.day for e in entries})
        if len(entries) >= _RUN:
            low, high = min(e.range[0] for e in entries), max(e.range[1] for e in entries)
            text = said(
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
            sentences.append(Sentence(f"{text}.", tuple(e.place for e in entries)))
        else:
            sentences += [
                Sentence(
                    f"{case.scale(code)}, {case.day(e)}{_when(case, e)}: "
                    f"{case.value(e)}{_where(case, e)}{case.remark(e.note)}.",
                    (e.place,),
                )
                for e in entries
            ]
        if len(days) < 2:
            gaps.append(said("{scale} was measured once", scale=case.scale(code)))
    told = [t for t in case.therapies if t.response_percent]
    for t in told:
        low, high = t.response_percent or (0, 0)
        text = said(
            "{what}, {day}: response {low} to {high} %",
            what=case.therapy(t),
            day=case.day(t),
            low=case.lang.num(low),
            high=case.lang.num(high),
        )
        sentences.append(Sentence(f"{text}{case.remark(t.note)}.", (t.place,)))
    gone = [s for s in case.symptoms if s.state in ("resolved", "better")]
    sentences += case.listed(said("Course"), [(case.symptom(s), s) for s in gone])
    measured = {e.day for entries in case.scores.values() for e in entries}
    bare = sorted({s.day for s in gone} - measured)
    if bare:
        gaps.append(
            said(
                "“resolved” or “better” without a number beside it: {days}",
                days=case.lang.list([case.on(day) for day in bare]),
            )
        )
    sides = {e.by == "patient" for entries in case.scores.values() for e in entries}
    if case.scores and True not in sides:
        gaps.append(said("no outcome is recorded as said by the patient"))
    sentences += case.authors("10a")
    return sentences, gaps if sentences else [said("no outcome is recorded")]


def _when(case: Case, entry: ScoreEntry) -> str:
    return f", {case.lang.word(entry.time)}" if entry.time else ""


def _where(case: Case, entry: ScoreEntry) -> str:
    return f" ({case.sites(entry.sites)})" if entry.sites else ""


def follow_up_tests(case: Case) -> Said:
    """Item 10b: laboratory and imaging after day 0."""
    found = [f for f in case.findings if f.day > 0 and f.method in ("laboratory", "imaging", "examination")]
    sentences = case.listed(case.lang.t("Follow-up"), [(case.finding(f), f) for f in found]) + case.authors(
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


def adherence(case: Case) -> Said:
    """Item 10c: whether it was taken and borne, and how that was found out."""
    said = case.lang.t
    found = [
        f
        for f in case.findings
        if f.what.lower().startswith(("adherence", "tolerability", "vartojimas", "toleravimas"))
    ]
    sentences = case.listed(
        said("Adherence and tolerability"), [(case.finding(f), f) for f in found]
    ) + case.authors("10c")
    gaps = (
        []
        if sentences
        else [said("whether it was taken and how it was tolerated is not recorded, nor how anyone asked")]
    )
    gaps += (
        [said("how adherence was found out is not recorded")]
        if found and not any(f.method or f.result for f in found)
        else []
    )
    return sentences, gaps


def events(case: Case) -> Said:
    """Item 10d: what got worse, and whether anyone asked."""
    said = case.lang.t
    worse = [s for s in case.symptoms if s.state in WORSE_STATES and s.day > 0]
    asked = [
        f
        for f in case.findings
        if f.what.lower().startswith(("adverse event", "side effect", "nepageidaujam"))
    ]
    sentences = case.listed(said("Worse or new after day 0"), [(case.symptom(s), s) for s in worse])
    sentences += case.listed(said("Adverse events"), [(case.finding(f), f) for f in asked])
    for one in case.review.suspects if case.review else ():
        text = said(
            "{exposure} ({times}) was followed by new or worse {outcome} ({flared}). Followed by is not caused by.",
            exposure=case.lang.word(one.exposure), times=case.lang.n("{n} time", "{n} times", one.exposed),
            outcome=case.lang.word(one.outcome), flared=case.lang.n("{n} time", "{n} times", one.flared),
        )  # fmt: skip
        sentences.append(
            Sentence(text, tuple(t.place for t in case.therapies if t.day in one.days), by="computed")
        )
    sentences += case.authors("10d")
    gaps: list[str] = []
    if case.medications or any(t.mixture for t in case.therapies):
        gaps += (
            []
            if asked
            else [
                said(
                    "no statement on adverse events of the medicines or injections, and on which days anyone asked"
                )
            ]
        )
    gaps += [
        said(
            "{what}, {day}: no grade and no duration is recorded",
            what=case.lang.word(s.what),
            day=case.day(s),
        )
        for s in worse
        if not s.severity
    ]
    return sentences, gaps


def limits(case: Case) -> Said:
    """Item 11a: what speaks against the case, as far as the record shows it."""
    said = case.lang.t
    sentences: list[Sentence] = []
    if case.timeline.last_day is not None:
        sentences.append(
            Sentence(
                said("One patient, observed in care, without a control and without blinding."), by="computed"
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
                Sentence(
                    f"{text} ({case.on(day)}): {said('what each of them did cannot be told apart')}.",
                    tuple(m.place for m in begun),
                    by="computed",
                )
            )
    own = [t for t in case.therapies if t.by == "patient" and t.took_place]
    if own:
        text = case.lang.n(
            "{n} exposure sought by the patient was recorded; so few cannot show a cause.",
            "{n} exposures sought by the patient were recorded; so few cannot show a cause.",
            len(own),
        )
        sentences.append(Sentence(text, tuple(t.place for t in own), by="computed"))
    about = [e for e in case.record.current if e.approximate]
    if about:
        text = case.lang.n(
            "{n} entry has an approximate day.", "{n} entries have approximate days.", len(about)
        )
        sentences.append(Sentence(text, tuple(e.place for e in about), by="computed"))
    written = case.authors("11a")
    return [*written, *sentences], [] if written else [
        said("the authors have not written strengths and limitations")
    ]


def literature(case: Case) -> Said:
    """Item 11b: the authors' text, with references and without over-claims."""
    found = case.authors("11b")
    if not found:
        return [], [case.lang.t("the authors have not discussed the literature")]
    gaps = [] if case.written.of("11b").references else [case.lang.t("no reference is cited")]
    return found, [*gaps, *overclaimed(case, "11b")]


def rationale(case: Case) -> Said:
    """Item 11c: the authors' text, without over-claims."""
    found = case.authors("11c")
    return found, overclaimed(case, "11c") if found else [
        case.lang.t("the authors have not given the rationale for the conclusions")
    ]


def lesson(case: Case) -> Said:
    """Items 3d and 11d: the authors' text."""
    found = case.authors("11d")
    return found, overclaimed(case, "11d") if found else [
        case.lang.t("the authors have not written the lesson")
    ]


def lesson_in_short(case: Case) -> Said:
    """Item 3d: the lesson in the abstract."""
    found = case.authors("3d")
    return found, overclaimed(case, "3d") if found else [
        case.lang.t("the authors have not written the lesson")
    ]


def perspective(case: Case) -> Said:
    """Item 12: the patient's own words."""
    told = case.written.perspective
    if told is None or not told.text:
        return [], [case.lang.t("the patient has not been asked, or has not answered")]
    return [Sentence(f"“{told.text}” ({case.lang.word(told.how)})", by="authors")], []


def consent(case: Case) -> Said:
    """Item 13: the consent to publication as it stands."""
    said = case.lang.t
    entries = [entry for entry in case.timeline.consents() if is_publication(entry.purpose)]
    state = consent_of(case.record)
    if state == "given":
        return [
            Sentence(
                said("Consent to publication: given, {day}.", day=case.day(entries[-1])),
                tuple(e.place for e in entries),
            )
        ], []
    if state is None:
        return [], [
            said("no consent to publication is recorded; a case history identifies its patient by itself")
        ]
    return [], [
        said("consent to publication: {state}, {day}", state=case.lang.word(state), day=case.day(entries[-1]))
    ]
