"""The pack answered without Assuage: the standard library, two hundred lines, no cleverness.

    python naive.py

reads every case beside it, works out the answers, and prints those that are not the expected ones. Take it as
the place to start from when you try the pack on an engine of your own.

A number is a pair (low, high), None when nothing is known of it. An answer is "yes", "no" or "unknown".
"""

from __future__ import annotations

import json
from math import inf
from pathlib import Path

YES, NO, UNKNOWN = "yes", "no", "unknown"
NOT = {YES: NO, NO: YES, UNKNOWN: UNKNOWN}
ITEMS = {
    "sss": {
        "fatigue": 3,
        "waking_unrefreshed": 3,
        "cognitive": 3,
        "headaches": 1,
        "lower_abdominal_pain_or_cramps": 1,
        "depression": 1,
    },
    "wpi": 19,  # sites of 0 or 1
}
TOLD_BY_THE_PATIENT = ("deep_massage",)


def cases():
    """Every case of the pack."""
    for file in sorted((Path(__file__).parent / "cases").glob("*.json")):
        yield from json.loads(file.read_text(encoding="utf-8"))


def all_of(answers):
    """No if one is no, yes if all are yes."""
    answers = list(answers)
    return NO if NO in answers else UNKNOWN if UNKNOWN in answers else YES


def any_of(answers):
    """Yes if one is yes, no if all are no."""
    return NOT[all_of(NOT[one] for one in answers)]


def compare(number, op, bound):
    """The answer on which both ends of a number agree."""
    if number is None:
        return UNKNOWN
    low, high, bound = round(number[0], 9), round(number[1], 9), round(bound, 9)
    holds = {
        "<=": (high <= bound, low > bound),
        "<": (high < bound, low >= bound),
        ">=": (low >= bound, high < bound),
        ">": (low > bound, high <= bound),
        "=": (low == high == bound, bound < low or bound > high),
    }
    return YES if holds[op][0] else NO if holds[op][1] else UNKNOWN


class Patient:
    """The rows of a case, asked at the end of a day."""

    def __init__(self, rows):
        self.rows = rows

    def of(self, kind, what, first, last):
        """The rows of a kind from day `first` to day `last`, in order."""
        found = [r for r in self.rows if (r["kind"], r["what"]) == (kind, what) and first <= r["day"] <= last]
        return sorted(found, key=lambda row: (row["day"], row.get("time", "")))

    def day_values(self, what, first, last):
        """A number for each day on which one was said: of several the worst, of a questionnaire the sum."""
        found = {}
        for row in self.of("score", what, first, last):
            low, high = row.get("low", row.get("value")), row.get("high", row.get("value"))
            if low is not None:
                before = found.get(row["day"], (low, high))
                found[row["day"]] = (max(before[0], low), max(before[1], high))
        for day in sorted({row["day"] for row in self.of("answer", what, first, last)}):
            said = {row["item"]: row["value"] for row in self.of("answer", what, day, day)}
            most = ITEMS[what]
            highest = most if isinstance(most, dict) else dict.fromkeys(said, 1)
            known = sum(value for value in said.values() if value is not None)
            open_ = sum(top for name, top in highest.items() if said.get(name) is None)
            found[day] = (known, known + open_)
        return found

    def number(self, measure, day, entered):
        """A measure on a day."""
        if "fall" in measure:
            return self.fall(measure["fall"], day)
        (how, what), window = next(iter(measure.items())), measure["window"]
        first = (
            day - window["past"] + 1 if "past" in window else {"start": 0, "entry": entered}[window["since"]]
        )
        needing = window.get("needing", 1)
        if how == "count":
            return self.count(what, first, day, needing)
        values = list(self.day_values(what, first, day).values())
        if len(values) < needing:
            return None
        low, high = [value[0] for value in values], [value[1] for value in values]
        if how == "last":
            return values[-1]
        pick = {"worst": max, "best": min, "mean": lambda ends: sum(ends) / len(ends)}[how]
        return pick(low), pick(high)

    def count(self, what, first, day, needing):
        """How many sessions: silence is none for what the clinic writes down, else only where the patient told."""
        sessions = self.of("session", what, first, day)
        sure = sum(1 for row in sessions if row.get("sure", True))
        told = {row["day"] for row in self.rows if row.get("by") == "patient" and first <= row["day"] <= day}
        if what in TOLD_BY_THE_PATIENT and len(told) < needing:
            return (sure, inf) if sure else None
        return sure, len(sessions)

    def fall(self, measure, day):
        """The fall in percent from the first day since day 0 on which the measure is known."""
        now = self.number(measure, day, 0)
        first = next((one for at in range(day + 1) if (one := self.number(measure, at, 0)) is not None), None)
        if now is None or first is None or first[0] <= 0:
            return None
        return 100 * (first[0] - now[1]) / first[0], 100 * (first[1] - now[0]) / first[1]

    def answer(self, ask, day, entered=0):
        """The answer to a question on a day, in a phase entered on day `entered`."""
        match ask:
            case {"compare": measure, "is": op, "to": bound}:
                return compare(self.number(measure, day, entered), op, bound)
            case {"known": measure}:
                return NO if self.number(measure, day, entered) is None else YES
            case {"all": tests}:
                return all_of(self.answer(one, day, entered) for one in tests)
            case {"any": tests}:
                return any_of(self.answer(one, day, entered) for one in tests)
            case {"none": tests}:
                return NOT[any_of(self.answer(one, day, entered) for one in tests)]
            case {"assume": test, "unknown_is": read_as}:
                got = self.answer(test, day, entered)
                return read_as if got == UNKNOWN else got
            case {"found": what}:
                states = self.of("finding", what, -inf, day)
                return {"present": YES, "absent": NO}.get(states[-1]["state"], UNKNOWN) if states else UNKNOWN
            case {"taken": drug}:
                if not any(row["kind"] == "medication" and row["day"] <= day for row in self.rows):
                    return UNKNOWN
                acts = self.of("medication", drug, -inf, day)
                return YES if acts and acts[-1]["do"] != "stop" else NO
            case {"in_phase": name, "phases": phases}:
                return YES if self.phase(phases, day) == name else NO
        raise ValueError(f"no such question: {ask}")

    def phase(self, phases, until):
        """Where a patient is who was in the first phase on day 0 and moved once a day at most."""
        at, entered = 0, 0
        numbers = {phase["id"]: number for number, phase in enumerate(phases)}
        for day in range(1, until + 1):
            here = phases[at]
            is_open = [
                numbers[back["to"]]
                for back in here.get("back", ())
                if all_of(self.answer(one, day, entered) for one in back["when"]) == YES
            ]
            if at + 1 < len(phases):
                gates = [*here.get("leave", ()), *phases[at + 1].get("enter", ())]
                if all_of(self.answer(one, day, entered) for one in gates) == YES:
                    is_open.append(at + 1)
            if is_open:
                at, entered = is_open[0], day
        return phases[at]["id"]


def wrong(case):
    """The days of a case that are answered differently, with the answer given."""
    patient = Patient(case["rows"])
    given = {day: patient.answer(case["ask"], int(day)) for day in case["expected"]}
    return {day: said for day, said in given.items() if said != case["expected"][day]}


if __name__ == "__main__":
    failed = 0
    for one in cases():
        if days := wrong(one):
            failed += 1
            print(f"{one['id']}: expected {one['expected']}, but {days}")
    print(f"{failed} cases are answered differently")
