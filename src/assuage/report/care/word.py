"""The case report as a Word document: headings a reader can jump by, and no property that tells who."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any, cast

from assuage.catalogue.languages import LANGUAGES
from assuage.report.care.figures import Figure

# Word wants a date; one that says nothing of the patient or of the day of writing.
_NO_DATE = datetime(2000, 1, 1, tzinfo=UTC)


def document(report: dict[str, Any], figures: Sequence[Figure]) -> Any:
    """The document of a report, which is given as plain values."""
    from docx import Document
    from docx.enum.style import WD_STYLE_TYPE
    from docx.shared import Pt

    word_document: Any = Document()
    _properties(word_document, report)
    word_document.styles["Normal"].font.name = "Calibri"
    word_document.styles["Normal"].font.size = Pt(10.5)
    annex = word_document.styles.add_style("Annex", WD_STYLE_TYPE.PARAGRAPH)
    annex.base_style = word_document.styles["Normal"]
    annex.font.bold, annex.font.size = True, Pt(13)
    words = report["words"]
    if report["draft"]:
        word_document.sections[0].header.paragraphs[0].text = words["draft"]
    word_document.add_paragraph(report["title"], style="Title")
    for notice in report["notices"]:
        word_document.add_paragraph(notice).runs[0].italic = True
    word_document.add_paragraph(words["gaps"], style="Annex")
    for gap in report["gaps"]:
        paragraph = word_document.add_paragraph(style="List Bullet")
        paragraph.add_run(f"{gap['id']} {gap['title']} ({gap['state']})").bold = True
        paragraph.add_run(f": {gap['text']}")
    if not report["gaps"]:
        word_document.add_paragraph(words["no gaps"])
    _list(word_document, words["claims"], report["claims"])
    for section in report["sections"]:
        word_document.add_paragraph(f"{section['number']}. {section['title']}", style="Heading 1")
        for item in section["items"]:
            _item(word_document, item, words)
        for figure in figures:
            if figure.section == section["number"]:
                _picture(word_document, figure)
        if section["number"] == 9 and section["tables"]:
            word_document.add_paragraph(words["tidier"], style="Heading 2")
        for table in section["tables"]:
            _table(word_document, table)
    _list(word_document, words["references"], report["references"], style="List Number")
    word_document.add_paragraph(report["facts"]["caption"], style="Annex")
    _table(word_document, report["facts"], caption=False)
    return word_document


def _properties(word_document: Any, report: dict[str, Any]) -> None:
    from docx.oxml.ns import qn

    core = word_document.core_properties
    core.author = core.last_modified_by = core.comments = core.subject = core.category = ""
    core.title, core.language, core.keywords = report["title"][:250], report["language"], ""
    core.created = core.modified = core.last_printed = _NO_DATE
    core.revision = 1
    for run in word_document.styles.element.iter(qn("w:lang")):
        run.set(qn("w:val"), LANGUAGES[report["language"]].tag)


def _item(word_document: Any, item: dict[str, Any], words: dict[str, str]) -> None:
    word_document.add_paragraph(f"{item['id']} {item['title']} ({words[item['state']]})", style="Heading 2")
    if item["reason"]:
        word_document.add_paragraph(f"{words['not applicable']}: {item['reason']}")
        return
    for sentence in item["sentences"]:
        paragraph = word_document.add_paragraph(sentence["text"])
        source = (
            sentence["marks"]
            if sentence["by"] == "record"
            else f"{sentence['marks']} ({words[sentence['by']]})"
        )
        if source.strip():
            paragraph.add_run(f" {source}").font.superscript = sentence["by"] == "record"
    if not item["sentences"]:
        word_document.add_paragraph(words["not recorded"]).runs[0].italic = True
    for gap in item["gaps"]:
        word_document.add_paragraph(gap, style="List Bullet").runs[0].italic = True


def _picture(word_document: Any, figure: Figure) -> None:
    from docx.shared import Cm

    shape = word_document.add_picture(
        io.BytesIO(figure.content if isinstance(figure.content, bytes) else b""), width=Cm(16)
    )
    # What a reader who cannot see the picture hears instead.
    shape._inline.docPr.set("descr", figure.alt)
    word_document.add_paragraph(figure.caption, style="Caption")


def _table(word_document: Any, table: dict[str, Any], *, caption: bool = True) -> None:
    import docx.oxml.parser as parser

    _element = cast("Any", parser).OxmlElement

    if caption:
        word_document.add_paragraph(table["caption"], style="Caption")
    drawn = word_document.add_table(
        rows=1 + len(table["rows"]), cols=len(table["head"]), style="Light Grid Accent 1"
    )
    rows = [table["head"], *table["rows"]]
    # Cells by their own list: asking the table for each of them takes a time that grows with its square.
    for cell, text in zip(drawn._cells, (text for row in rows for text in row), strict=True):
        cell.paragraphs[0].add_run(text)
    drawn.rows[0]._tr.get_or_add_trPr().append(_element("w:tblHeader"))
    word_document.add_paragraph()


def _list(word_document: Any, heading: str, texts: list[str], style: str = "List Bullet") -> None:
    if texts:
        word_document.add_paragraph(heading, style="Annex")
        for text in texts:
            word_document.add_paragraph(text, style=style)
