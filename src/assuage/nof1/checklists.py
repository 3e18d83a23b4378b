"""The items of SPENT 2019 (plan) and CENT 2015 (report) as far as a plan and a diary fill them; consent; safety.

SPENT: Porcino 2020, BMJ 368:m122. CENT: Vohra 2015, BMJ 350:h1738; Shamseer 2015, h1793. The items are restated in
our words. What the program cannot know is left open in the words OPEN, so that nobody takes a blank for an answer.
"""

from __future__ import annotations

from assuage.nof1.analyse import Analysis
from assuage.nof1.plan import TrialPlan

OPEN = "to be filled in by the people who run the trial"

# What the kind of control leaves to expectation.
BLINDING = {
    "nothing": (
        "Nobody can be blinded: the patient knows on which days something is done. Expectation alone can move what is "
        "rated (placebo, nocebo), and this trial cannot tell it from an effect. A sham or another treatment as control "
        "would."
    ),
    "sham": (
        "The control looks alike and is known by whoever does it. A patient who can tell them apart is not blinded, "
        "and expectation can then move what is rated: ask at the end which was which. Whoever reads the diary can be "
        "kept from the order until the analysis."
    ),
    "active": (
        "Both are treatments, so that being treated is the same in both; which of them it is can be hidden where they "
        "look alike (a pharmacy packs them). Where they do not, expectation of one over the other can move what is "
        "rated."
    ),
}

# What must be so before the first session, and what ends the trial at once; ours, and to be agreed with the patient.
NOT_WHILE = (
    "a red flag stands that nobody has cleared (new numbness, weakness, a new severe neck pain or headache)",
    "the pathway restricts this therapy and no clinician has decided otherwise, with a reason",
    "the pain is changing fast, in either direction: the run-in shows whether it is steady",
    "another treatment is being started, stopped or changed",
)
STOP_AT_ONCE = (
    "the patient wishes it, for whatever reason and without giving one",
    "new numbness, weakness, trouble speaking, seeing or walking, a new severe neck pain or headache: stop all manual "
    "work and have it examined the same day",
    "pain at the top of the scale for two days, or a flare that has not settled before the next session is due",
    "the clinician thinks that going on is not in the patient's interest",
)
CONSENT = (
    "It is tried on purpose to find out what this does to you. It may make you worse, for some days each time.",
    "A draw decides which periods are the one and which the other. Nobody chooses.",
    "You may stop at any time, without a reason, and your care stays as it is.",
    "What is found is about you. It may still be chance, and the number says how likely that is.",
    "Your diary is used for this question only, unless you agree to more in writing.",
)


def spent(plan: TrialPlan) -> list[tuple[str, str]]:
    """The items of a protocol and what this plan says to each."""
    stop = plan.stopping
    return [
        (
            "Why an N-of-1 trial",
            f"{_suspected(plan)} and was not given at random, so that chance, a turn of the illness and the reason for "
            "having it cannot be told from an effect. The question suits: a lasting problem, an effect that comes "
            "and goes.",
        ),
        ("Research or care; ethics committee", OPEN),
        (
            "Question",
            f"How many points of {plan.outcome} does {plan.exposure} add or take, beside {plan.control}, "
            f"{_when(plan)}?",
        ),
        (
            "Periods",
            f"Up to {stop.pairs} pairs of {_periods(plan)}, one with {plan.exposure} and one with {plan.control}; at "
            f"most {plan.days()} days.",
        ),
        ("Run-in", f"{plan.run_in} days of diary without {plan.exposure}"),
        (
            "Washout",
            f"The first {plan.washout} days of a block are rated and not counted."
            if plan.schedule == "blocks"
            else f"{plan.washout} days between the last day on which a session is looked for first and the next "
            "session; a late effect is looked for on them. One that lasts longer would be put down to the next "
            "session.",
        ),
        (
            "Weekdays",
            "Sessions keep to one weekday and cannot be told from it"
            if plan.gap % 7 == 0 and plan.schedule == "sessions"
            else "Periods move through the week, or cover it; the model has a weekly cycle.",
        ),
        (
            "Order",
            "A fair coin for each pair, drawn by the program. The seed and the order are in a file of their own; the "
            "plan holds only a seal (SHA-256) that shows later that nothing was redrawn.",
        ),
        (
            "Who knows the order",
            "Whoever books the sessions. Not the clinician who judges, not the patient ahead of the day. Names: "
            + OPEN,
        ),
        ("Blinding", BLINDING[plan.kind_of_control]),
        (
            "Outcome and schedule",
            "; ".join(
                f"{scale}, {scale.range_in_words}, higher is {scale.higher_is}" for scale in plan.outcomes
            )
            + ". Once a day in the evening for that day. The first decides.",
        ),
        (
            "Size",
            f"Planned for {plan.effect:g} points, an SD of {plan.assumed.sigma:g} within the patient, of which "
            f"{plan.assumed.phi:.0%} is left a day later. These numbers are {plan.assumed.whose}",
        ),
        (
            "Analysis",
            "Regression with a weekly cycle and noise that remembers (AR(1) and a rating's own), missing days left out "
            "exactly; the effect may come on the same day, fade, stay or come late, and these shapes are weighed by "
            "how well they explain the diary. The draw repeated (a randomisation test) stands beside it, and where it "
            "speaks against no difference there is no such verdict. Analysed as drawn.",
        ),
        (
            "When it stops by itself",
            f"Looked at after each pair from {stop.first} on. {_rule(plan)}",
        ),
        ("When it is stopped at once", "; ".join(STOP_AT_ONCE)),
        ("Not begun while", "; ".join(NOT_WHILE)),
        (
            "Carry-over and trends",
            "Late effects are looked for as shapes of their own; a trend is in the model after 21 days.",
        ),
        (
            "Missing days",
            "Left out, never filled. Missing because pain was bad would make harm look smaller.",
        ),
        ("Harms", "Written down in the diary's column note, by day, and reported by period"),
        ("Registration, funding, data access", OPEN),
    ]


def _suspected(plan: TrialPlan) -> str:
    if plan.stopping.asks == "harm":
        return f"{plan.exposure} is suspected of making {plan.outcome} worse"
    return f"{plan.exposure} may make {plan.outcome} better or worse"


def _when(plan: TrialPlan) -> str:
    if plan.schedule == "blocks":
        return f"from day {plan.settling} of a block on"
    return f"on the same day and the {plan.response} days after it"


def _periods(plan: TrialPlan) -> str:
    if plan.schedule == "blocks":
        return f"blocks of {plan.gap} days"
    return f"sessions {plan.gap} days apart"


def _rule(plan: TrialPlan) -> str:
    stop = plan.stopping
    worth = f"{plan.worth:g} {'point' if plan.worth == 1 else 'points'}"
    if stop.asks == "harm":
        return (
            f"For harm when P(worse) is above {stop.sure:g}; for safety when the probability of {worth} worse is below "
            f"{stop.safe:g} wherever an effect may lie."
        )
    return (
        f"For harm when P(worse), and for benefit when P(better), is above {stop.sure:g}; for no difference when the "
        f"probability of {worth} is below {stop.safe:g} both ways, wherever an effect may lie."
    )


def cent(analysis: Analysis) -> list[tuple[str, str]]:
    """The items of a report and what this analysis says to each."""
    plan, reading = analysis.plan, analysis.primary
    moved = "; ".join(analysis.deviations) or "none written down"
    return [
        (
            "Design",
            f"Randomised N-of-1 trial, pairs of {plan.exposure} and {plan.control}. {BLINDING[plan.kind_of_control]}",
        ),
        (
            "Periods completed",
            f"{analysis.pairs} of at most {plan.stopping.pairs} pairs of {_periods(plan)}, washout {plan.washout} days",
        ),
        ("Order", "Drawn beforehand; the order analysed has the seal of the plan"),
        (
            "Changes to the plan",
            "none that the program can see; others: " + OPEN,
        ),
        ("Sessions not as drawn", moved),
        ("Missing data", f"{reading.rated} days rated, {reading.missing} not"),
        (
            "Carry-over and trends",
            "shapes of the effect from the same day to late, weekly cycle, a trend after 21 days",
        ),
        ("Outcome of every period", "in the table of periods"),
        ("Harms", _notes(analysis)),
        (
            "Why it ended",
            f"its rule said stop: {reading.stopped.says}"
            if reading.stopped
            else "it has not been stopped by its rule; otherwise: " + OPEN,
        ),
        ("Decision taken afterwards", OPEN),
        (
            "For whom it holds",
            "For this patient, in the state in which the trial was held. Not for others, nor for another phase.",
        ),
    ]


def _notes(analysis: Analysis) -> str:
    """How many notes stand in the periods of each kind; what they say is in the table, as it was written."""
    plan = analysis.plan
    counts = {exposed: [p for p in analysis.periods if p.exposed is exposed] for exposed in (True, False)}
    said = "; ".join(
        f"{sum(len(period.notes) for period in periods)} notes in {len(periods)} periods with {name}"
        for periods, name in ((counts[True], plan.exposure), (counts[False], plan.control))
    )
    return f"{said}; {len(analysis.notes_before)} before the first. Whether a note is a harm is judged by people."
