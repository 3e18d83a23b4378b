"""What may stand in one syringe: the mixing rules read against what is injected together.

Lines injected into the skin on one day are taken as one syringe.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from assuage.catalogue.message import Message, message
from assuage.safety.alerts import Alert, Tier, cautious
from assuage.safety.formulary import MIXING_RULES
from assuage.safety.rules import MixingRule, Severity, Verdict, row_text
from assuage.safety.situation import Situation
from assuage.terms.names import spaced
from assuage.terms.publications import PUBLICATIONS

MIXED_ONLY: dict[str, tuple[str, ...]] = {
    "promethazine": ("promethazine", "promethazinum"),
    "pentazocine": ("pentazocine", "pentazocinum"),
    "hydroxyzine": ("hydroxyzine", "hydroxyzinum"),
    "dopamine": ("dopamine", "dopaminum"),
    "morphine": ("morphine", "morphinum"),
    "adrenaline": ("adrenaline", "epinephrine", "adrenalinum"),
    "depot_corticosteroid": (
        "depot corticosteroid",
        "methylprednisolone acetate",
        "triamcinolone",
        "depo medrol",
        "diprospan",
        "celestone",
    ),
    "oily_solution": ("oily solution",),
}
_NAMED = {name: key for key, names in MIXED_ONLY.items() for name in (key, *names)}
# Substances of the drug index that the mixing rules know under another id.
_OF_SUBSTANCE = {"triamcinolone": "depot_corticosteroid"}

SEVERITY_OF: dict[Verdict, Severity] = {
    "incompatible": "contraindicated",
    "not_allowed": "contraindicated",
    "unverified": "moderate",
    "compatible": "minor",
}
INTO_THE_SKIN = frozenset({"intradermal", "id", "intracutaneous"})


def mixing_id(substance: str | None, name: str) -> str:
    """The id by which the mixing rules know a part of a mixture; the name itself where they do not."""
    plain = spaced(name)
    return _NAMED.get(plain) or _OF_SUBSTANCE.get(substance or "") or substance or plain


def mixing_verdicts(parts: Iterable[str]) -> tuple[MixingRule, ...]:
    """The rules that say something of a mixture of these substances, the forbidding ones first."""
    held = set(parts)
    order = list(SEVERITY_OF)
    rows = [
        row
        for row in MIXING_RULES
        if held.issuperset(row.holds)
        and (not row.with_any or not held.isdisjoint(row.with_any))
        and len(held) > 1
    ]
    return tuple(sorted(rows, key=lambda row: order.index(row.verdict)))


def mixing_message(row: MixingRule) -> Message:
    """What a rule says of its mixture: `ketoprofen + tramadol: incompatible`."""
    return message(
        "alert.mixing", combination=row_text(row, "combination"), verdict=message(f"verdict.{row.verdict}")
    )


def mixing_alerts(situation: Situation) -> Iterator[Alert]:
    """The alerts of what is injected into the skin together; a compatible mixture says nothing."""
    lines = [line for line in situation.lines if line.route.lower() in INTO_THE_SKIN]
    for row in mixing_verdicts(mixing_id(line.substance, line.name) for line in lines):
        if row.verdict == "compatible":
            continue
        severity = SEVERITY_OF[row.verdict]
        tier: Tier = "stop" if severity == "contraindicated" else "note"
        yield Alert(
            row.id,
            tier,
            severity,
            mixing_message(row),
            cautious(row_text(row, "basis"), row.status),
            tuple(PUBLICATIONS[key] for key in row.sources),
            tuple(sorted({place for line in lines for place in line.entries})),
            row_text(row, "rule"),
            row.status,
            rules=(row.id,),
        )
