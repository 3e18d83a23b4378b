"""`assuage simulate diaries`: seeded diaries of a scenario, as a table or as records, with the truth beside them."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from assuage.cli import REVIEWED
from assuage.cli.output import add_output

HELP = "make diaries of patients who do not exist, from a scenario and a seed, with the truth beside them"

EXAMPLE = """for example:
  assuage simulate diaries --list
  assuage simulate diaries --scenario seek-same-day --patients 1000 --seed 7 -o cohort/
  assuage simulate diaries --patients 3 -o records/ --to yaml
The same seed gives the same diaries: the first 100 of 100,000 are the 100."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What to make, how many, from which seed, where to."""
    parser.epilog = EXAMPLE
    parser.add_argument("what", choices=("diaries",), help="diaries: daily pain, exposures and stress")
    parser.add_argument(
        "--scenario", default="base", metavar="NAME", help="the world they live in (default: base)"
    )
    parser.add_argument("--patients", type=int, default=100, metavar="N", help="how many (default: 100)")
    parser.add_argument("--seed", type=int, default=1, metavar="N", help="a whole number from 0 (default: 1)")
    add_output(parser, "a folder that is new or empty", metavar="DIR")
    parser.add_argument(
        "--to", choices=("parquet", "yaml"), default="parquet", help="a table, or a document a patient"
    )
    parser.add_argument("--list", action="store_true", help="name the scenarios and stop")


def run(args: argparse.Namespace) -> int:
    """Make them a batch at a time; InputError for a scenario, number or folder that cannot be used."""
    from assuage.dynamics.scenarios import SCENARIOS, scenario_named
    from assuage.errors import InputError

    if args.list:
        for scenario in SCENARIOS.values():
            print(f"{scenario.id:18} {scenario.title}")
        return REVIEWED
    world = scenario_named(args.scenario)
    if args.patients < 1:
        raise InputError("--patients must be 1 or more")
    if args.seed < 0:
        raise InputError("--seed must be 0 or more")
    if args.output is None:
        raise InputError("name a folder for the diaries with -o, or --list the scenarios")
    folder = Path(args.output)
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise InputError(f"{folder} is there and not empty; name a new folder")
    _numpy()
    from assuage.dynamics import written

    if args.to == "yaml":
        from assuage.record.save import save

        records = written.simulated_records(world, args.patients, args.seed)
        folder.mkdir(parents=True, exist_ok=True)
        save(records, folder, "yaml", False)
        print(f"{len(records)} records in {folder}", file=sys.stderr)
        return REVIEWED
    _tables(args, folder)
    print(
        f"{args.patients:,} diaries of {world.id}, seed {args.seed}, in {folder}; the truth is in truth/",
        file=sys.stderr,
    )
    return REVIEWED


def _tables(args: argparse.Namespace, folder: Path) -> None:
    from rich.console import Console
    from rich.progress import track

    from assuage.dynamics.scenarios import scenario_named
    from assuage.dynamics.written import BATCH, write_tables

    steps = write_tables(scenario_named(args.scenario), args.patients, args.seed, folder)
    screen = Console(stderr=True)
    total = -(-args.patients // BATCH)
    for _ in track(
        steps, "diaries", total=total, console=screen, transient=True, disable=not screen.is_terminal
    ):
        pass


def _numpy() -> None:
    from importlib.util import find_spec

    from assuage.errors import InputError

    if any(find_spec(name) is None for name in ("numpy", "numba", "polars")):
        raise InputError("diaries need the extra: pip install 'assuage[triggers]'")
