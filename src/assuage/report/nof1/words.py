"""A trial of one as people read it: the protocol in Markdown, the analysis in Markdown, the blank diary; and JSON."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from typing import Any

from assuage.catalogue.message import Message, message
from assuage.catalogue.read import Catalogue
from assuage.nof1 import checklists
from assuage.nof1.analyse import Analysis, OutcomeReading, ShapeEffect
from assuage.nof1.messages import (
    draw_message,
    look_message,
    outcome_answer,
    points,
    shape_effect_message,
    shape_message,
    slow_waves_message,
    trial_answer,
    whose_message,
)
from assuage.nof1.plan import TrialPlan, control_term
from assuage.nof1.power import OperatingCharacteristics, pairs_of_trial
from assuage.terms.spoken import exposure_term
from assuage.words.speak import ENGLISH, said_in, translation_note

WENT_ON = message("nof1.went-on")
PERIOD = tuple(message(f"nof1.column-{name}") for name in ("pair", "day", "done", "ratings", "mean", "notes"))
SHAPES_ALONE, OTHERS_STOP_NOTHING = message("nof1.shapes-alone"), message("nof1.others-stop-nothing")


def heading(name: str) -> Message:
    """The heading of a part."""
    return message(f"nof1.heading-{name}")


def subject(analysis: Analysis) -> Message:
    """What was compared."""
    return message(
        "nof1.subject", exposure=exposure_term(analysis.exposure), control=control_term(analysis.control)
    )


def protocol(
    plan: TrialPlan,
    formula: dict[int, float],
    needed: int | None,
    characteristics: list[OperatingCharacteristics],
    speaking: Catalogue = ENGLISH,
) -> str:
    """The protocol: the SPENT items, consent, and what the trial can show."""
    say = speaking.say
    title = message(
        "nof1.protocol-title", exposure=exposure_term(plan.exposure), control=control_term(plan.control)
    )
    lines = [f"# {say(title)}", "", str(say(message("nof1.not-a-device"))), ""]
    lines += [f"## {say(heading('spent'))}", "", *item_lines(checklists.spent(plan), speaking)]
    lines += [
        f"## {say(heading('power'))}",
        "",
        *power_lines(plan, formula, needed, characteristics, speaking),
        "",
    ]
    lines += [
        f"## {say(heading('consent'))}",
        "",
        *(f"- {say(sentence)}" for sentence in checklists.CONSENT),
        "",
    ]
    lines += [str(say(message("nof1.signed"))), "", f"## {say(heading('days'))}", ""]
    lines += [
        f"- {say(message('nof1.pair-days', pair=pair + 1, first=_on(plan, first), second=_on(plan, second)))}"
        for pair in range(plan.stopping.pairs)
        for first, second in [plan.occasions(pair)]
    ]
    lines += ["", str(say(message("nof1.seal", seal=f"`{plan.seal}`"))), ""]
    if unchecked := translation_note(speaking):
        lines += [str(unchecked), ""]
    return "\n".join(lines)


def _on(plan: TrialPlan, day: int) -> Message:
    if plan.starts_on is None:
        return message("nof1.on-day", day=day)
    return message("nof1.on-date", date=date.fromordinal(plan.starts_on.toordinal() + day), day=day)


def item_lines(items: tuple[checklists.TrialItem, ...], speaking: Catalogue = ENGLISH) -> list[str]:
    """The items of a checklist as Markdown."""
    lines: list[str] = []
    for item in items:
        text = str(speaking.say(item.text))
        ends = "" if text and text[-1] in ".?" else "."
        lines += [f"**{item.number} {speaking.say(item.name)}.** {text}{ends}", ""]
    return lines


def power_lines(
    plan: TrialPlan,
    formula: dict[int, float],
    needed: int | None,
    characteristics: list[OperatingCharacteristics],
    speaking: Catalogue = ENGLISH,
) -> list[str]:
    """What the plan can show, in a list and a table of Markdown."""
    say, assumed = speaking.say, plan.assumed
    enough = message("nof1.power-too-many") if needed is None else message("nof1.power-enough", pairs=needed)
    powers = tuple(
        message("nof1.power-of", pairs=pairs, percent=round(100 * power)) for pairs, power in formula.items()
    )
    effect, planned = points(plan.outcome, abs(plan.effect)), plan.stopping.pairs
    noise = message(
        "nof1.noise",
        sigma=assumed.sigma,
        phi=assumed.phi,
        kappa=assumed.kappa,
        level=assumed.level,
        missing=round(100 * assumed.missing),
        whose=whose_message(plan),
    )
    lines = [
        str(say(message("nof1.power-formula", enough=enough, effect=effect, powers=powers))),
        "",
        str(say(message("nof1.power-of-trial", effect=effect, pairs=pairs_of_trial(plan), planned=planned))),
        "",
        str(say(noise)),
        "",
    ]
    if not characteristics:
        return lines
    lines += [str(say(message("nof1.by-simulation", trials=characteristics[0].trials))), ""]
    columns = [message(f"nof1.power-{name}") for name in ("effect", "harm", "benefit", "safe", "undecided")]
    columns.append(message("nof1.power-active", exposure=exposure_term(plan.exposure)))
    lines += [f"| {' | '.join(str(say(column)) for column in columns)} |", "|---" * len(columns) + "|"]
    for row in characteristics:
        shares = (
            f"{speaking.decimals(100 * share, 1)} %"
            for share in (row.harm, row.benefit, row.safe, row.undecided)
        )
        active = f"{speaking.number(row.median_active)} ({speaking.decimals(row.mean_active, 1)})"
        lines.append(f"| {speaking.number(row.effect)} | {' | '.join(shares)} | {active} |")
    return lines


def blank_diary(plan: TrialPlan) -> str:
    """The diary to be filled in: a row a day, without the order."""
    codes = [scale.code for scale in plan.outcomes]
    rows = [",".join(("day", "date", *codes, "done", "note"))]
    for day in range(plan.days()):
        on = plan.date_of(day).split(" ")[0] if plan.starts_on else ""
        rows.append(f"{day},{on},{',' * len(codes)},")
    return "\n".join(rows) + "\n"


def period_rows(analysis: Analysis, speaking: Catalogue = ENGLISH) -> list[tuple[str, ...]]:
    """The periods, what was rated in them and what was noted, as the cells of a table."""
    rows: list[tuple[str, ...]] = []
    for period in analysis.periods:
        rated = ", ".join("–" if value is None else speaking.number(value) for value in period.ratings)
        response = (
            str(speaking.say(message("nof1.not-rated")))
            if period.response is None
            else speaking.decimals(period.response, 1)
        )
        notes = "; ".join(_note(note, speaking) for note in period.notes)
        rows.append((str(period.pair), str(period.day), period.done, rated, response, notes))
    return rows


def _note(note: tuple[int, str], speaking: Catalogue) -> str:
    return str(speaking.say(message("nof1.note", day=note[0], text=note[1])))


def analysis_report(analysis: Analysis, speaking: Catalogue = ENGLISH) -> str:
    """The whole analysis in Markdown, with the CENT items."""
    say, reading = speaking.say, analysis.primary
    lines = [f"# {say(subject(analysis))}", "", str(say(trial_answer(analysis))), ""]
    if analysis.waves_taken_out:
        lines += [str(say(slow_waves_message(analysis))), ""]
    if reading.looks:
        lines += [
            f"## {say(heading('looks'))}",
            "",
            *(f"- {say(look_message(look))}" for look in reading.looks),
            "",
        ]
        if analysis.went_on:
            lines += [str(say(WENT_ON)), ""]
    if reading.test is not None:
        lines += [f"## {say(heading('test'))}", "", str(say(draw_message(reading))), ""]
    if reading.effects:
        lines += [f"## {say(heading('shapes'))}", "", str(say(SHAPES_ALONE)), ""]
        lines += [*(f"- {say(shape_effect_message(effect))}" for effect in reading.effects), ""]
    if analysis.others:
        lines += [f"## {say(heading('others'))}", "", str(say(OTHERS_STOP_NOTHING)), ""]
        lines += [f"- {outcome_in_words(analysis, other, speaking)}" for other in analysis.others]
        lines += [""]
    columns = " | ".join(str(say(column)) for column in PERIOD)
    lines += [f"## {say(heading('periods'))}", "", f"| {columns} |", "|---|---|---|---|---|---|"]
    lines += [f"| {' | '.join(row)} |" for row in period_rows(analysis, speaking)]
    if analysis.notes_before:
        lines += ["", f"## {say(heading('notes'))}", ""]
        lines += [f"- {_note(note, speaking)}" for note in analysis.notes_before]
    if analysis.deviations:
        lines += ["", f"## {say(heading('deviations'))}", ""]
        lines += [f"- {say(deviation)}" for deviation in analysis.deviations]
    lines += ["", f"## {say(heading('cent'))}", "", *item_lines(checklists.cent(analysis), speaking)]
    if unchecked := translation_note(speaking):
        lines += [str(unchecked), ""]
    return "\n".join(lines)


def outcome_in_words(analysis: Analysis, reading: OutcomeReading, speaking: Catalogue = ENGLISH) -> str:
    """The verdict on an outcome that stops nothing, with the look it rests on."""
    worded = str(speaking.say(outcome_answer(analysis, reading)))
    return worded if reading.decides is None else f"{worded} {speaking.say(look_message(reading.decides))}"


def to_json(analysis: Analysis, speaking: Catalogue = ENGLISH) -> dict[str, Any]:
    """The analysis as JSON holds it."""
    return {
        "format": "assuage-nof1-analysis/2",
        **said_in(speaking),
        "exposure": analysis.exposure,
        "control": analysis.control,
        "control_is": analysis.control_is,
        "drawn": analysis.drawn,
        "pairs": analysis.pairs,
        "slow_waves": analysis.waves_taken_out,
        "text": str(speaking.say(trial_answer(analysis))),
        **_reading_to_json(analysis.primary, speaking),
        "others": [_reading_to_json(other, speaking) for other in analysis.others],
        "periods": [asdict(period) for period in analysis.periods],
        "notes_before": [list(note) for note in analysis.notes_before],
        "deviations": [str(speaking.say(deviation)) for deviation in analysis.deviations],
        "cent": items_to_json(checklists.cent(analysis), speaking),
    }


def items_to_json(items: tuple[checklists.TrialItem, ...], speaking: Catalogue) -> list[dict[str, str]]:
    """The items of a checklist as JSON holds them."""
    return [
        {"number": item.number, "item": str(speaking.say(item.name)), "text": str(speaking.say(item.text))}
        for item in items
    ]


def _reading_to_json(reading: OutcomeReading, speaking: Catalogue) -> dict[str, Any]:
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
        | {"shape": str(speaking.say(shape_message(reading.effects[reading.test.farthest].shape)))},
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
