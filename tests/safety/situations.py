"""Situations written shortly, and Hypothesis strategies for them."""

from __future__ import annotations

from hypothesis import strategies as st

from assuage.record.entries import Dose
from assuage.safety.formulary import CONDITION_RULES, SUBSTANCES
from assuage.safety.situation import PROCEDURES, RegimenLine, Situation
from assuage.terms.answers import NO, UNKNOWN, YES, Answer

CONDITIONS_ASKED = sorted({rule.condition for rule in CONDITION_RULES})


def given(substance: str, amount: float | None = None, unit: str = "mg", route: str = "oral") -> RegimenLine:
    doses = () if amount is None else (Dose(amount, unit),)
    return RegimenLine(substance, substance, doses, "procedure" if substance in PROCEDURES else route)


def taking(*lines: RegimenLine | str, **conditions: Answer) -> Situation:
    """The situation of these lines (a bare id is a line without a dose) and conditions."""
    made = [given(line) if isinstance(line, str) else line for line in lines]
    return Situation(
        regimen=tuple(line for line in made if line.route != "procedure"),
        procedures=tuple(line for line in made if line.route == "procedure"),
        conditions=conditions,
    )


@st.composite
def lines(draw: st.DrawFn) -> RegimenLine:
    substance = draw(st.sampled_from(sorted(SUBSTANCES)))
    unit = SUBSTANCES[substance].dosing.unit or "mg"
    amount = draw(st.one_of(st.none(), st.integers(1, 500)))
    route = draw(st.sampled_from(["oral", "intradermal", "im"]))
    return given(substance, amount, unit, route)


conditions = st.dictionaries(
    st.sampled_from(CONDITIONS_ASKED), st.sampled_from([YES, NO, UNKNOWN]), max_size=12
)
regimens = st.lists(lines(), min_size=1, max_size=8)
