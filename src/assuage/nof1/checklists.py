"""The items of SPENT 2019 (plan) and CENT 2015 (report) as far as a plan and a diary fill them; consent; safety.

SPENT: Porcino 2020, BMJ 368:m122, from memory. CENT: Vohra 2015, BMJ 350:h1738; Shamseer 2015, h1793, its table seen
in part. The items are restated in our words. What the program cannot know is left open in the words of `nof1.open`, so
that nobody takes a blank for an answer.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from assuage.catalogue.message import Message, message
from assuage.nof1.analyse import Analysis
from assuage.nof1.messages import (
    draw_message,
    points,
    says_message,
    shape_effect_message,
    trial_answer,
    whose_message,
)
from assuage.nof1.plan import Stopping, TrialPlan, control_term
from assuage.terms.scales import Scale
from assuage.terms.spoken import exposure_term

OPEN = message("nof1.open")
NOT_A_SERIES = message("nof1.not-a-series")
DOES_NOT_APPLY = message("nof1.does-not-apply")

# What must be so before the first session, and what ends the trial at once; ours, and to be agreed with the patient.
NOT_WHILE = tuple(message(f"nof1.not-while-{name}") for name in ("flag", "restriction", "change", "other"))
STOP_AT_ONCE = tuple(message(f"nof1.stop-{name}") for name in ("wish", "flag", "top", "clinician"))
CONSENT = tuple(message(f"nof1.consent-{name}") for name in ("purpose", "draw", "stop", "yours", "diary"))


@dataclass(frozen=True)
class TrialItem:
    """An item by its number in the checklist, its name, and what there is to say to it."""

    number: str
    name: Message
    text: Message


def blinding(kind: str) -> Message:
    """What a control of that kind leaves to expectation."""
    return message(f"nof1.blinding-{kind}")


def spent(plan: TrialPlan) -> tuple[TrialItem, ...]:
    """The items of a protocol and what this plan says to each."""
    says = dict(_planned(plan))
    return tuple(
        TrialItem(number, message(f"nof1.spent-{number}"), says.get(number, OPEN)) for number in SPENT_ITEMS
    )


def cent(analysis: Analysis) -> tuple[TrialItem, ...]:
    """The items of a report and what this analysis says to each."""
    says = dict(_reported(analysis))
    return tuple(
        TrialItem(number, message(f"nof1.cent-{number}"), says.get(number, OPEN)) for number in CENT_ITEMS
    )


SPENT_ITEMS = (
    *(
        "1",
        "2a",
        "2b",
        "3",
        "4",
        "5a",
        "5b",
        "5c",
        "5d",
        "6a.1",
        "6a.2",
        "6b",
        "7",
        "8",
        "9",
        "10",
        "11a",
        "11b",
    ),
    *(
        "11c",
        "11d",
        "12",
        "13",
        "14",
        "15",
        "16a",
        "16b",
        "16c",
        "17a",
        "17b",
        "18a",
        "18b",
        "19",
        "20a",
        "20b",
    ),
    *(
        "20c",
        "21a",
        "21b",
        "22",
        "23",
        "24",
        "25",
        "26a",
        "26b",
        "27",
        "28",
        "29",
        "30",
        "31a",
        "31b",
        "31c",
        "32",
    ),
    "33",
)
CENT_ITEMS = (
    *(
        "1a",
        "1b",
        "2a.1",
        "2a.2",
        "2b",
        "3a",
        "3b",
        "4a",
        "4b",
        "4c",
        "5",
        "6a.1",
        "6a.2",
        "6b",
        "7a",
        "7b",
        "8a",
    ),
    *(
        "8b",
        "8c",
        "9",
        "10",
        "11a",
        "11b",
        "12a",
        "12b",
        "12c",
        "13a.1",
        "13a.2",
        "13b",
        "14a",
        "14b",
        "15",
        "16",
    ),
    *("17a.1", "17a.2", "17b", "18", "19", "20", "21", "22", "23", "24", "25"),
)


def _planned(plan: TrialPlan) -> Iterator[tuple[str, Message]]:
    arms = {"exposure": exposure_term(plan.exposure), "control": control_term(plan.control)}
    yield "1", message("nof1.title-text", **arms)
    yield "6a.2", _why(plan)
    yield "6b", blinding(plan.kind_of_control)
    yield "7", _question(plan)
    yield "8", _design(plan)
    yield "10", message("nof1.stop-at-once", reasons=NOT_WHILE)
    yield "11a", message("nof1.interventions", open=OPEN, **arms)
    yield "11b", message("nof1.stop-at-once", reasons=STOP_AT_ONCE)
    yield "12", _outcomes(plan)
    yield "13", message("nof1.timeline")
    yield "14", _size(plan)
    yield "15", NOT_A_SERIES
    yield "16a", message("nof1.order-text")
    yield "16b", message("nof1.order-text")
    yield "16c", message("nof1.who-knows", open=OPEN)
    yield "17a", blinding(plan.kind_of_control)
    yield "18a", message("nof1.timeline")
    yield "20a", message("nof1.analysis-text")
    yield "20b", message("nof1.carry-over")
    yield "20c", message("nof1.missing-text")
    yield "21b", _rule(plan)
    yield "22", message("nof1.harms-plan")
    yield "26a", message("nof1.stop-at-once", reasons=CONSENT)
    yield "31c", message("nof1.protocol-file")
    yield "33", DOES_NOT_APPLY


def _reported(analysis: Analysis) -> Iterator[tuple[str, Message]]:
    plan, reading = analysis.plan, analysis.primary
    arms = {"exposure": exposure_term(analysis.exposure), "control": control_term(analysis.control)}
    none_seen = message("nof1.none-seen", open=OPEN)
    yield "1a", message("nof1.title-text", **arms)
    yield "1b", trial_answer(analysis)
    yield "3b", none_seen
    yield "5", message("nof1.interventions", open=OPEN, **arms)
    yield "6b", none_seen
    yield "8c", message("nof1.sequence", words=", ".join(period.done for period in analysis.periods) or "–")
    yield "11a", blinding(analysis.control_is)
    yield "12a", message("nof1.analysis-text")
    yield "12b", NOT_A_SERIES
    yield "12c", message("nof1.carry-over")
    yield "13a.2", NOT_A_SERIES
    yield "13b", message("nof1.days-rated", rated=reading.rated, missing=reading.missing)
    yield "16", message("nof1.completed-elsewhere", periods=len(analysis.periods))
    yield "17a.1", message("nof1.in-the-table")
    if reading.decides is not None:
        yield "17a.2", shape_effect_message(reading.decides.effect)
    yield "17b", message("nof1.binary")
    if reading.test is not None:
        yield "18", draw_message(reading)
    yield "19", _harms(analysis)
    yield "20", blinding(analysis.control_is)
    yield "21", message("nof1.holds-for")
    yield "22", trial_answer(analysis)
    if reading.stopped is not None:
        yield "14b", message("nof1.ended-by-rule", says=says_message(reading.stopped.says))
    else:
        yield "14b", message("nof1.ended-otherwise", open=OPEN)
    yield from _of_the_plan(plan, analysis) if plan is not None else _of_the_table(analysis)


def _of_the_plan(plan: TrialPlan, analysis: Analysis) -> Iterator[tuple[str, Message]]:
    yield "2a.2", _why(plan)
    yield "2b", _question(plan)
    yield "3a", _design(plan)
    yield "6a.1", _outcomes(plan)
    yield "7a", _size(plan)
    yield "7b", _rule(plan)
    yield "8a", message("nof1.order-text")
    yield "8b", message("nof1.order-text")
    yield "9", message("nof1.order-drawn")
    yield "10", message("nof1.who-knows", open=OPEN)
    completed = message("nof1.completed", pairs=analysis.pairs, most=plan.stopping.pairs)
    yield "13a.1", message("nof1.stop-at-once", reasons=(completed, *analysis.deviations))
    if plan.starts_on is not None:
        yield "14a", message("nof1.started-on", date=plan.starts_on)
    if analysis.run_in:
        mean = sum(analysis.run_in) / len(analysis.run_in)
        yield "15", message("nof1.run-in-found", rated=len(analysis.run_in), mean=mean)
    yield "24", message("nof1.protocol-file")
    if analysis.registered is not None:
        yield "23", analysis.registered


def _of_the_table(analysis: Analysis) -> Iterator[tuple[str, Message]]:
    how = message(f"nof1.order-elsewhere-{analysis.drawn}")
    yield "8a", how
    yield "8b", how
    periods = message("nof1.completed-elsewhere", periods=len(analysis.periods))
    yield "13a.1", message("nof1.stop-at-once", reasons=(periods, *analysis.deviations))


def _why(plan: TrialPlan) -> Message:
    kind = "harm" if plan.stopping.asks == "harm" else "either"
    return message(f"nof1.why-{kind}", exposure=exposure_term(plan.exposure), outcome=plan.outcome)


def _question(plan: TrialPlan) -> Message:
    arms = {
        "outcome": plan.outcome,
        "exposure": exposure_term(plan.exposure),
        "control": control_term(plan.control),
    }
    if plan.schedule == "blocks":
        return message("nof1.question-blocks", day=plan.settling, **arms)
    return message("nof1.question-sessions", days=plan.response, **arms)


def _design(plan: TrialPlan) -> Message:
    periods = message(
        f"nof1.periods-{plan.schedule}",
        pairs=plan.stopping.pairs,
        gap=plan.gap,
        exposure=exposure_term(plan.exposure),
        control=control_term(plan.control),
        days=plan.days(),
        run_in=plan.run_in,
    )
    washout = message(f"nof1.washout-{plan.schedule}", days=plan.washout)
    kept = plan.gap % 7 == 0 and plan.schedule == "sessions"
    weekday = message("nof1.weekday-kept") if kept else message("nof1.weekday-moves")
    return message("nof1.design-text", periods=periods, washout=washout, weekday=weekday)


def _outcomes(plan: TrialPlan) -> Message:
    return message("nof1.outcomes", outcomes=tuple(_outcome(scale) for scale in plan.outcomes))


def _outcome(scale: Scale) -> Message:
    ends = {"outcome": scale, "low": scale.low, "high": scale.high}
    if scale.higher_is == "better":
        return message("nof1.outcome-of-better", **ends)
    return message("nof1.outcome-of", **ends)


def _size(plan: TrialPlan) -> Message:
    return message(
        "nof1.size-text",
        effect=points(plan.outcome, abs(plan.effect)),
        sigma=plan.assumed.sigma,
        percent=round(100 * plan.assumed.phi),
        whose=whose_message(plan),
    )


def _rule(plan: TrialPlan) -> Message:
    stop = plan.stopping
    return message(
        f"nof1.rule-{stop.asks}",
        first=stop.first,
        bound=bound_message(stop),
        safe=stop.safe,
        points=points(plan.outcome),
    )


def bound_message(stop: Stopping) -> Message:
    """Above which P(worse) or P(better) it stops: one number, or that of the first look and that of the last."""
    if stop.sure == stop.sure_last:
        return message("nof1.bound", sure=stop.sure)
    return message("nof1.bounds", first=stop.sure, last=stop.sure_last)


def _harms(analysis: Analysis) -> Message:
    """How many notes stand in the periods of each kind; what they say is in the table, as it was written."""
    kinds = {
        kind: [period for period in analysis.periods if period.exposed is kind] for kind in (True, False)
    }
    counts = {kind: sum(len(period.notes) for period in periods) for kind, periods in kinds.items()}
    return message(
        "nof1.harms-found",
        exposed=counts[True],
        exposed_periods=len(kinds[True]),
        exposure=exposure_term(analysis.exposure),
        others=counts[False],
        other_periods=len(kinds[False]),
        control=control_term(analysis.control),
        before=len(analysis.notes_before),
    )
