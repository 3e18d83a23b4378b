"""The pictures that README and docs open with: the visit page and the timeline of the published case, a cohort's page.

The pages are shown as they are, each as an SVG that holds the page's own HTML and style sheet, set for a wide screen
whatever the picture's size. The numbers of the cohort are those of the example patients; the engine that counts them
has to be compiled first, so they are kept beside this module: `python -m docs.build.pictures` counts them again, and a
test compares them.
"""

from __future__ import annotations

import json
import re
from html import escape
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from assuage.pathways import registry
from assuage.record.read import read_record
from assuage.report import cohort_page, timeline
from assuage.report.look import css
from assuage.report.page.pages import review_page
from assuage.review.make import review
from assuage.review.visit import visit_page

ROOT = Path(__file__).resolve().parents[2]
NUMBERS = Path(__file__).parent / "cohort_numbers.json"
WIDE = 1240
# How tall the pictures are, in pixels: measured by looking, so look at them when a page grows.
VISIT_HEIGHT, COHORT_HEIGHT = 945, 1095

# What a wide screen's rules say, for a picture that is shown at any size.
_WIDE_SCREEN = """
body { width: 1240px; margin: 0; padding: 18px 27px; }
.first { display: grid; grid-template-columns: minmax(0, 2fr) minmax(0, 1fr); column-gap: 36px; }
.first .course-phone { display: block; } .first .course-phone svg { max-width: 19.5rem; }
.answers section { grid-template-columns: minmax(0, 8.5rem) minmax(0, 1fr); }
.mark { min-width: 5rem; }
"""
_WIDE_COHORT = """
.pair { grid-template-columns: minmax(0, 1.55fr) minmax(0, 1fr); } .broad { display: block; }
"""


def pictures() -> dict[str, str]:
    """Each picture by its place under docs/."""
    record = read_record(str(ROOT / "examples" / "case.yaml"))
    reviewed = review(record, registry.pathway("neck-first"), 48)
    page = review_page(visit_page(reviewed))
    first = _between(page, "<header>", '<nav class="contents"')
    # The course stands beside the answers, so its wide shape is not needed.
    first = re.sub(r'(?s)<div class="course-wide">.*?(?=<div class="course-phone">)', "", first)
    style = _between(page, "<style>", "</style>").removeprefix("<style>")
    cohort = cohort_page.html(json.loads(NUMBERS.read_text(encoding="utf-8")))
    body = _between(cohort, '<svg aria-hidden="true" class="defs"', "<section><h2>Weeks in")
    body = re.sub(r'(?s)<div class="narrow">.*?</div>', "", body)
    return {
        "pictures/visit.svg": _as_svg(
            f"{first}</main>",
            style + _WIDE_SCREEN,
            VISIT_HEIGHT,
            "The visit page of the published case on day 48: stop, how she is, where she stands, what to do, what "
            "to leave alone and what to ask, with the course at its side.",
        ),
        "pictures/timeline.svg": timeline.svg(record, review(record, registry.pathway("neck-first"))),
        "pictures/cohort.svg": _as_svg(
            f"{body}</main>",
            css.style_sheet() + cohort_page.STYLE + _WIDE_SCREEN + _WIDE_COHORT,
            COHORT_HEIGHT,
            "The page of a cohort: how many patients are in which phase, and how that changed from day to day.",
        ),
    }


def _between(text: str, start: str, end: str) -> str:
    """From where `start` begins up to where `end` begins."""
    return text[text.index(start) : text.index(end)]


def _as_svg(html: str, style: str, height: int, title: str) -> str:
    """The HTML as a picture: well-formed, and without anything from outside."""
    drawn = re.sub(r"<svg(?![^>]*\sxmlns=)", '<svg xmlns="http://www.w3.org/2000/svg"', html)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" width="{WIDE}" height="{height}" '
        f'viewBox="0 0 {WIDE} {height}"><title>{escape(title)}</title><style>{style}</style>'
        f'<foreignObject width="{WIDE}" height="{height}"><body xmlns="http://www.w3.org/1999/xhtml" lang="en">\n'
        f"{drawn}\n</body></foreignObject></svg>\n"
    )


def count_cohort() -> dict[str, Any]:
    """The summary of the example patients, counted by the cohort engine."""
    from assuage.cohort.run import review_cohort
    from assuage.cohort.summary import summarise
    from assuage.record.table import to_frame

    examples = ROOT / "examples"
    files = [examples / "case.yaml", examples / "diary.yaml", *sorted((examples / "patients").glob("*.yaml"))]
    with TemporaryDirectory() as folder:
        to_frame([read_record(str(file)) for file in files]).write_parquet(Path(folder) / "cohort.parquet")
        review_cohort(Path(folder) / "cohort.parquet", registry.pathway("neck-first"), Path(folder) / "out")
        counted: dict[str, Any] = json.loads(json.dumps(summarise(Path(folder) / "out")))
    # Of the titles only those that are shown, so that a new rule which fires on none of these patients changes nothing.
    titles = counted.pop("titles")
    shown = json.dumps(counted)
    return counted | {"titles": {key: title for key, title in titles.items() if f'"{key}"' in shown}}


if __name__ == "__main__":
    NUMBERS.write_text(json.dumps(count_cohort(), separators=(",", ":")) + "\n", encoding="utf-8")
