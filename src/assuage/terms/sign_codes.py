"""ICD-10 codes of the signs of red flags: a code raises the flag that its words raise.

The code numbers are those of the WHO's ICD-10 and, where they have five characters or more, of its extensions in the
United States (CM) and Germany (GM), written down from memory; which sign they are is ours. A code stands for all that
begin with it; one with `=` only for itself; one with `-` for no sign.
"""

from __future__ import annotations

from assuage.patterns import kept_pattern
from assuage.terms.icd10 import Icd10, icd10_code

SIGN_CODES: dict[str, str] = {
    "RF_DISSECTION": "I67.0 I72.0 I72.6 I77.71 I77.74 I77.75",
    "RF_STROKE": "I61 I62 I63 I64 G81 H34.1",
    "stroke_sign": "G45 R56 G41 R29.810 R47.0 R47.1 R41.0 H53.12 F05",
    "RF_THUNDERCLAP": "I60 G44.53",
    "RF_MYELOPATHY": "G95.2 G99.2 M47.1 M50.0",
    "myelopathy_sign": "R26.0 R26.1 R26.81 R27.0",
    "RF_CAUDA": "G83.4",
    "RF_GCA": "M31.5 M31.6",
    "RF_MALIGNANCY": "C -C44",
    "weight_loss": "R63.4",
    "RF_INFECTION": "A40 A41 G00 G01 G02 G03 G04 G05 G06 M46.2 M46.3 M46.4 M46.5 M86 M00 I33 M72.6 R57.2 R65",
    "fever": "R50",
    "RF_FRACTURE": "S12 S22 S32 S42 S52 S72 S82 T02 T08 M48.4 M48.5 M80",
    "RF_INSTABILITY": "M43.3 M43.4 S13.1",
    "RF_ICP": "H47.1 G93.2",
    "RF_CARDIAC": "I20.0 I21 I22 I24 I26 I71.0 I80.1 I80.2 I80.3 I82.4",
    "chest_pain": "R07.1 R07.2 R07.3 R07.4 R07.8 R07.9",
    "breathlessness": "R06.0",
    "coughing_blood": "R04.2",
    "syncope": "R55",
    "palpitations": "R00.2",
    "RF_ARRHYTHMIA": "I46 I47.2 I49.0",
    "RF_BILIARY": "K80.0 K80.3 K81.0 K83.0 K85",
    "RF_LAST": "T41.3",
    "anaphylaxis": "T78.0 T78.2 T80.5 T88.6",
    "angioedema": "T78.3",
    "hives": "L50",
    "wheeze": "R06.2",
    "RF_INJ_INFECT": "T81.4 T80.2",
    "mycobacterium": "A31",
    "abscess": "L02 L03",
    "RF_LIVER": "K71 K72.0 B15 B16 B17",
    "jaundice": "R17",
    "vomiting_blood": "K92.0",
    "black_stool": "K92.1 K62.5",
    "active_gi_bleed": "K92.2 K25.0 K25.2 K25.4 K25.6 K26.0 K26.2 K26.4 K26.6 K27.0 K27.2 K27.4 K27.6 K28.0 K28.2 "
    "K28.4 K28.6 I85.0",
    "RF_RETENTION_GLAUCOMA": "H40.2 -H40.22 -H40.23",
    "retention": "R33",
    "incontinence": "R32 R15",
    "numbness": "R20.0 R20.1",
    "weakness": "R53.1 M62.81",
    "leg_weakness": "G82 M21.37",
    "horner": "G90.2 H53.2",
    "suicidal_thoughts": "=R45.8 R45.85 R45.88",
    "RF_SUICIDE": " ".join(f"X{number}" for number in range(60, 85)) + " T14.91",
    "tremor": "R25.1",
    "sweating": "R61",
    "agitation": "R45.1",
    "tinnitus": "H93.1",
}
# Poisoning with intent (ICD-10-CM): the sixth character of T36 to T65 and T71 is 2.
_WITH_INTENT = kept_pattern(r"t(?:3[6-9]|[45]\d|6[0-5]|71)\.\w\w2\w?")
_SIGN_OF_CODE: dict[str, str] = {
    code.lower(): sign for sign, codes in SIGN_CODES.items() for code in codes.split()
}


def sign_of_code(text: str) -> str | None:
    """The id of the sign that a code tells of, be it only suspected, alone or beside words; None if of none."""
    known = icd10_code(text)
    return None if known is None else _sign(known)


def _sign(code: Icd10) -> str | None:
    if _WITH_INTENT.fullmatch(code.code):
        return "RF_SUICIDE"
    exact = _SIGN_OF_CODE.get(f"={code.code}")
    if exact is not None:
        return exact
    for prefix in (*code.prefixes, code.code[0]):
        if f"-{prefix}" in _SIGN_OF_CODE:
            return None
        if prefix in _SIGN_OF_CODE:
            return _SIGN_OF_CODE[prefix]
    return None
