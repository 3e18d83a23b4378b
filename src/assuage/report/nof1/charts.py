"""The pictures of a trial of one: the ratings pair by pair, the looks, the likeliest effect, the draw repeated."""

from __future__ import annotations

from collections.abc import Iterator

from assuage.nof1.analyse import Analysis
from assuage.report import plots as p
from assuage.report.look.tokens import ESTIMATE, LINE, QUIET, STOP, TEXT, Token
from assuage.report.nof1 import words
from assuage.report.plots import ROW, NumberScale
from assuage.report.svg.shapes import Paint, Shape, SvgLine, SvgPath, SvgPicture, SvgRect

_TALL = 170  # pixels of a scale that stands
_LEFT, _RIGHT = 30, 12  # margins: the numbers of a scale, half the last number below


def pictures(analysis: Analysis, width: float = p.WIDE) -> Iterator[SvgPicture]:
    """Those for which there is something to draw."""
    if any(period.response is not None for period in analysis.periods):
        yield pairs(analysis, width)
    if analysis.primary.looks:
        yield looks(analysis, width)
        yield posterior(analysis, width)
        yield permutation(analysis, width)


def _picture(
    name: str, width: float, height: float, title: str, shows: str, shapes: list[Shape]
) -> SvgPicture:
    suffix = "" if width == p.WIDE else "-phone"
    return SvgPicture(name + suffix, width, height, title, shows, "en", tuple(shapes))


def _headed(title: str, key: str, width: float) -> tuple[list[Shape], float]:
    """The title and what the marks mean, and where the rest begins."""
    first = p.lines_of_text(0, ROW, title, width, bold=True)
    second = p.lines_of_text(0, ROW * (len(first) + 1) + 3, key, width)
    return [*first, *second], ROW * (len(first) + len(second)) + 16


def pairs(analysis: Analysis, width: float) -> SvgPicture:
    """A place for each period in the order of the days: its counted ratings, and their mean."""
    plan = analysis.plan
    title = f"{plan.outcome.title} in each period"
    key = (
        f"triangles: {plan.exposure}; dots: {plan.control}; first period of a pair on the left, its days from left to "
        "right; line: mean"
    )
    shapes, top = _headed(title, key, width)
    count = max(period.pair for period in analysis.periods)
    across = NumberScale(0, 3 * count, _LEFT, width - _RIGHT)
    up = NumberScale(plan.outcome.low, plan.outcome.high, top + _TALL, top)
    shapes += p.standing_axis(up, _LEFT, width - _RIGHT, up.ticks())
    for at, period in enumerate(analysis.periods):
        place = 3 * (period.pair - 1) + at % 2 + 1
        exposed = period.exposed
        tone = STOP if exposed else TEXT
        apart = 0.8 / max(len(period.ratings) - 1, 1)
        for step, value in enumerate(period.ratings):
            if value is not None:
                x, y = across.at(place - 0.4 + apart * step), up.at(value)
                shapes.append(p.triangle(x, y, tone, 4.4) if exposed else p.dot(x, y, tone, radius=4))
        if period.response is not None:
            y = up.at(period.response)
            shapes.append(
                SvgLine(across.at(place - 0.4), y, across.at(place + 0.4), y, Paint(stroke=tone, width=3))
            )
    for pair in range(count):
        name = f"pair {pair + 1}" if width / count > 60 else str(pair + 1)
        shapes.append(p.text(across.at(3 * pair + 1.5), up.begins + ROW + 2, name, QUIET, "middle"))
    shows = "The days of each period, pair by pair in the order that was drawn."
    return _picture("pairs", width, up.begins + 2 * ROW, title, shows, shapes)


def looks(analysis: Analysis, width: float) -> SvgPicture:
    """The two probabilities at each look, and the bounds at which the rule stops."""
    stop, reading = analysis.plan.stopping, analysis.primary
    title = "What the rule saw at each look"
    key = "triangles: P(worse); dots: P(better); dashed: where the rule stops" + (
        "; upright line: stopped" if reading.stopped else ""
    )
    shapes, top = _headed(title, key, width)
    last = max(stop.pairs, max(look.pairs for look in reading.looks))
    across = NumberScale(stop.first - 0.5, last + 0.5, _LEFT, width - _RIGHT)
    up = NumberScale(0, 1, top + ROW + _TALL, top + ROW)
    shapes += p.standing_axis(up, _LEFT, width - _RIGHT, (0, 0.5, 1))
    y = up.at(stop.sure)
    shapes.append(SvgLine(across.begins, y, across.ends, y, Paint(stroke=STOP, width=1.5, dash=(5, 4))))
    shapes.append(p.text(across.ends, y - 6, f"above {stop.sure:g}", STOP, "end"))
    worse = [(across.at(look.pairs), up.at(look.worse)) for look in reading.looks]
    better = [(across.at(look.pairs), up.at(look.better)) for look in reading.looks]
    for points, tone in ((worse, STOP), (better, ESTIMATE)):
        if len(points) > 1:
            shapes.append(SvgPath(tuple(points), Paint(stroke=tone, width=1.6)))
    shapes += [p.triangle(x, y, STOP, 5) for x, y in worse]
    shapes += [p.dot(x, y, ESTIMATE, radius=4.4) for x, y in better]
    if reading.stopped is not None:
        x = across.at(reading.stopped.pairs)
        shapes.append(SvgLine(x, up.ends, x, up.begins, Paint(stroke=TEXT, width=1.4)))
    step = 1 if (across.ends - across.begins) / (last - stop.first + 1) > 20 else 2
    for number in range(stop.first, last + 1, step):
        shapes.append(p.text(across.at(number), up.begins + ROW + 2, str(number), QUIET, "middle"))
    middle = (across.begins + across.ends) / 2
    shapes.append(p.text(middle, up.begins + 2 * ROW + 4, "pairs completed", QUIET, "middle"))
    shows = " ".join(f"{words.look_in_words(look)}." for look in reading.looks)
    return _picture("looks", width, up.begins + 3 * ROW, title, shows, shapes)


def posterior(analysis: Analysis, width: float) -> SvgPicture:
    """The density of the difference, with 0 and the point that is worth knowing."""
    reading = analysis.primary
    at = reading.decides
    assert at is not None
    worth = reading.worth
    better = reading.outcome.higher_is == "better"
    title = "How large the difference may be"
    key = f"after {at.pairs} pairs, {words.shape_in_words(at.effect.shape)}; dark: {worth:g} or more towards worse"
    shapes, top = _headed(title, key, width)
    sizes = [size for size, _ in reading.posterior]
    across = NumberScale(min(sizes), max(sizes), _LEFT, width - _RIGHT)
    up = NumberScale(0, max(height for _, height in reading.posterior), top + ROW + 140, top + ROW)
    shapes += p.lying_axis(across, up.ends, up.begins, f"points of {reading.outcome.code}: less ← → more")
    curve = [(across.at(size), up.at(height)) for size, height in reading.posterior]
    above = [
        place
        for (size, _), place in zip(reading.posterior, curve, strict=True)
        if (size <= -worth if better else size >= worth)
    ]
    shapes.append(SvgPath((*_footed(curve, up.begins),), Paint(LINE, TEXT, 1.4), closed=True))
    if len(above) > 1:
        shapes.append(SvgPath((*_footed(above, up.begins),), Paint(STOP), closed=True))
    for size, name in ((0.0, "none"), (-worth if better else worth, f"{worth:g}")):
        if across.low <= size <= across.high:
            x = across.at(size)
            shapes.append(SvgLine(x, up.ends - 4, x, up.begins, Paint(stroke=QUIET)))
            # Two names closer than their letters would stand in each other.
            anchor = "end" if size == 0 else "start"
            shapes.append(p.text(x + (-4 if size == 0 else 4), up.ends - 4, name, TEXT, anchor))
    shows = f"How large the difference may be: {words.look_in_words(at)}."
    return _picture("posterior", width, up.begins + 3 * ROW, title, shows, shapes)


def _footed(curve: list[tuple[float, float]], foot: float) -> Iterator[tuple[float, float]]:
    """The curve with its two feet, so that it closes to an area."""
    yield curve[0][0], foot
    yield from curve
    yield curve[-1][0], foot


def permutation(analysis: Analysis, width: float) -> SvgPicture:
    """How far each order would have lain from none if the order changed nothing, and the one that was drawn."""
    reading = analysis.primary
    test = reading.test
    assert test is not None
    total = sum(count for _, count in test.piles)
    edge = max(abs(size) for size, _ in test.piles) or 1.0
    wide = 0.25
    title = "What other orders would have given"
    key = f"if the order changed nothing; {test.pairs} pairs, two-sided p {test.p:.3g}"
    shapes, top = _headed(title, key, width)
    across = NumberScale(-edge - wide, edge + wide, _LEFT + 14, width - _RIGHT)
    up = NumberScale(0, max(count for _, count in test.piles) / total, top + ROW + 130, top + ROW)
    shapes += p.standing_axis(up, across.begins, across.ends, up.ticks())
    for value in across.ticks():
        name = p.written_number(value)
        shapes.append(p.text(across.at(value), up.begins + ROW + 2, name, QUIET, "middle"))
    for size, count in test.piles:
        left, right = across.at(size - 0.45 * wide), across.at(size + 0.45 * wide)
        height = up.begins - up.at(count / total)
        shapes.append(SvgRect(left, up.at(count / total), right - left, height, Paint(QUIET)))
    x = across.at(test.z)
    seen: Token = STOP
    shapes.append(SvgLine(x, up.ends - 2, x, up.begins, Paint(stroke=seen, width=2.5)))
    right = test.z > 0
    name = f"drawn: {test.z:+.1f}"
    shapes.append(p.text(x + (-6 if right else 6), up.ends - 4, name, seen, "end" if right else "start"))
    middle = (across.begins + across.ends) / 2
    below = "share of the orders, by their farthest shape in standard errors: better ← → worse"
    lines = p.lines_of_text(0, up.begins + 2 * ROW + 4, below, width)
    shapes += lines if len(lines) > 1 else [p.text(middle, up.begins + 2 * ROW + 4, below, QUIET, "middle")]
    height = up.begins + (2 + len(lines)) * ROW
    shows = words.test_in_words(test, reading.effects[test.farthest].shape)
    return _picture("permutation", width, height, title, shows, shapes)
