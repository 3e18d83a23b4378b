"""ICD-10 codes as clinics write them, and the red flags and conditions that they tell of."""

from __future__ import annotations

from pathlib import Path

import pytest

from assuage.record.read import read_text
from assuage.record.timeline import Timeline
from assuage.safety.active_flags import active_flags
from assuage.terms.conditions import find_conditions
from assuage.terms.icd10 import icd10_code
from assuage.terms.sign_codes import SIGN_CODES
from assuage.terms.signs import SIGNS, find_sign

RECORD = Path(__file__).name


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("K92.1", "k92.1"),
        ("k921", "k92.1"),
        ("K92,1", "k92.1"),
        ("ICD-10: K92.1", "k92.1"),
        ("ICD-10-CM R45.851", "r45.851"),
        ("TLK-10 I21", "i21"),
        ("T81.4XXA", "t81.4xxa"),
        ("M51.1+", "m51.1"),
        ("K92.1 G", "k92.1"),
        ("K92.1G", "k92.1"),
        ("M54.2 R G", "m54.2"),
        ("melaena (K92.1)", "k92.1"),
        ("melaena K92.1", "k92.1"),
        ("K92.1 - melaena", "k92.1"),
        ("I21 ūminis miokardo infarktas", "i21"),
    ],
)
def test_a_code_is_read_with_or_without_point_system_extension_and_words(written: str, code: str):
    read = icd10_code(written)
    assert read is not None
    assert (read.code, read.suspected) == (code, False)


def test_a_suspected_code_is_a_suspicion():
    read = icd10_code("K92.1 V")
    assert read is not None
    assert read.suspected
    assert find_sign("K92.1 V") == find_sign("K92.1")
    assert find_conditions("K92.1 V") == ()


@pytest.mark.parametrize(
    "written",
    [
        *("K92.1 A", "K92.1A", "K92.1 Z", "K92.1 ausgeschlossen", "K92.1 ruled out", "K92.1 paneigta"),
        *("T12 fracture", "B12 deficiency", "L5 radiculopathy", "vitamin B12", "C5/6 disc", "fever 38.5"),
        *("history of melaena (K92.1)", "no melaena (K92.1)", "? melaena (K92.1)"),
    ],
)
def test_what_is_excluded_past_or_no_code_is_none(written: str):
    assert icd10_code(written) is None


# code: the flag it raises alone
FLAGS = """
K92.0: RF_GIBLEED
K92.1: RF_GIBLEED
K92.2: RF_GIBLEED
k922: RF_GIBLEED
I21: RF_CARDIAC
I21.4: RF_CARDIAC
i219: RF_CARDIAC
I26.9: RF_CARDIAC
G83.4: RF_CAUDA
g834: RF_CAUDA
R45.8: RF_SUICIDE
R45.851: RF_SUICIDE
r45851: RF_SUICIDE
X60: RF_SUICIDE
X71.0XXA: RF_SUICIDE
X84.9: RF_SUICIDE
T14.91: RF_SUICIDE
T39.1X2A: RF_SUICIDE
T81.4: RF_INJ_INFECT
T81.41XA: RF_INJ_INFECT
A41.9: RF_INFECTION
G06.1: RF_INFECTION
M46.46: RF_INFECTION
I63.9: RF_STROKE
G45.9: RF_STROKE
I60.9: RF_THUNDERCLAP
I77.74: RF_DISSECTION
R55: RF_ARRHYTHMIA
R17: RF_LIVER
S12.9: RF_FRACTURE
H40.2: RF_RETENTION_GLAUCOMA
T78.2: RF_ANAPHYLAXIS
M31.6: RF_GCA
G95.2: RF_MYELOPATHY
C79.5: RF_MALIGNANCY
""".strip().splitlines()


@pytest.mark.parametrize("line", FLAGS)
def test_a_code_raises_the_flag_that_its_words_raise(line: str):
    code, _, flag = line.partition(": ")
    finding = f"- {{day: 0, kind: finding, what: {code}, state: present}}"
    diagnosis = f"- {{day: 0, kind: diagnosis, code: {code}, system: icd-10, by: clinician}}"
    for entry in (finding, diagnosis):
        record = read_text(
            f"format: assuage-record/2\npatient: {{id: one, sex: female, age: 40}}\nentries:\n{entry}\n",
            RECORD,
        )
        assert flag in {active.flag.id for active in active_flags(Timeline(record), 0)}


@pytest.mark.parametrize(
    "code", ["R45.81", "H40.22", "T39.1X1A", "K92.8", "I25.2", "J45.0", "M79.7", "F32.1", "Z85.3"]
)
def test_a_code_beside_these_raises_none(code: str):
    sign = find_sign(code)
    assert sign is None or sign.flag is None


def test_cellulitis_by_code_is_cellulitis_by_word():
    assert find_sign("L03.1") == find_sign("cellulitis")
    assert {condition.id for condition in find_conditions("L03.1")} == {"skin_infection_site"}


def test_every_sign_of_a_code_is_a_sign():
    assert SIGN_CODES.keys() <= SIGNS.keys()


def test_a_diagnosis_states_all_that_its_words_and_its_code_say():
    record = read_text(
        "format: assuage-record/2\npatient: {id: one, sex: female, age: 40}\nentries:\n"
        "- {day: 0, kind: diagnosis, what: asthma, code: I21.9, system: icd-10, by: clinician}\n",
        RECORD,
    )
    stated = {condition.id for finding in Timeline(record).concluded() for condition in finding.conditions}
    assert {"asthma", "recent_mi", "ischaemic_heart_disease"} <= stated


@pytest.mark.parametrize(
    ("typed", "sign"),
    [
        ("juodos ismatos", "black_stool"),
        ("karsciavimas", "fever"),
        ("Laehmung beider Beine", None),
        ("haematemesis", "vomiting_blood"),
        ("Bluterbrechen", "vomiting_blood"),
        ("Taubheitsgefuehl", "numbness"),
        ("tirpsta tarp koju", "saddle_anaesthesia"),
    ],
)
def test_a_sign_is_read_without_its_accents_and_with_transcribed_umlauts(typed: str, sign: str | None):
    found = find_sign(typed)
    assert (found and found.id) == sign
