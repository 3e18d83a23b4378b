"""The patients of the tests, told to a reader: stories, a drawing of who shows what, and their stays."""

from __future__ import annotations

import inspect

from assuage.engine.followed import followed_pathway
from assuage.engine.walk import walk
from assuage.record.entries import Record
from assuage.record.timeline import Timeline
from docs.build.markdown import code, fence, table
from tests.universe import FILES, PATIENTS, drawing


def page() -> str:
    """Each patient with a story, a command and the stays; then the drawing."""
    lines = [
        "# Patients with names",
        "",
        "They are the patients of our tests and of these pages. Ana is the patient of the published case; the others "
        "are invented and stand for nobody. Their records are in `examples/`, to be read, reviewed and changed.",
        "",
    ]
    for name, read in PATIENTS.items():
        lines += [f"## {name.title()}", "", inspect.getdoc(read) or "", ""]
        lines += fence(f"$ assuage review {FILES[name]}", "console")
        lines += _stays(read())
    names = list(PATIENTS)
    lines += ["## Who shows what", "", "At the end of each record:", ""]
    lines += table(
        ("", *(name.title() for name in names)),
        ((what, *("yes" if row[name] else "" for name in names)) for what, row in drawing().items()),
    )
    return "\n".join(lines)


def _stays(record: Record) -> list[str]:
    timeline, last = Timeline(record), record.last_day or 0
    pathway = followed_pathway(timeline, last)
    if pathway is None:
        return ["It names no pathway, so it has no phases.", ""]
    stays = walk(pathway, timeline, last).stays
    rows = (
        (stay.phase.title, stay.entered, "" if stay.left is None else stay.left, stay.by) for stay in stays
    )
    return [f"On {code(pathway.id)}:", "", *table(("phase", "entered on day", "left on day", "by"), rows)]
