"""A cohort summed up in text: who is where, waiting for what, restricted and breached, with which alerts.

The numbers come from `assuage.cohort.summary`; the page with pictures is `assuage.report.cohort_page`.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Any

from msgspec.structs import replace

from assuage.catalogue.languages import ORIGINAL
from assuage.catalogue.message import Wording, message
from assuage.catalogue.read import Catalogue
from assuage.catalogue.sentence import Sentence, Span
from assuage.cohort.titles import APART, said_titles
from assuage.pathways import registry
from assuage.report.pictures import grouped
from assuage.words.speak import ENGLISH, translation_note

Summary = dict[str, Any]
Row = tuple[str, ...]
WIDTH = 100
OUTSIDE = ("waiting to enter", "held", "left", "not begun")


class CohortWords:
    """How a cohort is told in the language of a catalogue: its numbers, its titles, its sentences."""

    def __init__(self, speaking: Catalogue, titles: Mapping[str, str], pathway: str | None = None) -> None:
        self.speaking, self._english, self._pathway = speaking, titles, pathway

    def say(self, id: str, /, **values: object) -> Sentence:  # noqa: A002 - the id of the sentence
        """The sentence of that id."""
        return self.speaking.say(message(id, **values))

    def whole(self, count: float) -> str:
        """A count with its thousands apart, as the language has it."""
        return grouped(count, self.speaking.language)

    def counted(self, id: str, count: int, /, **values: object) -> Sentence:  # noqa: A002 - the id of the sentence
        """A sentence in the plural form of a count."""
        return self.say(id, n=count, count=self.whole(count), **values)

    def people(self, count: int) -> Sentence:
        """`1 patient`, `2,000 patients`."""
        return self.counted("cohort.people", count)

    def title(self, name: str) -> Sentence:
        """The title of an id; the id where the output knows none, the English, marked so, where only that is known."""
        if name in APART:
            return self.speaking.say(APART[name])
        english = self._english.get(name, name)
        known = self._said.get(name)
        if known is not None and self._in_english[name] == english:
            return known
        return self._foreign(english)

    def titled(self, name: str) -> Sentence:
        """An id with its title, where the output knows one."""
        title = self.title(name)
        return title if name not in self._english else Sentence((*title.spans, Span(f" [{name}]", ORIGINAL)))

    def phase(self, phase: Mapping[str, Any]) -> Sentence:
        """The title of a phase of the output."""
        return self.speaking.word(Wording(f"phase.{phase['id']}.title", phase["title"]))

    def pathway(self, pathway: Mapping[str, Any]) -> Sentence:
        """The title of the output's pathway."""
        return self.speaking.word(Wording(f"pathway.{pathway['id']}.title", pathway["title"]))

    def _foreign(self, english: str) -> Sentence:
        return self.speaking.word(Wording("", english))

    @cached_property
    def _said(self) -> dict[str, Sentence]:
        return {} if self.speaking.language == ORIGINAL else said_titles(self._known, self.speaking)

    @cached_property
    def _in_english(self) -> dict[str, Sentence]:
        return said_titles(self._known, ENGLISH)

    @property
    def _known(self) -> Any:
        return registry.pathway(self._pathway) if self._pathway in registry.PATHWAY_IDS else None


def cohort_words(summary: Summary, speaking: Catalogue = ENGLISH) -> CohortWords:
    """How this summary is told."""
    return CohortWords(speaking, summary["titles"], summary["pathway"]["id"])


def head(summary: Summary, words: CohortWords) -> Sentence:
    """`2,000 patients on neck-first@1, day 83`."""
    on = summary["on"]
    day = message("cohort.last-days") if on is None else message("cohort.on-day", day=on)
    pathway = summary["pathway"]
    return words.say(
        "cohort.head",
        people=words.people(summary["patients"]),
        pathway=f"{pathway['id']}@{pathway['version']}",
        day=day,
    )


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


def where(summary: Summary, words: CohortWords) -> list[tuple[Sentence, int, dict[str, Any] | None]]:
    """How many patients are in each phase, and how many outside for which reason."""
    inside: list[tuple[Sentence, int, dict[str, Any] | None]] = [
        (words.phase(phase), phase["patients"], phase) for phase in summary["phases"]
    ]
    outside = [(name, summary["status"][name]) for name in OUTSIDE if summary["status"].get(name)]
    return [
        *inside,
        *(
            (words.speaking.say(message(f"cohort.outside-{name.replace(' ', '-')}")), count, None)
            for name, count in outside
        ),
    ]


def restricted(summary: Summary) -> list[tuple[str, int, int]]:
    """Each restriction: for how many patients it is in force, and by how many it was ever breached."""
    names = dict.fromkeys([*summary["in_force"], *summary["breached"]])
    return [(name, summary["in_force"].get(name, 0), summary["breached"].get(name, 0)) for name in names]


def summary_text(summary: Summary, speaking: Catalogue = ENGLISH) -> str:
    """The summary in plain lines, at most a hundred columns wide."""
    words = cohort_words(summary, replace(speaking, marked=True))
    say, whole = words.say, words.whole
    lines: list[str] = [head(summary, words)]
    if summary["rejected"]:
        lines.append(words.counted("cohort.refused-in-text", summary["rejected"]))
        lines += [
            f"  {whole(problem['times']):>9}  {problem['problem']}" for problem in summary["problems"][:3]
        ]
    if summary["repeated"]:
        lines.append(words.counted("cohort.repeated", summary["repeated"]))
    if summary["fallback"]:
        lines.append(words.counted("cohort.read-whole", summary["fallback"]))
        because = sorted(summary["fallback_because"].items(), key=lambda pair: (-pair[1], pair[0]))
        lines += [f"  {whole(patients):>9}  {_why_whole(name, words)}" for name, patients in because]
    rows: list[Row] = []
    for title, count, phase in where(summary, words):
        days = ""
        if phase and phase["middle_half"]:
            low, high = phase["middle_half"]
            days = say("cohort.median-days", n=phase["median_days"], low=low, high=high)
        rows.append((title, whole(count), share(count, summary["patients"]), days))
    lines += _table(
        (say("cohort.where"), say("cohort.column-patients"), "", say("cohort.column-there-for")), rows
    )
    three = [(words.titled(name), whole(a), whole(b)) for name, a, b in waiting(summary)]
    lines += _table(
        (say("cohort.waiting-for"), say("cohort.column-unknown"), say("cohort.column-not-met")), three
    )
    back = [(words.titled(name), whole(count)) for name, count in returning(summary).items() if count]
    lines += _table((say("cohort.relapses"), say("cohort.column-unknown")), back)
    lines += _table(
        (say("cohort.open-gates"), say("cohort.column-patients")), _counts(summary, "open", words)
    )
    three = [(words.titled(name), whole(a), whole(b)) for name, a, b in restricted(summary)]
    lines += _table(
        (say("cohort.restrictions"), say("cohort.column-in-force"), say("cohort.column-breached")), three
    )
    lines += _table((say("cohort.alerts"), say("cohort.column-patients")), _counts(summary, "alerts", words))
    lines += ["", *filter(None, [translation_note(speaking)]), say("cohort.text-notice")]
    return "\n".join(lines) + "\n"


def _why_whole(name: str, words: CohortWords) -> str:
    """Why records were read whole; the id itself of a reason that another version wrote."""
    told = message(f"cohort.whole-{name}")
    return words.speaking.say(told) if ENGLISH.knows(told.id) else name


def difference(summary: Summary, out: str, speaking: Catalogue = ENGLISH) -> str:
    """A comparison of two pathways in plain lines: how many, where instead, because of what, and who first."""
    words = CohortWords(replace(speaking, marked=True), summary["titles"])
    say, whole = words.say, words.whole
    people = words.people(summary["patients"])
    apart = say(
        "cohort.apart", moved=whole(summary["moved"]), people=people, new=summary["new"], old=summary["old"]
    )
    lines: list[str] = [*filter(None, [translation_note(speaking)]), apart]
    if summary["rejected"]:
        lines.append(words.counted("cohort.not-compared", summary["rejected"]))
    if not summary["moved"]:
        return "\n".join(lines) + "\n"

    def move(row: Mapping[str, Any]) -> Sentence:
        before, after = (row[which] or message("cohort.outside-short") for which in ("old", "new"))
        return say("cohort.move", before=before, after=after)

    rows = [(move(row), whole(row["patients"])) for row in summary["instead"]]
    lines += _table((say("cohort.first-apart"), say("cohort.column-patients")), rows)
    rows = [(words.titled(row["criterion"]), whole(row["patients"])) for row in summary["because"]]
    lines += _table((say("cohort.because-of"), say("cohort.column-patients")), rows)
    lines += ["", say("cohort.who-when-why")]
    for patient in summary["first"]:
        because = tuple(words.title(name) if name in APART else name for name in patient["because"])
        line = say(
            "cohort.one-apart",
            patient=patient["patient"],
            day=patient["day"],
            move=move(patient),
            because=because,
        )
        lines.append(f"  {line}")
    return "\n".join([*lines, "", say("cohort.all-of-them", file=f"{out}/diff.parquet")]) + "\n"


def _counts(summary: Summary, name: str, words: CohortWords) -> list[Row]:
    counts: Mapping[str, int] = summary[name]
    return [(words.titled(name), words.whole(count)) for name, count in counts.items()]


def _table(names: Row, rows: Iterable[Row]) -> list[str]:
    """Rows under their names, numbers to the right, a long name on as many lines as it needs; nothing for no rows."""
    rows = list(rows)
    if not rows:
        return []
    widths = [max(len(row[at]) for row in (names, *rows)) for at in range(len(names))]
    widths[0] = min(widths[0], WIDTH - sum(widths[1:]) - 2 * len(widths))
    lines = [""]
    for row in (names, *rows):
        indent = "" if row is names else "  "
        first, *more = textwrap.wrap(row[0], widths[0], subsequent_indent="  ", break_on_hyphens=False) or [
            ""
        ]
        cells = [f"{cell:>{width}}" for cell, width in zip(row[1:], widths[1:], strict=True)]
        wide = widths[0] + 2 - len(indent)
        lines.append("  ".join([f"{indent}{first:<{wide}}", *cells]).rstrip())
        lines += [f"{indent}{each}" for each in more]
    return lines
