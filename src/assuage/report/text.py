"""A review as text: the first screen answers where, what now, what not, what to ask; reasons follow below."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from assuage.engine.trace import GateReading, Reading
from assuage.engine.walk import Stay
from assuage.pathways.show import fact_in_words, whose_numbers
from assuage.report.screen import show
from assuage.review.model import Diagnosis, GateState, PlanItem, RestrictionState, Review
from assuage.safety.alerts import Alert
from assuage.terms.answers import NO, UNKNOWN, YES, Answer

MARK: dict[Answer, tuple[str, str]] = {YES: ("✓", "green"), NO: ("✗", "red"), UNKNOWN: ("?", "yellow")}
TIER_STYLE = {"stop": "bold red", "ask": "yellow", "note": "dim"}
LABEL = 9


def print_review(review: Review, to: Console, *, everything: bool = False) -> None:
    """Print a review; `everything` adds each criterion's parts, the evidence and our doubts."""
    show(to, first_screen(review), details(review, everything=everything))


# --- the first screen --------------------------------------------------------------------------------


def first_screen(review: Review) -> RenderableType:
    """Where, what now, what not, what to ask, alerts: one screen of 80 columns."""
    grid = Table.grid(padding=(0, 1))
    grid.add_column(width=LABEL, style="bold")
    grid.add_column(ratio=1)
    for label, rows in answers(review):
        grid.add_row(label, Group(*rows))
    date = review.record.date_of(review.on)
    day = f"day {review.on}" if date is None else f"day {review.on} ({date.isoformat()})"
    head = Text(
        f"{review.record.patient.id} · {review.pathway.id} v{review.pathway.version} · {day}", style="bold"
    )
    notice = Text(f"{review.pathway.notice} Not a medical device; a person decides.", style="dim")
    return Group(head, notice, *(Text(note, style="yellow") for note in review.notes), Text(), grid)


def answers(review: Review) -> Iterator[tuple[str, list[Text]]]:
    """The answers of the first screen under their labels, on the screen as on the page; empty ones are left out."""
    for label, lines in (
        ("WHERE", _where(review)),
        ("ALERTS", _alerts(review.alerts)),
        ("NOW", _now(review)),
        ("LEAVE", _leave(review)),
        ("ASK", _ask(review)),
        ("SUSPECT", _suspects(review)),
    ):
        rows = list(lines)
        if rows:
            yield label, rows


def _by(stay: Stay) -> str:
    if stay.decision is None:
        return "by gate"
    why = f": {stay.decision.because}" if stay.decision.because else ""
    return f"by decision ({stay.decision.do}){why}"


def _where(review: Review) -> Iterator[Text]:
    stay = review.current
    if stay is None:
        yield Text("Outside the pathway.")
    else:
        days = review.on - stay.entered
        span = (
            "since today"
            if days == 0
            else f"since day {stay.entered} ({days} {'day' if days == 1 else 'days'})"
        )
        yield Text.assemble((f"{stay.phase.id}: {stay.phase.title}", "bold"), f", {span}, {_by(stay)}")
        if stay.against_gate:
            yield Text("the gate was shut at that moment; the decision outranks it", style="yellow")
    if len(review.stays) > 1:
        course = " → ".join(f"{one.phase.id} {one.entered} ({one.by})" for one in review.stays)
        yield Text(f"course: {course}", style="dim")
    onward = [gate for gate in review.gates if gate.leads == "on"]
    if onward:
        state = "open" if all(gate.reading.state == "open" for gate in onward) else "shut"
        flags = dict.fromkeys(one.flag.title for gate in onward for one in gate.reading.shut_by)
        waits = [one.criterion.title for gate in onward for one in gate.reading.not_met]
        asks = [one.criterion.title for gate in onward for one in gate.reading.unknown]
        yield Text.assemble(f"gate on to {onward[0].to.id}: ", (state, "green" if state == "open" else "red"))
        if flags:
            yield Text(f"  shut by a red flag until a person clears it: {'; '.join(flags)}", style="red")
        if waits:
            yield Text(f"  not met: {'; '.join(waits)}")
        if asks:
            yield Text(f"  unknown: {'; '.join(asks)}", style="yellow")


def _alerts(alerts: Iterable[Alert]) -> Iterator[Text]:
    notes = 0
    for alert in alerts:
        if alert.tier == "note":
            notes += 1
            continue
        yield Text.assemble((f"{alert.tier.upper()} ", TIER_STYLE[alert.tier]), f"{alert.text} [{alert.id}]")
    if notes:
        yield Text(f"and {notes} {'note' if notes == 1 else 'notes'}: --all", style="dim")


def _now(review: Review) -> Iterator[Text]:
    shown: set[str] = set()
    for item in review.plan:
        if item.state == "now":
            shown.add(item.what)
            yield Text.assemble("• ", item.text, (f" ({item.when})", "dim"))
    rest = [one for one in review.running if one.entry.code not in shown]
    if rest:
        names = [
            " ".join([one.title, " + ".join(str(dose) for dose in one.entry.doses)]).strip() for one in rest
        ]
        yield Text(f"running: {'; '.join(names)}", style="dim")


def _leave(review: Review) -> Iterator[Text]:
    if review.current is None:
        return  # outside the pathway it says nothing, neither for nor against
    for one in review.withheld:
        yield Text.assemble(("✗ ", "red"), one.text, ": ", "; ".join(one.reasons))
    for state in review.restrictions:
        parts = ", ".join(part.title for part in state.restriction.therapy.parts)
        name = f"{state.restriction.therapy.title} ({parts})" if parts else state.restriction.therapy.title
        if state.in_force:
            yield Text.assemble(("✗ ", "red"), name, f": {state.restriction.because}")
        else:
            yield Text.assemble(("✓ ", "green"), name, ": no longer restricted")
        if state.breaches:
            days = "; ".join(f"day {breach.day}, {breach.what}" for breach in state.breaches)
            yield Text(f"  breached: {days}", style="yellow")


def _ask(review: Review) -> Iterator[Text]:
    for item in review.plan:
        if item.state == "ask":
            yield Text.assemble(("? ", "yellow"), f"{item.text}, once it is known:")
            for need in item.needs:
                yield Text(f"  - {need}")
    gate_needs = {
        need
        for gate in review.gates
        if gate.leads == "on"
        for one in gate.reading.unknown
        for need in one.needs
    }
    if gate_needs:
        n = len(gate_needs)
        yield Text(
            f"? {n} {'question is' if n == 1 else 'questions are'} open for the gate (below)", style="dim"
        )


def _suspects(review: Review) -> Iterator[Text]:
    for one in review.suspects:
        yield Text(f"{one.exposure} and {one.outcome}: {one.standing}", style="bold")
        yield Text(one.text)
        if one.effect is not None and one.effect.estimate is not None:
            yield Text(
                f"by the diary {one.effect.estimate:+.1f} points over the three days after it "
                f"(95 % {one.effect.low:+.1f} to {one.effect.high:+.1f}), {one.effect.state}",
            )


# --- below ---------------------------------------------------------------------------------------------


def details(review: Review, *, everything: bool = False) -> RenderableType:
    """The reasons: gates, plan, restrictions, diagnosis, what nobody asked yet."""
    blocks: list[RenderableType] = []

    def section(title: str, *body: RenderableType) -> None:
        if body:
            blocks.append(Rule(title, style="dim", align="left"))
            blocks.extend(body)

    section("Gates", *(line for gate in review.gates for line in _gate(gate, everything)))
    section("Plan: why, on whose word", *(line for item in review.plan for line in _plan(item, everything)))
    section("Restrictions", *(line for one in review.restrictions for line in _restriction(one, everything)))
    section(
        "Alerts: why, and what to do",
        *(line for alert in review.alerts if everything or alert.tier != "note" for line in _alert(alert)),
    )
    section("How each phase was entered", *(line for stay in review.stays for line in _stay(stay)))
    section("Diagnostic criteria", *_criteria(review.criteria.values()))
    section(
        "What nobody asked yet", *(_bullet(f"{one.what} (for {one.needed_for})") for one in review.missing)
    )
    section(
        "Not checked: no rule knows these words",
        *(_bullet(f"{word} (day {entry.day})") for entry, word in review.not_checked),
    )
    if everything:
        section(
            "Our doubts about this pathway", *(_bullet(fact_in_words(fact)) for fact in review.pathway.doubts)
        )
    elif review.pathway.doubts:
        blocks.append(Text())
        blocks.append(
            Text(
                f"{len(review.pathway.doubts)} doubts of ours about the case behind this pathway: "
                f"--all, or assuage pathway show {review.pathway.id}",
                style="dim",
            )
        )
    return Group(*blocks)


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


def _gate(gate: GateState, everything: bool) -> Iterator[RenderableType]:
    yield from _gate_reading(gate.reading, f"{gate.leads} to {gate.to.id}", everything)


def _gate_reading(reading: GateReading, where: str, everything: bool) -> Iterator[RenderableType]:
    state = Text(reading.state, style="green" if reading.state == "open" else "red")
    yield Text.assemble((reading.gate.title, "bold"), f" [{reading.gate.id}], {where}: ", state)
    for one in reading.criteria:
        yield from _reading(one, 2, everything)


def _reading(one: Reading, indent: int, everything: bool) -> Iterator[RenderableType]:
    criterion = one.criterion
    yield _marked(one.answer, f"{criterion.title} [{criterion.id}]", indent)
    for part in one.parts:
        if everything or part.value is not None or part.needs:
            value = f": {part.value_in_words}" if part.value_in_words else ""
            yield _marked(part.answer, f"{part.text}{value}", indent + 2 + 2 * part.depth, "dim")
    for need in one.needs:
        yield Padding(Text(f"needs {need}", style="yellow"), (0, 0, 0, indent + 4))
    numbers = f"; whose numbers: {whose_numbers(criterion)}" if criterion.number_bases else ""
    why = f"because: {criterion.because} Source: {criterion.source.key}{numbers}"
    yield Padding(Text(why, style="dim"), (0, 0, 0, indent + 2))


def _plan(item: PlanItem, everything: bool) -> Iterator[RenderableType]:
    recommendation = item.recommendation
    yield Text.assemble((f"{item.state} ", "yellow" if item.state == "ask" else "green"), (item.text, "bold"))
    numbers = f"; whose numbers: {whose_numbers(recommendation)}" if recommendation.number_bases else ""
    lines = [
        f"{item.when}; {recommendation.by}; because: {recommendation.because}",
        f"source: {recommendation.source.key}{numbers}; EULAR 2017: {recommendation.guideline}",
    ]
    if recommendation.claim:
        claim = recommendation.claim
        lines.append(f"aims at {claim.mechanism}: {claim.says}")
        if everything:
            lines += [f"for: {fact_in_words(fact)}" for fact in claim.evidence_for]
            lines += [f"against: {fact_in_words(fact)}" for fact in claim.evidence_against]
        else:
            named = [
                f"{word} {', '.join(fact.id for fact in facts)}"
                for word, facts in (("for:", claim.evidence_for), ("against:", claim.evidence_against))
                if facts
            ]
            lines.append("; ".join(named))
    if recommendation.caution:
        lines.append(f"caution: {recommendation.caution}")
    for line in lines:
        yield Padding(Text(line, style="dim"), (0, 0, 0, 4))
    for reading in (item.reading, item.safe):
        if reading:
            yield from _reading(reading, 4, everything)


def _restriction(state: RestrictionState, everything: bool) -> Iterator[RenderableType]:
    word, style = ("in force", "red") if state.in_force else ("not in force", "green")
    yield Text.assemble(
        (state.restriction.therapy.title, "bold"), f" [{state.restriction.id}]: ", (word, style)
    )
    if state.until:
        yield Padding(Text("until:", style="dim"), (0, 0, 0, 2))
        yield from _reading(state.until, 2, everything)
    elif state.in_force:
        yield Padding(Text("for good", style="dim"), (0, 0, 0, 2))
    doubts = state.restriction.doubts
    if everything:
        for fact in doubts:
            yield _bullet(f"doubt: {fact_in_words(fact)}", 2, "dim")
    elif doubts:
        yield Padding(Text(f"doubts: {', '.join(fact.id for fact in doubts)}", style="dim"), (0, 0, 0, 2))


def _alert(alert: Alert) -> Iterator[RenderableType]:
    yield Text.assemble(
        (f"{alert.tier} ", TIER_STYLE[alert.tier]), (alert.id, "bold"), f" ({alert.severity}): {alert.text}"
    )
    action = f"do: {alert.action}. " if alert.action else ""
    sources = ", ".join(source.key for source in alert.sources) or "ours"
    caution = f" ({alert.caution})" if alert.caution else ""
    if alert.count > 1:
        yield Padding(Text(f"raised on {alert.count} of the last 14 days", style="dim"), (0, 0, 0, 4))
    for detail in alert.details:
        yield _bullet(detail, 4, "dim")
    yield Padding(
        Text(
            f"{action}because: {alert.because} Source: {sources}{caution}",
            style="dim",
        ),
        (0, 0, 0, 4),
    )


def _stay(stay: Stay) -> Iterator[RenderableType]:
    left = "" if stay.left is None else f", left day {stay.left}"
    yield Text.assemble((stay.phase.id, "bold"), f" day {stay.entered}{left}, {_by(stay)}")
    for reading in stay.gates:
        counts = f"{len(reading.not_met)} not met, {len(reading.unknown)} unknown"
        tail = "" if reading.state == "open" else f" ({counts})"
        yield Padding(Text(f"gate {reading.gate.id} was {reading.state}{tail}", style="dim"), (0, 0, 0, 2))


def _criteria(criteria: Iterable[Diagnosis]) -> Iterator[RenderableType]:
    for one in criteria:
        if one.scored.answer is not None:
            since = "" if one.as_of is None else f" (as of day {one.as_of})"
            yield _marked(
                one.scored.answer, f"{one.scored.title or one.scored.instrument}: {one.scored.because}{since}"
            )
