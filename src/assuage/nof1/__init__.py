"""A randomised re-challenge of one patient: planned, its order drawn, its diary read.

`plan` is the trial as a value, `order` the draw, `power` what it can show, `analyse` what it showed, `checklists` the
SPENT and CENT items, consent and stopping rules; `series` pools trials of several patients. Nothing here is shown: that
is `assuage.report.nof1`.
"""
