"""The page of a trial of one: the verdict is its heading; the pictures, the periods, the CENT items."""

from __future__ import annotations

from assuage.catalogue.message import message
from assuage.catalogue.read import Catalogue
from assuage.nof1 import checklists
from assuage.nof1.analyse import Analysis
from assuage.nof1.messages import shape_effect_message, slow_waves_message, trial_answer
from assuage.report import plots
from assuage.report.nof1 import words
from assuage.report.nof1.charts import pictures
from assuage.report.page.pages import rendered
from assuage.report.svg.write import svg_text
from assuage.words.speak import ENGLISH


def html(analysis: Analysis, speaking: Catalogue = ENGLISH) -> str:
    """The page, each picture for a desk and for a phone."""
    from markupsafe import Markup

    say = speaking.say
    wide, phone = pictures(analysis, speaking), pictures(analysis, speaking, plots.PHONE)
    headings = {name: say(words.heading(name)) for name in ("seen", "shapes", "others", "periods", "cent")}
    return rendered(
        "nof1.html",
        speaking,
        say(trial_answer(analysis)),
        subject=say(words.subject(analysis)),
        headings=headings,
        went_on=say(words.WENT_ON) if analysis.went_on else None,
        waves=say(slow_waves_message(analysis)) if analysis.waves_taken_out else None,
        # Our own code drew them and escaped every text.
        pictures=[
            (Markup(svg_text(a, on_a_page=True)), Markup(svg_text(b, on_a_page=True)), a.description)
            for a, b in zip(wide, phone, strict=True)
        ],
        alone=say(words.SHAPES_ALONE),
        effects=[say(shape_effect_message(effect)) for effect in analysis.primary.effects],
        others_say=say(words.OTHERS_STOP_NOTHING),
        others=[words.outcome_in_words(analysis, other, speaking) for other in analysis.others],
        period=[say(column) for column in words.PERIOD],
        periods=words.period_rows(analysis, speaking),
        periods_caption=say(message("nof1.periods-caption")),
        item=[say(message("nof1.column-item")), say(message("nof1.column-text"))],
        cent_caption=say(message("nof1.cent-caption")),
        cent=[
            (say(message("nof1.item", number=each.number, name=each.name)), say(each.text))
            for each in checklists.cent(analysis)
        ],
    )
