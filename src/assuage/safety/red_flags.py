"""Red flags that the record itself raises, written as criteria so that they explain themselves.

A flag that a person found present stops the needle and the hands. New numbness does so until a
neurological and vascular check after its onset has cleared it (RF_NEW_NUMBNESS).
"""

from __future__ import annotations

from assuage.measures.criteria import Criterion
from assuage.measures.notation import all_of, none_of, onset, red_flags, symptom
from assuage.terms.publications import PUBLICATIONS
from assuage.terms.red_flags import NEURO_VASCULAR_CHECK, NEW_NUMBNESS
from assuage.terms.symptoms import NUMBNESS_FELT

new_numbness_unchecked = Criterion(
    "new-numbness-unchecked",
    "New numbness has appeared and has not been examined",
    all_of(
        symptom(NUMBNESS_FELT).appeared,
        none_of(
            red_flags(*NEURO_VASCULAR_CHECK)
            .since(onset(NUMBNESS_FELT))
            .clear.assumed(False, because="an examination that is not recorded has not cleared anything")
        ),
    ),
    because=NEW_NUMBNESS.action,
    source=PUBLICATIONS["ICHD3"],
)
