"""Which pathway a record follows: what it names, and never one by default."""

from __future__ import annotations

from pathlib import Path

import pytest

from assuage.cli import main
from assuage.engine.followed import followed_pathway, named_pathway
from assuage.engine.walk import walk
from assuage.errors import Problems
from assuage.pathways.registry import pathway
from assuage.record.read import parse_record
from assuage.record.timeline import Timeline
from assuage.report.page.pages import review_page, timeline_page
from assuage.review.make import review
from assuage.review.visit import visit_page
from tests.agree.both import assert_agreement

Plain = dict[str, object]


def timeline(name: str | None, *entries: Plain) -> Timeline:
    head = {} if name is None else {"pathway": name}
    plain = {"format": "assuage-record/1", "patient": {"id": "a"}, **head, "entries": [*entries]}
    return Timeline(parse_record(plain))


def test_a_record_that_names_none_follows_none():
    assert followed_pathway(timeline(None), 0) is None


@pytest.mark.parametrize("name", ["neck-first", "neck-first@1"])
def test_the_header_names_the_pathway(name: str):
    followed = followed_pathway(timeline(name), 0)
    assert followed is not None
    assert followed.id == "neck-first"


@pytest.mark.parametrize(
    ("name", "says"), [("neck-frist", "neck-first"), ("neck-first@9", "version 1, not 9")]
)
def test_a_pathway_that_is_not_shipped_is_a_problem(name: str, says: str):
    with pytest.raises(Problems, match=says):
        followed_pathway(timeline(name), 0)


def test_what_was_named_is_kept_as_it_was_written():
    named = named_pathway(timeline("neck-first@1"), 0)
    assert named is not None
    assert (named.pathway, named.id) == ("neck-first@1", "neck-first")


PAIN: Plain = {"day": 0, "kind": "score", "scale": "pain", "value": 4}
DRUG: Plain = {"day": 0, "kind": "medication", "drug": "amitriptyline", "do": "start"}
MAOI: Plain = {"day": 0, "kind": "medication", "drug": "moclobemide", "do": "start"}


def test_without_a_pathway_safety_is_checked_all_the_same():
    checked = review(timeline(None, PAIN, DRUG, MAOI).record)
    assert "DI_TCA_MAOI" in {alert.id for alert in checked.alerts}


def test_without_a_pathway_nothing_is_proposed_withheld_or_restricted():
    checked = review(timeline(None, PAIN).record)
    assert (checked.plan, checked.withheld, checked.restrictions, checked.stays, checked.gates) == ((),) * 5


def test_a_page_of_a_record_without_a_pathway_names_those_there_are():
    record = timeline(None, PAIN).record
    assert "neck-first (" in review_page(visit_page(review(record)))
    assert "no pathway" not in timeline_page(record)


def test_a_cohort_is_not_reviewed_without_a_pathway(capsys: pytest.CaptureFixture[str], tmp_path: Path):
    assert main(["cohort", "review", str(tmp_path / "none.parquet"), "-o", str(tmp_path / "out")]) == 2
    assert "--pathway eular-2017 or --pathway neck-first" in capsys.readouterr().err


# --- a decision that names a pathway ------------------------------------------------------------------------


def second(name: str | None, *entries: Plain) -> Timeline:
    head = {} if name is None else {"pathway": name}
    plain = {"format": "assuage-record/2", "patient": {"id": "a"}, **head, "entries": [PAIN, *entries]}
    return Timeline(parse_record(plain))


ENTER: Plain = {"day": 3, "kind": "decision", "do": "enter", "to": "foundation", "pathway": "eular-2017"}
ON: Plain = {"day": 9, "kind": "decision", "do": "advance"}


@pytest.mark.parametrize(
    ("header", "day", "follows"),
    [
        ("neck-first", 2, "neck-first"),
        ("neck-first", 3, "eular-2017"),
        (None, 2, None),
        (None, 3, "eular-2017"),
    ],
)
def test_the_latest_decision_that_names_a_pathway_counts_before_the_header(
    header: str | None, day: int, follows: str | None
):
    followed = followed_pathway(second(header, ENTER), day)
    assert (followed.id if followed else None) == follows


@pytest.mark.parametrize(("name", "decided"), [("eular-2017", ["enter", "advance"]), ("neck-first", [])])
def test_a_decision_without_a_name_is_taken_on_the_pathway_that_was_followed(name: str, decided: list[str]):
    timeline = second("neck-first", ENTER, ON)
    assert [decision.do for decision in walk(name, timeline, 20).decisions] == decided


def test_where_header_and_decision_disagree_the_review_says_which_counts():
    checked = review(second("neck-first", ENTER).record)
    assert checked.pathway is not None
    assert checked.pathway.id == "eular-2017"
    assert "note.pathways-differ" in {note.id for note in checked.notes}


def test_check_names_a_pathway_of_a_decision_that_nobody_knows(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
):
    path = tmp_path / "record.yaml"
    path.write_text(
        "format: assuage-record/2\npatient: {id: a}\nentries:\n"
        "- {day: 0, kind: decision, do: enter, to: settle, pathway: neck-frist}\n"
    )
    assert main(["check", str(path)]) != 0
    assert "neck-first" in capsys.readouterr().err


@pytest.mark.parametrize("header", ["neck-first", "eular-2017", None])
def test_both_engines_take_a_decision_on_the_pathway_that_was_followed(header: str | None):
    record = second(header, ENTER, ON, {"day": 12, "kind": "score", "scale": "pain", "value": 3}).record
    for name in ("neck-first", "eular-2017"):
        assert_agreement(pathway(name), [record], 12)
