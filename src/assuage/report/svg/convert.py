"""An SVG as PNG or as tagged PDF, made by Typst: no browser, no network, and only the fonts it is given."""

from __future__ import annotations

from collections.abc import Mapping

from assuage.catalogue.message import message
from assuage.errors import InputError
from assuage.report.look.figures import fonts_folder
from assuage.report.look.letters import drawn

# The text of the page is data of the program, never text of a person: those come as variables.
_PAGE = b"""
#set document(title: sys.inputs.title)
#set page(width: auto, height: auto, margin: 0pt)
#set text(lang: sys.inputs.language)
#image("/picture.svg", alt: sys.inputs.alt)
"""
_PICTURE = "picture"
_POINTS_PER_INCH = 72.0


def png_of(svg: str, scale: float = 2) -> bytes:
    """The picture as PNG, `scale` dots for each of its pixels."""
    # One pixel of an SVG is 0.75 points to Typst.
    return _compiled(
        svg, "png", {"title": "", "language": "en", "alt": ""}, ppi=scale * _POINTS_PER_INCH / 0.75
    )


def pdf_of(svg: str, title: str, alt: str, language: str) -> bytes:
    """The picture as a PDF/UA-1 of one page with real text; `alt` says in words what it shows."""
    return _compiled(svg, "pdf", {"title": title, "language": language, "alt": alt})


def _compiled(svg: str, form: str, words: dict[str, str], ppi: float | None = None) -> bytes:
    """The page made of the picture. InputError where the extra that draws is not installed."""
    import tempfile
    from pathlib import Path

    try:
        import typst
    except ImportError:
        raise InputError(message("extra.pictures")) from None

    def compiled(texts: Mapping[str, str]) -> bytes:
        with tempfile.TemporaryDirectory() as name:
            folder, inputs = Path(name), dict(texts)
            (folder / "picture.svg").write_text(inputs.pop(_PICTURE), encoding="utf-8")
            compiler = typst.Compiler(
                root=folder, font_paths=[fonts_folder()], ignore_system_fonts=True, sys_inputs=inputs
            )
            if form == "png":
                return compiler.compile(_PAGE, format="png", ppi=ppi)  # pyright: ignore[reportReturnType]
            return compiler.compile(_PAGE, format="pdf", pdf_standards=["ua-1"])  # pyright: ignore[reportReturnType]

    return drawn(compiled, {_PICTURE: svg, **words})
