"""Pictures as Vega-Lite, drawn to SVG and PNG without a browser or a network, and pages that hold them.

Colours are those of the look, in their light values, and repeated by shape or words: a grey print says the same.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from html import escape
from typing import Any

from assuage.errors import InputError
from assuage.report.look import css, figures, tokens

Spec = dict[str, Any]
Picture = tuple[str, str, Spec]  # its name, what it shows in a sentence, and how it is drawn
BLUE, RED, GREY = tokens.ESTIMATE.light, tokens.EXPOSURE.light, tokens.EDGE.light
LIGHT, INK = tokens.STAGES[0].light, tokens.TEXT.light
_WIDTH = 620
_CONFIG: Spec = {
    "font": tokens.SANS_STACK,
    "background": tokens.GROUND.light,
    "view": {"stroke": None},
    "axis": {
        "labelFontSize": 12,
        "titleFontSize": 12,
        "titleFontWeight": "normal",
        "gridColor": tokens.LINE.light,
    },
    "title": {
        "fontSize": 14,
        "anchor": "start",
        "fontWeight": "normal",
        "subtitleFontSize": 12,
        "offset": 10,
    },
}


def framed(title: str, subtitle: str | list[str], layers: list[Spec], height: int, **more: Any) -> Spec:
    """Layers under a title, with what the marks mean below it."""
    return {
        "title": {"text": title, "subtitle": subtitle},
        "width": _WIDTH,
        "height": height,
        "layer": layers,
        "config": _CONFIG,
        **more,
    }


def layer(rows: Sequence[Spec], mark: Spec, **encoding: Any) -> Spec:
    """One layer with rows of its own."""
    return {"data": {"values": list(rows)}, "mark": mark, "encoding": encoding}


def number_axis(field: str, title: str | None = None, **more: Any) -> Spec:
    """An axis of numbers."""
    return {"field": field, "type": "quantitative", "axis": {"title": title, **more.pop("axis", {})}, **more}


def _renderer() -> Any:
    try:
        import vl_convert
    except ImportError:
        raise InputError("pictures need the extra: pip install 'assuage[report]'") from None
    return vl_convert


def svg(spec: Spec) -> str:
    """The picture as SVG."""
    return str(_renderer().vegalite_to_svg(json.dumps(spec)))


def png(spec: Spec) -> bytes:
    """The picture as PNG, twice the size of the screen."""
    return bytes(_renderer().vegalite_to_png(json.dumps(spec), scale=2))


def files(pictures: Iterable[Picture]) -> Iterator[tuple[str, str | bytes]]:
    """Each picture twice, by its file name."""
    for name, _shows, spec in pictures:
        yield f"{name}.svg", svg(spec)
        yield f"{name}.png", png(spec)


# ---------------------------------------------------------------- the page

_STYLE = "body{max-width:62rem}figure svg{min-width:34rem}@media print{figure svg{min-width:0}}"


def page(title: str, body: Sequence[str], language: str = "en") -> str:
    """A page complete in itself: no script, and no address outside itself. `body` is HTML."""
    return (
        f'<!doctype html>\n<html lang="{language}"><head><meta charset="utf-8"><title>{escape(title)}</title>'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<meta http-equiv="Content-Security-Policy" content="{css.SECURITY_POLICY}">'
        f"<style>{css.style_sheet()}{_STYLE}</style></head>\n<body>\n<main>\n<h1>{escape(title)}</h1>\n"
        + "\n".join(body)
        + "\n</main>\n</body></html>\n"
    )


def element(text: str, tag: str = "p") -> str:
    """A text as an element."""
    return f"<{tag}>{escape(text)}</{tag}>"


def strong(text: str) -> str:
    """A paragraph that must be read."""
    return f"<p><strong>{escape(text)}</strong></p>"


def figure(picture: Picture) -> str:
    """The picture with its sentence below, which is also what is read aloud instead of it."""
    name, shows, spec = picture
    bare = figures.themed(
        re.sub(r'\s+xmlns(:\w+)?="[^"]*"', "", svg(spec))
    )  # name spaces look like addresses
    drawn = bare.replace("<svg", f'<svg role="img" aria-label="{escape(shows, quote=True)}"', 1)
    return (
        f'<figure><div class="scroll" role="region" tabindex="0" aria-label="{escape(name, quote=True)}">{drawn}</div>'
        f"<figcaption>{escape(shows)}</figcaption></figure>"
    )


def listed(texts: Iterable[str]) -> str:
    """A list."""
    return "<ul>" + "".join(element(text, "li") for text in texts) + "</ul>"


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table with a row of headings."""
    top = "".join(f'<th scope="col">{escape(name)}</th>' for name in head)
    body = "".join("<tr>" + "".join(element(cell, "td") for cell in row) + "</tr>" for row in rows)
    return f"<table><thead><tr>{top}</tr></thead><tbody>{body}</tbody></table>"
