"""What a row tells of a stretch of time: a symptom is there until its end, a session lasts, sleep is of a night."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from assuage.imports.meanings import Meaning
from assuage.imports.moments import At, DateSpan
from assuage.terms.symptoms import GONE_STATES

_A_DAY = 24 * 60


def over_its_span(
    plain: dict[str, Any], meaning: Meaning, span: DateSpan
) -> Iterator[tuple[At, dict[str, Any]]]:
    """The entries of a cell with the moment of each: one, or one for each day of an episode and one for its end."""
    start, end, still_going = span
    if meaning.night is not None:
        yield night_of(meaning, start), plain
        return
    lasting = plain["kind"] == "symptom" and plain["state"] not in GONE_STATES
    # That it lasts is said of the day on which it was written, and of no other.
    yield start, plain | _minutes(plain, span) | ({"note": still_going} if lasting and still_going else {})
    if not lasting or end is None:
        return
    days = start.days_until(end)
    for later in range(1, days):
        yield At(start.moved(later).day), plain
    if days > 0 or (end.minute is not None and start.minute is not None and end.minute > start.minute):
        gone = {name: value for name, value in plain.items() if name not in ("severity", "time")}
        yield end, gone | {"state": "resolved"}


def night_of(meaning: Meaning, start: At) -> At:
    """When the value of a row is of: a night is judged on the morning after it, whenever the row was written."""
    if meaning.night is None:
        return start
    return At(start.moved(1).day if meaning.night == "after" else start.day, "morning")


def _minutes(plain: dict[str, Any], span: DateSpan) -> dict[str, Any]:
    """How long a session lasted, where start and end have a time and the diary does not say it elsewhere."""
    start, end, _ = span
    if plain["kind"] != "therapy" or "minutes" in plain or end is None:
        return {}
    if start.minute is None or end.minute is None:
        return {}
    minutes = start.days_until(end) * _A_DAY + end.minute - start.minute
    return {"minutes": minutes} if minutes > 0 else {}
