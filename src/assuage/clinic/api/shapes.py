"""What is sent and what comes back: the bodies and parameters of the calls, from which the OpenAPI document is made."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from msgspec import Meta, Struct

Plain = dict[str, Any]
Page = Annotated[int, Meta(ge=1, le=500, description="how many at most")]
Name = Annotated[str, Meta(max_length=40, description="the pseudonym of a record")]
Day = Annotated[int, Meta(ge=-40_000, le=40_000, description="a day of the record; 0 is its first")]
Words = Annotated[str, Meta(max_length=20_000)]


class NoParameters(Struct, frozen=True, forbid_unknown_fields=True):
    """A call that takes none."""


class NoBody(Struct, frozen=True):
    """A call without a body."""


class RecordsQuery(Struct, frozen=True, forbid_unknown_fields=True):
    """Which records: those after a pseudonym, in its order."""

    after: Name = ""
    limit: Page = 100


class EntriesQuery(Struct, frozen=True, forbid_unknown_fields=True):
    """Which entries: those after a version, in the order in which they were stored."""

    after: Annotated[int, Meta(ge=0, le=2_147_483_647, description="the version of the last one seen")] = 0
    limit: Page = 100


class ReviewQuery(Struct, frozen=True, forbid_unknown_fields=True):
    """Which day: today of the patient where none is named, and never a later one; what changed since another."""

    on: Day | None = None
    since: Day | None = None


class CardQuery(Struct, frozen=True, forbid_unknown_fields=True):
    """Whose card."""

    reader: Literal["patient", "physiotherapist", "gp"] = "physiotherapist"


class Me(Struct, frozen=True):
    """Who calls, and one's own record for a patient."""

    pseudonym: str
    role: str
    language: str
    record: str | None
    scopes: tuple[str, ...]


class RecordHead(Struct, frozen=True):
    """What stands before the entries. `head` is the version of the last one: `If-Match` of what depends on it."""

    pseudonym: str
    head: int
    starts_on: str | None
    zone: str
    pathway: str | None
    today: int


class RecordsPage(Struct, frozen=True):
    """The records that the caller may see, and the address of the next page."""

    records: tuple[RecordHead, ...]
    next: str | None


class EntryAsStored(Struct, frozen=True):
    """An entry with what the store knows of it. `entry` is null once it was erased."""

    version: int
    id: str
    kind: str
    day: int
    state: Literal["standing", "disputed"]
    received_at: str
    author: str
    role: str
    source: str
    entry: Plain | None


class EntriesPage(Struct, frozen=True):
    """Entries in the order in which they were stored, and the address of the next page."""

    entries: tuple[EntryAsStored, ...]
    next: str | None
    head: int


class Stands(Struct, frozen=True):
    """One patient of the inbox: where, since when, how many alerts of each tier; by the ids of the library.

    `silent` is how many days nothing was recorded; `fresh` whether the row is of today and of the last entry.
    """

    record: str
    on: int
    pathway: str | None
    phase: str | None
    since: int | None
    stop: int
    ask: int
    silent: int | None
    fresh: bool


class InboxPage(Struct, frozen=True):
    """Everybody in one's care."""

    patients: tuple[Stands, ...]


class NewEntries(Struct, frozen=True, forbid_unknown_fields=True):
    """Entries as the record's format has them, each with an `id` (a UUID) or named by the `Idempotency-Key`.

    `sent` is what the sender's clock shows, with its offset: a clock that is hours wrong is refused.
    """

    entries: Annotated[tuple[Plain, ...], Meta(min_length=1, max_length=200)]
    sent: Annotated[str, Meta(max_length=40)] | None = None


class EntriesSaved(Struct, frozen=True):
    """What became of each: stored under this id, standing or in dispute. `head` is the version of the last."""

    entries: tuple[EntryAsStored, ...]
    disputed: int
    head: int


class DecisionSent(Struct, frozen=True, forbid_unknown_fields=True):
    """What a person decides: `do` and `to` as a decision of the record has them.

    `pathway` is the id of the one that is followed from now on, for a decision to enter a phase of it.
    """

    do: Annotated[str, Meta(max_length=40)]
    to: Annotated[str, Meta(max_length=80)] = ""
    because: Words = ""
    pathway: Annotated[str, Meta(max_length=80)] = ""


class PrescriptionSent(Struct, frozen=True, forbid_unknown_fields=True):
    """Drugs in one line. Without `token` they are only judged; with that of the answer they are started or changed."""

    text: Annotated[str, Meta(max_length=2_000)]
    token: Annotated[str, Meta(max_length=4_000)] = ""
    do: Annotated[str, Meta(max_length=20)] = "start"
    because: Words = ""


class OrderJudged(Struct, frozen=True):
    """One drug of the line: how it was read, what speaks against it, what is to be asked first."""

    written: str
    is_read: bool
    tier: str | None
    against: tuple[str, ...]
    ask: tuple[str, ...]
    alerts: tuple[str, ...]


class PrescriptionJudged(Struct, frozen=True):
    """What was judged, and the token that confirms it; `stored` once it was confirmed."""

    orders: tuple[OrderJudged, ...]
    stops: bool
    token: str
    stored: EntriesSaved | None = None


class AlertActSent(Struct, frozen=True, forbid_unknown_fields=True):
    """What is done with an alert that is in force. `last_act` is the id of the last act on it that was seen."""

    rule: Annotated[str, Meta(max_length=120)]
    kind: Annotated[str, Meta(max_length=20)]
    subject: Annotated[str, Meta(max_length=200)] = ""
    reason: Words = ""
    days: Annotated[int, Meta(ge=1, le=90)] | None = None
    last_act: Annotated[int, Meta(ge=0, le=2_147_483_647, description="0 where nobody acted on it")] = 0


class AlertActDone(Struct, frozen=True):
    """The act as it is stored; `id` is the `last_act` of whoever acts on the same alert after having seen this one."""

    id: int
    rule: str
    subject: str
    kind: str
    on_day: int
    until_day: int


class AlertInForce(Struct, frozen=True):
    """An alert of today, and the last act on it; null where nobody acted on it yet."""

    rule: str
    subject: str
    tier: str
    text: str
    last_act: AlertActDone | None


class AlertsPage(Struct, frozen=True):
    """The alerts of a patient today that are something for the caller's role."""

    alerts: tuple[AlertInForce, ...]
    head: int
