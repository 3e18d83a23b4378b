"""What is to be done, as messages: the actions of recommendations and the doses in them."""

from __future__ import annotations

from typing import assert_never

from assuage.catalogue.message import Message, Wording, message
from assuage.pathways.actions import Action, Extend, Perform, PlannedDose, Refer, Start, Stop, Titrate
from assuage.record.entries import Dose
from assuage.record.kinds import RATES, UNITS
from assuage.terms.times import TimeOfDay
from assuage.words.measures import interval_message, places_message


def message_of(value: object) -> Message | None:
    """The message of an action or a dose; None for anything else."""
    match value:
        case Start() | Titrate() | Stop() | Perform() | Extend() | Refer():
            return action_message(value)
        case PlannedDose(amount, unit, when):
            return dose_message(amount, unit, Wording("dose.when", when))
        case Dose(amount, unit, when):
            return dose_message(amount, unit, recorded_time(when))
        case _:
            return None


def action_message(action: Action) -> Message:
    """`start tizanidine, 2 mg morning and 4 mg evening`."""
    match action:
        case Start(drug, doses):
            return message("action.start", drug=drug, doses=doses)
        case Titrate(drug, by, every, up_to):
            return message("action.titrate", drug=drug, by=by, every=interval_message(every), up_to=up_to)
        case Stop(drug):
            return message("action.stop", drug=drug)
        case Perform(therapy, at, every, times, manner, _):
            return message(
                "action.perform",
                therapy=therapy,
                places=places_message(at),
                every=interval_message(every),
                times=times,
                how=Wording("action.how", manner) if manner else None,
            )
        case Extend(therapy, to, _):
            return message("action.extend", therapy=therapy, site=to)
        case Refer(to):
            return message("action.refer", therapy=to)
        case _:
            assert_never(action)


def dose_message(amount: float, unit: str, when: Wording | str | None) -> Message:
    """`2 mg morning`, `5 g`."""
    return message("dose", amount=amount, unit=unit_word(unit), when=when)


def unit_word(unit: str) -> Wording | str:
    """A unit by the key of its translations; one that we do not know, as it was written."""
    return Wording(f"unit.{unit}", unit) if unit in UNITS - RATES else unit


def recorded_time(when: str | None) -> Wording | str | None:
    """When a recorded dose is taken: our word for a time of day, any other as it was written."""
    known = when is not None and when in {time.value for time in TimeOfDay}
    return Wording("dose.when", when) if known and when else when
