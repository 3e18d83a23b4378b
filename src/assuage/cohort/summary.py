"""A cohort review summed up: who is where, waiting for what, restricted and breached, with which alerts.

Reads the output of `assuage.cohort.run` and nothing else; what comes out is plain numbers under ids, with the
titles that go with them, ready for JSON. `assuage.report.cohort` says it in text and on a page.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np

from assuage.catalogue.message import message
from assuage.cohort.in_place import put_in_place
from assuage.engine.many.arrays import Longs
from assuage.errors import InputError
from assuage.record.arrow import arrow

Summary = dict[str, Any]
LISTS = ("open", "unknown", "not_met", "in_force", "breached", "alerts")
MOST_POINTS = 200  # days of the course that are given; of a longer course every n-th
MOST_WEEKS = 26  # longer stays are counted together
MOST_PROBLEMS = 10
WEEK = 7


def manifest_of(folder: Path | str) -> dict[str, Any]:
    """The manifest of a finished cohort review. Raises InputError where there is none, or it is not finished."""
    folder = Path(folder)
    put_in_place(folder)
    try:
        manifest: dict[str, Any] = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
        done = manifest["done"]
    except (OSError, ValueError, KeyError, TypeError):
        raise InputError(message("cohort.no-output", folder=folder)) from None
    if not done:
        raise InputError(message("cohort.not-finished", folder=folder))
    return manifest


def summarise(folder: str | Path) -> Summary:
    """The counts of a cohort review's output. Raises InputError where there is none, or it is not finished."""
    folder = Path(folder)
    manifest = manifest_of(folder)
    state = _table(folder, "state")
    stays = _table(folder, "stays")
    breaches = _table(folder, "breaches")
    here, entered = _counted(state.column("phase")), _counted(stays.column("phase"))
    inside = _numbers(state.column("on")) - _numbers(state.column("since"), 0)
    words = _phases(state)
    course = _Course(manifest, state, stays)
    phases: list[dict[str, Any]] = []
    for phase in manifest["phases"]:
        days = inside[words == phase["id"]]
        middle = (
            [round(float(quartile)) for quartile in np.percentile(days, (25, 50, 75))] if days.size else None
        )
        phases.append(
            {
                **phase,
                "patients": here.get(phase["id"], 0),
                "stays": entered.get(phase["id"], 0),
                "median_days": middle[1] if middle else None,
                "middle_half": [middle[0], middle[2]] if middle else None,
                "weeks": course.weeks(phase["id"]),
            }
        )
    return {
        "pathway": manifest["pathway"],
        "on": manifest["on"],
        "patients": state.num_rows,
        "rejected": manifest["outcome"]["rejected"],
        "problems": _problems(folder),
        "repeated": manifest["outcome"].get("repeated", 0),
        "fallback": manifest["outcome"]["fallback"],
        "fallback_because": manifest["outcome"].get("reasons", {}),
        "status": _counted(state.column("status")),
        "phases": phases,
        "moves": course.moves(),
        "occupancy": course.occupancy(),
        "breaches": _breaches(breaches),
        "gates": manifest.get("gates", []),
        "titles": manifest.get("titles", {}),
        **{name: _each(state, name) for name in LISTS},
    }


def _table(folder: Path, name: str) -> Any:
    pa = arrow()
    try:
        return pa.parquet.read_table(folder / f"{name}.parquet")
    except (pa.ArrowException, OSError):
        file = folder / f"{name}.parquet"
        raise InputError(message("cohort.file-damaged", file=file, folder=folder)) from None


def _counted(column: Any) -> dict[str, int]:
    """How often each word is there, the most frequent first; null is none."""
    pa = arrow()
    flat: Any = pa.chunked_array([], pa.string()) if column.num_chunks == 0 else column.cast(pa.string())
    pairs: list[dict[str, Any]] = pa.compute.value_counts(flat).to_pylist()
    named = {str(pair["values"]): int(pair["counts"]) for pair in pairs if pair["values"] is not None}
    return dict(sorted(named.items(), key=lambda pair: (-pair[1], pair[0])))


def _each(state: Any, name: str) -> dict[str, int]:
    """How many patients have each word in a column of lists."""
    return _counted(arrow().compute.list_flatten(state.column(name)))


def _numbers(column: Any, null: int | None = None) -> Longs:
    filled = column if null is None else column.fill_null(null)
    return np.asarray(filled.to_numpy(), dtype=np.int64)


def _phases(table: Any) -> Any:
    """The phases of a column as words; the empty word outside."""
    return np.asarray(table.column("phase").cast(arrow().string()).fill_null("").to_pylist(), dtype=object)


def _problems(folder: Path) -> list[dict[str, Any]]:
    """What was wrong with the patients that were refused, the most frequent first."""
    counts = _counted(_table(folder, "rejected").column("problem"))
    return [{"problem": name, "times": n} for name, n in list(counts.items())[:MOST_PROBLEMS]]


def _breaches(breaches: Any) -> list[dict[str, int]]:
    """How many breaches there were in each week since day 0: sure ones, and possible ones."""
    week = _numbers(breaches.column("day")) // WEEK
    sure = breaches.column("sure").to_numpy().astype(bool)
    return [
        {
            "week": int(at),
            "sure": int((sure & (week == at)).sum()),
            "possible": int((~sure & (week == at)).sum()),
        }
        for at in (range(int(week.min()), int(week.max()) + 1) if week.size else ())
    ]


class _Course:
    """The stays of all patients laid out in days."""

    def __init__(self, manifest: dict[str, Any], state: Any, stays: Any) -> None:
        pa = arrow()
        self.phases = [phase["id"] for phase in manifest["phases"]]
        self.patient = stays.column("patient").combine_chunks()
        self.phase = _phases(stays)
        self.by = stays.column("by").cast(pa.string()).to_pylist()
        self.entered = _numbers(stays.column("entered"))
        open_ = np.asarray(stays.column("left").is_null().to_numpy(), dtype=bool)
        self.lasting = open_
        self.end = _numbers(stays.column("left"), 0)
        if open_.any():
            names = stays.column("patient").filter(pa.array(open_))
            where = pa.compute.index_in(names, value_set=state.column("patient").combine_chunks())
            self.end[open_] = _numbers(state.column("on").take(where)) + 1

    def weeks(self, phase: str) -> list[dict[str, int]]:
        """How many stays in a phase lasted how many whole weeks: those that are over, and those that go on."""
        in_phase = self.phase == phase
        weeks = np.minimum((self.end - self.entered)[in_phase] // WEEK, MOST_WEEKS)
        lasting = self.lasting[in_phase]
        return [
            {
                "weeks": at,
                "over": int(((weeks == at) & ~lasting).sum()),
                "lasting": int(((weeks == at) & lasting).sum()),
            }
            for at in (range(int(weeks.max()) + 1) if weeks.size else ())
        ]

    def moves(self) -> list[dict[str, Any]]:
        """How many moves there were from where to where, and by what; None stands for outside."""
        pa = arrow()
        n = len(self.phase)
        if not n:
            return []
        same = np.zeros(n, bool)
        if n > 1:
            same[1:] = pa.compute.equal(self.patient[1:], self.patient[:-1]).to_numpy(zero_copy_only=False)
            same[1:] &= self.end[:-1] == self.entered[1:]
        number = {phase: at for at, phase in enumerate(self.phases)}
        to = np.array([number[phase] for phase in self.phase])
        fro = np.where(same, np.concatenate([[-1], to[:-1]]), -1)
        decided = np.array([by == "decision" for by in self.by])
        coded, counts = np.unique((fro + 1) * 1000 + to * 2 + decided, return_counts=True)
        return [
            {
                "from": self.phases[code // 1000 - 1] if code >= 1000 else None,
                "to": self.phases[code % 1000 // 2],
                "by": "decision" if code % 2 else "gate",
                "times": times,
            }
            for code, times in zip(coded.tolist(), counts.tolist(), strict=True)
        ]

    def occupancy(self) -> dict[str, Any]:
        """How many patients were in each phase on each day; on every n-th day of a long course."""
        if not len(self.phase):
            return {"days": [], "phases": {}}
        first, last = int(self.entered.min()), int(self.end.max()) - 1
        step = -(-(last - first + 1) // MOST_POINTS)
        days = np.unique(np.append(np.arange(first, last + 1, step), last))
        patients_in: dict[str, list[int]] = {}
        for phase in self.phases:
            in_phase = self.phase == phase
            change = np.bincount(self.entered[in_phase] - first, minlength=last - first + 2)
            change = change - np.bincount(self.end[in_phase] - first, minlength=last - first + 2)
            patients_in[phase] = np.cumsum(change)[days - first].tolist()
        return {"days": days.tolist(), "phases": patients_in}
