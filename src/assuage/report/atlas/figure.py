"""The body maps as one SVG: a front and a back for each visit, told apart by pattern, readable without colour."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape

from assuage.record.entries import Record
from assuage.report.atlas.shapes import (
    HEIGHT,
    MIDLINE,
    OUTLINE,
    SHAPES,
    VIEWS,
    WIDTH,
    Points,
    View,
    screen_side,
)
from assuage.report.atlas.visits import WORDS, Change, Visit, visits
from assuage.terms.sites import SITES

FONT = "DejaVu Sans, Verdana, Arial, sans-serif"
INK, QUIET, SKIN, PLAIN = "#1c1f24", "#555b64", "#f1f2f4", "#9877b3"
SCALE, IN_ROW = 0.62, 4
BETWEEN, HEADER, FOOTER = 10, 30, 44
# Ours: more maps than this do not tell more; the table has every day.
MOST = 8

# A name of its own for each picture, so that two on one page do not share patterns.
_PATTERNS = """<defs>
<pattern id="{0}-new" width="9" height="9" patternUnits="userSpaceOnUse"><rect width="9" height="9" fill="#5b2d82"/>\
<path d="M4.5,2v5M2,4.5h5" stroke="#fff" stroke-width="1.5"/></pattern>
<pattern id="{0}-same" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">\
<rect width="5" height="5" fill="#e3d6ec"/><rect width="2.4" height="5" fill="#5b2d82"/></pattern>
<pattern id="{0}-gone" width="8" height="8" patternUnits="userSpaceOnUse"><rect width="8" height="8" fill="#fff"/>\
<path d="M2,2l4,4M6,2l-4,4" stroke="#333" stroke-width="1"/></pattern>
</defs>"""
_KEY: tuple[tuple[Change, str], ...] = (
    ("first", "hurts, first word on it"),
    ("new", "new"),
    ("same", "same as before"),
    ("gone", "gone"),
    ("free", "does not hurt"),
)


def svg(record: Record, on: int | None = None, *, name: str = "atlas") -> str:
    """Small maps of the visits at which the map changed, the latest last; at most `MOST`, with the first kept.

    `name` goes before the ids of its patterns. A record in which no place was spoken of gives an empty map.
    """
    spoken = visits(record, on)
    shown = chosen(spoken)
    drawn = shown or (Visit(on or 0, False, {}),)
    columns = min(len(drawn), IN_ROW)
    lines = -(-len(drawn) // IN_ROW)
    wide = 2 * WIDTH * SCALE + BETWEEN
    tall = HEIGHT * SCALE + HEADER + BETWEEN
    width, height = max(columns * (wide + BETWEEN), 470), lines * tall + FOOTER
    left_out = len(spoken) - len(shown)
    said = summary(shown) + _more(left_out)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" width="{width:g}" height="{height:g}" '
        f'viewBox="0 0 {width:g} {height:g}" font-family="{FONT}">',
        f"<title>Where it hurt, by visit</title><desc>{escape(said)}</desc>",
        f'<rect width="{width:g}" height="{height:g}" fill="#fff"/>',
        _PATTERNS.format(name),
    ]
    for n, visit in enumerate(drawn):
        x, y = n % IN_ROW * (wide + BETWEEN), n // IN_ROW * tall
        parts.append(f'<g transform="translate({x:g},{y:g})">')
        parts += _map(visit, name, nothing=not shown)
        parts.append("</g>")
    parts += _key(name, lines * tall + 8, left_out)
    return "\n".join([*parts, "</svg>"])


def png(record: Record, on: int | None = None, *, scale: float = 2) -> bytes:
    """The maps as PNG."""
    import vl_convert

    return bytes(vl_convert.svg_to_png(svg(record, on), scale=scale))


def pdf(record: Record, on: int | None = None) -> bytes:
    """The maps as a PDF of one page with real text."""
    import vl_convert

    return bytes(vl_convert.svg_to_pdf(svg(record, on)))


def chosen(spoken: Sequence[Visit]) -> tuple[Visit, ...]:
    """The first visit and those on which something changed; of too many the first and the latest."""
    told = [
        visit
        for n, visit in enumerate(spoken)
        if n == 0 or {*visit.places.values(), visit.whole_body} & {"first", "new", "gone"}
    ]
    return tuple(told) if len(told) <= MOST else (told[0], *told[-(MOST - 1) :])


def summary(shown: Sequence[Visit]) -> str:
    """What the maps show, in words: for those who cannot see them."""
    if not shown:
        return "Nobody said where it hurts."
    sentences: list[str] = []
    for visit in shown:
        by_change: dict[str, list[str]] = {}
        for place, change in visit.spoken.items():
            if change != "free":
                by_change.setdefault(change, []).append(SITES[place].title)
        said = [f"{_SAID[change]} {', '.join(places)}" for change, places in by_change.items()]
        if visit.total:
            said.append(f"widespread pain index {visit.total}, places not named")
        sentences.append(f"{visit.title}: {'; '.join(said) or 'no pain at the places asked about'}.")
    return " ".join(sentences)


_SAID = {"first": "hurts at", "new": "new at", "same": "as before at", "gone": "gone at"}


def _map(visit: Visit, name: str, *, nothing: bool) -> Iterator[str]:
    yield f'<text x="4" y="13" font-size="11.5" font-weight="bold" fill="{INK}">{escape(visit.title)}</text>'
    remark = _remark(visit, nothing=nothing)
    yield f'<text x="4" y="26" font-size="8.5" fill="{QUIET}">{escape(remark)}</text>'
    for n, view in enumerate(VIEWS):
        yield f'<g transform="translate({n * (WIDTH * SCALE + BETWEEN):g},{HEADER}) scale({SCALE})">'
        yield from _body(visit, view, name)
        yield "</g>"


def _remark(visit: Visit, *, nothing: bool) -> str:
    if nothing:
        return "nobody said where it hurts"
    parts = [f"index {visit.total}, places not named"] if visit.total else []
    if visit.whole_body:
        parts.append(f"whole body: {'gone' if visit.whole_body in ('gone', 'free') else visit.whole_body}")
    return "; ".join(parts).replace("whole body: first", "whole body hurts")


def _body(visit: Visit, view: View, name: str) -> Iterator[str]:
    half = [(MIDLINE + out, down) for out, down in OUTLINE]
    outline = (*half, *((2 * MIDLINE - x, y) for x, y in reversed(half)))
    whole = visit.whole_body is not None and visit.whole_body not in ("gone", "free")
    fill = "#d9c7e6" if whole else SKIN
    yield f'<path d="{_smooth(outline)}" fill="{fill}" stroke="{QUIET}" stroke-width="1.6"/>'
    for shape in SHAPES:
        change = visit.places.get(shape.site) if shape.view == view else None
        if change is None:
            if shape.view == view:
                yield f'<path d="{_closed(shape.points)}" fill="none" stroke="#c3c8cf" stroke-width="0.8"/>'
            continue
        said = escape(f"{visit.title}, {SITES[shape.site].title}: {WORDS[change]}")
        yield (
            f'<path d="{_closed(shape.points)}" data-site="{shape.site}" {_look(change, name)}>'
            f"<title>{said}</title></path>"
        )
    for side in ("right", "left"):
        x = MIDLINE + screen_side(side, view) * 62
        yield (
            f'<text x="{x}" y="30" font-size="15" font-weight="bold" text-anchor="middle" '
            f'data-side="{side}" fill="{INK}">{side[0].upper()}</text>'
        )
    yield (
        f'<text x="{MIDLINE + 62}" y="{HEIGHT - 8}" font-size="13" text-anchor="middle" fill="{QUIET}">{view}</text>'
    )


def _look(change: Change, name: str) -> str:
    match change:
        case "first":
            return f'fill="{PLAIN}" stroke="{INK}" stroke-width="1.6"'
        case "new" | "same":
            return f'fill="url(#{name}-{change})" stroke="{INK}" stroke-width="1.8"'
        case "gone":
            return f'fill="url(#{name}-gone)" stroke="{INK}" stroke-width="1.4" stroke-dasharray="4 2"'
        case "free":
            return f'fill="#fff" stroke="{QUIET}" stroke-width="0.9"'


def _key(name: str, y: float, left_out: int) -> Iterator[str]:
    x = 4.0
    for change, said in _KEY:
        yield f'<rect x="{x:g}" y="{y:g}" width="16" height="11" {_look(change, name)}/>'
        yield f'<text x="{x + 21:g}" y="{y + 9:g}" font-size="9" fill="{INK}">{said}</text>'
        x += 34 + len(said) * 5.4
    yield (
        f'<text x="4" y="{y + 27:g}" font-size="9" fill="{QUIET}">L and R are the patient’s own left and right. '
        f"Pale grey: not said on that day. ≈: day inferred.{_more(left_out)}</text>"
    )


def _more(left_out: int) -> str:
    if not left_out:
        return ""
    days = "1 more day is" if left_out == 1 else f"{left_out} more days are"
    return f" {days} in the table."


def _closed(points: Points) -> str:
    return "M" + "L".join(f"{x:g},{y:g}" for x, y in points) + "Z"


def _smooth(points: Sequence[tuple[float, float]]) -> str:
    """A closed curve through the points (Catmull–Rom, as cubic Béziers)."""
    n = len(points)
    path = [f"M{points[0][0]:g},{points[0][1]:g}"]
    for i in range(n):
        (x0, y0), (x1, y1), (x2, y2), (x3, y3) = (points[(i + k - 1) % n] for k in range(4))
        path.append(
            f"C{x1 + (x2 - x0) / 6:.1f},{y1 + (y2 - y0) / 6:.1f} "
            f"{x2 - (x3 - x1) / 6:.1f},{y2 - (y3 - y1) / 6:.1f} {x2:g},{y2:g}"
        )
    return "".join([*path, "Z"])
