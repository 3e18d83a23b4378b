"""The colours a picture is painted with: each a token of the page, with the literal colour it has on white paper."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Tone:
    """A colour by its meaning: the CSS variable of a page, and its literal twin for files and print."""

    token: str
    literal: str


TEXT = Tone("text", "#1c1f24")
QUIET = Tone("quiet", "#555b64")
RULE = Tone("rule", "#c3c8cf")
GROUND = Tone("ground", "#ffffff")
STOP = Tone("stop", "#b3261e")
DONE = Tone("done", "#1f6b3a")
MEDICATION = Tone("medication", "#2f5d86")
SESSION = Tone("session", "#7a4a12")
PAIN = Tone("pain", "#5b2d82")
PAIN_PALE = Tone("pain-pale", "#d9c7e6")
# Neighbouring phases differ in lightness only: colour stays for events.
PHASES = (Tone("phase-1", "#f4f5f7"), Tone("phase-2", "#e6e9ee"))
