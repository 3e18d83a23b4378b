"""The pictures of a re-challenge: the ratings pair by pair, the looks, the posterior, the permutation."""

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
    if analysis.looks:
        yield looks(analysis, width)
    if analysis.posterior:
        yield posterior(analysis, width)
    if analysis.permutation is not None:
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
    """A place for each session in the order of the days: the ratings of the three days after it, and their mean."""
    plan = analysis.plan
    title = f"{plan.outcome.title} on the three days after each session"
    key = (
        f"triangles: after {plan.exposure}; dots: after {plan.control}; first session of a pair on the left; "
        "line: mean, nearest days weigh most"
    )
    shapes, top = _headed(title, key, width)
    count = max(period.pair for period in analysis.periods)
    across = NumberScale(0, 3 * count, _LEFT, width - _RIGHT)
    up = NumberScale(plan.outcome.low, plan.outcome.high, top + _TALL, top)
    shapes += p.standing_axis(up, _LEFT, width - _RIGHT, up.ticks())
    for at, period in enumerate(analysis.periods):
        place = 3 * (period.pair - 1) + at % 2 + 1
        exposed = period.done == plan.exposure
        tone = STOP if exposed else TEXT
        for step, value in enumerate(period.ratings):
            if value is not None:
                x, y = across.at(place + 0.2 * (step - 1)), up.at(value)
                shapes.append(p.triangle(x, y, tone, 4.4) if exposed else p.dot(x, y, tone, radius=4))
        if period.response is not None:
            y = up.at(period.response)
            shapes.append(
                SvgLine(across.at(place - 0.4), y, across.at(place + 0.4), y, Paint(stroke=tone, width=3))
            )
    for pair in range(count):
        name = f"pair {pair + 1}" if width / count > 60 else str(pair + 1)
        shapes.append(p.text(across.at(3 * pair + 1.5), up.begins + ROW + 2, name, QUIET, "middle"))
    shows = "The days after each session, pair by pair in the order that was drawn."
    return _picture("pairs", width, up.begins + 2 * ROW, title, shows, shapes)


def looks(analysis: Analysis, width: float) -> SvgPicture:
    """The two probabilities at each look, and the bounds at which the rule stops."""
    stop = analysis.plan.stopping
    title = "What the rule saw at each look"
    key = "triangles: P(a rise); dots: P(more than 1 point); dashed: where the rule stops" + (
        "; upright line: stopped" if analysis.stopped else ""
    )
    shapes, top = _headed(title, key, width)
    last = max(stop.pairs, max(look.pairs for look in analysis.looks))
    across = NumberScale(stop.first - 0.5, last + 0.5, _LEFT, width - _RIGHT)
    up = NumberScale(0, 1, top + ROW + _TALL, top + ROW)
    shapes += p.standing_axis(up, _LEFT, width - _RIGHT, (0, 0.5, 1))
    bounds = (
        (stop.harm, f"for harm: P(a rise) above {stop.harm:g}", STOP),
        (stop.safe, f"for safety: P(more than 1 point) below {stop.safe:g}", ESTIMATE),
    )
    for bound, name, tone in bounds:
        y = up.at(bound)
        shapes.append(SvgLine(across.begins, y, across.ends, y, Paint(stroke=tone, width=1.5, dash=(5, 4))))
        shapes.append(p.text(across.ends, y - 6, name, tone, "end"))
    rises = [(across.at(look.pairs), up.at(look.p_gt_0)) for look in analysis.looks]
    mores = [(across.at(look.pairs), up.at(look.p_gt_1)) for look in analysis.looks]
    for points, tone in ((rises, STOP), (mores, ESTIMATE)):
        if len(points) > 1:
            shapes.append(SvgPath(tuple(points), Paint(stroke=tone, width=1.6)))
    shapes += [p.triangle(x, y, STOP, 5) for x, y in rises]
    shapes += [p.dot(x, y, ESTIMATE, radius=4.4) for x, y in mores]
    if analysis.stopped is not None:
        x = across.at(analysis.stopped.pairs)
        shapes.append(SvgLine(x, up.ends, x, up.begins, Paint(stroke=TEXT, width=1.4)))
    step = 1 if (across.ends - across.begins) / (last - stop.first + 1) > 20 else 2
    for number in range(stop.first, last + 1, step):
        shapes.append(p.text(across.at(number), up.begins + ROW + 2, str(number), QUIET, "middle"))
    middle = (across.begins + across.ends) / 2
    shapes.append(p.text(middle, up.begins + 2 * ROW + 4, "pairs completed", QUIET, "middle"))
    shows = " ".join(f"{words.look_in_words(look)}." for look in analysis.looks)
    return _picture("looks", width, up.begins + 3 * ROW, title, shows, shapes)


def posterior(analysis: Analysis, width: float) -> SvgPicture:
    """The density of the difference, with 0 and the point that is worth knowing."""
    at = analysis.stopped or analysis.looks[-1]
    title = "How large the difference may be"
    key = f"after {at.pairs} pairs; dark: more than 1 point ({at.p_gt_1:.2f} of the area)"
    shapes, top = _headed(title, key, width)
    sizes = [size for size, _ in analysis.posterior]
    across = NumberScale(min(sizes), max(sizes), _LEFT, width - _RIGHT)
    up = NumberScale(0, max(height for _, height in analysis.posterior), top + ROW + 140, top + ROW)
    shapes += p.lying_axis(
        across, up.ends, up.begins, f"points of {analysis.plan.outcome.code}: less ← → more"
    )
    curve = [(across.at(size), up.at(height)) for size, height in analysis.posterior]
    above = [place for (size, _), place in zip(analysis.posterior, curve, strict=True) if size >= 1]
    shapes.append(SvgPath((*_footed(curve, up.begins),), Paint(LINE, TEXT, 1.4), closed=True))
    if len(above) > 1:
        shapes.append(SvgPath((*_footed(above, up.begins),), Paint(STOP), closed=True))
    for size, name in ((0.0, "none"), (1.0, "1 point")):
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
    """How often each mean difference would be seen if the order changed nothing, and the one that was seen."""
    test = analysis.permutation
    assert test is not None
    total = sum(count for _, count in test.sizes)
    edge = max(abs(size) for size, _ in test.sizes) or 1.0
    wide = 2 * edge / 30
    piles: dict[int, int] = {}
    for size, count in test.sizes:
        piles[round(size / wide)] = piles.get(round(size / wide), 0) + count
    title = "What other orders would have given"
    key = f"if the order changed nothing; {test.pairs} pairs, looked at once, two-sided p {test.p:.3g}"
    shapes, top = _headed(title, key, width)
    across = NumberScale(-edge - wide, edge + wide, _LEFT + 14, width - _RIGHT)
    up = NumberScale(0, max(piles.values()) / total, top + ROW + 130, top + ROW)
    shapes += p.standing_axis(up, across.begins, across.ends, up.ticks())
    for value in across.ticks():
        name = p.written_number(value)
        shapes.append(p.text(across.at(value), up.begins + ROW + 2, name, QUIET, "middle"))
    for at, count in sorted(piles.items()):
        left, right = across.at((at - 0.45) * wide), across.at((at + 0.45) * wide)
        height = up.begins - up.at(count / total)
        shapes.append(SvgRect(left, up.at(count / total), right - left, height, Paint(QUIET)))
    x = across.at(test.statistic)
    seen: Token = STOP
    shapes.append(SvgLine(x, up.ends - 2, x, up.begins, Paint(stroke=seen, width=2.5)))
    right = test.statistic > 0
    name = f"seen: {test.statistic:+.1f}"
    shapes.append(p.text(x + (-6 if right else 6), up.ends - 4, name, seen, "end" if right else "start"))
    middle = (across.begins + across.ends) / 2
    below = "share of the orders, by the mean difference within pairs in points"
    lines = p.lines_of_text(0, up.begins + 2 * ROW + 4, below, width)
    shapes += lines if len(lines) > 1 else [p.text(middle, up.begins + 2 * ROW + 4, below, QUIET, "middle")]
    height = up.begins + (2 + len(lines)) * ROW
    return _picture("permutation", width, height, title, words.test_in_words(test), shapes)
