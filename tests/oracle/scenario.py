"""How a scenario is written: its entries, and what is so on a day. `ended` closes a record on a later day."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

Entry = Mapping[str, Any]
Scenario = tuple[list[Entry], dict[tuple[int, str], object]]
"""Entries, and what is so by day: of `phase`, `moved`, `flags`, `in force`, `breaches`, a gate or a criterion."""


def at(day: int, kind: str, **fields: Any) -> Entry:
    return {"day": day, "kind": kind, **fields}


def score(day: int, value: float, scale: str = "pain", **more: Any) -> Entry:
    return at(day, "score", scale=scale, value=value, **more)


def scores(first: int, last: int, value: float, scale: str = "pain", **more: Any) -> list[Entry]:
    return [score(day, value, scale, **more) for day in range(first, last + 1)]


def ranges(first: int, last: int, low: float, high: float, scale: str = "pain", **more: Any) -> list[Entry]:
    days = range(first, last + 1)
    return [at(day, "score", scale=scale, low=low, high=high, **more) for day in days]


def neck(first: int, last: int, value: float, **more: Any) -> list[Entry]:
    return scores(first, last, value, site="neck", **more)


def told(first: int, last: int) -> list[Entry]:
    return [at(day, "note", text="nothing new", by="patient") for day in range(first, last + 1)]


def symptom(day: int, what: str, state: str, **more: Any) -> Entry:
    return at(day, "symptom", what=what, state=state, **more)


def therapy(day: int, what: str, **more: Any) -> Entry:
    return at(day, "therapy", what=what, **more)


def drug(day: int, name: str, do: str = "start", **more: Any) -> Entry:
    return at(day, "medication", drug=name, do=do, **more)


def decided(day: int, do: str, to: str | None = None, because: str = "an example", **more: Any) -> Entry:
    return at(day, "decision", do=do, because=because, **({} if to is None else {"to": to}), **more)


def checked(day: int, *absent: str, **states: str) -> Entry:
    return at(day, "red_flag_check", flags={**dict.fromkeys(absent, "absent"), **states})


def ended(day: int) -> Entry:
    return at(day, "note", text="the end")


EXAMINED = ("dissection", "myelopathy", "progressive")
