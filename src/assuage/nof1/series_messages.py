"""What a series of trials says, as messages: the answer, how patients differ, the next patient, each patient."""

from __future__ import annotations

from assuage.catalogue.message import Message, message
from assuage.nof1.messages import points
from assuage.nof1.plan import control_term
from assuage.nof1.series import FEW, PatientOfSeries, Ranged, TrialSeries
from assuage.terms.spoken import exposure_term


def ranged_message(size: Ranged) -> Message:
    """`+1.2 (+0.3 to +2.1)`."""
    return message("series.ranged", estimate=size.estimate, low=size.low, high=size.high)


def series_answer(series: TrialSeries) -> Message:
    """The one sentence: the mean effect, and how sure its side is."""
    answer = message(
        "series.mean",
        n=len(series.patients),
        exposure=exposure_term(series.exposure),
        control=control_term(series.control),
        outcome=series.outcome,
        mean=ranged_message(series.mean),
        worse=series.worse,
    )
    if series.compares.control_is == "nothing":
        return message("nof1.expectation", said=answer, control=control_term(series.control))
    return answer


def how_patients_differ(series: TrialSeries) -> tuple[Message, ...]:
    """What could not be read first; the SD between patients, the shares worth knowing, the next patient, and doubts."""
    told: list[Message] = []
    if series.rejected:
        told.append(message("series.some-rejected", n=len(series.rejected), trials=series.rejected))
    told += [
        message(
            "series.spread",
            spread=series.spread.estimate,
            low=series.spread.low,
            high=series.spread.high,
        ),
        message(
            "series.shares",
            points=points(series.outcome),
            worse=_share(series.share_worse),
            better=_share(series.share_better),
        ),
        message("series.next", new=ranged_message(series.new)),
    ]
    if any(patient.analysis.waves_taken_out for patient in series.patients):
        told.append(message("triggers.slow-waves", outcome=series.outcome))
    if len(series.patients) < FEW:
        told.append(message("series.few", n=len(series.patients)))
    return tuple(told)


def how_pooled(series: TrialSeries) -> Message:
    """The model in words, with whose its numbers are."""
    return message("series.how", prior=series.prior_spread)


def series_columns(series: TrialSeries) -> tuple[Message, ...]:
    """The headings of the table of patients."""
    worth = points(series.outcome)
    return (
        message("series.column-patient"),
        message("series.column-pairs"),
        message("series.column-alone"),
        message("series.column-pooled"),
        message("series.column-worse", points=worth),
        message("series.column-better", points=worth),
        message("series.column-verdict"),
    )


def patient_verdict(patient: PatientOfSeries) -> Message:
    """What the trial of this patient said by itself, marked where the draw repeated forbade a verdict."""
    verdict = message(f"series.verdict-{patient.reading.verdict.replace(' ', '-')}")
    return message("series.withheld", verdict=verdict) if patient.reading.withheld else verdict


def _share(share: Ranged) -> Message:
    return message(
        "series.share",
        share=round(100 * share.estimate),
        low=round(100 * share.low),
        high=round(100 * share.high),
    )
