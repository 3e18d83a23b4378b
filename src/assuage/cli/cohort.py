"""`assuage cohort review PATH`, `summary DIR`, `explain DIR --patient ID`, `diff PATH` and `prepare`."""

from __future__ import annotations

import argparse
import json
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from assuage.cli.output import PAGE, add_output, ending_of
from assuage.cli.pathways import A_PATHWAY, pathway_named
from assuage.errors import InputError

if TYPE_CHECKING:
    from assuage.cohort.run import Progress

HELP = "review a whole table of patients, sum it up, or compare two pathways on it"
_SIZES = {"": 1, "KB": 1 << 10, "MB": 1 << 20, "GB": 1 << 30}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Five verbs: review, summary, explain, diff, prepare."""
    verbs = parser.add_subparsers(
        dest="verb", metavar="review | summary | explain | diff | prepare", required=True
    )
    review = verbs.add_parser("review", help="where every patient stands, written to a folder")
    review.add_argument("path", metavar="PATH", help="a Parquet table of records, or a folder of them")
    review.add_argument("--pathway", metavar="PATHWAY", help=f"{A_PATHWAY}; there is no default")
    add_output(review, "the folder for the output", metavar="DIR", required=True, before=("--out",))
    review.add_argument("--panel", action="store_true", help="write every day of every patient too")
    review.add_argument(
        "--engine", choices=("local", "spark"), default="local", help="this machine, or Apache Spark"
    )
    review.add_argument(
        "--master", metavar="URL", help="with --engine spark: local[2], spark://host:7077 (default: local[*])"
    )
    summary = verbs.add_parser("summary", help="who is where, and waiting for what")
    summary.add_argument("dir", metavar="DIR", help="the output of a cohort review")
    add_output(summary, "write a page with pictures (.html)", before=("--html",))
    explain = verbs.add_parser(
        "explain", help="one patient's days: phase, gates, and what each criterion said"
    )
    explain.add_argument("dir", metavar="DIR", help="the output of a cohort review with --panel")
    explain.add_argument("--patient", required=True, metavar="ID", help="the patient's pseudonym")
    explain.add_argument("--day", type=int, metavar="DAY", help="the day to explain (default: the last)")
    diff = verbs.add_parser("diff", help="who would be in another phase on another pathway, and why")
    diff.add_argument("path", metavar="PATH", help="a Parquet table of records, or a folder of them")
    diff.add_argument("--old", required=True, help=f"a pathway: {A_PATHWAY}")
    diff.add_argument("--new", required=True, help="the same")
    add_output(diff, "the folder for the output", metavar="DIR", required=True, before=("--out",))
    verbs.add_parser("prepare", help="compile the kernels now: once on a machine, about a minute")
    for each in (review, diff):
        each.add_argument(
            "--on", type=int, metavar="DAY", help="the last day looked at (default: each record's own)"
        )
        each.add_argument(
            "--memory", metavar="SIZE", help="stay below this, such as 4GB (default: a quarter)"
        )
    for each, what in (
        (review, "what was done, as JSON"),
        (summary, "the counts as JSON"),
        (explain, "as JSON"),
        (diff, "the counts as JSON"),
    ):
        each.add_argument("--json", action="store_true", help=what)


def run(args: argparse.Namespace) -> int:
    """Do it; 1 when patients had to be refused. Raises InputError for a folder that cannot be written to."""
    try:
        return _run(args)
    except OSError as error:
        if error.strerror is None and error.errno is None and not str(error):
            raise
        where = f" ({error.filename})" if error.filename else ""
        raise InputError(
            f"cannot read or write{where}: {error.strerror or error}; nothing half-written was left as output. "
            "Run the same command again once that is mended, and it goes on where it stopped"
        ) from None


def _run(args: argparse.Namespace) -> int:
    try:
        import numba as numba  # pyright: ignore[reportMissingTypeStubs]
        import pyarrow as pyarrow  # pyright: ignore[reportMissingTypeStubs]
    except ImportError:
        raise InputError("cohorts need the extra: pip install 'assuage[cohort]'") from None
    match args.verb:
        case "review":
            return _review(args)
        case "summary":
            return _summary(args)
        case "explain":
            return _explain(args)
        case "prepare":
            return _prepare()
        case _:
            return _diff(args)


def _review(args: argparse.Namespace) -> int:
    from dataclasses import asdict

    from assuage.pathways import registry

    if args.engine != "spark" and args.master is not None:
        raise InputError("--master names a Spark; write --engine spark too")
    if args.engine == "spark" and args.memory is not None:
        raise InputError("--memory is for this machine; an executor's memory is Spark's own setting")
    if args.pathway is None:
        raise InputError(
            f"which pathway? --pathway {' or --pathway '.join(registry.PATHWAY_IDS)}; there is no default"
        )
    pathway, asked = pathway_named(args.pathway), {"on": args.on, "panel": args.panel}
    with Bar() as progress:
        if args.engine == "spark":
            from assuage.cohort.spark import review_on_spark

            master = args.master or "local[*]"
            done = review_on_spark(args.path, pathway, args.output, master=master, progress=progress, **asked)
        else:
            from assuage.cohort.run import review_cohort

            memory = _bytes(args.memory)
            _say_if_first()
            try:
                done = review_cohort(
                    args.path, pathway, args.output, memory=memory, progress=progress, **asked
                )
            except KeyboardInterrupt:
                print(f"Stopped. The same command goes on from where it was: {args.output}", file=sys.stderr)
                raise
    if args.json:
        print(json.dumps({"out": args.output, **asdict(done)}, indent=2))
    else:
        from assuage.report.cohort import people

        again = " (continued)" if done.resumed else ""
        print(f"{people(done.patients)} reviewed from {done.rows:,} rows{again}: {args.output}")
        if done.rejected:
            print(
                f"{people(done.rejected)} refused; their problems: {Path(args.output) / 'rejected.parquet'}"
            )
        if done.repeated:
            rows = "1 row repeats" if done.repeated == 1 else f"{done.repeated:,} rows repeat"
            print(f"{rows} another row, counted as they stand: {Path(args.output) / 'repeated.parquet'}")
    return 1 if done.rejected else 0


def _prepare() -> int:
    from assuage.cohort.prepare import prepare

    prepare()
    return 0


def _say_if_first() -> None:
    """Say why the first run takes longer; on a terminal only."""
    from assuage.engine.many.jit import kernels_compiled

    if sys.stderr.isatty() and not kernels_compiled():
        sys.stderr.write("The kernels are compiled now, once on this machine; this takes about a minute.\n")


def _summary(args: argparse.Namespace) -> int:
    from assuage.cohort.summary import summarise
    from assuage.record.save import write_file
    from assuage.report.cohort import summary_text
    from assuage.report.cohort_page import html

    if args.output:
        ending_of(args.output, PAGE)
    summary = summarise(args.dir)
    if args.output:
        write_file(args.output, html(summary))
    if args.json:
        print(json.dumps(summary, indent=2, ensure_ascii=False))
    elif not args.output:
        sys.stdout.write(summary_text(summary))
    return 0


def _explain(args: argparse.Namespace) -> int:
    from dataclasses import asdict

    from assuage.cohort.panel import decode, on_day, spans
    from assuage.cohort.summary import manifest_of
    from assuage.report.cohort_patient import patient_text, to_json

    days = decode(args.dir, args.patient)
    day = on_day(days, args.day)
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
        print(json.dumps(shown, indent=2, ensure_ascii=False))
    else:
        sys.stdout.write(patient_text(shown))
    return 0


def _diff(args: argparse.Namespace) -> int:
    from assuage.cohort.compare import compare_cohort

    with Bar() as progress:
        compared = compare_cohort(
            args.path,
            pathway_named(args.old),
            pathway_named(args.new),
            args.output,
            on=args.on,
            memory=_bytes(args.memory),
            progress=progress,
        )
    if args.json:
        print(json.dumps({"out": args.output, **compared}, indent=2, ensure_ascii=False))
    else:
        from assuage.report.cohort import difference

        sys.stdout.write(difference(compared, args.output))
    return 1 if compared["rejected"] else 0


def _bytes(size: str | None) -> int | None:
    """A size in bytes; None where none was given."""
    if size is None:
        return None
    match = re.fullmatch(r"(\d+(?:\.\d+)?) ?(|KB|MB|GB)", size.strip().upper())
    if match is None:
        raise InputError(f'"{size}" is no size; write 4GB or 500MB')
    return int(float(match[1]) * _SIZES[match[2]])


class Bar:
    """A progress bar on standard error, shown on a terminal only."""

    def __enter__(self) -> Progress:
        from rich.console import Console
        from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

        console = Console(stderr=True)
        self.bar = Progress(
            TextColumn("{task.completed:,.0f} of {task.total:,.0f} rows"),
            BarColumn(),
            TaskProgressColumn(),
            TimeRemainingColumn(),
            console=console,
            disable=not console.is_terminal,
            transient=True,
        )
        self.bar.start()
        task = self.bar.add_task("rows", total=1)
        return lambda done, of: self.bar.update(task, completed=done, total=of)

    def __exit__(self, *_: object) -> None:
        self.bar.stop()
