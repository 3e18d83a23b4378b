"""A session of mesotherapy as lines of a terminal: amounts, technique, what forbids it, what to write down."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from assuage.catalogue.message import Message, message
from assuage.catalogue.read import Catalogue
from assuage.report.alerts import alert_lines, lines_after
from assuage.safety.formulary import SUBSTANCES, wording_of
from assuage.safety.mixing import mixing_message
from assuage.safety.rules import row_text
from assuage.safety.session import DrugInSyringe, SessionPlan
from assuage.safety.technique import excipient_title, field_title
from assuage.terms.conditions import CONDITIONS


def session_lines(plan: SessionPlan, speaking: Catalogue, *, everything: bool) -> Iterator[str]:
    """The plan, a line each; the notes among its alerts only with `everything`."""

    def say(id: str, /, **values: object) -> str:  # noqa: A002 - the id of the sentence
        return speaking.say(message(id, **values))

    shown = [alert for alert in plan.alerts if everything or alert.tier != "note"]
    yield from alert_lines(shown, speaking)
    if rest := len(plan.alerts) - len(shown):
        yield say("session.notes-not-shown", n=rest)
    yield ""
    deposits = plan.deposits
    yield say(
        "session.head",
        total=plan.total_ml,
        n=deposits.most,
        deposits=_range(deposits.fewest, deposits.most),
        area=message("session.range", low=deposits.area_cm2[0], high=deposits.area_cm2[1]),
    )
    for drug in plan.drugs:
        yield speaking.say(_drug(drug))
    for name in plan.unmeasured:
        yield say("session.unmeasured", drug=name)
    if plan.excipients_mg_per_ml:
        excipients = tuple(
            message("session.excipient", excipient=excipient_title(name), amount=amount)
            for name, amount in plan.excipients_mg_per_ml.items()
        )
        yield say("session.excipients", excipients=excipients, note=plan.excipients_note)
    for row in plan.compatibility:
        yield say("session.mixing", mixing=mixing_message(row), rule=row_text(row, "rule"), id=row.id)
    yield ""
    yield say("session.technique")
    for check in plan.technique:
        mark = say(f"session.technique-{check.answer}")
        yield f"  {mark:3} {say('session.technique-check', what=check.what, published=check.published)}"
    yield say("session.contraindications")
    for key, present in plan.contraindications:
        yield f"  {say(f'session.contraindication-{present}', condition=CONDITIONS[key])}"
    yield ""
    if plan.missing_fields:
        fields = tuple(field_title(name) for name in plan.missing_fields)
        yield say("session.to-write-down", fields=fields)
    else:
        yield say("session.all-written-down")
    yield from lines_after(speaking)


def _drug(drug: DrugInSyringe) -> Message:
    day = per_kg = None
    if drug.share is not None and drug.ceiling_mg is not None:
        day = message("session.drug-day", day=drug.day_mg, ceiling=drug.ceiling_mg, percent=drug.share * 100)
    if drug.mg_per_kg is not None:
        per_kg = message("session.drug-per-kg", amount=drug.mg_per_kg, limit=drug.mg_per_kg_limit)
    return message(
        "session.drug",
        drug=wording_of(drug.substance) if drug.substance in SUBSTANCES else drug.name,
        amount=drug.amount_mg,
        per_ml=drug.mg_per_ml,
        deposit=_range(*drug.per_point_mg),
        day=day,
        per_kg=per_kg,
    )


def _range(low: Fraction | int, high: Fraction | int) -> Message | Fraction | int:
    return low if low == high else message("session.range", low=low, high=high)
