"""`assuage nof1 design` and `assuage nof1 analyse`: a randomised re-challenge of one patient."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Generator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assuage.cli import pictures
from assuage.cli.output import add_output

if TYPE_CHECKING:
    from assuage.nof1.plan import PainProcess, TrialPlan
    from assuage.nof1.power import OperatingCharacteristics

HELP = "plan a randomised re-challenge of one patient, draw its order, and analyse its diary"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Two verbs: design and analyse."""
    verbs = parser.add_subparsers(dest="verb", metavar="design | analyse", required=True)
    design = verbs.add_parser("design", help="pairs, gap, order, power, stopping rules, protocol")
    design.add_argument("record", nargs="?", metavar="RECORD", help="looked at for what forbids it")
    design.add_argument("--exposure", required=True, metavar="WHAT", help="what is to be tried again")
    design.add_argument("--outcome", default="pain", metavar="SCALE", help="a 0 to 10 scale (default: pain)")
    design.add_argument("--control", choices=("rest", "light touch"), default="rest")
    design.add_argument(
        "--effect", type=float, default=2.0, metavar="POINTS", help="planned for (default: 2)"
    )
    design.add_argument("--gap", type=int, default=8, metavar="DAYS", help="between sessions (default: 8)")
    design.add_argument("--run-in", type=int, default=28, metavar="DAYS", help="diary before (default: 28)")
    design.add_argument("--pairs", type=int, default=12, help="at most (default: 12)")
    design.add_argument("--first-look", type=int, default=2, metavar="PAIRS", help="default: 2")
    design.add_argument("--harm", type=float, default=0.991, metavar="P", help="stop when P(a rise) is above")
    design.add_argument(
        "--safe", type=float, default=0.05, metavar="P", help="stop when P(> 1 point) is below"
    )
    for name, default, text in (
        ("sigma", 1.4, "SD of the outcome within the patient"),
        ("phi", 0.5, "share of a deviation left a day later"),
        ("kappa", 0.13, "share of a rating's own noise"),
        ("level", 5.0, "usual value of the outcome"),
        ("missing", 0.1, "share of days without an entry"),
    ):
        design.add_argument(f"--{name}", type=float, help=f"{text} (default: {default}, or the diary's)")
    design.add_argument(
        "--noise-from",
        metavar="DIARY",
        help="the patient's own diary (.csv) or record, to take these five from",
    )
    design.add_argument("--starts-on", metavar="DATE", help="the first day of the run-in")
    design.add_argument("--seed", metavar="TEXT", help="of the order (default: a secret one is drawn)")
    design.add_argument("--trials", type=int, default=500, help="to simulate (default: 500; 0: none)")
    add_output(design, "write plan.json, protocol.md and diary.csv there", metavar="DIR", before=("--out",))
    design.add_argument("--order", metavar="FILE", help="write the drawn order there, outside DIR")
    design.add_argument("--force", action="store_true", help="write over files that exist")
    design.add_argument("--json", action="store_true", help="one object; without the order")
    analyse = verbs.add_parser("analyse", help="the diary against the plan and its order")
    analyse.add_argument("plan", metavar="PLAN.json")
    analyse.add_argument("diary", metavar="DIARY.csv", help="day or date, the outcome, done; or a record")
    analyse.add_argument("--order", required=True, metavar="ORDER.json", help="the order that was drawn")
    analyse.add_argument("--json", action="store_true", help="one stable JSON object")
    pictures.add_page(analyse)


def run(args: argparse.Namespace) -> int:
    """Plan and draw, or read and analyse."""
    needs_numbers()
    return _design(args) if args.verb == "design" else _analyse(args)


def needs_numbers(extra: str = "triggers", *more: str) -> None:
    """InputError, with the remedy, where the extra with the numerical libraries (and `more`) is not installed."""
    from importlib.util import find_spec

    from assuage.errors import InputError

    if any(find_spec(library) is None for library in ("numpy", "numba", *more)):
        raise InputError(f"this needs the extra: pip install 'assuage[{extra}]'")


# ---------------------------------------------------------------- design


def _design(args: argparse.Namespace) -> int:
    from assuage.errors import InputError
    from assuage.nof1 import order as orders
    from assuage.nof1 import plan as plans
    from assuage.nof1.power import formula, pairs_needed, simulate_trials
    from assuage.record.save import folder, write_file
    from assuage.report.nof1 import words as shown

    planned, order = orders.draw(_plan(args), args.seed)
    if not 0 <= args.trials <= 20_000:
        raise InputError(f"--trials {args.trials} is out of range: 0 to 20000")
    forbids = [] if args.record is None else _forbids(args.record)
    order_file = _places(args)
    powers = {
        pairs: formula(planned, pairs) for pairs in (2, 4, 6, 8, 12, 20) if pairs <= planned.stopping.pairs
    }
    needed = pairs_needed(planned)
    # A seed of its own: what the trial can show must give nothing of its order away.
    characteristics: list[OperatingCharacteristics] = []
    for effect in (0.0, 1.0, planned.effect) if args.trials else ():
        with _progress(f"simulating, true effect {effect:g}") as after_look:
            characteristics.append(simulate_trials(planned, effect, args.trials, 20260101, after_look))
    if args.output is not None and order_file is not None:
        # The order first: a plan whose order could not be kept would be worth nothing.
        out = folder(args.output)
        write_file(order_file, json.dumps(orders.to_json(order, planned), indent=2) + "\n", private=True)
        write_file(out / "plan.json", json.dumps(plans.to_json(planned), indent=2) + "\n")
        write_file(out / "protocol.md", shown.protocol(planned, powers, needed, characteristics))
        write_file(out / "diary.csv", shown.blank_diary(planned))
    if args.json:
        print(
            json.dumps(
                _plain(planned, powers, needed, characteristics, forbids), indent=2, ensure_ascii=False
            )
        )
    else:
        from assuage.report.screen import print_markdown

        print_markdown(shown.protocol(planned, powers, needed, characteristics))
    if args.seed is not None:
        print("The seed was given, so whoever knows it knows the order.", file=sys.stderr)
    for reason in forbids:
        print(f"Not now: {reason}", file=sys.stderr)
    if args.output is None:
        print("Nothing was written and the order is gone; keep both with: -o DIR", file=sys.stderr)
    else:
        print(
            f"plan.json, protocol.md and diary.csv are in {args.output}; the order is in {order_file}. "
            "Give it to whoever books the sessions, and to nobody else.",
            file=sys.stderr,
        )
    return 1 if forbids else 0


def _plan(args: argparse.Namespace) -> TrialPlan:
    from datetime import date

    from assuage.errors import InputError
    from assuage.nof1.plan import Stopping, TrialPlan, outcome_of_option

    starts = None
    if args.starts_on is not None:
        try:
            starts = date.fromisoformat(args.starts_on)
        except ValueError:
            raise InputError(
                f'--starts-on "{args.starts_on}" is not an ISO date such as 2027-01-04'
            ) from None
    return TrialPlan(
        args.exposure,
        outcome_of_option(args.outcome),
        args.control,
        args.effect,
        args.gap,
        args.run_in,
        Stopping(args.pairs, args.first_look, args.harm, args.safe),
        _assumed(args),
        starts,
    )


def _assumed(args: argparse.Namespace) -> PainProcess:
    """The noise to plan for: what was said, else what the patient's own diary says, else the defaults."""
    from dataclasses import replace

    from assuage.nof1.noise_from_diary import noise_from_diary
    from assuage.nof1.plan import PainProcess

    process = (
        PainProcess()
        if args.noise_from is None
        else noise_from_diary(args.noise_from, args.outcome, args.exposure)
    )
    options = {name: getattr(args, name) for name in ("sigma", "phi", "kappa", "level", "missing")}
    given = {name: value for name, value in options.items() if value is not None}
    return replace(
        process,
        **given,
        whose=process.whose if not given else f"{process.whose}; {', '.join(given)}: as given",
    )


def _forbids(path: str) -> list[str]:
    """What in the record speaks against any re-challenge now."""
    from assuage.record.read import read_record
    from assuage.record.timeline import Timeline
    from assuage.safety.active_flags import shutting_flags

    record = read_record(path)
    if record.last_day is None:
        return []
    return [
        f"{active.flag.title} stands, and nobody has cleared it"
        for active in shutting_flags(Timeline(record), record.last_day)
    ]


def _places(args: argparse.Namespace) -> Path | None:
    """Where the order goes. InputError where a file is there already, or the order would lie beside the plan."""
    from assuage.errors import InputError

    if args.output is None:
        if args.order is not None:
            raise InputError("--order needs -o: an order without its plan means nothing")
        return None
    folder = Path(args.output)
    order = Path(args.order) if args.order else folder.parent / f"{folder.name}-order.json"
    if folder.resolve() in order.resolve().parents:
        raise InputError(f"{order} lies in the folder of the plan; keep the order apart")
    if folder.exists() and not folder.is_dir():
        raise InputError(f"{folder} is a file, not a folder")
    for path in (folder / "plan.json", folder / "protocol.md", folder / "diary.csv", order):
        if path.exists() and not args.force:
            raise InputError(
                f"{path} is there already; drawing again would be no draw. Write over it with: --force"
            )
    return order


@contextmanager
def _progress(text: str) -> Generator[Callable[[int, int], None], None, None]:
    """A bar over the looks on a terminal; nothing elsewhere."""

    def silent(look: int, looks: int) -> None:
        del look, looks

    if not sys.stderr.isatty():
        yield silent
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(text)

        def after_look(look: int, looks: int) -> None:
            bar.update(task, total=looks, completed=look)

        yield after_look


def _plain(
    plan: TrialPlan,
    powers: dict[int, float],
    needed: int | None,
    characteristics: list[OperatingCharacteristics],
    forbids: list[str],
) -> dict[str, Any]:
    from dataclasses import asdict

    from assuage.nof1 import checklists
    from assuage.nof1.plan import to_json

    return to_json(plan) | {
        "power": {
            "by_formula": {str(pairs): round(power, 4) for pairs, power in powers.items()},
            "pairs_for_80_percent": needed,
            "by_simulation": [asdict(outlook) for outlook in characteristics],
        },
        "spent": [{"item": name, "text": text} for name, text in checklists.spent(plan)],
        "consent": list(checklists.CONSENT),
        "not_while": list(checklists.NOT_WHILE),
        "stop_at_once": list(checklists.STOP_AT_ONCE),
        "blinding": checklists.BLINDING,
        "forbids": forbids,
    }


# ---------------------------------------------------------------- analyse


def _analyse(args: argparse.Namespace) -> int:
    from assuage.nof1.analyse import analyse
    from assuage.nof1.order import order_of
    from assuage.nof1.plan import plan_of
    from assuage.nof1.reading import read_trial_diary
    from assuage.report.nof1 import words as shown

    plan = plan_of(_load(args.plan), args.plan)
    order = order_of(_load(args.order), args.order, plan)
    ratings, done = read_trial_diary(args.diary, plan)
    trial = analyse(plan, order, ratings, done)
    if args.output is not None or args.pictures is not None:
        from assuage.report.drawn import files
        from assuage.report.nof1 import charts

        pictures.write_shown(args, lambda: charts.html(trial), lambda: files(charts.pictures(trial)))
    if args.json:
        print(json.dumps(shown.to_json(trial), indent=2, ensure_ascii=False))
    elif args.output is None:
        from assuage.report.screen import print_markdown

        print_markdown(shown.analysis_report(trial))
    return 0


def _load(path: str) -> object:
    from assuage.errors import Problems
    from assuage.record.document import load

    document = load(path)
    if document.problems:
        raise Problems(document.name, document.problems)
    return document.value
