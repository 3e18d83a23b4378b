"""The figure of one exposure: how often it was followed by worse, how much was rated after it, and when it was.

What it shows stands in words too, in the same order: that is its description and its caption.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from math import floor, isnan
from statistics import NormalDist
from typing import TYPE_CHECKING

from assuage.catalogue.message import Message, message
from assuage.catalogue.read import Catalogue
from assuage.dynamics.effect import Effect
from assuage.dynamics.verdict import VerdictWord
from assuage.report import plots as p
from assuage.report.look.figures import drawn_width
from assuage.report.look.tokens import ESTIMATE, GROUND, LINE, QUIET, STOP, TEXT
from assuage.report.plots import ROW, NumberScale
from assuage.report.svg.shapes import Paint, Shape, SvgLine, SvgPath, SvgPicture
from assuage.report.triggers.words import TriggerPage, exposure_head, is_countable
from assuage.review.triggers import Trigger
from assuage.words.suspects import counts_message, effect_message, exposure_word, outcome_word

if TYPE_CHECKING:
    from assuage.dynamics.diary import Diary

CHANCES = 20  # dots of the difference: each stands for one chance in twenty
MOST_MARKS = 60  # of a row of counts; more would be a texture
SURE: tuple[VerdictWord, ...] = ("likely", "helps")
COUNTED = ("worse", "not-worse", "not-known")
_PILE = 11  # pixels from one dot of a pile to the next
_LANE = 20  # pixels of a row of intervals


def figure_of(
    page: TriggerPage, trigger: Trigger, diary: Diary | None, speaking: Catalogue, width: float = p.WIDE
) -> SvgPicture | None:
    """The figure in that width; None where nothing was counted, so that there is nothing to draw."""
    if not trigger.counts.exposed:
        return None
    drawing = _Drawing(page, trigger, speaking, width)
    if is_countable(trigger):
        drawing.counts()
    drawing.differences()
    if diary is not None:
        drawing.course(diary)
    name = f"exposure-{page.triggers.index(trigger) + 1}" + ("" if width == p.WIDE else "-phone")
    title = speaking.say(exposure_head(trigger))
    shows = speaking.say(shown_in_words(page, trigger))
    return SvgPicture(name, width, drawing.y, title, shows, speaking.language, tuple(drawing.shapes))


def shown_in_words(page: TriggerPage, trigger: Trigger) -> Message:
    """What the figure shows: the counts, then the difference where there is one."""
    difference = trigger.overall
    shown = difference is not None and difference.estimate is not None
    effect = effect_message(difference, page.outcome) if difference and shown else None
    if effect is not None and not is_countable(trigger):
        return message("triggers.shows-effect", effect=effect)
    return message("triggers.shows", counts=counts_message(trigger.counts), effect=effect)


@dataclass
class _Drawing:
    """Panels one below the other; `y` is where the next one begins."""

    page: TriggerPage
    trigger: Trigger
    speaking: Catalogue
    width: float
    y: float = 6
    shapes: list[Shape] = field(default_factory=list[Shape])

    def say(self, what: Message) -> str:
        return self.speaking.say(what)

    def heading(self, says: str) -> None:
        lines = p.lines_of_text(0, self.y + ROW, says, self.width, bold=True)
        self.shapes += lines
        self.y += ROW * len(lines) + 8

    # --- how often -------------------------------------------------------------------------------

    def counts(self) -> None:
        """A mark for each time: a triangle where a worse spell followed, an open dot where none did."""
        counts, exposure = self.trigger.counts, exposure_word(self.trigger.counts.exposure)
        self.heading(self.say(message("triggers.figure-counts", outcome=outcome_word(self.page.outcome))))
        answered = counts.exposed - counts.unanswered
        self._row(
            self.say(message("triggers.figure-after", exposure=exposure, flared=counts.flared, n=answered)),
            (counts.flared, answered - counts.flared, counts.unanswered),
        )
        if counts.unexposed:
            others = counts.unexposed - counts.unexposed_flared
            says = self.say(
                message("triggers.figure-without", flared=counts.unexposed_flared, n=counts.unexposed)
            )
            self._row(says, (counts.unexposed_flared, others, 0))
        self._key(counts.unanswered > 0)

    def _row(self, says: str, numbers: tuple[int, int, int]) -> None:
        lines = p.lines_of_text(0, self.y + ROW, says, self.width)
        self.shapes += lines
        self.y += ROW * len(lines) + 13
        step = 15
        across = floor((self.width - 12) / step)
        kinds = [kind for kind, number in enumerate(numbers) for _ in range(number)]
        left_out = max(len(kinds) - MOST_MARKS, 0)
        for at, kind in enumerate(kinds[:MOST_MARKS]):
            x, y = 7 + step * (at % across), self.y + step * (at // across)
            self.shapes += _counted(kind, x, y)
        shown = min(len(kinds), MOST_MARKS)
        self.y += step * max((shown - 1) // across, 0) + 12
        if left_out:
            self.shapes.append(
                p.text(0, self.y + ROW - 4, self.say(message("triggers.figure-more", n=left_out)), QUIET)
            )
            self.y += ROW

    def _key(self, unknown: bool) -> None:
        for kind, counted in enumerate(COUNTED[: 3 if unknown else 2]):
            self.shapes += _counted(kind, 7, self.y + ROW - 4.5)
            self.shapes.append(
                p.text(20, self.y + ROW, self.say(message(f"triggers.counted-{counted}")), QUIET)
            )
            self.y += ROW
        self.y += 16

    # --- how much --------------------------------------------------------------------------------

    def differences(self) -> None:
        """Twenty dots for the difference over three days, and an interval for each day, above the same numbers."""
        estimated = [effect for effect in self.trigger.effects if effect.estimate is not None]
        if not estimated:
            return
        self.heading(self.say(message("triggers.figure-effects", outcome=outcome_word(self.page.outcome))))
        aside = 165 if self.width > 400 else 0
        lows, highs = [effect.low or 0 for effect in estimated], [effect.high or 0 for effect in estimated]
        edge = max(1.0, *map(abs, lows), *map(abs, highs)) * 1.04
        scale = NumberScale(-edge, edge, aside + 8, self.width - 8)
        overall = self.trigger.overall
        sizes = [] if overall is None or overall.estimate is None else chances(overall)
        if sizes:
            rise = sum(size > 0 for size in sizes)
            says = self.say(message("triggers.figure-chances", n=CHANCES, more=rise, less=CHANCES - rise))
            lines = p.lines_of_text(0, self.y + ROW - 4, says, self.width)
            self.shapes += lines
            self.y += ROW * len(lines) + 6
        top = self.y
        marks = list(self._pile(sizes, scale)) if sizes else []
        for effect in estimated:
            marks += self._interval(effect, scale, aside)
        axis = self.say(message("triggers.figure-points"))
        self.shapes += p.lying_axis(scale, top, self.y, axis, self.speaking)
        self.shapes.append(SvgLine(scale.at(0), top, scale.at(0), self.y, Paint(stroke=TEXT, width=1.4)))
        self.shapes += marks
        self.y += 2 * ROW + 24

    def _pile(self, sizes: list[float], scale: NumberScale) -> Iterator[Shape]:
        """The equally likely sizes piled up: triangles for a rise, dots for none."""
        wide = _PILE * (scale.high - scale.low) / (scale.ends - scale.begins)
        piles: dict[int, int] = {}
        places: list[tuple[float, int]] = []
        for size in sizes:
            at = floor(size / wide)  # so that no pile stands on both sides of 0
            piles[at] = piles.get(at, 0) + 1
            places.append(((at + 0.5) * wide, piles[at]))
        self.y += 6 + _PILE * max(piles.values())
        for size, place in places:
            x, y = scale.at(size), self.y - _PILE * (place - 0.5)
            yield p.triangle(x, y, STOP, 4.6) if size > 0 else p.dot(x, y, ESTIMATE, radius=4.4)
        self.y += 8

    def _interval(self, effect: Effect, scale: NumberScale, aside: float) -> Iterator[Shape]:
        assert effect.estimate is not None
        assert effect.low is not None
        assert effect.high is not None
        when = self.say(message(f"triggers.lag-{'all' if effect.lag == -1 else effect.lag}"))
        if aside:
            yield from (lines := p.lines_of_text(0, self.y + 13, when, aside - 4))
            tall = max(_LANE, ROW * len(lines) + 2)
        else:
            # The lines of the numbers run behind the words of a narrow figure, not through them.
            behind = Paint(stroke=GROUND, width=ROW - 4)
            yield SvgLine(0, self.y + 7.5, drawn_width(when, p.SIZE) + 4, self.y + 7.5, behind)
            yield p.text(0, self.y + 12, when, QUIET)
            self.y += ROW - 2
            tall = _LANE
        chosen = effect.state == "association only"
        # By the verdict, not the raw interval: of many intervals some lie off 0 by chance.
        sure = self.trigger.verdict in SURE and (effect.low > 0 or effect.high < 0)
        tone = (STOP if effect.estimate > 0 else ESTIMATE) if sure else TEXT
        middle = self.y + 9
        yield from p.interval_shapes(
            scale, effect.low, effect.high, effect.estimate, middle, tone, dashed=chosen
        )
        self.y += tall

    # --- when ------------------------------------------------------------------------------------

    def course(self, diary: Diary) -> None:
        """Ratings day by day, gaps as gaps, and below them the days of the exposure."""
        if self.page.findings is None or not self.page.findings.days:
            return
        self.heading(self.say(message("triggers.figure-course", outcome=outcome_word(self.page.outcome))))
        days = self.page.findings.days
        first, last = min(rated.day for rated in days), max(rated.day for rated in days)
        across = NumberScale(first, last + 1, 26, self.width - 16)
        up = NumberScale(diary.outcome.low, diary.outcome.high, self.y + 128, self.y + 6)
        self.shapes += p.standing_axis(
            up, 26, self.width - 16, (up.low, (up.low + up.high) / 2, up.high), self.speaking
        )
        # Mornings are joined to mornings and evenings to evenings: what changes within every day is no course.
        slots = sorted({rated.slot for rated in days if rated.rating is not None})
        apart = len(slots) > 1
        lines_of: dict[int, list[tuple[float, float]]] = {slot: [] for slot in slots}
        dots: list[Shape] = []
        for rated in days:
            x = across.at(rated.day + 0.25 + 0.5 * rated.slot)
            if rated.low is not None and rated.high is not None:
                # The model knows no ends of the scale; nobody can rate beyond them.
                bottom, roof = max(rated.low, up.low), min(rated.high, up.high)
                if roof > bottom:
                    wide = (across.at(1) - across.at(0)) / (2 if apart else 1)
                    band = Paint(stroke=LINE, width=max(wide, 1.5))
                    self.shapes.append(SvgLine(x, up.at(bottom), x, up.at(roof), band))
            if rated.rating is None:
                self.shapes += _joined(lines_of.get(rated.slot, []))
                lines_of[rated.slot] = []
                continue
            lines_of[rated.slot].append((x, up.at(rated.rating)))
            full = not apart or rated.slot == slots[-1]
            dots.append(p.dot(x, up.at(rated.rating), TEXT, full=full, radius=1.6))
        self.shapes += [*(shape for line in lines_of.values() for shape in _joined(line)), *dots]
        self.y = up.begins + 14
        exposure = diary.exposures.get(self.trigger.counts.exposure)
        if exposure is not None:
            for at, amount in enumerate(exposure.days):
                if not isnan(amount) and amount > 0:
                    x = across.at(diary.first_day + at + 0.5)
                    self.shapes.append(p.triangle(x, self.y, STOP, 4.5 if self.width > 400 else 3.6))
            self.y += 6
        for value in across.ticks(60):
            self.shapes.append(
                p.text(
                    across.at(value), self.y + ROW, p.written_number(value, self.speaking), QUIET, "middle"
                )
            )
        self.y += ROW
        exposed = exposure_word(self.trigger.counts.exposure)
        says = self.say(
            message("triggers.figure-days", exposure=exposed, apart=apart or None, whole=not apart or None)
        )
        lines = p.lines_of_text(0, self.y + ROW + 2, says, self.width)
        self.shapes += lines
        self.y += ROW * len(lines) + 12


def chances(difference: Effect) -> list[float]:
    """Twenty sizes of the difference that are equally likely, read as normal between its 95 % limits."""
    assert difference.estimate is not None
    assert difference.low is not None
    assert difference.high is not None
    spread = NormalDist(difference.estimate, max((difference.high - difference.low) / 3.92, 1e-6))
    return [spread.inv_cdf((at + 0.5) / CHANCES) for at in range(CHANCES)]


def _counted(kind: int, x: float, y: float) -> Iterator[Shape]:
    """Worse, not worse, or not known: three marks that differ in their shape."""
    if kind == 0:
        yield p.triangle(x, y, STOP)
    elif kind == 1:
        yield p.dot(x, y, TEXT, full=False)
    else:
        yield from p.cross(x, y, QUIET)


def _joined(points: list[tuple[float, float]]) -> Iterator[Shape]:
    if len(points) > 1:
        yield SvgPath(tuple(points), Paint(stroke=QUIET, width=1))
