"""What a commit is asked, by whom: hooks for people ask what `make check` asks, and CI asks for the tests too."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.docs.examples import ROOT

HOOKS: list[dict[str, Any]] = [
    hook
    for repo in yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text())["repos"]
    for hook in repo["hooks"]
]
BY_ID = {hook["id"]: hook for hook in HOOKS}


def recipe(target: str) -> list[str]:
    """The commands of a target of make, as they stand in .venv."""
    text = (ROOT / "Makefile").read_text()
    match = re.search(rf"^{target}:.*\n((?:\t.*\n)+)", text, re.MULTILINE)
    assert match, target
    lines = match[1].replace("$(VENV)", ".venv").replace("$(PY)", ".venv/bin/python").splitlines()
    return [line.strip() for line in lines]


def test_every_check_of_make_has_a_hook():
    asked = {hook["entry"].replace(" --force-exclude", "") for hook in HOOKS}
    assert [line for line in recipe("check") if line.removesuffix(" .") not in asked] == []


def test_no_hook_is_fetched_from_anywhere():
    config = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text())
    assert {repo["repo"] for repo in config["repos"]} == {"local"}
    assert {hook["language"] for hook in HOOKS} <= {"system", "pygrep"}
    assert "://" not in (ROOT / ".pre-commit-config.yaml").read_text()


@pytest.mark.parametrize(
    ("hook", "text", "refused"),
    [
        ("private-key", "-----BEGIN {}-----", False),
        ("private-key", "-----BEGIN {}PRIVATE KEY-----", True),
        ("private-key", "-----BEGIN {}OPENSSH PRIVATE KEY-----", True),
        ("private-key", "-----BEGIN {}PUBLIC KEY-----", False),
        ("merge-conflict", "<<<<<<< {}HEAD", True),
        ("merge-conflict", "a << b", False),
    ],
)
def test_a_pattern_finds_what_it_is_for(hook: str, text: str, refused: bool):
    assert (re.search(BY_ID[hook]["entry"], text.format("")) is not None) is refused


@pytest.mark.parametrize(("size", "status"), [(500_000, 0), (500_001, 1)])
def test_a_file_above_500_kilobytes_is_refused(tmp_path: Path, size: int, status: int):
    (tmp_path / "a file").write_bytes(b"x" * size)
    done = subprocess.run(
        f"{BY_ID['large-file']['entry']} 'a file'", shell=True, cwd=tmp_path, capture_output=True, check=False
    )
    assert done.returncode == status


def test_ci_asks_for_checks_a_browser_and_tests_with_the_tests_last():
    lines = (ROOT / ".ci/run").read_text().splitlines()
    asked = [line for line in lines if line.startswith("make ")]
    assert asked == [
        "make check",
        "make test-fhir-server",
        "make browser-setup",
        "make postgres-setup",
        "make test",
    ]
    assert "export ASSUAGE_BROWSER=required" in lines
    assert lines[-1] == "make test"
    (tests,) = recipe("test")
    assert all(word in recipe("coverage")[0].split() for word in tests.split())
