"""The pictures of a trigger page, and the page. A day without a rating is a gap."""

from __future__ import annotations

from collections.abc import Iterator
from math import floor, isnan
from statistics import NormalDist
from typing import TYPE_CHECKING

from assuage.catalogue.message import message
from assuage.catalogue.read import Catalogue
from assuage.report import drawn as d
from assuage.report.drawn import BLUE, GREY, INK, RED, Picture, Spec, framed
from assuage.report.triggers import words
from assuage.report.triggers.words import TriggerPage
from assuage.review.triggers import FALSE_SIGN, Trigger
from assuage.words.speak import ENGLISH
from assuage.words.suspects import counts_message

if TYPE_CHECKING:
    from assuage.dynamics.diary import Diary

DOTS = 20  # of a quantile dot plot: each stands for one chance in twenty


def pictures(page: TriggerPage, diary: Diary | None, speaking: Catalogue = ENGLISH) -> Iterator[Picture]:
    """Name, what it shows in a sentence, and the picture; those for which there is something to draw."""
    if page.triggers:
        yield "counts", _counts_said(page, speaking), counts(page)
    if any(trigger.overall is not None and trigger.overall.estimate is not None for trigger in page.triggers):
        yield (
            "effects",
            "How much more or less was rated after each exposure, day by day, with 95 % intervals.",
            effects_chart(page),
        )
    if page.findings is not None and page.findings.days:
        shows = f"{page.outcome} day by day, with the range to be expected without any exposure."
        yield "diary", shows, diary_chart(page, diary)
    for at, trigger in enumerate(page.triggers):
        overall = trigger.overall
        if overall is not None and overall.estimate is not None:
            sizes = f"{DOTS} equally likely sizes of the difference"
            shows = f"{trigger.title}: {sizes}; {_above(trigger)} of {DOTS} are a rise."
            yield f"dots-{at + 1}", shows, dots(page, trigger)


def _counts_said(page: TriggerPage, speaking: Catalogue) -> str:
    return " ".join(speaking.say(counts_message(trigger.counts)) for trigger in page.triggers)


def counts(page: TriggerPage) -> Spec:
    """A dot for each exposure: full where a worse spell followed, open where none did, a cross where nobody wrote."""
    rows: list[Spec] = []
    names: list[str] = []
    for trigger in (*page.linked, *page.unlinked):
        spells = trigger.counts
        for label, worse, unknown, total in (
            (trigger.title, spells.flared, spells.unanswered, spells.exposed),
            (f"stretches without {trigger.title}", spells.unexposed_flared, 0, spells.unexposed),
        ):
            names.append(label)
            for at in range(min(total, 40)):
                kind = "worse" if at < worse else ("not known" if at >= total - unknown else "not worse")
                rows.append({"row": label, "at": at + 1, "kind": kind})
    kinds = ["worse", "not worse", "not known"]
    point: Spec = {
        "mark": {"type": "point", "size": 110, "strokeWidth": 1.8, "opacity": 1},
        "encoding": {
            "x": {
                "field": "at",
                "type": "quantitative",
                "axis": {"title": "times", "tickMinStep": 1, "format": "d"},
                "scale": {"domain": [0, max([row["at"] for row in rows], default=1) + 1]},
            },
            "y": {
                "field": "row",
                "type": "nominal",
                "sort": names,
                "scale": {"domain": names},
                "axis": {"title": None, "labelLimit": 280},
            },
            "shape": {
                "field": "kind",
                "scale": {"domain": kinds, "range": ["circle", "circle", "cross"]},
                "legend": None,
            },
            "color": {
                "field": "kind",
                "scale": {"domain": kinds, "range": [RED, BLUE, GREY]},
                "legend": None,
            },
            "fill": {
                "field": "kind",
                "scale": {"domain": kinds, "range": [RED, "white", "white"]},
                "legend": None,
            },
        },
    }
    point["data"] = {"values": rows}
    subtitle = "● a worse spell within three days   ○ none   ✚ nothing written down"
    return framed(f"How often worse {page.outcome} followed", subtitle, [point], 34 * max(len(names), 2))


def effects_chart(page: TriggerPage) -> Spec:
    """An interval for each exposure and lag; grey and dashed where it is an association only."""
    rows: list[Spec] = []
    names: list[str] = []
    for trigger in (*page.linked, *page.unlinked):
        for effect in trigger.effects:
            if effect.estimate is None or effect.low is None or effect.high is None:
                continue
            when = (
                "all three days"
                if effect.lag == -1
                else f"{effect.lag} d after"
                if effect.lag
                else "same day"
            )
            name = f"{trigger.title}, {when}"
            names.append(name)
            chosen = effect.state == "association only"
            # A false-sign rate, not the raw interval: of many intervals some lie off 0 by chance.
            sure = effect.lfsr is not None and effect.lfsr < FALSE_SIGN
            tone = GREY if chosen else INK if not sure else RED if effect.estimate > 0 else BLUE
            rows.append(
                {
                    "row": name,
                    "low": effect.low,
                    "high": effect.high,
                    "estimate": effect.estimate,
                    "colour": tone,
                    "dash": chosen,
                }
            )
    y: Spec = {
        "field": "row",
        "type": "nominal",
        "sort": names,
        "scale": {"domain": names},
        "axis": {"title": None, "labelLimit": 280},
    }
    x: Spec = {
        "field": "low",
        "type": "quantitative",
        "axis": {"title": f"points of {page.outcome}: less  ←  →  more"},
    }
    colour: Spec = {"field": "colour", "type": "nominal", "scale": None}
    dash: Spec = {
        "field": "dash",
        "type": "nominal",
        "legend": None,
        "scale": {"domain": [False, True], "range": [[1, 0], [5, 4]]},
    }
    zero: Spec = {
        "data": {"values": [{"at": 0}]},
        "mark": {"type": "rule", "color": GREY},
        "encoding": {"x": {"field": "at", "type": "quantitative"}},
    }
    data: Spec = {"values": rows}
    line: Spec = {
        "data": data,
        "mark": {"type": "rule", "strokeWidth": 2.5},
        "encoding": {"x": x, "x2": {"field": "high"}, "y": y, "color": colour, "strokeDash": dash},
    }
    point: Spec = {
        "data": data,
        "mark": {"type": "point", "filled": True, "size": 70, "opacity": 1},
        "encoding": {"x": {**x, "field": "estimate"}, "y": y, "color": colour},
    }
    subtitle = "95 % intervals; coloured: seen with a false-sign rate below 5 %; dashed: association only"
    return framed("What each exposure goes with", subtitle, [zero, line, point], 26 * max(len(names), 2))


def diary_chart(page: TriggerPage, diary: Diary | None) -> Spec:
    """Ratings day by day with gaps as gaps, exposures as marks below, and the band without any exposure."""
    assert page.findings is not None
    low, high = (0.0, 10.0) if diary is None else (diary.outcome.low, diary.outcome.high)
    ratings: list[Spec] = []
    run = cut = 0
    for rated in page.findings.days:
        if rated.rating is None:
            run += 1
            continue
        at = rated.day + (0.5 * rated.slot)
        within = [None if end is None else min(max(end, low), high) for end in (rated.low, rated.high)]
        cut += within != [rated.low, rated.high]
        ratings.append({"day": at, "rating": rated.rating, "low": within[0], "high": within[1], "run": run})
    marks: list[Spec] = []
    names = [] if diary is None else list(diary.exposures)
    titles = {trigger.counts.exposure: trigger.title for trigger in page.triggers}
    if diary is not None:
        for row, (name, exposure) in enumerate(diary.exposures.items()):
            for at, amount in enumerate(exposure.days):
                if not isnan(amount) and amount > 0:
                    marks.append({"day": diary.first_day + at, "row": low - 0.9 * (row + 1), "name": name})
    bottom = low - 0.9 * (len(names) + 0.6)
    axis: Spec = {"title": page.outcome, "values": list(range(int(low), int(high) + 1, 2))}
    y: Spec = {"field": "rating", "type": "quantitative", "scale": {"domain": [bottom, high]}, "axis": axis}
    x: Spec = {
        "field": "day",
        "type": "quantitative",
        "axis": {"title": "day", "grid": False},
        "scale": {"zero": False, "nice": False},
    }
    known: Spec = {"values": [rating for rating in ratings if rating["low"] is not None]}
    band: Spec = {
        "data": known,
        "mark": {"type": "rule", "strokeWidth": 3, "color": "#7fb2dd", "opacity": 0.8},
        "encoding": {"x": x, "y": {**y, "field": "low"}, "y2": {"field": "high"}},
    }
    lines: Spec = {
        "data": {"values": ratings},
        "mark": {"type": "line", "color": GREY, "strokeWidth": 1},
        "encoding": {"x": x, "y": y, "detail": {"field": "run", "type": "nominal"}},
    }
    points: Spec = {
        "data": {"values": ratings},
        "mark": {"type": "point", "filled": True, "size": 16, "color": INK, "opacity": 1},
        "encoding": {"x": x, "y": y},
    }
    layers = [band, lines, points]
    if marks:
        layers.append(
            {
                "data": {"values": marks},
                "mark": {
                    "type": "point",
                    "shape": "triangle-up",
                    "filled": True,
                    "size": 45,
                    "color": RED,
                    "opacity": 1,
                },
                "encoding": {"x": x, "y": {**y, "field": "row"}},
            }
        )
        first = min(rated.day for rated in page.findings.days)
        labels = [
            {"day": first, "row": low - 0.9 * (at + 1), "name": titles.get(name, name)}
            for at, name in enumerate(names)
        ]
        layers.append(
            {
                "data": {"values": labels},
                "mark": {"type": "text", "align": "right", "dx": -10, "fontSize": 11, "color": RED},
                "encoding": {"x": x, "y": {**y, "field": "row"}, "text": {"field": "name"}},
            }
        )
    subtitle = [
        "dots: as written; blue: the range to be expected that day without the exposures before it; ▲ exposure"
    ]
    if cut:
        # The model knows no ends of the scale; nobody can rate beyond them, and nothing is hidden by silence.
        days = "1 rating" if cut == 1 else f"{cut} ratings"
        subtitle.append(
            f"drawn to the ends of the scale only: beside {days} the range goes beyond {low:g} to {high:g}"
        )
    # As many pixels a point however many exposures stand below.
    height = round(260 * (high - bottom) / (high - low))
    return framed(f"{page.outcome[0].upper()}{page.outcome[1:]} day by day", subtitle, layers, height)


def _sizes(trigger: Trigger) -> list[float]:
    """The middle of each twentieth of the difference's distribution, read as normal between its 95 % limits."""
    difference = trigger.overall
    assert difference is not None
    assert difference.estimate is not None
    assert difference.low is not None
    assert difference.high is not None
    spread = NormalDist(difference.estimate, max((difference.high - difference.low) / 3.92, 1e-6))
    return [spread.inv_cdf((at + 0.5) / DOTS) for at in range(DOTS)]


def _above(trigger: Trigger) -> int:
    return sum(size > 0 for size in _sizes(trigger))


def dots(page: TriggerPage, trigger: Trigger) -> Spec:
    """Twenty dots, each one chance in twenty, stacked by the size of the difference."""
    sizes = _sizes(trigger)
    width = max((sizes[-1] - sizes[0]) / 9, 0.05)
    stacked: dict[int, int] = {}
    rows: list[Spec] = []
    for size in sizes:
        at = floor(size / width)  # so that no pile stands on both sides of 0
        stacked[at] = stacked.get(at, 0) + 1
        colour = RED if size > 0 else BLUE
        rows.append(
            {"size": (at + 0.5) * width, "stack": stacked[at] - 0.5, "colour": colour, "rise": size > 0}
        )
    top = max(stacked.values()) + 1
    edge = max(abs(sizes[0]), abs(sizes[-1]), 1.0) + width
    x: Spec = {
        "field": "size",
        "type": "quantitative",
        "scale": {"domain": [-edge, edge]},
        "axis": {"title": f"less {page.outcome}  ←  points  →  more {page.outcome}"},
    }
    y: Spec = {
        "field": "stack",
        "type": "quantitative",
        "axis": None,
        "scale": {"domain": [0, max(stacked.values()) + 1]},
    }
    zero: Spec = {
        "data": {"values": [{"size": 0}]},
        "mark": {"type": "rule", "color": INK},
        "encoding": {"x": x},
    }
    marks: Spec = {
        "data": {"values": rows},
        "mark": {"type": "point", "filled": True, "size": 230, "opacity": 1},
        "encoding": {
            "x": x,
            "y": y,
            "color": {"field": "colour", "type": "nominal", "scale": None},
            "shape": {
                "field": "rise",
                "type": "nominal",
                "legend": None,
                "scale": {"domain": [True, False], "range": ["circle", "square"]},
            },
        },
    }
    subtitle = f"each mark is one chance in {DOTS}: {_above(trigger)} more, {DOTS - _above(trigger)} less"
    return framed(f"After {trigger.title}", subtitle, [zero, marks], 17 * top + 40)


def html(page: TriggerPage, diary: Diary | None, speaking: Catalogue = ENGLISH) -> str:
    """The page with its pictures inside."""
    say = speaking.say
    drawn = {picture[0]: picture for picture in pictures(page, diary, speaking)}
    numbered = {trigger.title: f"dots-{at + 1}" for at, trigger in enumerate(page.triggers)}
    body = [d.element(f"{page.patient}. {say(page.days)}")]
    if page.refusals:
        body.append(d.strong(words.refusal_text(page, speaking)))
    body += [d.figure(drawn[name]) for name in ("counts", "effects", "diary") if name in drawn]
    for heading, group in words.groups(page):
        body.append(d.element(say(heading), "h2"))
        for trigger in group:
            body.append(d.element(say(words.exposure_head(trigger)), "h3"))
            body.append(d.element(say(counts_message(trigger.counts))))
            if numbered[trigger.title] in drawn:
                body.append(d.figure(drawn[numbered[trigger.title]]))
            effects_told = map(say, words.estimated_effects(trigger, page.outcome))
            body.append(d.listed([*effects_told, *map(speaking.value, trigger.reasons)]))
    if page.notes:
        body += [d.element(say(message("triggers.notes")), "h2"), d.listed(map(speaking.value, page.notes))]
    body.append(d.strong(say(words.CAVEAT)))
    return d.page(say(words.page_title(page)), body, speaking.language)
