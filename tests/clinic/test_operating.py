"""A clinic is backed up, restored onto an empty folder, and looked after, by commands."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from datetime import timedelta

import pytest
from django.utils import timezone

from assuage.clinic.backup import back_up, restore_backup
from assuage.clinic.operating import begin_day, erase_expired
from assuage.clinic.store.actions import write
from assuage.clinic.store.models import ClinicRecord
from assuage.clinic.store.snapshots import inbox_rows
from assuage.errors import InputError, SurroundingsError
from tests.clinic.made_entries import IDA, PAIN, new


@pytest.fixture
def folder(tmp_path):
    """A folder with a database in it, as a clinic has one."""
    at = tmp_path / "clinic"
    at.mkdir()
    with sqlite3.connect(at / "clinic.sqlite3") as connection:
        connection.execute("CREATE TABLE notes (words TEXT)")
        connection.execute("INSERT INTO notes VALUES ('slept badly')")
    connection.close()
    return at


@pytest.fixture
def key(tmp_path):
    """A file with a key."""
    path = tmp_path / "key"
    path.write_bytes(b"k" * 48)
    return path


def notes(folder) -> list:
    connection = sqlite3.connect(folder / "clinic.sqlite3")
    try:
        return connection.execute("SELECT words FROM notes").fetchall()
    finally:
        connection.close()


@pytest.mark.parametrize("encrypted", [True, False])
def test_a_backup_is_restored_onto_an_empty_folder(folder, tmp_path, key, encrypted):
    with_key = key if encrypted else None
    back_up(tmp_path / "backup", folder, None, with_key)
    restore_backup(tmp_path / "backup", tmp_path / "new", None, with_key)
    assert notes(tmp_path / "new") == [("slept badly",)]


def test_an_encrypted_backup_shows_nothing(folder, tmp_path, key):
    back_up(tmp_path / "backup", folder, None, key)
    assert b"SQLite" not in (tmp_path / "backup").read_bytes()


def test_a_backup_is_for_its_owner_alone(folder, tmp_path):
    back_up(tmp_path / "backup", folder, None, None)
    assert (tmp_path / "backup").stat().st_mode & 0o077 == 0


def spoiled(path, at: int) -> None:
    content = bytearray(path.read_bytes())
    content[at] ^= 1
    path.write_bytes(content)


@pytest.mark.parametrize(
    ("encrypted", "has_checksum", "code"),
    [
        (False, True, "clinic.backup-changed"),
        (True, True, "clinic.backup-changed"),
        (True, False, "clinic.backup-not-opened"),
    ],
)
def test_a_backup_in_which_a_byte_was_changed_is_refused(
    folder, tmp_path, key, encrypted, has_checksum, code
):
    with_key = key if encrypted else None
    back_up(tmp_path / "backup", folder, None, with_key)
    spoiled(tmp_path / "backup", -40)
    if not has_checksum:
        (tmp_path / "backup.sha256").unlink()
    with pytest.raises(InputError) as refused:
        restore_backup(tmp_path / "backup", tmp_path / "new", None, with_key)
    assert (refused.value.args[0].id, (tmp_path / "new" / "clinic.sqlite3").exists()) == (code, False)


def test_a_part_of_a_backup_is_refused(folder, tmp_path):
    back_up(tmp_path / "backup", folder, None, None)
    (tmp_path / "part").write_bytes((tmp_path / "backup").read_bytes()[:-200])
    with pytest.raises(InputError):
        restore_backup(tmp_path / "part", tmp_path / "new", None, None)


def test_another_key_opens_nothing(folder, tmp_path, key):
    back_up(tmp_path / "backup", folder, None, key)
    other = tmp_path / "other"
    other.write_bytes(b"o" * 48)
    with pytest.raises(InputError) as refused:
        restore_backup(tmp_path / "backup", tmp_path / "new", None, other)
    assert refused.value.args[0].id == "clinic.backup-not-opened"


def test_nothing_is_restored_over_a_clinic_that_is_there(folder, tmp_path):
    back_up(tmp_path / "backup", folder, None, None)
    with pytest.raises(InputError) as refused:
        restore_backup(tmp_path / "backup", folder, None, None)
    assert refused.value.args[0].id == "clinic.restore-over"


def test_a_short_key_is_refused(folder, tmp_path):
    (tmp_path / "short").write_bytes(b"1234")
    with pytest.raises(InputError):
        back_up(tmp_path / "backup", folder, None, tmp_path / "short")


def test_a_new_day_makes_the_row_of_everybody(db):
    begin_day()
    records = ClinicRecord.objects.all()
    rows = inbox_rows(records)
    assert {each.pk for each in records} == {pk for pk, row in rows.items() if row.fresh}


def test_a_day_begins_while_the_clock_goes_forward(db):
    with pytest.raises(SurroundingsError):
        begin_day(timezone.now() - timedelta(days=3))


@pytest.mark.parametrize(("years", "entries"), [(1, 1), (10, 0)])
def test_what_is_older_than_it_is_kept_is_erased(record, years, entries):
    write(record("ida").pk, [new(PAIN | {"day": -700}), new(PAIN)], IDA)
    assert erase_expired(years).entries == entries


def python(*words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    without = {name: value for name, value in os.environ.items() if not name.startswith("ASSUAGE_CLINIC")}
    without.pop("DJANGO_SETTINGS_MODULE", None)
    return subprocess.run(
        [sys.executable, *words], env=without | environment, capture_output=True, text=True, check=False
    )


def assuage(*words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return python("-m", "assuage", *words, **environment)


MAKE = """
import sys
from pathlib import Path
from assuage.clinic.serve import prepare_clinic
prepare_clinic(Path(sys.argv[1]), "127.0.0.1", 8020)
from assuage.clinic.store.actions import NewEntry, Writer, write
from assuage.clinic.store.chain import new_uid
from assuage.clinic.store.erasing import erase
from assuage.clinic.store.models import ClinicRecord
of = ClinicRecord.objects.get(pseudonym="ida")
pain = {"day": -3, "kind": "score", "scale": "pain", "value": 4, "by": "patient"}
write(of.pk, [NewEntry(new_uid(), pain)], Writer("p-ida", "patient"))
from assuage.cli import main
status = main(["clinic", "backup", sys.argv[2], "--clinic", sys.argv[1]])
erase(of.pk, by="p-ida", role="patient", why="asked")
sys.exit(status)
"""


def test_a_clinic_that_was_restored_is_verified_and_what_was_erased_since_is_erased_again(tmp_path):
    old, new_folder, backup = str(tmp_path / "old"), str(tmp_path / "new"), str(tmp_path / "backup")
    made = python("-c", MAKE, old, backup)
    assert made.returncode == 0, made.stderr
    secret = {"ASSUAGE_CLINIC_SECRET_FILE": f"{old}/secret"}
    restored = assuage(
        *("clinic", "restore", backup, "--clinic", new_folder, "--erasures", f"{old}/erasures.jsonl"),
        "--json",
        **secret,
    )
    assert json.loads(restored.stdout)["erased_again"] == 1, restored.stderr
    verified = assuage("clinic", "verify", "--clinic", new_folder, "--json", **secret)
    assert (verified.returncode, json.loads(verified.stdout)["faults"]) == (0, []), verified.stdout


@pytest.mark.parametrize("verb", ["verify", "new-day", "erase-expired", "migrate"])
def test_a_folder_without_a_clinic_is_said_to_have_none(tmp_path, verb):
    refused = assuage("clinic", verb, "--clinic", str(tmp_path))
    assert (refused.returncode, str(tmp_path) in refused.stderr) == (2, True)
