"""A series of trials of one as people read it: Markdown, a page with its forest plot; and JSON."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from assuage.catalogue.message import Message, message
from assuage.catalogue.read import Catalogue
from assuage.nof1.plan import control_term
from assuage.nof1.series import PatientOfSeries, TrialSeries
from assuage.nof1.series_messages import (
    how_patients_differ,
    how_pooled,
    patient_verdict,
    ranged_message,
    series_answer,
    series_columns,
)
from assuage.report import plots
from assuage.report.nof1.forest import pictures
from assuage.report.page.pages import rendered
from assuage.report.svg.write import svg_text
from assuage.terms.spoken import exposure_term
from assuage.words.speak import ENGLISH, said_in, translation_note

PATIENTS, LEFT_OUT = message("series.heading-patients"), message("series.heading-left-out")
WITHHELD, HOW = message("series.withheld-means"), message("series.heading-how")


def _patient_row(patient: PatientOfSeries, speaking: Catalogue) -> tuple[str, ...]:
    say = speaking.say
    return (
        patient.patient,
        str(patient.reading.looks[-1].pairs),
        str(say(ranged_message(patient.alone))),
        str(say(ranged_message(patient.pooled))),
        speaking.decimals(patient.worse, 2),
        speaking.decimals(patient.better, 2),
        str(say(patient_verdict(patient))),
    )


def _title(series: TrialSeries) -> Message:
    return message(
        "series.subject",
        exposure=exposure_term(series.exposure),
        control=control_term(series.control),
        n=len(series.patients),
    )


def _some_withheld(series: TrialSeries) -> bool:
    return any(patient.reading.withheld for patient in series.patients)


def series_report(series: TrialSeries, speaking: Catalogue = ENGLISH) -> str:
    """The whole series in Markdown."""
    say = speaking.say
    lines = [f"# {say(_title(series))}", "", str(say(series_answer(series))), ""]
    lines += [*(f"- {say(told)}" for told in how_patients_differ(series)), ""]
    columns = [str(say(column)) for column in series_columns(series)]
    lines += [f"## {say(PATIENTS)}", "", f"| {' | '.join(columns)} |", "|---" * len(columns) + "|"]
    lines += [f"| {' | '.join(_patient_row(patient, speaking))} |" for patient in series.patients]
    lines.append("")
    if _some_withheld(series):
        lines += [str(say(WITHHELD)), ""]
    if series.left_out:
        lines += [f"## {say(LEFT_OUT)}", ""]
        lines += [*(f"- {each.patient}: {say(each.why)}" for each in series.left_out), ""]
    lines += [f"## {say(HOW)}", "", str(say(how_pooled(series))), ""]
    if unchecked := translation_note(speaking):
        lines += [str(unchecked), ""]
    return "\n".join(lines)


def html(series: TrialSeries, speaking: Catalogue = ENGLISH) -> str:
    """The page, its forest plot for a desk and for a phone."""
    from markupsafe import Markup

    say = speaking.say
    wide, phone = pictures(series, speaking), pictures(series, speaking, plots.PHONE)
    return rendered(
        "series.html",
        speaking,
        say(series_answer(series)),
        subject=say(_title(series)),
        differ=[say(told) for told in how_patients_differ(series)],
        headings={
            "seen": say(message("nof1.heading-seen")),
            "patients": say(PATIENTS),
            "left": say(LEFT_OUT),
            "how": say(HOW),
        },
        # Our own code drew them and escaped every text.
        pictures=[
            (Markup(svg_text(a, on_a_page=True)), Markup(svg_text(b, on_a_page=True)), a.description)
            for a, b in zip(wide, phone, strict=True)
        ],
        columns=[say(column) for column in series_columns(series)],
        patients=[_patient_row(patient, speaking) for patient in series.patients],
        caption=say(message("series.caption")),
        withheld=say(WITHHELD) if _some_withheld(series) else None,
        left_out=[(each.patient, say(each.why)) for each in series.left_out],
        how=say(how_pooled(series)),
    )


def to_json(series: TrialSeries, speaking: Catalogue = ENGLISH) -> dict[str, Any]:
    """The series as JSON holds it."""
    say = speaking.say
    return {
        "format": "assuage-nof1-series/1",
        **said_in(speaking),
        "exposure": series.exposure,
        "control": series.control,
        "control_is": series.compares.control_is,
        "schedule": series.compares.schedule,
        "outcome": series.outcome.code,
        "text": str(say(series_answer(series))),
        "mean": asdict(series.mean),
        "worse": series.worse,
        "spread": asdict(series.spread),
        "prior_spread": series.prior_spread,
        "next_patient": asdict(series.new),
        "share_worse": asdict(series.share_worse),
        "share_better": asdict(series.share_better),
        "patients": [
            {
                "patient": patient.patient,
                "pairs": patient.reading.looks[-1].pairs,
                "alone": asdict(patient.alone),
                "pooled": asdict(patient.pooled),
                "worse": patient.worse,
                "better": patient.better,
                "verdict": patient.reading.verdict,
                "withheld": patient.reading.withheld,
            }
            for patient in series.patients
        ],
        "left_out": [
            {"patient": each.patient, "why": str(say(each.why)), "rejected": each.rejected}
            for each in series.left_out
        ],
    }
