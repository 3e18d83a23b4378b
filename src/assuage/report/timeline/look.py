"""How the timeline looks: sizes in pixels, colours that stay apart in grey, shapes that need no colour."""

from __future__ import annotations

FONT = "DejaVu Sans, Verdana, Arial, sans-serif"
WIDTH = 840
LABELS = 215  # the widest label at the left; longer ones end in "…", and the table has them whole
BETWEEN_PANELS = 9
LANE = 21
TITLE, TEXT, SMALL, TINY = 15, 11, 10, 8.5

INK, QUIET, FAINT, GRID = "#1c1f24", "#555b64", "#9aa1ab", "#e3e6ea"
# Neighbouring bands differ in lightness, so that they differ on a grey printer too.
BANDS = ("#e4edf7", "#fbf3e4", "#e2efe4", "#f3ebf5", "#eceff1")
BAND_NAMES = "#2b323b"

DRUG, PROGRAMME, NEEDLE, GATE = "#2f5d86", "#3f7d6a", "#7a4a12", "#2e7d32"
EXPOSURE = "#b3261e"

# One hue from light to dark: a darker mark is a higher number.
RAMP = ("#e9def0", "#cdb6db", "#ad8cc4", "#8a5fa9", "#67398a", "#431763")
LINE_LATE, LINE_EARLY = "#67398a", "#8d7a9b"

# Shape says when in the day; the outline says whether the day is inferred.
TIME_SHAPES = {
    "morning": "circle",
    "noon": "triangle-up",
    "evening": "square",
    "night": "triangle-down",
    "": "diamond",
}
_CROSS = (
    "M-0.9,-0.55L-0.55,-0.9L0,-0.35L0.55,-0.9L0.9,-0.55L0.35,0"
    "L0.9,0.55L0.55,0.9L0,0.35L-0.55,0.9L-0.9,0.55L-0.35,0Z"
)
STATE_SHAPES = {
    "present": "circle",
    "new": "diamond",
    "worse": "triangle-up",
    "better": "triangle-down",
    "resolved": _CROSS,
    "absent": _CROSS,
}
STATE_COLOURS = {
    "present": "#4a5560",
    "new": EXPOSURE,
    "worse": EXPOSURE,
    "better": "#2f6f5e",
    "resolved": "#2f6f5e",
    "absent": "#2f6f5e",
}
STOP = _CROSS


def ramp(value: float, low: float, high: float) -> str:
    """The colour of a value on a scale: the higher, the darker."""
    share = (value - low) / (high - low) if high > low else 0.0
    return RAMP[min(int(share * len(RAMP)), len(RAMP) - 1)]


def text_width(text: str, size: float) -> float:
    """About how many pixels a text is wide in DejaVu Sans; never less than it is in Latin letters."""
    return len(text) * size * 0.62
