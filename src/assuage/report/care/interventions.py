"""The interventions as sentences, by the items of TIDieR that the record can answer; what it cannot is a gap.

Source: Hoffmann TC et al. Better reporting of interventions: TIDieR. BMJ 2014;348:g1687. doi 10.1136/bmj.g1687.
"""

from __future__ import annotations

from collections.abc import Sequence

from assuage.catalogue.message import message
from assuage.record.entries import MedicationEntry, TherapyEntry
from assuage.report.care import phrases
from assuage.report.care.case import Case
from assuage.report.care.case_report import ReportSentence


def treatment_sentences(case: Case) -> list[ReportSentence]:
    """What was given and done, and beside it what the patient sought alone."""
    ended = {entry.code for entry in case.medications if entry.day < 0 and entry.do == "stop"}
    given = [m for m in case.medications if m.do != "stop" and (m.day >= 0 or m.code not in ended)]
    done = [entry for entry in case.therapies if entry.took_place and entry.day >= 0]
    clinic = [entry for entry in done if entry.by != "patient"]
    sought = [entry for entry in done if entry.by == "patient"]
    names = tuple(
        dict.fromkeys(
            [
                *(phrases.drug_name(case, m.drug) for m in given),
                *(phrases.therapy_name(case, t) for t in clinic),
            ]
        )
    )
    sentences: list[ReportSentence] = []
    if names:
        sentences.append(case.sentence(message("case.treatment", names=names), [*given, *clinic]))
    if sought:
        told = message(
            "case.exposures", names=tuple(dict.fromkeys(phrases.therapy_name(case, t) for t in sought))
        )
        sentences.append(case.sentence(told, sought))
    return sentences


def medicine_sentence(case: Case, entry: MedicationEntry) -> ReportSentence:
    """A medicine started, with dose, route and purpose; its dose changed; or stopped."""
    note = phrases.quotation(entry.because, entry.note)
    if entry.do == "stop":
        told = message(
            "case.drugs-stopped",
            drugs=(phrases.drug_name(case, entry.drug),),
            when=phrases.when_recorded(entry),
            note=note,
        )
    elif entry.do == "change":
        told = message(
            "case.drug-changed",
            drug=phrases.drug_name(case, entry.drug),
            when=phrases.when_recorded(entry),
            doses=phrases.dose_phrases(case, entry.doses) or None,
            note=note,
        )
    else:
        told = message(
            "case.drug-before" if entry.day < 0 else "case.drug-dose",
            drug=phrases.drug_name(case, entry.drug),
            doses=phrases.dose_phrases(case, entry.doses) or None,
            route=phrases.route_phrase(case, entry),
            when=phrases.when_recorded(entry),
            purpose=phrases.purpose_phrase(case, entry),
            note=note,
        )
    return case.sentence(told, [entry])


def by_therapy(case: Case) -> dict[tuple[object, bool], list[TherapyEntry]]:
    """What was done, by therapy and by whether the patient sought it alone."""
    done: dict[tuple[object, bool], list[TherapyEntry]] = {}
    for entry in case.therapies:
        if entry.took_place:
            done.setdefault((phrases.therapy_name(case, entry), entry.by == "patient"), []).append(entry)
    return done


def therapy_sentences(case: Case, entries: Sequence[TherapyEntry]) -> list[ReportSentence]:
    """One therapy: when, how often, where, how long, and with what; a start that is no session as the start it is."""
    starts = [entry for entry in entries if entry.do == "start"]
    stops = [entry for entry in entries if entry.do == "stop"]
    sessions = [entry for entry in entries if entry.do == "session"]
    sentences = [
        case.sentence(
            message(
                f"case.therapy-{act}",
                therapy=phrases.therapy_name(case, entry),
                when=phrases.when_recorded(entry),
                note=phrases.quotation(entry.because, entry.note),
            ),
            [entry],
        )
        for act, these in (("started", starts), ("stopped", stops))
        for entry in these
    ]
    if sessions:
        sentences.append(_sessions(case, sessions))
        sentences += _mixtures(case, sessions)
    return sentences


def _sessions(case: Case, sessions: Sequence[TherapyEntry]) -> ReportSentence:
    first = sessions[0]
    sought = first.by == "patient"
    minutes = {entry.minutes for entry in sessions}
    notes = dict.fromkeys(text for entry in sessions for text in (entry.because, entry.note) if text)
    alike = len(sessions) == 1 or sought
    told = message(
        "case.sought" if sought else "case.sessions" if len(sessions) > 1 else "case.session-given",
        therapy=phrases.therapy_name(case, first),
        whose=phrases.whose(case),
        when=phrases.when_recorded(*sessions),
        numbers=1 if len(sessions) > 1 else None,
        count=len(sessions),
        sites=phrases.named_sites(first.sites),
        minutes=first.minutes if len(minutes) == 1 else None,
        pressure=phrases.pressure_phrase(case, first) if len({e.pressure for e in sessions}) == 1 else None,
        note=phrases.quotation(*notes) if alike else None,
    )
    return case.sentence(told, sessions)


def _mixtures(case: Case, sessions: Sequence[TherapyEntry]) -> list[ReportSentence]:
    """What was injected, once for all sessions that were alike."""
    alike: dict[object, list[TherapyEntry]] = {}
    for entry in sessions:
        shape = (entry.mixture, entry.needle, entry.points, entry.volume_per_point_ml)
        if entry.mixture:
            alike.setdefault(shape, []).append(entry)
    sentences: list[ReportSentence] = []
    for entries in alike.values():
        each = len(entries) == len(sessions)
        first = entries[0]
        told = message(
            "case.mixture" if each else "case.mixture-then",
            therapy=phrases.therapy_name(case, first),
            when=None if each else phrases.when_recorded(*entries),
            parts=tuple(phrases.ingredient_phrase(case, part) for part in first.mixture),
            needle=phrases.needle_phrase(first.needle),
            points=first.points,
            volume=first.volume_per_point_ml,
        )
        sentences.append(case.sentence(told, entries))
    return sentences


def missing(case: Case) -> list[str]:
    """What of dose, strength and duration is not recorded, one line an intervention."""
    say = case.lang.t
    lines: list[str] = []
    by_drug: dict[str, list[MedicationEntry]] = {}
    for entry in case.medications:
        by_drug.setdefault(entry.code, []).append(entry)
    for entries in by_drug.values():
        gaps = [say("dose")] if not any(m.doses for m in entries) else []
        gaps += [say("end or “ongoing”")] if entries[-1].do != "stop" else []
        gaps += [say("route")] if not any(m.route for m in entries) else []
        if any(not dose.when for m in entries for dose in m.doses):
            gaps.append(say("interval"))
        if gaps:
            name = case.lang.catalogue.value(phrases.drug_name(case, entries[0].drug))
            lines.append(f"{name}: {case.lang.list(gaps)}")
    for (name, by_patient), entries in by_therapy(case).items():
        gaps: list[str] = []
        if any(t.mixture for t in entries):
            gaps += [say("number of points")] if not any(t.points for t in entries) else []
            gaps += [say("volume a point")] if not any(t.volume_per_point_ml for t in entries) else []
            gaps += [say("lots")] if not any(p.lot for t in entries for p in t.mixture) else []
            gaps += [say("spacing, depth, skin preparation and operator")]
        else:
            gaps += [say("length in minutes")] if not any(t.minutes for t in entries) else []
            gaps += [say("sites")] if by_patient and not any(t.sites for t in entries) else []
        if gaps:
            lines.append(f"{case.lang.catalogue.value(name)}: {case.lang.list(gaps)}")
    return lines
