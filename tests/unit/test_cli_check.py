"""`assuage check` also reads a record's decisions against its own pathway."""

from __future__ import annotations

from pathlib import Path

import pytest

from assuage.cli import main

CASE = Path(__file__).parent.parent.parent / "examples" / "case.yaml"


def checked(capsys: pytest.CaptureFixture[str], path: Path) -> tuple[int, str, str]:
    status = main(["check", str(path)])
    return (status, *capsys.readouterr())


def test_a_decision_for_a_phase_that_does_not_exist_is_a_problem(capsys, tmp_path):
    path = tmp_path / "record.yaml"
    path.write_text(CASE.read_text(encoding="utf-8").replace("to: quieten", "to: quiten"), encoding="utf-8")
    status, _, err = checked(capsys, path)
    assert status == 2
    assert 'unknown phase "quiten"; did you mean "quieten"?' in err


def test_a_pathway_that_is_not_shipped_is_a_remark(capsys, tmp_path):
    path = tmp_path / "record.yaml"
    path.write_text(CASE.read_text(encoding="utf-8").replace("neck-first", "neck-frist"), encoding="utf-8")
    status, out, _ = checked(capsys, path)
    assert status == 0
    assert 'unknown pathway "neck-frist"; did you mean "neck-first"?; its decisions were not checked' in out


def test_the_published_case_is_a_record_that_can_be_used(capsys):
    status, out, err = checked(capsys, CASE)
    assert (status, err) == (0, "")
    assert "ok: 57 entries, days -1095 to 79" in out
