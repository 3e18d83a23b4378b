"""`assuage score`: what is printed, in how many columns, and what a broken document is told."""

from __future__ import annotations

import argparse
import io
import json
import sys

import pytest

from assuage.cli import score
from assuage.errors import AssuageError, InputError, Problems

CASE = {"wpi": 8, "sss": 6, "months": 6}


@pytest.fixture
def run(monkeypatch, capsys):
    """Runs the command on a document, and gives what it printed."""

    def run(*argv: str, stdin: object = None) -> str:
        parser = argparse.ArgumentParser()
        score.add_arguments(parser)
        raw = stdin if isinstance(stdin, bytes) else json.dumps(stdin).encode()
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(raw)))
        assert score.run(parser.parse_args(argv)) == 0
        return capsys.readouterr().out

    return run


def test_json_has_the_documented_keys(run):
    told = json.loads(run("phq9", "--json", stdin=[1, 1, 1, 1, 1, 1, 1, 0, None]))
    assert {
        "instrument",
        "total",
        "low",
        "high",
        "band",
        "bands",
        "answer",
        "parts",
        "missing",
        "sources",
    } <= set(told)
    assert set(told["sources"][0]) == {"key", "citation", "doi", "status"}


def test_the_published_case_on_the_command_line(run):
    told = json.loads(run("fm_2016", "--json", stdin=CASE))
    assert (told["answer"], told["missing"], told["fs"]) == ("unknown", ["sites"], 14)
    assert told["regions"] == {"low": 2, "high": 5}
    assert "generalised pain not recorded" in told["because"]


@pytest.mark.parametrize(
    ("instrument", "given"),
    [
        ("fm_2016", CASE),
        ("nociplastic_iasp_2021", {}),
        ("fiqr", {"total": 59}),
        ("immpact", {"baseline": 7, "follow": 5}),
        ("pain_response", {"baseline": 7}),
        ("phq9", [1, None, 1, 1, 1, 1, 1, 1, None]),
    ],
)
def test_the_table_fits_80_columns(run, instrument, given):
    printed = run(instrument, stdin=given)
    assert max(len(line.rstrip()) for line in printed.splitlines()) <= 80


def test_a_file_is_read_as_standard_input_is(run, tmp_path):
    file = tmp_path / "case.json"
    file.write_text(json.dumps(CASE), encoding="utf-8")
    assert run("fm_2016", str(file)) == run("fm_2016", "-", stdin=CASE)


def test_the_list_has_one_line_for_each(run):
    listed = {row["id"] for row in json.loads(run("--list", "--json"))}
    assert {"fm_2016", "wpi", "immpact", "pain_response"} <= listed
    assert all(one in run("--list") for one in listed)


@pytest.mark.parametrize(
    ("raw", "says"),
    [
        (b"", "is empty"),
        (b"\xff\xfe{", "is not UTF-8"),
        (b"{", "line 1, column 2"),
        (b'{"wpi": NaN}', "NaN is not a number; write null"),
        (b'{"wpi": 1, "wpi": 2}', '"wpi" is written twice'),
        (b"[" * 100_000, "nested too deeply"),
        (b"9" * 5000, "too many digits"),
        (b" " * 5_000_001, "larger than 5 MB"),
    ],
)
def test_a_broken_document_is_told_what_is_wrong(run, raw, says):
    with pytest.raises(InputError, match=says):
        run("wpi", stdin=raw)


def test_a_command_line_without_an_instrument_is_a_usage_error(capsys):
    parser = argparse.ArgumentParser()
    score.add_arguments(parser)
    assert score.run(parser.parse_args([])) == 2
    assert "score what" in capsys.readouterr().err


def test_what_cannot_be_found_or_right_is_an_error_for_people(run, tmp_path):
    with pytest.raises(InputError, match="cannot be read"):
        run("wpi", str(tmp_path / "none.json"))
    with pytest.raises(InputError, match='did you mean "gad7"'):
        run("gda7", stdin={})
    with pytest.raises(Problems, match="so 20 cannot be right"):
        run("wpi", stdin=20)
    assert issubclass(Problems, AssuageError)
