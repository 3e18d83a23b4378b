"""`-o` and `--output` are where a command writes, on every command; what earlier versions called it still works."""

from __future__ import annotations

import argparse
from pathlib import Path

import pytest

from assuage.cli import main, parser
from docs.build.command_line import commands
from tests.universe import EXAMPLES

CASE = str(EXAMPLES / "case.yaml")
OTHER_FILES = {"--diff", "--key", "--order", "--pictures"}  # what is written beside the output


def written_by(command: argparse.ArgumentParser) -> set[str]:
    """The options of a command that name a file or folder it writes."""
    options = [
        action for action in command._actions if action.metavar in ("FILE", "DIR") and action.option_strings
    ]
    return {
        each.option_strings[-1]
        for each in options
        if each.help and ("write" in each.help or "folder" in each.help or each.dest == "output")
    }


def test_every_command_that_writes_spells_it_alike():
    for command in commands(parser()):
        shown = {text for action in command._actions for text in action.option_strings}
        assert not {"--out", "--html"} & shown, command.prog
        assert written_by(command) <= {"--output", *OTHER_FILES}, command.prog
        for action in command._actions:
            if action.dest == "output":
                assert action.option_strings == ["-o", "--output"], command.prog


@pytest.mark.parametrize("spelling", ["-o", "--output", "--html"])
def test_a_page_is_written_under_every_spelling(tmp_path: Path, spelling: str):
    page = tmp_path / "page.html"
    assert main(["review", CASE, "--on", "0", spelling, str(page)]) == 0
    assert page.read_text(encoding="utf-8").startswith("<!DOCTYPE html>")


@pytest.mark.parametrize("spelling", ["-o", "--output", "--out"])
def test_a_picture_is_written_under_every_spelling(tmp_path: Path, spelling: str):
    picture = tmp_path / "maps.svg"
    assert main(["bodymap", CASE, spelling, str(picture)]) == 0
    assert "<svg" in picture.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("review", CASE), '-o "course.docx": the name must end in .html\n'),
        (("timeline", CASE), '-o "course.docx": the name must end in .svg, .png, .pdf or .html\n'),
        (("triggers", CASE), '-o "course.docx": the name must end in .html\n'),
    ],
)
def test_a_name_with_another_ending_is_refused(
    capsys: pytest.CaptureFixture[str], words: tuple[str, ...], told: str
):
    assert main([*words, "-o", "course.docx"]) == 2
    assert capsys.readouterr().err == told


def test_a_cohort_is_not_written_into_a_page(capsys: pytest.CaptureFixture[str]):
    assert main(["triggers", "cohort", "table.parquet", "-o", "page.html"]) == 2
    assert "a cohort needs a folder; a page is of one patient" in capsys.readouterr().err
