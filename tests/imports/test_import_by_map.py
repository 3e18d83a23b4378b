"""The command that imports a diary by its map: what it writes, never over another, and as JSON."""

from __future__ import annotations

import json
from argparse import ArgumentParser, Namespace
from pathlib import Path

import pytest

from assuage.cli import import_diary as command
from assuage.errors import InputError
from assuage.record.read import read_record
from assuage.record.rows import read_table
from tests.imports.test_diary import HEAD, LONG, ROWS, files


def arguments(*given: str | Path) -> Namespace:
    parser = ArgumentParser()
    command.add_arguments(parser)
    return parser.parse_args([str(one) for one in given])


def test_the_command_writes_a_record_and_never_over_another(tmp_path: Path) -> None:
    table, diary_map = files(tmp_path, "Date,Pain\n2026-01-05,4\n", HEAD)
    out = tmp_path / "ana.yaml"
    assert command.run(arguments(table, "--map", diary_map, "-o", out)) == 0
    assert len(read_record(out).entries) == 1
    with pytest.raises(InputError, match="say --force"):
        command.run(arguments(table, "--map", diary_map, "-o", out))
    assert command.run(arguments(table, "--map", diary_map, "-o", out, "--force")) == 0


def test_the_command_writes_many_patients_to_a_table_or_a_folder(tmp_path: Path) -> None:
    table, diary_map = files(tmp_path, ROWS, LONG)
    assert command.run(arguments(table, "--map", diary_map, "-o", tmp_path / "all.parquet")) == 0
    assert [record.patient.id for record in read_table(tmp_path / "all.parquet")] == ["ana", "ben"]
    assert command.run(arguments(table, "--map", diary_map, "-o", tmp_path / "all")) == 0
    assert sorted(file.name for file in (tmp_path / "all").iterdir()) == ["ana.yaml", "ben.yaml"]
    with pytest.raises(InputError, match="do not fit into one document"):
        command.run(arguments(table, "--map", diary_map, "-o", tmp_path / "all.yaml"))
    with pytest.raises(InputError, match="name a folder"):
        command.run(arguments(table, "--map", diary_map))


def test_the_command_as_json_says_what_was_written_or_what_is_wrong(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    table, diary_map = files(tmp_path, "Date,Pain\n2026-01-05,4\n", HEAD)
    command.run(arguments(table, "--map", diary_map, "--json", "-o", tmp_path / "ana.json"))
    assert json.loads(capsys.readouterr().out)["records"] == [
        {"patient": "ana", "entries": 1, "first_day": 0, "last_day": 0}
    ]
    command.run(arguments(table, "--map", diary_map, "--json"))
    assert json.loads(capsys.readouterr().out)["patient"] == {"id": "ana"}
    table.write_text("Date,Pain\n2026-01-05,11\n")
    assert command.run(arguments(table, "--map", diary_map, "--json")) == 2
    assert json.loads(capsys.readouterr().out)["problems"][0]["place"] == "row 2  Pain = 11"
