"""Drugs, supplements and other substances by name: ids, ATC codes, other names. No rule lives here.

The ids are those of the formulary. A name that is not here is kept in a record and marked "not checked".
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from assuage.catalogue.message import Wording
from assuage.terms.names import folded

Kind = Literal["drug", "herbal_medicine", "supplement", "class_item", "exposure", "diluent"]


@dataclass(frozen=True)
class Drug:
    """A substance; `class_item` stands for any member of a class ("ACE inhibitor")."""

    id: str
    title: str
    atc: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    kind: Kind = "drug"

    @property
    def wording(self) -> Wording:
        """The title, with the key of its translations."""
        return Wording(f"drug.{self.id}", self.title)

    def __str__(self) -> str:
        return self.title


# Drugs for other diseases that only an interaction asks for.
_PARTNERS: tuple[Drug, ...] = (
    Drug("diltiazem", "diltiazem"),
    Drug("clarithromycin", "clarithromycin"),
    Drug("erythromycin", "erythromycin"),
    Drug("azithromycin", "azithromycin"),
    Drug("metronidazole", "metronidazole"),
    Drug(
        "cotrimoxazole",
        "co-trimoxazole",
        aliases=(
            "cotrimoxazole",
            "sulfamethoxazole and trimethoprim",
            "trimethoprim and sulfamethoxazole",
            "sulfamethoxazole",
        ),
    ),
    Drug("trimethoprim", "trimethoprim"),
    Drug("fluconazole", "fluconazole"),
    Drug("itraconazole", "itraconazole"),
    Drug("ketoconazole", "ketoconazole"),
    Drug("spironolactone", "spironolactone"),
    Drug("potassium_chloride", "potassium chloride", aliases=("potassium",)),
    Drug(
        "pethidine",
        "pethidine",
        aliases=(
            "meperidine",
            "pethidinum",
        ),
    ),
    Drug("dextromethorphan", "dextromethorphan"),
    Drug(
        "methylene_blue",
        "methylene blue",
        aliases=(
            "methylthioninium chloride",
            "methylthioninium",
        ),
    ),
    Drug("omeprazole", "omeprazole"),
    Drug("esomeprazole", "esomeprazole"),
    Drug("terbinafine", "terbinafine"),
    Drug("quinidine", "quinidine"),
    Drug("carbamazepine", "carbamazepine"),
    Drug("rifampicin", "rifampicin", aliases=("rifampin",)),
    Drug("phenytoin", "phenytoin"),
    Drug("simvastatin", "simvastatin"),
    Drug("atorvastatin", "atorvastatin"),
    Drug("digoxin", "digoxin"),
    Drug("colchicine", "colchicine"),
    Drug("trazodone", "trazodone"),
    Drug("mirtazapine", "mirtazapine"),
    Drug("pseudoephedrine", "pseudoephedrine"),
    Drug("citalopram", "citalopram"),
    Drug("escitalopram", "escitalopram"),
    Drug("methadone", "methadone"),
    Drug("haloperidol", "haloperidol"),
    Drug("ondansetron", "ondansetron"),
    Drug("domperidone", "domperidone"),
    Drug(
        "dexketoprofen",
        "dexketoprofen",
        aliases=(
            "dexketoprofen trometamol",
            "dexketoprofenum",
        ),
    ),
    Drug("piroxicam", "piroxicam"),
    Drug("meloxicam", "meloxicam"),
    Drug("etoricoxib", "etoricoxib"),
)

DRUGS: dict[str, Drug] = {
    drug.id: drug
    for drug in (
        *_PARTNERS,
        Drug("amitriptyline", "amitriptyline", atc=("N06AA09",), aliases=("amitriptylinum",)),
        Drug("nortriptyline", "nortriptyline", atc=("N06AA10",), aliases=("nortriptylinum",)),
        Drug("duloxetine", "duloxetine", atc=("N06AX21",), aliases=("duloxetinum",)),
        Drug("milnacipran", "milnacipran", atc=("N06AX17",), aliases=("milnacipranum",)),
        Drug("pregabalin", "pregabalin", atc=("N02BF02", "N03AX16"), aliases=("pregabalinum",)),
        Drug("gabapentin", "gabapentin", atc=("N02BF01", "N03AX12"), aliases=("gabapentinum",)),
        Drug("cyclobenzaprine", "cyclobenzaprine", atc=("M03BX08",), aliases=("cyclobenzaprinum",)),
        Drug("tizanidine", "tizanidine", atc=("M03BX02",), aliases=("tizanidinum",)),
        Drug("baclofen", "baclofen", atc=("M03BX01",), aliases=("baclofenum",)),
        Drug("tramadol", "tramadol", atc=("N02AX02",), aliases=("tramadolum",)),
        Drug("paracetamol", "paracetamol", atc=("N02BE01",), aliases=("acetaminophen", "paracetamolum")),
        Drug("ketoprofen", "ketoprofen", atc=("M01AE03",), aliases=("ketoprofenum",)),
        Drug("ibuprofen", "ibuprofen", atc=("M01AE01",), aliases=("ibuprofenum",)),
        Drug("naproxen", "naproxen", atc=("M01AE02",), aliases=("naproxenum",)),
        Drug("diclofenac", "diclofenac", atc=("M01AB05",), aliases=("diclofenacum",)),
        Drug("celecoxib", "celecoxib", atc=("M01AH01",), aliases=("celecoxibum",)),
        Drug("lidocaine", "lidocaine", atc=("N01BB02",), aliases=("lignocaine", "lidocainum")),
        Drug("mepivacaine", "mepivacaine", atc=("N01BB03",), aliases=("mepivacainum",)),
        Drug(
            "silexan",
            "Silexan",
            atc=("N05BX", "N05BX05"),
            aliases=("lavender oil", "lavandulae aetheroleum", "lavandulae aetheroleum ws 1265"),
            kind="herbal_medicine",
        ),
        Drug("creatine", "creatine monohydrate", aliases=("creatine monohydrate",), kind="supplement"),
        Drug(
            "vitamin_d3",
            "vitamin D3",
            atc=("A11CC05",),
            aliases=("vitamin d", "vitamin d3", "cholecalciferol", "colecalciferol", "colecalciferolum"),
            kind="supplement",
        ),
        Drug("magnesium", "magnesium salts", atc=("A12CC",), aliases=("magnesium salts",), kind="supplement"),
        Drug("melatonin", "melatonin", atc=("N05CH01",), aliases=("melatoninum",)),
        Drug(
            "naltrexone_ld",
            "naltrexone, low dose",
            atc=("N07BB04",),
            aliases=("low-dose naltrexone", "ldn", "naltrexone low dose"),
        ),
        Drug("sertraline", "sertraline", atc=("N06AB06",), aliases=("sertralinum",)),
        Drug("fluoxetine", "fluoxetine", atc=("N06AB03",), aliases=("fluoxetinum",)),
        Drug("paroxetine", "paroxetine", atc=("N06AB05",), aliases=("paroxetinum",)),
        Drug("fluvoxamine", "fluvoxamine", atc=("N06AB08",), aliases=("fluvoxaminum",)),
        Drug("bupropion", "bupropion", atc=("N06AX12",), aliases=("bupropionum",)),
        Drug("zolpidem", "zolpidem", atc=("N05CF02",), aliases=("zolpidemum",)),
        Drug(
            "benzodiazepine",
            "benzodiazepine",
            atc=("N05BA",),
            aliases=("diazepam", "lorazepam", "alprazolam", "clonazepam"),
            kind="class_item",
        ),
        Drug("alcohol", "alcohol", kind="exposure"),
        Drug("ciprofloxacin", "ciprofloxacin", atc=("J01MA02",), aliases=("ciprofloxacinum",)),
        Drug("combined_oral_contraceptive", "combined oral contraceptive", atc=("G03AA",), kind="class_item"),
        Drug("verapamil", "verapamil", atc=("C08DA01",), aliases=("verapamilum",)),
        Drug("cimetidine", "cimetidine", atc=("A02BA01",), aliases=("cimetidinum",)),
        Drug("warfarin", "warfarin", atc=("B01AA03",), aliases=("warfarinum",)),
        Drug("apixaban", "apixaban", atc=("B01AF02",), aliases=("apixabanum",)),
        Drug(
            "aspirin_low_dose",
            "aspirin 75-100 mg",
            atc=("B01AC06",),
            aliases=("aspirin 75 mg", "aspirin 100 mg", "acetylsalicylic acid low dose"),
        ),
        Drug("clopidogrel", "clopidogrel", atc=("B01AC04",), aliases=("clopidogrelum",)),
        Drug("ace_inhibitor", "ACE inhibitor", atc=("C09AA",), kind="class_item"),
        Drug("arb", "angiotensin receptor blocker", atc=("C09CA",), kind="class_item"),
        Drug("thiazide_diuretic", "thiazide diuretic", atc=("C03AA",), kind="class_item"),
        Drug("loop_diuretic", "loop diuretic", atc=("C03CA",), kind="class_item"),
        Drug("beta_blocker", "beta-blocker", atc=("C07A",), kind="class_item"),
        Drug("clonidine", "clonidine", atc=("C02AC01",), aliases=("clonidinum",)),
        Drug("lithium", "lithium", atc=("N05AN01",), aliases=("lithium carbonate",)),
        Drug(
            "methotrexate_low_dose",
            "methotrexate weekly",
            atc=("L04AX03",),
            aliases=("methotrexate", "methotrexate weekly"),
        ),
        Drug("maoi_irreversible", "irreversible MAOI", atc=("N06AF",), kind="class_item"),
        Drug("moclobemide", "moclobemide", atc=("N06AG02",), aliases=("moclobemidum",)),
        Drug("selegiline", "selegiline or rasagiline", atc=("N04BD",), kind="class_item"),
        Drug("linezolid", "linezolid", atc=("J01XX08",), aliases=("linezolidum",)),
        Drug("triptan", "triptan", atc=("N02CC",), kind="class_item"),
        Drug(
            "st_johns_wort",
            "St Johns wort",
            atc=("N06AX25",),
            aliases=("st john's wort", "hypericum", "hyperici herba"),
            kind="herbal_medicine",
        ),
        Drug("qt_prolonging_drug", "QT-prolonging drug, other", kind="class_item"),
        Drug("cyp2d6_inhibitor_other", "CYP2D6 inhibitor, other", kind="class_item"),
        Drug("anticholinergic_other", "anticholinergic drug, other", kind="class_item"),
        Drug("mexiletine", "mexiletine", atc=("C01BB02",), aliases=("mexiletinum",)),
        Drug("flecainide", "flecainide", atc=("C01BC04",), aliases=("flecainidum",)),
        Drug("amiodarone", "amiodarone", atc=("C01BD01",), aliases=("amiodaronum",)),
        Drug("codeine", "codeine", atc=("R05DA04", "N02AJ"), aliases=("codeinum",)),
        Drug("strong_opioid", "strong opioid", atc=("N02A",), kind="class_item"),
        Drug(
            "systemic_corticosteroid",
            "systemic corticosteroid",
            atc=("H02AB",),
            aliases=("prednisolone", "prednisone", "methylprednisolone"),
            kind="class_item",
        ),
        Drug("calcium_supplement", "calcium supplement", atc=("A12AA",), kind="supplement"),
        Drug(
            "adrenaline_la",
            "local anaesthetic with adrenaline",
            atc=("N01BB52",),
            aliases=("lidocaine with adrenaline",),
            kind="class_item",
        ),
        Drug("thiocolchicoside", "thiocolchicoside", atc=("M03BX05",), aliases=("thiocolchicosidum",)),
        Drug(
            "sodium_chloride_09",
            "sodium chloride 0.9%",
            atc=("B05BB01",),
            aliases=(
                "sodium chloride 0.9%",
                "sodium chloride",
                "saline",
                "normal saline",
                "nacl 0.9%",
                "0.9% nacl",
                "natrii chloridum",
            ),
            kind="diluent",
        ),
    )
}

# Every way of naming a drug, in lower case: id, title, other name, ATC code.
DRUG_NAMED: dict[str, Drug] = {
    folded(name): drug for drug in DRUGS.values() for name in (drug.id, drug.title, *drug.aliases, *drug.atc)
}


def find_drug(name: str) -> Drug | None:
    """The drug of that id, name, other name or ATC code, whatever its case; None if there is none."""
    return DRUG_NAMED.get(folded(name))


AMITRIPTYLINE = DRUGS["amitriptyline"]
TIZANIDINE = DRUGS["tizanidine"]
SILEXAN = DRUGS["silexan"]
CREATINE = DRUGS["creatine"]
VITAMIN_D3 = DRUGS["vitamin_d3"]
KETOPROFEN = DRUGS["ketoprofen"]
LIDOCAINE = DRUGS["lidocaine"]
SALINE = DRUGS["sodium_chloride_09"]
DULOXETINE = DRUGS["duloxetine"]
PREGABALIN = DRUGS["pregabalin"]
WARFARIN = DRUGS["warfarin"]
APIXABAN = DRUGS["apixaban"]
