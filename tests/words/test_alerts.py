"""Alerts as they are said: values in English as before, a STOP with its English, and what a patient has to do."""

from __future__ import annotations

import pytest
from hypothesis import given as example_of
from hypothesis import strategies as st

from assuage.catalogue.compile import all_entries
from assuage.catalogue.languages import LANGUAGES
from assuage.catalogue.message import message
from assuage.catalogue.read import Catalogue
from assuage.cli import main
from assuage.record.read import parse_record
from assuage.record.timeline import Timeline
from assuage.safety.active_flags import ActiveFlag
from assuage.safety.alerts import Alert
from assuage.safety.check import STOPS_THOUGH_MAJOR, check
from assuage.safety.flag_alerts import flag_alert
from assuage.safety.formulary import CONDITION_RULES
from assuage.safety.situation import Situation
from assuage.safety.stopping import abrupt_stops
from assuage.terms.answers import YES
from assuage.terms.conditions import CONDITIONS
from assuage.terms.red_flags import RED_FLAGS
from assuage.words.alerts import alert_action, alert_text, alerts_for, for_patient, signed
from assuage.words.speak import ENGLISH, catalogue, translation_note
from tests.safety.situations import conditions, given, regimens, taking

LITHUANIAN, PATIENT = catalogue("lt"), catalogue("en", "patient")
CIPROFLOXACIN = taking("tizanidine", "ciprofloxacin")


def alert(situation: Situation, key: str) -> Alert:
    return next(each for each in check(situation) if each.id == key)


def flagged(key: str) -> Alert:
    return flag_alert(ActiveFlag(RED_FLAGS[key], 0, message("flag.found-present", day=0)))


@pytest.fixture
def all_signed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Catalogue, "checked", lambda _, __: True)


@pytest.fixture
def signed_but(monkeypatch: pytest.MonkeyPatch):
    """Everything is signed but these entries."""

    def but(*entries: str) -> None:
        monkeypatch.setattr(
            Catalogue,
            "checked",
            lambda self, what: self.language == "en" or getattr(what, "key", what) not in entries,
        )

    return but


# --- English ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("situation", "key", "text"),
    [
        (
            CIPROFLOXACIN,
            "DI_TIZ_CIP",
            "Tizanidine with ciprofloxacin: profound hypotension, bradycardia, heavy sedation",
        ),
        (taking(given("tizanidine", 14)), "BR_DOSE_MAX", "Tizanidine: 14 of at most 12 mg a day"),
        (
            taking("tizanidine", lft_raised_gt3uln=YES),
            "CR_TIZ_LFT3",
            "ALT or AST above 3 x ULN: tizanidine",
        ),
        (
            Situation(regimen=(given("ibuprofen", 400),), allergies=("ibuprofen",)),
            "allergy-ibuprofen",
            "Ibuprofen is given, and an allergy to it is recorded",
        ),
    ],
)
def test_an_alert_says_who_what_and_how_much(situation: Situation, key: str, text: str):
    assert alert_text(ENGLISH, alert(situation, key)) == text


@example_of(regimens, conditions)
def test_every_alert_of_any_regimen_can_be_said_in_every_language_and_for_every_reader(lines, known):
    situation = Situation(regimen=tuple(lines), conditions=known, allergies=("ibuprofen",))
    for raised in check(situation):
        for speaking in (ENGLISH, LITHUANIAN, PATIENT, catalogue("lt", "patient")):
            assert alert_text(speaking, raised)
            assert speaking.value(raised.because)
            assert raised.action is None or alert_action(speaking, raised)
            assert all(speaking.say(detail) for detail in raised.details)


@example_of(regimens, conditions)
def test_the_same_situation_gives_equal_alerts(lines, known):
    situation = Situation(regimen=tuple(lines), conditions=known)
    assert set(check(situation)) == set(check(situation))


# --- a STOP and its English -------------------------------------------------------------------------


def test_a_lithuanian_stop_has_its_english_beside_it_until_it_is_signed():
    stop = alert(CIPROFLOXACIN, "DI_TIZ_CIP")
    assert alert_text(LITHUANIAN, stop).endswith(f"[{alert_text(ENGLISH, stop)}]")


def test_the_english_beside_a_stop_is_marked_as_english():
    spans = alert_text(LITHUANIAN, alert(taking(given("tizanidine", 14)), "BR_DOSE_MAX")).spans
    assert [span.language for span in spans if "at most 12 mg" in span.text] == ["en"]


@pytest.mark.usefixtures("all_signed")
def test_a_signed_stop_stands_alone():
    stop = alert(taking(given("tizanidine", 14)), "BR_DOSE_MAX")
    assert "14 of at most" not in alert_text(LITHUANIAN, stop)


@pytest.mark.parametrize("entry", ["alert.burden", "burden.dose", "drug.tizanidine"])
def test_one_entry_that_nobody_signed_keeps_the_english(signed_but, entry: str):
    signed_but(entry)
    stop = alert(taking(given("tizanidine", 14)), "BR_DOSE_MAX")
    assert alert_text(LITHUANIAN, stop).endswith("[Tizanidine: 14 of at most 12 mg a day]")


def test_what_is_no_stop_has_no_english_beside_it():
    asked = alert(taking("tizanidine", "amitriptyline"), "BR_SED")
    assert asked.tier == "ask"
    assert "sedation scores" not in alert_text(LITHUANIAN, asked)


def test_english_is_the_original_and_what_a_person_wrote_needs_no_signature():
    assert signed(ENGLISH, alert(CIPROFLOXACIN, "DI_TIZ_CIP").text)
    assert signed(LITHUANIAN, ("moon dust", 3, None))
    assert not signed(LITHUANIAN, message("alert.flag", flag=RED_FLAGS["RF_STROKE"], because="x"))


# --- that nobody checked it -------------------------------------------------------------------------


def printed(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    assert main(list(arguments)) in (0, 1)  # 1: a STOP
    return capsys.readouterr().out


def test_a_translation_that_nobody_checked_says_so(capsys: pytest.CaptureFixture[str]):
    regimen = ("check-regimen", "tizanidine 14 mg")
    assert (
        printed(capsys, *regimen, "--lang", "lt").rstrip().endswith(translation_note(LITHUANIAN) or "missing")
    )
    assert printed(capsys, *regimen).startswith("STOP")


@pytest.mark.usefixtures("all_signed")
def test_a_checked_translation_says_nothing_of_it(capsys: pytest.CaptureFixture[str]):
    assert printed(capsys, "check-regimen", "tizanidine 14 mg", "--lang", "lt").startswith("STOP")


def test_what_cannot_be_read_is_said_in_the_language_that_was_asked_for(capsys: pytest.CaptureFixture[str]):
    assert main(["check-regimen", "tizanidine 14 mgg", "--lang", "lt"]) == 3
    assert "„mgg“" in capsys.readouterr().out


# --- what a patient has to do ------------------------------------------------------------------------


@pytest.mark.parametrize("key", RED_FLAGS)
def test_every_red_flag_tells_a_patient_what_to_do_and_how_soon(key: str):
    said = alert_text(PATIENT, flagged(key))
    assert any(word in said for word in ("now", "today", "soon"))
    assert PATIENT.word(RED_FLAGS[key].to_do) != RED_FLAGS[key].action
    for speaking in (PATIENT, catalogue("lt", "patient")):
        assert (
            not alert_text(speaking, flagged(key)).foreign_to(speaking.language) or speaking.language == "lt"
        )


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_may_stop_a_medicine_has_words_for_a_patient(language: str):
    stopping = {
        CONDITIONS[rule.condition]
        for rule in CONDITION_RULES
        if rule.severity == "contraindicated" or rule.id in STOPS_THOUGH_MAJOR
    }
    assert {entry.key for entry in all_entries(language, "patient")} >= {
        each.wording.key for each in stopping
    }


def test_an_ambulance_is_called_where_the_clinician_would():
    assert "ambulance" in alert_text(PATIENT, flagged("RF_STROKE"))


@pytest.mark.parametrize(
    ("situation", "key", "text"),
    [
        (
            CIPROFLOXACIN,
            "DI_TIZ_CIP",
            "These do not go together: tizanidine and ciprofloxacin. Do not stop this by yourself: tizanidine. "
            "Call your doctor today.",
        ),
        (
            taking(given("tizanidine", 14)),
            "BR_DOSE_MAX",
            "The dose is too high: tizanidine (you take 14 mg a day, and the most is 12 mg). "
            "Call your doctor today, before you take the next dose.",
        ),
        (
            taking("tizanidine", lft_raised_gt3uln=YES),
            "CR_TIZ_LFT3",
            "This does not suit you now: tizanidine. The reason: liver values far above normal. "
            "Do not stop this by yourself: tizanidine. Call your doctor today.",
        ),
        (
            taking("valproic_acid", pregnancy_t1=YES),
            "CR_TERA_T1",
            "This does not suit you now: valproic acid. The reason: pregnancy, weeks 1 to 13. "
            "Do not stop this by yourself: valproic acid. Call your doctor today.",
        ),
        (
            Situation(regimen=(given("ibuprofen", 400),), allergies=("ibuprofen",)),
            "allergy-ibuprofen",
            "An allergy to this is written down, and you are given it: ibuprofen. Do not take it. "
            "Call your doctor today.",
        ),
    ],
)
def test_a_stop_tells_a_patient_what_to_do(situation: Situation, key: str, text: str):
    assert alert_text(PATIENT, alert(situation, key)) == text


def test_a_patient_whose_pump_stopped_is_sent_to_a_hospital():
    plain = {"day": 0, "kind": "medication", "drug": "baclofen", "route": "intrathecal"}
    entries = [plain | {"do": "start"}, plain | {"day": 9, "do": "stop"}]
    record = parse_record({"format": "assuage-record/1", "patient": {"id": "a"}, "entries": entries})
    (raised,) = abrupt_stops(Timeline(record), 9)
    assert alert_text(PATIENT, raised) == (
        "Baclofen in your pump was stopped on day 9. Go to a hospital now, and call the team that fills the pump."
    )


def test_a_patient_is_told_what_only_they_can_do_and_no_more():
    raised = check(taking("tizanidine", "ciprofloxacin", "amitriptyline"))
    assert {each.id for each in alerts_for(PATIENT, raised)} == {"DI_TIZ_CIP", "DI_TCA_QT"}
    assert alerts_for(ENGLISH, raised) == raised


def test_recorded_suicidal_thoughts_are_told_to_the_patient_in_words_of_their_own():
    raised = alert(taking(suicidality=YES), "RF_SUICIDE")
    assert raised.tier == "stop"
    assert for_patient(raised) is not None
    assert "crisis team" in str(alert_text(PATIENT, raised))


@example_of(st.sampled_from(sorted(RED_FLAGS)))
def test_a_clinician_never_reads_the_patients_words(key: str):
    assert "your doctor" not in alert_text(ENGLISH, flagged(key))
