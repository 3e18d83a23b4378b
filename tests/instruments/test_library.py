"""What the tables may and may not hold: codes, licences, wording, sources."""

from __future__ import annotations

from pathlib import Path

import pytest

import assuage.instruments
from assuage.errors import DefinitionError
from assuage.instruments import CRITERIA, INSTRUMENTS
from assuage.instruments.model import Code, Instrument, Item, Licence
from assuage.terms.sources import Status

EXPECTED = (
    "wpi sss fs fiqr gad7 phq9 phq4 isi csi ndi peg bpi_severity bpi_interference dn4 "
    "paindetect first fss psfs pgic pain_nrs pain_vas_100mm sleep_nrs fatigue_nrs fiq "
    "facit_f mfi20 pcs hads tsk11 psqi pseq odi hit6 eq5d5l eq_vas stop_bang audit_c"
)
CODES = [code for table in (*INSTRUMENTS.values(), *CRITERIA.values()) for code in table.codes]


def check_digit(code: str) -> int:
    """The Luhn digit LOINC uses (modulus 10)."""
    digits = [int(d) for d in reversed(code.split("-")[0])]
    doubled = [sum(divmod(2 * d, 10)) if n % 2 == 0 else d for n, d in enumerate(digits)]
    return -sum(doubled) % 10


def test_every_instrument_asked_for_is_there():
    assert set(EXPECTED.split()) <= set(INSTRUMENTS)
    assert set(CRITERIA) == {
        "fm_2016", "acr_2011", "acr_2010", "acr_1990", "aapt_2019", "cwp_2019", "cwp_2016", "cwp_icd11",
        "nociplastic_iasp_2021",
    }  # fmt: skip


@pytest.mark.parametrize("rejected", ["89794-0", "97546-9", "70272-0"])
def test_no_rejected_or_disputed_code_is_shipped(rejected):
    package = Path(assuage.instruments.__file__).parent
    assert not [path for path in package.rglob("*.py") if rejected in path.read_text(encoding="utf-8")]


@pytest.mark.parametrize("code", [c for c in CODES if c.code and c.system == "LOINC"], ids=lambda c: c.code)
def test_every_loinc_code_has_a_right_check_digit_and_was_verified(code):
    assert check_digit(code.code) == int(code.code[-1])
    assert code.status == "verified"


def test_a_rejected_code_cannot_be_written_down():
    with pytest.raises(DefinitionError, match="rejected code is not shipped"):
        Code("LOINC", "12345-6", "total", "rejected")


def test_wording_is_shipped_only_where_it_is_free_and_says_how_far_it_was_checked():
    worded = {i.id for i in INSTRUMENTS.values() if any(item.wording for item in i.items)}
    assert worded == {"phq9", "gad7", "phq4", "peg"}
    assert all(INSTRUMENTS[i].wording is Status.MEMORY and INSTRUMENTS[i].licence.free for i in worded)
    with pytest.raises(DefinitionError, match="not shipped"):
        Instrument("x", "X", 0, 1, Licence("needs permission", free=False), items=(Item("a", wording="A?"),))


@pytest.mark.parametrize("instrument", INSTRUMENTS.values(), ids=str)
def test_every_instrument_says_on_what_terms_it_may_be_used(instrument):
    assert instrument.licence.text
    assert all(scheme.scheme for scheme in instrument.bands)


@pytest.mark.parametrize("instrument_id", ["fiq", "facit_f", "mfi20"])
def test_an_instrument_whose_key_is_not_shipped_says_so(instrument_id):
    instrument = INSTRUMENTS[instrument_id]
    assert not instrument.items
    assert any(note.startswith("Total only") for note in instrument.notes)


def test_of_promis_only_raw_sums_are_shipped_and_the_package_says_why():
    promis = [instrument for key, instrument in INSTRUMENTS.items() if key.startswith("promis")]
    assert len(promis) == 8
    assert all((one.low, one.high) == (4, 20) for one in promis if len(one.items) == 4)
    assert not any(one.bands or one.cuts for one in promis)
    assert "Of PROMIS only raw sums are shipped" in (assuage.instruments.__doc__ or "")


def test_look_back_windows():
    windows = {"fiqr": 7, "phq9": 14, "gad7": 14, "peg": 7, "wpi": 7, "sss": 7, "isi": 14, "bpi_severity": 1}
    assert {key: INSTRUMENTS[key].recall_days for key in windows} == windows
