"""`assuage check` also reads a record's decisions against its own pathway."""

from __future__ import annotations

import re
from pathlib import Path

import polars as pl
import pytest

from assuage.cli import main
from assuage.record.read import read_record
from assuage.record.table import to_frame

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


@pytest.mark.parametrize(
    ("named", "told"),
    [
        (
            "neck-frist",
            'unknown pathway "neck-frist"; did you mean "neck-first"?; where it is your own, give its file',
        ),
        ("neck-first@7", "neck-first is shipped as version 1, not 7"),
    ],
)
def test_a_pathway_that_nobody_knows_is_a_problem_with_its_line(named, told, capsys, tmp_path):
    path = tmp_path / "record.yaml"
    path.write_text(CASE.read_text(encoding="utf-8").replace("neck-first", named), encoding="utf-8")
    status, out, err = checked(capsys, path)
    assert (status, out) == (2, "")
    assert re.search(r"pathway \(line \d+\): " + re.escape(told), err)


def written(
    folder: Path, *decisions: tuple[int, str, str | None], pathway: str | None = "neck-first"
) -> Path:
    """A record of decisions, as a document with a line for each."""
    lines = ["format: assuage-record/1", "patient: {id: ana}", *([f"pathway: {pathway}"] if pathway else [])]
    lines += ["entries:", "- {day: -3, kind: score, scale: pain, value: 4}"]
    for day, do, to in decisions:
        where = f", to: {to}" if to else ""
        lines.append(f"- {{day: {day}, kind: decision, do: {do}{where}, because: an example}}")
    (folder / "record.yaml").write_text("\n".join(lines), encoding="utf-8")
    return folder / "record.yaml"


NOT_FOLLOWED = [
    (((0, "enter", "settle"), (3, "return", "move")), 'to the later "move"; write do: advance'),
    (((0, "enter", "quieten"), (3, "advance", "settle")), 'to the earlier "settle"; write do: return'),
    (
        ((0, "enter", "settle"), (2, "leave", None), (3, "advance", None)),
        "after the pathway was left on day 2",
    ),
    (((0, "enter", "keep"), (3, "advance", None)), "the last phase, leads nowhere"),
    (((0, "enter", "settle"), (3, "override", "setle")), 'unknown phase "setle"; did you mean "settle"?'),
]


@pytest.mark.parametrize(("decisions", "told"), NOT_FOLLOWED)
def test_a_decision_that_cannot_be_followed_is_a_problem_with_its_line(decisions, told, capsys, tmp_path):
    path = written(tmp_path, *decisions)
    status, _, err = checked(capsys, path)
    assert status == 2
    assert told in err
    last = len(path.read_text(encoding="utf-8").splitlines())
    assert f"entries[{len(decisions)}]" in err
    assert f"(line {last})" in err


@pytest.mark.parametrize(("decisions", "told"), NOT_FOLLOWED)
def test_it_is_one_in_a_table_too_with_its_row(decisions, told, capsys, tmp_path):
    pytest.importorskip("pyarrow")
    table = tmp_path / "cohort.parquet"
    to_frame([read_record(written(tmp_path, *decisions))]).write_parquet(table)
    status, out, err = checked(capsys, table)
    assert (status, out) == (2, "")
    assert told in err
    # Rows: the format, the pathway, the score, then each decision.
    assert f"row {3 + len(decisions)} " in err


def test_rows_that_cannot_be_read_and_decisions_that_cannot_be_followed_are_told_together(capsys, tmp_path):
    pytest.importorskip("pyarrow")
    good = to_frame([read_record(written(tmp_path, *NOT_FOLLOWED[0][0]))])
    bad = good.filter(pl.col("kind").cast(pl.String) == "score").with_columns(
        patient=pl.lit("ben"), value=pl.lit(11.0, pl.Float32)
    )
    pl.concat([good, bad]).write_parquet(tmp_path / "cohort.parquet")
    status, _, err = checked(capsys, tmp_path / "cohort.parquet")
    assert status == 2
    assert "2 problems" in err
    assert "row 5 do: " in err
    assert "row 6 value: pain is scored 0 to 10" in err


def test_decisions_of_a_record_without_a_pathway_are_read_against_none(capsys, tmp_path):
    status, out, _ = checked(capsys, written(tmp_path, (0, "enter", "anywhere"), pathway=None))
    assert (status, "ok: 2 entries" in out) == (0, True)
    assert main(["check", "--pathway", "neck-first", str(tmp_path / "record.yaml")]) == 2
    assert 'unknown phase "anywhere"' in capsys.readouterr().err


def test_the_published_case_is_a_record_that_can_be_used(capsys):
    status, out, err = checked(capsys, CASE)
    assert (status, err) == (0, "")
    assert "ok: 57 entries, days −1095 to 79" in out


def test_a_table_without_rows_is_said_to_have_none(capsys, tmp_path):
    to_frame([]).write_parquet(tmp_path / "empty.parquet")
    status, out, err = checked(capsys, tmp_path / "empty.parquet")
    assert (status, err) == (0, "")
    assert "ok: 0 entries" in out
    assert "the table has no rows" in out
