"""Each marked line is a mistake that the type checker must refuse. Never imported, never run."""

import assuage
from assuage.measures.criteria import Criterion
from assuage.measures.notation import PHASE_ENTRY, all_of, medication, percent, records, score
from assuage.pathways.model import Phase, Restriction, gate
from assuage.terms.drugs import TIZANIDINE
from assuage.terms.publications import CASE
from assuage.terms.scales import PAIN
from assuage.terms.sites import NECK
from assuage.terms.sources import OURS
from assuage.terms.therapies import MECHANICAL
from assuage.terms.times import days, weeks

neck = score(PAIN).at(NECK)
a = neck.past(days(7)).mean.fall_from(PHASE_ENTRY) >= 50  # MISTAKE: percent, not a number
b = medication(TIZANIDINE).time_on >= 4  # MISTAKE: a time, not a number
c = records(MECHANICAL).past(days(7)).count >= 0.5  # MISTAKE: a whole number
d = neck.past(7).worst <= 2  # MISTAKE: a time, not a number
e = neck.worst <= 2  # MISTAKE: no window
f = all_of(neck.past(days(7)).worst)  # MISTAKE: a measure is not a test
g = gate("g", "G", neck.past(days(7)).worst <= 2)  # MISTAKE: a test without a reason
h = Restriction("h", MECHANICAL, until=None, because="")  # MISTAKE: no source
i = score(PAIN).at("neck")  # MISTAKE: a site, not a string
j = Phase("j", "J", "x", leave=neck.past(weeks(1)).worst <= percent(2))  # MISTAKE: percent; no gate
k = Criterion("k", "K", neck.past(days(7)).worst <= 2, because="", numbers=OURS)  # MISTAKE: no source
l = Criterion("l", "L", neck.past(days(7)).worst, because="", source=CASE, numbers=OURS)  # MISTAKE: a measure  # noqa: E741
m = neck.past(days(7)).worst.fall_from("day 0")  # MISTAKE: an anchor, not a string
n = assuage.reviw  # MISTAKE: no such name
o = assuage.review(assuage.pathway("neck-first"), 48)  # MISTAKE: a record goes in first
