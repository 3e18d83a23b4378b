"""Which pathway a record follows: what it names, and never one by default."""

from __future__ import annotations

from pathlib import Path

import pytest

from assuage.cli import main
from assuage.engine.followed import followed_pathway, named_pathway
from assuage.errors import Problems
from assuage.record.read import parse_record
from assuage.record.timeline import Timeline
from assuage.report.page.pages import review_page, timeline_page
from assuage.review.make import review

Plain = dict[str, object]


def timeline(pathway: str | None, *entries: Plain) -> Timeline:
    head = {} if pathway is None else {"pathway": pathway}
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
    assert "neck-first (" in review_page(review(record))
    assert "no pathway" not in timeline_page(record)


def test_a_cohort_is_not_reviewed_without_a_pathway(capsys: pytest.CaptureFixture[str], tmp_path: Path):
    assert main(["cohort", "review", str(tmp_path / "none.parquet"), "-o", str(tmp_path / "out")]) == 2
    assert "--pathway eular-2017 or --pathway neck-first" in capsys.readouterr().err
