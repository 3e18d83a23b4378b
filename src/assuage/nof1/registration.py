"""When a trial was drawn, so that others can check it: a file to sign, a hash to publish, and the draws before it.

A clock can be set back and a file rewritten. Whoever publishes the hash (in a registry, a mail, a signed commit) has
the time of that place as a witness; whoever signs the file has that of the signature. A draw that is repeated in the
same place carries those before it, each with its time, its seal and its hash.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, cast

from assuage.catalogue.message import Message, message
from assuage.errors import InputError, Problem, Problems
from assuage.nof1.plan import TrialPlan
from assuage.nof1.plan_file import to_json as plan_to_json

FORMAT = "assuage-nof1-registration/1"


@dataclass(frozen=True)
class EarlierDraw:
    """A draw that was repeated: when it was made, its seal, and the hash that could have been published."""

    drawn_at: str
    seal: str
    digest: str


@dataclass(frozen=True)
class TrialRegistration:
    """One draw: when, of which plan, whether the seed was known beforehand, and those before it."""

    drawn_at: str
    plan_sha256: str
    seal: str
    seed_given: bool
    earlier: tuple[EarlierDraw, ...] = ()

    @property
    def digest(self) -> str:
        """The hash to publish: the SHA-256 of all of it."""
        return _digest(self._content())

    def _content(self) -> dict[str, Any]:
        return {
            "format": FORMAT,
            "drawn_at": self.drawn_at,
            "plan_sha256": self.plan_sha256,
            "seal": self.seal,
            "seed_given": self.seed_given,
            "earlier": [vars(draw) for draw in self.earlier],
        }

    def to_json(self) -> dict[str, Any]:
        """The registration as its file holds it, with its hash."""
        return {**self._content(), "publish": self.digest}


def register(
    plan: TrialPlan, seed_given: bool, at: datetime, before: TrialRegistration | None = None
) -> TrialRegistration:
    """The registration of a draw made at that time; `before` is the one that stood in the same place."""
    earlier = (
        () if before is None else (*before.earlier, EarlierDraw(before.drawn_at, before.seal, before.digest))
    )
    drawn_at = at.astimezone(UTC).isoformat(timespec="seconds")
    return TrialRegistration(drawn_at, _digest(plan_to_json(plan)), plan.seal, seed_given, earlier)


def registration_of(value: object, document: str) -> TrialRegistration:
    """The registration out of JSON. Problems where it is none, or does not have the hash that it says."""
    given: Mapping[str, Any] = cast("Mapping[str, Any]", value) if isinstance(value, Mapping) else {}
    try:
        earlier = tuple(EarlierDraw(**draw) for draw in given["earlier"])
        read = TrialRegistration(
            str(given["drawn_at"]),
            str(given["plan_sha256"]),
            str(given["seal"]),
            bool(given["seed_given"]),
            earlier,
        )
    except (KeyError, TypeError):
        raise Problems(document, [Problem("", message("trial.no-registration"))]) from None
    if given.get("format") != FORMAT or given.get("publish") != read.digest:
        raise Problems(document, [Problem("", message("trial.no-registration"))])
    return read


def registered_message(registration: TrialRegistration, plan: TrialPlan, published: str | None) -> Message:
    """When it was drawn, how often before, and the hash. InputError where the plan or the published hash is another."""
    if registration.plan_sha256 != _digest(plan_to_json(plan)):
        raise InputError(message("trial.plan-changed"))
    if published is not None and published.strip().lower() != registration.digest:
        raise InputError(message("trial.published-differs"))
    return message(
        "nof1.registered",
        at=registration.drawn_at,
        digest=registration.digest,
        earlier=len(registration.earlier) or None,
        known=message("nof1.seed-given") if registration.seed_given else None,
        published=None if published is None else message("nof1.published"),
    )


def _digest(content: Mapping[str, Any]) -> str:
    text = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()
