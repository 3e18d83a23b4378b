"""The style sheet of the clinic: the tokens and rules of the report's pages, the fonts beside it, and its own rules."""

from __future__ import annotations

from functools import cache
from hashlib import sha256
from pathlib import Path

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from assuage.clinic.people.gate import open_to_all
from assuage.report.look import css
from assuage.report.look.figures import fonts_folder
from assuage.report.look.tokens import SANS

_PAGES = Path(css.__file__).parent.parent / "page" / "templates" / "page.css"
_OWN = Path(__file__).parent / "clinic.css"
_WEIGHTS = {"Regular": 400, "Bold": 700}


@cache
def clinic_style_sheet() -> bytes:
    """All rules in one file; the fonts are files of their own, for a policy that allows no data in it."""
    faces = "".join(
        f'@font-face{{font-family:"{SANS}";font-weight:{weight};font-display:swap;'
        f'src:url(fonts/{name}.woff2) format("woff2")}}\n'
        for name, weight in _WEIGHTS.items()
    )
    parts = (css.variables(), faces, css.rules(), _PAGES.read_text("utf-8"), _OWN.read_text("utf-8"))
    return "\n".join(parts).encode()


@open_to_all
@require_safe
def look(request: HttpRequest) -> HttpResponse:
    """The style sheet; a browser asks again only whether it is still the same."""
    tag = f'"{sha256(clinic_style_sheet()).hexdigest()[:20]}"'
    if request.headers.get("If-None-Match") == tag:
        return HttpResponse(status=304)
    return HttpResponse(
        clinic_style_sheet(),
        "text/css; charset=utf-8",
        headers={"ETag": tag, "Cache-Control": "no-cache, private"},
    )


@open_to_all
@require_safe
def font(_request: HttpRequest, name: str) -> HttpResponse:
    """One of the two weights of our font."""
    if name not in _WEIGHTS:
        return HttpResponse(status=404)
    packed = (fonts_folder() / f"AssuageSans-{name}.woff2").read_bytes()
    return HttpResponse(
        packed, "font/woff2", headers={"Cache-Control": "public, max-age=31536000, immutable"}
    )
