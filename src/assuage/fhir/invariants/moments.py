"""Which of two moments of FHIR is the later one, as FHIRPath compares them: part by part, as far as both go."""

from __future__ import annotations

from datetime import UTC, datetime


def no_later_than(first: object, second: object) -> bool | None:
    """Whether the first is no later than the second; None where one is written less fully and that would decide.

    `2026-03` is neither before nor after `2026-03-05`, and a day neither before nor after an hour of that day.
    """
    if not isinstance(first, str) or not isinstance(second, str):
        return None
    if "T" in first and "T" in second:
        if first[19:] == second[19:]:  # the same fraction and offset: the texts compare as the moments do
            return first[:19] <= second[:19]
        try:
            return _instant(first) <= _instant(second)
        except (ValueError, TypeError, OverflowError):
            return None  # what is no moment is said elsewhere
    # Year, month, day: fixed widths, so that texts compare as their parts do.
    shared = min(len(first.partition("T")[0]), len(second.partition("T")[0]))
    if first[:shared] != second[:shared]:
        return first[:shared] < second[:shared]
    return True if len(first) == len(second) else None


def _instant(written: str) -> datetime:
    # Python knows no leap second; the last one before it is as near as anybody needs.
    moment = datetime.fromisoformat(written.replace(":60", ":59", 1) if ":60" in written else written)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
