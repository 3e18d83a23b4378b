"""Findings and red flags: what was last found, what was checked, and what shuts every gate."""

from __future__ import annotations

from collections.abc import Mapping

from tests.oracle import words
from tests.oracle.answers import NO, UNKNOWN, YES
from tests.oracle.moment import Moment
from tests.oracle.pages import says
from tests.oracle.symptoms import WORSE, speaks_of


@says("symptoms", "A finding is present or abnormal absent or normal or unknown")
@says("nodes", "Whether a condition was last found to be present.")
@says("symptoms", "What was last found unknown is unknown")
def was_found(now: Moment, condition: str) -> str:
    answer = UNKNOWN
    for entry in now.known:
        if (
            entry.kind == "finding"
            and words.conditions().get(words.folded(entry.fields["what"])) == condition
        ):
            answer = {"present": YES, "abnormal": YES, "absent": NO, "normal": NO}.get(
                entry.fields["state"], UNKNOWN
            )
    return answer


@says("nodes", "Whether each red flag was last checked in the window and found absent.")
@says("symptoms", "Red flags are clear when each was checked and found absent")
@says("symptoms", "A check before the onset clears nothing")
@says("symptoms", "The latest check of the window stands whatever the hour of the onset")
def clear(now: Moment, flag: str, days: range) -> str:
    answer = UNKNOWN
    for entry in now.known:
        if entry.kind == "red_flag_check" and entry.day in days:
            for written, state in entry.fields["flags"].items():
                if _flag(written) == flag:
                    answer = {"present": NO, "absent": YES}.get(state, UNKNOWN)
    return answer


@says(
    "red-flags",
    "A flag of tier stop shuts every gate until a person clears it: a later check that finds it absent, or a "
    "decision `override` whose reason names the flag. That the symptom went away does not clear it.",
    "A check that finds a flag present raises it, and new or worse numbness, at any place, raises its own.",
    "A condition raises only the alert of its flag, while it is found; it shuts no gate.",
)
def standing(now: Moment) -> frozenset[str]:
    """The red flags that shut every gate at the end of a day."""
    raised: set[str] = set()
    absent_since: set[str] = set()
    for entry in now.known:
        if entry.kind == "symptom" and entry.fields["state"] in WORSE and speaks_of(entry, "numbness"):
            raised.add(words.flag_of_new_numbness())
            absent_since.clear()
        elif entry.kind == "red_flag_check":
            _checked(
                {_flag(name): state for name, state in entry.fields["flags"].items()}, raised, absent_since
            )
        elif entry.kind == "decision" and entry.fields["do"] == "override":
            raised -= {flag for flag in raised if _names(entry.fields["because"], flag)}
    return frozenset(raised) & words.flags_that_shut_gates()


@says(
    "red-flags",
    "New numbness is also cleared by the three checks it asks for (RF_DISSECTION, RF_MYELOPATHY, RF_PROGRESSIVE), in "
    "one entry or in several, once each was last found absent since numbness was last new or worse, or was last "
    "checked and found present.",
)
@says("moves", "An old check does not clear numbness that a later one finds")
def _checked(states: Mapping[str, str], raised: set[str], absent_since: set[str]) -> None:
    """What a check raises and clears."""
    numbness = words.flag_of_new_numbness()
    for flag, state in states.items():
        if state == "absent":
            raised.discard(flag)
            absent_since.add(flag)
        elif state == "present":
            raised.add(flag)
            absent_since.discard(flag)
    if states.get(numbness) == "present":
        absent_since.clear()
    elif absent_since >= {"RF_DISSECTION", "RF_MYELOPATHY", "RF_PROGRESSIVE"}:
        raised.discard(numbness)


def _flag(written: str) -> str:
    return words.flags()[words.folded(written)]


@says("red-flags", "A reason names a flag by its id or by its title, in capitals or not.")
def _names(reason: str, flag: str) -> bool:
    return any(name.lower() in reason.lower() for name in (flag, words.titles_of_flags()[flag]))
