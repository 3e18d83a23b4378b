"""`assuage causality RECORD --exposure massage --outcome pain`: did the exposure do it?"""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from assuage.cli.language import add_language, speaking_of

if TYPE_CHECKING:
    from assuage.catalogue.read import Catalogue
    from assuage.review.model import Suspect

HELP = "Naranjo and WHO-UMC for a suspected exposure, from the record's own timeline"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The record, the suspicion, the day and the form."""
    parser.add_argument("record", metavar="RECORD", help="a record in YAML or JSON; - for standard input")
    parser.add_argument(
        "--exposure", required=True, metavar="WHAT", help="a therapy or a drug, such as massage"
    )
    parser.add_argument("--outcome", required=True, metavar="WHAT", help="pain, numbness or any symptom")
    parser.add_argument("--on", metavar="DAY", help="a day number or an ISO date (default: the last day)")
    parser.add_argument("--json", action="store_true", help="one stable JSON object")
    add_language(parser)


def run(args: argparse.Namespace) -> int:
    """Read, count, print; InputError for an exposure or an outcome that cannot be judged."""
    from assuage.cli.review import day_of
    from assuage.errors import InputError
    from assuage.record.read import read_record
    from assuage.record.timeline import Timeline
    from assuage.review.suspects import known_exposure, known_outcome, suspect

    speaking = speaking_of(args)
    record = read_record(args.record)
    exposure, outcome = known_exposure(args.exposure), known_outcome(args.outcome)
    day = record.last_day if args.on is None else day_of(args.on, record.starts_on)
    if day is None:
        raise InputError("The record has no entries, so it has no last day; say the day: --on 0")
    judged = suspect(Timeline(record), day, exposure, outcome)
    if judged is None:
        raise InputError(f"{exposure.title} is not recorded by day {day}: there is nothing to judge")
    if args.json:
        import json

        print(json.dumps(to_json(judged, day, speaking), indent=2, ensure_ascii=False))
    else:
        _show(judged, speaking)
    return 0


def _unanswerable(suspect: Suspect) -> frozenset[str]:
    """The items nobody can answer for this exposure: no blood level and no placebo of a manual therapy."""
    from assuage.safety.causality import NOT_FOR_MANUAL_THERAPY
    from assuage.terms.drugs import DRUGS

    return frozenset() if suspect.exposure in DRUGS else NOT_FOR_MANUAL_THERAPY


def asked(suspect: Suspect) -> list[dict[str, str]]:
    """The items a person can still answer, in the scale's words."""
    from assuage.safety.causality import NARANJO

    questions = {item.id: item.question for item in NARANJO}
    return [{"id": key, "question": questions[key]} for key in suspect.naranjo.open_items]


def to_json(suspect: Suspect, day: int, speaking: Catalogue) -> dict[str, Any]:
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
                    "can_be_known": item.id not in unanswerable,
                }
                for item in NARANJO
            ],
            "source": NARANJO_SOURCE.citation,
        },
        "who_umc": str(suspect.who_umc),
        "who_umc_source": WHO_UMC_SOURCE.citation,
        "asked": asked(suspect),
        "caveat": CAVEAT,
        "text": str(speaking.say(suspect.text)),
    }


CAVEAT = "made for drugs and adapted here to a manual therapy; followed by is not caused by"


def _show(suspect: Suspect, speaking: Catalogue) -> None:
    from assuage.report.screen import console
    from assuage.safety.causality import NARANJO

    unanswerable = _unanswerable(suspect)

    screen = console()
    scale = suspect.naranjo
    screen.print(speaking.say(suspect.text), markup=False)
    screen.print()
    for item in NARANJO:
        given = scale.answers[item.id]
        why = scale.reasons.get(item.id, "")
        if item.id in unanswerable:
            why = "cannot be known of a therapy that is done by hand or needle"
        line = f"{item.id:5} {given!s:8}{item.points(given):+d}  {item.question}"
        screen.print(f"{line} ({why})" if why else line, markup=False)
    span = "" if scale.low == scale.high else f", between {scale.low} and {scale.high} once all is answered"
    screen.print(f"\nNaranjo {scale.score}: {scale.category}{span}", markup=False)
    screen.print(f"WHO-UMC: {str(suspect.who_umc).replace('_', ' ')}", markup=False)
    for question in asked(suspect):
        screen.print(f"  to ask: {question['question']}  [{question['id']}]", markup=False)
    screen.print(f"({CAVEAT})", markup=False)
