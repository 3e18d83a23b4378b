"""A cohort summed up on one page that needs nothing else: a picture for each question, its numbers beside it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from typing import Any

from assuage.report.cohort import Summary, head, people, restricted, returning, share, titled, waiting, where
from assuage.report.pictures import Series, areas, columns, legend, stacked_bars

UNKNOWN_STYLE, NOT_MET_STYLE = "open", "s1"
_MOST_ROWS = 14  # more than this is folded away


def html(found: Summary) -> str:
    """The page. No script, no address, readable in print, in the dark and by a screen reader."""
    pathway = found["pathway"]
    title = f"{pathway['title']}: {people(found['patients'])}"
    parts = [
        "<!doctype html>",
        '<html lang="en"><head><meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">",
        f"<title>{escape(title)}</title><style>{STYLE}</style></head><body><main>{_HATCH}",
        f"<h1>{escape(pathway['title'])}</h1>",
        f'<p class="head">{escape(head(found))}. {_refused(found)}</p>',
        '<p class="notice">Not a medical device: this page counts and explains; a person decides. A patient whose '
        "answer is unknown waits; unknown is never counted as a no.</p>",
        *_where(found),
        *_occupancy(found),
        *_days(found),
        *_waiting(found),
        *_returning(found),
        *_moves(found),
        *_restricted(found),
        *_breaches(found),
        *_alerts(found),
    ]
    return "\n".join([*parts, "</main></body></html>"]) + "\n"


def _refused(found: Summary) -> str:
    if not found["rejected"]:
        return "Nobody was refused."
    verb = "was" if found["rejected"] == 1 else "were"
    return escape(f"{people(found['rejected'])} {verb} refused and not counted: rejected.parquet says why.")


def _section(
    heading: str, said: str, picture: str, names: Sequence[str], rows: Iterable[Sequence[str]]
) -> list[str]:
    """A heading, a sentence, a picture, and the numbers of the picture as a table."""
    body = [_row(row) for row in rows]
    numbers = (
        f'<table><caption class="hidden">{escape(heading)}</caption><thead><tr>'
        + "".join(f'<th scope="col">{escape(name)}</th>' for name in names)
        + f"</tr></thead><tbody>{''.join(body)}</tbody></table>"
    )
    if len(body) > _MOST_ROWS:
        numbers = f"<details><summary>The numbers ({len(body)} rows)</summary>{numbers}</details>"
    return [
        f"<section><h2>{escape(heading)}</h2><p>{escape(said)}</p>",
        f'<div class="pair"><figure>{picture}</figure>{numbers}</div></section>',
    ]


def _row(cells: Sequence[str]) -> str:
    rest = "".join(f"<td>{escape(cell)}</td>" for cell in cells[1:])
    return f'<tr><th scope="row">{escape(cells[0])}</th>{rest}</tr>'


def _where(found: Summary) -> list[str]:
    places = where(found)
    picture = stacked_bars(
        "How many patients are where: " + "; ".join(f"{name}: {count:,}" for name, count, _ in places),
        [(name, (count,)) for name, count, _ in places],
        ("s0",),
    )
    rows: list[list[str]] = []
    for name, count, phase in places:
        days = ""
        if phase and phase["middle_half"]:
            low, high = phase["middle_half"]
            days = f"{phase['median_days']} ({low} to {high})"
        rows.append([name, f"{count:,}", share(count, found["patients"]), days])
    said = "The phase of each patient on the day looked at, and for how many days they have been there."
    return _section(
        "Where they are", said, picture, ("", "patients", "share", "days: median (middle half)"), rows
    )


def _occupancy(found: Summary) -> list[str]:
    days = found["occupancy"]["days"]
    if not days:
        return []
    series = [
        Series(phase["title"], tuple(found["occupancy"]["phases"][phase["id"]]), f"s{at % 6}")
        for at, phase in enumerate(found["phases"])
    ]
    series = [one for one in series if any(one.values)]
    picture = areas(
        f"Patients in each phase from day {days[0]} to day {days[-1]}",
        days,
        series,
        "day, counted from day 0",
    ) + legend([(one.name, one.style) for one in series])
    every = max(1, len(days) // 10)
    picked = sorted({*range(0, len(days), every), len(days) - 1})
    rows = [[f"day {days[at]}", *(f"{one.values[at]:,.0f}" for one in series)] for at in picked]
    said = (
        "How many patients were in each phase at the end of each day. A record that ends leaves the picture."
    )
    return _section("The course", said, picture, ("", *(one.name for one in series)), rows)


def _days(found: Summary) -> list[str]:
    parts: list[str] = []
    for phase in found["phases"]:
        weeks = phase["weeks"]
        if not weeks:
            continue
        names = [str(one["weeks"]) for one in weeks]
        if weeks[-1]["weeks"] >= 26:
            names[-1] = "26+"
        over = Series("over", tuple(one["over"] for one in weeks), "s0")
        lasting = Series("go on", tuple(one["lasting"] for one in weeks), "open")
        title = f"{phase['title']}: how many whole weeks stays lasted"
        picture = columns(title, names, (over, lasting), "whole weeks") + legend(
            [("stays that are over", "s0"), ("stays that go on", "open")]
        )
        rows = [
            [name, f"{one['over']:,}", f"{one['lasting']:,}"] for name, one in zip(names, weeks, strict=True)
        ]
        said = f"{phase['stays']:,} stays. One that goes on has lasted at least so long."
        parts += _section(f"Weeks in “{phase['title']}”", said, picture, ("weeks", "over", "go on"), rows)
    return parts


def _waiting(found: Summary) -> list[str]:
    rows = waiting(found)
    if not rows:
        return []
    names = [(found["titles"].get(name, name), (unknown, no)) for name, unknown, no in rows]
    picture = stacked_bars(
        "What patients wait for: "
        + "; ".join(f"{name}: {unknown:,} unknown, {no:,} not met" for name, (unknown, no) in names),
        names,
        (UNKNOWN_STYLE, NOT_MET_STYLE),
    ) + legend([("unknown: ask", UNKNOWN_STYLE), ("known, and not met: wait", NOT_MET_STYLE)])
    said = (
        "The criteria of gates that are shut. Where an answer is unknown, asking may open the gate; where it is "
        "known and not met, only time or treatment will. A patient can wait for several."
    )
    told = [[titled(found, name), f"{unknown:,}", f"{no:,}"] for name, unknown, no in rows]
    return _section("What they wait for", said, picture, ("criterion", "unknown", "not met"), told)


def _returning(found: Summary) -> list[str]:
    rows = {name: count for name, count in returning(found).items() if count}
    if not rows:
        return []
    picture = stacked_bars(
        "Ways back that cannot be ruled out: "
        + "; ".join(f"{name}: {count:,}" for name, count in rows.items()),
        [(found["titles"].get(name, name), (count,)) for name, count in rows.items()],
        (UNKNOWN_STYLE,),
    )
    said = "Patients of whom nobody can say whether they should go back a phase. A diary entry answers it."
    told = [[titled(found, name), f"{count:,}"] for name, count in rows.items()]
    return _section("Relapses that cannot be ruled out", said, picture, ("criterion", "unknown"), told)


def _moves(found: Summary) -> list[str]:
    if not found["moves"]:
        return []
    titles = {phase["id"]: phase["title"] for phase in found["phases"]} | {None: "start"}
    rows: list[tuple[str, int, int]] = []
    for pair in dict.fromkeys((one["from"], one["to"]) for one in found["moves"]):
        by = {one["by"]: one["times"] for one in found["moves"] if (one["from"], one["to"]) == pair}
        name = f"{titles[pair[0]]} → {titles[pair[1]]}"
        rows.append((name, by.get("gate", 0), by.get("decision", 0)))
    picture = stacked_bars(
        "Moves between phases: " + "; ".join(f"{name}: {a + b:,}" for name, a, b in rows),
        [(name, (a, b)) for name, a, b in rows],
        ("s0", "s2"),
    ) + legend([("by a gate", "s0"), ("by a person's decision", "s2")])
    told = [[name, f"{a:,}", f"{b:,}"] for name, a, b in rows]
    said = "Every move from one phase to another, forwards and back, over the whole course."
    return _section("How they moved", said, picture, ("from → to", "gate", "decision"), told)


def _restricted(found: Summary) -> list[str]:
    rows = restricted(found)
    if not rows:
        return []
    named = [(found["titles"].get(name, name), now, ever) for name, now, ever in rows]
    bars: list[tuple[str, tuple[int, int]]] = []
    for name, now, ever in named:
        bars += [(f"{name}: in force now", (now, 0)), (f"{name}: breached at some time", (0, ever))]
    picture = stacked_bars(
        "Restrictions: " + "; ".join(f"{name}, {a + b:,} patients" for name, (a, b) in bars),
        bars,
        ("s0", "s1"),
    )
    told = [[titled(found, name), f"{now:,}", f"{ever:,}"] for name, now, ever in rows]
    said = "For how many patients a restriction is in force now, and by how many it was ever breached."
    return _section("Restrictions", said, picture, ("restriction", "in force", "breached"), told)


def _breaches(found: Summary) -> list[str]:
    weeks: list[dict[str, int]] = found["breaches"]
    if not weeks:
        return []
    names = [str(one["week"]) for one in weeks]
    sure = Series("sure", tuple(one["sure"] for one in weeks), "s1")
    possible = Series("possible", tuple(one["possible"] for one in weeks), "open")
    picture = columns("Breaches in each week", names, (sure, possible), "week, counted from day 0") + legend(
        [("sure", "s1"), ("possible (which therapy it was is not known)", "open")]
    )
    rows = [[f"week {one['week']}", f"{one['sure']:,}", f"{one['possible']:,}"] for one in weeks]
    said = "Sessions of a restricted therapy, by the week in which they were given."
    return _section("Breaches by week", said, picture, ("", "sure", "possible"), rows)


def _alerts(found: Summary) -> list[str]:
    counts: dict[str, Any] = found["alerts"]
    if not counts:
        return []
    named = [(found["titles"].get(name, name), (count,)) for name, count in counts.items()]
    picture = stacked_bars(
        "Alerts: " + "; ".join(f"{name}: {count:,}" for name, (count,) in named), named, ("s1",)
    )
    rows = [
        [titled(found, name), f"{count:,}", share(count, found["patients"])] for name, count in counts.items()
    ]
    said = "How many patients have each alert on the day looked at."
    return _section("Alerts", said, picture, ("alert", "patients", "share"), rows)


# Hatching for what is open, so that it differs from the rest without colour too.
_HATCH = (
    '<svg aria-hidden="true" class="defs" width="0" height="0"><defs><pattern id="hatch" width="6" height="6" '
    'patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect class="paper" width="6" height="6"/>'
    '<rect class="ink" width="2.5" height="6"/></pattern></defs></svg>'
)

STYLE = """
:root{--paper:#fbfaf7;--ink:#1d2327;--soft:#5a646b;--line:#d9d6cf;--s0:#1f6f78;--s1:#c2542d;--s2:#e0a526;
--s3:#6f5aa8;--s4:#4f8a3c;--s5:#8a6d5b;--on:#fff}
@media (prefers-color-scheme:dark){:root{--paper:#16191b;--ink:#eceae5;--soft:#a9b1b5;--line:#3a4145;--s0:#4fb0b8;
--s1:#ec8a63;--s2:#e9bd5b;--s3:#a994df;--s4:#86c070;--s5:#c0a391;--on:#101314}}
body{font:16px/1.5 system-ui,sans-serif;margin:0;background:var(--paper);color:var(--ink)}
main{max-width:74rem;margin:0 auto;padding:2rem 1.25rem 4rem}
h1{font-size:1.6rem;line-height:1.25;margin:0 0 .3rem}
h2{font-size:1.15rem;margin:2.4rem 0 .2rem;padding-top:1rem;border-top:1px solid var(--line)}
p{margin:.2rem 0 .8rem;max-width:48rem}.head{font-size:1.1rem}.notice,section>p{color:var(--soft)}
.pair{display:grid;grid-template-columns:minmax(0,1.55fr) minmax(0,1fr);gap:1.5rem;align-items:start}
@media (max-width:52rem){.pair{grid-template-columns:minmax(0,1fr)}}
figure{margin:0}figure>svg{width:100%;height:auto;display:block}svg text{font-size:13px;fill:var(--ink)}
svg text.n{fill:var(--soft);font-variant-numeric:tabular-nums}
svg text.on{fill:var(--on);font-weight:600}svg text.on-s2{fill:#1d2327}
.rule{stroke:var(--line);stroke-width:1;opacity:.7}
.s0{fill:var(--s0)}.s1{fill:var(--s1)}.s2{fill:var(--s2)}.s3{fill:var(--s3)}.s4{fill:var(--s4)}.s5{fill:var(--s5)}
polygon{stroke:var(--paper);stroke-width:1.5}.open{fill:url(#hatch);stroke:var(--ink);stroke-width:1}
.paper{fill:var(--paper)}.ink{fill:var(--ink)}.defs{position:absolute}
.legend{list-style:none;display:flex;flex-wrap:wrap;gap:.3rem 1.2rem;margin:.4rem 0 0;padding:0;font-size:.875rem}
.legend svg{width:18px;height:14px;margin-right:.4rem;vertical-align:-2px}
table{border-collapse:collapse;width:100%;font-size:.875rem;font-variant-numeric:tabular-nums}
th,td{padding:.25rem .5rem;text-align:right;border-bottom:1px solid var(--line);vertical-align:top}
th:first-child{text-align:left;font-weight:500}thead th{color:var(--soft);font-weight:500}
details summary{cursor:pointer;color:var(--soft);margin-bottom:.4rem}
.hidden{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
@media print{body{background:#fff}section{break-inside:avoid}details{display:block}}
""".strip()
