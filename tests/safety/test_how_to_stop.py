"""What a STOP says of a drug that must not be left off at once, to a clinician and to a patient."""

from __future__ import annotations

import pytest

from assuage.safety.check import check
from assuage.safety.regimen_text import read_regimen
from assuage.safety.situation import Situation
from assuage.safety.stopping import not_at_once
from assuage.terms.drug_names import read_drug


@pytest.mark.parametrize(
    ("substance", "held"),
    [
        ("valproic_acid", True),
        ("lamotrigine", True),
        ("phenobarbital", True),
        ("clonazepam", True),
        ("metoprolol", True),
        ("prednisolone", True),
        ("clonidine", True),
        ("baclofen", True),
        ("oxycodone", True),
        ("pregabalin", True),
        ("tizanidine", True),
        ("ibuprofen", False),
        ("amitriptyline", False),
        ("phenelzine", False),
    ],
)
def test_which_drugs_a_person_decides_how_to_leave_off(substance: str, held: bool):
    assert bool(not_at_once((substance,))) is held


def test_a_stop_says_not_to_leave_such_a_drug_off_at_once():
    lines, _ = read_regimen("pregabalin 300 mg twice a day")
    (alert,) = (alert for alert in check(Situation(lines)) if alert.tier == "stop")
    assert [detail.id for detail in alert.details] == ["alert.not-at-once"]


@pytest.mark.parametrize(
    ("brand", "part"),
    [
        ("Pentalgin", "naproxen"),
        ("Pentalgin N", "phenobarbital"),
        ("Valoserdin", "phenobarbital"),
        ("Grippostad C", "chlorphenamine"),
        ("Wick MediNait", "dextromethorphan"),
        ("Gripex", "pseudoephedrine"),
        ("Teraflu", "paracetamol"),
        ("Combilipen", "lidocaine"),
        ("Actovegin", "actovegin"),
        ("Essentiale forte", "essential_phospholipids"),
        ("Canephron", "centaury"),
        ("Kagocel", "kagocel"),
    ],
)
def test_a_brand_of_these_markets_is_remembered_and_so_asked(brand: str, part: str):
    read = read_drug(brand)
    assert read is not None
    assert (read.how, part in {each.id for each in read.drug.substances}) == ("memory", True)
