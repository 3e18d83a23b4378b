"""Trials as their files hold them: a plan with its order and its diary; a folder of one; a table of many people."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from assuage.catalogue.message import Message, message
from assuage.errors import AssuageError, InputError, Problems
from assuage.nof1.analyse import Analysis, analyse, analyse_foreign
from assuage.nof1.elsewhere import DrawnHow, ForeignTrial, read_foreign_trials
from assuage.nof1.order import order_of
from assuage.nof1.plan import KNOWN_CONTROLS, ControlKind, Stopping
from assuage.nof1.plan_file import plan_of
from assuage.nof1.reading import read_trial_diary
from assuage.nof1.registration import registered_message, registration_of
from assuage.record.csv_table import is_diary
from assuage.record.document import load
from assuage.terms.scales import Scale

PLAN, REGISTRATION, ORDER = "plan.json", "registration.json", "order.json"
# Under which names a folder keeps its diary, in the order in which they are looked for.
DIARIES = ("diary.csv", "diary.tsv", "diary.txt", "record.yaml", "record.yml", "record.json")


@dataclass(frozen=True)
class TableOfTrials:
    """How the trials of a table are read; what is None stands in the table or is the default of `nof1 analyse`."""

    order: str
    outcomes: Sequence[Scale]
    exposure: str | None = None
    control: str | None = None
    control_is: ControlKind | None = None
    gap: int | None = None
    washout: int = 0
    drawn: DrawnHow | None = None
    slow_waves: bool = False

    def analysed(self, trial: ForeignTrial) -> Analysis:
        """The analysis of one of them."""
        kind = self.control_is or KNOWN_CONTROLS.get(trial.control.casefold(), "active")
        return analyse_foreign(
            trial, kind, Stopping(), self.washout, drawn=self.drawn, slow_waves=self.slow_waves
        )


def document_at(path: str) -> object:
    """What a YAML or JSON file holds. Problems with it."""
    document = load(path)
    if document.problems:
        raise Problems(document.name, document.problems)
    return document.value


def analyse_files(
    plan_at: str, order_at: str, diary_at: str, published: str | None = None, *, slow_waves: bool = False
) -> Analysis:
    """The analysis of a planned trial, with the registration that lies beside its plan."""
    plan = plan_of(document_at(plan_at), plan_at)
    order = order_of(document_at(order_at), order_at, plan)
    beside = Path(plan_at).with_name(REGISTRATION)
    registered = None
    if beside.exists():
        registered = registered_message(
            registration_of(document_at(str(beside)), beside.name), plan, published
        )
    elif published is not None:
        raise InputError(message("trial.published-nothing-beside", file=beside))
    return analyse(plan, order, read_trial_diary(diary_at, plan), registered, slow_waves=slow_waves)


def trials_at(
    paths: Sequence[str], table: TableOfTrials | None, *, slow_waves: bool = False
) -> Iterator[tuple[str, Analysis | Message | AssuageError]]:
    """Each patient of these folders and tables with the analysis, the reason why there is none, or what was wrong.

    A folder holds a trial, or folders that do; what cannot be read of one stops no other. InputError for a path that
    is neither.
    """
    folders: list[Path] = []
    for path in paths:
        at = Path(path)
        if at.is_dir():
            inside = [at] if (at / PLAN).exists() else sorted(plan.parent for plan in at.glob(f"*/{PLAN}"))
            if not inside:
                raise InputError(message("trial.neither-plan-nor-folders", path=path, plan=PLAN))
            folders += inside
        elif is_diary(path):
            if table is None:
                raise InputError(message("trial.path-needs-outcome", path=path))
            several = sum(is_diary(each) for each in paths) > 1
            try:
                of_table = list(_of_table(path, table))
            except (InputError, Problems) as wrong:
                yield at.name, wrong
                continue
            for person, trial in of_table:
                yield (f"{at.stem}: {person}" if several else person), trial
        else:
            raise InputError(message("trial.series-of", path=path, plan=PLAN))
    names = [folder.resolve().name for folder in folders]
    for folder, name in zip(folders, names, strict=True):
        yield (name if names.count(name) == 1 else str(folder)), _of_folder(folder, slow_waves)


def _of_folder(folder: Path, slow_waves: bool) -> Analysis | Message | AssuageError:
    """The trial of a folder: its order lies beside it, as the design put it, or in it. Or the error."""
    beside = folder.resolve()
    orders = (beside.with_name(f"{beside.name}-{ORDER}"), folder / ORDER)
    order = next((path for path in orders if path.exists()), None)
    diary = next((folder / name for name in DIARIES if (folder / name).exists()), None)
    if order is None:
        return message("series.no-order", file=orders[0].name)
    if diary is None:
        return message("series.no-diary", files=", ".join(DIARIES))
    try:
        return analyse_files(str(folder / PLAN), str(order), str(diary), slow_waves=slow_waves)
    except (InputError, Problems) as wrong:
        return wrong


def _of_table(path: str, table: TableOfTrials) -> Iterator[tuple[str, Analysis | Message]]:
    trials = read_foreign_trials(path, table.order, table.outcomes, table.exposure, table.control, table.gap)
    for person, trial in trials:
        try:
            yield (
                person,
                message("series.unreadable", why=str(trial))
                if isinstance(trial, InputError)
                else table.analysed(trial),
            )
        except InputError as reason:
            yield person, message("series.unreadable", why=str(reason))
