"""A pathway for another disease, defined in one file: read, reviewed, explained, drawn and run on a cohort.

No line of the package knows `examples/low_back_pain.py`; what these tests show of it, the pathway says.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest
from msgspec.structs import replace

from assuage.cli import main
from assuage.cli.pathways import pathway_for, pathway_named
from assuage.cohort.run import review_cohort
from assuage.errors import DefinitionError, InputError
from assuage.instruments import CRITERIA
from assuage.pathways import registry
from assuage.pathways.actions import extend, perform
from assuage.pathways.clinic import Injectate, PresumedDiagnosis, Suspicion
from assuage.pathways.model import Restriction
from assuage.record.read import parse_record, read_record
from assuage.record.table import to_frame
from assuage.report.review_json import to_json
from assuage.review import review
from assuage.terms.conditions import CONDITIONS, SENSITISED
from assuage.terms.drugs import KETOPROFEN
from assuage.terms.outcomes import NUMBNESS_OUTCOME, PAIN_OUTCOME
from assuage.terms.sites import LOWER_BACK, NECK
from assuage.terms.sources import OURS
from assuage.terms.therapies import EXERCISE, MANIPULATION, MASSAGE, MESOTHERAPY
from assuage.terms.times import weeks

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
FILE, RECORD = str(EXAMPLES / "low_back_pain.py"), str(EXAMPLES / "low_back_pain.yaml")
BACK = pathway_named(FILE)
OF_FIBROMYALGIA = ("wpi", "widespread pain index", "fibromyalgia", "eular", "massage and pain")


def _printed(capsys: pytest.CaptureFixture[str], *argv: str) -> str:
    assert main(list(argv)) == 0
    return capsys.readouterr().out


# --- one patient ------------------------------------------------------------------------------------


@pytest.mark.parametrize("more", [(), ("--all",), ("--json",), ("--lang", "lt")])
@pytest.mark.parametrize("day", ["0", "12", "60", "70"])
def test_a_review_says_nothing_of_another_disease(
    capsys: pytest.CaptureFixture[str], day: str, more: tuple[str, ...]
):
    said = _printed(capsys, "review", RECORD, "--pathway", FILE, "--on", day, *more).casefold()
    assert [word for word in OF_FIBROMYALGIA if word in said] == []


def test_advice_is_given_on_the_word_of_its_own_guideline():
    found = to_json(review(read_record(RECORD), BACK, on=60))
    assert [item["guideline"]["name"] for item in found["plan"]] == ["WHO 2023", "NICE NG59", "NICE NG59"]  # pyright: ignore


def test_the_presumed_diagnosis_is_named_and_shows_no_criteria():
    found = to_json(review(read_record(RECORD), BACK, on=60))
    assert (found["pathway"]["presumes"], found["criteria"]) == ("low-back-pain", {})  # pyright: ignore


def test_nobody_is_asked_for_criteria_that_the_pathway_does_not_ask_for():
    needed = {
        reason.id for one in review(read_record(RECORD), BACK, on=12).missing for reason in one.needed_for
    }
    assert "needed-for.criteria" not in needed


def test_what_the_pathway_suspects_is_counted_and_nothing_else():
    suspects = review(read_record(RECORD), BACK, on=60).suspects  # a massage is recorded, and not suspected
    assert [(one.exposure, one.outcome, one.flared) for one in suspects] == [
        ("spinal_manipulation", "pain", 1)
    ]


def test_a_suspicion_told_only_once_followed_waits_for_it():
    doubted = (Suspicion(MASSAGE, PAIN_OUTCOME, once_followed=True), Suspicion(MASSAGE, NUMBNESS_OUTCOME))
    suspects = review(read_record(RECORD), replace(BACK, suspects=doubted), on=60).suspects
    assert [(one.exposure, one.outcome) for one in suspects] == [("massage", "numbness")]


def test_criteria_are_shown_in_the_order_in_which_the_pathway_names_them():
    shown = (CRITERIA["cwp_icd11"], CRITERIA["fm_2016"])
    pathway = replace(
        BACK, diagnosis=PresumedDiagnosis("other", "another", show=shown, ask=(CRITERIA["cwp_icd11"],))
    )
    seen = review(read_record(RECORD), pathway, on=60)
    assert list(seen.criteria) == ["cwp_icd11", "fm_2016"]
    assert any(reason.id == "needed-for.criteria" for one in seen.missing for reason in one.needed_for)


def test_after_a_breach_it_is_asked_about_what_the_restriction_names():
    alert = next(
        one for one in review(read_record(RECORD), BACK, on=12).alerts if one.id.startswith("breach")
    )
    assert alert.action is not None
    assert alert.action.value("outcomes") == (PAIN_OUTCOME,)  # pyright: ignore[reportAttributeAccessIssue]


@pytest.mark.parametrize("protects", [None, SENSITISED])
def test_a_nervous_system_is_sensitised_only_where_the_pathway_says_so(protects: object):
    restriction = replace(BACK.restrictions[0], protects=protects)
    seen = review(read_record(RECORD), replace(BACK, restrictions=(restriction,)), on=8)
    raised = {alert.id for alert in seen.alerts if alert.id != "ask-contraindications"}
    assert ("CR_MANIP_CS" in raised or "CR_MASS_CS" in raised) is (protects is SENSITISED)


def test_what_a_procedure_injects_is_checked_before_the_needle():
    allergic = {"day": 0, "kind": "finding", "what": "ketoprofen allergy", "state": "present"}
    record = parse_record({"format": "assuage-record/1", "patient": {"id": "a"}, "entries": [allergic]})
    plan = BACK.phases[0].recommend[0]

    def withheld(injects: Injectate | None) -> bool:
        needle = replace(plan, action=perform(MESOTHERAPY, at=(NECK,), every=weeks(1), injects=injects))
        first = replace(BACK.phases[0], recommend=(needle,))
        later = tuple(replace(one, fall_back=()) for one in BACK.phases[1:])
        return bool(review(record, replace(BACK, phases=(first, *later)), on=0).withheld)

    assert (withheld(None), withheld(Injectate((KETOPROFEN,), "intradermal"))) == (False, True)


# --- shown, drawn, explained ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("argv", "says"),
    [
        (("pathway", "show", FILE), "chronic primary low back pain"),
        (("pathway", "show", FILE, "--format", "markdown"), "NICE NG59: weak for (checked in part)"),
        (("pathway", "show", FILE, "--format", "json"), '"exposure": "spinal_manipulation"'),
        (("pathway", "show", FILE, "--format", "mermaid"), "stay_active --> combine"),
        (("explain", FILE), "Exercise is under way"),
        (("explain", "exercise-under-way", "--pathway", FILE), "low-back-pain, criterion"),
        (("explain", "low-back-pain", "--pathway", FILE), "Exercise is under way"),
        (("check", RECORD, "--pathway", FILE), "ok: 92 entries"),
        (("timeline", RECORD, "--pathway", FILE), "Stay active"),
        (("timeline", RECORD, "--pathway", FILE, "--json"), '"breach": "'),
        (("bodymap", RECORD), "lower back"),
        (
            ("causality", RECORD, "--exposure", "manipulation", "--outcome", "pain"),
            "spinal manipulation took place",
        ),
        (("report", RECORD, "--pathway", FILE), "10b"),
    ],
)
def test_a_command_takes_it_as_it_takes_a_shipped_one(
    capsys: pytest.CaptureFixture[str], argv: tuple[str, ...], says: str
):
    assert says.casefold() in " ".join(_printed(capsys, *argv).split()).casefold()


@pytest.mark.parametrize("command", ["review", "timeline", "bodymap"])
def test_it_is_drawn_as_a_page(capsys: pytest.CaptureFixture[str], tmp_path: Path, command: str):
    page = tmp_path / "page.html"
    where = {"review": ("--html", str(page))}.get(command, ("-o", str(page)))
    own = () if command == "bodymap" else ("--pathway", FILE)
    _printed(capsys, command, RECORD, *own, *where)
    text = re.sub(
        r"base64,[^)]*", "", page.read_text(encoding="utf-8")
    ).casefold()  # the letters of a font say nothing
    assert "<svg" in text
    assert [word for word in OF_FIBROMYALGIA if word in text] == []


# --- many patients ----------------------------------------------------------------------------------


@pytest.fixture
def table(tmp_path: Path) -> Path:
    """Twelve patients: the record of the example, cut at different days."""
    record = read_record(RECORD)
    cut = [
        replace(
            record,
            patient=replace(record.patient, id=f"back-{day:02}"),
            entries=tuple(one for one in record.entries if one.day <= day),
        )
        for day in range(2, 72, 6)
    ]
    path = tmp_path / "in.parquet"
    to_frame(cut).write_parquet(path)
    return path


def test_a_cohort_is_reviewed_on_it_as_each_patient_alone(table: Path, tmp_path: Path):
    done = review_cohort(table, BACK, tmp_path / "out")
    assert (done.patients, done.rejected) == (12, 0)
    state = pl.read_parquet(tmp_path / "out" / "state.parquet")
    for row in state.iter_rows(named=True):
        day = int(row["patient"].removeprefix("back-"))
        record = read_record(RECORD)
        alone = review(replace(record, entries=tuple(one for one in record.entries if one.day <= day)), BACK)
        assert alone.current is not None
        assert row["phase"] == alone.current.phase.id
        assert sorted(row["alerts"]) == sorted({alert.id for alert in alone.alerts})


def test_a_cohort_has_the_criteria_that_the_pathway_shows(table: Path, tmp_path: Path):
    shown = PresumedDiagnosis(
        "other", "another", show=(CRITERIA["nociplastic_iasp_2021"], CRITERIA["cwp_2019"])
    )
    review_cohort(table, BACK, tmp_path / "none")
    review_cohort(table, replace(BACK, diagnosis=shown), tmp_path / "two")
    none, two = (pl.read_parquet(tmp_path / name / "criteria.parquet") for name in ("none", "two"))
    assert (len(none), none.columns) == (0, two.columns)
    assert two["criteria"].unique().sort().to_list() == ["cwp_2019", "nociplastic_iasp_2021"]


def test_other_criteria_are_another_run(table: Path, tmp_path: Path):
    review_cohort(table, BACK, tmp_path / "out")
    other = replace(BACK, diagnosis=PresumedDiagnosis("other", "another", show=(CRITERIA["cwp_2019"],)))
    with pytest.raises(InputError, match="output of another run"):
        review_cohort(table, other, tmp_path / "out")


def test_the_commands_for_cohorts_take_it(capsys: pytest.CaptureFixture[str], table: Path, tmp_path: Path):
    out = str(tmp_path / "out")
    _printed(capsys, "cohort", "review", str(table), "--pathway", FILE, "--out", out, "--panel")
    summed = json.loads(_printed(capsys, "cohort", "summary", out, "--json"))
    assert summed["pathway"]["id"] == "low-back-pain"
    assert (
        "Stay active".casefold()
        in _printed(capsys, "cohort", "explain", out, "--patient", "back-50").casefold()
    )
    page = tmp_path / "page.html"
    _printed(capsys, "cohort", "summary", out, "-o", str(page))
    assert "fibromyalgia" not in page.read_text(encoding="utf-8").casefold()


# --- which file is run ------------------------------------------------------------------------------


def test_a_pathway_that_a_record_names_is_never_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    (tmp_path / "own.py").write_text("raise SystemExit('it was run')\n")
    monkeypatch.chdir(tmp_path)
    named = {"format": "assuage-record/1", "patient": {"id": "a"}, "pathway": "own.py", "entries": []}
    with pytest.raises(InputError, match="give its file: --pathway"):
        pathway_for(parse_record(named), None)


def test_a_record_of_an_unknown_pathway_says_how_its_file_is_given(capsys: pytest.CaptureFixture[str]):
    assert main(["review", RECORD]) == 2
    assert "give its file: --pathway FILE.py" in capsys.readouterr().err


def test_a_folder_named_like_a_shipped_pathway_hides_it_not(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    (tmp_path / "neck-first").mkdir()
    monkeypatch.chdir(tmp_path)
    assert pathway_named("neck-first") is registry.pathway("neck-first")


# --- what can never mean anything -------------------------------------------------------------------

RESTRICT: Callable[..., Restriction] = lambda **more: Restriction(  # noqa: E731 - a definition with one field changed
    "r", MANIPULATION, because="An example.", source=OURS, **more
)
UNTIL = BACK.restrictions[0].until


@pytest.mark.parametrize(
    ("write", "says"),
    [
        (
            lambda: PresumedDiagnosis("x", "X", show=(CRITERIA["acr_2010"],)),
            "cannot be decided from a record",
        ),
        (lambda: PresumedDiagnosis("x", "X", show=(), ask=(CRITERIA["fm_2016"],)), "add it to show"),
        (lambda: Injectate((), "intradermal"), "no drug is none"),
        (
            lambda: perform(EXERCISE, every=weeks(1), injects=Injectate((KETOPROFEN,), "intradermal")),
            "goes through no skin",
        ),
        (
            lambda: extend(MASSAGE, to=LOWER_BACK, injects=Injectate((KETOPROFEN,), "intradermal")),
            "goes through no skin",
        ),
        (lambda: RESTRICT(until=UNTIL, protects=CONDITIONS["asthma"]), "no safety rule takes from a pathway"),
        (lambda: RESTRICT(until=None, protects=SENSITISED), "give it until"),
    ],
)
def test_a_definition_that_can_never_mean_anything_is_refused(write: Callable[[], object], says: str):
    with pytest.raises(DefinitionError, match=says):
        write()


@pytest.mark.parametrize(
    ("lang", "begun"), [("en", "at the start of the pathway"), ("lt", "gydymo kelio pradžioje")]
)
def test_a_stay_that_no_gate_began_is_told_to_begin_with_the_pathway(
    lang: str, begun: str, capsys: pytest.CaptureFixture[str]
):
    assert main(["review", RECORD, "--pathway", FILE, "--lang", lang, "--all"]) == 0
    assert begun in " ".join(capsys.readouterr().out.split())


def test_a_flare_of_the_back_says_how_many_days_it_needs():
    flare = next(criterion for criterion in BACK.criteria() if criterion.id == "back-flare")
    assert flare.because.startswith("Two of three days")
