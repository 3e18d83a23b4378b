"""What was understood of what a caller sent: a record, and what of it was not understood, each with its place."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol

from msgspec import Struct

from assuage.catalogue.message import Message
from assuage.record.entries import Record


class NotUnderstood(Struct, frozen=True):
    """Something that was sent and is in no record: where, and why, as a sentence."""

    place: str
    what: Message


class UnderstoodRecord(Struct, frozen=True):
    """The record that was read, and what is not in it."""

    record: Record
    lost: tuple[NotUnderstood, ...] = ()


class ReadsRecord(Protocol):
    """What reads a record from resources of one patient: in which zone moments become days is the site's."""

    def __call__(
        self, resources: Sequence[dict[str, Any]], patient: str, zone: str | None
    ) -> UnderstoodRecord:
        """The record, and what is not in it."""
        ...
