"""Who can log in to the demonstration, and who cares for whom."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Final

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from assuage.catalogue.languages import LANGUAGES, ORIGINAL
from assuage.clinic.people.actions import add_person, join_team, name_patient
from assuage.clinic.people.models import Person
from assuage.clinic.people.rights import CLINICIANS
from assuage.clinic.store.actions import Writer, take_over
from assuage.record.read import read_record

_R = Person.Role
_TRANSLATED: Final = next(code for code in LANGUAGES if code != ORIGINAL)
PEOPLE: Final = (
    ("jonas", _R.PHYSICIAN, "Jonas Petraitis", _TRANSLATED),
    ("anna", _R.PHYSICIAN, "Anna Berg", ORIGINAL),
    ("rasa", _R.PHYSIOTHERAPIST, "Rasa Kazlauskienė", _TRANSLATED),
    ("ruta", _R.NURSE, "Rūta Jankauskaitė", _TRANSLATED),
    ("ida", _R.PATIENT, "Ida", ORIGINAL),
    ("jon", _R.PATIENT, "Jon", _TRANSLATED),
    ("admin", _R.ADMINISTRATOR, "Administrator", ORIGINAL),
)
CASE: Final = "case"
_OF_THE_CASE: Final = 79  # the last day that the published case tells of: today, in the demonstration


def folder_of_records() -> Path:
    """The records that come with the package; in a working copy they lie in its examples."""
    packed = Path(__file__).parent / "records"
    return packed if packed.is_dir() else Path(__file__).resolve().parents[4] / "examples"


@transaction.atomic
def make_demo(passphrase: str) -> None:
    """The people and their patients, once."""
    people = {
        username: add_person(username, passphrase, role, name=name, language=language)
        for username, role, name, language in PEOPLE
    }
    clinicians = [each for each in people.values() if each.role in CLINICIANS]
    records = folder_of_records()
    named = [
        (CASE, records / "case.yaml"),
        *sorted((p.stem, p) for p in (records / "patients").glob("*.yaml")),
    ][:13]
    for name, path in named:
        record = read_record(path)
        last = _OF_THE_CASE if name == CASE else (record.last_day or 0)
        stored = take_over(
            record,
            pseudonym=record.patient.id,
            starts_on=_first_day(last),
            zone=settings.CLINIC_ZONE,
            writer=Writer("demo", "import", "import"),
        )
        account = people.get(name)
        name_patient(
            stored,
            "Ana" if name == CASE else name.capitalize(),
            person=account if account and account.is_patient else None,
            by=people["admin"],
        )
        for each in clinicians:
            join_team(stored, each, by=people["admin"])


def _first_day(last: int) -> date:
    """The date of day 0 where the last day told of is today."""
    return timezone.now().date() - timedelta(days=max(last, 0))
