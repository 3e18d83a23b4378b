"""The pictures of a trial of one: the ratings pair by pair, the looks, the likeliest effect, the draw repeated."""

from __future__ import annotations

from collections.abc import Iterator

from assuage.catalogue.message import message
from assuage.catalogue.read import Catalogue
from assuage.catalogue.sentence import Sentence
from assuage.nof1.analyse import Analysis
from assuage.nof1.messages import draw_message, look_message, points, shape_message
from assuage.nof1.plan import control_term
from assuage.report import plots as p
from assuage.report.look.tokens import ESTIMATE, LINE, QUIET, STOP, TEXT, Token
from assuage.report.plots import ROW, NumberScale
from assuage.report.svg.shapes import Paint, Shape, SvgLine, SvgPath, SvgPicture, SvgRect
from assuage.terms.spoken import exposure_term
from assuage.words.speak import ENGLISH

_TALL = 170  # pixels of a scale that stands
_LEFT, _RIGHT = 30, 12  # margins: the numbers of a scale, half the last number below


def pictures(
    analysis: Analysis, speaking: Catalogue = ENGLISH, width: float = p.WIDE
) -> Iterator[SvgPicture]:
    """Those for which there is something to draw."""
    if any(period.response is not None for period in analysis.periods):
        yield pairs(analysis, speaking, width)
    if analysis.primary.looks:
        yield looks(analysis, speaking, width)
        yield posterior(analysis, speaking, width)
        yield permutation(analysis, speaking, width)


def _picture(
    name: str,
    width: float,
    height: float,
    title: Sentence,
    shows: str,
    shapes: list[Shape],
    speaking: Catalogue,
) -> SvgPicture:
    suffix = "" if width == p.WIDE else "-phone"
    return SvgPicture(name + suffix, width, height, str(title), shows, speaking.language, tuple(shapes))


def _headed(title: Sentence, key: Sentence, width: float) -> tuple[list[Shape], float]:
    """The title and what the marks mean, and where the rest begins."""
    first = p.lines_of_text(0, ROW, str(title), width, bold=True)
    second = p.lines_of_text(0, ROW * (len(first) + 1) + 3, str(key), width)
    return [*first, *second], ROW * (len(first) + len(second)) + 16


def pairs(analysis: Analysis, speaking: Catalogue, width: float) -> SvgPicture:
    """A place for each period in the order of the days: its counted ratings, and their mean."""
    say, scale = speaking.say, analysis.primary.outcome
    title = say(message("nof1.picture-pairs", outcome=scale))
    key = say(
        message(
            "nof1.picture-pairs-key",
            exposure=exposure_term(analysis.exposure),
            control=control_term(analysis.control),
        )
    )
    shapes, top = _headed(title, key, width)
    count = max(period.pair for period in analysis.periods)
    across = NumberScale(0, 3 * count, _LEFT, width - _RIGHT)
    up = NumberScale(scale.low, scale.high, top + _TALL, top)
    shapes += p.standing_axis(up, _LEFT, width - _RIGHT, up.ticks(), speaking)
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
        name = str(say(message("nof1.picture-pair", pair=pair + 1))) if width / count > 60 else str(pair + 1)
        shapes.append(p.text(across.at(3 * pair + 1.5), up.begins + ROW + 2, name, QUIET, "middle"))
    shows = str(say(message("nof1.picture-pairs-shows")))
    return _picture("pairs", width, up.begins + 2 * ROW, title, shows, shapes, speaking)


def looks(analysis: Analysis, speaking: Catalogue, width: float) -> SvgPicture:
    """The two probabilities at each look, and the bounds at which the rule stops."""
    stop, reading, say = analysis.stopping, analysis.primary, speaking.say
    title = say(message("nof1.picture-looks"))
    key = say(message("nof1.picture-looks-key"))
    shapes, top = _headed(title, key, width)
    last = max(stop.pairs, max(look.pairs for look in reading.looks))
    across = NumberScale(stop.first - 0.5, last + 0.5, _LEFT, width - _RIGHT)
    up = NumberScale(0, 1, top + ROW + _TALL, top + ROW)
    shapes += p.standing_axis(up, _LEFT, width - _RIGHT, (0, 0.5, 1), speaking)
    bounds = [(across.at(pairs), up.at(stop.sure_at(pairs))) for pairs in range(stop.first, last + 1)]
    bounds = [(across.begins, bounds[0][1]), *bounds, (across.ends, bounds[-1][1])]
    shapes.append(SvgPath(tuple(bounds), Paint(stroke=STOP, width=1.5, dash=(5, 4))))
    above = str(say(message("nof1.picture-above", sure=stop.sure_last)))
    shapes.append(p.text(across.ends, bounds[-1][1] + ROW, above, STOP, "end"))
    worse = [(across.at(look.pairs), up.at(look.worse)) for look in reading.looks]
    better = [(across.at(look.pairs), up.at(look.better)) for look in reading.looks]
    for course, tone in ((worse, STOP), (better, ESTIMATE)):
        if len(course) > 1:
            shapes.append(SvgPath(tuple(course), Paint(stroke=tone, width=1.6)))
    shapes += [p.triangle(x, y, STOP, 5) for x, y in worse]
    shapes += [p.dot(x, y, ESTIMATE, radius=4.4) for x, y in better]
    if reading.stopped is not None:
        x = across.at(reading.stopped.pairs)
        shapes.append(SvgLine(x, up.ends, x, up.begins, Paint(stroke=TEXT, width=1.4)))
    step = 1 if (across.ends - across.begins) / (last - stop.first + 1) > 20 else 2
    for number in range(stop.first, last + 1, step):
        shapes.append(p.text(across.at(number), up.begins + ROW + 2, str(number), QUIET, "middle"))
    middle = (across.begins + across.ends) / 2
    shapes.append(
        p.text(middle, up.begins + 2 * ROW + 4, str(say(message("nof1.picture-completed"))), QUIET, "middle")
    )
    shows = " ".join(f"{say(look_message(look))}." for look in reading.looks)
    return _picture("looks", width, up.begins + 3 * ROW, title, shows, shapes, speaking)


def posterior(analysis: Analysis, speaking: Catalogue, width: float) -> SvgPicture:
    """The density of the difference, with 0 and the point that is worth knowing."""
    reading = analysis.primary
    at = reading.decides
    assert at is not None
    worth = reading.worth
    better = reading.outcome.higher_is == "better"
    say = speaking.say
    title = say(message("nof1.picture-size"))
    key = say(
        message("nof1.picture-size-key", shape=shape_message(at.effect.shape), points=points(reading.outcome))
    )
    shapes, top = _headed(title, key, width)
    sizes = [size for size, _ in reading.posterior]
    across = NumberScale(min(sizes), max(sizes), _LEFT, width - _RIGHT)
    up = NumberScale(0, max(height for _, height in reading.posterior), top + ROW + 140, top + ROW)
    shapes += p.lying_axis(
        across,
        up.ends,
        up.begins,
        str(say(message("nof1.picture-less-more", outcome=reading.outcome))),
        speaking,
    )
    curve = [(across.at(size), up.at(height)) for size, height in reading.posterior]
    above = [
        place
        for (size, _), place in zip(reading.posterior, curve, strict=True)
        if (size <= -worth if better else size >= worth)
    ]
    shapes.append(SvgPath((*_footed(curve, up.begins),), Paint(LINE, TEXT, 1.4), closed=True))
    if len(above) > 1:
        shapes.append(SvgPath((*_footed(above, up.begins),), Paint(STOP), closed=True))
    for size, name in ((0.0, "0"), (-worth if better else worth, speaking.number(worth))):
        if across.low <= size <= across.high:
            x = across.at(size)
            shapes.append(SvgLine(x, up.ends - 4, x, up.begins, Paint(stroke=QUIET)))
            # Two names closer than their letters would stand in each other.
            anchor = "end" if size == 0 else "start"
            shapes.append(p.text(x + (-4 if size == 0 else 4), up.ends - 4, name, TEXT, anchor))
    shows = f"{title}: {say(look_message(at))}."
    return _picture("posterior", width, up.begins + 3 * ROW, title, shows, shapes, speaking)


def _footed(curve: list[tuple[float, float]], foot: float) -> Iterator[tuple[float, float]]:
    """The curve with its two feet, so that it closes to an area."""
    yield curve[0][0], foot
    yield from curve
    yield curve[-1][0], foot


def permutation(analysis: Analysis, speaking: Catalogue, width: float) -> SvgPicture:
    """How far each order would have lain from none if the order changed nothing, and the one that was drawn."""
    reading = analysis.primary
    test = reading.test
    assert test is not None
    total = sum(count for _, count in test.piles)
    edge = max(abs(size) for size, _ in test.piles) or 1.0
    wide = 0.25
    say = speaking.say
    title = say(message("nof1.picture-orders"))
    key = say(message("nof1.picture-orders-key", p=float(f"{test.p:.2g}")))
    shapes, top = _headed(title, key, width)
    across = NumberScale(-edge - wide, edge + wide, _LEFT + 14, width - _RIGHT)
    up = NumberScale(0, max(count for _, count in test.piles) / total, top + ROW + 130, top + ROW)
    shapes += p.standing_axis(up, across.begins, across.ends, up.ticks(), speaking)
    for value in across.ticks():
        name = p.written_number(value, speaking)
        shapes.append(p.text(across.at(value), up.begins + ROW + 2, name, QUIET, "middle"))
    for size, count in test.piles:
        left, right = across.at(size - 0.45 * wide), across.at(size + 0.45 * wide)
        height = up.begins - up.at(count / total)
        shapes.append(SvgRect(left, up.at(count / total), right - left, height, Paint(QUIET)))
    x = across.at(test.z)
    seen: Token = STOP
    shapes.append(SvgLine(x, up.ends - 2, x, up.begins, Paint(stroke=seen, width=2.5)))
    right = test.z > 0
    name = str(say(message("nof1.picture-drawn", z=test.z)))
    shapes.append(p.text(x + (-6 if right else 6), up.ends - 4, name, seen, "end" if right else "start"))
    middle = (across.begins + across.ends) / 2
    below = str(say(message("nof1.picture-share")))
    lines = p.lines_of_text(0, up.begins + 2 * ROW + 4, below, width)
    shapes += lines if len(lines) > 1 else [p.text(middle, up.begins + 2 * ROW + 4, below, QUIET, "middle")]
    height = up.begins + (2 + len(lines)) * ROW
    shows = str(say(draw_message(reading)))
    return _picture("permutation", width, height, title, shows, shapes, speaking)
