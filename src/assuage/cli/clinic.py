"""`assuage clinic backup|restore|verify|…`: what whoever keeps a clinic running does."""

from __future__ import annotations

import argparse
import os
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from assuage.cli import FOUND_WANTING, REVIEWED
from assuage.cli.language import add_language, speaking_of
from assuage.cli.options import add, mark
from assuage.cli.output import print_json

if TYPE_CHECKING:
    from assuage.catalogue.message import Message

HELP = "keep a clinic running: back up, restore, verify, begin a day, erase what expired, register programs"
VERBS = {
    "backup": "copy the whole clinic into one file while it goes on",
    "restore": "put a backup where no clinic is, and erase again what was erased since",
    "verify": "look whether everything that was written is there as it was written",
    "erase-expired": "erase what patients wrote longer ago than it is to be kept, and sessions that are over",
    "new-day": "work out where every patient stands today, and sign what was written so far",
    "work-out": "count what became of everybody, and judge what diaries say of exposures: every night",
    "migrate": "bring the tables of a clinic up to this program",
    "remind": "send the reminders that are due now, to those who asked for them",
    "program": "register a program that people can let in, and print what it logs in with",
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """One verb each."""
    verbs = parser.add_subparsers(dest="verb", metavar="|".join(VERBS), required=True)
    for verb, told in VERBS.items():
        leaf = verbs.add_parser(verb, help=told)
        if verb == "backup":
            mark(leaf.add_argument("target", metavar="FILE", help="the file of the backup"), "file")
        if verb == "restore":
            mark(leaf.add_argument("source", metavar="FILE", help="a file that backup wrote"), "file")
            mark(
                leaf.add_argument(
                    "--erasures", metavar="FILE", help="what was erased since: erasures.jsonl of the clinic"
                ),
                "file",
            )
        if verb in ("backup", "restore"):
            key = leaf.add_argument("--key-file", metavar="FILE", help="encrypt with the key in that file")
            mark(key, "file")
        if verb == "erase-expired":
            leaf.add_argument(
                "--years", metavar="YEARS", type=int, help="how long a diary is kept (default: 10)"
            )
        if verb == "work-out":
            leaf.add_argument(
                "--asked-for",
                action="store_true",
                help="only what diaries say of exposures, of the patients of whom somebody waits for it",
            )
        if verb == "migrate":
            leaf.add_argument(
                "--server-role",
                metavar="ROLE",
                help="the role of PostgreSQL that the server logs in as: it can add, and change or delete nothing",
            )
        if verb == "program":
            _add_program(leaf)
        folder = leaf.add_argument(
            "--clinic",
            metavar="FOLDER",
            help="the folder of the clinic (default: ASSUAGE_CLINIC_DATA, or this one)",
        )
        mark(folder, "folder")
        add(leaf, "json")
        add_language(leaf)


def _add_program(leaf: argparse.ArgumentParser) -> None:
    leaf.add_argument("name", metavar="NAME", help="what people read when they are asked to let it in")
    leaf.add_argument(
        "--redirect",
        metavar="ADDRESS",
        action="append",
        default=[],
        help="where people are sent back to; again for another",
    )
    leaf.add_argument(
        "--scope",
        metavar="SCOPE",
        action="append",
        default=[],
        help="what it may be let in for: record.read, record.write, diary, decide, medicines, or patient/*.rs or "
        "user/TYPE.rs of FHIR; again for another",
    )
    leaf.add_argument(
        "--keeps-secret",
        action="store_true",
        help="it runs on a server that can keep a secret (default: an app on a phone, which proves itself by PKCE)",
    )


def run(args: argparse.Namespace) -> int:
    """Do what the verb says."""
    from assuage.catalogue.message import message
    from assuage.errors import InputError

    if find_spec("django") is None:
        raise InputError(message("extra.clinic"))
    verbs = {
        "backup": _backup,
        "restore": _restore,
        "verify": _verify,
        "erase-expired": _erase_expired,
        "new-day": _new_day,
        "work-out": _work_out,
        "migrate": _migrate,
        "remind": _remind,
        "program": _program,
    }
    return verbs[args.verb](args)


def _folder(args: argparse.Namespace) -> Path:
    return Path(args.clinic or os.environ.get("ASSUAGE_CLINIC_DATA", "."))


def _open(args: argparse.Namespace) -> None:
    from assuage.clinic.operating import open_clinic

    open_clinic(_folder(args))


def _tell(args: argparse.Namespace, plain: object, *told: Message) -> int:
    if args.json:
        print_json(plain)
        return REVIEWED
    speaking = speaking_of(args)
    for each in told:
        print(speaking.say(each))
    return REVIEWED


def _path(given: str | None) -> Path | None:
    return None if given is None else Path(given)


def _backup(args: argparse.Namespace) -> int:
    """Write the backup and say its checksum."""
    from msgspec.structs import asdict

    from assuage.catalogue.message import message
    from assuage.clinic.backup import back_up

    url = os.environ.get("DATABASE_URL")
    if not url:
        _open(args)
    written = back_up(Path(args.target), _folder(args), url, _path(args.key_file))
    told = message(
        "clinic.backed-up",
        path=written.path,
        sha256=written.sha256,
        size=written.size,
        encrypted=written.encrypted or None,
    )
    return _tell(args, asdict(written), told)


def _restore(args: argparse.Namespace) -> int:
    """Restore, migrate, erase again, verify."""
    from assuage.catalogue.message import message
    from assuage.clinic.backup import restore_backup
    from assuage.clinic.operating import migrate_tables

    folder = _folder(args)
    manifest = restore_backup(Path(args.source), folder, os.environ.get("DATABASE_URL"), _path(args.key_file))
    _open(args)
    migrate_tables()
    from assuage.clinic.store.erasing import erase_again

    erased = erase_again(_path(args.erasures))
    plain = {"at": manifest["at"], "erased_again": erased}
    return _tell(args, plain, message("clinic.restored", at=manifest["at"], erased=erased))


def _verify(args: argparse.Namespace) -> int:
    """Print what does not hold; 1 where anything does not."""
    from assuage.catalogue.message import message

    _open(args)
    from assuage.clinic.store.verifying import verify_store

    speaking, verified = speaking_of(args), verify_store()
    faults = [
        {"record": each.record or None, "code": each.what.id, "text": speaking.say(each.what)}
        for each in verified.faults
    ]
    plain = {
        "records": verified.records,
        "entries": verified.entries,
        "events": verified.events,
        "checkpoints": verified.checkpoints,
        "last_signature": verified.last,
        "faults": faults,
    }
    counts = message(
        "clinic.verified",
        records=verified.records,
        entries=verified.entries,
        events=verified.events,
        checkpoints=verified.checkpoints,
        faults=len(faults),
        last=verified.last,
    )
    told = [message("clinic.fault", record=each.record or None, what=each.what) for each in verified.faults]
    _tell(args, plain, counts, *told)
    return FOUND_WANTING if faults else REVIEWED


def _erase_expired(args: argparse.Namespace) -> int:
    """Erase, and say how much."""
    from msgspec.structs import asdict

    from assuage.catalogue.message import message
    from assuage.clinic.operating import DIARY_YEARS, erase_expired

    _open(args)
    expired = erase_expired(DIARY_YEARS if args.years is None else args.years)
    return _tell(args, asdict(expired), message("clinic.expired", **asdict(expired)))


def _new_day(args: argparse.Namespace) -> int:
    """Begin the day; 1 where somebody's standing could not be made."""
    from msgspec.structs import asdict

    from assuage.catalogue.message import message
    from assuage.clinic.operating import begin_day

    _open(args)
    day = begin_day()
    told = message("clinic.day-begun", rows=day.rows, signature=day.signature, failed=day.failed or None)
    _tell(args, asdict(day), told)
    return FOUND_WANTING if day.failed else REVIEWED


def _work_out(args: argparse.Namespace) -> int:
    """Work it out; 1 where it could not be of somebody, and where the two engines differ."""
    from msgspec.structs import asdict

    from assuage.catalogue.message import message
    from assuage.clinic.operating import work_out_by_night, work_out_what_was_asked_for

    _open(args)
    done = work_out_what_was_asked_for() if args.asked_for else work_out_by_night()
    told = message(
        "clinic.worked-out-by-night",
        patients=done.patients,
        effects=done.effects,
        failed=done.failed or None,
        differing=done.differing or None,
    )
    _tell(args, asdict(done), told)
    return FOUND_WANTING if done.failed or done.differing else REVIEWED


def _migrate(args: argparse.Namespace) -> int:
    """Migrate, give the server's role its rights where it is named, and say what was done."""
    from assuage.catalogue.message import message
    from assuage.clinic.operating import migrate_tables

    _open(args)
    done = migrate_tables(args.server_role)
    return _tell(args, {"migrations": list(done)}, message("clinic.migrated", done=done or None))


def _program(args: argparse.Namespace) -> int:
    """Register it; the secret is told here and nowhere again."""
    from msgspec.structs import asdict

    from assuage.catalogue.message import message

    _open(args)
    from assuage.clinic.people.programs import register_program

    program = register_program(args.name, args.redirect, args.scope, keeps_a_secret=args.keeps_secret)
    told = message("clinic.program-registered", name=program.name, id=program.id, secret=program.secret)
    return _tell(args, asdict(program), told)


def _remind(args: argparse.Namespace) -> int:
    """Send what is due; 1 where something could not be sent."""
    from msgspec.structs import asdict

    from assuage.catalogue.message import message

    _open(args)
    from assuage.clinic.reminders.actions import send_reminders

    done = send_reminders()
    _tell(args, asdict(done), message("clinic.reminded", sent=done.sent, failed=done.failed or None))
    return FOUND_WANTING if done.failed else REVIEWED
