"""`assuage triggers RECORD|DIARY.csv`: what was followed by worse pain; `assuage triggers cohort` for many."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from assuage.catalogue.message import message
from assuage.cli import pictures, triggers_cohort
from assuage.cli.language import add_language, speaking_of
from assuage.cli.options import add, mark
from assuage.cli.output import print_json
from assuage.cli.progress import working

if TYPE_CHECKING:
    from assuage.dynamics.diary import Diary
    from assuage.dynamics.pooling import Pool
    from assuage.record.timeline import Timeline
    from assuage.report.triggers.words import TriggerPage
    from assuage.review.effects import JudgedDiary
    from assuage.review.exposures import Exposure
    from assuage.terms.outcomes import Outcome

WORDS = 5  # that nothing reads, named where no exposure is known
HELP = "what was followed by worse pain: counts, differences day by day after, and the doubt"

EXAMPLE = """for example:
  assuage triggers record.yaml
  assuage triggers diary.csv --exposure massage,computer -o page.html
  assuage triggers diary.csv --outcome "joint pain" --range 0 100 --settled physiotherapy
  assuage triggers cohort table.parquet -o effects/
A diary is a CSV file with a row a day: day (or date), pain, and a column for each exposure: yes and no, or a number
(hours, steps). "massage time" beside massage says when (14:30), "massage by" who or what chose it: patient, clinician,
schedule, draw, weather.
Without --exposure all that is recorded is looked at, without --outcome pain. Of a cohort, -o is the folder of its
tables, and --pathway says by whose walk the phases are told (none: without phases)."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What to read, of which outcome and exposures, and the form."""
    parser.epilog = EXAMPLE
    what = parser.add_argument(
        "what", metavar="RECORD|DIARY|cohort", help="a record, a diary (.csv), or the word cohort"
    )
    mark(what, "file")
    add(parser, "path", nargs="?")
    add(parser, "outcome", default="pain")
    add(parser, "exposure", action="append", before=("--exposures",))
    add(parser, "settled", action="append")
    add(parser, "range", "slow-waves", "others", "on", "json")
    pictures.add_page(parser, or_folder=True, before=("--html", "--out"))
    add_language(parser)
    triggers_cohort.add_arguments(parser)


def run(args: argparse.Namespace) -> int:
    """Read, estimate, show."""
    from assuage.errors import InputError

    if args.what == "cohort":
        return triggers_cohort.run(args, names_given(args.exposure, "--exposure"))
    if args.path is not None:
        raise InputError(message("option.one-at-a-time", path=args.path))
    triggers_cohort.refuse(args)
    with working(message("progress.triggers"), args.lang):
        page, diary = _page(args)
    speaking = speaking_of(args)
    if args.output is not None or args.pictures is not None:
        from assuage.report.plots import picture_files
        from assuage.report.triggers import page as shown

        pictures.write_shown(
            args,
            lambda: shown.html(page, diary, speaking),
            lambda: picture_files(shown.pictures(page, diary, speaking)),
        )
    if args.json:
        from assuage.report.triggers.words import plain

        print_json(plain(page, speaking))
    elif args.output is None:
        from assuage.report.screen import print_markdown
        from assuage.report.triggers.words import join, lines

        print_markdown(join(lines(page, speaking)))
    return 0


def names_given(given: list[str] | None, flag: str) -> list[str] | None:
    """The names of an option that may stand several times, each with commas; None where it does not stand."""
    if given is None:
        return None
    names = list(dict.fromkeys(name.strip() for name in ",".join(given).split(",") if name.strip()))
    if not names:
        from assuage.errors import InputError

        raise InputError(message("option.names-nothing", flag=flag))
    return names


def diary_given(
    args: argparse.Namespace, settled: list[str], named: list[str] | None = None, *, beside: bool = False
) -> Diary:
    """The diary of a file, up to the day that was asked for."""
    from assuage.cli.review import day_of
    from assuage.dynamics.reading import read_diary, until_day

    ends = None if args.range is None else (args.range[0], args.range[1])
    diary = read_diary(args.what, args.outcome, named, beside=beside, ends=ends, settled=settled)
    return diary if args.on is None else until_day(diary, day_of(args.on, None))


def record_given(args: argparse.Namespace, purpose: str) -> tuple[Timeline, int]:
    """The record of a file and its last day with an entry, of those up to the day that was asked for.

    `purpose` (`compare`, `foretell`) is what there is nothing for where the record has no entries.
    """
    from assuage.cli.review import day_of
    from assuage.errors import InputError
    from assuage.record.read import read_record
    from assuage.record.timeline import Timeline

    if args.range is not None:
        raise InputError(message("option.range-of-a-record"))
    record = read_record(args.what)
    if record.last_day is None:
        raise InputError(message(f"record.no-entries-{purpose}"))
    on = record.last_day if args.on is None else day_of(args.on, record.starts_on)
    timeline = Timeline(record)
    return timeline, (timeline.recorded_days(last=on) or [on])[-1]


def _page(args: argparse.Namespace) -> tuple[TriggerPage, Diary | None]:
    from assuage.record.csv_table import is_diary

    if is_diary(args.what):
        from assuage.cli.nof1 import needs_numbers
        from assuage.dynamics.reading import within_ratings
        from assuage.dynamics.triggers import triggers
        from assuage.record.timeline import Timeline
        from assuage.report.triggers.sources import exposures_of, outcome_of, record_of_diary, written_days
        from assuage.review.effects import JudgedDiary

        needs_numbers()
        named, settled = (
            names_given(args.exposure, "--exposure"),
            names_given(args.settled, "--settled") or [],
        )
        # What else was recorded stays in the model, so that no verdict depends on what was asked.
        diary = diary_given(args, settled, named, beside=True)
        timeline = Timeline(record_of_diary(diary))
        rated = within_ratings(diary)
        seen = JudgedDiary(rated, triggers(rated, drift=args.slow_waves))
        # A no is no entry there, yet the day on which it was written is over.
        days = written_days(diary)
        return _judged(timeline, days, seen, exposures_of(diary, named), outcome_of(diary), args.others)
    return _of_record(args)


def _of_record(args: argparse.Namespace) -> tuple[TriggerPage, Diary | None]:
    from assuage.engine.phases import phases_of
    from assuage.errors import InputError
    from assuage.report.triggers.sources import outcome_named
    from assuage.review.effects import JudgedDiary, exposures_in, judged_diary
    from assuage.review.exposures import factor_id, known_exposure
    from assuage.terms.drug_names import find_drug
    from assuage.terms.scales import SCALES
    from assuage.terms.therapies import find_therapy

    timeline, last = record_given(args, "compare")
    named, settled = names_given(args.exposure, "--exposure"), names_given(args.settled, "--settled") or []
    recorded = exposures_in(timeline, last)
    if named is None:
        exposures = [known_exposure(id_of, timeline) for id_of in recorded]
    else:
        for name in named:
            if find_therapy(name) is None and find_drug(name) is None and factor_id(name) not in recorded:
                raise InputError(message("option.no-exposure", name=name))
        exposures = [known_exposure(name, timeline) for name in named]
    seen = JudgedDiary(None, None)
    if args.outcome in SCALES and exposures:
        asked, phases = tuple(exposure.id for exposure in exposures), phases_of(timeline, last)
        seen = judged_diary(
            timeline, phases, last, args.outcome, asked, settled=tuple(settled), slow_waves=args.slow_waves
        )
    days = (timeline.record.first_day or 0, last)
    return _judged(timeline, days, seen, exposures, outcome_named(args.outcome), args.others)


def _pools(others: str | None, outcome: str) -> dict[str, Pool] | None:
    """The pools of a cohort, where one was named."""
    if others is None:
        return None
    from assuage.cli.nof1 import needs_numbers

    needs_numbers("triggers,cohort", "pyarrow", "polars")
    from assuage.dynamics.others import pools_of

    return pools_of(others, outcome)


def _judged(
    timeline: Timeline,
    days: tuple[int, int],
    seen: JudgedDiary,
    exposures: list[Exposure],
    outcome: Outcome,
    others: str | None,
) -> tuple[TriggerPage, Diary | None]:
    from msgspec.structs import replace

    from assuage.catalogue.message import Message
    from assuage.engine.phases import phases_of
    from assuage.record.entries import TherapyEntry
    from assuage.report.triggers.words import TriggerPage
    from assuage.review.effects import effects_in, effects_of, rated_days
    from assuage.review.suspects import suspect
    from assuage.review.triggers import Trigger, judge
    from assuage.words.suspects import outcome_word

    first, last = days
    phases = phases_of(timeline, last)
    diary, findings = seen.diary, seen.findings
    pools = _pools(others, outcome.id)
    judged: list[Trigger] = []
    refused: list[Message] = []
    # In a plain diary the columns have names of their own; a record's are ids.
    names = {
        exposure.id: exposure.title if diary and exposure.title in diary.exposures else exposure.id
        for exposure in exposures
    }
    for exposure in exposures:
        occasions = len(exposure.days(timeline, last))
        if diary is None:
            effects = effects_of(timeline, phases, last, exposure.id, occasions, outcome.id)
        else:
            effects = effects_in(seen, names[exposure.id], occasions)
            if pools is not None and findings is not None and effects.verdict is not None:
                from assuage.dynamics.others import word_from_others

                told = word_from_others(findings, diary, names[exposure.id], pools)
                effects = replace(effects, from_others=told)
        if not effects.effects and not effects.because:
            effects = replace(effects, because=message("triggers.no-difference"))
        counts = suspect(timeline, phases, last, exposure, outcome, effects)
        if counts is None:
            refused.append(message("triggers.not-recorded", exposure=exposure.term))
            continue
        counts = replace(counts, exposure=names[exposure.id])
        judged.append(judge(timeline, phases, counts, exposure.title, effects, last))
    if findings is not None and exposures:
        refused[:0] = findings.refusals
    if not exposures:
        therapies = timeline.entries_of(TherapyEntry, last)
        unread = tuple(dict.fromkeys(entry.what for entry in therapies if entry.known is None))
        more = len(unread[WORDS:]) or None
        nothing = message(
            "triggers.no-exposure", write="--exposure massage", words=unread[:WORDS] or None, more=more
        )
        refused.append(nothing)
    told_days = message("triggers.days", first=first, last=last)
    if diary is not None:
        rated, told = rated_days(diary), outcome_word(outcome.id)
        told_days = message("triggers.days", first=first, last=last, outcome=told, rated=rated)
    refusals = tuple(dict.fromkeys(refused))
    patient = timeline.record.patient.id
    return TriggerPage(patient, outcome.id, told_days, tuple(judged), findings, refusals), diary
