"""The sheet a timeline is drawn on from top to bottom: its width, its scale, its language, and what stands on it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from msgspec import Struct

from assuage.catalogue.message import message
from assuage.catalogue.read import Catalogue
from assuage.report.look.figures import drawn_width
from assuage.report.look.tokens import QUIET, TEXT, Token
from assuage.report.svg.lettering import wrapped
from assuage.report.svg.shapes import Paint, Shape, SvgPath, SvgText
from assuage.report.timeline import look
from assuage.report.timeline.axis import CourseScale


class CourseHead(Struct, frozen=True):
    """What stands over a timeline, `titled` or not, the words for those who cannot see it, what is left out."""

    title: str
    subtitle: tuple[str, ...]
    summary: str
    titled: bool = True
    undrawn: str | None = None


@dataclass
class Sheet:
    """Shapes from the top down to `y`; `behind` lies under everything else."""

    width: float
    scale: CourseScale
    speaking: Catalogue
    y: float = look.EDGE
    edge: float = look.EDGE
    small: float = look.SMALL
    shapes: list[Shape] = field(default_factory=list["Shape"])
    behind: list[Shape] = field(default_factory=list["Shape"])

    def say(self, id: str, /, **values: object) -> str:  # noqa: A002 - the id of the sentence
        """The sentence of that id in the language of the figure."""
        return self.speaking.say(message(id, **values))

    @property
    def left(self) -> float:
        """Where the days begin, with the margin of what lies before them."""
        return self.scale.edge

    @property
    def right(self) -> float:
        """Where the days end."""
        return self.scale.days.ends

    def draw(self, *shapes: Shape) -> None:
        """Put shapes on the sheet."""
        self.shapes += shapes

    def paragraph(
        self, text: str, size: float, tone: Token = QUIET, *, bold: bool = False, most: int = 0
    ) -> None:
        """Write a text over the whole width, in as many lines as it needs, and go on below it."""
        lines = wrapped(text, size, self.width - 2 * self.edge, bold=bold, most=most)
        self.column(lines, self.edge, self.y, size, tone, bold=bold)
        self.y += len(lines) * size * look.LEADING

    def column(
        self,
        lines: Sequence[str],
        x: float,
        top: float,
        size: float,
        tone: Token = TEXT,
        *,
        bold: bool = False,
    ) -> None:
        """Write lines under each other."""
        for n, line in enumerate(lines):
            baseline = top + size * (0.95 + n * look.LEADING)
            self.draw(SvgText(x, baseline, line, size, tone, bold=bold))

    def beside(self, x: float, y: float, text: str, tone: Token = QUIET) -> None:
        """Write a text whose middle is at `y`."""
        self.draw(SvgText(x, y + self.small * 0.36, text, self.small, tone))

    def fits(self, text: str, begins: float, ends: float) -> bool:
        """Whether a text has room between two places."""
        return begins + drawn_width(text, self.small) <= ends

    def open_end(self, x: float, y: float, tone: Token, size: float = 4) -> None:
        """The point of an arrow: it goes on, because nobody wrote that it ended."""
        self.draw(
            SvgPath(((x - size, y - size), (x, y), (x - size, y + size)), Paint(stroke=tone, width=1.6))
        )

    def head(self, head: CourseHead) -> None:
        """The title and what stands under it."""
        if head.titled:
            self.paragraph(head.title, look.TITLE, TEXT, bold=True)
            self.y += 2
        for line in head.subtitle:
            self.paragraph(line, self.small)
        self.y += 8
