"""Every command and every piece of Python that the README and the tutorial show is run."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from tests.docs.examples import PAGES, ROOT, Block, agrees, blocks, commands, in_python, in_the_shell


@pytest.mark.parametrize("page", PAGES)
def test_what_a_page_shows_is_what_happens(page: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    monkeypatch.chdir(tmp_path)
    names: dict[str, object] = {"__name__": "example"}
    printed: str | None = None
    for block in blocks(page):
        where = f"{page}:{block.line}"
        if block.language == "python":
            printed = in_python(block, page, names)
            continue
        if block.language == "text" and printed is not None:
            assert agrees(block.text, printed), f"{where} shows\n{block.text}\nand Python prints\n{printed}"
        elif block.language == "console":
            _run(block, where, tmp_path)
        elif block.language in ("toml", "yaml") and (
            named := re.match(r"# (\S+\.(?:toml|ya?ml))\n", block.text)
        ):
            (tmp_path / named[1]).write_text(block.text, encoding="utf-8")
        printed = None


def _run(block: Block, where: str, folder: Path) -> None:
    for command, shown in commands(block.text):
        status, output = in_the_shell(command, folder)
        assert status in (0, 2, 3), f"{where}: {command}: exit status {status}\n{output}"
        if shown.strip():
            assert agrees(shown, output), f"{where}: {command} is shown as\n{shown}\nand gives\n{output}"
        else:
            assert status == 0, f"{where}: {command}: exit status {status}\n{output}"


def test_what_a_shell_block_names_is_a_target_of_make():
    targets = re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE)
    for page in (*PAGES, "CONTRIBUTING.md"):
        for block in blocks(page):
            if block.language == "sh":
                for target in re.findall(r"^make ([a-z-]+)", block.text, re.MULTILINE):
                    assert target in targets, f"{page}:{block.line}: make {target}"


def test_the_lines_of_the_record_in_the_readme_are_those_of_the_example():
    example = (ROOT / "examples/case.yaml").read_text(encoding="utf-8").splitlines()
    shown = [
        line for block in blocks("README.md") if block.language == "yaml" for line in block.text.splitlines()
    ]
    assert shown
    assert [line for line in shown if line not in example] == []


@pytest.mark.parametrize(
    ("shown", "got", "answer"),
    [
        ("a\n...\nd\n", "a\nb\nc\nd\n", True),
        ("a\n...\nd\n", "a\nd\n", True),
        ("a\n...\nd\n", "a\nb\nc\n", False),
        ("a\n", "a\nb\n", False),
        ("a\n...\n", "a   \nb\n", True),
        ("a b\nc\n", "a\nb c\n", True),
        ("a\n...\n", "ab\n", False),
    ],
)
def test_three_dots_stand_for_any_lines(shown: str, got: str, answer: bool):
    assert agrees(shown, got) is answer
