"""`assuage review RECORD`: where the patient stands at the end of a day."""

from __future__ import annotations

import argparse
import re
from datetime import date
from typing import TYPE_CHECKING

from assuage.catalogue.message import message
from assuage.cli.language import add_language, add_reader, speaking_of
from assuage.cli.options import add
from assuage.cli.output import PAGE, add_output, ending_of, free, needs_pictures, print_json, write_output
from assuage.cli.pathways import pathway_for
from assuage.errors import InputError

if TYPE_CHECKING:
    from assuage.safety.situation import Settings

HELP = "where a patient stands at the end of a day, what now, what not, and why"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The record, the day, the pathway and the form."""
    add(parser, "record", "on", "pathway", "country", "since", "slow-waves", "all", "json")
    add_output(parser, PAGE, before=("--html",))
    add_language(parser)
    add_reader(parser)


def run(args: argparse.Namespace) -> int:
    """Read, review, print."""
    from assuage.record.read import read_record
    from assuage.review.make import review
    from assuage.review.visit import visit_page

    if args.output is not None:
        ending_of(args.output, PAGE)
        free(args, args.output)
        needs_pictures(".html")
    speaking = speaking_of(args)
    record = read_record(args.record)
    on = None if args.on is None else day_of(args.on, record.starts_on)
    pathway = pathway_for(record, args.pathway, on)
    settings = settings_of(args.country)
    since = None if args.since is None else day_of(args.since, record.starts_on, "--since")
    reviewed = review(record, pathway, on, settings, slow_waves=args.slow_waves)
    if since is not None and since >= reviewed.on:
        raise InputError(message("option.since-not-before", since=since, day=reviewed.on))
    page = visit_page(reviewed, since, settings)
    if args.output is not None:
        from assuage.report.page.pages import review_page

        write_output(args, review_page(page, speaking))
    if args.json:
        from assuage.report.review_json import page_to_json

        print_json(page_to_json(page, speaking))
    elif args.output is None:
        from assuage.report.screen import console
        from assuage.report.text import print_review

        print_review(page, console(), everything=args.all, speaking=speaking)
    return 0


def settings_of(country: str | None) -> Settings:
    """The settings for a country of two letters; InputError for anything else."""
    from assuage.safety.situation import Settings

    if country is not None and not re.fullmatch(r"[A-Za-z]{2}", country):
        raise InputError(message("option.no-country", country=country))
    return Settings(country.upper() if country else None)


def day_of(text: str, starts_on: date | None, option: str = "--on") -> int:
    """The day number; InputError for a date in a record without one, or for neither."""
    if re.fullmatch(r"-?\d{1,6}", text):
        return int(text)
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise InputError(message("option.no-day", option=option, text=text)) from None
    if starts_on is None:
        raise InputError(message("option.date-without-start", option=option, text=text))
    return (day - starts_on).days
