"""A letter that no font has stops no document: it is written out as its number, and all others stand as they were."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from assuage.cli import main
from assuage.report.look.letters import written_out
from assuage.report.svg.convert import pdf_of, png_of

ROOT = Path(__file__).parents[2]
ODD = "pain 😀 日本 \ufeffx\u2028 \ue000 \U0001f9d1\u200d\u2695\ufe0f \u0378 عرب ქართ ภาษา ✅ ᏣᎳᎩ"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("skauda šią ranką, 3 ≤ 5 ☐ ✓ – „taip“", None),
        ("Ζωή, Привет, שלום, हिन्दी", None),
        ("so tired 😀!", "so tired [U+1F600]!"),
        ("日本", "[U+65E5][U+672C]"),
        ("\ufeffa\u2028b", "[U+FEFF]a[U+2028]b"),
        ("\ue000\u0378\U000e0041", "[U+E000][U+0378][U+E0041]"),
        ("⚠\ufe0f", "[U+26A0][U+FE0F]"),
    ],
)
def test_a_letter_without_a_shape_is_its_number_and_every_other_stands(text: str, shown: str | None):
    assert written_out(text) == (text if shown is None else shown)


def test_a_picture_with_such_letters_is_drawn():
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" width="90" height="20"><text y="15">{ODD}</text></svg>'
    assert pdf_of(svg, ODD, ODD, "en").startswith(b"%PDF")
    assert png_of(svg).startswith(b"\x89PNG")


@pytest.mark.parametrize(
    "command",
    [
        ["report", "{record}", "-o", "{out}"],
        ["card", "{record}", "--reader", "gp", "-o", "{out}"],
        ["timeline", "{record}", "-o", "{out}"],
    ],
    ids=lambda command: command[0],
)
def test_every_document_on_paper_is_made_of_a_record_with_such_letters(command: list[str], tmp_path: Path):
    entries = [
        {"day": 0, "kind": "score", "scale": "pain", "value": 4, "note": ODD},
        {"day": 0, "kind": "medication", "drug": ODD, "do": "start", "because": ODD},
        {"day": 1, "kind": "finding", "what": ODD, "state": "present", "result": ODD},
        {"day": 2, "kind": "symptom", "what": ODD, "state": "new", "severity": ODD},
        {"day": 3, "kind": "note", "text": ODD},
        {"day": 4, "kind": "decision", "do": "enter", "to": "settle", "because": ODD},
    ]
    record = tmp_path / "record.json"
    plain = {
        "format": "assuage-record/2",
        "patient": {"id": ODD},
        "pathway": "neck-first",
        "entries": entries,
    }
    record.write_text(json.dumps(plain))
    out = tmp_path / "out.pdf"
    assert main([each.format(record=record, out=out) for each in command]) == 0
    assert out.read_bytes().startswith(b"%PDF")
