"""One idea has one spelling on every command: one flag, one sign for its value, one sentence in its help."""

from __future__ import annotations

import argparse
from collections import defaultdict

import pytest

from assuage.cli import main, parser
from assuage.cli.options import OPTIONS, RENAMED, files_named
from tests.universe import EXAMPLES

CASE = str(EXAMPLES / "case.yaml")
LEAVES = parser().leaves()
SHOWN = [
    (command.prog, action)
    for command in LEAVES
    for action in command._actions
    if not isinstance(action, argparse._HelpAction)
]
# What one flag writes differs in what it may be called, so its sentence says which endings there are.
BY_WHAT_IS_WRITTEN = {"--output"}


def spelled(action: argparse.Action) -> str:
    return action.option_strings[-1] if action.option_strings else str(action.metavar or action.dest)


def sentences_of(flag: str) -> set[tuple[object, object]]:
    return {(action.help, action.metavar) for _, action in SHOWN if flag in action.option_strings}


@pytest.mark.parametrize("flag", sorted({spelled(action) for _, action in SHOWN if action.option_strings}))
def test_a_flag_means_one_thing_wherever_it_stands(flag: str):
    if flag in BY_WHAT_IS_WRITTEN:
        assert all(str(told).startswith("write there") for told, _ in sentences_of(flag))
        assert {sign for _, sign in sentences_of(flag)} <= {"FILE", "DIR"}
        return
    assert len(sentences_of(flag)) == 1


def test_a_sentence_belongs_to_one_flag():
    flags: defaultdict[str, set[str]] = defaultdict(set)
    for _, action in SHOWN:
        if action.option_strings and spelled(action) not in BY_WHAT_IS_WRITTEN:
            flags[str(action.help)].add(spelled(action))
    assert {told: names for told, names in flags.items() if len(names) > 1} == {}


@pytest.mark.parametrize("name", OPTIONS)
def test_an_idea_of_the_table_is_written_as_the_table_says(name: str):
    option = OPTIONS[name]
    for prog, action in SHOWN:
        same = (
            action.option_strings == list(option.flags)
            if option.flags
            else action.dest == name and not action.option_strings
        )
        if same:
            assert action.help == option.help, prog


def test_every_argument_says_what_it_is():
    assert [(prog, action.dest) for prog, action in SHOWN if not action.help] == []


@pytest.mark.parametrize("command", LEAVES, ids=lambda command: command.prog)
def test_a_command_that_writes_has_one_way_to_say_where_and_one_to_write_over(
    command: argparse.ArgumentParser,
):
    shown = {text for action in command._actions for text in action.option_strings}
    assert not shown & (RENAMED.keys() - {"--for"})
    assert ("--output" in shown) == ("--force" in shown)
    assert ("-o" in shown) == ("--output" in shown)


@pytest.mark.parametrize("command", LEAVES, ids=lambda command: command.prog)
def test_every_command_that_answers_can_answer_a_program(command: argparse.ArgumentParser):
    shown = {text for action in command._actions for text in action.option_strings}
    nothing_to_read = {"assuage cohort prepare", "assuage completion"}
    assert ("--json" in shown) == (command.prog not in nothing_to_read)


@pytest.mark.parametrize(
    ("words", "new"),
    [
        (("bodymap", CASE, "--out", "a.svg"), "--out; it is called -o here"),
        (("timeline", CASE, "--html", "a.html"), "--html; it is called -o FILE here"),
        (("cohort", "explain", "dir", "--patient", "a", "--day", "3"), "--day; it is called --on here"),
        (("deidentify", CASE, "--day-zero", "2026-01-05"), "--day-zero; it is called --starts-on here"),
        (("review", CASE, "--language", "lt"), "--language; it is called --lang here"),
    ],
)
def test_an_earlier_spelling_is_refused_with_the_new_one(
    capsys: pytest.CaptureFixture[str], words: tuple[str, ...], new: str
):
    with pytest.raises(SystemExit) as left:
        main(list(words))
    assert left.value.code == 2
    told = capsys.readouterr().err
    assert f"no option {new}" in told
    assert told.count("\n") == 1


@pytest.mark.parametrize("spelling", ["-o", "--output", "--html"])
def test_a_page_is_written_under_every_spelling_that_was_shown(tmp_path, spelling: str):
    page = tmp_path / "page.html"
    assert main(["review", CASE, "--on", "0", spelling, str(page)]) == 0
    assert page.read_text(encoding="utf-8").startswith("<!DOCTYPE html>")


@pytest.mark.parametrize("form", ["--to", "--format"])
def test_a_pathway_is_printed_in_the_form_that_is_asked_for(capsys: pytest.CaptureFixture[str], form: str):
    assert main(["pathway", "show", "neck-first", form, "mermaid"]) == 0
    assert capsys.readouterr().out.startswith("stateDiagram")


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


def test_what_is_a_file_is_known_to_be_one():
    signs = {"FILE", "DIR", "RECORD", "PATH", "DIARY", "PLAN"}
    unknown = [
        (prog, spelled(each)) for prog, each in SHOWN if each.metavar in signs and not files_named(each)
    ]
    assert unknown == []
