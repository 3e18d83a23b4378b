"""A re-challenge as people read it: the protocol in Markdown, the analysis in Markdown, the blank diary."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from assuage.nof1 import checklists
from assuage.nof1.analyse import Analysis, Look, OutcomeReading, ShapeEffect
from assuage.nof1.draws import RandomisationTest
from assuage.nof1.layout import EffectShape
from assuage.nof1.plan import TrialPlan
from assuage.nof1.power import OperatingCharacteristics

WENT_ON = "The trial went on after its rule said stop; the verdict is that of the first stop."


def protocol(
    plan: TrialPlan,
    formula: dict[int, float],
    needed: int | None,
    characteristics: list[OperatingCharacteristics],
) -> str:
    """The protocol: the SPENT items, consent, and what the trial can show."""
    lines = [f"# Trial of one: {plan.exposure} against {plan.control}", ""]
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
            f"| true effect | called harm | called benefit | called no difference | undecided | periods of "
            f"{plan.exposure}, median (mean) |",
            "|---|---|---|---|---|---|",
        ]
        lines += [
            f"| {row.effect:g} points | {row.harm:.1%} | {row.benefit:.1%} | {row.safe:.1%} | {row.undecided:.1%} "
            f"| {row.median_active:g} ({row.mean_active:.1f}) |"
            for row in characteristics
        ]
    return lines


def blank_diary(plan: TrialPlan) -> str:
    """The diary to be filled in: a row a day, without the order."""
    codes = [scale.code for scale in plan.outcomes]
    rows = [",".join(("day", "date", *codes, "done", "note"))]
    for day in range(plan.days()):
        on = plan.date_of(day).split(" ")[0] if plan.starts_on else ""
        rows.append(f"{day},{on},{',' * len(codes)},")
    return "\n".join(rows) + "\n"


def verdict(analysis: Analysis) -> str:
    """The one sentence: what the trial says so far."""
    plan = analysis.plan
    said = ("Stop: " if analysis.primary.stopped else "") + verdict_on(analysis, analysis.primary)
    if analysis.primary.verdict in ("harm", "benefit") and plan.kind_of_control == "nothing":
        return f"{said} It may be the expectation: against {plan.control} nobody is blinded."
    return said


def verdict_on(analysis: Analysis, reading: OutcomeReading) -> str:
    """What the trial says of one outcome."""
    plan, outcome = analysis.plan, reading.outcome
    worth = f"{reading.worth:g} {'point' if reading.worth == 1 else 'points'}"
    match reading.verdict:
        case "harm":
            return (
                f"{plan.exposure}, given at random, made {outcome} worse than {plan.control} in this patient."
            )
        case "benefit":
            return f"{plan.exposure}, given at random, made {outcome} better than {plan.control} in this patient."
        case "no difference":
            return (
                f"Between {plan.exposure} and {plan.control}, given at random, there is no difference of {worth} in "
                f"{outcome} in this patient, as far as this trial can see."
            )
        case "no worthwhile harm":
            return (
                f"{plan.exposure}, given at random, did not make {outcome} worse by {worth} in this patient, as far as "
                "this trial can see."
            )
        case "too early":
            return reading.refusal or "Too early to say."
        case _:
            if analysis.pairs >= plan.stopping.pairs:
                return f"Undecided: all pairs are done, and nothing is shown of {outcome}."
            return "Undecided so far: go on, unless the patient wishes to stop."


def shape_in_words(shape: EffectShape) -> str:
    """When an effect of this shape is there; day 0 is the first of a period."""
    span = f"day {shape.first}" if shape.first == shape.last else f"days {shape.first} to {shape.last}"
    match shape.name:
        case "fading":
            return f"fading from day {shape.first} on"
        case "rising":
            return f"growing over {span}"
        case "falling":
            return f"wearing off over {span}"
        case "late":
            return f"late, on {span}"
        case _:
            return f"on {span}"


def effect_in_words(effect: ShapeEffect) -> str:
    """`fading from day 1 on: +1.9 points (95 % +0.8 to +3.0)`."""
    interval = f"95 % {effect.low:+.1f} to {effect.high:+.1f}"
    return f"{shape_in_words(effect.shape)}: {effect.estimate:+.1f} points ({interval})"


def look_in_words(look: Look) -> str:
    """One look as a line."""
    against = " (the draw repeated speaks against no difference)" if look.contradicted else ""
    return (
        f"after {look.pairs} pairs: {effect_in_words(look.effect)}; P(worse) {look.worse:.3f}, P(better) "
        f"{look.better:.3f}: {_SAYS[look.says]}{against}"
    )


_SAYS = {
    "go on": "go on",
    "harm": "stop for harm",
    "benefit": "stop for benefit",
    "no difference": "stop, no difference",
    "no worthwhile harm": "stop for safety",
}

PERIOD = ("pair", "day", "done", "ratings from the first counted day on", "mean", "notes")


def period_rows(analysis: Analysis) -> list[tuple[str, ...]]:
    """The periods, what was rated in them and what was noted, as the cells of a table."""
    rows: list[tuple[str, ...]] = []
    for period in analysis.periods:
        rated = ", ".join("–" if value is None else f"{value:g}" for value in period.ratings)
        response = "not rated" if period.response is None else f"{period.response:.1f}"
        notes = "; ".join(f"day {day}: {text}" for day, text in period.notes)
        rows.append((str(period.pair), str(period.day), period.done, rated, response, notes))
    return rows


def test_in_words(test: RandomisationTest, shape: EffectShape) -> str:
    """The draw repeated: at the look that decides, and with the stopping rule."""
    orders = f"all {test.orders} orders" if test.every else f"{test.orders} orders drawn by chance"
    said = (
        f"Over {orders} of the draw, two-sided p {test.p:.3g}: so many would have lain as far from none by chance. "
        f"Farthest lies an effect {shape_in_words(shape)}, {abs(test.z):.1f} standard errors towards "
        f"{'worse' if test.z > 0 else 'better'}. The smallest p that {test.pairs} pairs can give is "
        f"{test.smallest:.3g}. "
        f"With the stopping rule replayed p is {test.replayed:.3g} (at least {test.replayed_smallest:.3g})."
    )
    return f"{said} It speaks against a verdict of no difference." if test.contradicts else said


def analysis_report(analysis: Analysis) -> str:
    """The whole analysis in Markdown, with the CENT items."""
    plan, reading = analysis.plan, analysis.primary
    lines = [f"# {plan.exposure} against {plan.control}: what the trial showed", "", verdict(analysis), ""]
    if reading.looks:
        lines += ["## Looks", "", *(f"- {look_in_words(look)}" for look in reading.looks), ""]
        if analysis.went_on:
            lines += [WENT_ON, ""]
    if reading.test is not None:
        farthest = reading.effects[reading.test.farthest].shape
        lines += ["## The draw repeated", "", test_in_words(reading.test, farthest), ""]
    if reading.effects:
        lines += [
            "## When it comes",
            "",
            "Each read as if it were the only one; day 0 is the first of a period.",
            "",
        ]
        lines += [*(f"- {effect_in_words(effect)}" for effect in reading.effects), ""]
    if analysis.others:
        lines += ["## Other outcomes", "", "They stop nothing, and were not corrected for being several.", ""]
        lines += [f"- {outcome_in_words(analysis, other)}" for other in analysis.others]
        lines += [""]
    lines += ["## Periods", "", f"| {' | '.join(PERIOD)} |", "|---|---|---|---|---|---|"]
    lines += [f"| {' | '.join(row)} |" for row in period_rows(analysis)]
    lines += ["", "## Report (CENT 2015)", ""]
    for name, text in checklists.cent(analysis):
        lines += [f"**{name}.** {text.rstrip('.')}.", ""]
    return "\n".join(lines)


def outcome_in_words(analysis: Analysis, reading: OutcomeReading) -> str:
    """The verdict on an outcome that stops nothing, with the look it rests on."""
    said = verdict_on(analysis, reading)
    return said if reading.decides is None else f"{said} {look_in_words(reading.decides)}"


def to_json(analysis: Analysis) -> dict[str, Any]:
    """The analysis as JSON holds it."""
    return {
        "format": "assuage-nof1-analysis/2",
        "exposure": analysis.plan.exposure,
        "control": analysis.plan.control,
        "control_is": analysis.plan.kind_of_control,
        "pairs": analysis.pairs,
        "text": verdict(analysis),
        **_reading_to_json(analysis.primary),
        "others": [_reading_to_json(other) for other in analysis.others],
        "periods": [asdict(period) for period in analysis.periods],
        "notes_before": [list(note) for note in analysis.notes_before],
        "deviations": list(analysis.deviations),
        "cent": [{"item": name, "text": text} for name, text in checklists.cent(analysis)],
    }


def _reading_to_json(reading: OutcomeReading) -> dict[str, Any]:
    return {
        "outcome": reading.outcome.code,
        "rated": reading.rated,
        "missing": reading.missing,
        "verdict": reading.verdict,
        "stopped_after": None if reading.stopped is None else reading.stopped.pairs,
        "looks": [asdict(look) | {"effect": _effect_to_json(look.effect)} for look in reading.looks],
        "effects": [_effect_to_json(effect) for effect in reading.effects],
        "randomisation": None
        if reading.test is None
        else {
            name: value for name, value in asdict(reading.test).items() if name not in ("piles", "farthest")
        }
        | {"shape": shape_in_words(reading.effects[reading.test.farthest].shape)},
    }


def _effect_to_json(effect: ShapeEffect) -> dict[str, Any]:
    shape = effect.shape
    return {
        "shape": shape.name,
        "first": shape.first,
        "last": shape.last,
        "estimate": effect.estimate,
        "low": effect.low,
        "high": effect.high,
    }
