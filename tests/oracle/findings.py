"""Findings and checks for red flags: what was last found, and what was checked."""

from __future__ import annotations

from tests.oracle import words
from tests.oracle.answers import NO, UNKNOWN, YES
from tests.oracle.moment import Moment
from tests.oracle.pages import says


@says("symptoms", "A finding is present or abnormal absent or normal or unknown")
@says("nodes", "Whether a condition was last found to be present.")
@says("symptoms", "What was last found unknown is unknown")
@says(
    "symptoms", "A condition that was written as a symptom is found present and is not ruled out by its end"
)
@says("symptoms", "A finding holds its days and is unknown after them")
@says("symptoms", "A fever is known for the day and a skin infection for a week")
def was_found(now: Moment, condition: str) -> str:
    answer, day = UNKNOWN, now.day
    for entry in now.known:
        if entry.kind not in ("finding", "symptom"):
            continue
        state = entry.fields["state"]
        felt = entry.kind == "symptom" and state not in ("present", "new", "worse", "better")
        if not felt and words.conditions().get(words.folded(entry.fields["what"])) == condition:
            state = "present" if entry.kind == "symptom" else state
            answer = {"present": YES, "abnormal": YES, "absent": NO, "normal": NO}.get(state, UNKNOWN)
            day = entry.day
    held = words.held(condition, answer)
    last = now.day if held is None else day + held - 1
    return answer if now.day <= last else UNKNOWN


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


def _flag(written: str) -> str:
    return words.flags()[words.folded(written)]
