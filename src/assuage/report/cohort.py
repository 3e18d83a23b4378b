"""A cohort summed up in text: who is where, waiting for what, restricted and breached, with which alerts.

The numbers come from `assuage.cohort.summary`; the page with pictures is `assuage.report.cohort_page`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

Summary = dict[str, Any]
Row = tuple[str, ...]
WIDTH = 100
# Why the record of a patient was read whole, by `assuage.engine.many.entries.entry_table.FallbackReason`.
READ_WHOLE = {
    "patient_name": "the name of the patient",
    "labels": "numbers or ids of entries that cannot be, or name what is not there",
    "refused": "an entry that the reader may refuse",
    "dispute": "two entries in dispute",
    "as_taken": "doses as they were taken, while no course of the drug runs",
    "person": "a word on the patient's age",
    "pathway": "a decision that names its pathway",
    "undated": "a date without the date of day 0",
    "exposure": "a value said before the exposure of its day",
    "contradiction": "two entries that may contradict each other",
    "decision": "a decision that may lead nowhere",
    "nothing_taken": "that nothing is taken, beside drugs that were",
    "length": "a record of more than 6,000 days",
    "unnamed": "a drug of a class, and which of them was not said",
    "walk": "more moves on one day than are laid out",
}
OUTSIDE = ("waiting to enter", "held", "left", "not begun")


def head(summary: Summary) -> str:
    """`2,000 patients on neck-first@1, day 83`."""
    day = "each record's last day" if summary["on"] is None else f"day {summary['on']}"
    pathway = summary["pathway"]
    return f"{people(summary['patients'])} on {pathway['id']}@{pathway['version']}, {day}"


def people(count: int) -> str:
    """`1 patient`, `2,000 patients`."""
    return f"{count:,} patient{'' if count == 1 else 's'}"


def titled(summary: Summary, name: str) -> str:
    """An id with its title, where the output knows one."""
    title = summary["titles"].get(name)
    return f"{title} [{name}]" if title else name


def share(count: int, of: int) -> str:
    """A share in whole percent; empty of nothing, and never 0 % of something or 100 % of less than all."""
    if not of:
        return ""
    percent = round(100 * count / of)
    if count and not percent:
        return "<1 %"
    return ">99 %" if percent == 100 and count < of else f"{percent} %"


def waiting(summary: Summary) -> list[tuple[str, int, int]]:
    """Each criterion that keeps a gate onwards shut: how many patients lack an answer, how many another one."""
    back = returning(summary)
    names = dict.fromkeys([*summary["not_met"], *summary["unknown"]])
    rows = [
        (name, summary["unknown"].get(name, 0), summary["not_met"].get(name, 0))
        for name in names
        if name not in back
    ]
    return sorted(rows, key=lambda row: (-row[1] - row[2], row[0]))


def returning(summary: Summary) -> dict[str, int]:
    """Each criterion asked of ways back only: for how many patients it is unknown."""
    number = {phase["id"]: at for at, phase in enumerate(summary["phases"])}
    back, on = dict[str, int](), set[str]()
    for gate in summary["gates"]:
        leads_back = gate["from"] is not None and number[gate["to"]] < number[gate["from"]]
        for name in gate["criteria"]:
            if leads_back:
                back[name] = summary["unknown"].get(name, 0)
            else:
                on.add(name)
    return {name: count for name, count in back.items() if name not in on}


def where(summary: Summary) -> list[tuple[str, int, dict[str, Any] | None]]:
    """How many patients are in each phase, and how many outside for which reason."""
    inside = [(phase["title"], phase["patients"], phase) for phase in summary["phases"]]
    return [
        *inside,
        *((name, summary["status"][name], None) for name in OUTSIDE if summary["status"].get(name)),
    ]


def restricted(summary: Summary) -> list[tuple[str, int, int]]:
    """Each restriction: for how many patients it is in force, and by how many it was ever breached."""
    names = dict.fromkeys([*summary["in_force"], *summary["breached"]])
    return [(name, summary["in_force"].get(name, 0), summary["breached"].get(name, 0)) for name in names]


def summary_text(summary: Summary) -> str:
    """The summary in plain lines, at most a hundred columns wide."""
    lines = [head(summary)]
    if summary["rejected"]:
        lines.append(f"{people(summary['rejected'])} refused and not counted; who and why: rejected.parquet")
        lines += [f"  {problem['times']:>9,}  {problem['problem']}" for problem in summary["problems"][:3]]
    if summary["repeated"]:
        repeats = "1 row repeats" if summary["repeated"] == 1 else f"{summary['repeated']:,} rows repeat"
        lines.append(f"{repeats} another row, counted as they stand: repeated.parquet")
    if summary["fallback"]:
        whole = "1 record was" if summary["fallback"] == 1 else f"{summary['fallback']:,} records were"
        lines.append(f"{whole} read one by one, which takes longer and says the same; because of")
        because = sorted(summary["fallback_because"].items(), key=lambda pair: (-pair[1], pair[0]))
        lines += [f"  {patients:>9,}  {READ_WHOLE.get(name, name)}" for name, patients in because]
    rows: list[Row] = []
    for title, count, phase in where(summary):
        days = ""
        if phase and phase["middle_half"]:
            low, high = phase["middle_half"]
            days = f"{phase['median_days']} days ({low} to {high})"
        rows.append((title, f"{count:,}", share(count, summary["patients"]), days))
    lines += _table(("Where they are", "patients", "", "there for: median (middle half)"), rows)
    three = [(titled(summary, name), f"{a:,}", f"{b:,}") for name, a, b in waiting(summary)]
    lines += _table(("Waiting for", "unknown", "not met"), three)
    back = [(titled(summary, name), f"{count:,}") for name, count in returning(summary).items() if count]
    lines += _table(("Relapses that cannot be ruled out", "unknown"), back)
    lines += _table(("Gates that are open", "patients"), _counts(summary, "open"))
    three = [(titled(summary, name), f"{a:,}", f"{b:,}") for name, a, b in restricted(summary)]
    lines += _table(("Restrictions", "in force", "breached"), three)
    lines += _table(("Alerts", "patients"), _counts(summary, "alerts"))
    lines += ["", "Not a medical device: it counts and explains; a person decides."]
    return "\n".join(lines) + "\n"


def difference(summary: Summary, out: str) -> str:
    """A comparison of two pathways in plain lines: how many, where instead, because of what, and who first."""
    lines = [
        f"{summary['moved']:,} of {people(summary['patients'])} would take another course "
        f"with {summary['new']} than with {summary['old']}"
    ]
    if summary["rejected"]:
        lines.append(f"{people(summary['rejected'])} refused and not compared")
    if not summary["moved"]:
        return "\n".join(lines) + "\n"

    def phase(name: str | None) -> str:
        return "outside" if name is None else name

    rows = [(f"{phase(r['old'])} → {phase(r['new'])}", f"{r['patients']:,}") for r in summary["instead"]]
    lines += _table(("First day apart: old → new", "patients"), rows)
    rows = [(titled(summary, r["criterion"]), f"{r['patients']:,}") for r in summary["because"]]
    lines += _table(("Because of", "patients"), rows)
    lines += ["", "Who, when, and why (the first of them)"]
    for patient in summary["first"]:
        where_ = f"{phase(patient['old'])} → {phase(patient['new'])}"
        lines.append(
            f"  {patient['patient']}  day {patient['day']}  {where_}  because of {', '.join(patient['because'])}"
        )
    return "\n".join([*lines, "", f"All of them: {out}/diff.parquet"]) + "\n"


def _counts(summary: Summary, name: str) -> list[Row]:
    counts: Mapping[str, int] = summary[name]
    return [(titled(summary, name), f"{count:,}") for name, count in counts.items()]


def _table(names: Row, rows: Iterable[Row]) -> list[str]:
    """Rows under their names, numbers to the right; nothing for no rows."""
    rows = list(rows)
    if not rows:
        return []
    widths = [max(len(row[at]) for row in (names, *rows)) for at in range(len(names))]
    widths[0] = min(widths[0], WIDTH - sum(widths[1:]) - 2 * len(widths))

    def line(row: Row) -> str:
        first = row[0] if len(row[0]) <= widths[0] else f"{row[0][: widths[0] - 1]}…"
        cells = [f"{cell:>{width}}" for cell, width in zip(row[1:], widths[1:], strict=True)]
        return "  ".join([f"  {first:<{widths[0]}}", *cells]).rstrip()

    return ["", line(names)[2:].replace(names[0], names[0] + "  ", 1), *map(line, rows)]
