"""`assuage cohort`: `review PATH`, `update DIR PATH`, `summary DIR`, `explain DIR`, `diff PATH`; `sort`, `prepare`."""

from __future__ import annotations

import argparse
import errno
import re
import sys
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assuage.catalogue.message import message
from assuage.cli.language import add_language, speaking_of
from assuage.cli.options import add, mark
from assuage.cli.output import PAGE, add_output, ending_of, free, print_json, write_output
from assuage.cli.pathways import offered, pathway_named
from assuage.cli.progress import counting, working
from assuage.cli.surroundings import say
from assuage.errors import InputError

if TYPE_CHECKING:
    from assuage.cohort.run import RunCounts
    from assuage.cohort.update import UpdateCounts

HELP = "review a whole table of patients, sum it up, or compare two pathways on it"
_SIZES = {"": 1, "KB": 1 << 10, "MB": 1 << 20, "GB": 1 << 30}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Eight verbs: review, update, summary, explain, diff, sort, merge, prepare."""
    verbs = parser.add_subparsers(
        dest="verb",
        metavar="review | update | summary | explain | diff | sort | merge | prepare",
        required=True,
    )
    review = verbs.add_parser("review", help="where every patient stands, written to a folder")
    add(review, "path", "on")
    add(review, "pathway")
    add_output(review, folder=True, required=True, before=("--out",))
    review.add_argument("--panel", action="store_true", help="write every day of every patient too")
    review.add_argument(
        "--checkpoint",
        action="store_true",
        help="keep the rows beside the output, so that update can go on from it",
    )
    add(review, "engine", default="local")
    add(review, "master", "workers", "memory", "json")
    update = verbs.add_parser(
        "update", help="take tonight's rows into the output of a review with a checkpoint"
    )
    add(update, "dir", "tables")
    pathway = add(update, "pathway")
    mark(pathway, "file", "pathways")  # that of the output stands in, and not the site's
    add(update, "memory", "json")
    summary = verbs.add_parser("summary", help="who is where, and waiting for what")
    add(summary, "dir", "json")
    add_output(summary, PAGE)
    explain = verbs.add_parser(
        "explain", help="one patient's days: phase, gates, and what each criterion said; needs --panel"
    )
    add(explain, "dir")
    add(explain, "patient", required=True)
    add(explain, "on", "json")
    diff = verbs.add_parser("diff", help="who would be in another phase on another pathway, and why")
    add(diff, "path", "on")
    for flag, which in (("--old", "the pathway as it is"), ("--new", "the pathway to compare with it")):
        pathway = diff.add_argument(
            flag,
            required=True,
            metavar="PATHWAY",
            help=f"{which}: its id, or a .py file that defines PATHWAY",
        )
        mark(pathway, "file", "pathways")
    add_output(diff, folder=True, required=True, before=("--out",))
    add(diff, "memory", "json")
    sort = verbs.add_parser("sort", help="one table sorted by patient, out of rows in any order")
    merge = verbs.add_parser("merge", help="one table out of tables that are sorted by patient each")
    for verb in (sort, merge):
        add(verb, "tables")
        add_output(verb, (".parquet",), required=True)
        add(verb, "memory", "json")
    prepare = verbs.add_parser("prepare", help="compile the kernels now: once on a machine, about a minute")
    for verb in (review, update, summary, explain, diff, sort, merge, prepare):
        add_language(verb)


def run(args: argparse.Namespace) -> int:
    """Do it; 1 when patients had to be refused. Raises InputError for a folder that cannot be written to."""
    from assuage.record.save import refused

    try:
        return _run(args)
    except OSError as error:
        # What is printed to (closed, or a pipe nobody reads) is no file of this command.
        closed = isinstance(error, BrokenPipeError) or (error.errno == errno.EBADF and error.filename is None)
        if closed or (error.errno is None and not str(error)):
            raise
        raise refused(error.filename, error, "cohort.broken-off") from None


def _run(args: argparse.Namespace) -> int:
    try:
        import numba as numba  # pyright: ignore[reportMissingTypeStubs]
        import pyarrow as pyarrow  # pyright: ignore[reportMissingTypeStubs]
    except ImportError:
        raise InputError(message("extra.cohort")) from None
    match args.verb:
        case "review":
            return _review(args)
        case "update":
            return _update(args)
        case "summary":
            return _summary(args)
        case "explain":
            return _explain(args)
        case "prepare":
            return _prepare(args)
        case "sort" | "merge":
            return _put_in_order(args)
        case _:
            return _diff(args)


def _review(args: argparse.Namespace) -> int:
    from dataclasses import asdict

    from assuage.pathways import registry

    if args.engine != "spark" and args.master is not None:
        raise InputError(message("option.master-without-spark"))
    if args.engine == "spark" and args.memory is not None:
        raise InputError(message("option.memory-of-spark"))
    if args.engine == "spark" and args.workers is not None:
        raise InputError(message("option.workers-of-spark"))
    if args.pathway is None:
        raise InputError(message("option.which-pathway", known=offered(registry.PATHWAY_IDS)))
    pathway = pathway_named(args.pathway)
    if args.engine == "spark" and args.checkpoint:
        raise InputError(message("option.checkpoint-of-spark"))
    asked: dict[str, Any] = {"on": _day(args.on), "panel": args.panel, "force": args.force}
    with compiling(args), counting(message("progress.cohort"), args.lang) as progress:
        if args.engine == "spark":
            from assuage.cohort.spark import review_on_spark

            master = args.master or "local[*]"
            done = review_on_spark(args.path, pathway, args.output, master=master, progress=progress, **asked)
        else:
            from assuage.cohort.run import review_cohort

            asked |= {"memory": _bytes(args.memory), "workers": _workers(args.workers), "progress": progress}
            asked["checkpoint"] = args.checkpoint
            try:
                done = review_cohort(args.path, pathway, args.output, **asked)
            except KeyboardInterrupt:
                say(speaking_of(args).say(message("cohort.stopped", folder=args.output)))
                raise
    if args.json:
        print_json({"out": args.output, **asdict(done)})
    else:
        _told(args, done)
    return 1 if done.rejected else 0


def _update(args: argparse.Namespace) -> int:
    from dataclasses import asdict

    from assuage.cohort.update import update_cohort

    with compiling(args), counting(message("progress.updating"), args.lang) as progress:
        done = update_cohort(
            args.dir,
            args.tables,
            pathway=pathway_named(args.pathway) if args.pathway else None,
            memory=_bytes(args.memory),
            progress=progress,
        )
    if args.json:
        print_json({"out": args.dir, **asdict(done)})
    else:
        _told_of_update(args, done)
    return 1 if done.refused else 0


def _told_of_update(args: argparse.Namespace, done: UpdateCounts) -> None:
    """Print what was taken in and left, whose rows they were, and what is new about them."""
    from assuage.cohort.in_place import CHANGES
    from assuage.report.cohort import CohortWords

    words = CohortWords(speaking_of(args), {})
    folder = Path(args.dir)
    if done.known:
        print(words.counted("cohort.known-files", len(done.known), files=", ".join(done.known)))
    if not done.taken:
        return
    print(words.counted("cohort.updated", done.patients, rows=words.whole(done.rows), folder=args.dir))
    for id_, count, name in (
        ("cohort.moved", done.moved, CHANGES),
        ("cohort.alerted", done.alerted, CHANGES),
        ("cohort.their-problems", done.refused, "rejected.parquet"),
        ("cohort.repeated-rows", done.repeated, "repeated.parquet"),
    ):
        if count:
            print(words.counted(id_, count, file=str(folder / name)))


def _told(args: argparse.Namespace, done: RunCounts) -> None:
    """Print how many were reviewed, refused and repeated, and where that stands."""
    from assuage.report.cohort import CohortWords

    words = CohortWords(speaking_of(args), {})
    reviewed = "cohort.reviewed-on" if done.resumed else "cohort.reviewed"
    print(words.counted(reviewed, done.patients, rows=words.whole(done.rows), folder=args.output))
    for id_, count, name in (
        ("cohort.their-problems", done.rejected, "rejected.parquet"),
        ("cohort.repeated-rows", done.repeated, "repeated.parquet"),
    ):
        if count:
            print(words.counted(id_, count, file=str(Path(args.output) / name)))


def _put_in_order(args: argparse.Namespace) -> int:
    from msgspec.structs import asdict

    from assuage.cohort.sorting import merge_tables, sort_table
    from assuage.report.cohort import CohortWords

    ending_of(args.output, (".parquet",))
    free(args, args.output)
    work = sort_table if args.verb == "sort" else merge_tables
    with counting(message("progress.sorting"), args.lang) as progress:
        done = work(
            args.tables, args.output, memory=_bytes(args.memory), force=bool(args.force), progress=progress
        )
    if args.json:
        print_json({"out": args.output, **asdict(done)})
    else:
        words = CohortWords(speaking_of(args), {})
        print(words.counted("cohort.sorted", done.patients, rows=words.whole(done.rows), file=args.output))
    return 0


def _prepare(args: argparse.Namespace) -> int:
    from assuage.cohort.prepare import prepare
    from assuage.dynamics.prepare import prepare_kernels
    from assuage.engine.many.jit import compiled_once
    from assuage.terms.hints import hints_in

    with compiled_once(), working(message("progress.compiling"), args.lang):
        prepare()
        prepare_kernels()
        hints_in("any words")  # the patterns of hints, which are kept as kernels are (assuage.patterns)
    return 0


@contextmanager
def compiling(args: argparse.Namespace) -> Generator[None]:
    """Compile the kernels on a first run, and say that it takes longer: once on a machine, whoever starts together."""
    from assuage.cohort.prepare import prepare
    from assuage.engine.many.jit import compiled_once, kernels_compiled

    if not kernels_compiled():
        say(speaking_of(args).say(message("progress.first-time")))
    with compiled_once() as missing:
        if missing:
            prepare()
    yield


def _day(text: str | None) -> int | None:
    """The day number; None where none was given. InputError for a date: each patient of a cohort has another day 0."""
    if text is None:
        return None
    if not re.fullmatch(r"-?\d{1,6}", text):
        raise InputError(message("option.cohort-day", text=text))
    return int(text)


def _summary(args: argparse.Namespace) -> int:
    from assuage.cohort.summary import summarise
    from assuage.report.cohort import summary_text
    from assuage.report.cohort_page import html

    if args.output:
        ending_of(args.output, PAGE)
        free(args, args.output)
    summary = summarise(args.dir)
    if args.output:
        write_output(args, html(summary, speaking_of(args)))
    if args.json:
        print_json(summary)
    elif not args.output:
        sys.stdout.write(summary_text(summary, speaking_of(args)))
    return 0


def _explain(args: argparse.Namespace) -> int:
    from dataclasses import asdict

    from assuage.cohort.panel import decode, on_day, spans
    from assuage.cohort.summary import manifest_of
    from assuage.report.cohort_patient import patient_text, to_json

    days = decode(args.dir, args.patient)
    day = on_day(days, _day(args.on))
    shown = to_json(
        manifest_of(args.dir),
        args.patient,
        day.day,
        day.phase,
        day.answers,
        [asdict(span) for span in spans(days)],
        {name: [asdict(span) for span in spans(days, name)] for name in day.answers},
    )
    if args.json:
        print_json(shown)
    else:
        sys.stdout.write(patient_text(shown, speaking_of(args)))
    return 0


def _diff(args: argparse.Namespace) -> int:
    from assuage.cohort.compare import compare_cohort

    with compiling(args), counting(message("progress.cohort"), args.lang) as progress:
        compared = compare_cohort(
            args.path,
            pathway_named(args.old),
            pathway_named(args.new),
            args.output,
            on=_day(args.on),
            memory=_bytes(args.memory),
            force=args.force,
            progress=progress,
        )
    if args.json:
        print_json({"out": args.output, **compared})
    else:
        from assuage.report.cohort import difference

        sys.stdout.write(difference(compared, args.output, speaking_of(args)))
    return 1 if compared["rejected"] else 0


def _workers(many: str | None) -> int:
    """How many workers; without a number as many as there are cores."""
    from assuage.cohort.workers import cores

    if many is None:
        return cores()
    if not re.fullmatch(r"[1-9]\d{0,3}", many):
        raise InputError(message("option.no-number-of-workers", many=many))
    return int(many)


def _bytes(size: str | None) -> int | None:
    """A size in bytes; None where none was given."""
    if size is None:
        return None
    match = re.fullmatch(r"(\d+(?:\.\d+)?) ?(|KB|MB|GB)", size.strip().upper())
    if match is None:
        raise InputError(message("option.no-size", size=size))
    return int(float(match[1]) * _SIZES[match[2]])
