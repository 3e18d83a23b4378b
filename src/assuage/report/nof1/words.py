"""A re-challenge as people read it: the protocol in Markdown, the analysis in Markdown, the blank diary."""

from __future__ import annotations

from typing import Any

from assuage.nof1 import checklists
from assuage.nof1.analyse import Analysis, Look, Permutation
from assuage.nof1.plan import TrialPlan
from assuage.nof1.power import OperatingCharacteristics

WHAT_THE_TEST_SAYS = (
    "With {pairs} pairs the smallest p this test can ever give is {smallest:.3g}; it looks once and knows nothing of "
    "the stopping rule."
)
WENT_ON = "The trial went on after its rule said stop; the verdict is that of the first stop."
WITH_THE_RULE = (
    "With the stopping rule replayed over {orders} of the draw: one-sided p {p:.3g} that an order which changes "
    "nothing would speak as loudly of harm (the smallest that these pairs could give is {smallest:.3g})."
)


def protocol(
    plan: TrialPlan,
    formula: dict[int, float],
    needed: int | None,
    characteristics: list[OperatingCharacteristics],
) -> str:
    """The protocol: the SPENT items, consent, and what the trial can show."""
    lines = [f"# Randomised re-challenge: {plan.exposure}", ""]
    lines += ["Not a medical device. A clinician and the patient decide whether this is done at all.", ""]
    lines += ["## Protocol (SPENT 2019)", ""]
    for name, text in checklists.spent(plan):
        lines += [f"**{name}.** {text if text[-1] in '.?' else f'{text}.'}", ""]
    lines += ["## What it can show", "", *power_lines(plan, formula, needed, characteristics), ""]
    lines += [
        "## For the patient, before agreeing",
        "",
        *(f"- {sentence}" for sentence in checklists.CONSENT),
        "",
    ]
    lines += ["Signed, with the date: ______________________", ""]
    lines += ["## Days", ""]
    lines += [
        f"- pair {pair + 1}: {plan.date_of(plan.occasions(pair)[0])} and {plan.date_of(plan.occasions(pair)[1])}"
        for pair in range(plan.stopping.pairs)
    ]
    lines += ["", f"Seal of the order: `{plan.seal}`", ""]
    return "\n".join(lines)


def power_lines(
    plan: TrialPlan,
    formula: dict[int, float],
    needed: int | None,
    characteristics: list[OperatingCharacteristics],
) -> list[str]:
    """What the plan can show, in a list and a table of Markdown."""
    enough = "more than 60 pairs" if needed is None else f"{needed} pairs"
    lines = [
        f"By formula (noise known, one look, 5 % two-sided): {enough} for 80 % power to see {plan.effect:g} points; "
        + ", ".join(f"{pairs} pairs {power:.0%}" for pairs, power in formula.items())
        + ". Below five pairs the formula is too hopeful.",
        "",
        f"The noise: SD {plan.assumed.sigma:.2g}, share left a day later {plan.assumed.phi:.2g}, a rating's own share "
        f"{plan.assumed.kappa:.2g}, level {plan.assumed.level:.2g}, missing days {plan.assumed.missing:.0%}; these are "
        f"{plan.assumed.whose}.",
        "",
    ]
    if characteristics:
        lines += [
            f"By simulation of {characteristics[0].trials} trials with the stopping rule:",
            "",
            f"| true effect | called harm | called safe | undecided | sessions of {plan.exposure}, median (mean) |",
            "|---|---|---|---|---|",
        ]
        lines += [
            f"| {row.effect:g} points | {row.harm:.1%} | {row.safe:.1%} | {row.undecided:.1%} "
            f"| {row.median_active:g} ({row.mean_active:.1f}) |"
            for row in characteristics
        ]
    return lines


def blank_diary(plan: TrialPlan) -> str:
    """The diary to be filled in: a row a day, without the order."""
    rows = [f"day,date,{plan.outcome.code},done,note"]
    for day in range(plan.days()):
        on = plan.date_of(day).split(" ")[0] if plan.starts_on else ""
        rows.append(f"{day},{on},,,")
    return "\n".join(rows) + "\n"


def verdict(analysis: Analysis) -> str:
    """The one sentence: what the trial says so far."""
    plan = analysis.plan
    match analysis.verdict:
        case "harm":
            return (
                f"Stop: {plan.exposure}, given at random, raised {plan.outcome} in this patient "
                "(pressure or expectation: it was not blinded)."
            )
        case "no worthwhile harm":
            return (
                f"Stop: {plan.exposure}, given at random, did not raise {plan.outcome} by as much as a point in this "
                "patient, as far as this trial can see."
            )
        case "too early":
            return analysis.refusal or "Too early to say."
        case _:
            if analysis.pairs >= plan.stopping.pairs:
                return "Undecided: all pairs are done, and neither harm nor safety is shown."
            return "Undecided so far: go on, unless the patient wishes to stop."


def look_in_words(look: Look) -> str:
    """One look as a line."""
    return (
        f"after {look.pairs} pairs: {look.estimate:+.1f} points (95 % {look.low:+.1f} to {look.high:+.1f}), "
        f"P(a rise) {look.p_gt_0:.3f}, P(more than 1 point) {look.p_gt_1:.3f}: {look.says}"
    )


PERIOD = ("pair", "day", "done", "the three days after", "response")


def period_rows(analysis: Analysis) -> list[tuple[str, ...]]:
    """The sessions and what was rated after them, as the cells of a table."""
    rows: list[tuple[str, ...]] = []
    for period in analysis.periods:
        after_it = ", ".join("–" if value is None else f"{value:g}" for value in period.ratings)
        response = "not rated" if period.response is None else f"{period.response:.1f}"
        rows.append((str(period.pair), str(period.day), period.done, after_it, response))
    return rows


def test_in_words(test: Permutation) -> str:
    """The permutation test: looked at once, and with the stopping rule."""
    sentences = [
        f"Mean difference within pairs {test.statistic:+.1f} points, two-sided p {test.p:.3g}.",
        WHAT_THE_TEST_SAYS.format(pairs=test.pairs, smallest=test.smallest),
    ]
    if test.replayed is not None:
        replayed = test.replayed
        orders = f"all {replayed.orders} orders" if replayed.every else f"{replayed.orders} random orders"
        sentences.append(WITH_THE_RULE.format(orders=orders, p=replayed.p, smallest=replayed.smallest))
    if test.left_out:
        sentences.append(f"{test.left_out} pairs without a rating were left out.")
    return " ".join(sentences)


def went_on(analysis: Analysis) -> bool:
    """Whether the diary goes on after its rule said stop."""
    return analysis.stopped is not None and any(
        look.pairs > analysis.stopped.pairs for look in analysis.looks
    )


def analysis_report(analysis: Analysis) -> str:
    """The whole analysis in Markdown, with the CENT items."""
    plan = analysis.plan
    lines = [f"# Re-challenge with {plan.exposure}: what it showed", "", verdict(analysis), ""]
    if analysis.looks:
        lines += ["## Looks", "", *(f"- {look_in_words(look)}" for look in analysis.looks), ""]
        if went_on(analysis):
            lines += [WENT_ON, ""]
    if analysis.permutation is not None:
        lines += ["## Permutation test", "", test_in_words(analysis.permutation), ""]
    lines += ["## Periods", "", f"| {' | '.join(PERIOD)} |", "|---|---|---|---|---|"]
    lines += [f"| {' | '.join(row)} |" for row in period_rows(analysis)]
    lines += ["", "## Report (CENT 2015)", ""]
    for name, text in checklists.cent(analysis):
        lines += [f"**{name}.** {text.rstrip('.')}.", ""]
    return "\n".join(lines)


def to_json(analysis: Analysis) -> dict[str, Any]:
    """The analysis as JSON holds it."""
    from dataclasses import asdict

    test = analysis.permutation
    return {
        "format": "assuage-nof1-analysis/1",
        "exposure": analysis.plan.exposure,
        "control": analysis.plan.control,
        "outcome": analysis.plan.outcome.code,
        "pairs": analysis.pairs,
        "rated": analysis.rated,
        "missing": analysis.missing,
        "verdict": analysis.verdict,
        "text": verdict(analysis),
        "stopped_after": None if analysis.stopped is None else analysis.stopped.pairs,
        "looks": [asdict(look) for look in analysis.looks],
        "permutation": None
        if test is None
        else {name: value for name, value in asdict(test).items() if name != "sizes"},
        "periods": [asdict(period) for period in analysis.periods],
        "deviations": list(analysis.deviations),
        "cent": [{"item": name, "text": text} for name, text in checklists.cent(analysis)],
    }
