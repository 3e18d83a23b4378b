"""What a written drug name is read as, by example and by property; what is suggested for one that nothing reads."""

from __future__ import annotations

import random
import re
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assuage.errors import InputError
from assuage.safety.formulary import CLASS_PROFILES, SUBSTANCES
from assuage.safety.regimen import check_regimen
from assuage.terms import drug_index
from assuage.terms.answers import NO, UNKNOWN, YES
from assuage.terms.drug_index import (
    indexed_names,
    indexed_substances,
    load_atc,
    substance_classes,
)
from assuage.terms.drug_names import (
    combination_of,
    drug_with_id,
    find_drug,
    in_one_class,
    read_drug,
    suggested,
)
from assuage.terms.drugs import DRUGS, Drug
from assuage.terms.names import edit_distance
from docs.build.drug_index import page

# name: the substances it is read as, and a class that one of them is of
EXAMPLES = """
LDN: naltrexone_ld, opioid_antagonist
Siofor 850: metformin, biguanide
Letrox 75: levothyroxine, thyroid_hormone
Nolpaza 40 mg: pantoprazole, ppi
Prestarium: perindopril, ace_inhibitor
Letizen: cetirizine, antihistamine
Cetrin: cetirizine, antihistamine
Utrogest: progesterone, progestogen
Magnerot: magnesium, polyvalent_cation_salt
Trexan: methotrexate_low_dose, csdmard
Berlthyrox: levothyroxine, thyroid_hormone
trazodone: trazodone, serotonin_modulator
tolperisone: tolperisone, muscle_relaxant
orphenadrine: orphenadrine, muscle_relaxant
metamizole: metamizole, pyrazolone
nefopam: nefopam, analgesic_other
quetiapine: quetiapine, atypical_antipsychotic
sodium oxybate: sodium_oxybate, hypnotic_other
dronabinol: dronabinol, cannabinoid
botulinum toxin: botulinum_toxin, botulinum_toxin
tapentadol: tapentadol, strong_opioid
topiramate: topiramate, antiepileptic
fluvoxamine: fluvoxamine, ssri
oxycodone: oxycodone, strong_opioid
tilidine: tilidine, weak_opioid
lorazepam: lorazepam, benzodiazepine
zolpidem: zolpidem, z_drug
indomethacin: indometacin, nsaid
etodolac: etodolac, nsaid
eletriptan: eletriptan, triptan
lisinopril: lisinopril, ace_inhibitor
valsartan: valsartan, arb
amlodipine: amlodipine, dihydropyridine
indapamide: indapamide, thiazide_diuretic
digoxin: digoxin, cardiac_glycoside
apixaban: apixaban, factor_xa_inhibitor
insulin: insulin, insulin
semaglutide: semaglutide, glp1_agonist
liothyronine: liothyronine, thyroid_hormone
hydrocortisone: hydrocortisone, systemic_corticosteroid
pantoprazole: pantoprazole, ppi
ethinylestradiol: ethinylestradiol, combined_oral_contraceptive
tamoxifen: tamoxifen, serm
rasagiline: rasagiline, mao_b_inhibitor
St. John's Wort: st_johns_wort, herbal
Saint John's wort: st_johns_wort, herbal
CoQ10: coenzyme_q10, amino_acid_supplement
omega-3: omega_3, amino_acid_supplement
vitamin B12: cyanocobalamin, vitamin
acetyl-L-carnitine: acetylcarnitine, amino_acid_supplement
ashwagandha: ashwagandha, herbal
D-ribose: ribose, amino_acid_supplement
grapefruit: grapefruit, food
norfloxacin: norfloxacin, fluoroquinolone
azithromycin: azithromycin, macrolide
phenelzine: phenelzine, maoi_irreversible
dextromethorphan: dextromethorphan, nmda_antagonist
adalimumab: adalimumab, tnf_inhibitor
Lyrica: pregabalin, gabapentinoid
Savella: milnacipran, snri
Flexeril: cyclobenzaprine, muscle_relaxant
Tramal: tramadol, weak_opioid
Sirdalud: tizanidine, muscle_relaxant
Ketonal: ketoprofen, nsaid
Panadol: paracetamol, analgesic_other
Voltaren: diclofenac, nsaid
Dolmen: dexketoprofen, nsaid
Cipralex: escitalopram, ssri
Valoron: tilidine, weak_opioid
Imovane: zopiclone, z_drug
Euthyrox: levothyroxine, thyroid_hormone
Nebilet: nebivolol, beta_blocker
Coumadin: warfarin, vitamin_k_antagonist
calpol: paracetamol, analgesic_other
furosemide: furosemide, loop_diuretic
metoprolol: metoprolol, beta_blocker
amitriptilinas: amitriptyline, tca
pregabalinas: pregabalin, gabapentinoid
paracetamolis: paracetamol, analgesic_other
hidrochlorotiazidas: hydrochlorothiazide, thiazide_diuretic
levotiroksinas: levothyroxine, thyroid_hormone
kvetiapinas: quetiapine, atypical_antipsychotic
kreatinas: creatine, amino_acid_supplement
jonažolė: st_johns_wort, herbal
Amitriptylin-neuraxpharm 25 mg: amitriptyline, tca
Johanniskraut: st_johns_wort, herbal
Acetylsalicylsäure: aspirin, nsaid
acetaminophen: paracetamol, analgesic_other
amitriptyline hydrochloride: amitriptyline, tca
tramadol SR: tramadol, weak_opioid
paracetamol/codeine: codeine + paracetamol, weak_opioid
co-codamol 8/500: codeine + paracetamol, weak_opioid
amitriptyline with perphenazine: amitriptyline + perphenazine, tca
naproxen/esomeprazole: esomeprazole + naproxen, ppi
nabilone: nabilone, cannabinoid
temazepam: temazepam, benzodiazepine
empagliflozin: empagliflozin, sglt2_inhibitor
tibolone: tibolone, oestrogen
hypericum: st_johns_wort, herbal
ginkgo: ginkgo, herbal
kava: kava, herbal
palmitoylethanolamide: palmitoylethanolamide, amino_acid_supplement
aciclovir: aciclovir, antiviral
aripiprazole: aripiprazole, atypical_antipsychotic
loperamide: loperamide, antidiarrhoeal
cetirizine: cetirizine, antihistamine
Ixel: milnacipran, snri
ibuprofenas: ibuprofen, nsaid
duloxetine hydrochloride: duloxetine, snri
N02AX02: tramadol, weak_opioid
M03BX04: tolperisone, muscle_relaxant
N06AX16: venlafaxine, snri
N06AB04: citalopram, ssri
N02AA05: oxycodone, strong_opioid
H02AB06: prednisolone, systemic_corticosteroid
""".strip().splitlines()


@pytest.mark.parametrize("line", EXAMPLES)
def test_a_name_is_read_as_what_it_means(line: str):
    name, _, wanted = line.partition(": ")
    substances, _, of_class = wanted.partition(", ")
    drug = find_drug(name)
    assert drug is not None
    assert [part.id for part in drug.substances] == substances.split(" + ")
    assert of_class in {key for part in drug.substances for key in part.classes}


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("oral morphine", "morphine"),
        ("topical diclofenac gel", "diclofenac"),
        ("inhaled salbutamol", "salbutamol"),
        ("IV paracetamol", "paracetamol"),
        ("extended-release tramadol", "tramadol"),
        ("geriamasis morfinas", "morphine"),
        ("orales Morphin", "morphine"),
        ("intrathecal baclofen", "baclofen"),
        ("baclofen via pump", "baclofen"),
        ("ibuprofen per os", "ibuprofen"),
        ("methotrexate sc", "methotrexate_low_dose"),
        ("low dose naltrexone", "naltrexone_ld"),
    ],
)
def test_how_a_drug_is_given_may_stand_before_its_name_or_behind_it(name: str, meant: str):
    read = read_drug(name)
    assert read is not None
    assert (read.drug.id, read.how) == (meant, "listed")


@pytest.mark.parametrize(
    "name", ["nasal spray", "oral drops", "the iv", "an oral one", "topical stuff", "my pump"]
)
def test_a_route_alone_is_no_name(name: str):
    assert read_drug(name) is None


@pytest.mark.parametrize(
    ("name", "meant"),
    [("amitryptiline", "amitriptyline"), ("amitryptyline", "amitriptyline"), ("tramadal", "tramadol")],
)
def test_a_listed_misspelling_is_read_as_what_was_meant_and_marked(name: str, meant: str):
    read = read_drug(name)
    assert read is not None
    assert (read.drug.id, read.how) == (meant, "misspelt")


@pytest.mark.parametrize(
    "name", ["", "moon dust", "a tea of her own", "12", "mg", "/", "retard", "none", "metoprool"]
)
def test_what_is_no_name_is_unread(name: str):
    assert read_drug(name) is None


# name: what of it is read
IN_PART = """
Tylenol 3: paracetamol
Tylenol No. 3: paracetamol
Tylenol PM: paracetamol
vitamin D calcium: vitamin_d3
vitamin D magnesium: vitamin_d3
Vitamin D 4: vitamin_d3
calcium folinate: calcium_supplement
warfarin and a herb: warfarin
ramipril HCT: ramipril
Nurofen 2: ibuprofen
""".strip().splitlines()


@pytest.mark.parametrize("line", IN_PART)
def test_a_name_of_which_only_the_beginning_is_read_is_unread_and_no_drug_is_decided_by_it(line: str):
    name, _, part = line.partition(": ")
    read = read_drug(name)
    assert read is not None
    assert (read.drug.id, read.how) == (part, "part")
    assert find_drug(name) is None


# name: the substance, all of the name being read
IN_WHOLE = """
vitamin D 2: ergocalciferol
vitamin D 3: vitamin_d3
vitamin B 12: cyanocobalamin
Vit B12: cyanocobalamin
vit. D3: vitamin_d3
vit.C: ascorbic_acid
vitamin D 1000: vitamin_d3
potassium iodide: potassium_iodide
potassium citrate: potassium_citrate
atorvastatin calcium: atorvastatin
diclofenac potassium: diclofenac
levothyroxine sodium 50: levothyroxine
magnesium oxide: magnesium
Ibuprofen 600: ibuprofen
Tab. Amitriptylini: amitriptyline
amitriptilino: amitriptyline
inj. enoxaparin: enoxaparin
""".strip().splitlines()


@pytest.mark.parametrize("line", IN_WHOLE)
def test_strength_form_salt_and_case_are_read_with_the_name(line: str):
    name, _, substance = line.partition(": ")
    read = read_drug(name)
    assert read is not None
    assert (read.drug.id, read.how) == (substance, "listed")


@pytest.mark.parametrize(
    ("brand", "substances"),
    [
        ("Roticox", "etoricoxib"),
        ("Pragiola", "pregabalin"),
        ("Alventa", "venlafaxine"),
        ("Duciltia", "duloxetine"),
        ("Bystrumgel", "ketoprofen"),
        ("Velmetia", "metformin+sitagliptin"),
        ("Spiolto", "olodaterol+tiotropium"),
    ],
)
def test_a_widely_used_brand_is_remembered_and_only_asked_about(brand: str, substances: str):
    read = read_drug(brand)
    assert read is not None
    assert (read.drug.id, read.how, find_drug(brand)) == (substances, "memory", None)


def test_a_name_from_memory_is_not_read_and_may_be_asked_about():
    remembered = next(name for name, row in indexed_names() if row.checked == "memory")
    read = read_drug(remembered)
    assert find_drug(remembered) is None
    assert read is not None
    assert read.how == "memory"


NAMES = sorted(indexed_names())


def test_every_listed_name_reads_as_what_it_is_listed_as():
    wrong = [
        name
        for name, row in NAMES
        if (read := read_drug(name)) is None or read.drug != combination_of(row.substances)
    ]
    assert wrong == []


@given(st.sampled_from([name for name, _ in NAMES]), st.sampled_from([str.upper, str.title, str.capitalize]))
def test_reading_does_not_hang_on_case(name: str, changed: object):
    assert callable(changed)
    assert read_drug(changed(name)) == read_drug(name)


@given(st.sampled_from([key for key in indexed_substances() if key not in DRUGS]))
def test_the_title_of_what_was_read_is_read_as_the_same(key: str):
    drug = drug_with_id(key)
    assert drug is not None
    again = read_drug(drug.title)
    assert again is not None
    assert again.drug == drug


@pytest.mark.parametrize("brand", ["Estreva", "Divigel", "Livial", "Tanakan", "Escuven", "Kapsicam"])
def test_a_brand_that_nothing_reads_is_not_taken_for_another_firms(brand: str):
    assert read_drug(brand) is not None or suggested(brand) is None


@given(st.sampled_from([name for name, _ in NAMES if name.isalpha()]), st.integers(0, 2**32))
def test_no_suggestion_leads_to_another_class(name: str, seed: int):
    """Two edits of a name: whatever is suggested has a class in common with what was meant."""
    chance, word = random.Random(seed), name
    for _ in range(2):
        at = chance.randrange(len(word))
        letter = chance.choice("abcdefghijklmnopqrstuvwxyz")
        word = chance.choice(
            [word[:at] + word[at + 1 :], word[:at] + letter + word[at:], word[:at] + letter + word[at + 1 :]]
        )
        if not word:
            return
    meant, near = read_drug(name), suggested(word)
    if read_drug(word) is None and near is not None and meant is not None:
        assert in_one_class([meant.drug, near])


@pytest.mark.parametrize(
    ("word", "other", "edits"),
    [
        ("same", "same", 0),
        ("tramadol", "tramadal", 1),
        ("ab", "ba", 1),
        ("furosemide", "fluoxetine", 5),
        ("a", "abcd", 3),
    ],
)
def test_edits_are_counted_and_an_exchange_of_neighbours_is_one(word: str, other: str, edits: int):
    assert edit_distance(word, other) == edit_distance(other, word) == edits


# --- classes ----------------------------------------------------------------------------------------


def test_every_class_is_described_and_every_profile_is_of_a_class():
    used = {key for row in indexed_substances().values() for key in row.classes}
    assert used == set(substance_classes())
    assert CLASS_PROFILES.keys() <= substance_classes().keys()


@pytest.mark.parametrize(
    ("taken", "asked", "answer"),
    [
        ("zolmitriptan", "triptan", YES),
        ("lisinopril", "ace_inhibitor", YES),
        ("lisinopril", "arb", NO),
        ("warfarin", "apixaban", NO),
        ("triptan", "triptan", YES),
        ("triptan", "ace_inhibitor", NO),
        ("codeine+paracetamol", "paracetamol", YES),
        ("codeine+paracetamol", "tramadol", NO),
        ("tolperisone", "triptan", UNKNOWN),
    ],
)
def test_what_is_taken_counts_as_itself_its_parts_and_its_classes(taken: str, asked: str, answer: object):
    drug, question = drug_with_id(taken), drug_with_id(asked)
    assert isinstance(drug, Drug)
    assert isinstance(question, Drug)
    assert drug.counts_as(question) is answer


def test_a_member_meets_the_rules_of_its_class():
    assert SUBSTANCES["zolmitriptan"].member_of == ("triptan",)
    assert "maoi" in SUBSTANCES["phenelzine"].classes
    assert "nsaid" in SUBSTANCES["etodolac"].classes


# --- the files --------------------------------------------------------------------------------------


def test_the_index_holds_what_it_promises():
    substances = indexed_substances().values()
    assert sum(row.checked == "seen" for row in substances) >= 1000
    assert sum(row.checked == "seen" and row.kind == "brand" for _, row in NAMES) >= 500
    assert all(row.substances for _, row in NAMES)


READ = [
    line.split("\t")
    for line in (files("assuage.terms") / "index" / "read.tsv").read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
]


@pytest.mark.parametrize("row", READ, ids=lambda row: row[0])
def test_what_was_read_is_what_the_index_says_and_names_its_text_and_date(row: list[str]):
    key, looked_up, says, title, publisher, date = row
    assert title
    assert publisher
    assert re.fullmatch(r"undated|\d{4}(-\d\d){0,2}", date)
    if looked_up == "name":
        listed = dict(NAMES)[key]
        assert (listed.substances, listed.source, listed.checked) == (tuple(says.split("+")), "read", "seen")
    else:
        substance = indexed_substances()[key]
        assert says in substance.classes
        assert substance.classes_checked == "seen"


def test_the_anticoagulant_and_the_monoamine_oxidase_inhibitor_that_were_looked_up_stop():
    for regimen in ("Marcumar 3 mg, ketoprofen 100 mg", "Arixtra 2,5 mg, ketoprofen 100 mg"):
        assert any(alert.tier == "ask" and "DI_NSAID" in alert.id for alert in check_regimen(regimen).alerts)
    tiers = {alert.id: alert.tier for alert in check_regimen("isocarboxazid 10 mg, pethidine 50 mg").alerts}
    assert tiers["DI_MAOI_PETH"] == "stop"


def test_every_source_is_on_the_page():
    sources = {row.source for _, row in NAMES} | {row.source for row in indexed_substances().values()}
    text = page()
    assert {source for source in sources if f"`{source}`" not in text and source != "formulary"} == set()


def test_the_codes_of_a_site_are_read_as_its_names(tmp_path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(drug_index, "_site_codes", {})
    file = tmp_path / "atc.csv"
    file.write_text("code;name\nN07BB01;disulfiram\nN02CC03;Zolmitriptan\n")
    assert load_atc(file) == 2
    read_drug.cache_clear()
    find_drug.cache_clear()
    drug = find_drug("n02cc03")
    assert drug is not None
    assert drug.id == "zolmitriptan"
    file.write_text("zolmitriptan N02CC03\n")
    with pytest.raises(InputError, match=re.escape("atc.csv, line 1")):
        load_atc(file)
    read_drug.cache_clear()
    find_drug.cache_clear()
