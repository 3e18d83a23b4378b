"""The shapes that are known, in the order of the page that lists them, and which of them a table has."""

from __future__ import annotations

from assuage.imports.shapes.apple_health import APPLE_HEALTH
from assuage.imports.shapes.bearable import BEARABLE
from assuage.imports.shapes.daylio import DAYLIO
from assuage.imports.shapes.days_across import DAYS_ACROSS
from assuage.imports.shapes.emoods import EMOODS
from assuage.imports.shapes.fitbit import FITBIT
from assuage.imports.shapes.garmin import GARMIN
from assuage.imports.shapes.google_fit import GOOGLE_FIT
from assuage.imports.shapes.health_csv import HEALTH_CSV
from assuage.imports.shapes.kobo import KOBO
from assuage.imports.shapes.loop_habits import LOOP_HABITS
from assuage.imports.shapes.m_path import M_PATH
from assuage.imports.shapes.migraine_buddy import MIGRAINE_BUDDY
from assuage.imports.shapes.omop import OMOP
from assuage.imports.shapes.oura import OURA
from assuage.imports.shapes.ours import OURS
from assuage.imports.shapes.qualtrics import QUALTRICS
from assuage.imports.shapes.redcap import REDCAP
from assuage.imports.shapes.samsung_health import SAMSUNG_HEALTH
from assuage.imports.shapes.shape import KnownShape
from assuage.imports.shapes.sleep_as_android import SLEEP_AS_ANDROID
from assuage.imports.shapes.sleep_cycle import SLEEP_CYCLE
from assuage.imports.shapes.synthea import SYNTHEA
from assuage.imports.shapes.visible import VISIBLE
from assuage.imports.shapes.whoop import WHOOP
from assuage.imports.shapes.withings import WITHINGS
from assuage.imports.tables.source import SourceTable

SHAPES: tuple[KnownShape, ...] = (
    BEARABLE, DAYLIO, VISIBLE, MIGRAINE_BUDDY, M_PATH, REDCAP, QUALTRICS, KOBO,
    GARMIN, OURA, FITBIT, *WHOOP, SAMSUNG_HEALTH, WITHINGS, *GOOGLE_FIT, SLEEP_AS_ANDROID, SLEEP_CYCLE, APPLE_HEALTH,
    *HEALTH_CSV,
    EMOODS, *LOOP_HABITS, *SYNTHEA, *OMOP, OURS, DAYS_ACROSS,
)  # fmt: skip


def shapes_of(table: SourceTable) -> tuple[KnownShape, ...]:
    """The shapes that a table has: one where it is known, none where it is to be guessed at, more where it is asked.

    Of two that fit the one is meant whose columns are all those of the other and more.
    """
    fitting = [shape for shape in SHAPES if shape.is_of(table)]
    return tuple(
        shape for shape in fitting if not any(shape.must < other.must for other in fitting if shape.must)
    )


def shape_named(name: str) -> KnownShape | None:
    """The shape of that id; None where there is none."""
    each = (shape for known in SHAPES for shape in (known, known.also) if shape is not None)
    return next((shape for shape in each if shape.id == name), None)
