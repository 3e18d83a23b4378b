"""Pairs that no paper was read for and everybody is taught: each is asked or noted, none forbids.

Written as in `test_pairs`; the severities are ours, from memory.
"""

from __future__ import annotations

import pytest

from assuage.safety.check import check
from assuage.safety.formulary import INTERACTIONS
from assuage.safety.situation import Situation, line
from assuage.terms.sources import Status
from tests.safety.test_pairs import gravest

EXPECTED = """
eletriptan + clarithromycin: major
lurasidone + clarithromycin: major
buspirone + itraconazole: major
suvorexant + clarithromycin: major
rimegepant + itraconazole: major
naloxegol + clarithromycin: major
tolvaptan + itraconazole: major
tofacitinib + ketoconazole: moderate
zopiclone + clarithromycin: moderate
triamcinolone + ritonavir: major
methylprednisolone + cobicistat: major
zolpidem + rifampicin: moderate
mirtazapine + carbamazepine: moderate
oxcarbazepine + contraceptive pill: major
perampanel + the pill: major
citalopram + omeprazole: moderate
escitalopram + esomeprazole: moderate
citalopram + pantoprazole: none
propafenone + paroxetine: major
flecainide + duloxetine: major
atomoxetine + paroxetine: major
vortioxetine + bupropion: moderate
metoprolol + mirabegron: moderate
ramelteon + fluvoxamine: major
pirfenidone + ciprofloxacin: major
metamizole + tacrolimus: moderate
metamizole + warfarin: moderate
metamizole + azathioprine: major
levodopa + haloperidol: major
pramipexole + risperidone: major
botulinum toxin + gentamicin: major
procaine + co-trimoxazole: moderate
procaine + neostigmine: moderate
adrenaline + amitriptyline: major
adrenaline + propranolol: major
adrenaline + bisoprolol: none
atomoxetine + phenelzine: major
entacapone + tranylcypromine: major
tetrabenazine + phenelzine: major
reserpine + tetrabenazine: major
ketamine + tranylcypromine: moderate
pentoxifylline + warfarin: major
pentoxifylline + ketorolac: major
alendronate + ibuprofen: moderate
gabapentin + aluminium hydroxide: moderate
carbamazepine + furosemide: moderate
dantrolene + verapamil: major
dantrolene + amlodipine: none
acetazolamide + topiramate: moderate
lasmiditan + propranolol: moderate
cocaine + propranolol: major
cocaine + lidocaine: major
MDMA + sertraline: major
ecstasy + moclobemide: major
kratom + oxycodone: major
heroin + diazepam: major
LSD + lithium: major
psilocybin + lithium: major
vitamin K + warfarin: major
ginkgo + warfarin: moderate
turmeric + warfarin: moderate
garlic + apixaban: moderate
ginkgo + ibuprofen: moderate
kava + lorazepam: moderate
valerian + zopiclone: moderate
valerian + paracetamol: none
kava + paracetamol: moderate
liquorice + digoxin: major
liquorice + hydrochlorothiazide: moderate
St John's wort + levothyroxine: moderate
caffeine + fluvoxamine: moderate
cannabis + warfarin: moderate
CBD + valproate: major
CBD oil + tacrolimus: major
diabetes tablets + paracetamol: none
"""
PAIRS = [
    (*pair.split(" + "), severity)
    for pair, _, severity in (text.rpartition(": ") for text in EXPECTED.splitlines() if text)
]


@pytest.mark.parametrize(("first", "other", "severity"), PAIRS, ids=[f"{a} + {b}" for a, b, _ in PAIRS])
def test_a_remembered_pair_is_asked_or_noted(first: str, other: str, severity: str):
    assert gravest(first, other) == gravest(other, first) == severity


@pytest.mark.parametrize(("first", "other", "severity"), PAIRS, ids=[f"{a} + {b}" for a, b, _ in PAIRS])
def test_nothing_that_is_only_remembered_stops_a_pair(first: str, other: str, severity: str):
    memory = {row.id for row in INTERACTIONS if row.status is Status.MEMORY}
    raised = [alert for alert in check(Situation((line(first), line(other)))) if alert.id in memory]
    assert {alert.tier for alert in raised} <= {"ask", "note"}
