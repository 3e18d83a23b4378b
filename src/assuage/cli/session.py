"""`assuage session plan FILE`: one mesotherapy session worked out before the needle."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from assuage.cli.language import add_language, speaking_of
from assuage.cli.options import add, mark
from assuage.cli.output import print_json

if TYPE_CHECKING:
    from fractions import Fraction

    from assuage.catalogue.read import Catalogue
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
    session = parser.add_argument(
        "file", metavar="FILE", help="the session in YAML or JSON; - for standard input"
    )
    mark(session, "file")
    add(parser, "all", "json")
    add_language(parser)


def run(args: argparse.Namespace) -> int:
    """Read, work out, print; Problems with everything that could not be read."""
    from msgspec.structs import replace

    from assuage.catalogue.message import message
    from assuage.errors import Problems
    from assuage.record.document import load
    from assuage.safety.session import plan_session
    from assuage.safety.session_read import read_plan

    document = load(args.file)
    planned, wrong = read_plan(document.value)
    problems = [
        *document.problems,
        *(replace(problem, line=document.lines.of(problem.place)) for problem in wrong),
    ]
    if problems or planned is None:
        raise Problems(document.name, problems, message("session.not-planned"))
    plan = plan_session(planned)
    if args.json:
        print_json(_to_json(plan, speaking_of(args)))
    else:
        _show(plan, speaking_of(args), everything=bool(args.all))
    return int(any(alert.tier == "stop" for alert in plan.alerts))


def _number(value: Fraction | None) -> float | None:
    """A decimal for JSON: exact where it is short, else to nine places."""
    if value is None:
        return None
    rounded = round(float(value), 9)
    return int(rounded) if rounded.is_integer() else rounded


def _to_json(plan: SessionPlan, speaking: Catalogue) -> dict[str, Any]:
    from assuage.report.alerts import alert_to_json
    from assuage.safety.rules import row_text

    return {
        "total_ml": _number(plan.total_ml),
        "drugs": [_drug(drug) for drug in plan.drugs],
        "unmeasured": list(plan.unmeasured),
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
        "excipients_note": speaking.say(plan.excipients_note) if plan.excipients_note else "",
        "compatibility": [
            {
                "id": row.id,
                "verdict": row.verdict,
                "combination": speaking.value(row_text(row, "combination")),
                "rule": speaking.value(row_text(row, "rule")),
                "basis": speaking.value(row_text(row, "basis")),
            }
            for row in plan.compatibility
        ],
        "technique": [
            {
                "what": check.what.english,
                "answer": str(check.answer),
                "published": speaking.value(check.published),
                "sources": [source.key for source in check.sources],
                "status": check.status.value,
            }
            for check in plan.technique
        ],
        "contraindications": [
            {"id": key, "present": str(present)} for key, present in plan.contraindications
        ],
        "alerts": [alert_to_json(alert, speaking) for alert in plan.alerts],
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


def _show(plan: SessionPlan, speaking: Catalogue, *, everything: bool) -> None:
    from assuage.report.screen import console
    from assuage.report.session import session_lines

    screen = console()
    for line in session_lines(plan, speaking, everything=everything):
        screen.print(line, markup=False)
