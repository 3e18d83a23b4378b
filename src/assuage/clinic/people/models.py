"""People with accounts, patients by name, and who cares for whom.

Who somebody is lives here alone: the tables of `store` hold pseudonyms.
"""

from __future__ import annotations

from uuid import uuid4

from django.contrib.auth.models import AbstractUser
from django.db import models

from assuage.catalogue.languages import ORIGINAL
from assuage.clinic.store.models import ClinicRecord


def new_pseudonym() -> str:
    """A name that says nothing of who it is: what entries and the chain carry."""
    return f"p-{uuid4().hex[:12]}"


class Person(AbstractUser):
    """Somebody with an account. `role` is the role of the record's format, or `administrator`, who sees no record."""

    class Role(models.TextChoices):
        """What somebody is to the clinic: the roles of the record, and who keeps the clinic running."""

        PHYSICIAN = "physician"
        PHYSIOTHERAPIST = "physiotherapist"
        PSYCHOLOGIST = "psychologist"
        NURSE = "nurse"
        PATIENT = "patient"
        RESEARCHER = "researcher"
        ADMINISTRATOR = "administrator"

    pseudonym = models.CharField(max_length=40, unique=True, default=new_pseudonym, editable=False)
    role = models.CharField(max_length=20, choices=Role.choices)
    language = models.CharField(max_length=5, default=ORIGINAL)

    @property
    def is_patient(self) -> bool:
        """Whether the account is a patient's own."""
        return self.role == Person.Role.PATIENT

    @property
    def shown_as(self) -> str:
        """The name as colleagues write it; the name to log in with where no other is known."""
        return self.get_full_name() or self.username


class NamedPatient(models.Model):
    """Whose record it is: the name, and the account if there is one."""

    record = models.OneToOneField(ClinicRecord, on_delete=models.PROTECT, related_name="patient")
    person = models.OneToOneField(Person, null=True, on_delete=models.PROTECT, related_name="patient")
    name = models.CharField(max_length=200)
    born = models.DateField(null=True)
    contact = models.CharField(max_length=300, blank=True)
    email = models.EmailField(blank=True)  # for reminders alone, as long as they are wanted


class CareTeamMember(models.Model):
    """That somebody cares for a patient from a moment on, and until when."""

    record = models.ForeignKey(ClinicRecord, on_delete=models.PROTECT, related_name="team")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="cares_for")
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)
    by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")


class BrokenGlass(models.Model):
    """That somebody opened a record in an emergency without being of the team: why, and until when it is open."""

    record = models.ForeignKey(ClinicRecord, on_delete=models.PROTECT, related_name="broken_glass")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    reason = models.TextField()
    at = models.DateTimeField()
    until = models.DateTimeField()
