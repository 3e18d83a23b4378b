"""A cohort summed up on one page that needs nothing else: a picture for each question, its numbers beside it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from typing import Any

from assuage.catalogue.message import message
from assuage.report.cohort import Summary, head, people, restricted, returning, share, titled, waiting, where
from assuage.report.look import css
from assuage.report.pictures import Series, areas, columns, legend, stacked_bars
from assuage.words.speak import ENGLISH

UNKNOWN_STYLE, NOT_MET_STYLE = "open", "shut"
_MOST_ROWS = 8  # more than this is folded away


def html(summary: Summary) -> str:
    """The page. No script, no address, readable in print, in the dark and by a screen reader."""
    pathway = summary["pathway"]
    title = f"{pathway['title']}: {people(summary['patients'])}"
    parts = [
        "<!doctype html>",
        '<html lang="en"><head><meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f'<meta http-equiv="Content-Security-Policy" content="{css.SECURITY_POLICY}">',
        f"<title>{escape(title)}</title><style>{css.style_sheet()}{STYLE}</style></head><body>{_HATCH}",
        f'<a class="skip" href="#main">{escape(ENGLISH.say(message("page.skip")))}</a>',
        f"<header><h1>{escape(pathway['title'])}</h1>",
        f'<p class="head">{escape(head(summary))}. {_refused(summary)}</p>',
        '<p class="notice">Not a medical device: this page counts and explains; a person decides. A patient whose '
        "answer is unknown waits; unknown is never counted as a no.</p></header>",
        '<main id="main">',
        *_where(summary),
        *_occupancy(summary),
        *_days(summary),
        *_waiting(summary),
        *_returning(summary),
        *_moves(summary),
        *_restricted(summary),
        *_breaches(summary),
        *_alerts(summary),
    ]
    return "\n".join([*parts, "</main></body></html>"]) + "\n"


def _refused(summary: Summary) -> str:
    if not summary["rejected"]:
        return "Nobody was refused."
    verb = "was" if summary["rejected"] == 1 else "were"
    return escape(f"{people(summary['rejected'])} {verb} refused and not counted: rejected.parquet says why.")


def _section(
    heading: str, sentence: str, picture: str, names: Sequence[str], rows: Iterable[Sequence[str]]
) -> list[str]:
    """A heading, a sentence, a picture, and the numbers of the picture as a table."""
    body = [_row(row) for row in rows]
    numbers = (
        f'<div class="scroll" role="region" tabindex="0" aria-label="{escape(heading, quote=True)}">'
        f'<table><caption class="hidden">{escape(heading)}</caption><thead><tr>'
        + "".join(f'<th scope="col">{escape(name)}</th>' for name in names)
        + f"</tr></thead><tbody>{''.join(body)}</tbody></table></div>"
    )
    if len(body) > _MOST_ROWS:
        numbers = f"<details><summary>The numbers ({len(body)} rows)</summary>{numbers}</details>"
    return [
        f"<section><h2>{escape(heading)}</h2><p>{escape(sentence)}</p>",
        f'<div class="pair"><figure class="scroll" tabindex="0" aria-label="{escape(heading, quote=True)}">{picture}'
        f"</figure>{numbers}</div></section>",
    ]


def _row(cells: Sequence[str]) -> str:
    rest = "".join(f"<td>{escape(cell)}</td>" for cell in cells[1:])
    return f'<tr><th scope="row">{escape(cells[0])}</th>{rest}</tr>'


def _where(summary: Summary) -> list[str]:
    places = where(summary)
    picture = stacked_bars(
        "How many patients are where: " + "; ".join(f"{name}: {count:,}" for name, count, _ in places),
        [(name, (count,)) for name, count, _ in places],
        ("count",),
    )
    rows: list[list[str]] = []
    for name, count, phase in places:
        days = ""
        if phase and phase["middle_half"]:
            low, high = phase["middle_half"]
            days = f"{phase['median_days']} ({low} to {high})"
        rows.append([name, f"{count:,}", share(count, summary["patients"]), days])
    sentence = "The phase of each patient on the day looked at, and for how many days they have been there."
    return _section(
        "Where they are",
        sentence,
        picture,
        ("where", "patients", "share", "days: median (middle half)"),
        rows,
    )


def _occupancy(summary: Summary) -> list[str]:
    days = summary["occupancy"]["days"]
    if not days:
        return []
    series = [
        Series(phase["title"], tuple(summary["occupancy"]["phases"][phase["id"]]), f"s{at % 6}")
        for at, phase in enumerate(summary["phases"])
    ]
    series = [band for band in series if any(band.values)]
    picture = areas(
        f"Patients in each phase from day {days[0]} to day {days[-1]}",
        days,
        series,
        "day, counted from day 0",
    ) + legend([(band.name, band.style) for band in series])
    every = max(1, len(days) // 10)
    picked = sorted({*range(0, len(days), every), len(days) - 1})
    rows = [[f"day {days[at]}", *(f"{band.values[at]:,.0f}" for band in series)] for at in picked]
    sentence = (
        "How many patients were in each phase at the end of each day. A record that ends leaves the picture."
    )
    return _section("The course", sentence, picture, ("day", *(band.name for band in series)), rows)


def _days(summary: Summary) -> list[str]:
    parts: list[str] = []
    for phase in summary["phases"]:
        weeks = phase["weeks"]
        if not weeks:
            continue
        names = [str(row["weeks"]) for row in weeks]
        if weeks[-1]["weeks"] >= 26:
            names[-1] = "26+"
        over = Series("over", tuple(row["over"] for row in weeks), "count")
        lasting = Series("go on", tuple(row["lasting"] for row in weeks), "open")
        title = f"{phase['title']}: how many whole weeks stays lasted"
        picture = columns(title, names, (over, lasting), "whole weeks") + legend(
            [("stays that are over", "count"), ("stays that go on", "open")]
        )
        rows = [
            [name, f"{row['over']:,}", f"{row['lasting']:,}"] for name, row in zip(names, weeks, strict=True)
        ]
        sentence = f"{phase['stays']:,} stays. One that goes on has lasted at least so long."
        parts += _section(f"Weeks in “{phase['title']}”", sentence, picture, ("weeks", "over", "go on"), rows)
    return parts


def _waiting(summary: Summary) -> list[str]:
    rows = waiting(summary)
    if not rows:
        return []
    names = [(summary["titles"].get(name, name), (unknown, no)) for name, unknown, no in rows]
    picture = stacked_bars(
        "What patients wait for: "
        + "; ".join(f"{name}: {unknown:,} unknown, {no:,} not met" for name, (unknown, no) in names),
        names,
        (UNKNOWN_STYLE, NOT_MET_STYLE),
    ) + legend([("unknown: ask", UNKNOWN_STYLE), ("known, and not met: wait", NOT_MET_STYLE)])
    sentence = (
        "The criteria of gates that are shut. Where an answer is unknown, asking may open the gate; where it is "
        "known and not met, only time or treatment will. A patient can wait for several."
    )
    cells = [[titled(summary, name), f"{unknown:,}", f"{no:,}"] for name, unknown, no in rows]
    return _section("What they wait for", sentence, picture, ("criterion", "unknown", "not met"), cells)


def _returning(summary: Summary) -> list[str]:
    rows = {name: count for name, count in returning(summary).items() if count}
    if not rows:
        return []
    picture = stacked_bars(
        "Ways back that cannot be ruled out: "
        + "; ".join(f"{name}: {count:,}" for name, count in rows.items()),
        [(summary["titles"].get(name, name), (count,)) for name, count in rows.items()],
        (UNKNOWN_STYLE,),
    )
    sentence = (
        "Patients of whom nobody can say whether they should go back a phase. A diary entry answers it."
    )
    cells = [[titled(summary, name), f"{count:,}"] for name, count in rows.items()]
    return _section("Relapses that cannot be ruled out", sentence, picture, ("criterion", "unknown"), cells)


def _moves(summary: Summary) -> list[str]:
    if not summary["moves"]:
        return []
    titles = {phase["id"]: phase["title"] for phase in summary["phases"]} | {None: "start"}
    rows: list[tuple[str, int, int]] = []
    for pair in dict.fromkeys((move["from"], move["to"]) for move in summary["moves"]):
        by = {move["by"]: move["times"] for move in summary["moves"] if (move["from"], move["to"]) == pair}
        name = f"{titles[pair[0]]} → {titles[pair[1]]}"
        rows.append((name, by.get("gate", 0), by.get("decision", 0)))
    picture = stacked_bars(
        "Moves between phases: " + "; ".join(f"{name}: {a + b:,}" for name, a, b in rows),
        [(name, (a, b)) for name, a, b in rows],
        ("count", "decided"),
    ) + legend([("by a gate", "count"), ("by a person's decision", "decided")])
    cells = [[name, f"{a:,}", f"{b:,}"] for name, a, b in rows]
    sentence = "Every move from one phase to another, forwards and back, over the whole course."
    return _section("How they moved", sentence, picture, ("from → to", "gate", "decision"), cells)


def _restricted(summary: Summary) -> list[str]:
    rows = restricted(summary)
    if not rows:
        return []
    named = [(summary["titles"].get(name, name), now, ever) for name, now, ever in rows]
    bars: list[tuple[str, tuple[int, int]]] = []
    for name, now, ever in named:
        bars += [(f"{name}: in force now", (now, 0)), (f"{name}: breached at some time", (0, ever))]
    picture = stacked_bars(
        "Restrictions: " + "; ".join(f"{name}, {a + b:,} patients" for name, (a, b) in bars),
        bars,
        ("count", "breach"),
    )
    cells = [[titled(summary, name), f"{now:,}", f"{ever:,}"] for name, now, ever in rows]
    sentence = "For how many patients a restriction is in force now, and by how many it was ever breached."
    return _section("Restrictions", sentence, picture, ("restriction", "in force", "breached"), cells)


def _breaches(summary: Summary) -> list[str]:
    weeks: list[dict[str, int]] = summary["breaches"]
    if not weeks:
        return []
    names = [str(row["week"]) for row in weeks]
    sure = Series("sure", tuple(row["sure"] for row in weeks), "breach")
    possible = Series("possible", tuple(row["possible"] for row in weeks), "open")
    picture = columns("Breaches in each week", names, (sure, possible), "week, counted from day 0") + legend(
        [("sure", "breach"), ("possible (which therapy it was is not known)", "open")]
    )
    rows = [[f"week {row['week']}", f"{row['sure']:,}", f"{row['possible']:,}"] for row in weeks]
    sentence = "Sessions of a restricted therapy, by the week in which they were given."
    return _section("Breaches by week", sentence, picture, ("week", "sure", "possible"), rows)


def _alerts(summary: Summary) -> list[str]:
    counts: dict[str, Any] = summary["alerts"]
    if not counts:
        return []
    named = [(summary["titles"].get(name, name), (count,)) for name, count in counts.items()]
    picture = stacked_bars(
        "Alerts: " + "; ".join(f"{name}: {count:,}" for name, (count,) in named), named, ("told",)
    )
    rows = [
        [titled(summary, name), f"{count:,}", share(count, summary["patients"])]
        for name, count in counts.items()
    ]
    sentence = "How many patients have each alert on the day looked at."
    return _section("Alerts", sentence, picture, ("alert", "patients", "share"), rows)


# Hatching for what is open, so that it differs from the rest without colour too.
_HATCH = (
    '<svg aria-hidden="true" class="defs" width="0" height="0"><defs><pattern id="hatch" width="6" height="6" '
    'patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect class="paper" width="6" height="6"/>'
    '<rect class="ink" width="2.5" height="6"/></pattern></defs></svg>'
)

STYLE = """
main{padding-bottom:calc(6*var(--space))}
section{margin-top:calc(4*var(--space));padding-top:var(--space);border-top:1px solid var(--line)}
section>h2{margin-top:0}.head{font-size:1.1em}.notice,section>p{color:var(--quiet)}
.pair{display:grid;grid-template-columns:minmax(0,1.55fr) minmax(0,1fr);gap:calc(3*var(--space));align-items:start}
@media (max-width:60rem){.pair{grid-template-columns:minmax(0,1fr)}.pair figure>svg{min-width:40rem}}
.pair figure{margin:0}.pair figure>svg{width:100%}svg text{font-size:14px;fill:var(--text)}
svg text.n{fill:var(--quiet)}svg text.on{font-weight:600}
svg text.on-s3,svg text.on-s4,svg text.on-s5{fill:var(--ground)}
.rule{stroke:var(--line);stroke-width:1}
.s0{fill:var(--stage-1)}.s1{fill:var(--stage-2)}.s2{fill:var(--stage-3)}
.s3{fill:var(--stage-4)}.s4{fill:var(--stage-5)}.s5{fill:var(--stage-6)}
.count{fill:var(--stage-5)}.decided{fill:var(--stage-2)}.shut{fill:var(--edge)}.breach{fill:var(--stop)}.told{fill:var(--ask)}
polygon{stroke:var(--edge);stroke-width:1}.open{fill:url(#hatch);stroke:var(--unknown);stroke-width:1}
.paper{fill:var(--ground)}.ink{fill:var(--unknown)}.defs{position:absolute}
.legend{list-style:none;display:flex;flex-wrap:wrap;gap:.3rem 1.2rem;margin:.4rem 0 0;padding:0}
.legend{font-size:max(.88em,var(--small))}
.legend svg{display:inline;width:18px;height:14px;margin-right:.4rem;vertical-align:-2px}
table{width:100%}th,td{text-align:right;padding-left:var(--space)}td:last-child,th:last-child{padding-right:0}
th:first-child{text-align:left;font-weight:400;padding-left:0;min-width:5em}thead th{color:var(--quiet);font-weight:400}
@media print{section{break-inside:avoid}.pair{grid-template-columns:minmax(0,1.55fr) minmax(0,1fr)}}
""".strip()
