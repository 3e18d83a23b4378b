"""Scoring by id: an instrument, a set of criteria, or a response threshold."""

from __future__ import annotations

from assuage.catalogue.message import Wording, message
from assuage.errors import InputError, unknown_word
from assuage.instruments.criteria import CRITERIA, DECIDERS
from assuage.instruments.given import read_answers
from assuage.instruments.library import INSTRUMENTS
from assuage.instruments.reading import InputReader, shown_word
from assuage.instruments.response import RESPONSES, respond
from assuage.instruments.result import Scored
from assuage.instruments.totals import scored_total


def known_ids() -> dict[str, str]:
    """Everything that can be scored, with its title."""
    return {key: title.english for key, title in titles().items()}


def titles() -> dict[str, Wording]:
    """Everything that can be scored, with its title and the key of its translations."""
    return {
        **{instrument.id: instrument.scale.wording for instrument in INSTRUMENTS.values()},
        **{criteria.id: criteria.wording for criteria in CRITERIA.values()},
        **RESPONSES,
    }


def unknown_instrument(instrument_id: str) -> InputError:
    """The error for an id that is not known, with the nearest one."""
    unknown = unknown_word(shown_word(instrument_id), known_ids(), message("word.instrument"))
    return InputError(message("answers.unknown-instrument", what=unknown))


def score_answers(instrument_id: str, given: object) -> Scored:
    """The result for what is given, loose JSON in any of the shapes of `given`.

    Raises Problems with everything that cannot be right, InputError for an unknown id.
    """
    reading = InputReader()
    if instrument_id in INSTRUMENTS:
        instrument = INSTRUMENTS[instrument_id]
        answers = read_answers(instrument, given, reading)
        reading.finish(instrument_id)
        scored = scored_total(instrument, answers, reading)
    elif instrument_id in DECIDERS:
        held = reading.mapping("", given, "{sites: […], months: n, …}")
        reading.finish(instrument_id)
        scored = DECIDERS[instrument_id](held or {}, reading)
    elif instrument_id in RESPONSES:
        held = reading.mapping("", given, "{baseline: n, follow: n}")
        reading.finish(instrument_id)
        scored = respond(held or {}, reading)
    else:
        raise unknown_instrument(instrument_id)
    reading.finish(instrument_id)
    return scored
