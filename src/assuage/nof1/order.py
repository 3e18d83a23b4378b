"""The drawn order: for each pair, which of its two days has the exposure. Kept apart from the plan.

A pair's order is a fair coin of its own, so that every one of the 2^pairs orders was possible; the permutation test
rests on that. The seal in the plan is a digest of the order with its seed: whoever holds the plan cannot read the
order from it, and can tell later that it was not changed.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, cast

from assuage.catalogue.message import message
from assuage.errors import InputError, Problem, Problems
from assuage.nof1.plan import MOST_PAIRS, TrialPlan

FORMAT = "assuage-nof1-order/1"


@dataclass(frozen=True)
class Order:
    """`first[k]` says that pair k has the exposure on its first day. `seed` is the hexadecimal text it came from."""

    seed: str
    first: tuple[bool, ...]

    @property
    def seal(self) -> str:
        """The digest that the plan keeps."""
        coins = "".join("E" if exposed_first else "C" for exposed_first in self.first)
        return hashlib.sha256(f"{FORMAT}:{self.seed}:{coins}".encode()).hexdigest()

    def exposed(self, plan: TrialPlan, pairs: int | None = None) -> tuple[int, ...]:
        """The days with the exposure, of the first `pairs` pairs."""
        return self._days(plan, pairs, True)

    def controls(self, plan: TrialPlan, pairs: int | None = None) -> tuple[int, ...]:
        """The days with the control."""
        return self._days(plan, pairs, False)

    def _days(self, plan: TrialPlan, pairs: int | None, exposed: bool) -> tuple[int, ...]:
        which = self.first if pairs is None else self.first[:pairs]
        return tuple(plan.occasions(k)[0 if first is exposed else 1] for k, first in enumerate(which))


def draw(plan: TrialPlan, seed: str | None = None) -> tuple[TrialPlan, Order]:
    """The plan with its seal, and the order. Without a seed one of 128 bits is taken from the system's randomness."""
    seed = secrets.token_hex(16) if seed is None else seed
    # A digest a coin: the same order on every machine and in every version of Python.
    coins = (
        hashlib.sha256(f"{seed}:{pair}".encode()).digest()[0] < 128 for pair in range(plan.stopping.pairs)
    )
    order = Order(seed, tuple(coins))
    return replace(plan, seal=order.seal), order


def to_json(order: Order, plan: TrialPlan) -> dict[str, Any]:
    """The order as JSON holds it, with the days written out for whoever books the sessions."""
    pairs: list[dict[str, Any]] = []
    for pair, first in enumerate(order.first):
        days = plan.occasions(pair)
        done = (plan.exposure, plan.control) if first else (plan.control, plan.exposure)
        pairs.append(
            {"pair": pair + 1, "first": {"on": plan.date_of(days[0]), "do": done[0]}}
            | {"second": {"on": plan.date_of(days[1]), "do": done[1]}}
        )
    coins = "".join("E" if exposed_first else "C" for exposed_first in order.first)
    return {"format": FORMAT, "seed": order.seed, "first": coins, "seal": order.seal, "pairs": pairs}


def order_of(value: object, document: str, plan: TrialPlan) -> Order:
    """The order out of JSON. Problems where it is no order; InputError where it is not the plan's own."""
    given: Mapping[str, Any] = cast("Mapping[str, Any]", value) if isinstance(value, Mapping) else {}
    coins, seed = given.get("first"), given.get("seed")
    if given.get("format") != FORMAT or not isinstance(coins, str) or not isinstance(seed, str):
        raise Problems(document, [Problem("", message("trial.no-order"))])
    if not coins or set(coins) - {"E", "C"} or len(coins) > MOST_PAIRS:
        raise Problems(document, [Problem("first", message("trial.not-the-letters"))])
    order = Order(seed, tuple(coin == "E" for coin in coins))
    if len(coins) != plan.stopping.pairs or order.seal != plan.seal:
        raise InputError(message("trial.not-this-order", document=document))
    return order
