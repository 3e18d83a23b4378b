"""Every instrument by its id. Each module is one table of one kind of instrument."""

from __future__ import annotations

from assuage.instruments.library.beliefs import BELIEFS
from assuage.instruments.library.fibromyalgia import FIBROMYALGIA
from assuage.instruments.library.function import FUNCTION
from assuage.instruments.library.impact import IMPACT
from assuage.instruments.library.mood import MOOD
from assuage.instruments.library.neuropathic import NEUROPATHIC
from assuage.instruments.library.pain import PAIN
from assuage.instruments.library.sleep_fatigue import SLEEP_FATIGUE
from assuage.instruments.model import Instrument

INSTRUMENTS: dict[str, Instrument] = {
    instrument.id: instrument
    for group in (FIBROMYALGIA, PAIN, FUNCTION, MOOD, SLEEP_FATIGUE, NEUROPATHIC, BELIEFS, IMPACT)
    for instrument in group
}
