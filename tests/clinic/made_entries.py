"""Entries as somebody of the demonstration would send them."""

from __future__ import annotations

from assuage.clinic.store.actions import NewEntry, Writer
from assuage.clinic.store.chain import new_uid
from assuage.clinic.store.queries import kept

JONAS = Writer("p-jonas", "physician")
IDA = Writer("p-ida", "patient")
PAIN = {"day": -3, "kind": "score", "scale": "pain", "value": 4, "by": "patient", "time": "10:07"}


def new(entry: dict) -> NewEntry:
    """The entry under a uid of its own."""
    return NewEntry(new_uid(), entry)


def kept_keys() -> list:
    """Which records are kept in memory."""
    return [record for record, _ in kept._records]
