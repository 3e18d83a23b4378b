"""The tokens: every colour by what it means, with its dark twin; type, spacing and measure.

A colour says one thing everywhere and never says it alone: a word, a shape or a pattern stands beside it. The light
values are all different, so that a figure drawn in them can be shown in the dark too (`figures.themed`). The choices
are ours (docs/clinical holds no source for a colour); what is tested is that text has a contrast of 4.5 to 1 on each
ground it stands on, shapes of 3 to 1, and that neighbours differ in grey.
"""

from __future__ import annotations

from typing import Final

from msgspec import Struct


class Token(Struct, frozen=True):
    """A colour by its meaning, as `#rrggbb` on a light ground and on a dark one.

    `forced` is the system colour that takes its place where people force their own colours, or None: it stays.
    """

    name: str
    light: str
    dark: str
    forced: str | None = None


TEXT: Final = Token("text", "#1b1e23", "#e9ebee", "CanvasText")
QUIET: Final = Token("quiet", "#4a505a", "#b4bbc5", "CanvasText")
GROUND: Final = Token("ground", "#ffffff", "#14171a", "Canvas")
RAISED: Final = Token("raised", "#f4f5f7", "#1f2429", "Canvas")
LINE: Final = Token("line", "#c6cad1", "#3d454e", "GrayText")  # rules and grids: nothing depends on them
EDGE: Final = Token("edge", "#737a85", "#8f98a4", "CanvasText")  # outlines that must be seen
LINK: Final = Token("link", "#1d4f8c", "#8fbcf2", "LinkText")

STOP: Final = Token("stop", "#b3261e", "#ff9389", "CanvasText")
STOP_GROUND: Final = Token("stop-ground", "#fdefed", "#37191a", "Canvas")
ASK: Final = Token("ask", "#7a4b00", "#f2bd62", "CanvasText")
ASK_GROUND: Final = Token("ask-ground", "#fff5e0", "#302512", "Canvas")
DONE: Final = Token("done", "#1c6a3b", "#83d0a0", "CanvasText")
DONE_GROUND: Final = Token("done-ground", "#edf6f0", "#15281d", "Canvas")
UNKNOWN: Final = Token(
    "unknown", "#5a616b", "#a9b1bb", "CanvasText"
)  # the strokes of its hatch; it has no hue

MEDICATION: Final = Token("medication", "#2f5d86", "#88b6e2")
PROGRAMME: Final = Token("programme", "#35705e", "#82c2ab")
SESSION: Final = Token("session", "#7a4a12", "#dfab6b")
EXPOSURE: Final = STOP  # a triangle, and a line through the scores
ESTIMATE: Final = Token("estimate", "#20586a", "#7cc4d8")  # what a model says, beside what was rated

# One hue: the higher the number, the further from the ground.
PAIN: Final = (
    Token("pain-1", "#d9c7e6", "#3f2d50"),
    Token("pain-2", "#c0a5d3", "#5b4373"),
    Token("pain-3", "#a584bf", "#7a5c97"),
    Token("pain-4", "#8b65aa", "#9b7aba"),
    Token("pain-5", "#734895", "#bc9bd9"),
    Token("pain-6", "#5b2d82", "#dfc4f6"),
)
# Pale greys by turns: a phase has its name in it, the colours are for events.
PHASES: Final = (Token("phase-1", "#eef0f2", "#22272d"), Token("phase-2", "#dfe3e7", "#2f363d"))
# The phases of many patients, in their order, where areas and bars need a fill.
STAGES: Final = (
    Token("stage-1", "#dce9ea", "#23393c"),
    Token("stage-2", "#b9d3d6", "#2f5156"),
    Token("stage-3", "#8eb6bb", "#3f6e75"),
    Token("stage-4", "#5f949b", "#5a9098"),
    Token("stage-5", "#36727a", "#86b7be"),
    Token("stage-6", "#174b53", "#c0e0e4"),
)

TOKENS: Final[tuple[Token, ...]] = (
    *(TEXT, QUIET, GROUND, RAISED, LINE, EDGE, LINK),
    *(STOP, STOP_GROUND, ASK, ASK_GROUND, DONE, DONE_GROUND, UNKNOWN),
    *(MEDICATION, PROGRAMME, SESSION, ESTIMATE, *PAIN, *PHASES, *STAGES),
)

# Which text may stand on which ground; the pairs of `tests/report/test_look.py` are these.
TEXTS: Final = (TEXT, QUIET, LINK, STOP, ASK, DONE, UNKNOWN, MEDICATION, PROGRAMME, SESSION, ESTIMATE)
GROUNDS: Final = (GROUND, RAISED)
ON_THEIR_OWN_GROUND: Final = (
    *((text, STOP_GROUND) for text in (STOP, TEXT, QUIET)),
    *((text, ASK_GROUND) for text in (ASK, TEXT, QUIET)),
    *((text, DONE_GROUND) for text in (DONE, TEXT, QUIET)),
    *((text, phase) for phase in PHASES for text in (TEXT, QUIET)),
)

SANS: Final = "Assuage Sans"  # Source Sans 3, cut down and renamed: see fonts/OFL.txt
SERIF: Final = "Assuage Serif"  # the manuscript alone: Source Serif 4, cut down and renamed
# What is written where a font is named: ours first, then what most systems have.
SANS_STACK: Final = f"{SANS}, DejaVu Sans, Verdana, Arial, sans-serif"
SERIF_STACK: Final = f"{SERIF}, Georgia, Liberation Serif, serif"

# Pixels: text with its line, the least, and what headings have.
TEXT_SIZE: Final = 18
LINE_HEIGHT: Final = 27
LEAST_SIZE: Final = 14
HEADING_SIZES: Final = (27, 22, 18)
# In a figure that is shown in its own size; a figure that shrinks with its page must not go below 11.
FIGURE_SIZE: Final = 14
LEAST_FIGURE_SIZE: Final = 11
SPACE: Final = 9  # a third of a line; every distance is a multiple of it
MEASURE: Final = 65  # letters a line
LEAST_TARGET: Final = 24  # pixels, of what is touched or clicked
WIDEST_PAGE: Final = 1240  # pixels: two thirds answer, one third course


def pain_colour(value: float, low: float, high: float) -> Token:
    """The colour of a value on a scale from `low` to `high`: the higher, the further from the ground."""
    share = (value - low) / (high - low) if high > low else 0.0
    return PAIN[min(max(int(share * len(PAIN)), 0), len(PAIN) - 1)]
