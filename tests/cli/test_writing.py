"""What a command writes is whole, for its owner only, over no other file unless `--force` is said, and named."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from assuage.cli import main
from tests.universe import EXAMPLES

CASE = str(EXAMPLES / "case.yaml")
WRITERS: tuple[tuple[tuple[str, ...], str], ...] = (
    (("review", CASE), "page.html"),
    (("timeline", CASE), "course.svg"),
    (("bodymap", CASE), "maps.svg"),
    (("report", CASE), "report.md"),
    (("convert", CASE), "case.json"),
    (("deidentify", CASE), "free.yaml"),
    (("import", str(EXAMPLES / "diary.csv"), "--map", str(EXAMPLES / "diary-map.toml")), "diary.yaml"),
    (("triggers", CASE), "triggers.html"),
)


@pytest.mark.parametrize(
    ("words", "name"), WRITERS, ids=lambda each: each[0] if isinstance(each, tuple) else each
)
def test_a_command_writes_for_its_owner_over_nothing_and_says_where(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], words: tuple[str, ...], name: str
):
    target = tmp_path / name
    assert main([*words, "-o", str(target)]) in (0, 1)
    assert str(target) in capsys.readouterr().err
    assert {stat.S_IMODE(each.stat().st_mode) for each in tmp_path.iterdir()} == {0o600}

    target.write_text("mine")
    before = {each: each.read_bytes() for each in tmp_path.iterdir()}
    assert main([*words, "-o", str(target)]) == 2
    assert f"{target} exists; say --force to write over it" in capsys.readouterr().err
    assert {each: each.read_bytes() for each in tmp_path.iterdir()} == before

    assert main([*words, "-o", str(target), "--force"]) in (0, 1)
    assert target.read_bytes() != b"mine"


def test_a_folder_that_is_made_is_for_its_owner_only(tmp_path: Path):
    out = tmp_path / "pictures"
    assert main(["triggers", CASE, "--pictures", str(out)]) == 0
    assert stat.S_IMODE(out.stat().st_mode) == 0o700


@pytest.mark.parametrize("also", ["free.certificate.json", "diff.txt", "key.json"])
def test_of_several_files_none_is_written_where_one_may_not_be(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], also: str
):
    (tmp_path / also).write_text("mine")
    files = ["-o", "free.yaml", "--diff", "diff.txt", "--key", "key.json"]
    named = [str(tmp_path / each) if "." in each else each for each in files]
    assert main(["deidentify", CASE, *named]) == 2
    assert "--force" in capsys.readouterr().err
    assert [(each.name, each.read_text()) for each in tmp_path.iterdir()] == [(also, "mine")]


def test_a_link_is_followed_and_stays(tmp_path: Path):
    (tmp_path / "real.yaml").write_text("old")
    (tmp_path / "link.yaml").symlink_to("real.yaml")
    assert main(["convert", CASE, "-o", str(tmp_path / "link.yaml")]) == 2
    assert main(["convert", CASE, "-o", str(tmp_path / "link.yaml"), "--force"]) == 0
    assert (tmp_path / "link.yaml").is_symlink()
    assert (tmp_path / "real.yaml").read_text() != "old"


@pytest.mark.parametrize("name", ["page.html", "page.html/"])
def test_a_folder_where_a_file_is_meant_is_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str
):
    (tmp_path / "page.html").mkdir()
    assert main(["review", CASE, "-o", f"{tmp_path}/{name}"]) == 2
    assert "is a folder; name a file in it" in capsys.readouterr().err


def test_what_forbids_a_trial_is_its_first_line(capsys: pytest.CaptureFixture[str]):
    pytest.importorskip("numba", reason="needs the extra assuage[triggers]")
    assert main(["nof1", "design", CASE, "--exposure", "massage", "--trials", "0"]) == 1
    assert capsys.readouterr().out.startswith("Not now: ")


def test_whether_it_may_be_published_is_said_before_the_changes(capsys: pytest.CaptureFixture[str]):
    assert main(["deidentify", CASE]) == 1
    assert capsys.readouterr().err.startswith("locked for publication: ")
