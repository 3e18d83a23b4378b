"""How the timeline looks: sizes in pixels. Its colours are the tones of `assuage.report.look.tokens`."""

from __future__ import annotations

# A page leaves 302 of a narrow phone's 320 pixels: drawn at 300, its least text stands there in 14 pixels.
WIDE, PHONE = 840, 300
EDGE, PHONE_EDGE = 8, 2  # between the paper's edge and anything drawn
LABELS = 180  # the column of names at the left of the wide picture
TITLE, NAME, SMALL, PHONE_SMALL = 17.0, 13.5, 12.0, 14.0
LEADING = 1.22  # a line's height as a multiple of its size
LANE, BAR, DISC = 24, 16, 8.5
SCORE_TALL, SCORE_LOW = 66, 36

# On a phone every lane is a column: what is left of the width is for words.
COLUMN, DISCS, PHONE_DAYS, PHONE_DATES = 12, 20, 26, 46
PHONE_SIGN = 5 * PHONE_SMALL / SMALL  # as large beside its letters as on a wide sheet
MOST_COLUMNS = {"phase": 1, "gate": 0, "medication": 5, "therapy": 4, "symptom": 0, "note": 0, "score": 3}
MOST_WORDS = 36  # lines of words beside the columns; the table has the rest

# Ours. A picture of more lanes than these is no longer read: the rest is counted, and the table has them all.
MOST_LANES = {"phase": 1, "gate": 4, "medication": 10, "therapy": 8, "symptom": 14, "note": 1, "score": 8}
# Ours: the weekly median and range take over where a day would be narrower than a mark.
MOST_DAYS = 120
