"""The course as it is drawn: outside of requests, once for a head, a day, a language and a reader."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any, Final

from assuage.catalogue.read import Catalogue
from assuage.clinic.store.models import ClinicRecord
from assuage.clinic.store.outside import MadeNow, MadeOutside
from assuage.clinic.store.queries import stored_record, stored_standing
from assuage.report.page.pages import given_to_drawn_maps, given_to_recorded, given_to_timeline

Drawn = Mapping[str, Any]  # what the templates of the report's pages show
DAYS_OF_MAPS: Final = 56  # whose maps are drawn unless all are asked for: of a year they are megabytes (ours)
_courses: Final = MadeOutside[Drawn]("course", 12)  # up to half a megabyte each (ours)
_with_everything: Final = MadeOutside[Drawn]("everything", 2)  # some megabytes each (ours)


def drawn_course(of: ClinicRecord, day: int, speaking: Catalogue) -> MadeNow[Drawn]:
    """The figure, the maps of the last weeks and the table of the same rows, as they are there by now."""
    make = partial(_draw, of, day, speaking, day - DAYS_OF_MAPS)
    return _courses.of(of, day, make, speaking.language, speaking.reader)


def drawn_with_everything(of: ClinicRecord, day: int, speaking: Catalogue) -> MadeNow[Drawn]:
    """The same with the maps of all days and the table of every entry."""
    return _with_everything.of(
        of, day, partial(_draw_everything, of, day, speaking), speaking.language, speaking.reader
    )


def _draw(of: ClinicRecord, day: int, speaking: Catalogue, since: int | None) -> Drawn:
    record, standing = stored_record(of), stored_standing(of, day)
    maps = given_to_drawn_maps(record, day, speaking, since, standing.timeline)
    return given_to_timeline(record, standing, speaking, notes=True) | maps


def _draw_everything(of: ClinicRecord, day: int, speaking: Catalogue) -> Drawn:
    return {**_draw(of, day, speaking, None), **given_to_recorded(stored_record(of), day, speaking)}
