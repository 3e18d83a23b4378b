"""The body maps as one SVG: a front and a back for each visit, changes apart by pattern, readable without colour."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape

from assuage.catalogue.message import message
from assuage.catalogue.read import Catalogue
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
from assuage.report.atlas.visits import INDEX, Change, Visit, visits
from assuage.report.svg.convert import pdf_of, png_of
from assuage.terms.sites import SITES, Site
from assuage.words.speak import ENGLISH, translation_note

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
_KEY: tuple[Change, ...] = ("first", "new", "same", "gone", "free")


def svg(record: Record, on: int | None = None, speaking: Catalogue = ENGLISH, *, name: str = "atlas") -> str:
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
    unchecked = translation_note(speaking)
    height += 13 if unchecked else 0
    left_out = len(spoken) - len(shown)
    words = maps_in_words(shown, speaking) + _more(left_out, speaking)
    words += f" {unchecked}" if unchecked else ""
    title = speaking.say(message("page.maps-by-visit"))
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" width="{width:g}" height="{height:g}" '
        f'viewBox="0 0 {width:g} {height:g}" font-family="{FONT}" lang="{speaking.language}">',
        f"<title>{escape(title)}</title><desc>{escape(words)}</desc>",
        f'<rect width="{width:g}" height="{height:g}" fill="#fff"/>',
        _PATTERNS.format(name),
    ]
    for n, visit in enumerate(drawn):
        x, y = n % IN_ROW * (wide + BETWEEN), n // IN_ROW * tall
        parts.append(f'<g transform="translate({x:g},{y:g})">')
        parts += _map(visit, name, speaking, nothing=not shown)
        parts.append("</g>")
    parts += _key(name, lines * tall + 8, left_out, speaking)
    return "\n".join([*parts, "</svg>"])


def png(record: Record, on: int | None = None, speaking: Catalogue = ENGLISH, *, scale: float = 2) -> bytes:
    """The maps as PNG."""
    return png_of(svg(record, on, speaking), scale)


def pdf(record: Record, on: int | None = None, speaking: Catalogue = ENGLISH) -> bytes:
    """The maps as a tagged PDF of one page with real text, its title, its language, and its words."""
    words = maps_in_words(chosen(visits(record, on)), speaking)
    title = speaking.say(message("page.maps-by-visit"))
    return pdf_of(svg(record, on, speaking), title, words, speaking.language)


def chosen(spoken: Sequence[Visit]) -> tuple[Visit, ...]:
    """The first visit and those on which something changed; of too many the first and the latest."""
    changed = [
        visit
        for n, visit in enumerate(spoken)
        if n == 0 or {*visit.places.values(), visit.whole_body} & {"first", "new", "gone"}
    ]
    return tuple(changed) if len(changed) <= MOST else (changed[0], *changed[-(MOST - 1) :])


def maps_in_words(shown: Sequence[Visit], speaking: Catalogue = ENGLISH) -> str:
    """What the maps show, in words: for those who cannot see them."""
    if not shown:
        return speaking.say(message("bodymap.nobody-said"))
    sentences: list[str] = []
    for visit in shown:
        by_change: dict[Change, list[Site]] = {}
        for place, change in visit.spoken.items():
            if change != "free":
                by_change.setdefault(change, []).append(SITES[place])
        changes = [
            message(f"bodymap.summary-{change}", places=tuple(places)) for change, places in by_change.items()
        ]
        if visit.total:
            changes.append(message("bodymap.summary-index", scale=INDEX, total=visit.total))
        of_day = tuple(changes) or (message("bodymap.no-pain"),)
        sentences.append(speaking.say(message("bodymap.summary", day=visit.title(speaking), changes=of_day)))
    return " ".join(sentences)


def _map(visit: Visit, name: str, speaking: Catalogue, *, nothing: bool) -> Iterator[str]:
    yield f'<text x="4" y="13" font-size="11.5" font-weight="bold" fill="{INK}">{escape(visit.title(speaking))}</text>'
    remark = _remark(visit, speaking, nothing=nothing)
    yield f'<text x="4" y="26" font-size="8.5" fill="{QUIET}">{escape(remark)}</text>'
    for n, view in enumerate(VIEWS):
        yield f'<g transform="translate({n * (WIDTH * SCALE + BETWEEN):g},{HEADER}) scale({SCALE})">'
        yield from _body(visit, view, name, speaking)
        yield "</g>"


def _remark(visit: Visit, speaking: Catalogue, *, nothing: bool) -> str:
    if nothing:
        return speaking.say(message("bodymap.nobody-said-here"))
    parts = [message("bodymap.remark-index", total=visit.total)] if visit.total else []
    if visit.whole_body:
        parts.append(message(f"bodymap.whole-body-{visit.whole_body}"))
    return speaking.value(tuple(parts), "semicolon")


def _body(visit: Visit, view: View, name: str, speaking: Catalogue) -> Iterator[str]:
    half = [(MIDLINE + out, down) for out, down in OUTLINE]
    outline = (*half, *((2 * MIDLINE - x, y) for x, y in reversed(half)))
    covered = visit.whole_body is not None and visit.whole_body not in ("gone", "free")
    fill = "#d9c7e6" if covered else SKIN
    yield f'<path d="{_smooth(outline)}" fill="{fill}" stroke="{QUIET}" stroke-width="1.6"/>'
    for shape in SHAPES:
        change = visit.places.get(shape.site) if shape.view == view else None
        if change is None:
            if shape.view == view:
                yield f'<path d="{_closed(shape.points)}" fill="none" stroke="#c3c8cf" stroke-width="0.8"/>'
            continue
        words = message(
            "bodymap.place",
            day=visit.title(speaking),
            place=SITES[shape.site],
            change=message(f"bodymap.words-{change}"),
        )
        yield (
            f'<path d="{_closed(shape.points)}" data-site="{shape.site}" {_look(change, name)}>'
            f"<title>{escape(speaking.say(words))}</title></path>"
        )
    for side in ("right", "left"):
        x = MIDLINE + screen_side(side, view) * 62
        yield (
            f'<text x="{x}" y="30" font-size="15" font-weight="bold" text-anchor="middle" '
            f'data-side="{side}" fill="{INK}">{speaking.say(message(f"bodymap.side-{side}"))}</text>'
        )
    name_of_view = escape(speaking.say(message(f"bodymap.view-{view}")))
    place = f'x="{MIDLINE + 62}" y="{HEIGHT - 8}"'
    yield f'<text {place} font-size="13" text-anchor="middle" fill="{QUIET}">{name_of_view}</text>'


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


def _key(name: str, y: float, left_out: int, speaking: Catalogue) -> Iterator[str]:
    x = 4.0
    for change in _KEY:
        says = speaking.say(message(f"bodymap.key-{change}"))
        yield f'<rect x="{x:g}" y="{y:g}" width="16" height="11" {_look(change, name)}/>'
        yield f'<text x="{x + 21:g}" y="{y + 9:g}" font-size="9" fill="{INK}">{escape(says)}</text>'
        x += 34 + len(says) * 5.4
    note = speaking.say(message("bodymap.key")) + _more(left_out, speaking)
    yield f'<text x="4" y="{y + 27:g}" font-size="9" fill="{QUIET}">{escape(note)}</text>'
    if unchecked := translation_note(speaking):
        yield f'<text x="4" y="{y + 40:g}" font-size="9" fill="{QUIET}">{escape(unchecked)}</text>'


def _more(left_out: int, speaking: Catalogue) -> str:
    return f" {speaking.say(message('bodymap.more-days', n=left_out))}" if left_out else ""


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
