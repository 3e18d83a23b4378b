"""Drugs, supplements and other substances that a rule or a pathway names: ids, titles, other names. No rule lives here.

The ids are those of the formulary. All other substances, and most names, are in the index
(`assuage.terms.drug_index`); what a written name stands for is read in `assuage.terms.drug_names`.
"""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from assuage.catalogue.message import Wording
from assuage.terms.answers import NO, UNKNOWN, YES, Answer, answer, any_yes
from assuage.terms.drug_index import indexed_substance
from assuage.terms.names import folded

Kind = Literal["drug", "herbal_medicine", "supplement", "class_item", "exposure", "diluent", "combination"]


class Drug(Struct, frozen=True):
    """A substance; `class_item` stands for any member of a class ("ACE inhibitor").

    A combination has its substances as `parts`, in the order of their ids, and is all of them at once. `of_classes` are
    the classes of the index that a class item may be a member of, where they are not the one of its id.
    """

    id: str
    title: str
    aliases: tuple[str, ...] = ()
    kind: Kind = "drug"
    parts: tuple[Drug, ...] = ()
    of_classes: tuple[str, ...] = ()

    @property
    def wording(self) -> Wording:
        """The title, with the key of its translations."""
        return Wording(f"drug.{self.id}", self.title)

    @property
    def substances(self) -> tuple[Drug, ...]:
        """What is in it: its parts, or itself."""
        return self.parts or (self,)

    @property
    def classes(self) -> tuple[str, ...]:
        """The ids of the classes it belongs to, by the index; none where nobody has written down to which."""
        row = indexed_substance(self.id)
        return row.classes if row else ()

    @property
    def may_be_of(self) -> frozenset[str]:
        """The classes that a class item may be a member of; none where it is a substance."""
        return frozenset(self.of_classes or (self.id,)) if self.kind == "class_item" else frozenset()

    def counts_as(self, asked: Drug) -> Answer:
        """Whether who takes this takes `asked`: it is that, has it as a part, or is a member of that class.

        Unknown where a class is asked about and the classes of this one were not written down, or only from memory; and
        where this is a class and `asked` one of its members.
        """
        return any_yes(_counts_as(part, asked) for part in self.substances)

    def __str__(self) -> str:
        return self.title


def _counts_as(substance: Drug, asked: Drug) -> Answer:
    if substance.id == asked.id:
        return YES
    if substance.kind == "class_item":
        return _may_count_as(substance, asked)
    if asked.kind != "class_item":
        return NO
    row = indexed_substance(substance.id)
    if row is None or not row.classes or row.classes_checked == "memory":
        return UNKNOWN
    return answer(not asked.may_be_of.isdisjoint(row.classes))


def _may_count_as(member: Drug, asked: Drug) -> Answer:
    """Whether an unnamed member of a class is what is asked for: never known of one substance."""
    asked_of = asked.may_be_of
    if asked_of:
        if member.may_be_of <= asked_of:
            return YES
        return UNKNOWN if member.may_be_of & asked_of else NO
    return NO if member.may_be_of.isdisjoint(asked.classes) else UNKNOWN


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
        Drug("amitriptyline", "amitriptyline", aliases=("amitriptylinum",)),
        Drug("nortriptyline", "nortriptyline", aliases=("nortriptylinum",)),
        Drug("duloxetine", "duloxetine", aliases=("duloxetinum",)),
        Drug("milnacipran", "milnacipran", aliases=("milnacipranum",)),
        Drug("pregabalin", "pregabalin", aliases=("pregabalinum",)),
        Drug("gabapentin", "gabapentin", aliases=("gabapentinum",)),
        Drug("cyclobenzaprine", "cyclobenzaprine", aliases=("cyclobenzaprinum",)),
        Drug("tizanidine", "tizanidine", aliases=("tizanidinum",)),
        Drug("baclofen", "baclofen", aliases=("baclofenum",)),
        Drug("tramadol", "tramadol", aliases=("tramadolum",)),
        Drug("paracetamol", "paracetamol", aliases=("acetaminophen", "paracetamolum")),
        Drug("ketoprofen", "ketoprofen", aliases=("ketoprofenum",)),
        Drug("ibuprofen", "ibuprofen", aliases=("ibuprofenum",)),
        Drug("naproxen", "naproxen", aliases=("naproxenum",)),
        Drug("diclofenac", "diclofenac", aliases=("diclofenacum",)),
        Drug("celecoxib", "celecoxib", aliases=("celecoxibum",)),
        Drug("lidocaine", "lidocaine", aliases=("lignocaine", "lidocainum")),
        Drug("mepivacaine", "mepivacaine", aliases=("mepivacainum",)),
        Drug(
            "silexan",
            "Silexan",
            aliases=("lavender oil", "lavandulae aetheroleum", "lavandulae aetheroleum ws 1265"),
            kind="herbal_medicine",
        ),
        Drug("creatine", "creatine monohydrate", aliases=("creatine monohydrate",), kind="supplement"),
        Drug(
            "vitamin_d3",
            "vitamin D3",
            aliases=("vitamin d", "vitamin d3", "cholecalciferol", "colecalciferol", "colecalciferolum"),
            kind="supplement",
        ),
        Drug("magnesium", "magnesium salts", aliases=("magnesium salts",), kind="supplement"),
        Drug("melatonin", "melatonin", aliases=("melatoninum",)),
        Drug(
            "naltrexone_ld",
            "naltrexone, low dose",
            aliases=("low-dose naltrexone", "ldn", "naltrexone low dose"),
        ),
        Drug("sertraline", "sertraline", aliases=("sertralinum",)),
        Drug("fluoxetine", "fluoxetine", aliases=("fluoxetinum",)),
        Drug("paroxetine", "paroxetine", aliases=("paroxetinum",)),
        Drug("fluvoxamine", "fluvoxamine", aliases=("fluvoxaminum",)),
        Drug("bupropion", "bupropion", aliases=("bupropionum",)),
        Drug("zolpidem", "zolpidem", aliases=("zolpidemum",)),
        Drug(
            "benzodiazepine",
            "benzodiazepine",
            aliases=("benzodiazepines",),
            kind="class_item",
        ),
        Drug("alcohol", "alcohol", kind="exposure"),
        Drug("ciprofloxacin", "ciprofloxacin", aliases=("ciprofloxacinum",)),
        Drug("combined_oral_contraceptive", "combined oral contraceptive", kind="class_item"),
        Drug("verapamil", "verapamil", aliases=("verapamilum",)),
        Drug("cimetidine", "cimetidine", aliases=("cimetidinum",)),
        Drug("warfarin", "warfarin", aliases=("warfarinum",)),
        Drug("apixaban", "apixaban", aliases=("apixabanum",)),
        Drug(
            "aspirin_low_dose",
            "aspirin 75-100 mg",
            aliases=("aspirin 75 mg", "aspirin 100 mg", "acetylsalicylic acid low dose"),
        ),
        Drug("clopidogrel", "clopidogrel", aliases=("clopidogrelum",)),
        Drug("ace_inhibitor", "ACE inhibitor", kind="class_item"),
        Drug("arb", "angiotensin receptor blocker", kind="class_item"),
        Drug("thiazide_diuretic", "thiazide diuretic", kind="class_item"),
        Drug("loop_diuretic", "loop diuretic", kind="class_item"),
        Drug("beta_blocker", "beta-blocker", kind="class_item"),
        Drug("clonidine", "clonidine", aliases=("clonidinum",)),
        Drug("lithium", "lithium", aliases=("lithium carbonate",)),
        Drug(
            "methotrexate_low_dose",
            "methotrexate weekly",
            aliases=("methotrexate", "methotrexate weekly"),
        ),
        Drug("maoi_irreversible", "irreversible MAOI", kind="class_item"),
        Drug("moclobemide", "moclobemide", aliases=("moclobemidum",)),
        Drug("selegiline", "selegiline", aliases=("selegilinum",)),
        Drug("linezolid", "linezolid", aliases=("linezolidum",)),
        Drug("triptan", "triptan", kind="class_item"),
        Drug(
            "st_johns_wort",
            "St John's wort",
            aliases=("st johns wort", "hypericum", "hyperici herba"),
            kind="herbal_medicine",
        ),
        Drug("qt_prolonging_drug", "QT-prolonging drug, other", kind="class_item"),
        Drug("cyp2d6_inhibitor_other", "CYP2D6 inhibitor, other", kind="class_item"),
        Drug(
            "anticholinergic_other",
            "anticholinergic drug, other",
            kind="class_item",
            of_classes=("anticholinergic_drug", "sedating_antihistamine"),
        ),
        Drug("mexiletine", "mexiletine", aliases=("mexiletinum",)),
        Drug("flecainide", "flecainide", aliases=("flecainidum",)),
        Drug("amiodarone", "amiodarone", aliases=("amiodaronum",)),
        Drug("codeine", "codeine", aliases=("codeinum",)),
        Drug("strong_opioid", "strong opioid", kind="class_item"),
        Drug(
            "systemic_corticosteroid",
            "systemic corticosteroid",
            aliases=("oral corticosteroid",),
            kind="class_item",
        ),
        Drug("calcium_supplement", "calcium supplement", kind="supplement"),
        Drug(
            "adrenaline_la",
            "local anaesthetic with adrenaline",
            aliases=("lidocaine with adrenaline",),
            kind="class_item",
        ),
        Drug("thiocolchicoside", "thiocolchicoside", aliases=("thiocolchicosidum",)),
        Drug(
            "sodium_chloride_09",
            "sodium chloride 0.9%",
            aliases=(
                "sodium chloride 0.9%",
                "sodium chloride",
                "saline",
                "normal saline",
                "nacl 0.9%",
                "0.9% nacl",
                "natrii chloridum",
                "nacl",
                "physiological saline",
                "isotonic saline",
                "saline solution",
                "natrio chloridas",
                "natrio chlorido tirpalas",
                "fiziologinis tirpalas",
                "kochsalz",
                "kochsalzlösung",
                "natriumchlorid",
                "isotonische kochsalzlösung",
            ),
            kind="diluent",
        ),
    )
}

# Every way of naming one of them, in lower case: id, title, other name.
DRUG_NAMED: dict[str, Drug] = {
    folded(name): drug for drug in DRUGS.values() for name in (drug.id, drug.title, *drug.aliases)
}

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
