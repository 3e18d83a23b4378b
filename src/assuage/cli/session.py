"""`assuage session plan FILE`: one mesotherapy session worked out before the needle."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from fractions import Fraction

    from assuage.safety.session import DrugInSyringe, SessionPlan

HELP = (
    "work out a mesotherapy session: concentrations, deposits, ceilings, what forbids it, what to write down"
)

EXAMPLE = """the file (YAML or JSON; - for standard input), for example:
  mixture:
  - {drug: ketoprofen, volume_ml: 2, amount_mg: 100}
  - {drug: lidocaine, volume_ml: 2, strength: 2 %}
  - {drug: sodium chloride 0.9%, volume_ml: 6}
  needle: {gauge: 30, length_mm: 4}
  sites: [neck]
  weight_kg: 70
  consent: given
  conditions: {bleeding_disorder: absent, la_allergy: absent}
  regimen: amitriptyline 5 mg
A mesotherapy entry of a record can be used as it is."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What to do with which file."""
    parser.epilog = EXAMPLE
    parser.add_argument("do", choices=("plan",), help="plan: work the session out")
    parser.add_argument("file", metavar="FILE", help="the session in YAML or JSON; - for standard input")
    parser.add_argument("--all", action="store_true", help="the notes too")
    parser.add_argument("--json", action="store_true", help="one stable JSON object, with every alert")


def run(args: argparse.Namespace) -> int:
    """Read, work out, print; Problems with everything that could not be read."""
    from dataclasses import replace

    from assuage.errors import Problems
    from assuage.record.document import load
    from assuage.safety.session import plan_session
    from assuage.safety.session_read import read_plan

    document = load(args.file)
    planned, wrong = read_plan(document.value)
    found = [
        *document.problems,
        *(replace(problem, line=document.lines.of(problem.place)) for problem in wrong),
    ]
    if found or planned is None:
        raise Problems(document.name, found, "not planned")
    plan = plan_session(planned)
    if args.json:
        import json

        print(json.dumps(plain(plan), indent=2, ensure_ascii=False))
    else:
        _show(plan, everything=bool(args.all))
    return 0


def _number(value: Fraction | None) -> float | None:
    """A decimal for JSON: exact where it is short, else to nine places."""
    if value is None:
        return None
    rounded = round(float(value), 9)
    return int(rounded) if rounded.is_integer() else rounded


def plain(plan: SessionPlan) -> dict[str, Any]:
    """The plan as JSON holds it."""
    from assuage.cli.check_regimen import plain_alert

    return {
        "total_ml": _number(plan.total_ml),
        "drugs": [_drug(drug) for drug in plan.drugs],
        "deposits": {
            "fewest": plan.deposits.fewest,
            "most": plan.deposits.most,
            "area_cm2": [_number(area) for area in plan.deposits.area_cm2],
            "grid": [
                {"points": points, "spacing_cm": _number(side), "area_cm2": _number(area)}
                for points, side, area in plan.deposits.grid
            ],
        },
        "saline_mg_per_ml": _number(plan.saline_mg_per_ml),
        "excipients_mg_per_ml": {name: _number(value) for name, value in plan.excipients_mg_per_ml.items()},
        "excipients_note": plan.excipients_note,
        "compatibility": [
            {
                "id": row.id,
                "verdict": row.verdict,
                "combination": row.combination,
                "rule": row.rule,
                "basis": row.basis,
            }
            for row in plan.compatibility
        ],
        "technique": [
            {
                "what": check.what,
                "answer": str(check.answer),
                "published": check.text,
                "sources": [source.key for source in check.sources],
                "status": check.status.value,
            }
            for check in plan.technique
        ],
        "contraindications": [
            {"id": key, "present": str(present)} for key, present in plan.contraindications
        ],
        "alerts": [plain_alert(alert) for alert in plan.alerts],
        "record_fields": [{"field": name, "given": given} for name, given in plan.record_fields],
        "missing_fields": list(plan.missing_fields),
    }


def _drug(drug: DrugInSyringe) -> dict[str, Any]:
    return {
        "drug": drug.substance,
        "name": drug.name,
        "amount_mg": _number(drug.amount_mg),
        "mg_per_ml": _number(drug.mg_per_ml),
        "per_point_mg": [_number(dose) for dose in drug.per_point_mg],
        "day_mg": _number(drug.day_mg),
        "ceiling_mg": _number(drug.ceiling_mg),
        "share_of_session": _number(drug.share_of_session),
        "share_of_ceiling": _number(drug.share),
        "mg_per_kg": _number(drug.mg_per_kg),
        "mg_per_kg_limit": _number(drug.mg_per_kg_limit),
    }


def _show(plan: SessionPlan, *, everything: bool) -> None:
    from assuage.report.screen import console
    from assuage.safety.amounts import shown
    from assuage.terms.conditions import CONDITIONS

    screen = console()

    def say(text: str = "") -> None:
        screen.print(text, markup=False)

    most, fewest = plan.deposits.most, plan.deposits.fewest
    count = f"{fewest}" if fewest == most else f"{fewest} to {most}"
    near, far = (shown(area) for area in plan.deposits.area_cm2)
    say(f"{shown(plan.total_ml)} ml, {count} deposit{'' if most == 1 else 's'}, {near} to {far} cm2")
    for drug in plan.drugs:
        low, high = (shown(dose) for dose in drug.per_point_mg)
        each = low if low == high else f"{low} to {high}"
        line = f"{drug.name}: {shown(drug.amount_mg)} mg, {shown(drug.mg_per_ml)} mg/ml, {each} mg a deposit"
        if drug.share is not None and drug.ceiling_mg is not None:
            line += f"; {shown(drug.day_mg)} of {shown(drug.ceiling_mg)} mg that day ({shown(drug.share * 100)} %)"
        if drug.mg_per_kg is not None:
            limit = "" if drug.mg_per_kg_limit is None else f" of {shown(drug.mg_per_kg_limit)}"
            line += f"; {shown(drug.mg_per_kg)}{limit} mg/kg"
        say(line)
    if plan.excipients_mg_per_ml:
        held = ", ".join(
            f"{name.replace('_', ' ')} {shown(value)} mg/ml"
            for name, value in plan.excipients_mg_per_ml.items()
        )
        say(f"excipients: {held} ({plan.excipients_note})")
    for row in plan.compatibility:
        say(f"mixing: {row.combination}: {row.verdict.replace('_', ' ')}; {row.rule}  [{row.id}]")
    say()
    say("compared with what is published")
    mark = {"yes": "ok ", "no": "OFF", "unknown": "?  "}
    for check in plan.technique:
        say(f"  {mark[str(check.answer)]} {check.what}: {check.text}")
    say("must be absent")
    for key, present in plan.contraindications:
        said = {"yes": "PRESENT", "no": "absent", "unknown": "not recorded"}[str(present)]
        say(f"  {CONDITIONS[key].title}: {said}")
    say()
    alerts = [alert for alert in plan.alerts if everything or alert.tier != "note"]
    for alert in alerts:
        say(f"{alert.tier.upper():5} {alert.severity}: {alert.text}  [{alert.id}]")
        say(f"      why: {alert.because}")
        say(f"      do: {alert.action}")
    if len(alerts) < len(plan.alerts):
        say(f"{len(plan.alerts) - len(alerts)} notes not shown: --all")
    say()
    missing = ", ".join(name.replace("_", " ") for name in plan.missing_fields)
    say(f"still to be written down: {missing or 'nothing'}")
