"""The body maps as one SVG: a front and a back for each visit, changes apart by pattern, readable without colour."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from typing import Literal

from msgspec import Struct

from assuage.catalogue.message import Message, message
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
from assuage.report.atlas.visits import INDEX, Change, Visit, fewest_sites, visits
from assuage.report.look import tokens
from assuage.report.look.figures import drawn_width, opening
from assuage.report.svg.convert import pdf_of, png_of
from assuage.terms.sites import SITES, Site
from assuage.words.speak import ENGLISH, translation_note

INK, QUIET, SKIN, FAINT = tokens.TEXT.light, tokens.QUIET.light, tokens.RAISED.light, tokens.LINE.light
GROUND, PALE, PLAIN, DARK = (
    tokens.GROUND.light,
    tokens.PAIN[0].light,
    tokens.PAIN[2].light,
    tokens.PAIN[-1].light,
)
SCALE, IN_ROW = 0.62, 4
SMALL_SCALE, SMALL_IN_ROW = 0.36, 7
MANY = 8  # ours: more maps than this are drawn small, so that none has to be left out
BETWEEN, HEADER, FOOTER = 10, 32, 52
TITLE_SIZE, KEY_SIZE = 13, 11
KEY_WIDTH = 470
ANOTHER_FONT = 1.3  # a file may be read where our font is not: what stands in for it is at most so much wider
FEW = 4  # ours: so many places that do not hurt are named, of more their number
BIGGER, SMALLER = "M4.5,2L7.5,7.2H1.5Z", "M4.5,7.2L1.5,2H7.5Z"

# A name of its own for each picture, so that two on one page do not share patterns. Dark where it is more, pale where
# it is less, and each with its own sign: a cross, a triangle up or down, stripes, a cross lying down, a ring.
_PATTERNS = f"""<defs>
<pattern id="{{0}}-new" width="9" height="9" patternUnits="userSpaceOnUse">\
<rect width="9" height="9" fill="{DARK}"/>\
<path d="M4.5,1.6v5.8M1.6,4.5h5.8" stroke="{GROUND}" stroke-width="1.7"/></pattern>
<pattern id="{{0}}-worse" width="9" height="9" patternUnits="userSpaceOnUse">\
<rect width="9" height="9" fill="{DARK}"/>\
<path d="{BIGGER}" fill="{GROUND}"/></pattern>
<pattern id="{{0}}-better" width="9" height="9" patternUnits="userSpaceOnUse">\
<rect width="9" height="9" fill="{PALE}"/>\
<path d="{SMALLER}" fill="{DARK}"/></pattern>
<pattern id="{{0}}-same" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">\
<rect width="5" height="5" fill="{PALE}"/><rect width="2.2" height="5" fill="{DARK}"/></pattern>
<pattern id="{{0}}-gone" width="8" height="8" patternUnits="userSpaceOnUse">\
<rect width="8" height="8" fill="{GROUND}"/>\
<path d="M2,2l4,4M6,2l-4,4" stroke="{INK}" stroke-width="1"/></pattern>
<pattern id="{{0}}-free" width="10" height="10" patternUnits="userSpaceOnUse">\
<rect width="10" height="10" fill="{GROUND}"/>\
<circle cx="5" cy="5" r="2.2" fill="none" stroke="{QUIET}" stroke-width="1"/></pattern>
</defs>"""
# What a place may look like: as it compares, or as the body where nobody spoke of it.
Look = Change | Literal["unsaid"]
_CHANGES: tuple[Change, ...] = ("new", "worse", "better", "same", "gone", "first", "free")
_KEY: tuple[Look, ...] = (*_CHANGES, "unsaid")


class MapOfDay(Struct, frozen=True):
    """One day's map for a page: its title and what it shows in words, beside a drawing without any text of its own."""

    title: str
    words: str
    drawing: str


def svg(record: Record, on: int | None = None, speaking: Catalogue = ENGLISH, *, name: str = "atlas") -> str:
    """Small maps of the first visit and of every visit at which something changed, in rows, the latest last.

    `name` goes before the ids of its patterns. A record in which no place was spoken of gives an empty map.
    """
    spoken = visits(record, on)
    shown = chosen(spoken)
    drawn = shown or (Visit(on or 0, False, {}),)
    scale, in_row = (SCALE, IN_ROW) if len(drawn) <= MANY else (SMALL_SCALE, SMALL_IN_ROW)
    lines = -(-len(drawn) // in_row)
    wide = 2 * WIDTH * scale + BETWEEN
    tall = HEIGHT * scale + HEADER + BETWEEN
    key = list(_key_places(speaking))
    note = list(_wrapped([_note(len(spoken) - len(shown), speaking), translation_note(speaking)]))
    width = max(min(len(drawn), in_row) * (wide + BETWEEN), KEY_WIDTH)
    height = lines * tall + FOOTER + 16 * key[-1][1] + 15 * len(note)
    words = " ".join(filter(None, [maps_in_words(shown, speaking), *note]))
    title = speaking.say(message("page.maps-by-visit"))
    parts = [
        opening(width, height, language=speaking.language, title=title, description=words),
        _PATTERNS.format(name),
    ]
    for n, visit in enumerate(drawn):
        x, y = n % in_row * (wide + BETWEEN), n // in_row * tall
        parts.append(f'<g transform="translate({x:g},{y:g})">')
        parts += _map(visit, name, scale, speaking, nothing=not shown)
        parts.append("</g>")
    top = lines * tall + 10
    for change, (x, line, says) in zip(_KEY, key, strict=True):
        y = top + 16 * line
        parts.append(f'<rect x="{x:g}" y="{y:g}" width="18" height="12" {_look(change, name)}/>')
        parts.append(_lettering(x + 23, y + 10, says, KEY_SIZE, INK))
    below = top + 16 * key[-1][1] + 30
    parts += [_lettering(4, below + 15 * n, line, KEY_SIZE, QUIET) for n, line in enumerate(note)]
    return "\n".join([*parts, "</svg>"])


def patterns(name: str) -> str:
    """An empty picture that holds the patterns of the maps of a page."""
    return f'<svg class="defs" width="0" height="0" aria-hidden="true">{_PATTERNS.format(name)}</svg>'


def maps_of_days(
    record: Record,
    on: int | None = None,
    speaking: Catalogue = ENGLISH,
    *,
    name: str = "atlas",
) -> tuple[MapOfDay, ...]:
    """The same maps one by one, for a page that sets their words itself."""
    return maps_of_visits(chosen(visits(record, on)), speaking, name=name)


def maps_of_visits(
    shown: Sequence[Visit], speaking: Catalogue = ENGLISH, *, name: str = "atlas"
) -> tuple[MapOfDay, ...]:
    """The maps of these visits one by one."""
    width, height = 2 * WIDTH + BETWEEN, HEIGHT
    return tuple(
        MapOfDay(
            visit.title(speaking),
            speaking.say(message("bodymap.changes", changes=_changes_in_words(visit))),
            f'<svg role="img" viewBox="0 0 {width} {height}" aria-label="{escape(visit.title(speaking), quote=True)}">'
            + "".join(_views(visit, name, 1, speaking))
            + "</svg>",
        )
        for visit in shown
    )


def key_of_maps(speaking: Catalogue = ENGLISH, *, name: str = "atlas") -> tuple[tuple[str, str], ...]:
    """What each pattern says: a small drawing, and its words."""
    return tuple(
        (
            f'<svg aria-hidden="true" viewBox="0 0 22 16"><rect x="1" y="1" width="20" height="14" '
            f"{_look(change, name)}/></svg>",
            speaking.say(message(f"bodymap.key-{change}")),
        )
        for change in _KEY
    )


def note_of_maps(record: Record, on: int | None = None, speaking: Catalogue = ENGLISH) -> str:
    """Whose left and right it is, what is pale, and how many days without a change are in the table only."""
    return note_of_visits(visits(record, on), speaking)


def note_of_visits(spoken: Sequence[Visit], speaking: Catalogue = ENGLISH) -> str:
    """The same of these visits."""
    return _note(len(spoken) - len(chosen(spoken)), speaking)


def png(record: Record, on: int | None = None, speaking: Catalogue = ENGLISH, *, scale: float = 2) -> bytes:
    """The maps as PNG."""
    return png_of(svg(record, on, speaking), scale)


def pdf(record: Record, on: int | None = None, speaking: Catalogue = ENGLISH) -> bytes:
    """The maps as a tagged PDF of one page with real text, its title, its language, and its words."""
    words = maps_in_words(chosen(visits(record, on)), speaking)
    title = speaking.say(message("page.maps-by-visit"))
    return pdf_of(svg(record, on, speaking), title, words, speaking.language)


def chosen(spoken: Sequence[Visit]) -> tuple[Visit, ...]:
    """The first visit and every one on which something changed: none of them is ever left out."""
    return tuple(visit for n, visit in enumerate(spoken) if n == 0 or visit.changed)


def maps_in_words(shown: Sequence[Visit], speaking: Catalogue = ENGLISH) -> str:
    """What the maps show, in words: for those who cannot see them."""
    if not shown:
        return speaking.say(message("bodymap.nobody-said"))
    return " ".join(
        speaking.say(message("bodymap.summary", day=visit.title(speaking), changes=_changes_in_words(visit)))
        for visit in shown
    )


def _changes_in_words(visit: Visit) -> tuple[Message, ...]:
    """What a map shows: the places of each change, and the total of the index where the places were not named."""
    by_change: dict[Change, list[str]] = {}
    for place, change in visit.spoken.items():
        by_change.setdefault(change, []).append(place)
    changes = [
        message(f"bodymap.summary-{change}", places=fewest_sites(by_change[change]))
        for change in _CHANGES
        if change in by_change and change != "free"
    ]
    if "free" in by_change:
        changes.append(_free_in_words(visit, fewest_sites(by_change["free"])))
    if visit.total:
        changes.append(message("bodymap.summary-index", scale=INDEX, total=visit.total))
    if visit.unsaid:
        changes.append(message("bodymap.summary-unsaid" if visit.places else "bodymap.summary-unsaid-all"))
    return tuple(changes)


def _free_in_words(visit: Visit, free: Sequence[Site]) -> Message:
    """Where it does not hurt: all else in one word where all was asked about, many places by their number."""
    if len(free) <= FEW:
        return message("bodymap.summary-free", places=tuple(free))
    if visit.unsaid:
        return message("bodymap.summary-free-many", n=len(free))
    return message(
        "bodymap.summary-free-elsewhere" if len(set(visit.spoken.values())) > 1 else "bodymap.no-pain"
    )


def _map(visit: Visit, name: str, scale: float, speaking: Catalogue, *, nothing: bool) -> Iterator[str]:
    yield _lettering(4, 14, visit.title(speaking), TITLE_SIZE, INK, ' font-weight="bold"')
    if scale == SCALE:
        yield _lettering(4, 28, _remark(visit, speaking, nothing=nothing), KEY_SIZE, QUIET)
    yield f'<g transform="translate(0,{HEADER})">'
    yield from _views(visit, name, scale, speaking)
    yield "</g>"


def _views(visit: Visit, name: str, scale: float, speaking: Catalogue) -> Iterator[str]:
    for n, view in enumerate(VIEWS):
        yield f'<g transform="translate({n * (WIDTH * scale + BETWEEN):g},0) scale({scale})">'
        yield from _body(visit, view, name, scale, speaking)
        yield "</g>"


def _lettering(x: float, y: float, text: str, size: float, fill: str, more: str = "") -> str:
    return f'<text x="{x:g}" y="{y:g}" font-size="{size:g}" fill="{fill}"{more}>{escape(text)}</text>'


def _remark(visit: Visit, speaking: Catalogue, *, nothing: bool) -> str:
    if nothing:
        return speaking.say(message("bodymap.nobody-said-here"))
    parts = [message("bodymap.remark-index", total=visit.total)] if visit.total else []
    if visit.whole_body:
        parts.append(message(f"bodymap.whole-body-{visit.whole_body}"))
    return speaking.value(tuple(parts), "semicolon")


def _body(visit: Visit, view: View, name: str, scale: float, speaking: Catalogue) -> Iterator[str]:
    half = [(MIDLINE + out, down) for out, down in OUTLINE]
    outline = (*half, *((2 * MIDLINE - x, y) for x, y in reversed(half)))
    covered = visit.whole_body is not None and visit.whole_body not in ("gone", "free")
    fill = PALE if covered else SKIN
    yield f'<path d="{_smooth(outline)}" fill="{fill}" stroke="{QUIET}" stroke-width="1.6"/>'
    for shape in SHAPES:
        change = visit.places.get(shape.site) if shape.view == view else None
        if change is None:
            if shape.view == view:
                yield f'<path d="{_closed(shape.points)}" {_look("unsaid", name, fill)}/>'
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
    # The patient's own sides, in letters that are as large on every map that has room for them.
    size = max(19, 14 / scale)
    for side in ("right", "left"):
        x = MIDLINE + screen_side(side, view) * 62
        yield (
            f'<text x="{x}" y="30" font-size="{size:g}" font-weight="bold" text-anchor="middle" '
            f'data-side="{side}" fill="{INK}">{speaking.say(message(f"bodymap.side-{side}"))}</text>'
        )
    if scale < SCALE:
        return
    name_of_view = escape(speaking.say(message(f"bodymap.view-{view}")))
    place = f'x="{MIDLINE + 62}" y="{HEIGHT - 8}"'
    yield f'<text {place} font-size="19" text-anchor="middle" fill="{QUIET}">{name_of_view}</text>'


def _look(look: Look, name: str, body: str = SKIN) -> str:
    match look:
        case "first":
            return f'fill="{PLAIN}" stroke="{INK}" stroke-width="1.6"'
        case "new" | "worse" | "better" | "same":
            return f'fill="url(#{name}-{look})" stroke="{INK}" stroke-width="1.8"'
        case "gone":
            return f'fill="url(#{name}-gone)" stroke="{INK}" stroke-width="1.4" stroke-dasharray="4 2"'
        case "free":
            return f'fill="url(#{name}-free)" stroke="{QUIET}" stroke-width="1.2"'
        case "unsaid":
            return f'fill="{body}" stroke="{FAINT}" stroke-width="0.8" stroke-dasharray="1 3"'


def _key_places(speaking: Catalogue) -> Iterator[tuple[float, int, str]]:
    """Where each word of the key stands: how far in, in which line, and what it says. None leaves the picture."""
    x, line = 4.0, 0
    for change in _KEY:
        says = speaking.say(message(f"bodymap.key-{change}"))
        wide = 32 + drawn_width(says, KEY_SIZE) * ANOTHER_FONT
        if x + wide > KEY_WIDTH + 12 and x > 4:
            x, line = 4.0, line + 1
        yield x, line, says
        x += wide


def _note(left_out: int, speaking: Catalogue) -> str:
    more = f" {speaking.say(message('bodymap.more-days', n=left_out))}" if left_out else ""
    return speaking.say(message("bodymap.key")) + more


def _wrapped(texts: Sequence[str | None]) -> Iterator[str]:
    """The texts in lines that fit the narrowest picture."""
    for text in texts:
        line = ""
        for word in (text or "").split():
            longer = f"{line} {word}".strip()
            if line and drawn_width(longer, KEY_SIZE) * ANOTHER_FONT > KEY_WIDTH - 8:
                yield line
                longer = word
            line = longer
        if line:
            yield line


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
