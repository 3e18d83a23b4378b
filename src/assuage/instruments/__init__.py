"""Questionnaires, screens and criteria as tables, and their exact three-valued scoring.

`INSTRUMENTS` and `CRITERIA` are the tables; `assuage.instruments.scoring.score_answers` scores either by id. An
unknown item makes an interval over all completions, and an answer is yes or no only when every completion
agrees. Item wording is shipped only where it is free. Of PROMIS only raw sums are shipped: its T-scores need tables
whose terms we have not cleared. EQ-5D-5L is a profile without an index, since value sets are licensed. The FIQ,
FACIT-F and MFI-20 take totals only, as their keys are not shipped.
"""

from __future__ import annotations

from assuage.instruments.criteria import CRITERIA as CRITERIA
from assuage.instruments.library import INSTRUMENTS as INSTRUMENTS
