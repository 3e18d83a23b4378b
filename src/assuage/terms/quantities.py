"""What is measured: names, units, LOINC codes, and the conditions that a number is, with whose cut-off that is.

LOINC codes: this material contains content from LOINC (loinc.org), copyright Regenstrief Institute, Inc. and the LOINC
Committee, available at no cost under the licence at loinc.org/license. Molar masses turn mg/dl into µmol/l; the factors
they give are those of the AMA Manual of Style's table of SI conversions, seen in reproductions of it.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from types import MappingProxyType

from assuage.patterns import kept_pattern
from assuage.terms.names import folded
from assuage.terms.quantities_far_out import WITHOUT_CONDITION
from assuage.terms.quantity import COUNT_UNITS, ENZYME_UNITS, Cut, Quantity
from assuage.terms.sources import Status
from assuage.terms.told_numbers import names_in

_RAISED = Cut(
    "lft_raised_gt3uln",
    above="3",
    of_upper_limit=True,
    over_any_limit="300",  # three times 100 U/l: upper limits are 30 to 70 U/l
    rules_out="where nobody says otherwise",
    within="1",
    status=Status.DERIVED,
    source="the condition's own words: ALT or AST above 3 x ULN",
)
_CONDITION = "the condition's own words"

QUANTITIES: dict[str, Quantity] = {
    quantity.id: quantity
    for quantity in (
        Quantity(
            "egfr",
            "eGFR",
            ("egfr", "gfr", "estimated glomerular filtration rate", "gfg", "agfg"),
            "ml/min/1.73 m²",
            ("1", "250"),
            loinc=("98979-8", "62238-1", "33914-3", "48642-3"),
            other_units=(("ml/min", "1", "0"), ("ml/min/1.73m^2", "1", "0"), ("ml/min/1.73", "1", "0"),
                         ("ml/min/1.73.m2", "1", "0")),
            cuts=(
                Cut("ckd_lt30", below="30", rules_out="yes", status=Status.DERIVED, source=_CONDITION),
                Cut("ckd_30_59", least="30", below="60", rules_out="yes", status=Status.DERIVED, source=_CONDITION),
            ),
            measured="creatinine_unknown",
            bare=True,
            alarming=("15", ""),
        ),
        # Labels give the same bands in ml/min of clearance; that one stands for the other is ours.
        Quantity(
            "creatinine_clearance",
            "creatinine clearance",
            ("creatinine clearance", "crcl", "clcr", "cockcroft-gault", "kreatinino klirensas", "kreatinin-clearance"),
            "ml/min",
            ("1", "250"),
            other_units=(("ml/min/1.73 m²", "1", "0"),),
            cuts=(
                Cut("ckd_lt30", below="30", rules_out="yes"),
                Cut("ckd_30_59", least="30", below="60", rules_out="yes"),
            ),
            measured="creatinine_unknown",
            bare=True,
            alarming=("15", ""),
        ),
        Quantity(
            "creatinine",
            "creatinine",
            ("creatinine", "serum creatinine", "kreatininas", "kreatinino", "kreatininą", "kreatinin", "creat"),
            "µmol/l",
            ("15", "2500"),
            loinc=("2160-0", "14682-9"),
            loinc_status=Status.MIXED,
            molar_mass="113.12",
            measured="creatinine_unknown",
        ),
        Quantity(
            "alt",
            "ALT",
            ("alt", "alat", "gpt", "sgpt", "alanine aminotransferase", "alanine transaminase"),
            "U/l",
            ("1", "20000"),
            loinc=("1742-6",),
            other_units=ENZYME_UNITS,
            cuts=(_RAISED,),
            measured="lft_unknown",
            bare=True,
            alarming=("", "200"),
        ),
        Quantity(
            "ast",
            "AST",
            ("ast", "asat", "got", "sgot", "aspartate aminotransferase", "aspartate transaminase"),
            "U/l",
            ("1", "20000"),
            loinc=("1920-8",),
            other_units=ENZYME_UNITS,
            cuts=(_RAISED,),
            measured="lft_unknown",
            bare=True,
            alarming=("", "200"),
        ),
        Quantity(
            "qtc",
            "QTc",
            ("qtc", "qtcb", "qtcf", "corrected qt", "korrigierte qt", "koreguotas qt"),
            "ms",
            ("250", "800"),
            loinc=("8636-3",),
            loinc_status=Status.MEMORY,
            cuts=(
                Cut(
                    "long_qt",
                    above="470",
                    rules_out="where nobody says otherwise",
                    status=Status.DERIVED,
                    source=_CONDITION,
                ),
                # It is counted in whole milliseconds; that the grey zone begins at 450 is ours.
                Cut("qtc_borderline", least="450", below="471", rules_out="yes"),
            ),
            other_units=(("msec", "1", "0"),),
            bare=True,
        ),
        Quantity(
            "inr",
            "INR",
            ("inr", "international normalised ratio", "international normalized ratio", "tns"),
            "",
            ("0.5", "20"),
            loinc=("6301-6",),
            loinc_status=Status.MEMORY,
            other_units=(("ratio", "1", "0"), ("inr", "1", "0"), ("1", "1", "0")),
            cuts=(Cut("bleeding_disorder", above="1.5"),),
            bare=True,
            alarming=("", "4.5"),
        ),
        # Prothrombin time as a share of the normal; that under 50 % is a bleeding disorder is ours, as with the INR.
        Quantity(
            "prothrombin_share",
            "prothrombin time in percent",
            ("quick", "quick's", "prothrombin time", "prothrombin activity", "thromboplastinzeit", "tpz",
             "protrombino laikas", "protrombino aktyvumas", "protrombino indeksas", "spa"),
            "%",
            ("1", "200"),
            cuts=(Cut("bleeding_disorder", below="50"),),
            bare=True,
            alarming=("30", ""),
        ),
        Quantity(
            "aptt",
            "aPTT",
            ("aptt", "ptt", "activated partial thromboplastin time", "adtl", "partielle thromboplastinzeit"),
            "s",
            ("10", "300"),
            other_units=(("sec", "1", "0"), ("seconds", "1", "0"), ("sek", "1", "0"), ("sekunden", "1", "0")),
            cuts=(Cut("bleeding_disorder", above="50"),),
            bare=True,
            alarming=("", "80"),
        ),
        # From 200 ml on a cauda equina syndrome is likelier: Venkatesan M et al. Spine 2019;44 (the abstract was seen).
        Quantity(
            "residual_urine",
            "residual urine",
            ("residual urine", "residual urine volume", "post-void residual", "post void residual volume", "pvr",
             "postvoid residual", "restharn", "restharnmenge", "restharnvolumen", "liekamasis šlapimas",
             "liekamojo šlapimo", "liekamasis šlapimo", "liekamojo šlapimo tūris", "bladder scan", "residual volume",
             "residual bladder volume", "bladder residual", "urine residual", "residual volume of urine"),
            "ml",
            ("0", "3000"),
            other_units=(("cc", "1", "0"), ("l", "1000", "0")),
            bare=True,
            alarming=("", "199"),
        ),
        Quantity(
            "esr",
            "ESR",
            ("esr", "sed rate", "erythrocyte sedimentation rate", "eng", "eritrocitų nusėdimo greitis", "bsg", "bks",
             "blutsenkung", "blutkörperchensenkung"),
            "mm/h",
            ("0", "200"),
            other_units=(("mm/hr", "1", "0"), ("mm/1h", "1", "0"), ("mm", "1", "0"), ("mm/val", "1", "0")),
            bare=True,
            alarming=("", "50"),
        ),
        Quantity(
            "systolic",
            "systolic blood pressure",
            (
                *("systolic blood pressure", "systolic", "sbp", "systolic bp", "bp systolic"),
                "blood pressure systolic",
                *("sistolinis kraujospūdis", "sistolinis aks", "aks sistolinis", "systolischer blutdruck", "rr syst"),
                *("rr systolisch", "blutdruck systolisch"),
            ),
            "mmHg",
            ("40", "300"),
            loinc=("8480-6",),
            other_units=(("mm hg", "1", "0"), ("torr", "1", "0")),
            cuts=(
                Cut("hypotension", below="100", status=Status.DERIVED, source=_CONDITION),
                Cut("hypertension_uncontrolled", least="160"),
            ),
            bare=True,
            alarming=("90", "200"),
        ),
        Quantity(
            "diastolic",
            "diastolic blood pressure",
            (
                *("diastolic blood pressure", "diastolic", "dbp", "diastolic bp", "bp diastolic"),
                *("blood pressure diastolic", "diastolinis kraujospūdis", "diastolinis aks", "aks diastolinis"),
                *("diastolischer blutdruck", "rr diast", "rr diastolisch", "blutdruck diastolisch"),
            ),
            "mmHg",
            ("20", "200"),
            loinc=("8462-4",),
            other_units=(("mm hg", "1", "0"), ("torr", "1", "0")),
            cuts=(Cut("hypertension_uncontrolled", least="100"),),
            bare=True,
            alarming=("40", "120"),
        ),
        Quantity(
            "hba1c",
            "HbA1c",
            ("hba1c", "a1c", "glycated haemoglobin", "glycated hemoglobin"),
            "%",
            ("3", "20"),
            loinc=("4548-4", "59261-8"),
            loinc_status=Status.MEMORY,
            other_units=(("mmol/mol", "0.09148", "2.152"), ("mmol/mol hb", "0.09148", "2.152")),
            cuts=(Cut("immunosuppressed", least="9"),),
        ),
        Quantity(
            "bmi",
            "BMI",
            ("bmi", "body mass index", "kmi"),
            "kg/m²",
            ("8", "120"),
            loinc=("39156-5",),
            cuts=(Cut("obesity", least="30", rules_out="yes", status=Status.DERIVED, source=_CONDITION),),
            bare=True,
        ),
        Quantity(
            "vitamin_d_25_oh",
            "25-OH-D",
            ("25-oh-d", "25-oh vitamin d", "25-hydroxyvitamin d", "25(oh)d", "25-oh-d3",
             "vitamin d", "vit d", "vitamin d3", "vitaminas d", "vitamino d", "25 oh vit d", "25-hydroxy vitamin d"),
            "nmol/l",
            ("5", "1000"),
            loinc=("1989-3", "62292-8"),
            loinc_status=Status.MEMORY,
            molar_mass="400.64",
            measured="vitd_unknown",
            alarming=("", "250"),
        ),
        Quantity(
            "sodium",
            "sodium",
            ("sodium", "serum sodium", "natrium", "natris", "natrio", "na", "na+"),
            "mmol/l",
            ("90", "200"),
            loinc=("2951-2",),
            other_units=(("meq/l", "1", "0"),),
            cuts=(Cut("hyponatraemia", below="135", rules_out="yes"),),
            bare=True,
            alarming=("125", "150"),
        ),
        Quantity(
            "platelets",
            "platelets",
            (
                *("platelets", "platelet count", "plt", "thrombocytes", "trombocitai", "trombocitų"),
                *("thrombozyten", "thrombos"),
            ),
            "10^9/l",
            ("1", "3000"),
            loinc=("777-3",),
            other_units=COUNT_UNITS,
            cuts=(Cut("bleeding_disorder", below="100", status=Status.DERIVED, source=_CONDITION),),
            alarming=("50", "1000"),
        ),
        Quantity(
            "temperature",
            "temperature",
            (
                *("temperature", "body temperature", "body temp", "temp", "temp.", "oral temperature", "temperatura"),
                *("kūno temperatūra", "kuno temperatura", "temperatūra", "temperatur", "körpertemperatur"),
            ),
            "°C",
            ("30", "45"),
            loinc=("8310-5",),
            other_units=(
                *((unit, "1", "0") for unit in ("c", "cel", "celsius", "°celsius", "degc", "deg c", "degrees c",
                                                "degrees celsius", "degree celsius", "grad", "grad celsius", "grad c",
                                                "laipsniai", "laipsnių", "degrees", "°", "ºc", "º", "℃")),
                *((unit, "5/9", "-160/9") for unit in ("°f", "f", "degf", "deg f", "degrees f", "fahrenheit",
                                                       "°fahrenheit", "degrees fahrenheit", "ºf", "℉")),
            ),
            cuts=(Cut("fever_systemic", least="38"),),
            bare=True,
            bare_otherwise="°f",
            alarming=("35", "40"),
        ),
        Quantity(
            "calcium",
            "calcium",
            ("calcium", "serum calcium", "total calcium", "kalcis", "kalzium", "corrected calcium", "adjusted calcium",
             "ca", "ca2+", "ca++", "serum ca"),
            "mmol/l",
            ("0.5", "6"),
            loinc=("17861-6",),
            molar_mass="40.078",
            cuts=(Cut("hypercalcaemia", above="1", of_upper_limit=True),),
            alarming=("1.9", "3"),
        ),
        *WITHOUT_CONDITION,
    )
}  # fmt: skip


@cache
def quantity_names() -> MappingProxyType[str, Quantity]:
    """Every quantity by each of its names and LOINC codes."""
    return MappingProxyType(
        {
            folded(name): quantity
            for quantity in QUANTITIES.values()
            for name in (quantity.id, *_in_every_case(quantity.names), *quantity.loinc)
        }
    )


# The endings of Lithuanian names, and those of the cases in which a sentence has them: `natris`, `natrio`, `natrį`.
_CASES = {"is": ("io", "į"), "as": ("o", "ą"), "ė": ("ės", "ę"), "a": ("os", "ą"), "ai": ("ų", "us")}
_SHORTEST = 5  # letters of a name that has cases


def _in_every_case(names: tuple[str, ...]) -> Iterator[str]:
    yield from names
    for name in names:
        for ending, cases in _CASES.items():
            if name.endswith(ending) and len(name) >= _SHORTEST:
                yield from (name.removesuffix(ending) + case for case in cases)


# What stands before and behind the name of what was measured and changes nothing: `serum Na+`, `Kaliumspiegel` (ours).
IN_WHAT = (
    r"(?:(?:serum|plasma|blood|venous|capillary|latest|repeat|total|gesamt|fasting|ecg|ekg|kraujo|serumo|plazmos|bendrasis)"
    r"[ -]?|(?:s|p|b|fs)[ -])"
)
LEVEL = (
    r"(?:levels?|counts?|values?|concentrations?|interval|volume|zeit|wert|spiegel|konzentration|zahl|intervall"
    r"|kiekis|koncentracija|lygis|skaičius|intervalas|trukmė|in serum|im serum|im blut|serume|kraujyje)"
)
# How it was worked out, which changes nothing either.
_BY = (
    r"(?:bazett|fridericia|framingham|hodges|qtc?[bf]|[bf]|ckd[ -]?epi(?: 2009| 2021)?|mdrd|calculated|total)"
)
_CORE = kept_pattern(rf"{IN_WHAT}?(?P<name>.+?)(?:[ ]?{LEVEL})?(?: {_BY}| ?\({_BY}\))?")
_TWO_NAMES = kept_pattern(r"(?P<name>[^()]+?) ?\((?P<other>[^()]+)\)")


def find_quantity(name: str) -> Quantity | None:
    """The quantity of that name, id or LOINC code, whatever its case; None if there is none."""
    for told in names_in(folded(name)):
        quantity = _of_name(told)
        if quantity is not None:
            return quantity
    return None


def _of_name(plain: str) -> Quantity | None:
    names = quantity_names()
    core, two = _CORE.fullmatch(plain), _TWO_NAMES.fullmatch(plain)
    if two is not None and names.get(two["name"]) is names.get(two["other"]) is not None:
        return names[two["name"]]  # `ALAT (GPT)`
    return names.get(plain) or (names.get(core["name"]) if core else None)
