"""What is known that work with the body could be a danger beside: red flags, and conditions. All of it is ours.

The conditions that ask are among the contraindications to exercise that textbooks share, written down from memory; so
they ask a person and forbid nothing.
"""

from __future__ import annotations

from collections.abc import Iterator

from assuage.catalogue.message import Message, message
from assuage.safety.situation import Situation
from assuage.terms.answers import YES
from assuage.terms.conditions import CONDITIONS

# Red flags of which moving could be a danger, beside the emergencies (ours).
STOPS_MOVEMENT = frozenset(
    {"RF_MYELOPATHY", "RF_PROGRESSIVE", "RF_INSTABILITY", "RF_FRACTURE", "RF_ARRHYTHMIA", "RF_NEW_WEAKNESS"}
)
ASKED_BEFORE_MOVING = ("recent_mi", "heart_failure_severe", "hypertension_uncontrolled", "fever_systemic")
_BESIDE_IT = (
    *(
        "heart_failure",
        "ischaemic_heart_disease",
        "heart_block",
        "arrhythmia",
        "long_qt",
        "hypotension",
        "epilepsy",
    ),
    *("pregnancy_t1", "pregnancy_t2", "pregnancy_t3", "pregnancy_ge20w"),
)


def before_moving(here: Situation) -> Iterator[Message]:
    """What a person judges before any work with the body."""
    for condition in ASKED_BEFORE_MOVING:
        if here.condition(condition) is YES:
            yield message("need.before-moving", condition=CONDITIONS[condition])


def beside_moving(here: Situation) -> tuple[Message, ...]:
    """What work with the body is fitted to; nothing where nothing of it is known."""
    known = tuple(CONDITIONS[each] for each in _BESIDE_IT if here.condition(each) is YES)
    return (message("beside.moving", conditions=known),) if known else ()
