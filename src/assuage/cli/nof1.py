"""`assuage nof1 design`, `analyse` and `series`: a randomised trial of one patient, and many of them pooled."""

from __future__ import annotations

import argparse
import json
from os.path import realpath
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assuage.catalogue.message import Message, message
from assuage.cli import FOUND_WANTING, NOT_CHECKED, REVIEWED, pictures
from assuage.cli.language import add_language, speaking_of
from assuage.cli.options import Container, add, mark
from assuage.cli.output import add_output, print_json, write_files
from assuage.cli.progress import counting, working
from assuage.cli.surroundings import say

if TYPE_CHECKING:
    from assuage.catalogue.read import Catalogue
    from assuage.nof1.analyse import Analysis
    from assuage.nof1.plan import PainProcess, Stopping, TrialPlan
    from assuage.nof1.power import OperatingCharacteristics
    from assuage.nof1.registration import TrialRegistration
    from assuage.nof1.trial_files import TableOfTrials
    from assuage.terms.scales import Scale

DESIGN = """A record is looked at for what forbids the trial now. -o DIR gets plan.json, registration.json, protocol.md
and diary.csv; the drawn order is written beside DIR, or where --order says, and never into it. Without --seed a secret
one is drawn."""

SERIES = """A folder of a trial has plan.json and diary.csv (or a record); its order lies beside it, FOLDER-order.json,
or in it as order.json. A table has a row a day, a column of people (participant, patient or participant_id) and one
that says what was drawn; it needs --outcome. Of trials that compare different things, what is named is pooled, else
what most compare; the rest is listed with its reason."""

_STUDYU = "current_intervention_name"  # the column of the order in an export of StudyU

HELP = "plan a randomised trial of one patient, draw its order, analyse its diary, pool a series"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Three verbs: design, analyse and series."""
    verbs = parser.add_subparsers(dest="verb", metavar="design | analyse | series", required=True)
    design = verbs.add_parser("design", help="pairs, gap, order, power, stopping rules, protocol")
    design.epilog = DESIGN
    add(design, "record", nargs="?")
    add(design, "exposure", required=True)
    add(design, "outcome", action="append")
    add(design, "control", default="rest")
    add(design, "control-is")
    design.add_argument(
        "--asks",
        choices=("either", "harm"),
        default="either",
        help="whether it stops for benefit too (default: either)",
    )
    design.add_argument(
        "--effect",
        type=float,
        metavar="POINTS",
        help="planned for (default: two tenths of the scale)",
    )
    design.add_argument(
        "--schedule",
        choices=("sessions", "blocks"),
        default="sessions",
        help="sessions with days after them, or blocks of days as for a drug (default: sessions)",
    )
    add(design, "gap", default=8)
    design.add_argument(
        "--response",
        type=int,
        default=3,
        metavar="DAYS",
        help="after a session on which it is looked for first (default: 3)",
    )
    add(design, "washout", default=0)
    design.add_argument("--run-in", type=int, default=28, metavar="DAYS", help="diary before (default: 28)")
    design.add_argument(
        "--pairs", type=int, default=12, metavar="N", help="pairs of periods at most (default: 12)"
    )
    design.add_argument(
        "--first-look", type=int, default=3, metavar="N", help="pairs before the first look (default: 3)"
    )
    design.add_argument(
        "--sure",
        type=float,
        metavar="P",
        help="stop when P(worse) or P(better) is above: at the first look (default: 0.995), or at each if given alone",
    )
    design.add_argument(
        "--sure-last",
        type=float,
        metavar="P",
        help="the same at the last look (default: 0.845; 0.86 below 8 pairs; 0.88 for blocks)",
    )
    design.add_argument(
        "--safe", type=float, default=0.05, metavar="P", help="stop when P(a tenth of the scale) is below"
    )
    for name, default, text in (
        ("sigma", 1.4, "SD of the outcome within the patient"),
        ("phi", 0.5, "share of a deviation left a day later"),
        ("kappa", 0.13, "share of a rating's own noise"),
        ("level", 5.0, "usual value of the outcome"),
        ("missing", 0.1, "share of days without an entry"),
    ):
        design.add_argument(
            f"--{name}", type=float, metavar="X", help=f"{text} (default: {default}, or the diary's)"
        )
    noise = design.add_argument(
        "--noise-from",
        metavar="DIARY",
        help="the patient's own diary (.csv) or record, to take these five from",
    )
    mark(noise, "file")
    add(design, "starts-on", "seed")
    design.add_argument(
        "--trials", type=int, default=500, metavar="N", help="to simulate (default: 500; 0: none)"
    )
    design.add_argument(
        "--anyway",
        action="store_true",
        help="plan and simulate it although something in the record speaks against it now",
    )
    add_output(design, folder=True)
    add(design, "order", "json")
    add_language(design)
    analyse = verbs.add_parser("analyse", help="the diary against the plan and its order")
    plan = analyse.add_argument(
        "plan",
        metavar="PLAN",
        help="the plan.json of the design; or the table of a trial that was drawn elsewhere",
    )
    mark(plan, "file")
    add(analyse, "diary", nargs="?")
    add(analyse, "order", default=_STUDYU)
    analyse.add_argument("--published", metavar="HASH", help="the hash that was published when it was drawn")
    group = analyse.add_argument_group("of a table")
    add(group, "outcome", action="append")
    add(group, "exposure", "control", "patient")
    _add_table(group)
    add(analyse, "slow-waves", "json")
    pictures.add_page(analyse)
    add_language(analyse)
    series = verbs.add_parser("series", help="the same trial in several patients, pooled")
    series.epilog = SERIES
    add(series, "trials", "outcome", "exposure", "control")
    group = series.add_argument_group("of a table")
    add(group, "order", default=_STUDYU)
    _add_table(group)
    add(series, "slow-waves", "json")
    pictures.add_page(series)
    add_language(series)


def _add_table(group: Container) -> None:
    """How the trials of a table are read."""
    add(group, "control-is", "gap", "washout")
    group.add_argument(
        "--drawn",
        choices=("pairs", "periods"),
        help="how it was drawn (default: in pairs where they are pairs)",
    )


def run(args: argparse.Namespace) -> int:
    """Plan and draw, read and analyse, or pool."""
    needs_numbers()
    return {"design": _design, "analyse": _analyse, "series": _series}[args.verb](args)


def needs_numbers(extra: str = "triggers", *more: str) -> None:
    """InputError, with the remedy, where the extra with the numerical libraries (and `more`) is not installed."""
    from importlib.util import find_spec

    from assuage.errors import InputError

    if any(find_spec(library) is None for library in ("numpy", "numba", *more)):
        raise InputError(message("extra.this", extra=extra))


# ---------------------------------------------------------------- design


def _design(args: argparse.Namespace) -> int:
    from datetime import UTC, datetime

    from assuage.errors import InputError
    from assuage.nof1 import order as orders
    from assuage.nof1 import plan_file
    from assuage.nof1.power import formula, pairs_needed, simulate_trials
    from assuage.nof1.registration import register
    from assuage.record.save import folder
    from assuage.report.nof1 import words as shown

    speaking = speaking_of(args)
    planned, order = orders.draw(_plan(args), args.seed)
    if not 0 <= args.trials <= 20_000:
        raise InputError(message("option.trials-out-of-range", trials=args.trials))
    forbids = [] if args.record is None else _forbids(args.record)
    order_file = _places(args)
    if not args.json:
        # The answer first: what follows is of no use while the trial may not begin.
        for reason in forbids:
            print(speaking.say(message("nof1.not-now", why=reason)))
        if forbids and not args.anyway:
            say(speaking.say(message("nof1.not-planned")))
            return FOUND_WANTING
        if forbids:
            print()
    elif forbids and not args.anyway:
        print_json({"forbids": [speaking.say(each) for each in forbids]})
        return FOUND_WANTING
    powers = {
        pairs: formula(planned, pairs) for pairs in (2, 4, 6, 8, 12, 20) if pairs <= planned.stopping.pairs
    }
    needed = pairs_needed(planned)
    # A seed of its own: what the trial can show must give nothing of its order away.
    characteristics: list[OperatingCharacteristics] = []
    for effect in (0.0, planned.worth, planned.effect) if args.trials else ():
        with counting(message("progress.trials", effect=f"{effect:g}"), args.lang) as after_trial:
            characteristics.append(simulate_trials(planned, effect, args.trials, 20260101, after_trial))
    registered = None
    if args.output is not None and order_file is not None:
        before = _drawn_before(args.output)
        registered = register(planned, args.seed is not None, datetime.now(UTC), before)
        out = folder(args.output)
        # The order first: a plan whose order could not be kept would be worth nothing.
        write_files(
            args,
            [
                (order_file, json.dumps(orders.to_json(order, planned), indent=2) + "\n"),
                (out / "plan.json", json.dumps(plan_file.to_json(planned), indent=2) + "\n"),
                (out / "registration.json", json.dumps(registered.to_json(), indent=2) + "\n"),
                (out / "protocol.md", shown.protocol(planned, powers, needed, characteristics, speaking)),
                (out / "diary.csv", shown.blank_diary(planned)),
            ],
        )
    if args.json:
        print_json(_plain(planned, powers, needed, characteristics, forbids, speaking))
    else:
        from assuage.report.screen import print_markdown

        print_markdown(shown.protocol(planned, powers, needed, characteristics, speaking))
    if args.seed is not None:
        say(speaking.say(message("nof1.order-known")))
    if registered is None:
        say(speaking.say(message("nof1.order-is-gone")))
    else:
        say(speaking.say(message("nof1.give-the-order", file=str(order_file))))
        say(speaking.say(message("nof1.publish-the-hash", hash=registered.digest)))
    return FOUND_WANTING if forbids else REVIEWED


def _plan(args: argparse.Namespace) -> TrialPlan:
    from datetime import date

    from assuage.dynamics.contrast import worth_knowing
    from assuage.errors import InputError
    from assuage.nof1.plan import TrialPlan, outcome_of_option

    starts = None
    if args.starts_on is not None:
        try:
            starts = date.fromisoformat(args.starts_on)
        except ValueError:
            raise InputError(message("option.no-iso-start", text=args.starts_on)) from None
    outcomes = [outcome_of_option(name) for name in args.outcome or ["pain"]]
    return TrialPlan(
        args.exposure,
        outcomes[0],
        args.control,
        2 * worth_knowing(outcomes[0]) if args.effect is None else args.effect,
        args.gap,
        args.run_in,
        _stopping(args),
        _assumed(args, outcomes[0]),
        starts,
        control_is=args.control_is,
        schedule=args.schedule,
        response=args.response,
        settling=args.washout,
        others=tuple(outcomes[1:]),
    )


def _stopping(args: argparse.Namespace) -> Stopping:
    """The rule: a bound that is given alone holds at every look."""
    from assuage.nof1.plan import SURE_FIRST, Stopping, usual_last

    sure = SURE_FIRST if args.sure is None else args.sure
    if args.sure_last is not None:
        last = args.sure_last
    else:
        last = usual_last(args.schedule, args.pairs) if args.sure is None else sure
    return Stopping(args.pairs, args.first_look, sure, args.safe, args.asks, last)


def _assumed(args: argparse.Namespace, outcome: Scale) -> PainProcess:
    """The noise to plan for: what was said, else what the patient's own diary says, else the defaults."""
    from dataclasses import replace

    from assuage.nof1.noise_from_diary import noise_from_diary
    from assuage.nof1.plan import usual_process

    process = (
        usual_process(outcome)
        if args.noise_from is None
        else noise_from_diary(args.noise_from, outcome.code, args.exposure)
    )
    options = {name: getattr(args, name) for name in ("sigma", "phi", "kappa", "level", "missing")}
    given = {name: value for name, value in options.items() if value is not None}
    return replace(
        process,
        **given,
        whose=process.whose if not given else f"{process.whose}; {', '.join(given)}: as given",
    )


def _forbids(path: str) -> list[Message]:
    """What in the record speaks against any re-challenge now."""
    from assuage.record.read import read_record
    from assuage.record.timeline import Timeline
    from assuage.safety.active_flags import shutting_flags

    record = read_record(path)
    if record.last_day is None:
        return []
    return [
        message("nof1.flag-stands", flag=active.flag)
        for active in shutting_flags(Timeline(record), record.last_day)
    ]


def _places(args: argparse.Namespace) -> Path | None:
    """Where the order goes. InputError where a file is there already, or the order would lie beside the plan."""
    from assuage.errors import InputError

    if args.output is None:
        if args.order is not None:
            raise InputError(message("option.order-without-plan"))
        return None
    folder = Path(args.output)
    order = Path(args.order) if args.order else folder.parent / f"{folder.name}-order.json"
    if Path(realpath(folder)) in Path(realpath(order)).parents:
        raise InputError(message("trial.order-beside-plan", order=order))
    if folder.exists() and not folder.is_dir():
        raise InputError(message("file.no-folder", path=folder))
    names = ("plan.json", "registration.json", "protocol.md", "diary.csv")
    for path in (*(folder / name for name in names), order):
        if path.exists() and not args.force:
            raise InputError(message("trial.drawn-already", path=path))
    return order


def _drawn_before(output: str) -> TrialRegistration | None:
    """The registration that stands where this one will, so that drawing again is seen."""
    from assuage.nof1.registration import registration_of
    from assuage.nof1.trial_files import document_at

    path = Path(output) / "registration.json"
    return registration_of(document_at(str(path)), path.name) if path.exists() else None


def _plain(
    plan: TrialPlan,
    powers: dict[int, float],
    needed: int | None,
    characteristics: list[OperatingCharacteristics],
    forbids: list[Message],
    speaking: Catalogue,
) -> dict[str, Any]:
    from dataclasses import asdict

    from assuage.nof1 import checklists
    from assuage.nof1.plan_file import to_json
    from assuage.nof1.power import pairs_of_trial
    from assuage.report.nof1.words import items_to_json

    return (
        {"forbids": [speaking.say(each) for each in forbids]}
        | to_json(plan)
        | {
            "power": {
                "by_formula": {str(pairs): round(power, 4) for pairs, power in powers.items()},
                "pairs_for_80_percent": needed,
                "pairs_of_trial_for_90_percent": pairs_of_trial(plan),
                "by_simulation": [asdict(outlook) for outlook in characteristics],
            },
            "spent": items_to_json(checklists.spent(plan), speaking),
            "consent": [str(speaking.say(each)) for each in checklists.CONSENT],
            "not_while": [str(speaking.say(each)) for each in checklists.NOT_WHILE],
            "stop_at_once": [str(speaking.say(each)) for each in checklists.STOP_AT_ONCE],
            "blinding": str(speaking.say(checklists.blinding(plan.kind_of_control))),
        }
    )


# ---------------------------------------------------------------- analyse


_OF_A_TABLE = ("outcome", "exposure", "control", "control_is", "patient", "gap", "washout", "drawn")


def _analyse(args: argparse.Namespace) -> int:
    from assuage.report.nof1 import words as shown

    trial = _of_a_table(args) if args.diary is None else _of_a_plan(args)
    speaking = speaking_of(args)
    if args.output is not None or args.pictures is not None:
        from assuage.report.nof1 import charts
        from assuage.report.nof1.page import html
        from assuage.report.plots import picture_files

        pictures.write_shown(
            args, lambda: html(trial, speaking), lambda: picture_files(charts.pictures(trial, speaking))
        )
    if args.json:
        print_json(shown.to_json(trial, speaking))
    elif args.output is None:
        from assuage.report.screen import print_markdown

        print_markdown(shown.analysis_report(trial, speaking))
    return 0


def _of_a_plan(args: argparse.Namespace) -> Analysis:
    from assuage.errors import InputError
    from assuage.nof1.trial_files import analyse_files

    for name in _OF_A_TABLE:
        if getattr(args, name) is not None:
            raise InputError(message("option.for-a-table", name=name.replace("_", "-")))
    if args.order == _STUDYU:
        raise InputError(message("option.plan-needs-order"))
    with working(message("progress.triggers"), args.lang):
        return analyse_files(args.plan, args.order, args.diary, args.published, slow_waves=args.slow_waves)


def _of_a_table(args: argparse.Namespace) -> Analysis:
    from assuage.errors import InputError
    from assuage.nof1.elsewhere import read_foreign_trial
    from assuage.nof1.plan import outcome_of_option

    if args.published is not None:
        raise InputError(message("option.published-is-for-a-plan"))
    if not args.outcome:
        raise InputError(message("option.table-needs-outcome"))
    outcomes = [outcome_of_option(name) for name in args.outcome]
    trial = read_foreign_trial(
        args.plan, args.order, outcomes, args.exposure, args.control, args.patient, args.gap
    )
    with working(message("progress.triggers"), args.lang):
        return _table_of(args, outcomes).analysed(trial)


def _table_of(args: argparse.Namespace, outcomes: list[Scale]) -> TableOfTrials:
    from assuage.nof1.trial_files import TableOfTrials

    return TableOfTrials(
        args.order,
        outcomes,
        args.exposure,
        args.control,
        args.control_is,
        args.gap,
        args.washout or 0,
        args.drawn,
        args.slow_waves,
    )


# ---------------------------------------------------------------- series


def _series(args: argparse.Namespace) -> int:
    from assuage.nof1.plan import outcome_of_option
    from assuage.nof1.series import pool_trials
    from assuage.nof1.trial_files import trials_at
    from assuage.report.nof1 import series as shown

    outcome = None if args.outcome is None else outcome_of_option(args.outcome)
    table = None if outcome is None else _table_of(args, [outcome])
    with working(message("progress.triggers"), args.lang):
        series = pool_trials(
            trials_at(args.trials, table, slow_waves=args.slow_waves), outcome, args.exposure, args.control
        )
    speaking = speaking_of(args)
    if args.output is not None or args.pictures is not None:
        from assuage.report.plots import picture_files

        pictures.write_shown(
            args,
            lambda: shown.html(series, speaking),
            lambda: picture_files(shown.pictures(series, speaking)),
        )
    if args.json:
        print_json(shown.to_json(series, speaking))
    elif args.output is None:
        from assuage.report.screen import print_markdown

        print_markdown(shown.series_report(series, speaking))
    return NOT_CHECKED if series.rejected else REVIEWED
