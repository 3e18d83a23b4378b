"""One look: what the tokens promise of contrast, and that no colour or font is named anywhere else."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

import pytest

import assuage
from assuage.report.look import css, figures, typst
from assuage.report.look import tokens as t

PACKAGE = Path(assuage.__file__).parent
THEMES = ("light", "dark")


def luminance(colour: str) -> float:
    """Relative luminance after WCAG 2.2."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """The contrast ratio after WCAG 2.2, 1 to 21."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def test_contrast_is_that_of_the_published_examples() -> None:
    # WCAG 2.2 gives 21:1 for black on white; #767676 on white is the lightest grey that passes at 4.5:1.
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.005)


PAIRS = [*((text, ground) for text in t.TEXTS for ground in t.GROUNDS), *t.ON_THEIR_OWN_GROUND]


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(("text", "ground"), PAIRS, ids=lambda token: token.name)
def test_text_can_be_read_on_its_ground(text: t.Token, ground: t.Token, theme: str) -> None:
    assert contrast(getattr(text, theme), getattr(ground, theme)) >= 4.5


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(
    "shape", [t.EDGE, t.PAIN[-1], t.PAIN[-2], t.STAGES[-1]], ids=lambda token: token.name
)
def test_a_shape_stands_out_from_the_ground(shape: t.Token, theme: str) -> None:
    assert contrast(getattr(shape, theme), getattr(t.GROUND, theme)) >= 3


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("row", [t.PAIN, t.STAGES, t.PHASES], ids=["pain", "stages", "phases"])
def test_neighbours_differ_in_grey(row: tuple[t.Token, ...], theme: str) -> None:
    least = 1.1 if row is t.PHASES else 1.25  # a phase has its name and an edge beside its tint
    assert min(contrast(getattr(a, theme), getattr(b, theme)) for a, b in pairwise(row)) >= least


@pytest.mark.parametrize("theme", THEMES)
def test_a_higher_number_is_further_from_the_ground(theme: str) -> None:
    steps = [contrast(getattr(step, theme), getattr(t.GROUND, theme)) for step in t.PAIN]
    assert steps == sorted(steps)


def test_light_values_are_all_different_so_that_a_figure_can_be_shown_in_the_dark() -> None:
    assert (
        len({token.light for token in t.TOKENS}) == len({token.name for token in t.TOKENS}) == len(t.TOKENS)
    )


def test_a_figure_for_a_page_takes_the_variables_of_the_page() -> None:
    drawn = f'<path fill="{t.STOP.light}" style="stroke:{t.TEXT.light};"/><text fill="#abcdef">{t.STOP.light}</text>'
    assert figures.themed(drawn) == (
        f'<path fill="var(--stop,{t.STOP.light})" style="stroke:var(--text,{t.TEXT.light});"/>'
        f'<text fill="#abcdef">{t.STOP.light}</text>'
    )


def test_every_theme_gives_every_token() -> None:
    light, dark, _paper, forced = re.findall(r":root\{([^}]*)\}", css.variables())
    for token in t.TOKENS:
        assert f"--{token.name}:{token.light};" in light
        assert f"--{token.name}:{token.dark};" in dark
        assert token.forced is None or f"--{token.name}:{token.forced};" in forced


def test_the_fonts_of_a_page_are_small() -> None:
    assert len(css.font_faces()) <= 60 * 1024


@pytest.mark.parametrize(
    "letters", ["ąčęėįšųūž", "ĄČĘĖĮŠŲŪŽ", "0123456789", "äöüßéåø", "−≥≤≈→←±·…–—“”„½", "▁▂▃▄▅▆▇█"]
)
@pytest.mark.parametrize("bold", [False, True])
def test_the_font_has_the_letters_that_are_printed(letters: str, bold: bool) -> None:
    assert all(figures.drawn_width(letter, 1, bold=bold) < 1 for letter in letters)


@pytest.mark.parametrize("bold", [False, True])
def test_figures_are_tabular(bold: bool) -> None:
    assert len({figures.drawn_width(digit, 100, bold=bold) for digit in "0123456789"}) == 1


def test_a_letter_the_font_lacks_is_given_a_whole_square() -> None:
    assert figures.drawn_width("疼", 12) == 12


def test_documents_take_the_light_values() -> None:
    assert f'  stop-ground: rgb("{t.STOP_GROUND.light}"),\n' in typst.definitions()


# Files whose colours and fonts are still to move to the tokens: only ever taken from, never added to.
STILL_TO_MOVE = {
    "report/templates/care.typ",
}
COLOUR_OR_FONT = re.compile(
    r"#[0-9a-fA-F]{6}\b|#[0-9a-fA-F]{3}(?=[\"';\s}])|luma\(|\brgb\(|system-ui|sans-serif|DejaVu|Libertinus|Calibri"
)


def test_no_colour_and_no_font_is_named_outside_the_tokens() -> None:
    naming = {
        path.relative_to(PACKAGE).as_posix()
        for path in PACKAGE.rglob("*")
        if path.suffix in (".py", ".css", ".html", ".jinja", ".typ")
        and path.parent.name != "look"
        and COLOUR_OR_FONT.search(path.read_text(encoding="utf-8"))
    }
    assert naming - STILL_TO_MOVE == set()
    assert STILL_TO_MOVE - naming == set(), "these name no colour any more: take them off the list"


def test_only_the_tokens_name_colours_in_the_folder_of_the_look() -> None:
    naming = {
        path.name
        for path in (PACKAGE / "report" / "look").glob("*.py")
        if re.search(r'"#[0-9a-f]{6}"', path.read_text(encoding="utf-8"))
    }
    assert naming == {"tokens.py"}
