"""The page of a re-challenge: the verdict is its heading; the pictures, the periods, the CENT items."""

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
        subject=f"Re-challenge with {analysis.plan.exposure}: what it showed",
        went_on=words.WENT_ON if words.went_on(analysis) else None,
        # Our own code drew them and escaped every text.
        pictures=[
            (Markup(svg_text(a, on_a_page=True)), Markup(svg_text(b, on_a_page=True)), a.description)
            for a, b in zip(wide, phone, strict=True)
        ],
        period=words.PERIOD,
        periods=words.period_rows(analysis),
        cent=checklists.cent(analysis),
    )
