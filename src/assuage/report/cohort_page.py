"""A cohort summed up on one page that needs nothing else: a picture for each question, its numbers beside it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from html import escape
from typing import Any

from assuage.catalogue.message import message
from assuage.catalogue.read import Catalogue
from assuage.catalogue.sentence import Sentence
from assuage.report.cohort import (
    CohortWords,
    Summary,
    cohort_words,
    head,
    restricted,
    returning,
    share,
    waiting,
    where,
)
from assuage.report.look import css
from assuage.report.page.pages import markup
from assuage.report.pictures import BROAD, NARROW, Frame, Series, areas, columns, legend, stacked_bars
from assuage.words.speak import ENGLISH, translation_note

UNKNOWN_STYLE, NOT_MET_STYLE = "open", "shut"
_MOST_ROWS = 8  # more than this is folded away
_MOST_BARS = 12  # of alerts, where there may be a hundred
Draw = Callable[[Frame], str]


def html(summary: Summary, speaking: Catalogue = ENGLISH) -> str:
    """The page. No script, no address, readable in print, in the dark and by a screen reader."""
    page = _CohortPage(summary, cohort_words(summary, speaking))
    return "\n".join([*page.parts(), "</main></body></html>"]) + "\n"


class _CohortPage:
    """The parts of the page in their order."""

    def __init__(self, summary: Summary, words: CohortWords) -> None:
        self.summary, self.words = summary, words
        self.whole, self.language = words.whole, words.speaking.language

    def say(self, id: str, /, **values: object) -> Sentence:  # noqa: A002 - the id of the sentence
        """The sentence of that id."""
        return self.words.speaking.say(message(id, **values))

    def parts(self) -> Iterator[str]:
        summary, words, speaking = self.summary, self.words, self.words.speaking
        pathway = words.pathway(summary["pathway"])
        title = self.say("cohort.title", title=pathway, people=words.people(summary["patients"]))
        yield "<!doctype html>"
        yield f'<html lang="{self.language}"><head><meta charset="utf-8">'
        yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
        yield f'<meta http-equiv="Content-Security-Policy" content="{css.SECURITY_POLICY}">'
        yield f"<title>{escape(title)}</title><style>{css.style_sheet()}{STYLE}</style></head><body>{_HATCH}"
        yield f'<a class="skip" href="#main">{escape(speaking.say(message("page.skip")))}</a>'
        yield f"<header><h1>{self._html(pathway)}</h1>"
        note = translation_note(speaking)
        if note is not None:
            yield f"<p><strong>{escape(note)}</strong></p>"
        yield f'<p class="head">{escape(head(summary, words))}. {escape(self._refused())}</p>'
        yield f'<p class="notice">{escape(self.say("cohort.page-notice"))}</p></header>'
        yield '<main id="main">'
        for part in (
            self._where,
            self._occupancy,
            self._days,
            self._waiting,
            self._returning,
            self._moves,
            self._restricted,
            self._breaches,
            self._alerts,
        ):
            yield from part()

    def _html(self, text: str) -> str:
        """The text escaped, what stands in another language marked so."""
        return str(markup(text, self.language)) if isinstance(text, Sentence) else escape(text)

    def _refused(self) -> Sentence:
        refused = self.summary["rejected"]
        return self.words.counted("cohort.refused", refused) if refused else self.say("cohort.nobody-refused")

    def _section(
        self, heading: str, sentence: str, draw: Draw, names: Sequence[str], rows: Iterable[Sequence[str]]
    ) -> Iterator[str]:
        """A heading, a sentence, a picture for a desk and one for a phone, and its numbers as a table."""
        body = [self._row(row) for row in rows]
        name = escape(heading, quote=True)
        numbers = (
            f'<div class="scroll" role="region" tabindex="0" aria-label="{name}">'
            f'<table><caption class="hidden">{self._html(heading)}</caption><thead><tr>'
            + "".join(f'<th scope="col">{self._html(each)}</th>' for each in names)
            + f"</tr></thead><tbody>{''.join(body)}</tbody></table></div>"
        )
        if len(body) > _MOST_ROWS:
            folded = self._html(self.say("cohort.numbers", n=len(body)))
            numbers = f"<details><summary>{folded}</summary>{numbers}</details>"
        yield f"<section><h2>{self._html(heading)}</h2><p>{self._html(sentence)}</p>"
        broad, narrow = (draw(Frame(width, self.language)) for width in (BROAD, NARROW))
        yield (
            f'<div class="pair"><figure aria-label="{name}"><div class="broad">{broad}</div>'
            f'<div class="narrow">{narrow}</div></figure>{numbers}</div></section>'
        )

    def _row(self, cells: Sequence[str]) -> str:
        rest = "".join(f"<td>{self._html(cell)}</td>" for cell in cells[1:])
        return f'<tr><th scope="row">{self._html(cells[0])}</th>{rest}</tr>'

    def _shows(self, id: str, rows: Iterable[tuple[str, float]]) -> str:  # noqa: A002 - the id of the sentence
        """What a picture shows in words: each name with its count."""
        told = tuple(
            self.say("cohort.counted-name", name=each, count=self.whole(count)) for each, count in rows
        )
        return self.say(id, rows=told)

    def _where(self) -> Iterator[str]:
        summary, say = self.summary, self.say
        places = where(summary, self.words)
        shows = self._shows("cohort.where-shows", ((name, count) for name, count, _ in places))
        bars = [(name, (count,)) for name, count, _ in places]
        rows: list[list[str]] = []
        for name, count, phase in places:
            days = ""
            if phase and phase["middle_half"]:
                low, high = phase["middle_half"]
                days = say("cohort.median", median=phase["median_days"], low=low, high=high)
            rows.append([name, self.whole(count), share(count, summary["patients"]), days])
        names = tuple(say(f"cohort.column-{each}") for each in ("where", "patients", "share", "days"))
        yield from self._section(
            say("cohort.where"),
            say("cohort.where-says"),
            lambda frame: stacked_bars(shows, bars, ("count",), frame),
            names,
            rows,
        )

    def _occupancy(self) -> Iterator[str]:
        summary, say = self.summary, self.say
        days = summary["occupancy"]["days"]
        if not days:
            return
        every_phase = [
            Series(self.words.phase(phase), tuple(summary["occupancy"]["phases"][phase["id"]]), f"s{at % 6}")
            for at, phase in enumerate(summary["phases"])
        ]
        series = [band for band in every_phase if any(band.values)]
        shows = say("cohort.course-shows", first=days[0], last=days[-1])
        key = legend([(band.name, band.style) for band in series])
        every = max(1, len(days) // 10)
        picked = sorted({*range(0, len(days), every), len(days) - 1})
        rows = [
            [say("cohort.on-day", day=days[at]), *(self.whole(band.values[at]) for band in series)]
            for at in picked
        ]
        yield from self._section(
            say("cohort.course"),
            say("cohort.course-says"),
            lambda frame: areas(shows, days, series, say("cohort.course-axis"), frame) + key,
            (say("cohort.column-day"), *(band.name for band in series)),
            rows,
        )

    def _days(self) -> Iterator[str]:
        for phase in self.summary["phases"]:
            if phase["weeks"]:
                yield from self._weeks_in(phase)

    def _weeks_in(self, phase: dict[str, Any]) -> Iterator[str]:
        say, weeks = self.say, phase["weeks"]
        title = self.words.phase(phase)
        names = [str(row["weeks"]) for row in weeks]
        if weeks[-1]["weeks"] >= 26:
            names[-1] = "26+"
        over = Series(say("cohort.column-over"), tuple(row["over"] for row in weeks), "count")
        lasting = Series(say("cohort.column-go-on"), tuple(row["lasting"] for row in weeks), "open")
        key = legend([(say("cohort.stays-over"), "count"), (say("cohort.stays-go-on"), "open")])
        shows = say("cohort.weeks-shows", phase=title)
        yield from self._section(
            say("cohort.weeks-in", phase=title),
            self.words.counted("cohort.weeks-says", phase["stays"]),
            lambda frame: columns(shows, names, (over, lasting), say("cohort.weeks-axis"), frame) + key,
            tuple(say(f"cohort.column-{each}") for each in ("weeks", "over", "go-on")),
            [
                [name, self.whole(row["over"]), self.whole(row["lasting"])]
                for name, row in zip(names, weeks, strict=True)
            ],
        )

    def _waiting(self) -> Iterator[str]:
        say, words = self.say, self.words
        rows = waiting(self.summary)
        if not rows:
            return
        bars = [(words.title(name), (unknown, no)) for name, unknown, no in rows]
        told = tuple(
            say("cohort.waits-row", name=name, unknown=self.whole(unknown), no=self.whole(no))
            for name, (unknown, no) in bars
        )
        shows = say("cohort.waits-shows", rows=told)
        styles = (UNKNOWN_STYLE, NOT_MET_STYLE)
        key = legend(
            [(say("cohort.unknown-ask"), UNKNOWN_STYLE), (say("cohort.not-met-wait"), NOT_MET_STYLE)]
        )
        yield from self._section(
            say("cohort.waits"),
            say("cohort.waits-says"),
            lambda frame: stacked_bars(shows, bars, styles, frame) + key,
            tuple(say(f"cohort.column-{each}") for each in ("criterion", "unknown", "not-met")),
            [[words.titled(name), self.whole(unknown), self.whole(no)] for name, unknown, no in rows],
        )

    def _returning(self) -> Iterator[str]:
        say, words = self.say, self.words
        rows = {name: count for name, count in returning(self.summary).items() if count}
        if not rows:
            return
        bars = [(words.title(name), (count,)) for name, count in rows.items()]
        shows = self._shows("cohort.relapses-shows", ((name, count) for name, (count,) in bars))
        yield from self._section(
            say("cohort.relapses"),
            say("cohort.relapses-says"),
            lambda frame: stacked_bars(shows, bars, (UNKNOWN_STYLE,), frame),
            (say("cohort.column-criterion"), say("cohort.column-unknown")),
            [[words.titled(name), self.whole(count)] for name, count in rows.items()],
        )

    def _moves(self) -> Iterator[str]:
        summary, say = self.summary, self.say
        if not summary["moves"]:
            return
        titles = {phase["id"]: self.words.phase(phase) for phase in summary["phases"]} | {
            None: say("cohort.start")
        }
        rows: list[tuple[str, int, int]] = []
        for pair in dict.fromkeys((move["from"], move["to"]) for move in summary["moves"]):
            by = {
                move["by"]: move["times"] for move in summary["moves"] if (move["from"], move["to"]) == pair
            }
            name = say("cohort.move", before=titles[pair[0]], after=titles[pair[1]])
            rows.append((name, by.get("gate", 0), by.get("decision", 0)))
        bars = [(name, (a, b)) for name, a, b in rows]
        shows = self._shows("cohort.moves-shows", ((name, a + b) for name, a, b in rows))
        key = legend([(say("cohort.by-gate"), "count"), (say("cohort.by-decision"), "decided")])
        yield from self._section(
            say("cohort.moves"),
            say("cohort.moves-says"),
            lambda frame: stacked_bars(shows, bars, ("count", "decided"), frame) + key,
            tuple(say(f"cohort.column-{each}") for each in ("move", "gate", "decision")),
            [[name, self.whole(a), self.whole(b)] for name, a, b in rows],
        )

    def _restricted(self) -> Iterator[str]:
        say, words = self.say, self.words
        rows = restricted(self.summary)
        if not rows:
            return
        bars: list[tuple[str, tuple[int, int]]] = []
        for name, now, ever in rows:
            title = words.title(name)
            bars += [
                (say("cohort.in-force-now", name=title), (now, 0)),
                (say("cohort.ever-breached", name=title), (0, ever)),
            ]
        shows = self._shows("cohort.restrictions-shows", ((name, a + b) for name, (a, b) in bars))
        yield from self._section(
            say("cohort.restrictions"),
            say("cohort.restrictions-says"),
            lambda frame: stacked_bars(shows, bars, ("count", "breach"), frame),
            tuple(say(f"cohort.column-{each}") for each in ("restriction", "in-force", "breached")),
            [[words.titled(name), self.whole(now), self.whole(ever)] for name, now, ever in rows],
        )

    def _breaches(self) -> Iterator[str]:
        say = self.say
        weeks: list[dict[str, int]] = self.summary["breaches"]
        if not weeks:
            return
        names = [str(row["week"]) for row in weeks]
        sure = Series(say("cohort.breach-sure"), tuple(row["sure"] for row in weeks), "breach")
        possible = Series(say("cohort.breach-possible"), tuple(row["possible"] for row in weeks), "open")
        key = legend([(each.name, each.style) for each in (sure, possible)])
        shows = say("cohort.breaches-shows")
        yield from self._section(
            say("cohort.breaches"),
            say("cohort.breaches-says"),
            lambda frame: columns(shows, names, (sure, possible), say("cohort.breaches-axis"), frame) + key,
            tuple(say(f"cohort.column-{each}") for each in ("week", "sure", "possible")),
            [
                [say("cohort.week", week=row["week"]), self.whole(row["sure"]), self.whole(row["possible"])]
                for row in weeks
            ],
        )

    def _alerts(self) -> Iterator[str]:
        say, words = self.say, self.words
        counts: dict[str, int] = self.summary["alerts"]
        if not counts:
            return
        often = sorted(counts.items(), key=lambda counted: -counted[1])[:_MOST_BARS]
        bars = [(words.title(name), (count,)) for name, count in often]
        shows = self._shows("cohort.alerts-shows", ((name, count) for name, (count,) in bars))
        says = say("cohort.alerts-says")
        if len(counts) > len(bars):
            says = f"{says} {say('cohort.alerts-drawn', n=len(bars))}"
        yield from self._section(
            say("cohort.alerts"),
            says,
            lambda frame: stacked_bars(shows, bars, ("told",), frame),
            tuple(say(f"cohort.column-{each}") for each in ("alert", "patients", "share")),
            [
                [words.titled(name), self.whole(count), share(count, self.summary["patients"])]
                for name, count in counts.items()
            ],
        )


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
@media (max-width:60rem){.pair{grid-template-columns:minmax(0,1fr)}}
.pair figure{margin:0}.pair svg[role]{width:100%}.narrow{display:none}
@media screen and (max-width:40rem){.broad{display:none}.narrow{display:block}.narrow svg[role]{max-width:25rem}}
svg text{font-size:15px;fill:var(--text)}
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
table{width:100%}th,td{text-align:right;padding-left:var(--space)}td:last-child,th:last-child{padding-right:0}td{white-space:nowrap}
th:first-child{text-align:left;font-weight:400;padding-left:0;min-width:6em}thead th{color:var(--quiet);font-weight:400}
@media print{section{break-inside:avoid}.pair{grid-template-columns:minmax(0,1.55fr) minmax(0,1fr)}}
""".strip()
