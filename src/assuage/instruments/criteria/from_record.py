"""What sets of criteria take from a record: which questionnaires hold the facts that `Criteria.from_record` names."""

from __future__ import annotations

from collections.abc import Iterable

from assuage.instruments.body import WPI_TOTAL
from assuage.instruments.criteria.aapt_2019 import AAPT_OF, AAPT_SITES
from assuage.instruments.model import Criteria
from assuage.instruments.severity import SSS_TOTAL

BODY_INDEX = WPI_TOTAL.id
SEVERITY_SCALE = SSS_TOTAL.id
BURDEN_ITEMS = ("fatigue", "waking_unrefreshed")
_HELD_IN: dict[str, tuple[str, ...]] = {
    "body": (BODY_INDEX, "fs"),
    "sites": (BODY_INDEX,),
    "severity": (SEVERITY_SCALE, "fs"),
    "burden": (SEVERITY_SCALE,),
}
# The questionnaires of whose single items any criteria may ask.
HOLD_FACTS = frozenset(name for names in _HELD_IN.values() for name in names)
# The index has no head, hand or foot, so without a mark there these stay open.
_NOT_ASKED = frozenset({"head", "left_arm", "right_arm", "left_leg", "right_leg"})


def questionnaires_of(criteria: Criteria) -> frozenset[str]:
    """The ids of the questionnaires whose answers or scores say something to these criteria."""
    return frozenset(name for fact in criteria.from_record for name in _HELD_IN.get(fact, ()))


def nine_sites(painful: Iterable[str]) -> dict[str, bool | None]:
    """The nine sites of the AAPT from the painful sites of the body map: yes, no, or None where no map asks."""
    marked = {nine for site in painful for nine in AAPT_OF.get(site, ())}
    return {site: True if site in marked else None if site in _NOT_ASKED else False for site in AAPT_SITES}
