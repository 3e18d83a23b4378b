"""The pictures of a re-challenge, and its page: the ratings pair by pair, the looks, the posterior, the permutation."""

from __future__ import annotations

from collections.abc import Iterator

from assuage.nof1 import checklists
from assuage.nof1.analyse import Analysis
from assuage.report import drawn as d
from assuage.report.drawn import BLUE, GREY, INK, LIGHT, RED, Picture, Spec, framed, layer, number_axis
from assuage.report.nof1 import words

LABEL: Spec = {"type": "text", "fontSize": 12, "color": INK}
POINT: Spec = {"type": "point", "filled": True, "opacity": 1}
WHOLE: Spec = {"tickMinStep": 1, "format": "d"}


def pictures(analysis: Analysis) -> Iterator[Picture]:
    """Those for which there is something to draw."""
    if any(period.response is not None for period in analysis.periods):
        shows = "The days after each session, pair by pair in the order that was drawn."
        yield "pairs", shows, pairs(analysis)
    if analysis.looks:
        yield "looks", " ".join(f"{words.look_in_words(look)}." for look in analysis.looks), looks(analysis)
    if analysis.posterior:
        at = analysis.stopped or analysis.looks[-1]
        shows = f"How large the difference may be: {words.look_in_words(at)}."
        yield "posterior", shows, posterior(analysis)
    if analysis.permutation is not None:
        yield "permutation", words.test_in_words(analysis.permutation), permutation(analysis)


def pairs(analysis: Analysis) -> Spec:
    """A place for each session in the order of the days: the ratings of the three days after it, and their mean."""
    plan = analysis.plan
    ratings: list[Spec] = []
    means: list[Spec] = []
    for at, period in enumerate(analysis.periods):
        place = 3 * (period.pair - 1) + at % 2 + 1
        exposed = period.done == plan.exposure
        tone = {"colour": RED if exposed else BLUE, "exposed": exposed}
        for step, value in enumerate(period.ratings):
            if value is not None:
                ratings.append({"at": place + 0.18 * (step - 1), "value": value, **tone})
        if period.response is not None:
            means.append({"at": place - 0.35, "until": place + 0.35, "value": period.response, **tone})
    count = max(period.pair for period in analysis.periods)
    names = [{"at": 3 * pair + 1.5, "name": f"pair {pair + 1}"} for pair in range(count)]
    low, high = plan.outcome.low, plan.outcome.high
    y = number_axis("value", plan.outcome.code, scale={"domain": [low, high]})
    x: Spec = {"field": "at", "type": "quantitative", "axis": None, "scale": {"domain": [0, 3 * count]}}
    colour: Spec = {"field": "colour", "type": "nominal", "scale": None}
    shape: Spec = {
        "field": "exposed",
        "type": "nominal",
        "legend": None,
        "scale": {"domain": [True, False], "range": ["triangle-up", "circle"]},
    }
    layers = [
        layer(
            names,
            {"type": "text", "dy": 14, "fontSize": 12, "color": INK},
            x=x,
            y={"datum": low},
            text={"field": "name"},
        ),
        layer(means, {"type": "rule", "strokeWidth": 3}, x=x, x2={"field": "until"}, y=y, color=colour),
        layer(
            ratings,
            {"type": "point", "filled": True, "size": 60, "opacity": 1},
            x=x,
            y=y,
            color=colour,
            shape=shape,
        ),
    ]
    subtitle = (
        f"▲ after {plan.exposure}   ● after {plan.control}; first session of a pair on the left; "
        "line: mean, nearest days weigh most"
    )
    return framed(f"{plan.outcome.title} on the three days after each session", subtitle, layers, 260)


def looks(analysis: Analysis) -> Spec:
    """The two probabilities at each look, and the bounds at which the rule stops."""
    stop = analysis.plan.stopping
    rows = [
        {"pairs": look.pairs, "p": p, "kind": kind, "colour": colour}
        for look in analysis.looks
        for kind, p, colour in (("a rise", look.p_gt_0, RED), ("more than 1 point", look.p_gt_1, BLUE))
    ]
    bounds = [
        {"p": stop.harm, "name": f"for harm: P(a rise) above {stop.harm:g}", "colour": RED, "dy": -8},
        {
            "p": stop.safe,
            "name": f"for safety: P(more than 1 point) below {stop.safe:g}",
            "colour": BLUE,
            "dy": -8,
        },
    ]
    last = max(stop.pairs, max(look.pairs for look in analysis.looks))
    x = number_axis(
        "pairs",
        "pairs completed",
        scale={"domain": [stop.first - 0.5, last + 0.5], "nice": False, "zero": False},
        axis={"tickMinStep": 1, "format": "d"},
    )
    y = number_axis(
        "p",
        "probability",
        scale={"domain": [0, 1.08]},
        axis={"values": [0, 0.5, 1], "format": ".1f"},
    )
    colour: Spec = {"field": "colour", "type": "nominal", "scale": None}
    shape: Spec = {
        "field": "kind",
        "type": "nominal",
        "legend": None,
        "scale": {"domain": ["a rise", "more than 1 point"], "range": ["triangle-up", "circle"]},
    }
    layers = [
        layer(bounds, {"type": "rule", "strokeDash": [5, 4]}, y=y, color=colour),
        *(
            layer(
                [bound],
                {"type": "text", "align": "right", "baseline": "middle", "dy": bound["dy"], "fontSize": 11},
                x={"datum": last + 0.5},
                y=y,
                text={"field": "name"},
                color=colour,
            )
            for bound in bounds
        ),
        layer(rows, {"type": "line"}, x=x, y=y, color=colour),
        layer(
            rows,
            {**POINT, "size": 80},
            x=x,
            y=y,
            color=colour,
            shape=shape,
        ),
    ]
    if analysis.stopped is not None:
        ended = [{"pairs": analysis.stopped.pairs}]
        layers.append(layer(ended, {"type": "rule", "color": INK}, x=x))
    subtitle = "▲ P(a rise)   ● P(more than 1 point)" + ("   │ stopped" if analysis.stopped else "")
    return framed("What the rule saw at each look", subtitle, layers, 260)


def posterior(analysis: Analysis) -> Spec:
    """The density of the difference, with 0 and the point that is worth knowing."""
    rows = [{"size": size, "height": height} for size, height in analysis.posterior]
    x = number_axis("size", f"points of {analysis.plan.outcome.code}: less  ←  →  more")
    y: Spec = {"field": "height", "type": "quantitative", "axis": None}
    lines = [{"size": 0.0, "name": "none"}, {"size": 1.0, "name": "1 point"}]
    above = [row for row in rows if row["size"] >= 1.0]
    layers = [
        layer(rows, {"type": "area", "color": LIGHT, "line": {"color": INK}}, x=x, y=y),
        layer(above, {"type": "area", "color": RED, "opacity": 0.6}, x=x, y=y),
        layer(lines, {"type": "rule", "color": GREY}, x=x),
        layer(
            lines,
            {"type": "text", "align": "left", "dx": 4, "dy": 8, "fontSize": 11, "color": INK},
            x=x,
            y={"value": 0},
            text={"field": "name"},
        ),
    ]
    at = analysis.stopped or analysis.looks[-1]
    subtitle = f"after {at.pairs} pairs; dark: more than 1 point ({at.p_gt_1:.2f} of the area)"
    return framed("How large the difference may be", subtitle, layers, 200)


def permutation(analysis: Analysis) -> Spec:
    """How often each mean difference would be seen if the order changed nothing, and the one that was seen."""
    test = analysis.permutation
    assert test is not None
    total = sum(count for _, count in test.sizes)
    edge = max(abs(size) for size, _ in test.sizes) or 1.0
    width = 2 * edge / 30
    piles: dict[int, int] = {}
    for size, count in test.sizes:
        at = round(size / width)
        piles[at] = piles.get(at, 0) + count
    rows = [
        {"from": (at - 0.45) * width, "to": (at + 0.45) * width, "share": count / total}
        for at, count in sorted(piles.items())
    ]
    x = number_axis(
        "from", "mean difference within pairs, points", scale={"domain": [-edge - width, edge + width]}
    )
    y = number_axis("share", "share of the orders", scale={"zero": True})
    seen = [{"from": test.statistic, "name": f"seen: {test.statistic:+.1f}"}]
    right = test.statistic > 0
    text = {
        "type": "text",
        "align": "right" if right else "left",
        "dx": -5 if right else 5,
        "dy": 8,
        "color": RED,
    }
    layers = [
        layer(rows, {"type": "bar", "color": GREY}, x=x, x2={"field": "to"}, y=y, y2={"datum": 0}),
        layer(seen, {"type": "rule", "color": RED, "strokeWidth": 2.5}, x=x),
        layer(seen, {**text, "fontSize": 12}, x=x, y={"value": 0}, text={"field": "name"}),
    ]
    subtitle = f"if the order changed nothing; {test.pairs} pairs, looked at once, two-sided p {test.p:.3g}"
    return framed("What other orders would have given", subtitle, layers, 180)


def html(analysis: Analysis) -> str:
    """The page: the verdict, the pictures, the periods, the CENT items."""
    plan = analysis.plan
    body = [d.strong(words.verdict(analysis))]
    if words.went_on(analysis):
        body.append(d.element(words.WENT_ON))
    body += [d.figure(picture) for picture in pictures(analysis)]
    if analysis.periods:
        body += [d.element("Periods", "h2"), d.table(words.PERIOD, words.period_rows(analysis))]
    body.append(d.element("Report (CENT 2015)", "h2"))
    body += [d.table(("item", "text"), checklists.cent(analysis))]
    body.append(d.strong("Not a medical device. It proposes and explains; a person decides."))
    return d.page(f"Re-challenge with {plan.exposure}: what it showed", body)
