"""A row of the timeline: one mark of the figure, one line of its table."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Panel = Literal["phase", "gate", "medication", "therapy", "symptom", "score"]
What = Literal[
    "stay", "decision", "open", "course", "change", "stop", "session", "exposure", "state", "flag", "value"
]

PANELS: dict[Panel, str] = {
    "phase": "Phase",
    "gate": "Gates",
    "medication": "Medication",
    "therapy": "Therapy",
    "symptom": "Symptoms",
    "score": "Scores",
}
HEADINGS = ("Day", "Kind", "Lane", "What was recorded", "Marked")


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One mark: from `day` to the end of `until` (None: one day), in the lane of a panel.

    `text` says the whole of it; `label` and `remark` are what the figure writes beside it. `ongoing` says that
    no end was recorded, so that `until` is only the last day shown. `low` and `high` are the ends of a value on a
    scale from `scale_low` to `scale_high`. `places` are the entries of the record it comes from.
    """

    panel: Panel
    lane: str
    what: What
    day: int
    text: str
    until: int | None = None
    ongoing: bool = False
    time: str = ""
    minute: int | None = None
    low: float | None = None
    high: float | None = None
    scale: str = ""
    scale_low: float = 0
    scale_high: float = 10
    state: str = ""
    approximate: bool = False
    until_approximate: bool = False
    breach: Literal["", "breach", "possible breach"] = ""
    label: str = ""
    remark: str = ""
    by: str = ""
    places: tuple[int, ...] = ()

    @property
    def days(self) -> str:
        """`12`, `0 to 30`, `about 30`, `65 on` where no end was recorded."""
        first = f"about {self.day}" if self.approximate else f"{self.day}"
        if self.ongoing:
            return f"{first} on"
        if self.until is None or (self.until == self.day and not self.until_approximate):
            return f"{first}, {self.time}" if self.time else first
        about = "about " if self.until_approximate else ""
        return f"{first} to {about}{self.until}"

    @property
    def marked(self) -> str:
        """What the figure marks beside it: an inferred day, a breach, who told it."""
        inferred = "day inferred" if self.approximate or self.until_approximate else ""
        told = f"told by {self.by}" if self.by else ""
        return "; ".join(part for part in (inferred, self.breach, told) if part)

    @property
    def cells(self) -> tuple[str, str, str, str, str]:
        """The row as text, under `HEADINGS`."""
        return (self.days, PANELS[self.panel], self.lane, self.text, self.marked)

    @property
    def sentence(self) -> str:
        """The row in one line, for whoever hovers over its mark or has it read out."""
        marked = f" ({self.marked})" if self.marked else ""
        return f"Day {self.days}: {self.lane}, {self.text}{marked}"

    def plain(self) -> dict[str, object]:
        """The row as JSON holds it."""
        return {
            "panel": self.panel,
            "lane": self.lane,
            "what": self.what,
            "day": self.day,
            "until": self.until,
            "ongoing": self.ongoing,
            "time": self.time or None,
            "low": self.low,
            "high": self.high,
            "state": self.state or None,
            "approximate": self.approximate,
            "until_approximate": self.until_approximate,
            "breach": self.breach or None,
            "by": self.by or None,
            "text": self.text,
            "entries": list(self.places),
        }
