"""`assuage causality RECORD --exposure massage --outcome pain`: did the exposure do it?"""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from assuage.catalogue.message import message
from assuage.cli.language import add_language, speaking_of
from assuage.cli.options import add
from assuage.cli.output import print_json
from assuage.cli.progress import working

if TYPE_CHECKING:
    from assuage.catalogue.message import Message
    from assuage.catalogue.read import Catalogue
    from assuage.review.model import Suspect

HELP = "Naranjo and WHO-UMC for a suspected exposure, from the record's own timeline"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The record, the suspicion, the day and the form."""
    add(parser, "record")
    add(parser, "exposure", "outcome", required=True)
    add(parser, "slow-waves", "on", "json")
    add_language(parser)


def run(args: argparse.Namespace) -> int:
    """Read, count, print; InputError for an exposure or an outcome that cannot be judged."""
    from assuage.cli.review import day_of
    from assuage.engine.phases import phases_of
    from assuage.errors import InputError
    from assuage.record.read import read_record
    from assuage.record.timeline import Timeline
    from assuage.review.effects import effects_of
    from assuage.review.exposures import known_exposure
    from assuage.review.suspects import known_outcome, suspect

    speaking = speaking_of(args)
    record = read_record(args.record)
    timeline = Timeline(record)
    exposure, outcome = known_exposure(args.exposure, timeline), known_outcome(args.outcome, timeline)
    day = record.last_day if args.on is None else day_of(args.on, record.starts_on)
    if day is None:
        raise InputError(message("record.no-last-day"))
    phases = phases_of(timeline, day)
    with working(message("progress.triggers"), args.lang):
        occasions = len(exposure.days(timeline, day))
        diary = effects_of(
            timeline, phases, day, exposure.id, occasions, outcome.id, slow_waves=args.slow_waves
        )
        judged = suspect(timeline, phases, day, exposure, outcome, diary)
    if judged is None:
        raise InputError(message("causality.not-recorded", exposure=exposure.title, day=day))
    if args.json:
        print_json(to_json(judged, day, diary.slow_waves, speaking))
    else:
        _show(judged, diary.slow_waves, speaking)
    return 0


def _unanswerable(suspect: Suspect) -> frozenset[str]:
    """The items nobody can answer for this exposure: no blood level and no placebo of a manual therapy."""
    from assuage.safety.causality import NOT_FOR_MANUAL_THERAPY
    from assuage.terms.drugs import DRUGS

    return frozenset() if suspect.exposure in DRUGS else NOT_FOR_MANUAL_THERAPY


def asked(suspect: Suspect, speaking: Catalogue) -> list[dict[str, str]]:
    """The items a person can still answer, in the scale's words."""
    from assuage.safety.causality import NARANJO

    questions = {item.id: speaking.value(item) for item in NARANJO}
    return [{"id": key, "question": questions[key]} for key in suspect.naranjo.open_items]


def to_json(suspect: Suspect, day: int, waves: Message | None, speaking: Catalogue) -> dict[str, Any]:
    """The judgement as JSON holds it."""
    from assuage.safety.causality import NARANJO, NARANJO_SOURCE, WHO_UMC_SOURCE

    unanswerable = _unanswerable(suspect)

    scale = suspect.naranjo
    return {
        "exposure": suspect.exposure,
        "outcome": suspect.outcome,
        "on": day,
        "exposed": suspect.exposed,
        "flared": suspect.flared,
        "unanswered": suspect.unanswered,
        "unexposed": suspect.unexposed,
        "unexposed_flared": suspect.unexposed_flared,
        "chance": round(suspect.chance, 6),
        "days": list(suspect.days),
        "naranjo": {
            "score": scale.score,
            "category": scale.category,
            "low": scale.low,
            "high": scale.high,
            "categories": list(scale.categories),
            "items": [
                {
                    "id": item.id,
                    "question": speaking.value(item),
                    "answer": str(scale.answers[item.id]),
                    "points": item.points(scale.answers[item.id]),
                    "because": speaking.say(scale.reasons[item.id]) if item.id in scale.reasons else "",
                    "can_be_known": item.id not in unanswerable,
                }
                for item in NARANJO
            ],
            "source": NARANJO_SOURCE.citation,
        },
        "who_umc": str(suspect.who_umc),
        "who_umc_source": WHO_UMC_SOURCE.citation,
        "asked": asked(suspect, speaking),
        "slow_waves": None if waves is None else str(speaking.say(waves)),
        "caveat": str(speaking.say(message("causality.caveat"))),
        "text": str(speaking.say(suspect.text)),
    }


def _show(suspect: Suspect, waves: Message | None, speaking: Catalogue) -> None:
    from assuage.report.screen import console
    from assuage.safety.causality import NARANJO
    from assuage.terms.answers import Answer
    from assuage.words.speak import translation_note
    from assuage.words.suspects import naranjo_word

    unanswerable = _unanswerable(suspect)

    screen = console()
    scale = suspect.naranjo
    screen.print(speaking.say(suspect.text), markup=False)
    screen.print()
    width = max(8, *(len(speaking.value(given)) + 1 for given in Answer))
    for item in NARANJO:
        given = scale.answers[item.id]
        why = scale.reasons.get(item.id)
        if item.id in unanswerable:
            why = message("causality.of-drugs-alone")
        question, answer = speaking.value(item), speaking.value(given)
        points = speaking.decimals(item.points(given), 0, signed=True)
        line = f"{item.id:5} {answer:{width}}{points}  {question}"
        screen.print(line if why is None else f"{line} ({speaking.say(why)})", markup=False)
    closed = scale.low == scale.high
    score = message(
        "causality.naranjo",
        score=scale.score,
        category=naranjo_word(scale.category),
        span=None if closed else message("causality.between", low=scale.low, high=scale.high),
    )
    screen.print(f"\n{speaking.say(score)}", markup=False)
    screen.print(speaking.say(message("causality.who-umc", category=suspect.who_umc)), markup=False)
    questions = {item.id: item for item in NARANJO}
    for key in scale.open_items:
        asking = message("causality.ask", question=questions[key])
        screen.print(f"  {speaking.say(asking)}  [{key}]", markup=False)
    if waves is not None:
        screen.print(speaking.say(waves), markup=False)
    screen.print(f"({speaking.say(message('causality.caveat'))})", markup=False)
    if unchecked := translation_note(speaking):
        screen.print(unchecked, markup=False)
