"""`assuage causality RECORD --exposure massage --outcome pain`: did the exposure do it?"""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from assuage.review.model import Suspect

HELP = "Naranjo and WHO-UMC for a suspected exposure, from the record's own timeline"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The record, the suspicion, the day and the form."""
    parser.add_argument("record", metavar="RECORD", help="a record in YAML or JSON; - for standard input")
    parser.add_argument("--exposure", required=True, metavar="WHAT", help="a manual therapy, such as massage")
    parser.add_argument("--outcome", required=True, metavar="WHAT", help="pain or numbness")
    parser.add_argument("--on", metavar="DAY", help="a day number or an ISO date (default: the last day)")
    parser.add_argument("--json", action="store_true", help="one stable JSON object")


def run(args: argparse.Namespace) -> int:
    """Read, count, print; InputError for an exposure or an outcome that cannot be judged."""
    from assuage.cli.review import _day  # pyright: ignore[reportPrivateUsage]
    from assuage.engine.timeline import Timeline
    from assuage.errors import InputError, nearest
    from assuage.record.read import read_record
    from assuage.review.suspects import EXPOSURES, OUTCOMES, suspects
    from assuage.terms.therapies import find_therapy

    record = read_record(args.record)
    exposures = {therapy.id: therapy for therapy in EXPOSURES}
    named = find_therapy(args.exposure)
    exposure = named.id if named is not None else args.exposure
    if exposure not in exposures:
        raise InputError(f"--exposure: {nearest(args.exposure, exposures, 'exposure')}")
    outcomes = {outcome.id for outcome in OUTCOMES}
    if args.outcome not in outcomes:
        raise InputError(f"--outcome: {nearest(args.outcome, outcomes, 'outcome')}")
    day = record.last_day if args.on is None else _day(args.on, record.starts_on)
    if day is None:
        raise InputError("The record has no entries, so it has no last day; say the day: --on 0")
    for suspect in suspects(record, Timeline(record), day):
        if suspect.exposure == exposure and suspect.outcome == args.outcome:
            if args.json:
                import json

                print(json.dumps(plain(suspect, day), indent=2, ensure_ascii=False))
            else:
                _show(suspect)
            return 0
    raise InputError(
        f"no {args.outcome} recorded after {exposures[exposure].title} by day {day}: there is nothing to judge"
    )


def asked(suspect: Suspect) -> list[dict[str, str]]:
    """The items a person can still answer, in the scale's words."""
    from assuage.safety.causality import NARANJO

    questions = {item.id: item.question for item in NARANJO}
    return [{"id": key, "question": questions[key]} for key in suspect.naranjo.open_items]


def plain(suspect: Suspect, day: int) -> dict[str, Any]:
    """The judgement as JSON holds it."""
    from assuage.safety.causality import NARANJO, NARANJO_SOURCE, NOT_FOR_MANUAL_THERAPY, WHO_UMC_SOURCE

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
                    "question": item.question,
                    "answer": str(scale.answers[item.id]),
                    "points": item.points(scale.answers[item.id]),
                    "because": scale.reasons.get(item.id, ""),
                    "can_be_known": item.id not in NOT_FOR_MANUAL_THERAPY,
                }
                for item in NARANJO
            ],
            "source": NARANJO_SOURCE.citation,
        },
        "who_umc": str(suspect.who_umc),
        "who_umc_source": WHO_UMC_SOURCE.citation,
        "asked": asked(suspect),
        "caveat": CAVEAT,
        "text": suspect.text,
    }


CAVEAT = "made for drugs and adapted here to a manual therapy; followed by is not caused by"


def _show(suspect: Suspect) -> None:
    from assuage.report.screen import console
    from assuage.safety.causality import NARANJO, NOT_FOR_MANUAL_THERAPY

    screen = console()
    scale = suspect.naranjo
    screen.print(suspect.text, markup=False)
    screen.print()
    for item in NARANJO:
        given = scale.answers[item.id]
        why = scale.reasons.get(item.id, "")
        if item.id in NOT_FOR_MANUAL_THERAPY:
            why = "cannot be known of a manual therapy"
        said = f"{item.id:5} {given!s:8}{item.points(given):+d}  {item.question}"
        screen.print(f"{said} ({why})" if why else said, markup=False)
    span = "" if scale.low == scale.high else f", between {scale.low} and {scale.high} once all is answered"
    screen.print(f"\nNaranjo {scale.score}: {scale.category}{span}", markup=False)
    screen.print(f"WHO-UMC: {str(suspect.who_umc).replace('_', ' ')}", markup=False)
    for one in asked(suspect):
        screen.print(f"  to ask: {one['question']}  [{one['id']}]", markup=False)
    screen.print(f"({CAVEAT})", markup=False)
