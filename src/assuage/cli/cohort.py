"""`assuage cohort review PATH`, `assuage cohort summary DIR` and `assuage cohort diff PATH`."""

from __future__ import annotations

import argparse
import json
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assuage.errors import InputError

if TYPE_CHECKING:
    from assuage.cohort.run import Progress

HELP = "review a whole table of patients, sum it up, or compare two pathways on it"
_SIZES = {"": 1, "KB": 1 << 10, "MB": 1 << 20, "GB": 1 << 30}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Three verbs: review, summary, diff."""
    verbs = parser.add_subparsers(dest="verb", metavar="review | summary | diff", required=True)
    review = verbs.add_parser("review", help="where every patient stands, written to a folder")
    review.add_argument("path", metavar="PATH", help="a Parquet table of records, or a folder of them")
    review.add_argument("--pathway", default="neck-first", help="its id, or a .py file that defines PATHWAY")
    review.add_argument("--out", required=True, metavar="DIR", help="the folder for the output")
    review.add_argument("--panel", action="store_true", help="write every day of every patient too")
    review.add_argument(
        "--engine", choices=("local", "spark"), default="local", help="this machine, or Apache Spark"
    )
    review.add_argument(
        "--master", metavar="URL", help="with --engine spark: local[2], spark://host:7077 (default: local[*])"
    )
    summary = verbs.add_parser("summary", help="who is where, and waiting for what")
    summary.add_argument("dir", metavar="DIR", help="the output of a cohort review")
    summary.add_argument("--html", metavar="FILE", help="write a page with pictures")
    diff = verbs.add_parser("diff", help="who would be in another phase on another pathway, and why")
    diff.add_argument("path", metavar="PATH", help="a Parquet table of records, or a folder of them")
    diff.add_argument("--old", required=True, help="a pathway's id, or a .py file that defines PATHWAY")
    diff.add_argument("--new", required=True, help="the same")
    diff.add_argument("--out", required=True, metavar="DIR", help="the folder for the output")
    for each in (review, diff):
        each.add_argument(
            "--on", type=int, metavar="DAY", help="the last day looked at (default: each record's own)"
        )
        each.add_argument(
            "--memory", metavar="SIZE", help="stay below this, such as 4GB (default: a quarter)"
        )
    for each in (review, summary, diff):
        each.add_argument("--json", action="store_true", help="what was done, as JSON")


def run(args: argparse.Namespace) -> int:
    """Do it; 1 when patients had to be refused."""
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
        case _:
            return _diff(args)


def _review(args: argparse.Namespace) -> int:
    from dataclasses import asdict

    if args.engine != "spark" and args.master is not None:
        raise InputError("--master names a Spark; write --engine spark too")
    if args.engine == "spark" and args.memory is not None:
        raise InputError("--memory is for this machine; an executor's memory is Spark's own setting")
    pathway, asked = _pathway(args.pathway), {"on": args.on, "panel": args.panel}
    with _Bar() as progress:
        if args.engine == "spark":
            from assuage.cohort.spark import review_on_spark

            master = args.master or "local[*]"
            done = review_on_spark(args.path, pathway, args.out, master=master, progress=progress, **asked)
        else:
            from assuage.cohort.run import review_cohort

            memory = _bytes(args.memory)
            done = review_cohort(args.path, pathway, args.out, memory=memory, progress=progress, **asked)
    if args.json:
        print(json.dumps({"out": args.out, **asdict(done)}, indent=2))
    else:
        again = " (continued)" if done.resumed else ""
        print(f"{done.patients} patients reviewed from {done.rows} rows{again}: {args.out}")
        if done.rejected:
            print(f"{done.rejected} patients refused; their problems: {Path(args.out) / 'rejected.parquet'}")
    return 1 if done.rejected else 0


def _summary(args: argparse.Namespace) -> int:
    from assuage.report.cohort import html, summarise, text

    found = summarise(args.dir)
    if args.html:
        Path(args.html).write_text(html(found), encoding="utf-8")
    if args.json:
        print(json.dumps(found, indent=2, ensure_ascii=False))
    elif not args.html:
        sys.stdout.write(text(found))
    return 0


def _diff(args: argparse.Namespace) -> int:
    from assuage.cohort.differ import compare_cohort

    with _Bar() as progress:
        found = compare_cohort(
            args.path,
            _pathway(args.old),
            _pathway(args.new),
            args.out,
            on=args.on,
            memory=_bytes(args.memory),
            progress=progress,
        )
    if args.json:
        print(json.dumps(found, indent=2, ensure_ascii=False))
    else:
        print(f"{found['moved']} of {found['patients']} patients would take another course: {args.out}")
        for row in found["because"]:
            print(f"  {row['patients']:>8}  {row['criterion']}")
    return 0


def _pathway(name: str) -> Any:
    """The pathway of an id, or the PATHWAY of a Python file."""
    from assuage.pathways import registry
    from assuage.pathways.model import Pathway

    if not name.endswith(".py"):
        return registry.pathway(name)
    import runpy

    if not Path(name).is_file():
        raise InputError(f"no file {name}")
    found = runpy.run_path(name).get("PATHWAY")
    if not isinstance(found, Pathway):
        raise InputError(f"{name} defines no PATHWAY; write PATHWAY = Pathway(…)")
    return found


def _bytes(size: str | None) -> int | None:
    """A size in bytes; None where none was given."""
    if size is None:
        return None
    match = re.fullmatch(r"(\d+(?:\.\d+)?) ?(|KB|MB|GB)", size.strip().upper())
    if match is None:
        raise InputError(f'"{size}" is no size; write 4GB or 500MB')
    return int(float(match[1]) * _SIZES[match[2]])


class _Bar:
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
