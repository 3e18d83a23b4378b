"""Manuscript and companion in every form of file: headings, tags, language, and text that stays text."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from docx import Document
from pypdf import PdfReader

from assuage.cli import main
from assuage.report.care.checklist import SECTIONS
from tests.report_care.case_files import CASE, TEXT, small, written_to

HOSTILE = '#panic("x") <script>alert(1)</script> $x$ *b* _i_ @r [a](javascript:1) {{ 7*7 }} ]]></w:t> | \\ `c` &amp;'


def test_a_word_document_opens_with_thirteen_headings_and_tells_nothing_of_its_maker(tmp_path: Path):
    made = Document(str(written_to(tmp_path, "docx", None, "--text", str(TEXT))))
    headings = [p.text for p in made.paragraphs if p.style.name == "Heading 1"]
    assert headings == [f"{n}. {title}" for n, title in enumerate(SECTIONS, start=1)]
    told = made.core_properties
    assert (told.author, told.last_modified_by, told.comments) == ("", "", "")
    assert len(made.inline_shapes) == 2
    assert made.inline_shapes[0]._inline.docPr.get("descr").startswith("Timeline from day")
    assert not made.tables


def test_the_companion_stands_beside_the_manuscript_in_the_same_form(tmp_path: Path):
    written_to(tmp_path, "docx")
    companion = Document(str(tmp_path / "report.companion.docx"))
    assert [len(table.columns) for table in companion.tables] == [3, 3, 6]


@pytest.mark.parametrize("form", ["docx", "pdf", "html", "md"])
def test_a_folder_holds_both_documents(tmp_path: Path, form: str):
    folder = tmp_path / "report"
    assert main(["report", str(CASE), "-o", str(folder), "--to", form]) == 0
    assert {f"manuscript.{form}", f"companion.{form}"} <= {path.name for path in folder.iterdir()}


@pytest.mark.parametrize("lang", ["en", "lt"])
@pytest.mark.parametrize(("part", "word"), [("", "{n}. "), (".companion", "")])
def test_a_pdf_is_tagged_has_a_title_and_a_language_and_keeps_lithuanian_letters(
    tmp_path: Path, lang: str, part: str, word: str
):
    written_to(tmp_path, "pdf", None, "--lang", lang)
    reader = PdfReader(tmp_path / f"report{part}.pdf")
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == lang
    assert "/StructTreeRoot" in root
    assert b"pdfuaid" in root["/Metadata"].get_data()
    assert reader.metadata is not None
    assert reader.metadata.title
    text = "\n".join(page.extract_text() for page in reader.pages)
    assert ("Gydymas" if lang == "lt" else "Therapeutic intervention") in text
    assert "CreationDate" not in str(reader.metadata)


@pytest.mark.parametrize("form", ["md", "html", "pdf", "docx", "json"])
def test_markup_in_notes_is_text_and_nothing_else(tmp_path: Path, form: str):
    plain = small(
        {"day": 0, "kind": "symptom", "what": HOSTILE, "state": "present", "note": HOSTILE},
        {"day": 1, "kind": "medication", "drug": HOSTILE, "do": "start", "because": HOSTILE},
        {"day": 2, "kind": "note", "text": HOSTILE},
    )
    path = written_to(tmp_path, form, plain)
    if form == "html":
        assert "<script" not in path.read_text(encoding="utf-8")
    elif form == "md":
        assert not re.search(r"(?<!\\)<script", path.read_text(encoding="utf-8"))
    elif form == "docx":
        assert any(HOSTILE in p.text for p in Document(str(path)).paragraphs)
    elif form == "pdf":
        text = "".join(page.extract_text() for page in PdfReader(path).pages)
        assert "#panic" in text
        assert "49" not in text
    else:
        plain_text = json.dumps(json.loads(path.read_text(encoding="utf-8")), ensure_ascii=False)
        assert HOSTILE in plain_text.replace("\\\\", "\\").replace('\\"', '"')


@pytest.mark.parametrize("form", ["md", "html", "pdf", "docx", "json"])
@pytest.mark.parametrize("plain", [small(), small({"day": 3, "kind": "note", "text": "hello\tthere\n\nyou"})])
def test_an_empty_record_and_one_of_a_single_note_have_a_report_too(
    tmp_path: Path, form: str, plain: dict[str, object]
):
    assert written_to(tmp_path, form, plain).stat().st_size > 500


@pytest.mark.parametrize("form", ["html", "md"])
def test_no_picture_of_a_manuscript_names_the_patient(tmp_path: Path, form: str):
    out = written_to(tmp_path, form)
    assert main(["report", str(CASE), "-o", str(out), "--force"]) == 0
    text = out.read_text(encoding="utf-8")
    drawn = [text.partition("<svg")[2], *(each.read_text("utf-8") for each in tmp_path.glob("*.svg"))]
    assert any("svg" in each or "<path" in each for each in drawn)
    assert [each for each in drawn if "case-2026" in each] == []


@pytest.mark.parametrize("part", ["", ".companion"])
def test_a_page_holds_everything_and_asks_nobody(tmp_path: Path, part: str):
    written_to(tmp_path, "html")
    page = (tmp_path / f"report{part}.html").read_text(encoding="utf-8")
    assert '<html lang="en">' in page
    assert not re.search(r"""(?:src|href)=["']?(?:https?:)?//""", page)


def test_the_page_of_the_manuscript_has_thirteen_headings(tmp_path: Path):
    page = written_to(tmp_path, "html").read_text(encoding="utf-8")
    assert len(re.findall("<h2>", page)) == 13


def test_a_file_is_not_written_over_unasked(tmp_path: Path):
    target = written_to(tmp_path, "md")
    assert main(["report", str(CASE), "-o", str(target)]) == 2


def test_an_unknown_form_is_refused_before_anything_is_done(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    assert main(["report", str(CASE), "-o", str(tmp_path / "r.odt")]) == 2
    assert ".docx" in capsys.readouterr().err


def test_the_earlier_spelling_of_the_stage_is_refused_with_the_new_one(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    with pytest.raises(SystemExit, match="2"):
        main(["report", str(CASE), "--for", "publication", "-o", str(tmp_path / "r.pdf")])
    assert "--stage" in capsys.readouterr().err


@pytest.mark.parametrize("lang", ["en", "lt"])
@pytest.mark.parametrize("part", ["", ".companion"])
def test_what_a_person_wrote_is_marked_as_of_no_stated_language(tmp_path: Path, lang: str, part: str):
    written_to(tmp_path, "html", None, "--lang", lang)
    page = (tmp_path / f"report{part}.html").read_text(encoding="utf-8")
    assert f'<html lang="{lang}">' in page
    assert '<span lang="und">massages enjoyed before now make it worse</span>' in page


@pytest.mark.parametrize("lang", ["en", "lt"])
@pytest.mark.parametrize("part", ["", ".companion"])
def test_what_a_person_wrote_is_marked_so_on_paper_too(tmp_path: Path, lang: str, part: str):
    written_to(tmp_path, "pdf", None, "--lang", lang)
    paper = PdfReader(tmp_path / f"report{part}.pdf")
    contents = [page.get_contents() for page in paper.pages]
    drawn = b"".join(each.get_data() for each in contents if each is not None)
    assert {word.replace(b" ", b"") for word in re.findall(rb"/Lang ?\([a-z]+\)", drawn)} >= {b"/Lang(und)"}
