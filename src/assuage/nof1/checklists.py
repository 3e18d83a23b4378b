"""The items of SPENT 2019 (plan) and CENT 2015 (report) as far as a plan and a diary fill them; consent; safety.

SPENT: Porcino 2020, BMJ 368:m122. CENT: Vohra 2015, BMJ 350:h1738; Shamseer 2015, h1793. The items are restated in
our words. What the program cannot know is left open in the words OPEN, so that nobody takes a blank for an answer.
"""

from __future__ import annotations

from assuage.nof1.analyse import Analysis
from assuage.nof1.plan import RESPONSE_DAYS, TrialPlan

OPEN = "to be filled in by the people who run the trial"

BLINDING = (
    "Nobody can be blinded: a patient feels how hard a hand presses, and so does whoever presses. Expectation alone "
    "can raise pain (nocebo), and this trial cannot tell it from pressure. Light touch as control makes the visit "
    "alike, not the touch. Whoever reads the diary can be kept from the order until the analysis."
)

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
    "It is tried on purpose to find out whether this makes your pain worse. It may make it worse, for some days each "
    "time.",
    "A draw decides which sessions are the one and which the other. Nobody chooses, and you will know on the day which "
    "it is: this cannot be hidden.",
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
            f"{plan.exposure} is suspected of making {plan.outcome} worse and was not given at random, so that "
            "chance, a turn of the illness and the reason for having it cannot be told from an effect. The "
            f"question suits: a lasting problem, an effect that comes within {RESPONSE_DAYS} days and goes.",
        ),
        ("Research or care; ethics committee", OPEN),
        (
            "Question",
            f"How many points of {plan.outcome} come with {plan.exposure}, beside {plan.control}, in the "
            f"{RESPONSE_DAYS} days after it?",
        ),
        (
            "Periods",
            f"Up to {stop.pairs} pairs of sessions, one with {plan.exposure} and one with {plan.control}, {plan.gap} "
            f"days apart; at most {plan.days()} days.",
        ),
        ("Run-in", f"{plan.run_in} days of diary without {plan.exposure}"),
        (
            "Washout",
            f"{plan.washout} days between the last day on which a session is looked for and the next session. An "
            "effect that lasts longer would be put down to the next session.",
        ),
        (
            "Weekdays",
            "Sessions keep to one weekday and cannot be told from it"
            if plan.gap % 7 == 0
            else "The gap is no whole number of weeks, so that sessions move through the week; the model has a "
            "weekly cycle.",
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
        ("Blinding", BLINDING),
        (
            "Outcome and schedule",
            f"{plan.outcome}, {plan.outcome.range_in_words}, once a day in the evening for that day",
        ),
        (
            "Size",
            f"Planned for {plan.effect:g} points, an SD of {plan.assumed.sigma:g} within the patient, of which "
            f"{plan.assumed.phi:.0%} is left a day later. These numbers are {plan.assumed.whose}",
        ),
        (
            "Analysis",
            "Regression with a weekly cycle and noise that remembers (AR(1) and a rating's own), missing days left out "
            "exactly; a permutation test over the draw beside it. Analysed as drawn.",
        ),
        (
            "When it stops by itself",
            f"Looked at after each pair from {stop.first} on. For harm when the probability of a rise is above "
            f"{stop.harm:g}; for safety when the probability of more than 1 point is below {stop.safe:g}.",
        ),
        ("When it is stopped at once", "; ".join(STOP_AT_ONCE)),
        ("Not begun while", "; ".join(NOT_WHILE)),
        (
            "Carry-over and trends",
            "The effect is taken to fade over three days (1, a half, a quarter); a trend is in the model after 21 "
            "days.",
        ),
        (
            "Missing days",
            "Left out, never filled. Missing because pain was bad would make harm look smaller.",
        ),
        ("Harms", "Written down in the diary's column note, by day, and reported by period"),
        ("Registration, funding, data access", OPEN),
    ]


def cent(analysis: Analysis) -> list[tuple[str, str]]:
    """The items of a report and what this analysis says to each."""
    plan, rated = analysis.plan, analysis.rated
    moved = "; ".join(analysis.deviations) or "none written down"
    return [
        (
            "Design",
            f"Randomised N-of-1 trial, pairs of {plan.exposure} and {plan.control}, not blinded. {BLINDING}",
        ),
        (
            "Periods completed",
            f"{analysis.pairs} of at most {plan.stopping.pairs} pairs; {plan.gap} days apart, washout "
            f"{plan.washout} days",
        ),
        ("Order", "Drawn beforehand; the order analysed has the seal of the plan"),
        (
            "Changes to the plan",
            "none that the program can see; others: " + OPEN,
        ),
        ("Sessions not as drawn", moved),
        ("Missing data", f"{rated} days rated, {analysis.missing} not"),
        (
            "Carry-over and trends",
            "fading effect over three days, weekly cycle, a trend after 21 days; not tested otherwise",
        ),
        ("Outcome of every period", "in the table of periods"),
        ("Harms", OPEN),
        (
            "Why it ended",
            analysis.stopped.says
            if analysis.stopped
            else "it has not been stopped by its rule; otherwise: " + OPEN,
        ),
        ("Decision taken afterwards", OPEN),
        (
            "For whom it holds",
            "For this patient, in the state in which the trial was held. Not for others, nor for another phase.",
        ),
    ]
