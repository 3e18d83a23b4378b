"""Makes our fonts again, and the table of the widths of the sans: `make fonts`.

Source Sans 3 for figures, pages and cards, and Source Serif 4 for the manuscript (Adobe, versions 3.052 and 4.005, SIL
Open Font License 1.1; the packages `source-sans` and `source-serif` of npm) are cut down to the letters that are
printed here. Their licence reserves the name Source for what is not changed, so the results have names of their own.
Left out are hinting and kerning: a text is as wide as the sum of its letters, so our own drawings know their labels'
width. The eight blocks of the small line of weeks, which the sans lacks, are added as rectangles.
"""

from __future__ import annotations

import sys
from pathlib import Path

from fontTools.pens.ttGlyphPen import TTGlyphPen  # pyright: ignore
from fontTools.subset import Options, Subsetter  # pyright: ignore
from fontTools.ttLib import TTFont  # pyright: ignore

LOOK = Path(__file__).parents[2] / "src" / "assuage" / "report" / "look"
SANS, SERIF = "Assuage Sans", "Assuage Serif"
WEIGHTS = {"Regular": "Regular", "Bold": "Bold"}
STYLES = {"Regular": "Regular", "Italic": "It", "Bold": "Bold"}
BLOCKS = "▁▂▃▄▅▆▇█"
PRINTED = "".join(
    [
        *(chr(code) for code in range(0x20, 0x7F)),
        *(
            chr(code) for code in range(0xA0, 0x180)
        ),  # Latin-1 and Latin Extended-A: Lithuanian, German, Polish …
        "ȘșȚțẞμΔ",
        "‐‑–—‘’‚“”„†‡•…‰‹›⁄€™\u2009\u202f",
        "⁰⁴⁵⁶⁷⁸⁹₀₁₂₃₄₅₆₇₈₉⅓⅔⅛⅜⅝⅞",
        "←↑→↓↗↘−√∞≈≠≤≥│■□▲△▼▽○●◆✓✗☐",
    ]
)


def cut(source: Path, family: str, style: str) -> TTFont:  # pyright: ignore
    """The font with the printed letters only, under its own name."""
    font = TTFont(source, recalcTimestamp=False)
    options = Options()
    options.layout_features = ["ccmp", "locl", "mark", "mkmk"]
    options.hinting = False
    options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 13, 14]
    options.notdef_outline = True
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=[ord(letter) for letter in PRINTED])
    subsetter.subset(font)
    for record in font["name"].names:
        names = {1: family, 2: style, 3: f"{family} {style}", 4: f"{family} {style}"}
        names |= {6: f"{family.replace(' ', '')}-{style}"}
        if record.nameID in names:
            record.string = names[record.nameID]
    return font


def _add_blocks(font: TTFont) -> None:  # pyright: ignore
    """The blocks from one eighth to eight, standing on the line, as tall as a capital letter at most."""
    wide, tall = 560, font["OS/2"].sCapHeight
    for eighths, letter in enumerate(BLOCKS, start=1):
        name = f"uni{ord(letter):04X}"
        pen = TTGlyphPen(None)
        top = round(tall * eighths / len(BLOCKS))
        corners = [(30, 0), (30, top), (wide - 30, top), (wide - 30, 0)]
        pen.moveTo(corners[0])
        for corner in corners[1:]:
            pen.lineTo(corner)
        pen.closePath()
        font.setGlyphOrder([*font.getGlyphOrder(), name])
        font["glyf"][name] = pen.glyph()
        font["hmtx"][name] = (wide, 30)
        for table in font["cmap"].tables:
            if table.isUnicode():
                table.cmap[ord(letter)] = name


def widths(font: TTFont) -> dict[str, int]:  # pyright: ignore
    """The width of each letter in thousandths of the size."""
    unit = font["head"].unitsPerEm
    return {
        chr(code): round(font["hmtx"][glyph][0] * 1000 / unit)
        for code, glyph in sorted(font.getBestCmap().items())
    }


def table(name: str, of: dict[str, int]) -> str:
    """The widths as a Python dictionary: letters of one width together."""
    by_width: dict[int, str] = {}
    for letter, width in of.items():
        by_width[width] = by_width.get(width, "") + letter
    rows = "".join(f"    {width}: {letters!r},\n" for width, letters in sorted(by_width.items()))
    return f"{name}: Final = {{\n{rows}}}\n"


def main(sans: Path, serif: Path) -> None:
    """Write the fonts, their licence and the widths of the sans from the unpacked packages."""
    folder = LOOK / "fonts"
    folder.mkdir(exist_ok=True)
    tables: list[str] = []
    for weight, file in WEIGHTS.items():
        font = cut(sans / "TTF" / f"SourceSans3-{file}.ttf", SANS, weight)
        _add_blocks(font)
        tables.append(table(weight.upper(), widths(font)))
        _save(font, folder / f"AssuageSans-{weight}")
    for style, file in STYLES.items():
        _save(cut(serif / "TTF" / f"SourceSerif4-{file}.ttf", SERIF, style), folder / f"AssuageSerif-{style}")
    (folder / "OFL.txt").write_text(
        f"{SANS} is Source Sans 3, version 3.052, and {SERIF} is Source Serif 4, version 4.005, both cut down and "
        "renamed (docs/build/fonts.py says how).\n\n" + (sans / "LICENSE.md").read_text(encoding="utf-8"),
        encoding="utf-8",
    )
    head = (
        '"""How wide the letters of our font are, in thousandths of the size. Written by `make fonts`."""\n\n'
        "from typing import Final\n\n# fmt: off\n"
    )
    (LOOK / "widths.py").write_text(head + "\n".join(tables), encoding="utf-8")


def _save(font: TTFont, file: Path) -> None:  # pyright: ignore
    font.save(file.with_suffix(".ttf"))
    font.flavor = "woff2"
    font.save(file.with_suffix(".woff2"))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
