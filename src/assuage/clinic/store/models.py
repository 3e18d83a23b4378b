"""The tables of the store: a record's head, its entries for ever, what was made of it, what was erased.

An entry is never changed and never deleted: the database itself refuses it (`guards`). The one exception is
erasure, which takes the payload and its salt and leaves the row and the chain as they were.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django.db import models

if TYPE_CHECKING:
    from assuage.clinic.people.models import NamedPatient


class ClinicRecord(models.Model):
    """One patient's record: what stands before its entries, and the head of its chain.

    `head` is the version of the last entry, 0 before the first; `head_hash` proves every entry up to it.
    """

    pseudonym = models.CharField(max_length=40, unique=True)
    about_patient: models.JSONField[dict[str, Any]] = models.JSONField(
        default=dict
    )  # sex and age on day 0, as the record's format has them
    starts_on = models.DateField(null=True)
    zone = models.CharField(
        max_length=64
    )  # by which its days roll now; the last event `move-zone` of the log says it
    first_zone = models.CharField(max_length=64)  # when the record was opened: what its chain begins with
    pathway = models.CharField(max_length=80, blank=True)
    head = models.IntegerField(default=0)
    head_hash = models.BinaryField(default=bytes)
    erased = models.IntegerField(
        default=0
    )  # how often something of it was erased: what was kept of it before is void
    opened_at = models.DateTimeField()

    if TYPE_CHECKING:
        patient: NamedPatient


class StoredEntry(models.Model):
    """One entry as it was received. `payload` is its canonical JSON; None once it was erased."""

    class State(models.IntegerChoices):
        """Whether it stands, or stands beside one that says otherwise."""

        STANDING = 0
        DISPUTED = 1

    record = models.ForeignKey(ClinicRecord, on_delete=models.PROTECT, related_name="entries")
    version = models.IntegerField()  # 1, 2, 3 … in one record
    uid = models.UUIDField(unique=True)  # made by whoever wrote it: the same twice is one entry
    claims = models.UUIDField(
        null=True, db_index=True
    )  # the uid it came with, where that was another entry's already
    batch = models.UUIDField(null=True)  # what was saved together
    kind = models.CharField(max_length=30)
    day = models.IntegerField()
    payload = models.TextField(null=True)
    salt = models.BinaryField(null=True)
    digest = models.BinaryField()  # sha256 of salt and payload: says nothing once the salt is gone
    author = models.CharField(max_length=40)
    role = models.CharField(max_length=20)
    source = models.CharField(max_length=10)
    received_at = models.DateTimeField()
    state = models.SmallIntegerField(choices=State.choices, default=State.STANDING)
    hash = models.BinaryField()

    if TYPE_CHECKING:
        record_id: int

    class Meta:
        """One version of a record once."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["record", "version"], name="one_version_once")
        ]
        indexes: ClassVar = [models.Index(fields=["record", "day"])]


class Snapshot(models.Model):
    """What was worked out of a record at one head for one day: a cache and an archive, never read as truth."""

    record = models.ForeignKey(ClinicRecord, on_delete=models.CASCADE, related_name="snapshots")
    head = models.IntegerField()
    on_day = models.IntegerField()
    pathway = models.CharField(max_length=80)
    program = models.CharField(max_length=40)
    settings = models.CharField(max_length=80)
    kind = models.CharField(max_length=30)
    body = models.BinaryField()
    made_at = models.DateTimeField()

    if TYPE_CHECKING:
        record_id: int

    class Meta:
        """One of a kind for one head, day, pathway, program and settings."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["record", "head", "on_day", "pathway", "program", "settings", "kind"],
                name="one_snapshot_once",
            )
        ]


class ShownReview(models.Model):
    """What somebody who decided was shown: at which head, by which program, and the digest of the archived review.

    The review itself is a snapshot of the kind `review`; where it was erased its digest stays.
    """

    record = models.ForeignKey(ClinicRecord, on_delete=models.PROTECT, related_name="shown")
    decision = models.UUIDField(unique=True)  # the uid of the entry
    head = models.IntegerField()
    on_day = models.IntegerField()
    pathway = models.CharField(max_length=80)
    program = models.CharField(max_length=40)
    settings = models.CharField(max_length=80)
    digest = models.BinaryField()
    at = models.DateTimeField()


class Erasure(models.Model):
    """That something of a record was erased, when, by whom and why: a restore from a backup does it again."""

    record = models.ForeignKey(ClinicRecord, on_delete=models.PROTECT, related_name="erasures")
    at = models.DateTimeField()
    by = models.CharField(max_length=40)
    why = models.TextField()


class ErasedEntry(models.Model):
    """One entry that an erasure names: the database lets go of the payload of no other."""

    erasure = models.ForeignKey(Erasure, on_delete=models.PROTECT, related_name="erased")
    uid = models.UUIDField(unique=True)
