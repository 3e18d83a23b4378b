"""How the timeline looks: sizes in pixels. Its colours are the tones of `assuage.report.look.tokens`."""

from __future__ import annotations

# A phone is 360 wide and a page keeps its edges: drawn at 320, the least text stands there in more than 12 pixels.
WIDE, PHONE = 840, 320
EDGE = 8  # between the paper's edge and anything drawn
LABELS = 180  # the column of names at the left of the wide picture
TITLE, NAME, SMALL = 17.0, 13.5, 12.0
LEADING = 1.22  # a line's height as a multiple of its size
LANE, BAR, DISC = 24, 16, 8.5
SCORE_TALL, SCORE_LOW = 66, 36

# On a phone every lane is a column: what is left of the width is for words.
COLUMN, DISCS, PHONE_DAYS, PHONE_DATES = 14, 19, 26, 66
MOST_COLUMNS = {"phase": 1, "gate": 0, "medication": 5, "therapy": 4, "symptom": 0, "score": 3}
MOST_WORDS = 36  # lines of words beside the columns; the table has the rest

# Ours. A picture of more lanes than these is no longer read: the rest is counted, and the table has them all.
MOST_LANES = {"phase": 1, "gate": 4, "medication": 10, "therapy": 8, "symptom": 14, "score": 8}
# Ours: the weekly median and range take over where a day would be narrower than a mark.
MOST_DAYS = 120
