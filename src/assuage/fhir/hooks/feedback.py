"""What became of cards: accepted, or gone past and why, for each rule; and which causes were lately gone past.

Kept in a file of SQLite, or in memory where none is named. Nothing of a patient is in it: patients and causes stand as
keyed digests, of a comment only that there was one. It also knows which tokens were used, so that each is used once.
"""

from __future__ import annotations

import json
import secrets
import sqlite3
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from hashlib import blake2b
from pathlib import Path
from threading import Lock
from typing import Any, NamedTuple, cast

from assuage.catalogue.message import message
from assuage.errors import InputError, SurroundingsError
from assuage.fhir.hooks.card import Cause, HookCard
from assuage.safety.alerts import SAME_CAUSE_DAYS

NO_REASON = "-"  # what gone past without a coded reason is counted under
MOST_CODE = 64  # letters of the code of a reason (ours)
KEPT = timedelta(days=730)  # how long a card and its feedback are kept (ours)
_TABLES = """
create table if not exists secret (value blob not null);
create table if not exists card (
  uuid text primary key, service text not null, about text not null, patient text not null,
  rules text not null, causes text not null, first text not null, last text not null, shown integer not null);
create table if not exists feedback (
  card text not null, outcome text not null, reason text not null, commented integer not null, acted text not null,
  told text not null, unique (card, outcome, acted));
create index if not exists card_patient on card (patient);
create table if not exists token (digest text primary key, until text not null);
"""


class RuleFeedback(NamedTuple):
    """Of one rule: on how many cards it stood, how often one was accepted, and how often gone past, by the reason."""

    rule: str
    cards: int
    accepted: int
    overridden: dict[str, int]


class GonePast:
    """Causes that somebody lately went past, as their digests: it can be asked whether one is among them."""

    def __init__(self, store: FeedbackStore, digests: frozenset[str]) -> None:
        self._store, self._digests = store, digests

    @property
    def digests(self) -> frozenset[str]:
        """What stands for the causes."""
        return self._digests

    def __contains__(self, cause: object) -> bool:
        return bool(self._digests) and self._store.digest(*cast("Cause", cause)) in self._digests


class FeedbackStore:
    """The cards that were given and what became of them; `path` None keeps them in memory."""

    def __init__(self, path: str | Path | None = None) -> None:
        try:
            self._sql = sqlite3.connect(":memory:" if path is None else str(path), check_same_thread=False)
            self._sql.executescript(_TABLES)
            self._sql.execute("pragma synchronous = normal")
            row = self._sql.execute("select value from secret").fetchone()
            if row is None:
                self._sql.execute("insert into secret values (?)", (secrets.token_bytes(32),))
                row = self._sql.execute("select value from secret").fetchone()
            self._sql.commit()
        except sqlite3.Error as error:
            raise InputError(message("hooks.no-place-for-feedback", path=path, why=error)) from None
        if path is not None:
            Path(path).chmod(0o600)
        self.key: bytes = row[0]
        self._lock = Lock()

    def close(self) -> None:
        """Close the file."""
        self._sql.close()

    def digest(self, *parts: str) -> str:
        """What stands for a patient or a cause in the file."""
        told = "\x1f".join(parts).encode("utf-8", "replace")
        return blake2b(told, digest_size=16, key=self.key).hexdigest()

    # --- cards --------------------------------------------------------------------------------------

    def given(self, service: str, patient: str, cards: Iterable[tuple[str, HookCard]], now: datetime) -> None:
        """Note the cards that were given, each with its uuid; one of the same meaning is one card."""
        who, at = self.digest("patient", patient), now.isoformat()
        with self._lock, _kept():
            for uuid, card in cards:
                rules = json.dumps(sorted({rule for rule, _ in card.causes}))
                causes = json.dumps(
                    [] if card.about == "stop" else [self.digest(*each) for each in card.causes]
                )
                self._sql.execute(
                    "insert into card values (?, ?, ?, ?, ?, ?, ?, ?, 1) "
                    "on conflict (uuid) do update set last = excluded.last, shown = shown + 1",
                    (uuid, service, card.about, who, rules, causes, at, at),
                )
            self._sql.execute("delete from card where last < ?", ((now - KEPT).isoformat(),))
            self._sql.commit()

    def gone_past(self, patient: str, now: datetime) -> GonePast:
        """The causes that somebody went past for a patient within the last 14 days; never what stops."""
        since = (now - timedelta(days=SAME_CAUSE_DAYS)).isoformat()
        with self._lock, _kept():
            rows = self._sql.execute(
                "select causes from card join feedback on feedback.card = card.uuid "
                "where patient = ? and outcome = 'overridden' and told >= ? and about <> 'stop'",
                (self.digest("patient", patient), since),
            ).fetchall()
        return GonePast(self, frozenset(cause for (causes,) in rows for cause in json.loads(causes)))

    # --- feedback -----------------------------------------------------------------------------------

    def heard(self, feedback: Sequence[dict[str, Any]], now: datetime) -> int:
        """Keep feedback that was checked, of cards that were given; how many of it that was comes back."""
        kept = 0
        with self._lock, _kept():
            for each in feedback:
                override = _within(each, "overrideReason")
                reason = str(_within(override, "reason").get("code", ""))[:MOST_CODE]
                card = str(each["card"]).removeprefix("urn:uuid:").lower()
                if self._sql.execute("select 1 from card where uuid = ?", (card,)).fetchone() is None:
                    continue
                acted = str(each["outcomeTimestamp"])
                # 14 days count by our clock: that of the caller may be wrong.
                row = (card, each["outcome"], reason, int("userComment" in override), acted, now.isoformat())
                done = self._sql.execute("insert or ignore into feedback values (?, ?, ?, ?, ?, ?)", row)
                kept += done.rowcount > 0
            self._sql.commit()
        return kept

    def statistics(self) -> tuple[RuleFeedback, ...]:
        """What became of the cards of each rule, by its id."""
        with self._lock, _kept():
            cards = self._sql.execute("select uuid, rules from card").fetchall()
            told = self._sql.execute("select card, outcome, reason from feedback").fetchall()
        rules_of = {uuid: json.loads(rules) for uuid, rules in cards}
        counted: dict[str, RuleFeedback] = {}
        for rules in rules_of.values():
            for rule in rules:
                before = counted.get(rule) or RuleFeedback(rule, 0, 0, {})
                counted[rule] = before._replace(cards=before.cards + 1)
        for card, outcome, reason in told:
            for rule in rules_of.get(card, ()):
                before = counted[rule]
                if outcome == "accepted":
                    counted[rule] = before._replace(accepted=before.accepted + 1)
                else:
                    key = reason or NO_REASON
                    counted[rule] = before._replace(
                        overridden=before.overridden | {key: before.overridden.get(key, 0) + 1}
                    )
        return tuple(counted[rule] for rule in sorted(counted))

    # --- tokens -------------------------------------------------------------------------------------

    def first_use(self, issuer: str, name: str, until: datetime, now: datetime) -> bool:
        """Whether a token (`jti`) of an issuer is used for the first time; it is known until it is over."""
        with self._lock, _kept():
            self._sql.execute("delete from token where until < ?", (now.isoformat(),))
            done = self._sql.execute(
                "insert or ignore into token values (?, ?)",
                (self.digest("token", issuer, name), until.isoformat()),
            )
            self._sql.commit()
        return done.rowcount > 0


def _within(plain: dict[str, Any], key: str) -> dict[str, Any]:
    value = plain.get(key)
    return cast("dict[str, Any]", value) if type(value) is dict else {}


class _kept:  # noqa: N801 - reads as a clause beside the lock
    """What the file cannot do is told as what the machine cannot do."""

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: object, error: object, trace: object) -> None:
        if isinstance(error, sqlite3.Error):
            raise SurroundingsError(message("hooks.feedback-unwritable")) from None
