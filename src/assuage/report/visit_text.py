"""The visit page in the language of a catalogue: its lines by answer, on the screen as on the page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace
from rich.text import Text

from assuage.catalogue.message import Message, message
from assuage.catalogue.read import Catalogue
from assuage.catalogue.sentence import Sentence
from assuage.review.followed_scores import FollowedScore
from assuage.review.model import PlanItem
from assuage.review.visit import VisitPage
from assuage.words.alerts import alerts_for
from assuage.words.patients import for_a_patient, item_message
from assuage.words.reviews import drugs_of
from assuage.words.speak import ENGLISH
from assuage.words.visits import (
    flags_to_exclude,
    gate_message,
    is_told,
    leave_message,
    not_told_message,
    nothing_rated_message,
    nothing_stops_message,
    out_of_limits_message,
    question_message,
    score_message,
    score_title,
    short_message,
    stop_messages,
    to_confirm_message,
    told_messages,
    unread_beside_stops,
    unread_messages,
    where_message,
    withheld_messages,
)

# The answers in the order of the page. The order was chosen by reading: docs/studies/first-page.md.
ANSWERS = ("stop", "how", "where", "now", "leave", "ask", "silent", "since")
QUESTIONS = 5  # on the page (the rest is counted)
# What stops is never left out: where so much of it stands there that a page is full, the rest gives way (ours).
CROWDED = 5
QUESTIONS_BESIDE_MANY, DRUGS_BESIDE_MANY = 2, 4
CHANGES = 3  # on the page
LONGEST = 72  # letters of a question, on the page
REASONS = 1  # why something is withheld, on the page
NEEDS = 3  # of a proposal, to a patient
FLAGS_NAMED = 1  # of a check, on the page
BARS = "▁▂▃▄▅▆▇█"
NO_WEEK = "·"


class Line(Struct, frozen=True):
    """A line of the page: what it says, and how it is set (`stop`, `score`, `line`, `under` the line above, `more`).

    `weeks` are the bars of a score, which `text` holds and `says` does not, `more` counts what a line leaves out.
    """

    kind: str
    text: Text
    says: Sentence
    weeks: str = ""
    more: int = 0


class VisitText(Struct, frozen=True):
    """A visit page in the language of a catalogue; with `whole`, no question is cut to one line of a terminal."""

    page: VisitPage
    speaking: Catalogue = ENGLISH
    whole: bool = False

    def answers(self) -> Iterator[tuple[str, list[Line]]]:
        """The answers by name, in the order of the page; empty ones are left out."""
        lines = {
            "stop": self._stop,
            "how": self._how,
            "where": self._where,
            "now": self._now,
            "leave": self._leave,
            "ask": self._ask,
            "silent": self._silent,
            "since": self._since,
        }
        for name in ANSWERS:
            of_it = list(lines[name]())
            if of_it:
                yield name, of_it

    # --- lines ---

    def _says(self, told: Message, style: str = "", kind: str = "line") -> Line:
        says = self.speaking.say(told)
        return Line(kind, Text(f"  {says}" if kind == "under" else says, style=style), says)

    def _line(self, id: str, style: str = "", kind: str = "line", /, **values: object) -> Line:  # noqa: A002
        return self._says(message(id, **values), style, kind)

    @property
    def _to_patient(self) -> bool:
        return for_a_patient(self.speaking)

    @property
    def _is_crowded(self) -> bool:
        """Whether so much stops that the rest of the page is counted; a patient is told everything."""
        review = self.page.review
        told = (
            *self.page.stops,
            *review.out_of_limits,
            *unread_messages(self.page.unread),
            *review.against_refusal,
        )
        return len(told) >= CROWDED and not self._to_patient

    def _cut(self, line: Line) -> Line:
        """A question that fits a line, cut between words: it stands below in full."""
        if len(line.says) <= LONGEST:
            return line
        # What it is about, mostly a drug, stands at its end: that stays.
        _, colon, about = line.says.rpartition(": ")
        whole = colon and len(about) <= LONGEST // 3 and about.count("(") == about.count(")")
        end = line.says.last(len(about)) if whole else None
        head = line.says[: LONGEST - (len(about) + 2 if end else 0)]
        start = head.rpartition(" ")[0].rstrip(",;:")
        if start.count("(") > start.count(")"):  # half a bracket says nothing
            start = start[: start.index("(")].rstrip()
        says = self.speaking.say(message("visit.cut", start=line.says.first(len(start)), end=end))
        return Line(line.kind, Text(says), says)

    # --- the answers ---

    def _stop(self) -> Iterator[Line]:
        told = self.page.review.alerts if self._to_patient else self.page.stops
        stops = alerts_for(self.speaking, told)
        for told in stop_messages(self.speaking, stops, self.page):
            yield self._says(told, "bold red", "stop")
        looked_at_first = self.page.review.looked_at_first
        against_refusal = () if self._to_patient else self.page.review.against_refusal
        for given in against_refusal:
            yield self._says(given, "bold red", "stop")
        if not (stops or looked_at_first or against_refusal or self._to_patient):
            told = nothing_stops_message(self.page.review)
            urgent = told.id == "visit.exclude-first"
            yield self._says(told, "bold red", "stop") if urgent else self._says(told, "dim")
        far_out = out_of_limits_message(self.page.review)
        if far_out is not None:
            yield self._says(far_out, "bold red", "stop")
        for told in unread_messages(self.page.unread):
            yield self._says(told, "red", "stop")
        # A name is looked up; a number is measured again or put right.
        if any(need.id != "need.number-out-of-limits" for need in looked_at_first) and not self._to_patient:
            yield self._line("ask.checked", "dim", "under")
        also = unread_beside_stops(self.page.review)
        if also is not None and (stops or looked_at_first or against_refusal) and not self._to_patient:
            yield self._says(also, "red", "stop")

    def _how(self) -> Iterator[Line]:
        known = [score for score in self.page.scores if score.last is not None]
        titles = [self.speaking.say(score_title(score)) for score in known]
        wide = max(map(len, titles), default=0)
        weeks = [weeks_line(score) for score in known]
        for score, title, bars in zip(known, titles, weeks, strict=True):
            says = self.speaking.say(score_message(score))
            drawn = f" {bars:>{max(map(len, weeks))}}" if any(weeks) else ""
            space = Sentence.of(" ", self.speaking.language)
            yield Line(
                "score",
                Text.assemble((f"{title:<{wide}}", "bold"), drawn, " ", says),
                Sentence((*title.spans, *space.spans, *says.spans)),
                bars,
            )
        unrated = [score for score in self.page.scores if score.last is None]
        for told in told_messages(unrated):
            yield self._says(told)
        if not any(map(is_told, self.page.scores)):
            yield self._says(nothing_rated_message(self.page.scores), "yellow")

    def _where(self) -> Iterator[Line]:
        review, stay = self.page.review, self.page.review.current
        if review.pathway is None:
            yield self._line("where.no-pathway", "bold")
        elif stay is None:
            yield self._line("where.outside")
        else:
            yield self._says(where_message(review, stay), "bold")
            if self._to_patient:
                yield self._line("where.aim", aim=stay.phase.purpose)
        gate = gate_message(review)
        if gate is not None:
            yield self._says(gate)

    def _now(self) -> Iterator[Line]:
        for item in self.page.review.plan:
            if item.state == "now" and not (item.do == "continue" and not (item.beside or item.despite)):
                yield from self._to_do(item)
        if self.page.review.running:
            drugs = drugs_of(self.page.review.running)
            named = drugs[:DRUGS_BESIDE_MANY] if self._is_crowded else drugs
            yield self._line("visit.running", drugs=named, more=len(drugs) - len(named) or None)
        if self.page.review.to_confirm:
            yield self._says(to_confirm_message(self.page.review.to_confirm), "yellow")

    def _to_do(self, item: PlanItem) -> Iterator[Line]:
        what = item_message(self.speaking, item) if self._to_patient else short_message(item)
        if item.mark == "later":
            yield self._line("visit.next-session", what=what, **dict(item.when.values))
        else:
            when = None if item.when.id == "plan.when.now" else item.when
            yield self._line("visit.to-do", what=what, when=when)
        if not self._to_patient:
            if item.despite:
                yield self._line("now.despite", "yellow", "under", despite=item.despite)
            if item.beside:
                yield self._line("now.beside", "dim", "under", beside=item.beside)

    def _leave(self) -> Iterator[Line]:
        review = self.page.review
        if review.current is None:
            return  # outside the pathway it says nothing, neither for nor against
        withheld = tuple(withheld_messages(self.speaking, self.page, REASONS))
        shown = withheld[:1] if self._is_crowded else withheld
        for told in shown:
            yield self._says(told, "red")
        if len(withheld) > len(shown):
            yield self._line("visit.more-withheld", "dim", n=len(withheld) - len(shown))
        for state in review.restrictions:
            if not state.in_force:
                continue
            yield self._says(leave_message(state, review.on, self._to_patient), "red")

    def _ask(self) -> Iterator[Line]:
        questions = self.page.questions
        if self._to_patient:
            yield from self._ask_patient()
            return
        told = {alert.id for alert in self.page.stops}
        to_exclude = flags_to_exclude(self.page.review)
        most = QUESTIONS_BESIDE_MANY if self._is_crowded else QUESTIONS
        for question in questions[:most]:
            asked = self._says(question_message(question, told, FLAGS_NAMED, to_exclude))
            yield asked if self.whole else self._cut(asked)
        if len(questions) > most:
            rest = len(questions) - most
            yield replace(self._line("visit.more-questions", "dim", "more", n=rest), more=rest)

    def _ask_patient(self) -> Iterator[Line]:
        """What a proposal waits for, proposal by proposal: the order of questions is the clinician's."""
        for item in self.page.review.plan:
            needs = [need for need in item.needs if need not in self.page.review.looked_at_first]
            if item.state == "ask" and needs:
                yield self._line("ask.item", "yellow", text=item.text)
                for need in needs[:NEEDS]:
                    yield self._line("ask.need", "", "under", need=need)

    def _silent(self) -> Iterator[Line]:
        if self.page.silence is not None and not self._to_patient:
            yield self._says(not_told_message(self.page.silence, self.page.review.on), "yellow")

    def _since(self) -> Iterator[Line]:
        changes, since = self.page.changes, self.page.since
        if changes and since is not None and not self._to_patient:
            more = len(changes[CHANGES:]) or None
            # Said once: beside what stops, or else here.
            day = None if self.page.new_stops else since
            yield self._line("visit.new-since", day=day, changes=changes[:CHANGES], more=more)


def weeks_line(score: FollowedScore) -> str:
    """The last weeks as bars, the latest right, a dot for a week without a value; empty where only one has any."""
    rated = [week for week in score.weeks if week.median is not None]
    if len(rated) < 2:
        return ""
    weeks: Sequence[float | None] = [week.median for week in score.weeks]
    low, high = score.scale.low, score.scale.high
    step = (high - low) / (len(BARS) - 1)
    return "".join(NO_WEEK if value is None else BARS[round((value - low) / step)] for value in weeks).lstrip(
        NO_WEEK
    )
