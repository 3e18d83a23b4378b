"""What stands under STOP beside alarms: words that no rule reads, an emergency to be excluded; and the bare command."""

from __future__ import annotations

import pytest

from assuage.cli import main
from assuage.report.visit_text import VisitText
from tests.docs.examples import ROOT
from tests.unit.test_visit_page import ENTER, NEEDLED, REFUSED, Plain, page_of, pain

UNREAD: Plain = {"day": 3, "kind": "symptom", "what": "cannot hold my bladder", "state": "new"}
NO_RULE = "no rule reads: cannot hold my bladder"


def what_stops(*entries: Plain) -> str:
    """The lines that stand under STOP, joined."""
    return " ".join(line.says for line in dict(VisitText(page_of(*entries)).answers())["stop"])


def test_a_word_that_no_rule_reads_is_named_until_somebody_says_that_it_is_gone_or_harmless():
    assert NO_RULE in what_stops(ENTER, UNREAD, pain(30, 4))
    assert NO_RULE not in what_stops(ENTER, UNREAD, UNREAD | {"day": 20, "state": "resolved"}, pain(30, 4))
    checked: Plain = {
        "day": 20,
        "kind": "finding",
        "what": "checked: cannot hold my bladder",
        "state": "normal",
    }
    assert NO_RULE not in what_stops(ENTER, UNREAD, checked | {"by": "clinician"}, pain(30, 4))


def test_it_is_named_beside_what_stops_too():
    told = what_stops(ENTER, UNREAD, NEEDLED, REFUSED)
    assert "mesotherapy" in told
    assert NO_RULE in told


def test_what_was_found_before_the_record_began_is_history():
    assert NO_RULE not in what_stops(ENTER, UNREAD | {"day": -200}, pain(30, 4))


def test_an_emergency_that_is_to_be_excluded_stands_where_nothing_else_stops():
    manipulated: Plain = {"day": 10, "kind": "therapy", "what": "spinal manipulation", "site": "neck"}
    hurts: Plain = {"day": 10, "kind": "symptom", "what": "pain", "site": "neck_left", "state": "new"}
    entries = (ENTER, manipulated, hurts | {"severity": "severe"})
    assert what_stops(*entries) == "first exclude cervical artery dissection. Emergency services, at once"
    asked = [line.says for line in dict(VisitText(page_of(*entries)).answers())["ask"]]
    assert asked[0] == "exclude now: cervical artery dissection"


def test_a_day_since_which_is_not_before_the_review_is_refused(capsys: pytest.CaptureFixture[str]):
    assert main(["review", str(ROOT / "examples" / "case.yaml"), "--since", "79"]) == 2
    assert "day 79 is not before day 79" in capsys.readouterr().err


def test_the_command_alone_prints_its_help(capsys: pytest.CaptureFixture[str]):
    assert main([]) == 0
    assert "COMMAND" in capsys.readouterr().out
