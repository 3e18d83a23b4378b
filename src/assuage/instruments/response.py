"""How much a pain score changed: the IMMPACT thresholds, by percent and by points.

The two disagree for some baselines; percent is preferred because it is stable across baselines (Farrar
2001), and both are reported. The thresholds classify a patient, not a group mean.
"""

from __future__ import annotations

from collections.abc import Mapping

from assuage.catalogue.message import Message, Wording, message
from assuage.instruments.model import Item
from assuage.instruments.reading import InputReader, Span
from assuage.instruments.result import Scored, ScoredPart, Value, interval
from assuage.instruments.sources import sources_named
from assuage.instruments.texts import word_wording
from assuage.terms.answers import UNKNOWN, Answer, answer

# (at least this much, name), the largest first. 10 to below 20 percent is printed as minimal; 20 to below
# 30 has no printed label and is minimal by our policy.
BY_PERCENT: tuple[tuple[float, str], ...] = ((50, "substantial"), (30, "moderate"), (10, "minimal"))
BY_POINTS: tuple[tuple[float, str], ...] = ((4, "substantial"), (2, "moderate"), (1, "minimal"))
RESPONDER_PERCENT = 30.0

_LISTED = Wording("instrument.immpact-listed", "Pain response, IMMPACT thresholds (baseline, follow)")
RESPONSES: dict[str, Wording] = {"immpact": _LISTED, "pain_response": _LISTED}
_SOURCES = sources_named("dworkin2008", "farrar2001", "farrar2010")
BASELINE = Item("baseline", 0, 10, "pain at baseline", whole=False)
FOLLOW_UP = Item("follow", 0, 10, "pain at follow-up", whole=False)
TITLE = Wording("instrument.immpact", "Pain response (IMMPACT)")
_ASKED = {"baseline": message("score.baseline"), "follow": message("score.follow")}


def change_of(baseline: float, follow: float) -> tuple[float, float | None]:
    """The fall in points and in percent of the baseline; no percentage of a baseline of 0."""
    points = round(baseline - follow, 9)
    return points, round(100 * points / baseline, 7) if baseline else None


def size_of_fall(fall: float | None, steps: tuple[tuple[float, str], ...]) -> str | None:
    """The name of a fall: substantial, moderate, minimal, none or worse; None for no number."""
    if fall is None:
        return None
    if fall < 0:
        return "worse"
    return next((name for at, name in steps if fall >= at), "none")


def respond(held: Mapping[str, object], reading: InputReader) -> Scored:
    """The response from `baseline` and `follow`, pain 0 to 10; either may be null or a range."""
    reading.unknown_keys(
        "", held, ("baseline", "follow", "instrument"), message("word.field-in", of="immpact")
    )
    baseline = reading.number("baseline", held.get("baseline"), BASELINE)
    follow = reading.number("follow", held.get("follow"), FOLLOW_UP)
    missing = tuple(key for key, span in (("baseline", baseline), ("follow", follow)) if _open(span))
    # The fall grows with the baseline and shrinks with the follow-up, in points and in percent alike.
    low_base, high_base = baseline or (0.0, 10.0)
    low_follow, high_follow = follow or (0.0, 10.0)
    least, most = change_of(low_base, high_follow), change_of(high_base, low_follow)
    improved = {_responds(least[1]), _responds(most[1])}
    verdict: Answer = answer(improved.pop()) if len(improved) == 1 else UNKNOWN
    exact = not missing
    values: dict[str, Value] = {
        "baseline": None if baseline is None else interval(*baseline),
        "follow": None if follow is None else interval(*follow),
        "points": most[0] if exact else {"low": least[0], "high": most[0]},
        "percent": most[1] if exact else None,
        "by_percent": _agreed(least[1], most[1], BY_PERCENT),
        "by_points": _agreed(least[0], most[0], BY_POINTS),
    }
    open_items = missing if verdict is UNKNOWN else ()
    return Scored(
        "immpact",
        _because(most, values)
        if exact
        else message("score.not-exactly", what=tuple(map(_ASKED.__getitem__, missing))),
        TITLE,
        answer=verdict,
        parts={
            "by_percent": ScoredPart(message("score.by-percent"), verdict),
            "by_points": ScoredPart(message("score.by-points"), _by_points(least, most)),
        },
        missing=open_items,
        asks=tuple(map(_ASKED.__getitem__, open_items)),
        sources=_SOURCES,
        notes=_notes(baseline, values),
        values=values,
    )


def _open(span: Span | None) -> bool:
    return span is None or span[0] != span[1]


def _responds(percent: float | None) -> bool:
    return percent is not None and percent >= RESPONDER_PERCENT


def _by_points(least: tuple[float, float | None], most: tuple[float, float | None]) -> Answer:
    reached = {least[0] >= BY_POINTS[1][0], most[0] >= BY_POINTS[1][0]}
    return answer(reached.pop()) if len(reached) == 1 else UNKNOWN


def _agreed(least: float | None, most: float | None, steps: tuple[tuple[float, str], ...]) -> str | None:
    names = {size_of_fall(least, steps), size_of_fall(most, steps)}
    return names.pop() if len(names) == 1 else None


def _because(change: tuple[float, float | None], values: Mapping[str, Value]) -> Message:
    points, percent = change
    if percent is None:
        return message("score.no-percentage")
    sizes = {key: word_wording(str(values[key])) for key in ("by_percent", "by_points")}
    return message(
        "score.pain-fell" if points >= 0 else "score.pain-rose",
        points=abs(points),
        percent=abs(percent),
        **sizes,
    )


def _notes(baseline: Span | None, values: Mapping[str, Value]) -> tuple[Message, ...]:
    notes = [message("score.responder")]
    if values["by_percent"] != values["by_points"] and values["by_percent"] is not None:
        notes.append(message("score.percent-and-points"))
    percent = values["percent"]
    if isinstance(percent, float) and 20 <= percent < 30:
        notes.append(message("score.no-label"))
    if baseline is not None and baseline[1] < 4:
        notes.append(message("score.low-baseline"))
    return tuple(notes)
