"""A review as text: the visit page, and every reason one level deeper."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec import Struct
from msgspec.structs import replace
from rich.console import Console, ConsoleOptions, Group, RenderableType, RenderResult
from rich.padding import Padding
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from assuage.catalogue.message import message
from assuage.catalogue.read import Catalogue
from assuage.catalogue.sentence import Sentence
from assuage.engine.trace import GateReading, Reading
from assuage.engine.walk import Stay
from assuage.report.recorded import Cells, recorded_rows
from assuage.report.screen import show
from assuage.report.visit_text import ANSWERS, VisitText
from assuage.review.disputes import dispute_message, pairs_in_dispute
from assuage.review.first_questions import FirstQuestion
from assuage.review.model import Diagnosis, GateState, PlanItem, RestrictionState, Review
from assuage.review.visit import VisitPage
from assuage.safety.alerts import Alert
from assuage.safety.coverage import pair_coverage
from assuage.safety.known import situation
from assuage.terms.answers import NO, UNKNOWN, YES, Answer
from assuage.words.alerts import alert_action, alerts_with_reasons, coverage_messages, reason_against
from assuage.words.evidence import BY_US, source_word, whose_numbers
from assuage.words.gates import part_message, value_message
from assuage.words.patients import for_a_patient
from assuage.words.reviews import (
    breach_session,
    day_message,
    diagnosis_message,
    pathway_message,
    running_messages,
    silence_message,
    stay_reason,
)
from assuage.words.speak import ENGLISH, translation_note
from assuage.words.suspects import effect_in_short, head_message
from assuage.words.visits import question_message

MARK: dict[Answer, tuple[str, str]] = {YES: ("✓", "green"), NO: ("✗", "red"), UNKNOWN: ("?", "yellow")}
TIER_STYLE = {"stop": "bold red", "ask": "yellow", "note": "dim"}
NEEDS = 3  # of a proposal, below (the rest is counted)


def print_review(
    page: VisitPage, to: Console, *, everything: bool = False, speaking: Catalogue = ENGLISH
) -> None:
    """Print the visit page; `everything` adds every reason, the evidence and our doubts."""
    text = ReviewText(page, replace(speaking, marked=True))
    show(to, text.first_screen(), *((text.details(),) if everything else ()))


class ReviewText(Struct, frozen=True):
    """A review in the language of a catalogue."""

    page: VisitPage
    speaking: Catalogue = ENGLISH

    @property
    def review(self) -> Review:
        """The review that the page is of."""
        return self.page.review

    def say(self, id: str, /, **values: object) -> Sentence:  # noqa: A002 - the id of the sentence
        """The sentence of that id with these values."""
        return self.speaking.say(message(id, **values))

    # --- the page -------------------------------------------------------------------------------------

    def first_screen(self) -> RenderableType:
        """The visit page: what a clinician reads in a minute, in 80 columns."""
        review = self.review
        labels = {name: self.say(f"screen.{name}") for name in ANSWERS}
        grid = Table.grid(padding=(0, 1))
        grid.add_column(width=max(map(len, labels.values())), style="bold")
        grid.add_column(ratio=1)
        for name, lines in VisitText(self.page, self.speaking).answers():
            style = "bold red" if name == "stop" else ""
            grid.add_row(Text(labels[name], style=style), Group(*(Hanging(line.text) for line in lines)))
        head = self.say(
            "visit.head",
            patient=review.record.patient.id,
            pathway=pathway_message(review),
            day=day_message(review),
        )
        notes = [Text(self.speaking.say(note), style="yellow") for note in review.notes]
        notice = Text(self._notice(), style="dim")
        if unchecked := translation_note(self.speaking):
            notice = Text.assemble((unchecked, "yellow"), " ", notice)
        return Group(Text(head, style="bold"), grid, *notes, notice)

    def _notice(self) -> Sentence:
        """That it is no medical device; a patient, who has nothing below, is told here what the pathway rests on."""
        pathway = self.review.pathway if for_a_patient(self.speaking) else None
        return self.say("visit.notice", notice=pathway.first_words if pathway else None)

    # --- below ---------------------------------------------------------------------------------------

    def details(self) -> RenderableType:
        """The reasons: gates, plan, restrictions, diagnosis, what nobody asked yet; nothing for a patient."""
        if for_a_patient(self.speaking):
            return Group()
        review = self.review
        blocks: list[RenderableType] = []

        def section(name: str, *body: RenderableType) -> None:
            if body:
                blocks.append(Rule(self.say(f"section.{name}"), style="dim", align="left"))
                blocks.extend(body)

        alerts = alerts_with_reasons(self.speaking, review.alerts)
        if review.pathway is not None:
            blocks += [Text(), Text(self.speaking.value(review.pathway.first_words), style="dim")]
        section("gates", *(line for gate in review.gates for line in self._gate(gate)))
        section(
            "plan",
            *(line for item in review.plan for line in self._plan(item)),
            *self._withheld(),
            *(Text(self.speaking.value(each)) for each in running_messages(review)),
        )
        section("restrictions", *(line for state in review.restrictions for line in self._restriction(state)))
        unruled = coverage_messages(pair_coverage(situation(review.timeline, review.on)))
        section(
            "alerts",
            *(line for alert in alerts for line in self._alert(alert)),
            *(Text(self.speaking.say(each), style="dim") for each in unruled),
        )
        section("suspects", *self._suspects())
        section("questions", *(_bullet(self._question(each)) for each in self.page.questions))
        section("stays", *(line for stay in review.stays for line in self._stay(stay)))
        section("criteria", *self._criteria(review.criteria.values()))
        section(
            "missing",
            *(
                _bullet(self.say("missing", what=each.what, needed_for=each.needed_for))
                for each in review.missing
            ),
        )
        section(
            "disputes",
            *(_bullet(self.speaking.say(dispute_message(*pair))) for pair in pairs_in_dispute(review)),
        )
        section(
            "not-checked",
            *(
                _bullet(self.say("not-checked", word=word, day=entry.day))
                for entry, word in review.not_checked
            ),
        )
        section("recorded", *(_bullet(self._recorded(row)) for row in self._rows()))
        doubts = review.pathway.doubts if review.pathway else ()
        section("doubts", *(_bullet(self.speaking.value(fact)) for fact in doubts))
        return Group(*blocks)

    def _rows(self) -> tuple[Cells, ...]:
        return recorded_rows(self.review.record, self.review.on, self.speaking)

    def _recorded(self, row: Cells) -> Sentence:
        day, kind, says, marked = row
        return self.say("recorded.line", day=day, kind=kind, says=says, marked=marked or None)

    def _question(self, question: FirstQuestion) -> Sentence:
        return self.say(
            "question.worth",
            question=question_message(question),
            reassuring=question.reassuring,
            alarming=question.alarming,
        )

    def _suspects(self) -> Iterator[RenderableType]:
        for suspect in self.review.suspects:
            yield Text(self.speaking.say(head_message(suspect)), style="bold")
            yield Padding(Text(self.say("suspect.line", text=suspect.text)), (0, 0, 0, 2))
            effect = None if suspect.effect is None else effect_in_short(suspect.effect)
            if effect is not None:
                yield Padding(Text(self.speaking.say(effect)), (0, 0, 0, 2))

    def _withheld(self) -> Iterator[RenderableType]:
        for withheld in self.review.withheld:
            reasons = tuple(reason_against(self.speaking, reason) for reason in withheld.reasons)
            says = self.say("leave.withheld", text=withheld.text, reasons=reasons)
            yield Text.assemble((f"{self.say('plan.withheld')} ", "red"), says)

    def _gate(self, gate: GateState) -> Iterator[RenderableType]:
        reading = gate.reading
        state = Text(self.say(f"gate.{reading.state}"), style="green" if reading.state == "open" else "red")
        where = self.say(f"gate.leads-{gate.leads}", id=reading.gate.id, phase=gate.to.id)
        yield Text.assemble((self.speaking.value(reading.gate), "bold"), " ", where, " ", state)
        for each in reading.criteria:
            yield from self._reading(each, 2)

    def _reading(self, reading: Reading, indent: int) -> Iterator[RenderableType]:
        criterion = reading.criterion
        yield _marked(reading.answer, self.say("criterion", criterion=criterion, id=criterion.id), indent)
        for part in reading.parts:
            says = self.say("part", part=part_message(part), value=value_message(part))
            yield _marked(part.answer, says, indent + 2 + 2 * part.depth, "dim")
        for need in reading.needs:
            yield Padding(Text(self.say("needs", need=need), style="yellow"), (0, 0, 0, indent + 4))
        why = self.say(
            "because",
            why=criterion.reason,
            source=source_word(criterion.source),
            numbers=whose_numbers(criterion.number_bases),
        )
        yield Padding(Text(why, style="dim"), (0, 0, 0, indent + 2))

    def _plan(self, item: PlanItem) -> Iterator[RenderableType]:
        recommendation = item.recommendation
        state = self.say(f"plan.{item.mark}")
        yield Text.assemble(
            (f"{state} ", "yellow" if item.state == "ask" else "green"),
            (self.speaking.say(item.text), "bold"),
        )
        lines = [
            self.say("plan.why", when=item.when, role=recommendation.by, why=recommendation.reason),
            self.say(
                "plan.word",
                source=source_word(recommendation.source),
                numbers=whose_numbers(recommendation.number_bases),
                guideline=recommendation.advice.guideline.title,
                advice=recommendation.advice,
            ),
        ]
        if recommendation.claim:
            claim = recommendation.claim
            lines.append(self.say("pathway.aims-at", mechanism=claim.mechanism, says=claim))
            both = (("for", claim.evidence_for), ("against", claim.evidence_against))
            lines += [self.say(f"pathway.evidence-{key}", fact=fact) for key, facts in both for fact in facts]
        if recommendation.warning:
            lines.append(self.say("pathway.caution", caution=recommendation.warning))
        for line in lines:
            yield Padding(Text(line, style="dim"), (0, 0, 0, 4))
        for need in item.to_clear[:NEEDS]:
            yield Padding(Text(self.say("needs", need=need), style="yellow"), (0, 0, 0, 4))
        if len(item.to_clear) > NEEDS:
            yield Padding(
                Text(self.say("plan.more-needs", n=len(item.to_clear) - NEEDS), style="yellow"), (0, 0, 0, 4)
            )
        for reading in (item.reading, item.safe):
            if reading:
                yield from self._reading(reading, 4)

    def _restriction(self, state: RestrictionState) -> Iterator[RenderableType]:
        key, style = ("in-force", "red") if state.in_force else ("not-in-force", "green")
        yield Text.assemble(
            (self.speaking.value(state.restriction.therapy), "bold"),
            f" [{state.restriction.id}]: ",
            (self.say(f"restriction.{key}"), style),
        )
        if state.until:
            yield Padding(Text(self.say("restriction.until"), style="dim"), (0, 0, 0, 2))
            yield from self._reading(state.until, 2)
        elif state.in_force:
            yield Padding(Text(self.say("restriction.for-good"), style="dim"), (0, 0, 0, 2))
        if state.breaches:
            breaches = tuple(
                message("leave.breach", day=breach.day, session=breach_session(breach))
                for breach in state.breaches
            )
            yield Padding(Text(self.say("leave.breached", breaches=breaches), style="yellow"), (0, 0, 0, 2))
        for fact in state.restriction.doubts:
            yield _bullet(self.say("pathway.doubt", fact=fact), 2, "dim")

    def _alert(self, alert: Alert) -> Iterator[RenderableType]:
        rest = self.say("alert.rest", severity=message(f"severity.{alert.severity}"), text=alert)
        yield Text.assemble(
            (f"{self.say(f'tier.{alert.tier}').lower()} ", TIER_STYLE[alert.tier]),
            (alert.id, "bold"),
            f" {rest}",
        )
        if alert.count > 1:
            yield Padding(Text(self.say("alert.count", days=alert.count), style="dim"), (0, 0, 0, 4))
        for detail in alert.details:
            yield _bullet(self.speaking.value(detail), 4, "dim")
        because = self.say(
            "alert.because",
            action=alert_action(self.speaking, alert),
            because=alert.because,
            sources=tuple(source.key for source in alert.sources) or (BY_US,),
            caution=alert.caution,
        )
        yield Padding(Text(because, style="dim"), (0, 0, 0, 4))

    def _stay(self, stay: Stay) -> Iterator[RenderableType]:
        entered = self.say("stay.entered", day=stay.entered, left=stay.left, by=stay_reason(stay))
        yield Text.assemble((stay.phase.id, "bold"), " ", entered)
        silence = silence_message(self.review, stay)
        if silence is not None:
            yield Padding(Text(self.speaking.say(silence), style="yellow"), (0, 0, 0, 2))
        for reading in stay.gates:
            yield Padding(Text(self._gate_then(reading), style="dim"), (0, 0, 0, 2))

    def _gate_then(self, reading: GateReading) -> Sentence:
        if reading.state == "open":
            return self.say("stay.gate-was-open", id=reading.gate.id)
        return self.say(
            "stay.gate-was-shut",
            id=reading.gate.id,
            not_met=len(reading.not_met),
            unknown=len(reading.unknown),
        )

    def _criteria(self, criteria: Iterable[Diagnosis]) -> Iterator[RenderableType]:
        for each in criteria:
            if each.scored.answer is not None:
                says = self.speaking.say(diagnosis_message(each))
                yield _marked(each.scored.answer, says)


class Hanging(Struct, frozen=True):
    """A text whose second and later lines stand in by two."""

    text: Text

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """The lines, as wide as there is room."""
        first, *rest = self.text.wrap(console, options.max_width - 2) or [Text()]
        yield first
        for line in rest:
            yield Text.assemble("  ", line)


def _bullet(text: str, indent: int = 0, style: str = "") -> RenderableType:
    grid = Table.grid(padding=(0, 1))
    grid.add_column(width=1)
    grid.add_column(ratio=1)
    grid.add_row("-", Text(text, style=style))
    return Padding(grid, (0, 0, 0, indent))


def _marked(answer: Answer, text: str, indent: int = 0, style: str = "") -> RenderableType:
    mark, colour = MARK[answer]
    grid = Table.grid(padding=(0, 1))
    grid.add_column(width=1)
    grid.add_column(ratio=1)
    grid.add_row(Text(mark, style=colour), Text(text, style=style))
    return Padding(grid, (0, 0, 0, indent))
