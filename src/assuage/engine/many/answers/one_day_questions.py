"""Any question about one patient on one day: the plain kernels, which know every node.

`every_day` answers the frequent questions for all days of a block at once, and must agree.
"""

from __future__ import annotations

import numpy as np

from assuage.engine.many.answers.kleene import compare_range, kleene_and_bits, kleene_not_bits, kleene_or_bits
from assuage.engine.many.answers.one_day_measures import (
    first_of,
    forget_within,
    latest_exposure,
    perhaps_taken,
    places_said,
    site_lies_within,
    taken_since,
    taking_is_doubted,
    value,
)
from assuage.engine.many.blocks.block import (
    Block,
    BlockPart,
    EventField,
    Moment,
    Slot,
    event,
    events_of,
    medicated_since,
)
from assuage.engine.many.jit import kernel, place
from assuage.engine.many.program import codes as c
from assuage.engine.many.program.codes import LeafKind, Operation, SymptomQuestion, SymptomState
from assuage.engine.many.program.layout import (
    LeafField,
    Program,
    ProgramTable,
    Stream,
    exposure_stream,
    item_places,
    leaf_field,
    leaf_kind,
    leaf_stream,
    leaf_window,
    listed_stream,
    operation_at,
    places_owned,
    sign_of,
    table_item,
)

THERE, WORSE_THERE = 1, 2  # what is said of a site


@kernel
def answer_on(program: Program, block: Block, criterion: int, moment: Moment) -> int:
    """The answer to a criterion on a day, in the phase of the moment.

    The steps of its code work on a stack. A criterion that needs every part is left at its first no: the parts are in
    the order of their cost, and a no settles it whatever the rest.
    """
    stack = block.numbers[BlockPart.STACK]
    top = place(stack - 1)  # the last answer; none yet
    answers = block.numbers
    for step in places_owned(program, ProgramTable.TEST_FIRST, criterion):
        operation, operand = operation_at(program, step)
        if operation == Operation.PUSH:
            top += place(1)
            answers[top] = leaf_answer(program, block, operand, moment)
        elif operation == Operation.CUT:
            if answers[top] == c.NO:
                return c.NO
        elif operation == Operation.NOT:
            answers[top] = kleene_not_bits(answers[top])
        elif operation == Operation.ASSUME:
            if answers[top] == c.UNKNOWN:
                answers[top] = operand
        elif operation == Operation.AND:
            for _ in range(operand - 1):
                top -= place(1)
                answers[top] = kleene_and_bits(answers[top], answers[top + place(1)])
        elif operation == Operation.OR:
            for _ in range(operand - 1):
                top -= place(1)
                answers[top] = kleene_or_bits(answers[top], answers[top + place(1)])
        else:
            return c.unhandled(operation)
    return answers[place(stack)]


@kernel
def leaf_answer(program: Program, block: Block, leaf: int, moment: Moment) -> int:
    """The answer to one question on a day, in the phase of the moment."""
    kind = leaf_kind(program, leaf)
    slot, day = moment.slot, moment.day
    if kind == LeafKind.COMPARE or kind == LeafKind.KNOWN:
        known, low, high = value(program, block, leaf_field(program, leaf, LeafField.MEASURE), moment)
        if kind == LeafKind.KNOWN:
            return c.YES if known else c.NO
        if not known:
            return c.UNKNOWN
        return compare_range(
            sign_of(program, leaf), low, high, table_item(program, ProgramTable.BOUNDS, leaf)
        )
    if kind == LeafKind.TAKING:
        return is_taking(program, block, leaf, slot, day)
    if kind == LeafKind.SYMPTOM:
        return symptom_anywhere(program, block, leaf, slot, day)
    if kind == LeafKind.WORSE_AFTER:
        within = leaf_field(program, leaf, LeafField.SPAN)
        return worse_after(
            block, leaf_stream(program, leaf), exposure_stream(program, leaf), within, slot, day
        )
    if kind == LeafKind.FINDING:
        return last_finding(block, leaf_stream(program, leaf), slot, day)
    if kind == LeafKind.FLAGS:
        return flags_clear(program, block, leaf, moment)
    return c.unhandled(kind)


@kernel
def is_taking(program: Program, block: Block, leaf: int, slot: Slot, day: int) -> int:
    """Whether any of the drugs is taken. No needs a list of medication on which everything is read."""
    perhaps = medicated_since(block, slot) > day
    for at in item_places(program, leaf):
        stream = listed_stream(program, at)
        if taken_since(block, stream, slot, day) != c.NO_DAY:
            if not taking_is_doubted(block, stream, slot, day):
                return c.YES
            perhaps = True
        perhaps |= perhaps_taken(block, stream, slot, day)
    return c.UNKNOWN if perhaps else c.NO


@kernel
def last_finding(block: Block, stream: Stream, slot: Slot, day: int) -> int:
    """What was last said of a finding, as long as it holds."""
    answer = c.UNKNOWN
    for e in events_of(block, stream, slot):
        if event(block, e, EventField.DAY) <= day:
            holds = day - event(block, e, EventField.DAY) < event(block, e, EventField.SITE)
            answer = event(block, e, EventField.MARK) if holds else c.UNKNOWN
    return answer


@kernel
def flags_clear(program: Program, block: Block, leaf: int, moment: Moment) -> int:
    """Whether each flag was last checked in the window and found absent."""
    span, onset = leaf_field(program, leaf, LeafField.SPAN), leaf_field(program, leaf, LeafField.ONSET)
    first = first_of(program, block, leaf_window(program, leaf), span, onset, moment)
    if first == c.NO_DAY:
        return c.UNKNOWN
    answer = c.YES
    for at in item_places(program, leaf):
        latest = c.UNKNOWN
        for e in events_of(block, listed_stream(program, at), moment.slot):
            if first <= event(block, e, EventField.DAY) <= moment.day:
                latest = event(block, e, EventField.MARK)
        answer = kleene_and_bits(answer, kleene_not_bits(latest))
    return answer


# --- symptoms -------------------------------------------------------------------------------------


@kernel
def symptom_anywhere(program: Program, block: Block, leaf: int, slot: Slot, day: int) -> int:
    """Whether a symptom was there, or new or worse, at any of the sites asked for."""
    span = leaf_field(program, leaf, LeafField.SPAN)
    first = c.NO_DAY if span == 0 else day - span + 1
    how: SymptomQuestion = leaf_field(program, leaf, LeafField.HOW)  # pyright: ignore[reportAssignmentType]
    answer = c.NO
    for at in item_places(program, leaf):
        site = table_item(program, ProgramTable.ITEMS, at)
        here = symptom_at(program, block, leaf_stream(program, leaf), site, how, slot, first, day)
        answer = kleene_or_bits(answer, here)
    return answer


@kernel
def symptom_at(
    program: Program,
    block: Block,
    stream: Stream,
    asked: int,
    how: SymptomQuestion,
    slot: Slot,
    first: int,
    day: int,
) -> int:
    """What was last said of a symptom at one place (ANYWHERE: at any), from statements since `first`.

    It is there as long as one part of the place has it. "Gone" at the left shoulder ends what was said of the left
    shoulder; the shoulders still hurt if the right one does. A statement about a larger place than was asked for
    speaks of this one only when it denies: nothing in the back hurts, so the lower back does not. That the back
    hurts does not say where, so that the lower back is unknown, unless something else says more.
    """
    states = places_said(program, block)  # 0 nothing, THERE, WORSE_THERE
    states[:] = 0
    there = 0
    latest = c.UNKNOWN
    for e in events_of(block, stream, slot):
        if event(block, e, EventField.DAY) < first:
            continue
        if event(block, e, EventField.DAY) > day:
            break
        site, state = event(block, e, EventField.SITE), event(block, e, EventField.MARK)
        inside = asked < 0 or (site >= 0 and site_lies_within(program, site, asked))
        covers = site < 0 or (asked >= 0 and site_lies_within(program, asked, site))
        if not inside and not covers:
            continue
        if state == SymptomState.GONE:
            there -= forget_within(program, states, site)
            if there == 0 and (covers or latest != c.UNKNOWN):
                latest = c.NO
        elif inside:
            there += int(states[site + 1] == 0)
            worse = state == SymptomState.WORSE or states[site + 1] == WORSE_THERE
            states[site + 1] = WORSE_THERE if worse else THERE
            latest = c.YES
        elif latest != c.YES:
            latest = c.UNKNOWN
    if how == SymptomQuestion.PRESENT or latest != c.YES:
        return latest
    if how == SymptomQuestion.APPEARED:
        return c.YES if np.any(states == WORSE_THERE) else c.NO
    return c.unhandled(how)


@kernel
def precedes(minute: int, other: int) -> bool:
    """Whether something said at a minute is known to have come before another of the same day."""
    return minute >= 0 and other >= 0 and minute < other


@kernel
def worse_after(block: Block, stream: Stream, exposure: Stream, within: int, slot: Slot, day: int) -> int:
    """Whether a symptom was said to be new or worse from the latest exposure to `within` days after it.

    What is known to have come earlier on the day of the exposure is no consequence of it. Without both times it
    counts: a flare is not argued away by a time that nobody wrote down.
    """
    session = latest_exposure(block, exposure, slot, day)
    if session < 0:
        return c.UNKNOWN
    exposed, minute = event(block, session, EventField.DAY), event(block, session, EventField.MINUTE)
    answer = c.UNKNOWN
    for e in events_of(block, stream, slot):
        stated = event(block, e, EventField.DAY)
        if not exposed <= stated <= min(day, exposed + within):
            continue
        if stated == exposed and precedes(event(block, e, EventField.MINUTE), minute):
            continue
        if event(block, e, EventField.MARK) == SymptomState.WORSE:
            return c.YES
        answer = c.NO
    return answer
