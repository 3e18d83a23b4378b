"""What a kind of entry is: its value, its fields, the rule about them together, and what it claims."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, get_args

from msgspec import Struct

from assuage.catalogue.message import message
from assuage.record import fields as f
from assuage.record.claims import EntryClaim
from assuage.record.entry import By, Entry, Role, WrittenFrom
from assuage.record.fields import Field, Say

COMMON: tuple[Field, ...] = (
    Field("day", f.integer(-f.FURTHEST_DAY, f.FURTHEST_DAY)),
    Field("date", f.iso_date),
    Field("time", f.clock),
    Field("by", f.choice(get_args(By), message("word.person"))),
    Field("author", f.free_text, since=2),
    Field("role", f.choice(get_args(Role), message("word.role")), since=2),
    Field("source", f.choice(get_args(WrittenFrom), message("word.written-from")), since=2),
    Field("approximate", f.yes_or_no),
    Field("note", f.free_text),
    Field("entered", f.iso_moment),
    Field("copied", f.yes_or_no),
    Field("id", f.free_text),
    Field("about", f.free_text, since=2),
    Field("replaces", f.free_text),
    Field("disputed_with", f.id_or_ids, since=2),
)

Together = Callable[[dict[str, Any], str, Say], None]


class Kind(Struct, frozen=True):
    """A kind of entry: its value, its own fields, and the rule about them together (it may rewrite them).

    `claims` says what an entry claims at its moment (`assuage.record.claims`); `since` is the format it came with.
    """

    name: str
    makes: type[Entry]
    claims: Callable[[Any], Iterable[EntryClaim]]
    specific: tuple[Field, ...]
    together: Together | None = None
    since: int = 1

    @property
    def fields(self) -> tuple[Field, ...]:
        """The common fields and its own."""
        return COMMON + self.specific
