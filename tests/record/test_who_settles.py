"""Who may withdraw or replace what another wrote, and what is read where somebody else wants to."""

from __future__ import annotations

from typing import Any

import pytest

from assuage.engine.walk import walk
from assuage.record.append import Disputed, append
from assuage.record.entries import Record
from assuage.record.read import parse_record
from assuage.record.timeline import Timeline
from assuage.safety.active_flags import active_flags
from assuage.safety.consent import consent_given
from assuage.safety.known import situation
from assuage.terms.answers import NO, UNKNOWN, YES
from assuage.terms.drug_names import drug_with_id

Plain = dict[str, Any]
BASE: Plain = {"format": "assuage-record/2", "patient": {"id": "ana"}}
VOID: Plain = {"day": 3, "kind": "void", "of": "old", "because": "not true"}
LONG_QT: Plain = {"day": 1, "kind": "finding", "what": "long_qt", "state": "present"}


def record_of(*entries: Plain) -> Record:
    return parse_record(BASE | {"entries": list(entries)})


def withdrawn(entry: Plain, void: Plain) -> Timeline:
    return Timeline(record_of(entry | {"id": "old"}, VOID | void))


@pytest.mark.parametrize(
    ("wrote", "settles", "counts"),
    [
        ({}, {}, True),
        ({"by": "patient"}, {"by": "patient"}, True),
        ({"by": "patient"}, {}, True),
        ({}, {"by": "patient"}, False),
        ({"by": "device"}, {"by": "patient"}, False),
        ({"role": "physician"}, {"role": "nurse"}, True),
        ({"role": "physician"}, {"role": "patient"}, False),
        ({"role": "physician"}, {"role": "relative"}, False),
        ({"role": "physician"}, {"role": "researcher"}, False),
        ({"role": "patient", "by": "patient"}, {"role": "relative", "by": "patient"}, False),
        ({"role": "relative", "author": "a"}, {"role": "relative", "author": "a"}, True),
        ({"role": "relative", "author": "a"}, {"role": "relative", "author": "b"}, False),
        ({"role": "physician", "author": "a"}, {"role": "patient", "author": "b"}, False),
        ({"role": "patient", "author": "b"}, {"role": "physician", "author": "a"}, True),
        ({"role": "physician", "author": "a"}, {"role": "patient", "author": "a"}, False),
        ({"role": "physician", "author": "a"}, {"by": "patient", "author": "a"}, False),
        ({"role": "physician"}, {"role": "import", "by": "clinician"}, False),
        ({}, {"role": "import", "by": "clinician"}, False),
        ({"role": "import", "by": "patient"}, {"role": "import", "by": "clinician"}, True),
        ({"role": "import", "author": "a"}, {"role": "import", "author": "b"}, False),
    ],
)
def test_who_wrote_an_entry_or_a_clinician_withdraws_and_replaces_it(
    wrote: Plain, settles: Plain, counts: bool
):
    """What anybody else would take back stands, in dispute."""
    old = LONG_QT | {"id": "old"} | wrote
    for settling in (VOID, LONG_QT | {"day": 3, "state": "absent", "replaces": "old"}):
        record = record_of(old, settling | settles)
        assert (old["id"] in record.withdrawn | record.replaced) is counts
        assert (set(record.disputes) == {0, 1}) is not counts
        appended = append(record_of(old), settling | settles)
        assert isinstance(appended, Disputed) is not counts
        longer = appended.record if isinstance(appended, Disputed) else appended
        assert longer == record


PATIENTS: Plain = {"by": "patient", "role": "patient"}


def test_a_patients_withdrawal_takes_back_no_finding_diagnosis_or_allergy():
    for entry in (LONG_QT, {"day": 1, "kind": "diagnosis", "what": "long QT syndrome"}):
        assert situation(withdrawn(entry, PATIENTS), 5).condition("long_qt") is YES
        assert situation(withdrawn(entry, {}), 5).condition("long_qt") is UNKNOWN
    allergy = {"day": 1, "kind": "allergy", "substance": "lidocaine"}
    assert situation(withdrawn(allergy, PATIENTS), 5).allergies == ("lidocaine",)
    assert situation(withdrawn(allergy, {}), 5).allergies == ()


def test_what_rules_out_allows_stops_or_moves_does_so_no_longer():
    absent = withdrawn(LONG_QT | {"state": "absent"}, PATIENTS)
    assert situation(absent, 5).condition("long_qt") is UNKNOWN
    consent = {"day": 1, "kind": "consent", "for": "mesotherapy", "state": "given"}
    assert not consent_given(withdrawn(consent, PATIENTS), 5)
    start = {"day": 0, "kind": "medication", "drug": "tizanidine", "do": "start"}
    stop = {"day": 1, "kind": "medication", "drug": "tizanidine", "do": "stop", "id": "old"}
    tizanidine = drug_with_id("tizanidine")
    assert tizanidine is not None
    assert Timeline(record_of(start, stop)).takes(tizanidine, 5) is NO
    assert Timeline(record_of(start, stop, VOID | PATIENTS)).takes(tizanidine, 5) is YES
    assert withdrawn(start, PATIENTS).takes(tizanidine, 5) is UNKNOWN
    normal = {
        "day": 1,
        "kind": "measurement",
        "what": "ALT",
        "value": 20,
        "unit": "U/l",
        "range": {"high": 40},
    }
    raised = situation(withdrawn(normal, PATIENTS), 5)
    assert raised.condition("lft_raised_gt3uln") is UNKNOWN
    high = situation(withdrawn(normal | {"value": 400}, PATIENTS), 5)
    assert high.condition("lft_raised_gt3uln") is YES


def test_a_decision_that_a_patient_withdraws_is_a_hold():
    decided = {"day": 1, "kind": "decision", "do": "enter", "to": "keep", "id": "old"}
    stays = walk("neck-first", record_of(decided, VOID | PATIENTS), 9)
    assert [stay.phase.id for stay in stays.stays] == ["settle"]
    assert stays.held is not None
    assert walk("neck-first", record_of(decided), 9).stays[-1].phase.id == "keep"


TELLS: tuple[Plain, ...] = (
    {"day": 1, "kind": "finding", "what": "vascular_red_flag", "state": "present"},
    {"day": 1, "kind": "diagnosis", "what": "cervical artery dissection"},
    {"day": 1, "kind": "red_flag_check", "flags": {"dissection": "present"}},
    {"day": 1, "kind": "symptom", "what": "cervical artery dissection", "state": "present"},
)


@pytest.mark.parametrize("told", TELLS, ids=[each["kind"] for each in TELLS])
def test_a_red_flag_that_a_clinician_told_of_stands_against_a_patients_withdrawal_or_correction(told: Plain):
    replacing = {
        "finding": {"state": "absent"},
        "diagnosis": {"certainty": "refuted"},
        "red_flag_check": {"flags": {"dissection": "absent"}},
        "symptom": {"state": "absent"},
    }[told["kind"]]
    for settling in (VOID, told | replacing | {"replaces": "old"}):
        for who, flags in ((PATIENTS, {"RF_DISSECTION"}), ({}, set[str]())):
            timeline = Timeline(record_of(told | {"id": "old"}, settling | who))
            assert {flag.flag.id for flag in active_flags(timeline, 9)} == flags


def test_a_check_that_a_patient_withdraws_clears_nothing_and_a_clinician_settles_the_dispute():
    told, looked = (
        TELLS[0],
        {"day": 2, "kind": "red_flag_check", "flags": {"dissection": "absent"}, "id": "old"},
    )

    def flags(*more: Plain) -> set[str]:
        return {flag.flag.id for flag in active_flags(Timeline(record_of(told, looked, *more)), 9)}

    voided = VOID | PATIENTS | {"id": "void"}
    assert flags() == set()
    assert flags(voided) == {"RF_DISSECTION"}
    assert (
        flags(voided, {"day": 4, "kind": "void", "of": "void", "because": "the patient misread it"}) == set()
    )


def test_a_clinician_corrects_what_a_patient_has_corrected_as_well():
    mine = LONG_QT | {"day": 2, "state": "absent", "replaces": "old", **PATIENTS}
    theirs = LONG_QT | {"day": 3, "state": "unknown", "replaces": "old"}
    record = record_of(LONG_QT | {"id": "old"}, mine, theirs)
    assert record.replaced == {"old"}
    assert record.disputes == {}


def test_a_check_or_an_override_that_a_patient_wrote_clears_nothing_whoever_is_said_to_have_said_it():
    for clearing in (
        {"kind": "red_flag_check", "flags": {"dissection": "absent"}},
        {"kind": "decision", "do": "override", "because": "RF_DISSECTION: I feel fine"},
    ):
        entries = (TELLS[0], {"day": 4, **clearing})
        assert not active_flags(Timeline(record_of(*entries)), 9)
        for role in ("patient", "relative", "device"):
            written = (TELLS[0], {"day": 4, **clearing, "role": role})
            assert active_flags(Timeline(record_of(*written)), 9)


ALLERGY: Plain = {"day": 1, "kind": "allergy", "substance": "tizanidine", "certainty": "confirmed"}
DOUBTED = (
    (ALLERGY, {"certainty": "refuted"}),
    (ALLERGY, {"certainty": "suspected"}),
    (ALLERGY, {"certainty": "refuted", "substance": "Sirdalud"}),
    (ALLERGY, {"kind": "finding", "what": "allergy to tizanidine", "state": "absent"}),
    ({"day": 1, "kind": "finding", "what": "tizanidine allergy", "state": "present"}, {"state": "absent"}),
    ({"day": 1, "kind": "finding", "what": "tizanidine allergy", "state": "present"}, {"state": "unknown"}),
)


@pytest.mark.parametrize(("confirmed", "doubt"), DOUBTED)
@pytest.mark.parametrize(
    ("who", "counts"),
    [
        (PATIENTS, False),
        ({"role": "relative"}, False),
        ({"by": "import"}, False),
        ({"role": "import", "by": "clinician"}, False),
        ({}, True),
        ({"role": "nurse"}, True),
    ],
)
def test_an_allergy_that_a_clinician_confirmed_is_ruled_out_or_doubted_by_a_clinician_alone(
    confirmed: Plain, doubt: Plain, who: Plain, counts: bool
):
    fields = {"substance", "certainty", "what", "state"} if "kind" in doubt else set[str]()
    doubting = {name: value for name, value in confirmed.items() if name not in fields} | doubt | {"day": 5}
    record = record_of(confirmed, doubting | who)
    assert (situation(Timeline(record), 9).allergies == ()) is counts
    assert (set(record.disputes) == {0, 1}) is not counts
    appended = append(record_of(confirmed), doubting | who)
    assert isinstance(appended, Disputed) is not counts
    assert (appended.record if isinstance(appended, Disputed) else appended) == record
    if not counts:
        settled = record_of(confirmed, doubting | who, doubting | {"day": 7})
        assert situation(Timeline(settled), 9).allergies == ()


def test_who_told_of_an_allergy_may_take_it_back_and_another_patients_word_is_no_denial():
    refuted = ALLERGY | {"day": 5, "certainty": "refuted"}
    assert situation(Timeline(record_of(ALLERGY | PATIENTS, refuted | PATIENTS)), 9).allergies == ()
    both = record_of(ALLERGY, ALLERGY | PATIENTS | {"day": 2}, refuted | PATIENTS)
    assert situation(Timeline(both), 9).allergies == ("tizanidine",)
    alone = record_of(refuted | PATIENTS, ALLERGY | {"substance": "ibuprofen"})
    assert alone.disputes == {}


def test_a_diagnosis_that_a_physician_made_is_not_refuted_by_the_patient():
    made = {"day": 1, "kind": "diagnosis", "what": "long QT syndrome"}
    for certainty in ("refuted", "possible"):
        record = record_of(made, made | {"day": 5, "certainty": certainty} | PATIENTS)
        assert situation(Timeline(record), 9).condition("long_qt") is YES
        assert set(record.disputes) == {0, 1}
    assert (
        situation(Timeline(record_of(made, made | {"day": 5, "certainty": "refuted"})), 9).condition(
            "long_qt"
        )
        is NO
    )
