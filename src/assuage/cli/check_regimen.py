"""`assuage check-regimen TEXT`: the quick door to the safety rules; no record is needed."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from assuage.safety.alerts import Alert
    from assuage.safety.regimen import RegimenCheck

HELP = "what is dangerous in a regimen: interactions, doses, conditions; no record needed"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The regimen, what is known of the patient, and the form."""
    parser.add_argument(
        "regimen",
        metavar="REGIMEN",
        nargs="+",
        help='substances and procedures of one day with their doses: "amitriptyline 5 mg, tizanidine 2 mg + 4 mg"',
    )
    parser.add_argument(
        "--with",
        dest="present",
        action="append",
        default=[],
        metavar="IDS",
        help="conditions that are present, joined by commas; others are unknown",
    )
    parser.add_argument(
        "--without",
        dest="absent",
        action="append",
        default=[],
        metavar="IDS",
        help="conditions that are absent",
    )
    parser.add_argument("--route", default="", metavar="ROUTE", help="the route of substances that name none")
    parser.add_argument("--age", type=int, metavar="YEARS", help="age in whole years")
    parser.add_argument("--sex", choices=("female", "male"), help="decides whether pregnancy is asked about")
    parser.add_argument("--weight", type=float, metavar="KG", help="for limits per kilogram")
    parser.add_argument("--country", metavar="XX", help="whose labels count where they differ (ISO code)")
    parser.add_argument("--all", action="store_true", help="the notes too")
    parser.add_argument("--json", action="store_true", help="one stable JSON object, with every alert")


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
    from dataclasses import replace

    from assuage.errors import Problems
    from assuage.safety.regimen import check_regimen

    try:
        checked = check_regimen(
            ", ".join(args.regimen),
            present=",".join(args.present).split(","),
            absent=",".join(args.absent).split(","),
            route=args.route,
            age=args.age,
            sex=args.sex,
            weight_kg=args.weight,
            country=args.country,
        )
    except Problems as error:
        told = [
            replace(problem, place=_OPTION.get(problem.place, problem.place)) for problem in error.problems
        ]
        raise Problems(error.document, told, "nothing checked") from None
    if args.json:
        import json

        print(json.dumps(_plain(checked), indent=2, ensure_ascii=False))
    else:
        _show(checked, everything=bool(args.all))
    return 0


def plain_alert(alert: Alert) -> dict[str, Any]:
    """An alert as JSON holds it."""
    return {
        "id": alert.id,
        "tier": alert.tier,
        "severity": alert.severity,
        "text": alert.text,
        "because": alert.because,
        "action": alert.action,
        "sources": [{"key": source.key, "citation": source.citation} for source in alert.sources],
        "status": alert.status.value,
        "caution": alert.caution,
        "count": alert.count,
        "rules": list(alert.rules),
        "details": list(alert.details),
    }


def _plain(checked: RegimenCheck) -> dict[str, Any]:
    from assuage.terms.answers import YES

    situation = checked.situation

    return {
        "regimen": [
            {
                "id": line.substance,
                "name": line.title,
                "doses": [{"amount": dose.amount, "unit": dose.unit} for dose in line.doses],
                "route": line.route,
            }
            for line in situation.lines
        ],
        "conditions": [key for key, value in situation.known.items() if value is YES],
        "alerts": [plain_alert(alert) for alert in checked.alerts],
        "known_not_to_interact": [{"id": row.id, "finding": row.finding} for row in checked.negatives],
        "problems": [],
    }


def _show(checked: RegimenCheck, *, everything: bool) -> None:
    from assuage.report.screen import console

    screen = console()
    shown = [alert for alert in checked.alerts if everything or alert.tier != "note"]
    rest = len(checked.alerts) - len(shown)
    for alert in shown:
        count = f" ({alert.count} times)" if alert.count > 1 else ""
        screen.print(
            f"{alert.tier.upper():5} {alert.severity}: {alert.text}{count}  [{alert.id}]", markup=False
        )
        screen.print(f"      why: {alert.because}", markup=False)
        if alert.action:
            screen.print(f"      do: {alert.action}", markup=False)
        for detail in alert.details:
            screen.print(f"      - {detail}", markup=False)
        if alert.sources:
            said = f" ({alert.caution})" if alert.caution else ""
            screen.print(
                f"      source: {', '.join(source.key for source in alert.sources)}{said}", markup=False
            )
    if not shown:
        screen.print("Nothing above a note.")
    if everything:
        for row in checked.negatives:
            screen.print(f"known not to interact: {row.finding}  [{row.id}]", markup=False)
    if rest:
        screen.print(f"{rest} note{'' if rest == 1 else 's'} not shown: --all", markup=False)
