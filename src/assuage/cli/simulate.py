"""`assuage simulate diaries`: seeded diaries of a scenario, as a table or as records, with the truth beside them."""

from __future__ import annotations

import argparse
from pathlib import Path

from assuage.catalogue.message import message
from assuage.cli import REVIEWED
from assuage.cli.language import add_language, speaking_of
from assuage.cli.options import add, mark
from assuage.cli.output import add_output, print_json
from assuage.cli.progress import counting, working
from assuage.cli.surroundings import say

HELP = "make diaries of patients who do not exist, from a scenario and a seed, with the truth beside them"

EXAMPLE = """for example:
  assuage simulate diaries --list
  assuage simulate diaries --scenario seek-same-day --patients 1000 --seed 7 -o cohort/
  assuage simulate diaries --patients 3 -o records/ --to yaml
The same seed gives the same diaries: the first 100 of 100,000 are the 100."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What to make, how many, from which seed, where to."""
    parser.epilog = EXAMPLE
    parser.add_argument(
        "what", metavar="diaries", choices=("diaries",), help="diaries: daily pain, exposures and stress"
    )
    world = parser.add_argument(
        "--scenario", default="base", metavar="NAME", help="the world they live in (default: base)"
    )
    mark(world, completes="scenarios")
    add(parser, "patients", default=100)
    add(parser, "seed", default=1, type=int)
    add_output(parser, folder=True)
    add(parser, "to", choices=("parquet", "yaml", "json"), default="parquet")
    add(parser, "list", "json")
    add_language(parser)


def run(args: argparse.Namespace) -> int:
    """Make them a batch at a time; InputError for a scenario, number or folder that cannot be used."""
    from assuage.dynamics.scenarios import SCENARIOS, scenario_named
    from assuage.errors import InputError

    if args.list and args.json:
        print_json([{"id": each.id, "title": each.title} for each in SCENARIOS.values()])
        return REVIEWED
    if args.list:
        for scenario in SCENARIOS.values():
            print(f"{scenario.id:18} {scenario.title}")
        return REVIEWED
    world = scenario_named(args.scenario)
    if args.patients < 1:
        raise InputError(message("option.patients-from-one"))
    if args.seed < 0:
        raise InputError(message("option.seed-from-zero"))
    if args.output is None:
        raise InputError(message("option.diaries-need-folder"))
    folder = Path(args.output)
    if folder.exists() and not folder.is_dir():
        raise InputError(message("file.name-a-folder", path=folder))
    if folder.exists() and any(folder.iterdir()) and not args.force:
        raise InputError(message("file.folder-not-empty", path=folder))
    _numpy()
    from assuage.dynamics import written

    speaking = speaking_of(args)

    if args.to != "parquet":
        from assuage.record.save import folder as made_folder
        from assuage.record.save import save

        with working(message("progress.simulating"), args.lang):
            records = written.simulated_records(world, args.patients, args.seed)
            save(records, made_folder(folder), args.to, bool(args.force))
        say(speaking.say(message("simulate.records", count=len(records), folder=folder)))
    else:
        with counting(message("progress.simulating"), args.lang) as step:
            steps = -(-args.patients // written.BATCH)
            for done, _ in enumerate(written.write_tables(world, args.patients, args.seed, folder), 1):
                step(done, steps)
        say(
            speaking.say(
                message("simulate.diaries", count=args.patients, of=world.id, seed=args.seed, folder=folder)
            )
        )
    if args.json:
        print_json(
            {"scenario": world.id, "patients": args.patients, "seed": args.seed, "written": str(folder)}
        )
    return REVIEWED


def _numpy() -> None:
    from importlib.util import find_spec

    from assuage.errors import InputError

    if any(find_spec(name) is None for name in ("numpy", "numba", "polars")):
        raise InputError(message("extra.triggers"))
