"""A review as text: the first screen answers where, what now, what not, what to ask; reasons follow below."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from assuage.catalogue.message import Message, message
from assuage.catalogue.read import Catalogue
from assuage.catalogue.sentence import Sentence
from assuage.engine.trace import GateReading, Reading
from assuage.engine.walk import Stay
from assuage.report.screen import show
from assuage.review.disputes import dispute_message, pairs_in_dispute
from assuage.review.model import Diagnosis, GateState, PlanItem, RestrictionState, Review
from assuage.safety.alerts import Alert
from assuage.terms.answers import NO, UNKNOWN, YES, Answer
from assuage.words.alerts import alert_action, alerts_for, alerts_with_reasons, reason_against
from assuage.words.evidence import BY_US, source_word, whose_numbers
from assuage.words.gates import part_message, value_message
from assuage.words.patients import for_a_patient, item_message
from assuage.words.reviews import (
    breach_session,
    day_message,
    diagnosis_message,
    pathway_message,
    silence_message,
    stay_message,
    stay_reason,
)
from assuage.words.speak import ENGLISH, translation_note
from assuage.words.suspects import effect_in_short, head_message

MARK: dict[Answer, tuple[str, str]] = {YES: ("✓", "green"), NO: ("✗", "red"), UNKNOWN: ("?", "yellow")}
TIER_STYLE = {"stop": "bold red", "ask": "yellow", "note": "dim"}
ANSWERS = ("where", "alerts", "now", "leave", "ask", "suspect")


def print_review(
    review: Review, to: Console, *, everything: bool = False, speaking: Catalogue = ENGLISH
) -> None:
    """Print a review; `everything` adds each criterion's parts, the evidence and our doubts."""
    text = ReviewText(review, replace(speaking, marked=True))
    show(to, text.first_screen(), text.details(everything=everything))


@dataclass(frozen=True)
class Line:
    """A line of the first screen: what it says, and how it is set (`stop`, `line`, `under` the line above, `more`)."""

    kind: str
    text: Text
    says: Sentence
    values: tuple[tuple[str, object], ...] = ()


@dataclass(frozen=True)
class ReviewText:
    """A review in the language of a catalogue."""

    review: Review
    speaking: Catalogue = ENGLISH

    def say(self, id: str, /, **values: object) -> Sentence:  # noqa: A002 - the id of the sentence
        """The sentence of that id with these values."""
        return self.speaking.say(message(id, **values))

    def _line(self, id: str, style: str = "", kind: str = "line", /, **values: object) -> Line:  # noqa: A002
        says = self.say(id, **values)
        return Line(
            kind, Text(f"  {says}" if kind == "under" else says, style=style), says, tuple(values.items())
        )

    def _said(self, told: Message, style: str = "") -> Line:
        says = self.speaking.say(told)
        return Line("line", Text(says, style=style), says, told.values)

    def _marked_line(self, mark: str, colour: str, id: str, /, **values: object) -> Line:  # noqa: A002
        says = self.say(id, **values)
        return Line("line", Text.assemble((f"{mark} ", colour), says), says)

    # --- the first screen ----------------------------------------------------------------------------

    def first_screen(self) -> RenderableType:
        """Where, what now, what not, what to ask, alerts: one screen of 80 columns."""
        review = self.review
        labels = {name: self.say(f"screen.{name}") for name in ANSWERS}
        grid = Table.grid(padding=(0, 1))
        grid.add_column(width=max(9, *map(len, labels.values())), style="bold")
        grid.add_column(ratio=1)
        for name, lines in self.answers():
            grid.add_row(labels[name], Group(*(line.text for line in lines)))
        head = self.say(
            "screen.head",
            patient=review.record.patient.id,
            pathway=pathway_message(review),
            day=day_message(review),
        )
        notice = self.say("screen.notice", notice=review.pathway.first_words if review.pathway else None)
        notes = [Text(self.speaking.say(note), style="yellow") for note in review.notes]
        if unchecked := translation_note(self.speaking):
            notes.append(Text(unchecked, style="yellow"))
        return Group(Text(head, style="bold"), Text(notice, style="dim"), *notes, Text(), grid)

    def answers(self) -> Iterator[tuple[str, list[Line]]]:
        """The answers of the first screen by name, on the screen as on the page; empty ones are left out."""
        for name, lines in (
            ("where", self._where()),
            ("alerts", self._alerts()),
            ("now", self._now()),
            ("leave", self._leave()),
            ("ask", self._ask()),
            ("suspect", () if for_a_patient(self.speaking) else self._suspects()),
        ):
            rows = list(lines)
            if rows:
                yield name, rows

    def _where(self) -> Iterator[Line]:
        stay = self.review.current
        if self.review.pathway is None:
            yield self._line("where.no-pathway", "bold")
        elif stay is None:
            yield self._line("where.outside")
        else:
            says = self.say("where.phase", id=stay.phase.id, phase=stay.phase)
            rest = self.speaking.say(stay_message(self.review, stay))
            whole = Sentence((*says.spans, *self.say("list.comma").spans, *rest.spans))
            yield Line("line", Text.assemble((says, "bold"), self.say("list.comma"), rest), whole)
            silence = silence_message(self.review, stay)
            if silence is not None and not for_a_patient(self.speaking):
                yield self._said(silence, "yellow")
            if for_a_patient(self.speaking):
                yield self._line("where.aim", aim=stay.phase.purpose)
            elif stay.against_gate:
                yield self._line("where.against-gate", "yellow")
        if len(self.review.stays) > 1 and not for_a_patient(self.speaking):
            stays = " → ".join(
                self.say("where.stay", id=each.phase.id, day=each.entered, by=_begun(each))
                for each in self.review.stays
            )
            yield self._line("where.course", "dim", stays=stays)
        yield from self._gate_on()

    def _gate_on(self) -> Iterator[Line]:
        onward = [gate for gate in self.review.gates if gate.leads == "on"]
        if not onward:
            return
        state = "open" if all(gate.reading.state == "open" for gate in onward) else "shut"
        heading = self.say("where.gate-on", phase=onward[0].to.id)
        word = self.say(f"gate.{state}")
        yield Line(
            "line",
            Text.assemble(heading, " ", (word, "green" if state == "open" else "red")),
            Sentence((*heading.spans, *Sentence.of(" ", self.speaking.language).spans, *word.spans)),
        )
        flags = tuple(dict.fromkeys(each.flag for gate in onward for each in gate.reading.shut_by))
        waits = tuple(each.criterion for gate in onward for each in gate.reading.not_met)
        asks = tuple(each.criterion for gate in onward for each in gate.reading.unknown)
        for key, style, things in (
            ("shut-by", "red", flags),
            ("not-met", "", waits),
            ("unknown", "yellow", asks),
        ):
            if things:
                yield self._line(f"where.{key}", style, "under", things=things)

    def _alerts(self) -> Iterator[Line]:
        notes = 0
        for alert in alerts_for(self.speaking, self.review.alerts):
            if alert.tier == "note":
                notes += 1
                continue
            tier = self.say(f"tier.{alert.tier}")
            says = self.say("alerts.alert", text=alert, id=alert.id)
            yield Line(
                "stop" if alert.tier == "stop" else "line",
                Text.assemble((f"{tier} ", TIER_STYLE[alert.tier]), says),
                Sentence((*tier.spans, *Sentence.of(" ", self.speaking.language).spans, *says.spans)),
            )
        if notes:
            yield self._line("alerts.notes", "dim", "more", n=notes)

    def _now(self) -> Iterator[Line]:
        shown: set[str] = set()
        for item in self.review.plan:
            if item.state == "now":
                shown.add(item.what)
                what = self.speaking.say(item_message(self.speaking, item))
                when = self.say("now.when", when=item.when)
                yield Line(
                    "line",
                    Text.assemble("• ", what, " ", (when, "dim")),
                    Sentence((*Sentence.of("• ", self.speaking.language).spans, *what.spans,
                              *Sentence.of(" ", self.speaking.language).spans, *when.spans)),
                )  # fmt: skip
                if not for_a_patient(self.speaking):
                    if item.despite:
                        yield self._line("now.despite", "yellow", "under", despite=item.despite)
                    if item.beside:
                        yield self._line("now.beside", "dim", "under", beside=item.beside)
        rest = tuple(each for each in self.review.running if each.latest.code not in shown)
        if rest:
            yield self._line("now.running", "dim", running=rest)

    def _leave(self) -> Iterator[Line]:
        if self.review.current is None:
            return  # outside the pathway it says nothing, neither for nor against
        for withheld in self.review.withheld:
            reasons = tuple(reason_against(self.speaking, reason) for reason in withheld.reasons)
            yield self._marked_line("✗", "red", "leave.withheld", text=withheld.text, reasons=reasons)
        for state in self.review.restrictions:
            therapy = state.restriction.therapy
            if state.in_force:
                yield self._marked_line(
                    "✗", "red", "leave.in-force",
                    therapy=therapy, parts=therapy.parts, because=state.restriction.reason,
                )  # fmt: skip
            else:
                yield self._marked_line("✓", "green", "leave.lifted", therapy=therapy, parts=therapy.parts)
            if state.breaches:
                breaches = tuple(
                    message("leave.breach", day=breach.day, session=breach_session(breach))
                    for breach in state.breaches
                )
                yield self._line("leave.breached", "yellow", "under", breaches=breaches)

    def _ask(self) -> Iterator[Line]:
        unread = self.review.unread if self.review.current is not None else ()
        for need in unread:
            yield self._marked_line("?", "red", "ask.first", need=need)
        if unread and not for_a_patient(self.speaking):
            yield self._line("ask.checked", "dim", "under")
        for item in self.review.plan:
            if item.state == "ask":
                yield self._marked_line("?", "yellow", "ask.item", text=item.text)
                for need in item.needs:
                    if need in unread:
                        continue  # it stands above, once for all
                    yield self._line("ask.need", "", "under", need=need)
        gate_needs = {
            need
            for gate in self.review.gates
            if gate.leads == "on"
            for reading in gate.reading.unknown
            for need in reading.needs
        }
        if gate_needs:
            yield self._line("ask.gate", "dim", n=len(gate_needs))

    def _suspects(self) -> Iterator[Line]:
        for suspect in self.review.suspects:
            yield self._said(head_message(suspect), "bold")
            yield self._line("suspect.line", text=suspect.text)
            effect = None if suspect.effect is None else effect_in_short(suspect.effect)
            if effect is not None:
                yield self._said(effect)

    # --- below ---------------------------------------------------------------------------------------

    def details(self, *, everything: bool = False) -> RenderableType:
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
        told = [alert for alert in alerts if everything or alert.tier != "note"]
        section("gates", *(line for gate in review.gates for line in self._gate(gate, everything)))
        section("plan", *(line for item in review.plan for line in self._plan(item, everything)))
        section(
            "restrictions",
            *(line for state in review.restrictions for line in self._restriction(state, everything)),
        )
        section("alerts", *(line for alert in told for line in self._alert(alert)))
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
        doubts = review.pathway.doubts if review.pathway else ()
        if everything:
            section("doubts", *(_bullet(self.speaking.value(fact)) for fact in doubts))
        elif doubts:
            more = self.say("doubts.more", n=len(doubts))
            blocks += [Text(), Text(more, style="dim")]
        return Group(*blocks)

    def _gate(self, gate: GateState, everything: bool) -> Iterator[RenderableType]:
        reading = gate.reading
        state = Text(self.say(f"gate.{reading.state}"), style="green" if reading.state == "open" else "red")
        where = self.say(f"gate.leads-{gate.leads}", id=reading.gate.id, phase=gate.to.id)
        yield Text.assemble((self.speaking.value(reading.gate), "bold"), " ", where, " ", state)
        for each in reading.criteria:
            yield from self._reading(each, 2, everything)

    def _reading(self, reading: Reading, indent: int, everything: bool) -> Iterator[RenderableType]:
        criterion = reading.criterion
        yield _marked(reading.answer, self.say("criterion", criterion=criterion, id=criterion.id), indent)
        for part in reading.parts:
            if everything or part.value is not None or part.needs:
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

    def _plan(self, item: PlanItem, everything: bool) -> Iterator[RenderableType]:
        recommendation = item.recommendation
        state = self.say(f"plan.{item.state}")
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
            if everything:
                lines += [
                    self.say(f"pathway.evidence-{key}", fact=fact) for key, facts in both for fact in facts
                ]
            elif claim.evidence_for or claim.evidence_against:
                named: list[Message] = []
                for key, facts in both:
                    if facts:
                        named.append(message(f"plan.facts-{key}", ids=tuple(fact.id for fact in facts)))
                lines.append(self.say("plan.facts", named=tuple(named)))
        if recommendation.warning:
            lines.append(self.say("pathway.caution", caution=recommendation.warning))
        for line in lines:
            yield Padding(Text(line, style="dim"), (0, 0, 0, 4))
        for reading in (item.reading, item.safe):
            if reading:
                yield from self._reading(reading, 4, everything)

    def _restriction(self, state: RestrictionState, everything: bool) -> Iterator[RenderableType]:
        key, style = ("in-force", "red") if state.in_force else ("not-in-force", "green")
        yield Text.assemble(
            (self.speaking.value(state.restriction.therapy), "bold"),
            f" [{state.restriction.id}]: ",
            (self.say(f"restriction.{key}"), style),
        )
        if state.until:
            yield Padding(Text(self.say("restriction.until"), style="dim"), (0, 0, 0, 2))
            yield from self._reading(state.until, 2, everything)
        elif state.in_force:
            yield Padding(Text(self.say("restriction.for-good"), style="dim"), (0, 0, 0, 2))
        doubts = state.restriction.doubts
        if everything:
            for fact in doubts:
                yield _bullet(self.say("pathway.doubt", fact=fact), 2, "dim")
        elif doubts:
            ids = tuple(fact.id for fact in doubts)
            yield Padding(Text(self.say("restriction.doubts", ids=ids), style="dim"), (0, 0, 0, 2))

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


def _begun(stay: Stay) -> Message:
    """How a stay began, in a word: with the pathway, by a gate, by a decision."""
    return message("stay.from-the-start" if stay.from_the_start else f"moved-by.{stay.by}")


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
