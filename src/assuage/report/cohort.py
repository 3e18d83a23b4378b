"""A cohort summed up: who is where, waiting for what, restricted and breached, with which alerts."""

from __future__ import annotations

import json
from html import escape
from importlib import import_module
from pathlib import Path
from typing import Any

from assuage.errors import InputError

Summary = dict[str, Any]
_LISTS = {
    "open": "gates that are open",
    "unknown": "criteria nobody can answer yet",
    "not_met": "criteria not met",
    "in_force": "restrictions in force",
    "breached": "restrictions breached",
    "alerts": "alerts",
}


def summarise(folder: str | Path) -> Summary:
    """The counts of a cohort review's output. Raises InputError where there is none, or it is not finished."""
    for part in ("pyarrow.compute", "pyarrow.parquet"):
        import_module(part)
    pa: Any = import_module("pyarrow")
    folder = Path(folder)
    try:
        manifest: dict[str, Any] = json.loads((folder / "manifest.json").read_text())
    except (OSError, ValueError):
        raise InputError(f"{folder} holds no output of a cohort review") from None
    if not manifest.get("done"):
        raise InputError(
            f"the review in {folder} is not finished; run it again and it goes on where it stopped"
        )
    state = pa.parquet.read_table(folder / "state.parquet")
    stays = pa.parquet.read_table(folder / "stays.parquet", columns=["phase", "by"])

    def counted(column: Any) -> dict[str, int]:
        pairs = pa.compute.value_counts(column.combine_chunks().cast(pa.string())).to_pylist()
        named = {str(pair["values"]): int(pair["counts"]) for pair in pairs if pair["values"] is not None}
        return dict(sorted(named.items(), key=lambda one: (-one[1], one[0])))

    def each(name: str) -> dict[str, int]:
        return counted(pa.chunked_array([pa.compute.list_flatten(state.column(name).combine_chunks())]))

    here, entered = counted(state.column("phase")), counted(stays.column("phase"))
    waits = pa.compute.subtract(state.column("on"), state.column("since"))
    phases: list[dict[str, Any]] = []
    for phase in manifest["phases"]:
        own = waits.filter(pa.compute.equal(state.column("phase").cast(pa.string()), phase["id"]))
        median = pa.compute.approximate_median(own).as_py() if len(own) else None
        phases.append(
            {
                **phase,
                "patients": here.get(phase["id"], 0),
                "stays": entered.get(phase["id"], 0),
                "median_days": None if median is None else round(median),
            }
        )
    return {
        "pathway": manifest["pathway"],
        "on": manifest["on"],
        "patients": state.num_rows,
        "rejected": manifest["outcome"]["rejected"],
        "long_way": manifest["outcome"]["long_way"],
        "status": counted(state.column("status")),
        "phases": phases,
        "moves": counted(stays.column("by")),
        **{name: each(name) for name in _LISTS},
    }


def text(found: Summary) -> str:
    """The summary in plain lines."""
    day = "each record's last day" if found["on"] is None else f"day {found['on']}"
    pathway = found["pathway"]
    lines = [f"{found['patients']} patients on {pathway['id']}@{pathway['version']}, {day}"]
    if found["rejected"]:
        lines.append(f"{found['rejected']} patients refused (rejected.parquet)")
    lines.append("")
    for phase in found["phases"]:
        since = "" if phase["median_days"] is None else f"  {phase['median_days']} days there in the median"
        lines.append(f"  {phase['patients']:>9}  {phase['title']}{since}")
    for status, count in found["status"].items():
        if status != "in a phase":
            lines.append(f"  {count:>9}  {status}")
    for name, title in _LISTS.items():
        if found[name]:
            lines += ["", title]
            lines += [f"  {count:>9}  {what}" for what, count in found[name].items()]
    return "\n".join(lines) + "\n"


def html(found: Summary) -> str:
    """The summary as one page that needs nothing else, with pictures drawn in it."""
    pathway = found["pathway"]
    day = "each record's last day" if found["on"] is None else f"day {found['on']}"
    parts = [
        "<!doctype html><html lang='en'><head><meta charset='utf-8'>",
        f"<title>{escape(pathway['id'])}: {found['patients']} patients</title><style>{_STYLE}</style></head><body>",
        f"<h1>{escape(pathway['title'])}</h1>",
        f"<p>{found['patients']} patients, {escape(day)}, {escape(pathway['id'])}@{pathway['version']}."
        f" {found['rejected']} refused.</p>",
        "<h2>Where they are</h2>",
        bars({phase["title"]: phase["patients"] for phase in found["phases"]} | _elsewhere(found)),
    ]
    for name, title in _LISTS.items():
        if found[name]:
            parts += [f"<h2>{escape(title[0].upper() + title[1:])}</h2>", bars(found[name])]
    return "\n".join([*parts, "</body></html>\n"])


def _elsewhere(found: Summary) -> dict[str, int]:
    return {status: count for status, count in found["status"].items() if status in ("not begun", "left")}


def bars(counts: dict[str, int]) -> str:
    """A bar for each count, drawn; the numbers stand beside them, so that nothing hangs on seeing colours."""
    most = max(counts.values(), default=0) or 1
    height = 26 * len(counts)
    rows = [
        f"<text x='290' y='{26 * at + 17}' text-anchor='end'>{escape(name)}</text>"
        f"<rect x='300' y='{26 * at + 4}' width='{max(1, round(400 * count / most))}' height='18'/>"
        f"<text x='{308 + round(400 * count / most)}' y='{26 * at + 17}'>{count:,}</text>"
        for at, (name, count) in enumerate(counts.items())
    ]
    label = escape("; ".join(f"{name}: {count}" for name, count in counts.items()), quote=True)
    return f'<svg role="img" aria-label="{label}" viewBox="0 0 800 {height}">{"".join(rows)}</svg>'


_STYLE = (
    "body{font:16px/1.5 system-ui,sans-serif;max-width:56rem;margin:2rem auto;padding:0 1rem;color:#1a1a1a}"
    "svg{width:100%;font-size:13px}rect{fill:#2f6f73}"
)
