"""The forecast in sentences: tomorrow first, then what a flare is, the week, exposures, and how it did on the past."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from assuage.catalogue.message import Message, message
from assuage.catalogue.read import Catalogue
from assuage.terms.flares import BEFORE, RISE
from assuage.words.speak import ENGLISH, said_in, translation_note
from assuage.words.suspects import exposure_word, outcome_word

if TYPE_CHECKING:
    from assuage.dynamics.forecast import Forecast, IfExposed
    from assuage.dynamics.forecast_scores import Skill
    from assuage.terms.scales import Scale

FORMAT = "assuage-forecast/1"
CAVEAT = message("forecast.caveat")
COLUMNS = ("day", "middle", "range", "flare")
NEVER_SAID = (1, 99)  # in 100: less and more than these nobody knows


def in_100(chance: float) -> int:
    """A chance as so many of a hundred; never none and never all."""
    least, most = NEVER_SAID
    return min(max(round(100 * chance), least), most)


def forecast_answer(told: Forecast) -> Message:
    """The heading: tomorrow, or that there is no forecast."""
    outcome = outcome_word(told.outcome)
    if not told.days:
        return message("forecast.none", outcome=outcome)
    tomorrow = told.days[0]
    return message(
        "forecast.answer",
        day=tomorrow.day,
        outcome=outcome,
        middle=tomorrow.middle,
        low=tomorrow.low,
        high=tomorrow.high,
        flare=None if told.flare_from is None else in_100(tomorrow.flare),
    )


def why_no_forecast(told: Forecast, scale: Scale) -> Message | None:
    """Why there is none; None where there is one."""
    outcome = outcome_word(told.outcome)
    match told.why_not:
        case None:
            return None
        case "few":
            from assuage.dynamics.forecast import FEWEST_LEARNT, FEWEST_TRIED

            return message(
                "forecast.few", outcome=outcome, rated=told.rated, learnt=FEWEST_LEARNT, tried=FEWEST_TRIED
            )
        case "constant":
            return message("forecast.constant", outcome=outcome)
        case "stale":
            return message("forecast.stale", outcome=outcome, silent=told.silent, last=told.last)
        case "week-unknown":
            return message("forecast.week-unknown", outcome=outcome, n=BEFORE)
        case "no-better":
            assert told.tomorrow is not None
            return message("forecast.no-better", **_errors(told.tomorrow, scale))


def forecast_messages(told: Forecast, scale: Scale) -> list[Message]:
    """What stands below the heading, the most useful first."""
    if not told.days or told.usual is None:
        return []
    rise = RISE * _worth(scale)
    if told.flare_from is None:
        messages = [message("forecast.no-room", usual=told.usual, rise=rise, n=BEFORE)]
    else:
        side = "high" if scale.higher_is == "worse" else "low"
        messages = [
            message(f"forecast.flare-{side}", level=told.flare_from, rise=rise, usual=told.usual, n=BEFORE)
        ]
    if told.any_flare is None:
        messages.append(message("forecast.no-week"))
    elif told.flare_from is not None:
        messages.append(message("forecast.week", n=len(told.days), flare=in_100(told.any_flare)))
    return messages


def exposure_messages(told: Forecast) -> list[Message]:
    """The chance of a flare with each exposure and without it; and which exposures change nothing here."""
    messages: list[Message] = []
    if told.flare_from is not None:
        messages += [_if_exposed(told, each) for each in told.exposures]
    if told.days and told.without_word:
        names = tuple(exposure_word(name) for name in told.without_word)
        messages.append(message("forecast.without-word", exposures=names))
    return messages


def _if_exposed(told: Forecast, each: IfExposed) -> Message:
    exposure = exposure_word(each.exposure)
    verdict = message(f"trigger-verdict.{each.verdict.replace(' ', '-')}")
    weekly = told.any_flare is not None
    chances = {
        "there": in_100(each.tomorrow[0]),
        "absent": in_100(each.tomorrow[1]),
        "week_there": in_100(each.week[0]) if weekly else None,
        "week_absent": in_100(each.week[1]) if weekly else None,
    }
    if each.on > told.last:
        return message(
            "forecast.if-exposed-same-day", exposure=exposure, verdict=verdict, day=each.on, **chances
        )
    happened = None
    if each.happened is not None:
        happened = message("forecast.happened") if each.happened else message("forecast.did-not")
    return message(
        "forecast.if-exposed",
        exposure=exposure,
        verdict=verdict,
        day=each.on,
        happened=happened,
        **chances,
    )


def tried_messages(told: Forecast, scale: Scale) -> list[Message]:
    """How the forecast did on the patient's own past."""
    if told.tomorrow is None or told.why_not is not None:
        return []
    messages = [message("forecast.tried", **_errors(told.tomorrow, scale))]
    if told.past is not None and told.past.days:
        messages.append(
            message(
                "forecast.past-flares",
                days=told.past.days,
                told=round(100 * told.past.told),
                came=round(100 * told.past.came),
            )
        )
    from assuage.dynamics.forecast import SURE

    if told.tomorrow.z_seasonal < SURE:
        messages.append(message("forecast.no-better-than-weekday"))
    return messages


def _errors(skill: Skill, scale: Scale) -> dict[str, int | float]:
    """On how many days the forecast and the guesses were tried, and how far off they were, in points of the scale."""
    points = _worth(scale)
    return {
        "n": skill.tried,
        "forecast": points * skill.forecast,
        "persistence": points * skill.persistence,
        "seasonal": points * skill.seasonal,
    }


def _worth(scale: Scale) -> float:
    return (scale.high - scale.low) / 10


def day_rows(told: Forecast, speaking: Catalogue) -> list[list[str]]:
    """The days to come as the cells of a table."""
    return [
        [
            speaking.number(day.day),
            speaking.number(day.middle),
            str(speaking.say(message("forecast.range", low=day.low, high=day.high))),
            ""
            if told.flare_from is None
            else str(speaking.say(message("forecast.in-100", n=in_100(day.flare)))),
        ]
        for day in told.days
    ]


def heading_cells(speaking: Catalogue) -> list[str]:
    """The headings of that table."""
    return [str(speaking.say(message(f"forecast.column-{column}"))) for column in COLUMNS]


def forecast_lines(told: Forecast, scale: Scale, speaking: Catalogue = ENGLISH) -> list[str]:
    """The forecast as Markdown."""
    say = speaking.say
    markdown = [f"# {say(forecast_answer(told))}", ""]
    markdown += [say(message("forecast.whose", patient=told.patient, last=told.last, rated=told.rated)), ""]
    if (refusal := why_no_forecast(told, scale)) is not None:
        markdown += [say(refusal), ""]
    for each in forecast_messages(told, scale):
        markdown += [say(each), ""]
    if told.days:
        cells = heading_cells(speaking)
        markdown += ["| " + " | ".join(cells) + " |", "|" + "---|" * len(cells)]
        markdown += ["| " + " | ".join(row) + " |" for row in day_rows(told, speaking)] + [""]
    for title, messages in (
        ("exposures", exposure_messages(told)),
        ("past", tried_messages(told, scale)),
    ):
        if messages:
            markdown += [f"## {say(message(f'forecast.heading-{title}'))}", ""]
            markdown += [*(f"- {say(each)}" for each in messages), ""]
    markdown.append(say(CAVEAT))
    if unchecked := translation_note(speaking):
        markdown += ["", unchecked]
    return markdown


def forecast_plain(told: Forecast, scale: Scale, speaking: Catalogue = ENGLISH) -> dict[str, Any]:
    """The forecast as one stable object; its texts in the language of `speaking`."""
    refusal = why_no_forecast(told, scale)
    below = (*forecast_messages(told, scale), *exposure_messages(told), *tried_messages(told, scale))
    return {
        "format": FORMAT,
        **said_in(speaking),
        "patient": told.patient,
        "outcome": told.outcome,
        "last_day": told.last,
        "rated": told.rated,
        "answer": speaking.say(forecast_answer(told)),
        "refused": told.why_not,
        "refusal": None if refusal is None else speaking.say(refusal),
        "usual": _rounded(told.usual),
        "flare_from": _rounded(told.flare_from),
        "days": [
            {
                "day": day.day,
                "middle": _rounded(day.middle),
                "low": _rounded(day.low),
                "high": _rounded(day.high),
                "flare": None if told.flare_from is None else _rounded(day.flare),
            }
            for day in told.days
        ],
        "any_flare": None if told.flare_from is None else _rounded(told.any_flare),
        "exposures": [_exposure_plain(told, each) for each in told.exposures],
        "without_word": list(told.without_word),
        "tried": {"tomorrow": _skill_plain(told.tomorrow), "week": _skill_plain(told.week)},
        "past_flares": None
        if told.past is None
        else {name: _rounded(value) for name, value in asdict(told.past).items()},
        "reasons": [speaking.say(each) for each in below],
        "caveat": speaking.say(CAVEAT),
    }


def _exposure_plain(told: Forecast, each: IfExposed) -> dict[str, Any]:
    pairs = {"tomorrow": each.tomorrow, "week": None if told.any_flare is None else each.week}
    return {
        "exposure": each.exposure,
        "verdict": each.verdict,
        "on": each.on,
        "happened": each.happened,
        **{
            name: None
            if pair is None or told.flare_from is None
            else {"with": _rounded(pair[0]), "without": _rounded(pair[1])}
            for name, pair in pairs.items()
        },
    }


def _skill_plain(skill: Skill | None) -> dict[str, float | int | None] | None:
    if skill is None or not skill.tried:
        return None
    return {name: _rounded(value) for name, value in asdict(skill).items()}


def _rounded(value: float | None) -> float | int | None:
    return value if value is None or isinstance(value, int) else round(value, 4)
