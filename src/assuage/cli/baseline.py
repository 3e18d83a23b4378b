"""`assuage baseline RECORD`: the questions to ask once, as a form to fill in."""

from __future__ import annotations

import argparse
import json
from typing import TYPE_CHECKING

from assuage.catalogue.message import message
from assuage.cli.language import add_language, speaking_of
from assuage.cli.options import add
from assuage.cli.output import print_json
from assuage.cli.pathways import offered, pathway_for
from assuage.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from assuage.catalogue.read import Catalogue
    from assuage.review.baseline import BaselineQuestion

HELP = "what to ask once before anything is begun, as a form of entries to fill in"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The record, the day, the pathway and the form."""
    add(parser, "record", "on", "pathway", "json")
    add_language(parser)


def run(args: argparse.Namespace) -> int:
    """Read, ask, print; InputError where no pathway says what could be proposed."""
    from assuage.cli.review import day_of
    from assuage.engine.walk import walk
    from assuage.pathways import registry
    from assuage.record.read import read_record
    from assuage.record.timeline import Timeline
    from assuage.review.baseline import ANSWERED_BY, baseline
    from assuage.words.speak import translation_note

    speaking = speaking_of(args)
    record = read_record(args.record)
    day = (record.last_day or 0) if args.on is None else day_of(args.on, record.starts_on)
    pathway = pathway_for(record, args.pathway, day)
    if pathway is None:
        raise InputError(message("option.baseline-needs-pathway", known=offered(registry.PATHWAY_IDS)))
    asked = baseline(walk(pathway, Timeline(record), day), day)
    if args.json:
        plain = [
            {
                "kind": ANSWERED_BY[each.kind].kind,
                "what": each.what,
                "title": speaking.value(each.title),
                "settles": list(each.settles),
            }
            for each in asked
        ]
        print_json({"pathway": pathway.id, "on": day, "questions": plain})
        return 0
    for line in _form(asked, day, speaking):
        print(line)
    if unchecked := translation_note(speaking):
        print(f"# {unchecked}")
    return 0


def _form(asked: Iterable[BaselineQuestion], day: int, speaking: Catalogue) -> Iterable[str]:
    """The lines of the form: entries for the end of the record, each with what is asked beside it."""
    from assuage.catalogue.message import message
    from assuage.review.baseline import ANSWERED_BY

    asked = tuple(asked)
    if not asked:
        yield f"# {speaking.say(message('baseline.nothing'))}"
        return
    yield f"# {speaking.say(message('baseline.head', n=len(asked)))}"
    for each in asked:
        answered_by = ANSWERED_BY[each.kind]
        # What stands where the answer goes answers nothing; where "unknown" is no state, the form is refused unfilled.
        blank = "unknown" if "unknown" in answered_by.states else '"?"'
        what = json.dumps(each.what) if " " in each.what else each.what
        fields = ", ".join(f"{name}: {value}" for name, value in answered_by.entry(what, blank).items())
        title = speaking.say(message("baseline.asked", title=each.title))
        yield f"- {{day: {day}, {fields}}}  # {title}"
