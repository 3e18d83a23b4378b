"""The record: its kinds and fields from the tables that read them, and every vocabulary they draw on."""

from __future__ import annotations

import inspect
from typing import get_args

from assuage.record import care_entries as c
from assuage.record import decided_entries as d
from assuage.record import entries as e
from assuage.record.entry import FIRST_FORMAT, FORMAT, By, Entry, Role, WrittenFrom
from assuage.record.kind import COMMON, Kind
from assuage.record.kinds import KINDS, UNITS, scales
from assuage.record.places import DEEPEST, MOST_BYTES, MOST_VALUES
from assuage.terms.condition_words import CONDITION_WORDS
from assuage.terms.conditions import CONDITIONS, Condition, conditions_ruled_out, words_of
from assuage.terms.drug_index import codes_of
from assuage.terms.drugs import DRUGS
from assuage.terms.holds import ASKED_ON_THE_DAY, DRUG_CONFIRMED, HOLDS, NUMBER_HOLDS
from assuage.terms.quantities import QUANTITIES
from assuage.terms.red_flags import RED_FLAGS
from assuage.terms.scales import SCALES
from assuage.terms.sites import REGIONS, SITES, WPI_SITES
from assuage.terms.symptoms import STATES, SYMPTOMS
from assuage.terms.therapies import THERAPIES, Pressure
from assuage.terms.times import MINUTE_OF
from assuage.words.speak import ENGLISH
from docs.build.markdown import code, codes, fence, table


def _one_of(words: object) -> str:
    return ENGLISH.value([code(word) for word in get_args(words)], "or")


_SITE = "a [site](#sites)"
_SITES = "a list of [sites](#sites); not beside `site`"

# What each field takes, in words. A field without an entry here stops the build, so none goes undocumented.
TAKES: dict[str, str] = {
    "day": "whole days from day 0; negative: before it. Exactly one of `day` and `date`",
    "date": "an ISO date; needs `starts_on`",
    "time": "`HH:MM`, `morning`, `noon`, `evening` or `night`",
    "by": f"who said it: {_one_of(By)}; `clinician` if left out",
    "author": "who wrote it down, a pseudonym such as the id of an account",
    "role": f"in which role: {_one_of(Role)}",
    "source": f"where it was written: {_one_of(WrittenFrom)}",
    "about": "the `id` of the entry that this one answers",
    "approximate": "`true` where the day is inferred, not stated",
    "note": "free text, never interpreted",
    "entered": "when it was written down: an ISO date or time, with its offset where it is known",
    "copied": "`true` where it was copied from another place",
    "id": "a name, so that a correction can name it",
    "replaces": "the `id` of the entry this one corrects; that entry stays readable",
    "disputed_with": "the `id` of an entry that says otherwise, or a list of them. Both stand, [read on the cautious "
    "side](#disputes), until one is replaced or withdrawn",
    "score.scale": "a [scale](#scales)",
    "score.value": "a number within the scale; not beside `low` and `high`",
    "score.low": "the lower end of a range",
    "score.high": "the upper end of a range",
    "score.site": _SITE,
    "score.sites": _SITES,
    "answers.instrument": "an [instrument](../clinical/instruments.md)",
    "answers.items": "a map of item and answer; an unknown answer is left out or null, never 0",
    "answers.sites": "all painful sites, for `wpi`; `[]` says that nothing hurts",
    "symptom.what": "a [symptom](#symptoms) or any words; words no rule knows are kept and marked *not checked*",
    "symptom.state": ENGLISH.value([code(state) for state in STATES], "or"),
    "symptom.site": _SITE,
    "symptom.severity": "free text",
    "finding.what": "a [condition](#conditions) or any words. `takes no medication`, present, says that nothing at all "
    "is taken: from that day on a drug that is not named is not taken, and one that was taken before and not stopped "
    "is in doubt; a start of the same moment contradicts it, a later one stands",
    "finding.state": _one_of(e.FindingState),
    "finding.method": _one_of(e.Method),
    "finding.result": "free text",
    "medication.drug": "a [drug](#drugs) by id, name or ATC code, or any name",
    "medication.do": _one_of(e.MedicationAct),
    "medication.doses": "a list of `{amount, unit, when, low}`; `when` as in [doses and frequency](dosing.md), "
    "without it once a day; "
    f"`low` where the dose is from there to `amount`; units: {codes(sorted(UNITS))}",
    "medication.route": "free text",
    "medication.purpose": "free text",
    "medication.because": "free text",
    "therapy.what": "a [therapy](#therapies) or any words",
    "therapy.do": f"{_one_of(e.TherapyAct)}; `session` if left out. A stop, or a refusal, is no session",
    "therapy.number": "which session of the course, from 1",
    "therapy.site": _SITE,
    "therapy.sites": _SITES,
    "therapy.minutes": "more than 0, up to 1440",
    "therapy.pressure": f"{_one_of(Pressure)}; it decides whether a massage is deep",
    "therapy.because": "free text",
    "therapy.mixture": "a list of `{drug, volume_ml, amount_mg, lot}`",
    "therapy.needle": "`{gauge, length_mm}`",
    "therapy.points": "how many points, from 1",
    "therapy.volume_per_point_ml": "more than 0",
    "therapy.response_percent": "0 to 100, or `[lowest, highest]`",
    "decision.do": f"{_one_of(d.DecisionAct)}; decisions outrank gates",
    "decision.to": "a phase by its id; needed by `enter` and `return`",
    "decision.pathway": "the pathway decided about, by its id; left out: the one the record names",
    "decision.because": "free text; needed by `override`",
    "consent.for": "what for: `care`, `diary`, `research`, `publication`, …",
    "consent.state": _one_of(d.ConsentState),
    "red_flag_check.flags": f"a map of [red flag](../clinical/red-flags.md) and {_one_of(d.FlagState)}",
    "note.text": "free text, never interpreted",
    "measurement.what": "what was measured: any words; words no rule knows are kept and marked *not checked*",
    "measurement.value": "a number; not beside `low` and `high`",
    "measurement.low": "the lower end of a range; alone: the value lies above",
    "measurement.high": "the upper end of a range; alone: the value lies below",
    "measurement.unit": "the unit as the laboratory writes it",
    "measurement.range": "what the laboratory calls normal, in that unit: `{low, high}` or one of them",
    "measurement.method": "free text",
    "measurement.loinc": "the LOINC code, such as `2160-0`",
    "intake.drug": "a [drug](#drugs) by id, name or ATC code, or any name",
    "intake.doses": "as of a medication",
    "intake.route": "free text",
    "allergy.substance": "a [drug](#drugs) or any words; what no rule reads makes every start of a drug a question",
    "allergy.reaction": "free text",
    "allergy.severity": _one_of(c.AllergySeverity),
    "allergy.certainty": f"{_one_of(c.AllergyCertainty)}; left out: confirmed. Suspected: unknown, and the drug is "
    "held back as not tolerated",
    "adverse_event.what": "a [symptom](#symptoms), a [condition](#conditions) or any words",
    "adverse_event.grade": "1 (mild) to 5 (death)",
    "adverse_event.onset": "the day of the record on which it began",
    "adverse_event.end": "the day of the record on which it ended",
    "adverse_event.suspected": "a list of drugs and therapies; each counts as not tolerated",
    "adverse_event.action": _one_of(c.EventAction),
    "adverse_event.outcome": _one_of(c.EventOutcome),
    "diagnosis.what": "a [condition](#conditions) or any words; it or a `code`",
    "diagnosis.code": "the code",
    "diagnosis.system": f"{_one_of(c.CodeSystem)}; needed by a code",
    "diagnosis.certainty": f"{_one_of(c.DiagnosisCertainty)}; left out: confirmed. Refuted is absent, possible unknown",
    "adherence.drug": "a [drug](#drugs) by id, name or ATC code, or any name",
    "adherence.taken": "`true`, `false`, or the share of the doses from 0 to 1. After `false` or 0 it is unknown "
    "whether the drug is taken, and it is still checked as one that is",
    "adherence.asked": _one_of(c.AskedHow),
    "offer.what": "any words",
    "offer.chosen": "`true` or `false`; left out while it is open",
    "offer.chance": "the chance with which it was drawn, more than 0 and up to 1",
    "offer.because": "free text; of an offer of the patient's `perspective` that was declined, what a case report says",
    "exposure.name": "the patient's own name for it",
    "exposure.state": f"{_one_of(c.ExposureState)}; or an `amount`",
    "exposure.amount": "0 or more",
    "exposure.unit": "free text",
    "rating.name": "the patient's own name for it",
    "rating.value": "a number between the ends; left out where it was not asked",
    "rating.lowest": "the low end of the scale",
    "rating.highest": "the high end of the scale",
    "rating.unit": "free text",
    "goal.what": "any words",
    "goal.target": "free text",
    "goal.due": "the day of the record by which",
    "goal.reached": "`true` or `false`; left out while it is not known",
    "appointment.on": "the day of the record of the visit; `day` is the day on which it was agreed",
    "appointment.whom": "free text",
    "appointment.kept": "`true` or `false`; left out while it is not known",
    "void.of": "the `id` of an entry written before this one",
    "void.because": "free text",
}

_EXAMPLES = {
    "score": "{day: 0, time: morning, kind: score, scale: pain, value: 4, by: patient}",
    "answers": "{day: 0, kind: answers, instrument: sss, items: {fatigue: 1, cognitive: 2}}",
    "symptom": "{day: 47, kind: symptom, what: numbness, site: occiput, state: new}",
    "finding": "{day: 0, kind: finding, what: bleeding_disorder, state: absent, method: history}",
    "medication": "{day: 0, kind: medication, drug: tizanidine, do: start, "
    "doses: [{amount: 2, unit: mg, when: morning}]}",
    "therapy": "{day: 40, kind: therapy, what: massage, pressure: deep, by: patient}",
    "decision": '{day: 30, kind: decision, do: advance, to: quieten, because: "systemic symptoms resolved"}',
    "consent": "{day: 0, kind: consent, for: diary, state: given, by: patient}",
    "red_flag_check": "{day: 48, kind: red_flag_check, flags: {dissection: absent, myelopathy: absent}}",
    "measurement": "{day: 0, kind: measurement, what: creatinine, value: 0.8, unit: mg/dL, range: {high: 1.1}}",
    "intake": "{day: 3, time: '21:00', kind: intake, drug: paracetamol, doses: [{amount: 500, unit: mg}], by: patient}",
    "allergy": "{day: 0, kind: allergy, substance: penicillin, reaction: rash, severity: mild, certainty: confirmed}",
    "adverse_event": "{day: 9, kind: adverse_event, what: drowsiness, grade: 2, onset: 8, suspected: [amitriptyline], "
    "action: stopped, outcome: recovered}",
    "diagnosis": "{day: 0, kind: diagnosis, what: fibromyalgia, code: M79.7, system: icd-10, certainty: probable}",
    "adherence": "{day: 14, kind: adherence, drug: duloxetine, taken: 0.8, asked: count}",
    "offer": "{day: 14, kind: offer, what: kinesiotherapy, chosen: true}",
    "exposure": "{day: 3, kind: exposure, name: coffee, amount: 2, unit: cup, by: patient}",
    "rating": "{day: 3, kind: rating, name: brain fog, value: 3, lowest: 0, highest: 5, by: patient}",
    "goal": '{day: 0, kind: goal, what: walk to the market, target: "3 times a week", due: 60, by: patient}',
    "appointment": "{day: 14, kind: appointment, on: 42, whom: physiotherapist}",
    "void": '{day: 2, kind: void, of: e7, because: "written for another patient"}',
    "note": '{day: 1, kind: note, text: "slept badly", by: patient}',
}


def _listed_minutes() -> str:
    stand = [f"{code(part)} stands at {at // 60:02}:{at % 60:02}" for part, at in MINUTE_OF.items()]
    return str(ENGLISH.value([stand[0], *(words.replace(" stands at", " at") for words in stand[1:])], "and"))


_CAUTIOUS = tuple((name, kind) for name, kind in KINDS.items() if kind.makes.in_doubt is not Entry.in_doubt)


def page() -> str:
    """Kinds, fields, vocabularies."""
    lines = [
        "# The record",
        "",
        "A record holds facts with dates, and nothing derived. One record is one document, YAML or JSON:",
        "",
        *fence(
            f"format: {FORMAT}\npatient: {{id: case-2026, sex: female, age: 48}}\n"
            f"starts_on: 2026-01-05\npathway: neck-first\nentries:\n- {_EXAMPLES['score']}",
            "yaml",
        ),
        f"`patient.id` is a pseudonym; `sex` is {_one_of(e.Sex)}; `age` is in whole years on day 0. "
        "`starts_on` is the calendar date of day 0, left out in a de-identified record. `pathway` is optional. "
        "`zone` is the IANA name of the time zone in whose civil days the patient lives, such as `Europe/Vilnius`: "
        "a day is the patient's civil day, and no day is worked out from a moment in another zone.",
        "",
        f"Documents that begin with `format: {FIRST_FORMAT}` are read for ever. They have neither `zone` nor "
        f"{ENGLISH.value([code(f.name) for f in COMMON if f.since > 1], 'or')}, no `decision.pathway`, no "
        f"finding of the method {ENGLISH.value([code(word) for word in sorted(e.HISTORIES)], 'or')}, and no "
        f"{ENGLISH.value([code(k.name) for k in KINDS.values() if k.since > 1], 'or')}. `assuage convert` "
        f"writes them as `{FORMAT}`, and they mean the same.",
        "",
        f"A document is bounded: {MOST_BYTES / 1e6:g} MB, {DEEPEST} levels, {MOST_VALUES} values. All problems "
        "of a document are reported together, each with its place and the remedy. Nothing is clipped, guessed "
        "or dropped.",
        "",
        "Entries of one day stand in the order of `time`, then as written; an entry without a time comes last. "
        f"In that order {_listed_minutes()}.",
        "",
        "An entry that was replaced or withdrawn counts on no day. It can still be read, and that is all. A "
        "withdrawn correction corrects nothing: what it replaced stands again.",
        "",
        "## Disputes",
        "",
        "Two entries of one moment that cannot both be true are refused, unless one names the other as "
        "`disputed_with`. Then both stand until a person replaces or withdraws one, and each is read on its cautious "
        "side:",
        "",
        *table(
            ("kind", "what is read of it in dispute"),
            ((code(name), inspect.getdoc(kind.makes.in_doubt)) for name, kind in _CAUTIOUS),
        ),
        "Who wrote an entry may withdraw (`void`) or replace it, and a clinician may for anybody: by the `role` "
        "physician, physiotherapist, psychologist or nurse, or without a role by `by`. Who wrote it is the same author "
        "in the same role; a file that is imported may for what was imported alone. What anybody else would withdraw "
        "or replace stands, in dispute with that entry. Against a withdrawal alone it is read as it was written, "
        "unless it rules out, allows, stops or moves something: then a finding is unknown, a diagnosis "
        "possible, a decision a hold, and a score, a stop or a consent does not count.",
        "",
        "Of every other kind nothing is read. `assuage.record.append` marks such an entry by itself, and a second "
        "correction of one entry as well; `assuage.engine.append`, where the pathway is known, also a decision that "
        "makes an older one impossible to follow. A withdrawal that would let two corrections of one entry stand, or "
        "two entries that contradict each other, is refused.",
        "",
        "An allergy or a diagnosis that somebody told of is ruled out or doubted by who told of it, or by a clinician. "
        "Such a word of anybody else is kept in dispute with it, and nothing is read of it.",
        "",
        "Only a clinician's `decision` moves the patient: what anybody else decided, or wrote down as a clinician's, "
        "is kept, and the review asks whether a clinician confirms it.",
        "",
        "## Words",
        "",
        "Words are compared in lower case, with a space for every underscore and hyphen.",
        "",
        "## Fields of every entry",
        "",
        *table(("field", "what it takes"), ((code(f.name), TAKES[f.name]) for f in COMMON)),
    ]
    for kind in KINDS.values():
        lines += _kind(kind)
    return "\n".join([*lines, *_vocabularies()])


def _kind(kind: Kind) -> list[str]:
    rows = (
        (code(f.name), "yes" if f.required else "", TAKES[f"{kind.name}.{f.name}"]) for f in kind.specific
    )
    return [
        f"## `{kind.name}`",
        "",
        inspect.getdoc(kind.makes) or "",
        "",
        *fence(f"- {_EXAMPLES[kind.name]}", "yaml"),
        *table(("field", "required", "what it takes"), rows),
    ]


def _vocabularies() -> list[str]:
    lines = ["## Scales", "", "The plain scales:", ""]
    lines += table(
        ("scale", "range", "anchors", "value of a day"),
        ((code(s.code), s.range_in_words, s.anchors, s.daily) for s in SCALES.values()),
    )
    totals = [name for name in scales() if name not in SCALES]
    lines += [
        f"And the total of each instrument: {codes(totals)}. Of several of a day the worst is the value of that "
        "day; of a total, the last entry of a day stands for it.",
        "",
    ]
    lines += [
        "## Sites",
        "",
        "Left and right are the patient's own. A site without a side means both, or the ",
    ]
    lines[-1] += (
        "midline. `widespread` stands for the whole body. "
        f"Regions of the index: {ENGLISH.value([r.replace('_', ' ') for r in REGIONS], 'and')}."
    )
    lines.append("")
    lines += table(
        ("site", "in words", "lies within", "site of the index", "region", "counts for generalised pain"),
        (
            (code(s.id), s.title, s.within or "", s.wpi or "", *_region(s.wpi if s.wpi == s.id else None))
            for s in SITES.values()
        ),
    )
    lines += ["## Symptoms", ""]
    lines += table(
        ("symptom", "also written"),
        ((code(s.id), ", ".join((s.title, *s.aliases))) for s in SYMPTOMS.values()),
    )
    lines += [
        "## Therapies",
        "",
        "Who would have told of a therapy settles "
        "[what silence means](manual/4_therapies.md): the clinic writes down what it gave, the patient may not.",
        "",
    ]
    lines += table(
        ("therapy", "also written", "includes", "told of by"),
        (
            (
                code(t.id),
                ", ".join((t.title, *t.aliases)),
                ", ".join(part.title for part in t.parts),
                t.recorded_by,
            )
            for t in THERAPIES.values()
        ),
    )
    lines += ["## Conditions", ""]
    lines += [
        "Words people write are read as the condition, in English, Lithuanian and German, with accents or without. "
        "A word under two conditions may be either and is read as both. Only what is written as a whole is read: "
        "`no asthma`, `?glaucoma` and `family history of epilepsy` name none. `pregnancy 8 weeks` is read by its "
        "weeks; without weeks it is every part of a pregnancy. A word in *italics* names the whole condition: "
        "only such, the id and the title rule the condition out where they are absent. The words are ours, from "
        "memory; the code "
        "numbers are those of the WHO's ICD-10, each with all that begin with it, and what they imply is ours.",
        "",
        "A statement holds for so many days, its own day among them, that the condition is there or that it is not. "
        "Past its days a statement is unknown. The gates read it so, and the safety rules read what was absent so; a "
        "danger that was told of as present stays one for them, says when that was, and is asked again. "
        f"Fever and the skin at the site are asked on the day of the needle; a session may be planned until then where "
        f"they were absent in the last {ASKED_ON_THE_DAY} days. A drug of which nobody said for {DRUG_CONFIRMED} days "
        "that it is taken is asked about, and is read as taken. A condition that follows from a number holds for the "
        "days of the number, where those are fewer.",
        "",
    ]
    lines += table(
        ("condition", "in words", "also written", "ICD-10", "present holds", "absent holds", "whose days"),
        (
            (
                code(c.id),
                c.title,
                _also_written(c),
                CONDITION_WORDS[c.id].icd10.replace(";", ","),
                _days_or_ever(HOLDS[c.id].present),
                _days_or_ever(HOLDS[c.id].absent),
                HOLDS[c.id].basis,
            )
            for c in CONDITIONS.values()
        ),
    )
    lines += table(
        ("number", "holds", "whose days"),
        ((q.title, str(NUMBER_HOLDS[q.id]), "ours") for q in QUANTITIES.values()),
    )
    lines += ["## Drugs", ""]
    lines += table(
        ("drug", "also written", "ATC", "kind"),
        (
            (
                code(d.id),
                ", ".join(dict.fromkeys((d.title, *d.aliases))),
                ", ".join(codes_of(d.id)),
                d.kind.replace("_", " "),
            )
            for d in DRUGS.values()
        ),
    )
    flags = codes(flag.removeprefix("RF_").lower() for flag in RED_FLAGS)
    return [
        *lines,
        "## Red flags",
        "",
        f"{flags}. What each means: [red flags](../clinical/red-flags.md).",
        "",
    ]


def _region(index_site: str | None) -> tuple[str, str]:
    if index_site is None:
        return "", ""
    site = WPI_SITES[index_site]
    return site.region.replace("_", " "), "yes" if site.counts else "no"


def _days_or_ever(days: int | None) -> str:
    return "for ever" if days is None else str(days)


def _also_written(condition: Condition) -> str:
    """The words for a condition, those that name the whole of it in italics."""
    words = [word for word in words_of(condition) if word not in (condition.id, condition.title)]
    whole = {word for word in words if condition in conditions_ruled_out(word)}
    return ", ".join(f"*{word}*" if word in whole else word for word in dict.fromkeys(words))
