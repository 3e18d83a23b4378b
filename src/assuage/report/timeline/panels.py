"""The panels of the timeline and their lanes: which are drawn, which are folded into a count, which are empty."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec import Struct

from assuage.report.timeline.row import PANELS, Panel, TimelineRow
from assuage.terms.scales import PAIN

# Phases and gates come from a pathway: that they are missing is nothing that somebody did not record.
RECORDED: tuple[Panel, ...] = ("medication", "therapy", "symptom", "score")


class CourseLane(Struct, frozen=True):
    """A line of the figure: its name and its rows in order."""

    name: str
    rows: tuple[TimelineRow, ...]


class CoursePanel(Struct, frozen=True):
    """The lanes of a kind that are drawn, and the names of those that only the table has."""

    panel: Panel
    lanes: tuple[CourseLane, ...]
    folded: tuple[str, ...]


def panels_of(rows: Sequence[TimelineRow], most: Mapping[str, int]) -> tuple[CoursePanel, ...]:
    """The panels that have a row, phases aside, each with at most so many lanes in the order of the rows."""
    return tuple(panel for panel in (_panel(rows, name, most[name]) for name in PANELS) if panel.lanes)


def _panel(rows: Sequence[TimelineRow], panel: Panel, most: int) -> CoursePanel:
    lanes: dict[str, list[TimelineRow]] = {}
    for row in rows:
        if row.panel == panel and panel != "phase":
            lanes.setdefault(row.lane, []).append(row)
    kept = sorted(lanes, key=lambda name: _weight(lanes[name]), reverse=True)[:most]
    return CoursePanel(
        panel,
        tuple(CourseLane(name, tuple(of_lane)) for name, of_lane in lanes.items() if name in kept),
        tuple(name for name in lanes if name not in kept),
    )


def _weight(rows: Sequence[TimelineRow]) -> tuple[bool, bool, bool, int]:
    """What is kept first: breaches, then pain, what goes on, and what was recorded most often."""
    return (
        any(row.breach for row in rows),
        any(row.scale == PAIN.code for row in rows),
        any(row.ongoing for row in rows),
        sum(len(row.places) or 1 for row in rows),
    )


def not_recorded(rows: Sequence[TimelineRow]) -> tuple[Panel, ...]:
    """The panels of a record that hold nothing; all of them are for an empty record."""
    there = {row.panel for row in rows}
    return tuple(panel for panel in RECORDED if panel not in there)
