"""`assuage check-regimen TEXT`: the quick door to the safety rules; no record is needed."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assuage.catalogue.message import message
from assuage.cli import FOUND_WANTING, NOT_CHECKED, REVIEWED
from assuage.cli.language import add_language, speaking_of
from assuage.cli.options import add, mark
from assuage.cli.output import print_json

if TYPE_CHECKING:
    from assuage.catalogue.read import Catalogue
    from assuage.safety.regimen import RegimenCheck

HELP = "what is dangerous in a regimen: interactions, doses, conditions; no record needed"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The regimen, what is known of the patient, and the form."""
    parser.add_argument(
        "regimen",
        metavar="REGIMEN",
        nargs="+",
        help='substances and procedures of one day with their doses: "amitriptyline 5 mg, tizanidine 2 mg + 4 mg"; '
        "- for standard input",
    )
    present = parser.add_argument(
        "--with",
        dest="present",
        action="append",
        default=[],
        metavar="IDS",
        help="conditions that are present, joined by commas; others are unknown",
    )
    absent = parser.add_argument(
        "--without",
        dest="absent",
        action="append",
        default=[],
        metavar="IDS",
        help="conditions that are absent, joined by commas",
    )
    for conditions in (present, absent):
        mark(conditions, completes="conditions")
    parser.add_argument("--route", default="", metavar="ROUTE", help="the route of substances that name none")
    parser.add_argument("--age", type=int, metavar="YEARS", help="age in whole years")
    parser.add_argument("--sex", choices=("female", "male"), help="decides whether pregnancy is asked about")
    parser.add_argument("--weight", type=float, metavar="KG", help="for limits per kilogram")
    add(parser, "country")
    codes = parser.add_argument(
        "--atc", metavar="FILE", help="your list of ATC codes and names, which may not be shipped"
    )
    mark(codes, "file")
    add(parser, "all", "json")
    add_language(parser)


# Where a value came from, as the command line calls it.
_OPTION = {
    "present": "--with",
    "absent": "--without",
    "age": "--age",
    "weight_kg": "--weight",
    "country": "--country",
}


def run(args: argparse.Namespace) -> int:
    """Read, check, print; Problems with everything that could not be read."""
    from msgspec.structs import replace

    from assuage.errors import Problems
    from assuage.safety.regimen import check_regimen
    from assuage.terms.drug_index import load_atc

    if args.atc is not None:
        load_atc(Path(args.atc))
    try:
        checked = check_regimen(
            _regimen(args.regimen),
            present=",".join(args.present).split(","),
            absent=",".join(args.absent).split(","),
            route=args.route,
            age=args.age,
            sex=args.sex,
            weight_kg=args.weight,
            country=args.country,
        )
    except Problems as error:
        problems = [
            replace(problem, place=_OPTION.get(problem.place, problem.place)) for problem in error.problems
        ]
        raise Problems(error.document, problems, error.consequence) from None
    if args.json:
        print_json(_to_json(checked, speaking_of(args)))
    else:
        _show(checked, speaking_of(args), everything=bool(args.all))
    if any(alert.tier == "stop" for alert in checked.alerts):
        return FOUND_WANTING
    return NOT_CHECKED if checked.not_checked or checked.unread_doses else REVIEWED


def _regimen(given: list[str]) -> str:
    """The regimen as one text; of standard input each line is a part of it."""
    if given != ["-"]:
        return ", ".join(given)
    from assuage.errors import InputError
    from assuage.record.document import decoded
    from assuage.record.places import MOST_BYTES

    raw = sys.stdin.buffer.read(MOST_BYTES + 1)
    if len(raw) > MOST_BYTES:
        raise InputError(message("deidentify.too-large", name="-", megabytes=MOST_BYTES / 1000000.0))
    return ", ".join(line for line in decoded(raw, "-").splitlines() if line.strip())


def _to_json(checked: RegimenCheck, speaking: Catalogue) -> dict[str, Any]:
    from assuage.report.alerts import alert_to_json
    from assuage.report.review_json import pairs_to_json
    from assuage.safety.coverage import pair_coverage
    from assuage.safety.rules import row_text
    from assuage.terms.answers import YES

    situation = checked.situation
    return {
        "regimen": [
            {
                "id": line.substance,
                "name": line.title,
                "doses": [
                    {"amount": dose.amount, "unit": dose.unit}
                    | ({} if dose.low is None else {"low": dose.low})
                    | ({} if dose.when is None else {"when": dose.when})
                    for dose in line.doses
                ],
                "route": line.route,
            }
            for line in situation.lines
        ],
        "conditions": [key for key, value in situation.known.items() if value is YES],
        "alerts": [alert_to_json(alert, speaking) for alert in checked.alerts],
        "known_not_to_interact": [
            {"id": row.id, "finding": speaking.value(row_text(row, "finding"))} for row in checked.negatives
        ],
        "pairs": pairs_to_json(pair_coverage(situation)),
        "problems": [
            {
                "place": problem.place,
                "id": problem.code,
                "text": str(speaking.say(problem.message)),
            }
            for problem in checked.unread_doses
        ],
    }


# The alerts of what was typed and not read: nothing above a hole can be relied upon.
HOLES = frozenset({"dose-unread", "not-checked"})


def _show(checked: RegimenCheck, speaking: Catalogue, *, everything: bool) -> None:
    from assuage.catalogue.message import message
    from assuage.report.alerts import alert_lines, lines_after
    from assuage.report.screen import console
    from assuage.safety.coverage import pair_coverage
    from assuage.safety.rules import row_text
    from assuage.words.alerts import coverage_messages

    screen = console()
    shown = [alert for alert in checked.alerts if everything or alert.tier != "note"]
    shown.sort(key=lambda alert: alert.id not in HOLES)  # first what no rule could be held against
    lines = list(alert_lines(shown, speaking))
    if not shown:
        lines.append(speaking.say(message("regimen.nothing-above-a-note")))
    if everything:
        lines += [
            speaking.say(message("regimen.not-interacting", finding=row_text(row, "finding"), id=row.id))
            for row in checked.negatives
        ]
    if rest := len(checked.alerts) - len(shown):
        lines.append(speaking.say(message("regimen.notes-not-shown", n=rest)))
    lines += [speaking.say(each) for each in coverage_messages(pair_coverage(checked.situation))]
    lines += lines_after(speaking)
    for line in lines:
        screen.print(line, markup=False)
