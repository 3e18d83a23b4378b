"""A row of the timeline: one mark of the figure, one line of its table."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from assuage.catalogue.message import Message, message
from assuage.catalogue.read import Catalogue
from assuage.words.speak import ENGLISH

Panel = Literal["phase", "gate", "medication", "therapy", "symptom", "note", "score"]
What = Literal[
    "stay",
    "decision",
    "open",
    "course",
    "change",
    "stop",
    "session",
    "exposure",
    "intake",
    "state",
    "flag",
    "note",
    "value",
    "week",
]

PANELS: tuple[Panel, ...] = ("phase", "gate", "medication", "therapy", "symptom", "note", "score")
Breached = Literal["", "breach", "possible-breach"]


def headings(speaking: Catalogue = ENGLISH) -> tuple[str, ...]:
    """What stands over the cells of a row."""
    return tuple(
        speaking.say(message(f"timeline.heading-{name}"))
        for name in ("day", "kind", "lane", "text", "marked")
    )


class TimelineRow(Struct, frozen=True, kw_only=True):
    """One mark: from `day` to the end of `until` (None: one day), in the lane of a panel.

    `text` says the whole of it; `label` and `remark` are what the figure writes beside it; all are in the language
    of `speaking`, while `panel`, `what`, `state`, `time`, `breach` and `by` are the same in every language.
    `ongoing` says that no end was recorded, so that `until` is only the last day shown; `begun_unknown` that no start
    was, so that `day` is only the first on which it was spoken of. `low` and `high` are the
    ends of a value on a scale from `scale_low` to `scale_high`; of a week they are its range, `middle` the ends of its
    median, and `kind` the `what` of the marks it counts. `places` are the entries of the record it comes from.
    """

    panel: Panel
    lane: str
    what: What
    day: int
    text: str
    until: int | None = None
    ongoing: bool = False
    begun_unknown: bool = False
    time: str = ""
    minute: int | None = None
    low: float | None = None
    high: float | None = None
    scale: str = ""
    scale_low: float = 0
    scale_high: float = 10
    middle: tuple[float, float] | None = None
    kind: str = ""
    state: str = ""
    approximate: bool = False
    until_approximate: bool = False
    breach: Breached = ""
    label: str = ""
    remark: str = ""
    by: str = ""
    places: tuple[int, ...] = ()
    speaking: Catalogue = ENGLISH

    def _say(self, id: str, /, **values: object) -> str:  # noqa: A002 - the id of the sentence
        return self.speaking.say(message(id, **values))

    @property
    def days(self) -> str:
        """`12`, `0 to 30`, `about 30`, `65 on` where no end was recorded."""
        first = (
            self._say("timeline.about", day=self.day) if self.approximate else self.speaking.value(self.day)
        )
        if self.ongoing:
            return self._say("timeline.day-on", day=first)
        if self.until is None or (self.until == self.day and not self.until_approximate):
            time = message(f"timeofday.{self.time}") if self.time else None
            return self._say("timeline.day-and-time", day=first, time=time)
        until = (
            self._say("timeline.about", day=self.until)
            if self.until_approximate
            else self.speaking.value(self.until)
        )
        return self._say("timeline.from-to", first=first, until=until)

    @property
    def breach_in_words(self) -> str:
        """`breach`, `possible breach`; empty where nothing was breached."""
        return self._say(f"timeline.{self.breach}") if self.breach else ""

    @property
    def marked(self) -> str:
        """What the figure marks beside it: an inferred day, a breach, who told it."""
        inferred = self._say("timeline.inferred") if self.approximate or self.until_approximate else ""
        teller = self._say("timeline.told-by", by=message(f"by.{self.by}")) if self.by else ""
        return "; ".join(part for part in (inferred, self.breach_in_words, teller) if part)

    @property
    def cells(self) -> tuple[str, str, str, str, str]:
        """The row as text, under `headings`."""
        return (self.days, self._say(f"timeline.panel-{self.panel}"), self.lane, self.text, self.marked)

    @property
    def sentence(self) -> str:
        """The row in one line, for whoever hovers over its mark or has it read out."""
        return self._say(
            "timeline.sentence", when=self._when, lane=self.lane, text=self.text, marked=self.marked or None
        )

    @property
    def _when(self) -> Message:
        """The days as a sentence begins with them: `Day 12`, `Day 0 to 30`, `Day about 65 on`."""
        first = message("timeline.about", day=self.day) if self.approximate else self.day
        if self.ongoing:
            return message("timeline.when-on", first=first)
        if self.until is None or (self.until == self.day and not self.until_approximate):
            time = message(f"timeofday.{self.time}") if self.time else None
            if self.approximate:
                return message("timeline.when-about", day=self.day, time=time)
            return message("timeline.when-day", day=self.day, time=time)
        until = message("timeline.about", day=self.until) if self.until_approximate else self.until
        return message("timeline.when-from-to", first=first, until=until)

    def to_json(self) -> dict[str, object]:
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
