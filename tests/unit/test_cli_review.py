"""The command line as its users meet it: exit codes, errors without a traceback, text and JSON."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from assuage.cli import main
from tests.universe import FILES

ROOT = Path(__file__).parent.parent.parent
CASE = str(ROOT / "examples" / "case.yaml")
DIARY = str(ROOT / "examples" / "diary.yaml")


def run(capsys: pytest.CaptureFixture[str], *argv: str) -> tuple[int, str, str]:
    try:
        status = main(list(argv))
    except SystemExit as done:
        status = int(done.code or 0)
    out, err = capsys.readouterr()
    return status, out, err


KEYS = {
    "patient": str,
    "on": int,
    "pathway": dict,
    "phase": dict,
    "stays": list,
    "gates": list,
    "plan": list,
    "restrictions": list,
    "alerts": list,
    "criteria": dict,
    "suspected_triggers": list,
    "missing": list,
}
INSIDE = {
    "stays": {"phase", "entered", "left", "by"},
    "gates": {"id", "title", "state", "criteria"},
    "plan": {"do", "what", "when", "state", "because", "source", "numbers"},
    "restrictions": {"what", "in_force", "because", "breaches"},
    "alerts": {"id", "tier", "severity", "text", "because", "sources", "entries"},
    "suspected_triggers": {
        "exposure",
        "outcome",
        "exposed",
        "flared",
        "unexposed",
        "unexposed_flared",
        "naranjo",
        "who_umc",
        "answer",
    },
    "missing": {"what", "needed_for"},
}


@pytest.mark.parametrize("day", ["0", "30", "48", "79"])
def test_review_as_json_keeps_the_contract(capsys, day):
    status, out, _ = run(capsys, "review", CASE, "--on", day, "--json")
    told = json.loads(out)
    assert status == 0
    assert {key: type(told[key]) for key in KEYS} == KEYS
    for key, fields in INSIDE.items():
        assert all(fields <= set(one) for one in told[key]), key
    for gate in told["gates"]:
        assert gate["state"] in ("open", "shut")
        for one in gate["criteria"]:
            assert {"id", "title", "answer", "because", "basis", "value", "needs"} <= set(one)
            assert one["answer"] in ("yes", "no", "unknown")
    assert {"answer", "wpi", "sss", "fs", "regions", "months", "parts", "missing"} <= set(
        told["criteria"]["fm_2016"]
    )


def test_the_default_day_is_the_last_of_the_record(capsys):
    assert json.loads(run(capsys, "review", CASE, "--json")[1])["on"] == 79


def test_a_date_is_a_day_in_a_record_that_has_dates(capsys):
    assert json.loads(run(capsys, "review", DIARY, "--on", "2026-02-15", "--json")[1])["on"] == 41
    status, _, err = run(capsys, "review", CASE, "--on", "2026-02-15")
    assert (status, "no starts_on" in err) == (2, True)


def test_a_day_that_is_none_says_what_to_write(capsys):
    status, _, err = run(capsys, "review", CASE, "--on", "soon")
    assert status == 2
    assert "neither a day number nor an ISO date" in err


def test_a_day_before_day_0_is_before_the_pathway(capsys):
    told = json.loads(run(capsys, "review", CASE, "--on=-5", "--json")[1])
    assert (told["phase"], told["stays"], told["plan"]) == (None, [], [])
    assert "The pathway has not begun on this day." in told["notes"]


@pytest.mark.parametrize("name", FILES)
def test_a_screen_fits_80_columns_whoever_the_patient_is(capsys, name):
    status, out, err = run(capsys, "review", str(ROOT / FILES[name]))
    assert (status, err) == (0, "")
    assert max(len(line) for line in out.splitlines()) <= 80


def test_the_first_screen_answers_in_order(capsys):
    _, out, _ = run(capsys, "review", CASE, "--on", "48")
    labels = [word for word in ("STOP", "HOW", "WHERE", "NOW", "LEAVE", "ASK", "NEW") if f"\n{word}" in out]
    places = [out.index(f"\n{word}") for word in labels]
    assert labels == ["STOP", "HOW", "WHERE", "NOW", "LEAVE", "ASK", "NEW"]
    assert places == sorted(places)


def test_the_text_says_where_since_when_and_by_whose_decision(capsys):
    out = " ".join(run(capsys, "review", CASE, "--on", "48")[1].split())
    assert "WHERE Quieten the neck, since day 30, by a clinician" in out
    assert "Not a medical device." in out


def test_nothing_but_text_leaves_when_the_output_is_no_terminal(capsys):
    assert "\x1b[" not in run(capsys, "review", CASE)[1]


def test_all_adds_the_evidence_and_our_doubts(capsys):
    assert "DX15" not in run(capsys, "review", CASE, "--on", "60")[1].split("Our doubts")[0][:500]
    out = " ".join(run(capsys, "review", CASE, "--on", "60", "--all")[1].split())
    assert "Our doubts about this pathway" in out
    assert "against: EV_MESO_4" in out


def test_another_pathway_says_that_the_decisions_are_left_out(capsys):
    told = json.loads(run(capsys, "review", CASE, "--pathway", "eular-2017", "--json")[1])
    assert told["phase"]["id"] == "foundation"
    assert {one["by"] for one in told["stays"]} == {"gate"}
    assert "Its decisions were taken on the other pathway" in told["notes"][0]


def test_a_record_without_a_pathway_has_no_plan_and_says_which_pathways_there_are(capsys, tmp_path):
    path = tmp_path / "record.yaml"
    path.write_text("format: assuage-record/1\npatient: {id: ana}\nentries: []\n", encoding="utf-8")
    status, _, err = run(capsys, "review", str(path))
    assert (status, "say the day: --on 0" in err) == (2, True)
    told = json.loads(run(capsys, "review", str(path), "--on", "0", "--json")[1])
    assert all(each in told["notes"][0] for each in ("neck-first", "eular-2017"))
    assert [told[key] for key in ("pathway", "phase", "gates", "plan")] == [None, None, [], []]
    assert told["criteria"]["fm_2016"]["answer"] == "unknown"
    asked = json.loads(run(capsys, "review", str(path), "--on", "0", "--json", "--pathway", "neck-first")[1])
    assert ("as asked" in asked["notes"][0], asked["phase"]["id"]) == (True, "settle")


@pytest.mark.parametrize(
    ("argv", "status", "says"),
    [
        (("review", "no-such-file.yaml"), 2, "no-such-file.yaml"),
        (("review", CASE, "--pathway", "neck-frist"), 2, 'did you mean "neck-first"'),
        (("pathway", "show", "neck"), 2, "unknown pathway"),
        (("explain", "neck-quite"), 2, 'did you mean "neck-quiet"'),
        (("review",), 2, "the following arguments are required: RECORD"),
        (("reveiw", CASE), 2, 'did you mean "review"?'),
        (("review", CASE, "--jsn"), 2, "did you mean --json?"),
    ],
)
def test_what_goes_wrong_is_said_in_one_sentence_without_a_traceback(capsys, argv, status, says):
    got, _, err = run(capsys, *argv)
    assert got == status
    assert says in err
    assert "Traceback" not in err


def test_decisions_for_a_phase_that_does_not_exist_are_problems(capsys, tmp_path):
    path = tmp_path / "record.yaml"
    text = (
        Path(CASE).read_text(encoding="utf-8").replace("do: advance, to: quieten", "do: advance, to: quiten")
    )
    path.write_text(text, encoding="utf-8")
    status, _, err = run(capsys, "review", str(path))
    assert status == 2
    assert 'unknown phase "quiten"; did you mean "quieten"?' in err


def test_an_error_of_the_program_tells_its_kind_and_no_value_of_a_patient(capsys, monkeypatch):
    import assuage.cli.review as command

    def broken(_: object) -> int:
        raise RuntimeError("patient Ana has pain 7")

    monkeypatch.setattr(command, "run", broken)
    status, _, err = run(capsys, "review", CASE)
    assert (status, "RuntimeError" in err, "Ana" in err) == (70, True, False)


@pytest.mark.parametrize("form", ["text", "json", "mermaid", "markdown"])
@pytest.mark.parametrize("name", ["neck-first", "eular-2017"])
def test_every_pathway_is_shown_in_every_form(capsys, name, form):
    status, out, _ = run(capsys, "pathway", "show", name, "--format", form)
    assert status == 0
    assert len(out) > 300
    if form == "json":
        assert json.loads(out)["id"] == name


def test_the_pathways_are_listed(capsys):
    rows = json.loads(run(capsys, "pathway", "list", "--json")[1])
    assert [one["id"] for one in rows] == ["eular-2017", "neck-first"]
    assert "neck-first@1" in run(capsys, "pathway", "list")[1]


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("neck-first", "pathway"),
        ("neck-quiet", "criterion"),
        ("window-open", "gate"),
        ("extend-to-occiput", "recommendation"),
        ("no-mechanical-therapy", "restriction"),
        ("quieten", "phase"),
        ("gad7", "instrument"),
        ("fm_2016", "criteria"),
        ("RF_NEW_NUMBNESS", "red flag"),
        ("DX15", "fact"),
        ("CASE", "publication"),
        ("settle-too-long", "limit"),
        ("DI_TIZ_CIP", "safety rule"),
        ("MN_TIZ_LFT", "safety rule"),
    ],
)
def test_every_kind_of_id_is_explained(capsys, name, kind):
    status, out, _ = run(capsys, "explain", name, "--json")
    assert status == 0
    assert json.loads(out)["kind"] == kind
    assert run(capsys, "explain", name)[0] == 0


def test_explaining_a_pathway_gives_every_criterion_with_reason_source_and_owner(capsys):
    told = json.loads(run(capsys, "explain", "neck-first", "--json")[1])
    assert all(one["because"] and one["source"]["key"] for one in told["criteria"])
    ours = {one["id"] for one in told["criteria"] if one["ours"]}
    assert {"neck-quiet", "touch-is-safe"} <= ours


def test_help_names_every_command_and_the_exit_codes(capsys):
    _, out, _ = run(capsys, "--help")
    for word in ("review", "check", "convert", "import", "score", "pathway", "explain", "exit status"):
        assert word in out


def test_neither_numba_nor_polars_nor_numpy_is_imported_for_one_patient():
    code = (
        "import sys; from assuage.cli import main; "
        f"main(['review', {CASE!r}, '--json']); "
        "bad = {'numba', 'polars', 'numpy'} & set(sys.modules); sys.exit(3 if bad else 0)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False)
    assert done.returncode == 0


def test_help_imports_neither_parsers_nor_pathways():
    code = (
        "import sys; from assuage.cli import parser; parser(); "
        "bad = {m for m in sys.modules if m.startswith(('yaml', 'rich', 'assuage.pathways', 'assuage.instruments'))}; "
        "sys.exit(3 if bad else 0)"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, check=False).returncode == 0


def test_the_country_decides_whose_label_counts(capsys):
    status, out, _ = run(capsys, "review", CASE, "--on", "0", "--country", "lt", "--json")
    assert status == 0
    assert "CR_SIL_STEAT" in out
    assert run(capsys, "review", CASE, "--country", "Lithuania")[0] == 2
