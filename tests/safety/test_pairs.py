"""What a clinician expects of a pair: the gravest rule that knows it, or silence.

The first words of each line are the pair as people write it; the severity is that of the labels and handbooks named
by the rules. `none` is a pair that no rule may warn of.
"""

from __future__ import annotations

import pytest

from assuage.safety.check import check
from assuage.safety.data.classes import TITLES
from assuage.safety.formulary import INTERACTIONS, MEMBERSHIPS, SUBSTANCES
from assuage.safety.rules import SEVERITIES
from assuage.safety.situation import Situation, line
from assuage.terms.sources import Status

EXPECTED = """
warfarin + ciprofloxacin: major
warfarin + clarithromycin: major
warfarin + erythromycin: major
warfarin + metronidazole: major
warfarin + co-trimoxazole: major
warfarin + fluconazole: major
warfarin + amiodarone: major
warfarin + carbamazepine: major
warfarin + rifampicin: major
warfarin + St John's wort: contraindicated
warfarin + sertraline: moderate
warfarin + duloxetine: moderate
warfarin + ibuprofen: major
warfarin + dexketoprofen: major
warfarin + piroxicam: major
warfarin + melatonin: moderate
warfarin + tramadol: moderate
warfarin + paracetamol: moderate
warfarin + cimetidine: moderate
warfarin + alcohol: moderate
warfarin + prednisolone: moderate
warfarin + apixaban: contraindicated
warfarin + aspirin 75 mg: major
apixaban + naproxen: major
apixaban + St John's wort: major
apixaban + rifampicin: major
apixaban + ketoconazole: major
apixaban + clarithromycin: moderate
apixaban + fluoxetine: moderate
clopidogrel + omeprazole: major
clopidogrel + fluoxetine: moderate
clopidogrel + fluvoxamine: moderate
clopidogrel + ibuprofen: major
clopidogrel + aspirin 75 mg: moderate
aspirin 75 mg + duloxetine: moderate
aspirin 75 mg + sertraline: moderate
aspirin 75 mg + alcohol: moderate
moclobemide + triptan: contraindicated
linezolid + triptan: contraindicated
irreversible MAOI + St John's wort: contraindicated
irreversible MAOI + pethidine: contraindicated
irreversible MAOI + dextromethorphan: contraindicated
irreversible MAOI + bupropion: contraindicated
irreversible MAOI + pseudoephedrine: contraindicated
irreversible MAOI + amitriptyline: contraindicated
irreversible MAOI + duloxetine: contraindicated
irreversible MAOI + fluoxetine: contraindicated
irreversible MAOI + cyclobenzaprine: contraindicated
irreversible MAOI + trazodone: contraindicated
irreversible MAOI + linezolid: contraindicated
irreversible MAOI + codeine: major
irreversible MAOI + alcohol: moderate
vitamin D + Rocaltrol: major
vitamin D + One-Alpha: major
colecalciferol + Hidroferol: major
linezolid + sertraline: contraindicated
linezolid + duloxetine: contraindicated
linezolid + tramadol: contraindicated
linezolid + pethidine: contraindicated
methylene blue + paroxetine: contraindicated
methylene blue + duloxetine: contraindicated
methylene blue + amitriptyline: contraindicated
selegiline + pethidine: contraindicated
selegiline + triptan: none
St John's wort + triptan: moderate
St John's wort + tramadol: major
St John's wort + sertraline: major
St John's wort + combined oral contraceptive: major
St John's wort + diazepam: moderate
St John's wort + amitriptyline: major
paroxetine + triptan: moderate
duloxetine + triptan: moderate
duloxetine + fluoxetine: major
fluvoxamine + duloxetine: contraindicated
ciprofloxacin + duloxetine: contraindicated
fluvoxamine + tizanidine: contraindicated
ciprofloxacin + tizanidine: contraindicated
fluvoxamine + melatonin: major
ciprofloxacin + melatonin: minor
cimetidine + melatonin: minor
fluoxetine + sertraline: major
duloxetine + milnacipran: major
amitriptyline + nortriptyline: major
amitriptyline + sertraline: moderate
amitriptyline + duloxetine: major
amitriptyline + cimetidine: moderate
amitriptyline + qt_prolonging_drug: major
amitriptyline + citalopram: major
citalopram + methadone: major
clarithromycin + ondansetron: major
amiodarone + haloperidol: major
citalopram + thiazide diuretic: moderate
lithium + ACE inhibitor: major
lithium + arb: major
lithium + thiazide diuretic: major
lithium + loop diuretic: moderate
lithium + dexketoprofen: major
lithium + ibuprofen: major
lithium + verapamil: moderate
lithium + metronidazole: moderate
lithium + sertraline: moderate
lithium + tramadol: moderate
lithium + paracetamol: none
methotrexate + trimethoprim: major
methotrexate + co-trimoxazole: major
methotrexate + diclofenac: major
methotrexate + alcohol: major
ACE inhibitor + spironolactone: major
ACE inhibitor + potassium chloride: major
ACE inhibitor + arb: major
ACE inhibitor + ibuprofen: moderate
ACE inhibitor + trimethoprim: moderate
spironolactone + potassium chloride: major
spironolactone + trimethoprim: major
verapamil + beta-blocker: major
diltiazem + beta-blocker: major
amiodarone + beta-blocker: major
clonidine + beta-blocker: major
clonidine + amitriptyline: moderate
clonidine + tizanidine: major
paroxetine + beta-blocker: moderate
fluoxetine + flecainide: major
digoxin + verapamil: major
digoxin + clarithromycin: major
simvastatin + clarithromycin: contraindicated
simvastatin + azithromycin: none
simvastatin + verapamil: major
colchicine + clarithromycin: major
codeine + paroxetine: major
codeine + fluoxetine: major
codeine + bupropion: major
codeine + quinidine: major
codeine + terbinafine: major
codeine + duloxetine: moderate
codeine + sertraline: none
codeine + diazepam: major
codeine + alcohol: major
codeine + tramadol: major
codeine + pregabalin: major
tramadol + paroxetine: major
tramadol + bupropion: major
tramadol + terbinafine: major
tramadol + carbamazepine: major
tramadol + sertraline: major
tramadol + ciprofloxacin: moderate
tramadol + ondansetron: none
strong opioid + zolpidem: major
strong opioid + pregabalin: major
pregabalin + gabapentin: major
pregabalin + alcohol: moderate
diazepam + zolpidem: major
diazepam + alcohol: major
paracetamol + alcohol: moderate
bupropion + alcohol: moderate
bupropion + prednisolone: moderate
bupropion + fluoxetine: moderate
baclofen + alcohol: moderate
cyclobenzaprine + duloxetine: moderate
cyclobenzaprine + codeine: major
tizanidine + ACE inhibitor: moderate
tizanidine + verapamil: major
tizanidine + alcohol: moderate
tizanidine + baclofen: moderate
tizanidine + combined oral contraceptive: major
combined oral contraceptive + carbamazepine: major
prednisolone + diclofenac: major
prednisolone + ciprofloxacin: moderate
ibuprofen + naproxen: major
dexketoprofen + piroxicam: major
meloxicam + sertraline: moderate
etoricoxib + aspirin 75 mg: major
duloxetine + paracetamol: none
pregabalin + paracetamol: none
amitriptyline + paracetamol: none
amitriptyline + ibuprofen: none
duloxetine + pregabalin: none
duloxetine + melatonin: none
pregabalin + naproxen: none
melatonin + magnesium: none
vitamin D3 + creatine: none
omeprazole + paracetamol: none
metronidazole + amitriptyline: none
simvastatin + pregabalin: none
trimethoprim + duloxetine: none
atorvastatin + duloxetine: none
"""
# Written down as a clinician expects them before the rules for them were.
EXPECTED_OF_OTHER_DISEASES = """
sildenafil + isosorbide mononitrate: contraindicated
tadalafil + nitroglycerin: contraindicated
vardenafil + isosorbide dinitrate: contraindicated
riociguat + nitroglycerin: contraindicated
riociguat + sildenafil: contraindicated
sildenafil + doxazosin: moderate
sildenafil + ritonavir: major
azathioprine + allopurinol: major
mercaptopurine + allopurinol: major
azathioprine + febuxostat: contraindicated
mercaptopurine + febuxostat: contraindicated
escitalopram + citalopram: major
citalopram + hydroxychloroquine: major
citalopram + domperidone: contraindicated
methadone + ondansetron: major
haloperidol + erythromycin: major
domperidone + clarithromycin: contraindicated
domperidone + fluconazole: contraindicated
moxifloxacin + sotalol: major
amiodarone + hydroxychloroquine: major
levofloxacin + amiodarone: major
chlorpromazine + citalopram: major
quetiapine + methadone: major
escitalopram + ondansetron: major
amitriptyline + moxifloxacin: major
amitriptyline + haloperidol: major
amitriptyline + methadone: major
sumatriptan + ergotamine: contraindicated
rizatriptan + dihydroergotamine: contraindicated
sumatriptan + zolmitriptan: contraindicated
rizatriptan + propranolol: moderate
ergotamine + clarithromycin: contraindicated
ergotamine + ritonavir: contraindicated
ergotamine + itraconazole: contraindicated
theophylline + ciprofloxacin: major
theophylline + fluvoxamine: major
theophylline + clarithromycin: moderate
theophylline + erythromycin: major
theophylline + cimetidine: major
clozapine + fluvoxamine: major
clozapine + ciprofloxacin: major
clozapine + carbamazepine: major
simvastatin + itraconazole: contraindicated
simvastatin + ketoconazole: contraindicated
simvastatin + erythromycin: contraindicated
lovastatin + clarithromycin: contraindicated
atorvastatin + clarithromycin: major
atorvastatin + itraconazole: major
simvastatin + gemfibrozil: contraindicated
simvastatin + ciclosporin: contraindicated
rosuvastatin + ciclosporin: contraindicated
simvastatin + amiodarone: moderate
simvastatin + amlodipine: moderate
simvastatin + diltiazem: major
rosuvastatin + clarithromycin: none
colchicine + ciclosporin: major
colchicine + verapamil: major
colchicine + itraconazole: major
colchicine + erythromycin: major
colchicine + azithromycin: none
rifampicin + combined oral contraceptive: major
phenytoin + combined oral contraceptive: major
topiramate + combined oral contraceptive: moderate
lamotrigine + combined oral contraceptive: moderate
lamotrigine + valproate: major
carbamazepine + apixaban: major
phenytoin + rivaroxaban: major
rifampicin + dabigatran: major
dabigatran + dronedarone: contraindicated
dabigatran + ketoconazole: contraindicated
dabigatran + verapamil: moderate
rivaroxaban + ritonavir: major
carbamazepine + clarithromycin: major
carbamazepine + erythromycin: major
phenytoin + fluconazole: major
meropenem + valproate: major
lithium + indapamide: major
lithium + losartan: major
lithium + haloperidol: moderate
lithium + carbamazepine: moderate
digoxin + amiodarone: major
digoxin + quinidine: major
digoxin + spironolactone: moderate
digoxin + furosemide: moderate
ivabradine + clarithromycin: contraindicated
ivabradine + diltiazem: contraindicated
eplerenone + clarithromycin: contraindicated
eplerenone + potassium chloride: major
sacubitril + ramipril: contraindicated
metformin + alcohol: moderate
glibenclamide + bosentan: contraindicated
glibenclamide + co-trimoxazole: moderate
gliclazide + fluconazole: major
gliclazide + miconazole: major
repaglinide + gemfibrozil: contraindicated
repaglinide + clopidogrel: major
methotrexate + omeprazole: moderate
methotrexate + amoxicillin: moderate
methotrexate + naproxen: major
methotrexate + leflunomide: major
tacrolimus + clarithromycin: major
ciclosporin + rifampicin: major
ciclosporin + St John's wort: contraindicated
tacrolimus + fluconazole: major
tamoxifen + paroxetine: major
tamoxifen + fluoxetine: major
levodopa + metoclopramide: major
metoclopramide + haloperidol: major
disulfiram + metronidazole: contraindicated
disulfiram + alcohol: contraindicated
metronidazole + alcohol: major
isotretinoin + doxycycline: contraindicated
isotretinoin + vitamin A: major
levothyroxine + calcium carbonate: moderate
levothyroxine + ferrous sulfate: moderate
alendronate + calcium carbonate: moderate
doxycycline + ferrous sulfate: moderate
ciprofloxacin + magnesium: moderate
ciprofloxacin + ferrous sulfate: moderate
fentanyl + clarithromycin: major
oxycodone + ritonavir: major
oxycodone + itraconazole: major
oxycodone + alprazolam: major
morphine + gabapentin: major
tizanidine + viloxazine: contraindicated
tizanidine + rofecoxib: major
tizanidine + tiabendazole: major
tizanidine + stiripentol: major
tizanidine + deferasirox: major
tizanidine + zafirlukast: major
tizanidine + metformin: none
hydrocortisone cream + ibuprofen: none
prednisolone eye drops + ketoprofen: none
prednisolone + ketoprofen: major
tacrolimus ointment + ketoprofen: none
gentamicin eye drops + ketoprofen: none
Ketonal gelis + tacrolimus: major
timolol eye drops + verapamil: major
combined oral contraceptive + modafinil: major
apixaban + enzalutamide: major
amitriptyline + efavirenz: major
duloxetine + viloxazine: contraindicated
theophylline + viloxazine: major
agomelatine + viloxazine: contraindicated
phenelzine + viloxazine: contraindicated
amitriptyline + viloxazine: moderate
amitriptyline + ritonavir: moderate
amitriptyline + cobicistat: moderate
amitriptyline + itraconazole: moderate
nortriptyline + ketoconazole: moderate
amitriptyline + mirabegron: moderate
amitriptyline + quinine: major
amitriptyline + isoniazid: moderate
amitriptyline + ozanimod: major
sertraline + ozanimod: major
moclobemide + ozanimod: contraindicated
amitriptyline + lisdexamfetamine: moderate
amitriptyline + methylphenidate: moderate
amitriptyline + pseudoephedrine: moderate
amitriptyline + valproate: moderate
amitriptyline + phenytoin: moderate
amitriptyline + amoxicillin: none
lidocaine + ritonavir: moderate
lidocaine + cobicistat: moderate
tizanidine + digoxin: moderate
ketoprofen + tacrolimus: major
dexketoprofen + ciclosporin: major
ketoprofen + tenofovir: major
ketoprofen + cisplatin: major
ketoprofen + gentamicin: major
ketoprofen + vancomycin: major
ketoprofen + amphotericin B: major
ketoprofen + pemetrexed: major
ketoprofen + digoxin: moderate
ketoprofen + lithium: major
ketoprofen + amoxicillin: none
creatine + tacrolimus: major
creatine + tenofovir: major
creatine + gentamicin: major
creatine + metformin: none
sildenafil + glyceryl trinitrate: contraindicated
tadalafil + isosorbide mononitrate: contraindicated
Viagra + Nitroglycerinum: contraindicated
sildenafil + nitrate: contraindicated
sildenafil + poppers: contraindicated
PDE5 inhibitor + isosorbide dinitrate: contraindicated
sildenafil + nicorandil: major
sildenafil + amlodipine: none
isosorbide mononitrate + amlodipine: none
buprenorphine + diazepam: major
methadone + alprazolam: major
fentanyl + pregabalin: major
tramadol + mirtazapine: major
fentanyl + sertraline: moderate
midazolam + itraconazole: major
triazolam + ketoconazole: contraindicated
alprazolam + ketoconazole: contraindicated
quetiapine + ketoconazole: major
pimozide + clarithromycin: contraindicated
pimozide + sertraline: major
thioridazine + fluoxetine: contraindicated
citalopram + pimozide: contraindicated
sertraline + ibuprofen: moderate
duloxetine + naproxen: moderate
escitalopram + apixaban: moderate
venlafaxine + warfarin: moderate
fluoxetine + metoprolol: moderate
propranolol + salbutamol: major
timolol + salbutamol: major
insulin + propranolol: moderate
clonidine + bisoprolol: major
clonidine + mirtazapine: major
tizanidine + mexiletine: major
tizanidine + rifampicin: moderate
duloxetine + thioridazine: contraindicated
milnacipran + digoxin: major
agomelatine + fluvoxamine: contraindicated
agomelatine + ciprofloxacin: contraindicated
ropinirole + ciprofloxacin: moderate
bupropion + selegiline: contraindicated
rasagiline + pethidine: contraindicated
rasagiline + tramadol: contraindicated
rasagiline + dextromethorphan: contraindicated
safinamide + fluoxetine: contraindicated
selegiline + fluoxetine: contraindicated
linezolid + pseudoephedrine: contraindicated
naltrexone + oxycodone: contraindicated
naltrexone + codeine: contraindicated
enalapril + spironolactone: major
allopurinol + captopril: moderate
warfarin + miconazole: major
warfarin + allopurinol: moderate
warfarin + levothyroxine: moderate
warfarin + clopidogrel: major
apixaban + clopidogrel: major
enoxaparin + diclofenac: major
fondaparinux + ketorolac: major
ticagrelor + clarithromycin: contraindicated
ticagrelor + simvastatin: moderate
prasugrel + warfarin: major
clopidogrel + esomeprazole: major
phenelzine + levodopa: contraindicated
phenelzine + sumatriptan: contraindicated
phenelzine + methylphenidate: contraindicated
amoxicillin + combined oral contraceptive: none
atenolol + paracetamol: none
amlodipine + amitriptyline: none
azithromycin + atorvastatin: none
levothyroxine + duloxetine: none
ramipril + paracetamol: none
"""


def expected_pairs() -> list[tuple[str, str, str]]:
    lines = [text.rpartition(": ") for text in (EXPECTED + EXPECTED_OF_OTHER_DISEASES).splitlines() if text]
    return [(*pair.split(" + "), severity) for pair, _, severity in lines]  # type: ignore[misc]


PAIRS = expected_pairs()


def gravest(first: str, other: str) -> str:
    """The severity of the gravest interaction of the two; `none` where no rule knows the pair."""
    regimen = (line(first), line(other))
    assert all(drug.substance for drug in regimen), f"{first} or {other} is not read"
    raised = [alert.severity for alert in check(Situation(regimen)) if alert.id.startswith("DI_")]
    return min(raised, key=SEVERITIES.index) if raised else "none"


def test_the_table_holds_at_least_300_pairs_and_some_that_are_silent():
    assert len({frozenset((first, other)) for first, other, _ in PAIRS}) == len(PAIRS) >= 300
    assert sum(severity == "none" for *_, severity in PAIRS) >= 12


@pytest.mark.parametrize(("first", "other", "severity"), PAIRS, ids=[f"{a} + {b}" for a, b, _ in PAIRS])
def test_a_pair_is_as_grave_as_a_clinician_expects(first: str, other: str, severity: str):
    assert gravest(first, other) == gravest(other, first) == severity


def test_two_products_with_paracetamol_are_one_overdose_waiting():
    assert gravest("paracetamol", "acetaminophen") == "major"


def test_what_stops_was_read_somewhere():
    from_memory = {
        row.id for row in INTERACTIONS if row.severity == "contraindicated" and row.status is Status.MEMORY
    }
    assert from_memory == set()


def test_a_class_that_is_remembered_forbids_nothing():
    forbidding = {
        party.id
        for row in INTERACTIONS
        for party in row.parties
        if row.severity == "contraindicated" and party.is_class
    }
    remembered = {row.rule_class for row in MEMBERSHIPS if row.status is not Status.SEEN}
    assert not forbidding & remembered


def test_every_member_of_a_class_is_a_substance_of_the_index():
    assert {name for row in MEMBERSHIPS for name in row.substances} <= SUBSTANCES.keys()
    assert {row.rule_class for row in MEMBERSHIPS} <= TITLES.keys()
