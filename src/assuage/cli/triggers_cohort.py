"""`assuage triggers cohort PATH -o DIR`: the effects in every diary of a table, on this machine or on Spark."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from assuage.catalogue.message import message
from assuage.cli.options import add, mark
from assuage.cli.output import print_json
from assuage.cli.progress import counting
from assuage.errors import InputError

if TYPE_CHECKING:
    from assuage.dynamics.stays import OwnPhases, TableWalker

NO_PHASES = "none"
_OWN = ("engine", "master", "pathway", "grid", "noise")  # what only a cohort is asked


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of a cohort."""
    group = parser.add_argument_group("of a cohort")
    group.add_argument(
        "--grid", choices=("nugget", "coarse", "ar1"), help="the noise model (default: nugget)"
    )
    group.add_argument(
        "--noise",
        choices=("cohort", "default"),
        help="the prior of the noise: learnt from the first 1,000 usable diaries (default), or as for one patient",
    )
    # Of phases by another walk than each record's own; `none` for no phases. A site's pathway does not stand in here.
    mark(add(group, "pathway"), "file", "pathways")
    add(group, "engine", "master")


def refuse(args: argparse.Namespace) -> None:
    """InputError where one patient is asked what only a cohort is."""
    for name in _OWN:
        if getattr(args, name) is not None:
            raise InputError(message("option.for-a-cohort", name=name))


def run(args: argparse.Namespace, named: list[str] | None) -> int:
    """Estimate, write, say what was written and where the phases came from."""
    from assuage.cli.nof1 import needs_numbers

    if args.path is None or args.output is None:
        raise InputError(message("option.cohort-needs"))
    if args.output.lower().endswith(".html"):
        raise InputError(message("option.cohort-needs-folder", output=args.output))
    for name in ("pictures", "on", "settled", "range", "slow_waves", "others"):
        if getattr(args, name):
            raise InputError(message("option.for-one-patient", name=name.replace("_", "-")))
    if args.engine != "spark" and args.master is not None:
        raise InputError(message("option.master-without-spark"))
    if (Path(args.output) / "effects.parquet").exists() and not args.force:
        raise InputError(message("cohort.effects-are-there", path=args.output))
    needs_numbers("triggers,cohort", "pyarrow", "polars")
    from assuage.dynamics.cohort import Question, run_cohort
    from assuage.dynamics.reading import exposure_id

    exposures = None if named is None else tuple(exposure_id(name) for name in named)
    by_phase = args.pathway != NO_PHASES
    learn = args.noise != "default"
    question = Question(args.outcome, exposures, args.grid or "nugget", by_phase, learn)
    source = _phases(args.pathway) if by_phase else None
    with counting(message("progress.cohort"), args.lang) as progress:
        if args.engine == "spark":
            from assuage.dynamics.spark import run_cohort_on_spark

            master = args.master or "local[*]"
            result = run_cohort_on_spark(args.path, args.output, question, progress, source, master=master)
        else:
            result = run_cohort(args.path, args.output, question, progress, source)
    phases = "; ".join(result.phases_from) if args.pathway is None else source and source.name
    if args.json:
        summary = {
            "format": "assuage-triggers-cohort/1",
            "effects": str(result.effects),
            "population": str(result.population),
            "patients": result.patients,
            "rows": result.rows,
            "refused": result.refused,
            "phases_from": phases,
        }
        print_json(summary)
    else:
        print(
            f"{result.patients:,} patients, {result.rows:,} effects in {result.effects}; "
            f"{result.refused:,} could not be used, each with its reason. Population: {result.population}. "
            f"Phases: {'not looked at' if source is None else phases or 'nobody has any that are known'}."
        )
    return 0


def _phases(asked: str | None) -> TableWalker | OwnPhases:
    """The walk of the pathway that was asked for; else each record's own, whoever else is in the table."""
    from assuage.cli.pathways import pathway_named
    from assuage.dynamics.stays import OwnPhases, table_walker

    return OwnPhases() if asked is None else table_walker(pathway_named(asked))
