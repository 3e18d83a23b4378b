"""The page of a trial of one: the verdict is its heading; the pictures, the periods, the CENT items."""

from __future__ import annotations

from assuage.nof1 import checklists
from assuage.nof1.analyse import Analysis
from assuage.report import plots
from assuage.report.nof1 import words
from assuage.report.nof1.charts import pictures
from assuage.report.page.pages import rendered
from assuage.report.svg.write import svg_text
from assuage.words.speak import ENGLISH


def html(analysis: Analysis) -> str:
    """The page, each picture for a desk and for a phone."""
    from markupsafe import Markup

    wide, phone = pictures(analysis), pictures(analysis, plots.PHONE)
    return rendered(
        "nof1.html",
        ENGLISH,
        words.verdict(analysis),
        subject=f"{analysis.plan.exposure} against {analysis.plan.control}: what the trial showed",
        went_on=words.WENT_ON if analysis.went_on else None,
        # Our own code drew them and escaped every text.
        pictures=[
            (Markup(svg_text(a, on_a_page=True)), Markup(svg_text(b, on_a_page=True)), a.description)
            for a, b in zip(wide, phone, strict=True)
        ],
        effects=[words.effect_in_words(effect) for effect in analysis.primary.effects],
        others=[words.outcome_in_words(analysis, other) for other in analysis.others],
        period=words.PERIOD,
        periods=words.period_rows(analysis),
        cent=checklists.cent(analysis),
    )
