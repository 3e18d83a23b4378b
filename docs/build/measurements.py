"""What is measured: quantities, units, codes, and the conditions that their numbers come to."""

from __future__ import annotations

from assuage.terms.conditions import CONDITIONS
from assuage.terms.holds import NUMBER_HOLDS
from assuage.terms.quantities import QUANTITIES
from assuage.terms.quantity import Cut, Quantity
from assuage.terms.sources import Status
from docs.build.markdown import code, codes, table

_CHECKED = {Status.MEMORY: " (from memory)", Status.MIXED: " (the first was seen)"}


def page() -> str:
    """The table of quantities and the rules of reading."""
    quantities = QUANTITIES.values()
    cuts = [
        (
            quantity.title,
            _bounds(cut, quantity),
            CONDITIONS[cut.condition].title,
            {"no": "", "where nobody says otherwise": "absent, where nobody says otherwise", "yes": "absent"}[
                cut.rules_out
            ],
            f"{cut.source}; {cut.status.value}",
        )
        for quantity in quantities
        for cut in quantity.cuts
    ]
    lines = [
        "# Measurements and what they come to",
        "",
        "An entry of the kind `measurement` ([the record](record.md)) gives the number, its unit and the",
        "laboratory's range in fields of their own; the LOINC code names the quantity where the words do not.",
        "A number is read out of a finding's words (`QTc 510 ms`; `what: ALT` with `result: 240 U/L (6x",
        "ULN)`; `BP 165/95`) where it is read whole: the quantity, the number or range (`28-35`, `<30`), its",
        "unit, multiples of the upper limit (`6x ULN`) or the laboratory's range. What is not read whole, a",
        "number in an unknown unit, one without a unit where two are usual, and one that no patient can have",
        "decide nothing, and the question stays; but a temperature without a unit that cannot be in °C is in °F.",
        "The condition has the day of the number, and an alert names both. A symptom with such words is read as",
        "the finding.",
        "",
        "A range concludes only what both its ends conclude. What a person found outweighs what a number",
        "rules out. A creatinine comes to an eGFR by the CKD-EPI equation of 2021 (without race), in whole",
        "numbers, for an adult whose age and sex are known. Units are converted exactly, between mass and",
        "moles through the molar mass.",
        "",
        "## Conditions",
        "",
        *table(("quantity", "value", "condition", "else", "whose number"), cuts),
        "## Far out",
        "",
        "Outside these limits (ours), and outside the range written beside a number from which nothing follows, a",
        "number decides nothing, but nothing is begun and no work with the body is done before a person has looked at",
        "it: until a later number inside, or a clinician's `checked:` entry. It stands where STOP stands.",
        "",
        *table(
            ("quantity", "below", "above", "unit"),
            [(quantity.title, *quantity.alarming, quantity.unit) for quantity in quantities if any(quantity.alarming)],
        ),
        "## Asked about",
        "",
        "Above these numbers (ours) it is asked whether one of the conditions is there, where it could forbid, until a",
        "finding of it or a later number says so. They decide nothing.",
        "",
        *table(
            ("quantity", "above", "unit", "asks for"),
            [
                (
                    quantity.title,
                    quantity.asks_above,
                    quantity.unit,
                    ", ".join(CONDITIONS[condition].title for condition in quantity.asks),
                )
                for quantity in quantities
                if quantity.asks
            ],
        ),
        "## Quantities",
        "",
        *table(
            ("id", "names", "unit", "other units", "LOINC", "a value holds"),
            [
                (
                    code(quantity.id),
                    ", ".join(quantity.names),
                    quantity.unit or "none",
                    ", ".join(unit for unit, _, _ in quantity.other_units)
                    + (f" (molar mass {quantity.molar_mass} g/mol)" if quantity.molar_mass else ""),
                    f"{codes(quantity.loinc)}{_CHECKED.get(quantity.loinc_status, '')}",
                    _days(NUMBER_HOLDS[quantity.id]),
                )
                for quantity in quantities
            ],
        ),
        "Days that a value holds are ours. This material contains content from LOINC (loinc.org). LOINC is",
        "copyright Regenstrief Institute, Inc. and the LOINC Committee and is available at no cost under the",
        "licence at loinc.org/license.",
        "",
    ]  # fmt: skip
    return "\n".join(lines)


def _bounds(cut: Cut, quantity: Quantity) -> str:
    unit = "x upper limit" if cut.of_upper_limit else quantity.unit
    words = [
        f"{word} {bound}"
        for word, bound in (("above", cut.above), ("from", cut.least), ("below", cut.below))
        if bound
    ]
    anyhow = f"; above {cut.over_any_limit} {quantity.unit} without one (ours)" if cut.over_any_limit else ""
    return f"{' and '.join(words)} {unit}".strip() + anyhow


def _days(days: int) -> str:
    return "the day" if days == 1 else f"{days} days"
