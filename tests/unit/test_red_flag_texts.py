"""What a red flag says holds for everybody who has it: nothing of one patient stands in the table."""

from __future__ import annotations

import pytest

from assuage.cli import main
from assuage.terms.red_flags import RED_FLAGS

MAN = """format: assuage-record/1
patient: {id: jonas, sex: male, age: 40}
entries:
- {day: 0, kind: red_flag_check, flags: {cauda: present}}
"""


@pytest.mark.parametrize(
    ("language", "action"), [("en", "same-day MRI and surgery"), ("lt", "MRT ir operacija")]
)
def test_a_man_with_a_cauda_syndrome_is_told_nothing_of_another_patients_disc(
    language, action, tmp_path, capsys
):
    record = tmp_path / "record.yaml"
    record.write_text(MAN, encoding="utf-8")
    main(["review", str(record), "--lang", language])
    text = " ".join(capsys.readouterr().out.split())
    assert action in text
    assert "L4/5" not in text


@pytest.mark.parametrize("flag", RED_FLAGS.values(), ids=lambda flag: flag.id)
def test_no_red_flag_says_what_the_patient_has(flag):
    assert "patient has" not in flag.action
    assert "patient has" not in flag.trigger
