"""`assuage forecast RECORD|DIARY.csv`: tomorrow and next week, where the patient's own past lets them be told."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from assuage.catalogue.message import message
from assuage.cli import pictures
from assuage.cli.language import add_language, speaking_of
from assuage.cli.options import add, mark
from assuage.cli.output import print_json
from assuage.cli.progress import working

if TYPE_CHECKING:
    from assuage.dynamics.diary import Diary
    from assuage.dynamics.forecast import Forecast

HELP = "tomorrow and next week: the rating to be expected and the chance of a flare"

EXAMPLE = """for example:
  assuage forecast diary.csv
  assuage forecast record.yaml --outcome fatigue -o page.html
A diary is read as by assuage triggers. A forecast is printed only where it has beaten persistence (tomorrow as today)
on the patient's own past days; else the page says why there is none."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What to read, of which outcome, and the form."""
    parser.epilog = EXAMPLE
    what = parser.add_argument("what", metavar="RECORD|DIARY", help="a record, or a diary (.csv)")
    mark(what, "file")
    add(parser, "outcome", default="pain")
    add(parser, "settled", action="append")
    add(parser, "range", "slow-waves", "on", "json")
    pictures.add_page(parser)
    add_language(parser)


def run(args: argparse.Namespace) -> int:
    """Read, try on the past, show."""
    from assuage.cli.nof1 import needs_numbers

    needs_numbers()
    with working(message("progress.triggers"), args.lang):
        told, diary = _forecast(args)
    speaking = speaking_of(args)
    if args.output is not None or args.pictures is not None:
        from assuage.report.forecast import page as shown
        from assuage.report.plots import picture_files

        pictures.write_shown(
            args,
            lambda: shown.html(told, diary, speaking),
            lambda: picture_files(shown.pictures(told, diary, speaking)),
        )
    from assuage.report.forecast.words import forecast_lines, forecast_plain

    if args.json:
        print_json(forecast_plain(told, diary.outcome, speaking))
    elif args.output is None:
        from assuage.report.screen import print_markdown

        print_markdown("\n".join(forecast_lines(told, diary.outcome, speaking)))
    return 0


def _forecast(args: argparse.Namespace) -> tuple[Forecast, Diary]:
    from assuage.cli.triggers import diary_given, names_given
    from assuage.dynamics.forecast import forecast
    from assuage.record.csv_table import is_diary

    settled = names_given(args.settled, "--settled") or []
    if is_diary(args.what):
        from assuage.dynamics.reading import within_ratings

        diary = within_ratings(diary_given(args, settled), to_the_end=True)
        return forecast(diary, drift=args.slow_waves), diary
    diary, last = _of_record(args, settled)
    return forecast(diary, last=last, drift=args.slow_waves), diary


def _of_record(args: argparse.Namespace, settled: list[str]) -> tuple[Diary, int]:
    """The diary of a record, what was done since the last rating included, and its last day with an entry."""
    from assuage.cli.triggers import record_given
    from assuage.dynamics.reading import diary_of
    from assuage.engine.phases import phases_of
    from assuage.review.effects import exposures_in

    timeline, last = record_given(args, "foretell")
    exposures = exposures_in(timeline, last) or None
    phases = phases_of(timeline, last)
    return diary_of(timeline, args.outcome, exposures, phases, last, settled, to_the_end=True), last
