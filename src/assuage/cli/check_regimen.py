"""`assuage check-regimen TEXT`: the quick door to the safety rules; no record is needed."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from assuage.errors import Problem
    from assuage.safety.alerts import Alert
    from assuage.safety.situation import Situation
    from assuage.terms.answers import Answer

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


def run(args: argparse.Namespace) -> int:
    """Read, check, print; Problems with everything that could not be read."""
    from assuage.errors import Problem, Problems
    from assuage.safety.check import check, problems
    from assuage.safety.regimen_text import read_regimen
    from assuage.safety.situation import Settings, Situation
    from assuage.terms.answers import NO, YES

    lines, wrong = read_regimen(", ".join(args.regimen), args.route)
    found = list(wrong)
    conditions = {**_conditions(args.present, YES, "--with", found)}
    for key, value in _conditions(args.absent, NO, "--without", found).items():
        if key in conditions:
            found.append(Problem("--without", f'"{key}" is said to be present and absent; keep one'))
        conditions[key] = value
    if args.age is not None and not 0 <= args.age <= 120:
        found.append(Problem("--age", f"{args.age} is not an age in years"))
    if args.weight is not None and not 1 <= args.weight <= 400:
        found.append(Problem("--weight", f"{args.weight:g} is not a weight in kilograms"))
    country = _country(args.country, found)
    situation = Situation(
        regimen=tuple(line for line in lines if line.route != "procedure"),
        procedures=tuple(line for line in lines if line.route == "procedure"),
        conditions=conditions,
        age=args.age,
        sex=args.sex,
        weight_kg=args.weight,
    )
    if not found:
        found += problems(situation)
    if found:
        raise Problems("regimen", found, "nothing checked")
    alerts = check(situation, Settings(country=country))
    if args.json:
        import json

        print(json.dumps(_plain(situation, alerts), indent=2, ensure_ascii=False))
    else:
        _show(situation, alerts, everything=bool(args.all))
    return 0


def _conditions(said: list[str], value: Answer, place: str, found: list[Problem]) -> dict[str, Answer]:
    from assuage.errors import Problem, nearest
    from assuage.terms.conditions import CONDITIONS

    titles = {condition.title.lower(): condition.id for condition in CONDITIONS.values()}
    known: dict[str, Answer] = {}
    for word in ",".join(said).split(","):
        plain = word.strip().lower()
        key = titles.get(plain, plain.replace(" ", "_").replace("-", "_"))
        if key in CONDITIONS:
            known[key] = value
        elif plain:
            found.append(Problem(place, nearest(word.strip(), CONDITIONS, "condition")))
    return known


def _country(said: str | None, found: list[Problem]) -> str | None:
    from assuage.errors import Problem

    if said is None:
        return None
    code = said.strip().upper()
    if len(code) != 2 or not code.isascii() or not code.isalpha():
        found.append(Problem("--country", f'"{said}" is not an ISO code of two letters, such as LT'))
    return code


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


def _plain(situation: Situation, alerts: tuple[Alert, ...]) -> dict[str, Any]:
    from assuage.safety.check import negatives
    from assuage.terms.answers import YES

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
        "alerts": [plain_alert(alert) for alert in alerts],
        "known_not_to_interact": [{"id": row.id, "finding": row.finding} for row in negatives(situation)],
        "problems": [],
    }


def _show(situation: Situation, alerts: tuple[Alert, ...], *, everything: bool) -> None:
    from assuage.report.screen import console
    from assuage.safety.check import negatives

    screen = console()
    shown = [alert for alert in alerts if everything or alert.tier != "note"]
    rest = len(alerts) - len(shown)
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
        for row in negatives(situation):
            screen.print(f"known not to interact: {row.finding}  [{row.id}]", markup=False)
    if rest:
        screen.print(f"{rest} note{'' if rest == 1 else 's'} not shown: --all", markup=False)
