"""Every set of criteria by its id, and the function that decides it. One module for each idea."""

from __future__ import annotations

from collections.abc import Callable

from assuage.instruments.criteria.aapt_2019 import AAPT_2019, decide_aapt_2019
from assuage.instruments.criteria.acr_1990 import ACR_1990, decide_acr_1990
from assuage.instruments.criteria.acr_2010_2011 import (
    ACR_2010,
    ACR_2011,
    decide_acr_2010,
    decide_acr_2011,
)
from assuage.instruments.criteria.fm_2016 import FM_2016, decide_fm_2016
from assuage.instruments.criteria.nociplastic import NOCIPLASTIC_2021, decide_nociplastic
from assuage.instruments.criteria.widespread import (
    CWP_2016,
    CWP_2019,
    CWP_ICD11,
    decide_cwp_2016,
    decide_cwp_2019,
    decide_cwp_icd11,
)
from assuage.instruments.model import Criteria
from assuage.instruments.reading import InputReader
from assuage.instruments.result import Scored

Decider = Callable[[dict[str, object], InputReader], Scored]

CRITERIA: dict[str, Criteria] = {
    criteria.id: criteria
    for criteria in (
        FM_2016,
        ACR_2011,
        ACR_2010,
        ACR_1990,
        AAPT_2019,
        CWP_2019,
        CWP_2016,
        CWP_ICD11,
        NOCIPLASTIC_2021,
    )
}

DECIDERS: dict[str, Decider] = {
    FM_2016.id: decide_fm_2016,
    ACR_2011.id: decide_acr_2011,
    ACR_2010.id: decide_acr_2010,
    ACR_1990.id: decide_acr_1990,
    AAPT_2019.id: decide_aapt_2019,
    CWP_2019.id: decide_cwp_2019,
    CWP_2016.id: decide_cwp_2016,
    CWP_ICD11.id: decide_cwp_icd11,
    NOCIPLASTIC_2021.id: decide_nociplastic,
}
