"""A regimen typed on one line, and the commands over it."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

import pytest

from assuage.cli import causality as causality_command
from assuage.cli import check_regimen as check_regimen_command
from assuage.cli import main, session
from assuage.errors import InputError, Problems
from assuage.safety.regimen import check_regimen
from assuage.safety.regimen_text import read_regimen
from assuage.terms.answers import NO
from docs.build.safety import pages

CASE = Path(__file__).parent.parent.parent / "examples" / "case.yaml"


@pytest.mark.parametrize(
    ("text", "gives"),
    [
        ("amitriptyline 5 mg, tizanidine 6 mg", [("amitriptyline", ["5 mg"]), ("tizanidine", ["6 mg"])]),
        (
            "Amitriptylinum 5mg; M03BX02 2 mg + 4 mg",
            [("amitriptyline", ["5 mg"]), ("tizanidine", ["2 mg", "4 mg"])],
        ),
        ("amitriptyline 12,5 mg", [("amitriptyline", ["12.5 mg"])]),
        ("pregabalin 75 mg twice daily", [("pregabalin", ["75 mg twice daily"])]),
        ("paracetamol 3 x 1 g", [("paracetamol", ["1 g", "1 g", "1 g"])]),
        ("ibuprofen 400 mg 3 times daily", [("ibuprofen", ["400 mg 3 times daily"])]),
        ("paracetamol 500 mg, 2 tablets 4 times a day", [("paracetamol", ["1000 mg 4 times a day"])]),
        ("tizanidine half a tablet of 4 mg at night", [("tizanidine", ["2 mg at night"])]),
        ("amitriptyline 5-10 mg nocte", [("amitriptyline", ["5-10 mg nocte"])]),
        ("amitriptyline up to 25 mg at night", [("amitriptyline", ["0-25 mg at night"])]),
        ("tizanidine 2 mg 1-0-2", [("tizanidine", ["2 mg 1-0-2"])]),
        ("paracetamol 2 x 500 mg tds", [("paracetamol", ["500 mg tds", "500 mg tds"])]),
        (
            "tizanidine 2 mg in the morning, 4 mg at night",
            [("tizanidine", ["2 mg in the morning", "4 mg at night"])],
        ),
        ("tizanidine 2 mg + 4 mg twice a day", [("tizanidine", ["2 mg twice a day", "4 mg twice a day"])]),
        ("tizanidine morning 2 mg, evening 4 mg", [("tizanidine", ["2 mg morning", "4 mg evening"])]),
        (
            "ibuprofen 400 mg as needed, up to 3 times a day",
            [("ibuprofen", ["400 mg as needed, up to 3 times a day"])],
        ),
        (
            "paracetamol 1 g prn, max 4 g a day, tizanidine 2 mg",
            [("paracetamol", ["1 g prn, max 4 g a day"]), ("tizanidine", ["2 mg"])],
        ),
        ("paracetamol two 500 mg tablets tds", [("paracetamol", ["500 mg tds", "500 mg tds"])]),
        ("paracetamol 500 mg - 1 g qid", [("paracetamol", ["0.5-1 g qid"])]),
        ("methotrexate 2.5 mg six tablets weekly", [("methotrexate_low_dose", ["15 mg weekly"])]),
        ("melatonin 2 mg 1 hour before bed", [("melatonin", ["2 mg 1 hour before bed"])]),
        ("strong opioid 25 mcg/h every 72 h", [("strong_opioid", ["25 mcg/h every 72 h"])]),
        ("aspirin 75 mg daily", [("aspirin_low_dose", ["75 mg daily"])]),
        ("warfarin daily", [("warfarin", [])]),
        ("methotrexate daily", [("methotrexate_low_dose", ["1 dose daily"])]),
        ("vitamin d 2000 IU", [("vitamin_d3", ["2000 IU"])]),
        ("vitamin D3 50 µg", [("vitamin_d3", ["50 mcg"])]),
        ("vitamin D 50 000 IU weekly", [("vitamin_d3", ["50000 IU weekly"])]),
        ("vitamin D 50\u00a0000 IU weekly", [("vitamin_d3", ["50000 IU weekly"])]),
        ("vitaminas D 2 000 TV kasdien", [("vitamin_d3", ["2000 IU kasdien"])]),
        ("Vitamin D3 20 000 I.E. wöchentlich", [("vitamin_d3", ["20000 IU wöchentlich"])]),
        ("colecalciferol 5 600 IU weekly", [("vitamin_d3", ["5600 IU weekly"])]),
        ("vitamin D3 400 IU", [("vitamin_d3", ["400 IU"])]),
        ("paracetamol 1 000 mg tds", [("paracetamol", ["1000 mg tds"])]),
        ("paracetamol 500 mg 2x1", [("paracetamol", ["500 mg 2x1"])]),
        ("paracetamol 500 mg 2 x 1 tab", [("paracetamol", ["500 mg", "500 mg"])]),
        ("tizanidine 2x1", [("tizanidine", [])]),
        ("ketoprofen 2 ml 50 mg/ml", [("ketoprofen", ["2 ml 50 mg/ml"])]),
        ("lidocaine 2 ml 2%", [("lidocaine", ["2 ml 2%"])]),
        ("aspirin 75 mg", [("aspirin_low_dose", ["75 mg"])]),
        ("sodium chloride 0.9% 6 ml", [("sodium_chloride_09", ["6 ml"])]),
        ("warfarin, deep_tissue_massage", [("warfarin", []), ("deep_tissue_massage", [])]),
        ("combined oral contraceptive 1 tablet", [("combined_oral_contraceptive", ["1 tablet"])]),
        ("tizanidine 2 mg/day at night", [("tizanidine", ["2 mg /day at night"])]),
        ("Amitriptylin 25 mg z.N.", [("amitriptyline", ["25 mg z.N."])]),
        ("Metoprololsuccinat 47,5 mg 1-0-0", [("metoprolol", ["47.5 mg 1-0-0"])]),
        ("Fentanylpflaster 25 µg/h alle 3 Tage", [("fentanyl", ["25 mcg/h alle 3 Tage"])]),
        ("Ibuprofen 600 mg bei Bedarf bis 3x tgl.", [("ibuprofen", ["600 mg bei Bedarf bis 3x tgl."])]),
        ("ASS 100 mg 1x tgl.", [("aspirin_low_dose", ["100 mg 1x tgl."])]),
        ("Vitamin D 20000 IE wöchentlich", [("vitamin_d3", ["20000 IU wöchentlich"])]),
        ("vitaminas D3 2000 TV kasdien", [("vitamin_d3", ["2000 IU kasdien"])]),
        ("colecalciferol 800 units daily", [("vitamin_d3", ["800 units daily"])]),
        ("paracetamolis 500 mg po 2 tab. 3 k./d.", [("paracetamol", ["1000 mg 3 k./d."])]),
        ("Candesartan/HCT 16/12,5 mg 1-0-0", [("candesartan", []), ("hydrochlorothiazide", [])]),
        ("sertraline 100mg OM", [("sertraline", ["100 mg OM"])]),
        ("amitriptyline 10mg ON", [("amitriptyline", ["10 mg ON"])]),
        ("melatoninas 3 mg 30 min prieš miegą", [("melatonin", ["3 mg 30 min prieš miegą"])]),
        ("L-Thyroxin 75 µg morgens nüchtern", [("levothyroxine", ["75 mcg morgens nüchtern"])]),
    ],
)
def test_a_regimen_is_read(text: str, gives: list[Any]):
    lines, wrong = read_regimen(text)
    assert wrong == ()
    assert [(line.substance, [str(dose) for dose in line.doses]) for line in lines] == gives


def test_routes_are_those_named_those_asked_for_or_those_of_the_substance():
    lines, _ = read_regimen("ketoprofen 100 mg id, lidocaine 40 mg, ibuprofen, mesotherapy", "")
    assert [line.route for line in lines] == ["intradermal", "infiltration", "oral", "procedure"]
    lines, _ = read_regimen("ketoprofen 100 mg im, ibuprofen", "topical")
    assert [line.route for line in lines] == ["im", "topical"]


@pytest.mark.parametrize(
    ("text", "remedy"),
    [
        ("", "is empty"),
        ("tizanidine 2 tablets", "cannot be converted to mg"),
        ("magnesium 5 mmol", "cannot be converted to mg"),
        ("ketoprofen 2 ml", "with its strength"),
        ("paracetamol 2 500 mg", '"2" is no frequency'),  # two of 500 mg, or 2500 mg
        ("ibuprofen 15 mg/kg", "cannot be read"),
        ("paracetamol 15 mg/kg tds", "cannot be read"),
        ("tizanidine 2 mgg", 'unknown unit "mgg"'),
        ("tizanidine 0 mg", "more than 0"),
        ("tizanidine 99 x 2 mg", "between 1 and 24"),
        ("tizanidine 2 mg sometimes", '"sometimes" is no frequency'),
        (f"tizanidine {'9' * 400} mg", "at most 1e+09"),
        ("tizanidine 2 mg, " * 200, "longer than 2000 characters"),
        ("mesotherapy 2 mg", "has no dose"),
        ("vitamin d3 1 IU/kg", "cannot be read"),
    ],
)
def test_what_cannot_be_read_comes_with_its_remedy(text: str, remedy: str):
    _, wrong = read_regimen(text)
    assert len(wrong) == 1
    assert remedy in wrong[0].text


@pytest.mark.parametrize(
    ("text", "reads"),
    [
        ("paracetamol 5,000 mg", "5000 or as 5;"),
        ("paracetamol 1.500 mg", "1500 or as 1.5;"),
        ("tizanidine 2 x 4,000 mg", "4000 or as 4;"),
    ],
)
def test_three_digits_behind_a_separator_are_refused_with_both_readings(text: str, reads: str):
    lines, problems = read_regimen(text)
    assert [line.doses for line in lines] == [()]
    assert reads in str(problems[0])


@pytest.mark.parametrize(
    "text", ["vitamin D3 0.125 mg", "vitamin D3 0,125 mg", "creatine 5000 mg", "amitriptyline 12.50 mg"]
)
def test_what_can_be_read_in_one_way_is_read(text: str):
    assert read_regimen(text)[1] == ()


@pytest.mark.parametrize(("text", "status"), [("paracetamol 5000 mg", 1), ("paracetamol 500 mg", 0)])
def test_a_stop_is_an_exit_status_of_its_own(text: str, status: int, capsys: pytest.CaptureFixture[str]):
    assert main(["check-regimen", text]) == status
    assert ("STOP" in capsys.readouterr().out) is bool(status)


@pytest.mark.parametrize(
    ("text", "tiers"),
    [
        ("tizanidine 4 mg every 6 hours", {"BR_DOSE_MAX": "stop"}),
        ("tizanidine 4 mg every 8 hours", {}),
        ("tramadol 100 mg four to six times a day", {"BR_DOSE_MAX": "stop"}),
        ("tramadol 100 mg three to four times a day", {}),
        ("tramadol 100 mg up to 5 times a day as needed", {"BR_DOSE_MAX": "stop"}),
        ("tramadol 100 mg as needed", {"dose-frequency": "ask"}),
        ("paracetamol 1 g as needed, max 4 g a day", {}),
        ("paracetamol 1 g every 4 hours as needed", {"BR_DOSE_MAX": "stop"}),
        ("paracetamol 5000 mg as needed", {"BR_DOSE_MAX": "stop", "dose-frequency": "ask"}),
        ("amitriptyline 75 mg every other day", {}),
        ("amitriptyline 150 mg every other day", {"BR_DOSE_MAX": "stop"}),
        ("vitamin d3 20000 IU weekly", {}),
        ("vitamin d3 20000 IU daily", {"BR_VITD_UL": "stop"}),
        ("methotrexate 15 mg daily", {"BR_WEEKLY": "stop"}),
        ("methotrexate 2.5 mg bid", {"BR_WEEKLY": "stop"}),
        ("methotrexate 15 mg every other day", {"BR_WEEKLY": "stop"}),
        ("methotrexate 2.5 mg 3 times a week", {"BR_WEEKLY": "stop"}),
        ("methotrexate 7.5 mg on Monday and Thursday", {"BR_WEEKLY": "stop"}),
        ("methotrexate 7.5 mg on Monday + 7.5 mg on Thursday", {"BR_WEEKLY": "stop"}),
        ("methotrexate daily", {"BR_WEEKLY": "stop"}),
        ("methotrexate weekly 15 mg daily", {"BR_WEEKLY": "stop"}),
        ("methotrexate 15 mg weekly", {}),
        ("methotrexate weekly 15 mg", {}),
        ("methotrexate weekly", {}),
        ("methotrexate 3 x 2.5 mg on Mondays", {}),
        ("methotrexate 15 mg every 2 weeks", {}),
        ("methotrexate 15 mg", {"dose-spacing": "ask"}),
        ("methotrexate", {"dose-spacing": "ask"}),
        ("methotrexate 15 mg as needed", {"dose-spacing": "ask"}),
    ],
)
def test_the_frequency_decides_what_a_dose_comes_to(text: str, tiers: dict[str, str]):
    of_doses = {"BR_DOSE_MAX", "BR_VITD_UL", "BR_WEEKLY", "dose-frequency", "dose-spacing"}
    alerts = check_regimen(text).alerts
    assert {alert.id: alert.tier for alert in alerts if alert.id in of_doses} == tiers


def test_all_problems_are_told_together():
    assert len(read_regimen("tizanidine 1 mgg, tizanidine 2 tablets, foo")[1]) == 2


@pytest.mark.parametrize(
    ("text", "unread", "part"),
    [
        ("Tylenol 3 2 tablets", "Tylenol 3", "paracetamol"),
        ("Tylenol No. 3", "Tylenol No. 3", "paracetamol"),
        ("vitamin D calcium 500 mg", "vitamin D calcium", "vitamin_d3"),
        ("ramipril HCT 5/25", "ramipril HCT", "ramipril"),
        ("warfarin herbal blend 5 mg", "warfarin herbal blend", "warfarin"),
    ],
)
def test_a_name_that_is_read_in_part_is_a_hole_beside_what_was_read(text: str, unread: str, part: str):
    lines, _ = read_regimen(text)
    assert [(line.substance, line.name) for line in lines] == [(None, unread), (part, unread)]
    assert all(line.doses == () for line in lines)


def test_the_hole_of_a_name_says_what_of_it_was_read(capsys: pytest.CaptureFixture[str]):
    assert main(["check-regimen", "Tylenol 3, warfarin 5 mg"]) == 3
    assert "only paracetamol is read of it" in " ".join(capsys.readouterr().out.split())


# --- check_regimen -------------------------------------------------------------------------------------------


def test_a_regimen_without_a_record_is_read_and_checked():
    checked = check_regimen("tramadol 100 mg, sertraline 50 mg", absent=["Epilepsy"], sex="female")
    assert [line.substance for line in checked.situation.regimen] == ["tramadol", "sertraline"]
    assert checked.situation.conditions == {"epilepsy": NO}
    assert "DI_TRA_SSRI" in {alert.id for alert in checked.alerts}


def test_every_problem_stands_under_the_argument_it_is_in():
    sex: Any = "woman"
    with pytest.raises(Problems) as told:
        check_regimen(
            "tizanidine", present=["asthmma"], absent=["gout?"], age=121, sex=sex, weight_kg=0, country="LTU"
        )
    assert [problem.place for problem in told.value.problems] == [
        "present", "absent", "age", "sex", "weight_kg", "country",
    ]  # fmt: skip


# --- assuage check-regimen --------------------------------------------------------------------------------


def arguments(module: Any, *said: str) -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    module.add_arguments(parser)
    return parser.parse_args(said)


def checked(capsys: pytest.CaptureFixture[str], *said: str) -> dict[str, Any]:
    assert check_regimen_command.run(arguments(check_regimen_command, *said, "--json")) in (0, 1)
    return json.loads(capsys.readouterr().out)


def test_the_quick_door_gives_every_alert_as_json(capsys: pytest.CaptureFixture[str]):
    found = checked(capsys, "amitriptyline 5 mg, tizanidine 6 mg", "--with", "hepatic_steatosis,lft_unknown")
    assert [line["id"] for line in found["regimen"]] == ["amitriptyline", "tizanidine"]
    assert found["conditions"] == ["hepatic_steatosis", "lft_unknown"]
    ids = {alert["id"] for alert in found["alerts"]}
    assert {"DI_TIZ_TCA", "CR_TIZ_STEAT", "CR_TIZ_LFTUNK", "BR_SED", "MN_TIZ_LFT"} <= ids
    first = found["alerts"][0]
    assert {"id", "tier", "severity", "text", "because", "action", "sources", "status"} <= first.keys()
    assert found["problems"] == []


def test_age_sex_weight_and_country_are_taken(capsys: pytest.CaptureFixture[str]):
    found = checked(
        capsys, "lidocaine 150 mg, silexan", "--with", "hepatic_impairment_modsev", "--without", "heart-block",
        "--age", "70", "--sex", "male", "--weight", "30", "--country", "se",
    )  # fmt: skip
    tiers = {alert["id"]: alert["tier"] for alert in found["alerts"]}
    assert tiers["BR_LA_DOSE"] == "stop"
    assert tiers["CR_SIL_HEP"] == "ask"
    assert not {"ask-pregnancy", "ask-age", "ask-heart_block"} & tiers.keys()


def test_pairs_known_not_to_interact_are_told(capsys: pytest.CaptureFixture[str]):
    found = checked(capsys, "silexan, tizanidine")
    assert [one["id"] for one in found["known_not_to_interact"]] == ["NI_SIL_TIZ"]


def test_notes_are_shown_on_request_only(capsys: pytest.CaptureFixture[str]):
    said = ("silexan, tizanidine 2 mg",)
    check_regimen_command.run(arguments(check_regimen_command, *said))
    short = capsys.readouterr().out
    check_regimen_command.run(arguments(check_regimen_command, *said, "--all"))
    long = capsys.readouterr().out
    assert "DI_SIL_SED" not in short
    assert "not shown: --all" in short
    assert "DI_SIL_SED" in long
    assert "NI_SIL_TIZ" in long


def test_a_regimen_with_nothing_to_say_says_so(capsys: pytest.CaptureFixture[str]):
    check_regimen_command.run(arguments(check_regimen_command, "melatonin 2 mg", "--without",
        "hepatic_impairment_mild,hepatic_impairment_modsev"))  # fmt: skip
    assert "Nothing above a note." in capsys.readouterr().out


UNREAD = [
    "paracetamol 5,000 mg",
    "paracetamol 500 mgg",
    "paracetamol 500 mg sometimes",
    "paracetamol 2 tablets",
    "paracetamol 0 mg",
    "paracetamol 99 x 500 mg",
]


@pytest.mark.parametrize("unread", UNREAD)
def test_a_dose_that_nothing_reads_leaves_the_rest_checked_and_is_told_first(
    unread: str, capsys: pytest.CaptureFixture[str]
):
    assert main(["check-regimen", f"{unread}, amitriptyline 25 mg, moclobemide 300 mg"]) == 1
    shown = capsys.readouterr().out
    assert shown.startswith("ASK   major: Dose not read")
    assert "DI_TCA_MAOI" in shown


@pytest.mark.parametrize("unread", UNREAD)
def test_a_hole_among_the_doses_is_an_exit_status_and_stands_in_the_json(
    unread: str, capsys: pytest.CaptureFixture[str]
):
    assert main(["check-regimen", unread, "--json"]) == 3
    shown = json.loads(capsys.readouterr().out)
    assert [problem["place"] for problem in shown["problems"]] == [unread]
    assert [line["id"] for line in shown["regimen"]] == ["paracetamol"]
    assert "dose-unread" in {alert["id"] for alert in shown["alerts"] if alert["tier"] == "ask"}


def test_a_dose_whose_frequency_nothing_reads_counts_once_at_least():
    tiers = {alert.id: alert.tier for alert in check_regimen("paracetamol 5000 mg sometimes").alerts}
    assert {"BR_DOSE_MAX": "stop", "dose-unread": "ask", "dose-frequency": "ask"}.items() <= tiers.items()


@pytest.mark.parametrize(
    ("text", "substance"),
    [("lavender oil 80 mg, Silexan 80 mg", "silexan"), ("calcitriol 0.25 mcg, Rocaltrol 0.25 mcg", "calcitriol"),
     ("Saroten 10 mg, amitriptyline 25 mg", "amitriptyline"), ("co-codamol 8/500, paracetamol 1 g", "paracetamol")],
)  # fmt: skip
def test_one_substance_under_two_names_is_asked_about(text: str, substance: str):
    told = [alert.subject for alert in check_regimen(text).alerts if alert.id == "same-substance"]
    assert told == [substance]


def test_two_doses_of_one_name_are_no_duplicate():
    text = "amitriptyline 10 mg in the morning, Amitriptyline 25 mg at night"
    assert "same-substance" not in {alert.id for alert in check_regimen(text).alerts}


def test_what_a_substance_meets_is_told_although_its_dose_is_not_read():
    checked = check_regimen("amitriptyline 25 mgg, moclobemide 300 mg")
    assert "DI_TCA_MAOI" in {alert.id for alert in checked.alerts if alert.tier == "stop"}


def test_every_problem_of_the_command_is_told_at_once():
    said = arguments(
        check_regimen_command, "", "--with", "asthmma,asthma", "--without", "asthma,foo",
        "--age", "200",
        "--weight", "0", "--country", "Lithuania",
    )  # fmt: skip
    with pytest.raises(Problems) as raised:
        check_regimen_command.run(said)
    assert [problem.place for problem in raised.value.problems] == [
        "regimen", "--with", "--without", "--without", "--age", "--weight", "--country",
    ]  # fmt: skip


@pytest.mark.parametrize("text", ["calpol 500 mg", "furosemide 40 mg"])
def test_a_brand_and_a_drug_of_no_rule_are_read_and_nothing_is_suggested(
    text: str, capsys: pytest.CaptureFixture[str]
):
    assert main(["check-regimen", text]) == 0
    assert "did you mean" not in capsys.readouterr().out


# --- assuage session plan -----------------------------------------------------------------------------------


SESSION = """
mixture:
- {drug: ketoprofen, volume_ml: 2, amount_mg: 100}
- {drug: lidocaine, volume_ml: 2, strength: 2 %}
- {drug: sodium chloride 0.9%, volume_ml: 6}
needle: {gauge: 30, length_mm: 4}
weight_kg: 70
"""


def test_a_session_is_planned_from_a_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    file = tmp_path / "session.yaml"
    file.write_text(SESSION)
    assert session.run(arguments(session, "plan", str(file), "--json")) == 1  # no documented consent
    plan = json.loads(capsys.readouterr().out)
    assert plan["total_ml"] == 10
    assert {drug["drug"]: drug["mg_per_ml"] for drug in plan["drugs"]} == {"ketoprofen": 10, "lidocaine": 4}
    assert {drug["drug"]: drug["share_of_ceiling"] for drug in plan["drugs"]} == {
        "ketoprofen": 0.5,
        "lidocaine": 0.2,
    }
    assert (plan["deposits"]["fewest"], plan["deposits"]["most"]) == (50, 100)
    assert "CR_MESO_CONS" in {alert["id"] for alert in plan["alerts"] if alert["tier"] == "stop"}
    assert "operator" in plan["missing_fields"]
    session.run(arguments(session, "plan", str(file)))
    text = capsys.readouterr().out
    assert "10 ml, 50 to 100 deposits" in text
    assert "STOP" in text
    assert "notes not shown" in text


def test_a_session_that_cannot_be_read_names_place_and_line(tmp_path: Path):
    file = tmp_path / "session.yaml"
    file.write_text(SESSION.replace("lidocaine", "lidocxaine"))
    with pytest.raises(Problems) as raised:
        session.run(arguments(session, "plan", str(file)))
    assert [(problem.place, problem.line) for problem in raised.value.problems] == [("mixture[1].drug", 4)]


# --- assuage causality ------------------------------------------------------------------------------------


def test_causality_of_massage_and_pain_in_the_published_case(capsys: pytest.CaptureFixture[str]):
    said = (str(CASE), "--exposure", "massage", "--outcome", "pain")
    assert causality_command.run(arguments(causality_command, *said, "--json")) == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["naranjo"]["score"], found["naranjo"]["category"]) == (4, "possible")
    assert (found["naranjo"]["low"], found["naranjo"]["high"]) == (4, 7)
    assert found["who_umc"] == "possible"
    assert [one["id"] for one in found["asked"]] == ["NQ1", "NQ3", "NQ8"]
    assert len(found["naranjo"]["items"]) == 10
    causality_command.run(arguments(causality_command, *said))
    text = capsys.readouterr().out
    assert "to ask" in text
    assert "followed by is not caused by" in " ".join(text.split())


@pytest.mark.parametrize(
    ("exposure", "outcome", "on", "text"),
    [
        ("masage", "pain", "79", "--exposure"),
        ("massage", "pian", "79", '"pain"'),
        ("massage", "pain", "30", "nothing to judge"),
        ("massage", "pain", "tomorrow", "neither a day number"),
    ],
)
def test_causality_refuses_what_it_cannot_judge(exposure: str, outcome: str, on: str, text: str):
    said = arguments(causality_command, str(CASE), "--exposure", exposure, "--outcome", outcome, "--on", on)
    with pytest.raises(InputError, match=text):
        causality_command.run(said)


# --- the generated pages ------------------------------------------------------------------------------------


def test_every_rule_stands_on_a_generated_page_with_its_sources():
    from assuage.safety.formulary import (
        CONDITION_RULES,
        DIFFERENTIAL,
        INTERACTIONS,
        MIXING_RULES,
        MONITORING_RULES,
    )
    from assuage.terms.red_flags import RED_FLAGS

    text = "\n".join(pages().values())
    rows = (
        *INTERACTIONS,
        *CONDITION_RULES,
        *MIXING_RULES,
        *MONITORING_RULES,
        *DIFFERENTIAL,
        *RED_FLAGS.values(),
    )
    for row in rows:
        assert f"| {row.id} |" in text
    assert "check against a current label" in text
