"""The numbers that stand for nodes in a lowered program; kernels read them, nothing else gives them meaning."""

from __future__ import annotations

from typing import Final

# Truth in two bits: known to be so, known not to be so; neither bit is unknown.
UNKNOWN_: Final = 0
YES_: Final = 1
NO_: Final = 2

# Measures: the columns of `Program.measures`, and the kinds in the first of them.
M_KIND: Final = 0
M_SOURCE: Final = 1  # row of the day values
M_WINDOW: Final = 2  # one of the windows below
M_SPAN: Final = 3  # days of a past window, or of "within"
M_NEED: Final = 4
M_HOW: Final = 5
M_STREAM: Final = 6  # sessions or courses it counts
M_ONSET: Final = 7
M_PLACE: Final = 8  # row of `here`, -1 for anywhere
M_TOLD: Final = 9  # 1 where silence is only an answer if the patient told anything
M_ANCHOR: Final = 10  # window code of the anchor of a fall
M_WIDTH: Final = 11

SUMMARY: Final = 0
FALL: Final = 1
RISE: Final = 2
COUNT: Final = 3
TIME_ON: Final = 4
TIME_IN_PHASE: Final = 5

PAST: Final = 0
SINCE_START: Final = 1
SINCE_ENTRY: Final = 2
SINCE_ONSET: Final = 3

HIGHEST: Final = 0
LOWEST: Final = 1
MEAN: Final = 2
LATEST: Final = 3
SLOPE: Final = 4

# Leaves: the columns of `Program.leaves`.
L_KIND: Final = 0
L_MEASURE: Final = 1
L_OP: Final = 2
L_STREAM: Final = 3
L_FIRST: Final = 4  # first and last of its items in `Program.items`
L_LAST: Final = 5
L_WINDOW: Final = 6
L_SPAN: Final = 7
L_ONSET: Final = 8
L_HOW: Final = 9
L_WIDTH: Final = 10

COMPARE: Final = 0
KNOWN: Final = 1
TAKING: Final = 2
SYMPTOM: Final = 3
WORSE_AFTER: Final = 4
FINDING: Final = 5
FLAGS: Final = 6

AT_MOST: Final = 0
BELOW: Final = 1
AT_LEAST: Final = 2
ABOVE: Final = 3
EQUAL: Final = 4

PRESENT: Final = 0
APPEARED: Final = 1

# Postfix code of tests: the operation and its operand.
PUSH: Final = 0  # leaf
AND: Final = 1  # how many
OR: Final = 2  # how many
NOT: Final = 3
ASSUME: Final = 4  # the answer
CUT: Final = 5  # a part of a whole that needs every part: if it is no, so is the whole

# What a symptom's statement says.
SAID_PRESENT: Final = 0
SAID_GONE: Final = 1
SAID_WORSE: Final = 2

# What a session's mark holds.
SURE: Final = 1
SESSION: Final = 2

D_ENTER: Final = 0
# Decisions: what is done, in the order of DECISIONS; the phase is in the event's place (-1: none named).
DECISIONS: Final = ("enter", "advance", "return", "override", "hold", "leave")
D_ADVANCE: Final = 1
D_RETURN: Final = 2
D_OVERRIDE: Final = 3
D_HOLD: Final = 4
D_LEAVE: Final = 5
UNKNOWN_PHASE: Final = -2

ANYWHERE: Final = -1
NO_DAY: Final = -(2**30)
END_OF_DAY: Final = 1440

# The packed program: where each table begins, and how many there are of what.
(
    P_MEASURES,
    P_LEAVES,
    P_EXACT,
    P_ITEMS,
    P_CODE,
    P_TEST_FIRST,
    P_DEPENDS,
    P_LEAF_DEPENDS,
    P_ONSET_FIRST,
    P_ONSET_PLACE,
    P_PLACES,
    P_WITHIN,
    P_GATE_FIRST,
    P_GATE_TESTS,
    P_PHASE_ENTER,
    P_PHASE_LEAVE,
    P_BACK_FIRST,
    P_BACK_TO,
    P_BACK_GATE,
    P_HELD_OFF,
    P_SOURCE_RULE,
    P_SOURCE_TIME,
    P_WAIT,  # phase: for how many days at least no gate leads on, and for how many none leads back
) = range(23)
N_SITES: Final = 23
N_PHASES: Final = 24
N_CRITERIA: Final = 25
N_LEAVES: Final = 26
N_SOURCES: Final = 27
N_STREAMS: Final = 28
N_RESTRICTIONS: Final = 29
N_GATES: Final = 30
P_BACK: Final = 31  # how many days before the start a day value can still matter; -1 for any number
P_DECISIONS: Final = 32  # the stream of decisions
P_DEPTH: Final = 33  # how many answers a test holds at most while it is worked out
P_FLAGGING: Final = 34  # the stream of what raises and clears red flags; its mark: whether gates are shut
P_HEADER: Final = 35

# The packed block: sizes, and where each table begins.
B_FIRST: Final = 0  # the day of the first row
B_DAYS: Final = 1
B_LANES: Final = 2
B_STARTED: Final = 3  # lane: the first day of the pathway
B_UNTIL: Final = 4  # lane: the last day that is looked at
B_MEDICATED: Final = 5  # lane: the first day on which any medication was recorded
B_TOLD: Final = 6  # day (one more), lane: on how many days before this one the patient told anything
B_BEGIN: Final = 7  # stream, lane: its first event
B_END: Final = 8
B_EVENTS: Final = 9
B_PARTS: Final = 10  # scratch: what is said of each site of a symptom
B_STACK: Final = 11  # scratch: answers while a test is worked out
B_HIGH: Final = 12  # where the high ends lie among the values; 0 while no value is a range
B_PLANE: Final = 13  # source: its plane of the values; one more at the end, which is empty
B_HEADER: Final = 14

# The columns of an event.
E_DAY: Final = 0
E_MARK: Final = 1
E_SITE: Final = 2  # where, or the phase of a decision; -1 for nowhere in particular
E_HERE: Final = 3  # two bits for each list of sites: the answer whether it was there
E_MINUTE: Final = 4  # of the day; -1 for no time
E_WIDTH: Final = 5
