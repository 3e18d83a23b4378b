"""The page of what was followed by something worse: the answer is its heading, and each exposure has one figure."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from assuage.catalogue.message import message
from assuage.catalogue.read import Catalogue
from assuage.report import plots
from assuage.report.page.pages import rendered
from assuage.report.svg.shapes import SvgPicture
from assuage.report.svg.write import svg_text
from assuage.report.triggers.figures import figure_of, shown_in_words
from assuage.report.triggers.words import (
    TriggerPage,
    estimated_effects,
    exposure_head,
    groups,
    named_together,
    trigger_answer,
    whose_days,
)
from assuage.review.triggers import Trigger
from assuage.words.speak import ENGLISH
from assuage.words.suspects import exposure_word

if TYPE_CHECKING:
    from assuage.dynamics.diary import Diary


def html(page: TriggerPage, diary: Diary | None, speaking: Catalogue = ENGLISH) -> str:
    """The page with its figures inside, each for a desk and for a phone."""
    return rendered(
        "triggers.html",
        speaking,
        trigger_answer(page),
        whose=whose_days(page),
        refusals=page.refusals,
        groups=[
            (
                heading,
                named_together(exposures),
                [_exposure(page, trigger, diary, speaking) for trigger in exposures],
            )
            for heading, exposures in groups(page)
        ],
        notes=page.notes,
    )


def pictures(page: TriggerPage, diary: Diary | None, speaking: Catalogue = ENGLISH) -> Iterator[SvgPicture]:
    """One picture an exposure, of those for which there is something to draw."""
    for trigger in page.triggers:
        picture = figure_of(page, trigger, diary, speaking)
        if picture is not None:
            yield picture


def _exposure(
    page: TriggerPage, trigger: Trigger, diary: Diary | None, speaking: Catalogue
) -> dict[str, Any]:
    from markupsafe import Markup

    wide = figure_of(page, trigger, diary, speaking)
    phone = figure_of(page, trigger, diary, speaking, plots.PHONE)
    exposure = exposure_word(trigger.counts.exposure)
    return {
        "id": f"exposure-{page.triggers.index(trigger) + 1}",
        "head": exposure_head(trigger),
        "shows": shown_in_words(page, trigger),
        "details": message("triggers.details", exposure=exposure),
        "reasons": (*estimated_effects(trigger, page.outcome), *trigger.reasons),
        # Our own code drew them and escaped every text.
        "wide": Markup(svg_text(wide, on_a_page=True)) if wide else None,
        "phone": Markup(svg_text(phone, on_a_page=True)) if phone else None,
    }
