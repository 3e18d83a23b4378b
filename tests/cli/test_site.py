"""`assuage.toml` says what holds where nothing is typed; it is refused whole where a line of it is wrong."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from assuage.cli import main
from assuage.cli.site import KEYS, site_of
from tests.universe import EXAMPLES

CASE = str(EXAMPLES / "case.yaml")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working folder two below a home of its own."""
    work = tmp_path / "home" / "clinic" / "work"
    work.mkdir(parents=True)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.chdir(work)
    return work


def settings(folder: Path, text: str, above: int = 0) -> Path:
    file = [folder, *folder.parents][above] / "assuage.toml"
    file.write_text(text, encoding="utf-8")
    return file


def held(capsys: pytest.CaptureFixture[str]) -> dict[str, dict[str, object]]:
    assert main(["config", "--json"]) == 0
    return json.loads(capsys.readouterr().out)["settings"]


@pytest.mark.parametrize("above", [0, 1, 2])
def test_the_file_is_found_in_the_folder_and_above_up_to_home(
    folder: Path, capsys: pytest.CaptureFixture[str], above: int
):
    settings(folder, 'country = "LT"\n', above)
    assert held(capsys)["country"] == {"value": "LT", "from": "file"}


def test_above_home_nothing_is_looked_for(folder: Path, capsys: pytest.CaptureFixture[str]):
    settings(folder, 'country = "LT"\n', above=3)
    assert {each["from"] for each in held(capsys).values()} == {"default"}


def test_the_nearest_file_counts_alone(folder: Path, capsys: pytest.CaptureFixture[str]):
    settings(folder, 'country = "LT"\n', above=1)
    settings(folder, 'look = "phone"\n')
    assert held(capsys)["country"]["from"] == "default"


def test_that_a_card_may_be_unsigned_is_typed_each_time_and_no_key(
    folder: Path, capsys: pytest.CaptureFixture[str]
):
    settings(folder, 'language = "lt"\nunsigned = true\n')
    assert main(["card", CASE, "--reader", "patient"]) == 2
    said = capsys.readouterr().err
    assert "line 2: unsigned is no key" in said
    assert "card --unsigned" in said


def test_what_is_typed_comes_before_the_file(folder: Path, capsys: pytest.CaptureFixture[str]):
    settings(folder, 'language = "lt"\n')
    main(["review", CASE, "--on", "48"])
    assert "nutirpimas" in capsys.readouterr().out
    main(["review", CASE, "--on", "48", "--lang", "en"])
    assert "numbness" in capsys.readouterr().out


def test_a_record_that_names_its_pathway_keeps_it(folder: Path, capsys: pytest.CaptureFixture[str]):
    settings(folder, 'pathway = "eular-2017"\n')
    assert main(["review", CASE, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["pathway"]["id"] == "neck-first"
    assert main(["review", CASE, "--json", "--pathway", "eular-2017"]) == 0
    assert json.loads(capsys.readouterr().out)["pathway"]["id"] == "eular-2017"


def test_a_record_that_names_none_is_read_against_the_site_s(
    folder: Path, capsys: pytest.CaptureFixture[str]
):
    record = folder / "record.yaml"
    record.write_text(
        "format: assuage-record/1\npatient: {id: a}\nentries:\n- {day: 0, kind: score, scale: pain, value: 4}\n"
    )
    settings(folder, 'pathway = "eular-2017"\n')
    assert main(["review", str(record), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["pathway"]["id"] == "eular-2017"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('\nlangauge = "lt"\n', "line 2: no key langauge; did you mean language?"),
        ('country = "LT"\nlanguage = "de"\n', 'line 2: language is "de"; write en or lt'),
        ("country = 370\n", "line 1: country is 370; write two letters"),
        ('country = "LTU"\n', 'country is "LTU"'),
        ('pathway = "neck-frist"\n', 'pathway is "neck-frist"; write the id of a shipped pathway'),
        ('pathway = "mine.py"\n', "a .py file is named with --pathway only"),
        ('look = "dark"\n', "write wide or phone"),
        ("[safety]\nignore = true\n", "line 1: no key safety; there are language, country, look, pathway"),
        ('language = "lt\n', "at line 1"),
        ('language = "lt"\nlanguage = "en"\n', "at line 2"),
    ],
)
def test_a_wrong_line_is_refused_with_what_to_write(
    folder: Path, capsys: pytest.CaptureFixture[str], text: str, told: str
):
    file = settings(folder, text)
    for words in (["review", CASE], ["config"]):
        assert main(words) == 2
        err = capsys.readouterr().err
        assert told in err
        assert err.startswith(str(file))


def test_all_wrong_lines_are_told_at_once(folder: Path, capsys: pytest.CaptureFixture[str]):
    settings(folder, 'a = 1\nb = 2\ncountry = "LTU"\n')
    assert main(["config"]) == 2
    assert capsys.readouterr().err.count("\n") == 3


def test_a_wrong_file_does_not_stand_in_the_way_of_help(folder: Path):
    settings(folder, "nonsense")
    with pytest.raises(SystemExit) as left:
        main(["--help"])
    assert left.value.code == 0
    assert main(["completion", "bash"]) == 0


def test_a_site_sets_no_rule(folder: Path):
    assert set(KEYS) == {"language", "country", "look", "pathway"}
    assert site_of(folder).values == {}


@pytest.mark.parametrize("kind", ["a loop of links", "a folder", "a link to nothing"])
def test_a_file_that_cannot_be_read_is_never_as_if_nothing_had_been_set(
    folder: Path, capsys: pytest.CaptureFixture[str], kind: str
):
    file = folder / "assuage.toml"
    match kind:
        case "a folder":
            file.mkdir()
        case "a link to nothing":
            file.symlink_to(folder / "gone.toml")
        case _:
            file.symlink_to(folder / "other.toml")
            (folder / "other.toml").symlink_to(file)
    assert main(["review", CASE]) == 2
    assert "assuage.toml" in capsys.readouterr().err


def test_a_value_that_is_no_text_is_shown_as_it_was_written(folder: Path, capsys: pytest.CaptureFixture[str]):
    settings(folder, "language = 3\n")
    assert main(["config"]) == 2
    assert "language is 3; write en or lt" in capsys.readouterr().err


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with a name here")
def test_a_pipe_of_that_name_is_refused_and_not_waited_for(folder: Path, capsys: pytest.CaptureFixture[str]):
    os.mkfifo(folder / "assuage.toml")
    assert main(["config"]) == 2
    assert "is no file" in capsys.readouterr().err
