"""Manuscript and companion as Word documents: headings to jump by, and no property that tells who."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, cast

from assuage.catalogue.languages import LANGUAGES

# Word wants a date; one that says nothing of the patient or of the day of writing.
_NO_DATE = datetime(2000, 1, 1, tzinfo=UTC)


def manuscript_document(report: dict[str, Any], pictures: Mapping[str, str | bytes]) -> Any:
    """The manuscript, which is given as plain values. What the authors must decide is highlighted."""
    word_document = _begun(report, report["title"])
    words = report["words"]
    if report["draft"]:
        _list(word_document, words["draft"], report["notices"])
    for section in report["sections"]:
        word_document.add_paragraph(f"{section['number']}. {section['title']}", style="Heading 1")
        for paragraph in section["paragraphs"]:
            _paragraph(word_document, paragraph["sentences"])
        for figure in report["figures"]:
            content = pictures.get(figure["name"])
            if figure["section"] == section["number"] and isinstance(content, bytes):
                _picture(word_document, figure, words["figure"], content)
    _list(word_document, words["references"], report["references"], style="List Number")
    return word_document


def companion_document(report: dict[str, Any]) -> Any:
    """The companion, which is given as plain values."""
    words = report["words"]
    word_document = _begun(report, f"{words['companion']}: {report['title']}")
    for notice in report["notices"]:
        word_document.add_paragraph(notice).runs[0].italic = True
    word_document.add_paragraph(words["checklist"], style="Heading 1")
    _table(
        word_document,
        (words["item"], words["state"], words["place"]),
        ((f"{i['id']} {i['title']}", words[i["state"]], i["reason"] or i["place"]) for i in report["items"]),
    )
    word_document.add_paragraph(words["gaps"], style="Heading 1")
    lacking = [item for item in report["items"] if item["gaps"]]
    if lacking:
        rows = ((f"{i['id']} {i['title']}", "; ".join(i["gaps"]), i["who"]) for i in lacking)
        _table(word_document, (words["item"], words["missing"], words["who"]), rows)
    else:
        word_document.add_paragraph(words["no gaps"])
    for heading, texts in ((words["claims"], report["claims"]), (words["doubts"], report["doubts"])):
        if texts:
            word_document.add_paragraph(heading, style="Heading 1")
            for text in texts:
                word_document.add_paragraph(text, style="List Bullet")
    word_document.add_paragraph(words["provenance"], style="Heading 1")
    head = ("", words["sentence"], words["entries"], words["speakers"], words["rule"], words["source"])
    columns = ("place", "text", "entries", "speakers", "rule", "sources")
    _table(word_document, head, ([row[c] for c in columns] for row in report["provenance"]))
    word_document.add_paragraph(words["made"])
    return word_document


def _begun(report: dict[str, Any], title: str) -> Any:
    from docx import Document
    from docx.enum.style import WD_STYLE_TYPE
    from docx.shared import Pt

    word_document: Any = Document()
    _properties(word_document, report, title)
    word_document.styles["Normal"].font.size = Pt(11)
    annex = word_document.styles.add_style("Annex", WD_STYLE_TYPE.PARAGRAPH)
    annex.base_style = word_document.styles["Normal"]
    annex.font.bold, annex.font.size = True, Pt(13)
    if report["draft"]:
        word_document.sections[0].header.paragraphs[0].text = report["words"]["draft"]
    word_document.add_paragraph(title, style="Title")
    return word_document


def _properties(word_document: Any, report: dict[str, Any], title: str) -> None:
    from docx.oxml.ns import qn

    core = word_document.core_properties
    core.author = core.last_modified_by = core.comments = core.subject = core.category = ""
    core.title, core.language, core.keywords = title[:250], report["language"], ""
    core.created = core.modified = core.last_printed = _NO_DATE
    core.revision = 1
    for run in word_document.styles.element.iter(qn("w:lang")):
        run.set(qn("w:val"), LANGUAGES[report["language"]].tag)


def _paragraph(word_document: Any, sentences: Sequence[dict[str, Any]]) -> None:
    from docx.enum.text import WD_COLOR_INDEX

    paragraph = word_document.add_paragraph()
    for at, sentence in enumerate(sentences):
        if at:
            paragraph.add_run(" ")
        run = paragraph.add_run(sentence["text"])
        if sentence["by"] == "open":
            run.font.highlight_color = WD_COLOR_INDEX.YELLOW


def _picture(word_document: Any, figure: dict[str, Any], word: str, content: bytes) -> None:
    from docx.shared import Cm

    shape = word_document.add_picture(io.BytesIO(content), width=Cm(16))
    # What a reader who cannot see the picture hears instead.
    shape._inline.docPr.set("descr", figure["alt"])
    word_document.add_paragraph(f"{word} {figure['number']}. {figure['caption']}", style="Caption")


def _table(word_document: Any, head: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    import docx.oxml.parser as parser

    _element = cast("Any", parser).OxmlElement

    lines = [head, *rows]
    table = word_document.add_table(rows=len(lines), cols=len(head), style="Light Grid Accent 1")
    # Cells by their own list: asking the table for each of them takes a time that grows with its square.
    for cell, text in zip(table._cells, (text for line in lines for text in line), strict=True):
        cell.paragraphs[0].add_run(text)
    table.rows[0]._tr.get_or_add_trPr().append(_element("w:tblHeader"))
    word_document.add_paragraph()


def _list(word_document: Any, heading: str, texts: list[str], style: str = "List Bullet") -> None:
    if texts:
        word_document.add_paragraph(heading, style="Annex")
        for text in texts:
            word_document.add_paragraph(text, style=style)
