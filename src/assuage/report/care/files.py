"""The manuscript or its companion as a file: Markdown, HTML, PDF, DOCX, JSON. Every text goes in as text."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Mapping
from functools import cache, partial
from typing import Any, Literal, get_args

from msgspec import to_builtins

from assuage.catalogue.message import message
from assuage.catalogue.sentence import Sentence
from assuage.errors import InputError, unknown_word
from assuage.report.care.assemble import gap_rows
from assuage.report.care.case_report import CaseReport
from assuage.report.paper import harmless, in_spans, tagged_pdf
from assuage.words.speak import catalogue

FORMS = ("md", "html", "pdf", "docx", "json")
Part = Literal["manuscript", "companion"]
PARTS: tuple[Part, ...] = get_args(Part)
# What the sections, items and rows of a report are called in JSON stands in docs/reference/case-report.md.
FORMAT = "assuage-case-report/2"
Drawings = Mapping[str, str | bytes]


def to_json(report: CaseReport) -> dict[str, Any]:
    """Manuscript and companion as maps and lists: what a template needs, and what `--json` prints."""
    values = to_builtins(report, enc_hook=str, builtin_types=(Sentence,))
    values["gaps"] = [{"id": a, "title": b, "state": c, "text": d} for a, b, c, d in gap_rows(report)]
    return harmless({"format": FORMAT, **values})


def write_report(
    report: CaseReport,
    form: str,
    part: Part = "manuscript",
    drawings: Drawings | None = None,
    stem: str = "report",
) -> bytes:
    """The bytes of a part in a form; `stem` names the files that the pictures of a Markdown text lie in."""
    values = to_json(report)
    for figure in values["figures"]:
        figure["file"] = picture(stem, figure["name"])
    pictures = drawings or {}
    match form:
        case "json":
            return (json.dumps(values, indent=2, ensure_ascii=False) + "\n").encode()
        case "md":
            return _templates().get_template(f"care_{part}.md.jinja").render(r=values).encode()
        case "html":
            return _html(values, part, pictures)
        case "pdf":
            return _pdf(values, part, pictures)
        case "docx":
            return _docx(values, part, pictures)
        case _:
            raise InputError(unknown_word(form, FORMS, message("word.form-of-a-report")))


def _html(values: dict[str, Any], part: Part, pictures: Drawings) -> bytes:
    """A page in the look of the others. The serif is the manuscript's alone."""
    from assuage.report.look.css import SECURITY_POLICY, serif_faces, style_sheet

    speaking = catalogue(values["language"])
    page = _templates(values["language"]).get_template(f"care_{part}.html.jinja")
    return page.render(
        r=values,
        drawn=_themed(pictures),
        look=style_sheet() + (serif_faces() if part == "manuscript" else ""),
        security_policy=SECURITY_POLICY,
        skip=speaking.say(message("page.skip")),
    ).encode()


def _themed(pictures: Drawings) -> dict[str, str]:
    """The figures of a page, in the colours of the reader's theme."""
    from assuage.report.look.figures import themed

    return {name: themed(content) for name, content in pictures.items() if isinstance(content, str)}


def picture(stem: str, figure: str) -> str:
    """The name of the file beside a Markdown text that holds a picture."""
    return f"{stem}.{figure}.svg"


@cache
def _templates(language: str | None = None) -> Any:
    """The templates; those of pages mark what stands in another language than the page."""
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment: Any = Environment(
        loader=PackageLoader("assuage.report", "templates"),
        autoescape=lambda name: bool(name) and name.endswith(".html.jinja"),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=partial(_in_its_languages, language) if language else None,
    )
    environment.filters["md"] = _markdown
    return environment


def _in_its_languages(language: str, text: object) -> object:
    """What a page in that language says; within a sentence, what stands in another one is marked with its own."""
    from assuage.report.page.pages import markup

    return markup(text, language) if isinstance(text, Sentence) else text


# Each of these begins something in Markdown or in the HTML it may hold; in front of a backslash it is itself.
_MARKDOWN = re.compile(r"([\\`*_{}\[\]<>#|~!$&])")


def _markdown(text: object) -> str:
    """A text as Markdown shows it: one line, every sign itself."""
    line = _MARKDOWN.sub(r"\\\1", " ".join(str(text).split()))
    return re.sub(
        r"(?i)\b(https?|ftp|javascript|data):", r"\1\\:", re.sub(r"^([-+=]|\d+[.)])", r"\\\1", line)
    )


def _pdf(values: dict[str, Any], part: Part, pictures: Drawings) -> bytes:
    """A tagged PDF/UA-1. The template reads the report as data, so no text of it is ever markup.

    PDF/A would need a date of making, and a report for publication carries no date.
    """
    # What is read out beside a picture, and the title of the file, are of one language.
    plain: dict[str, Any] = {
        **in_spans(values, values["language"]),
        "title": str(values["title"]),
        "part": part,
    }
    for figure in plain["figures"]:
        figure["alt"] = _plain_text(figure["alt"])
    given = {"report.json": json.dumps(plain, ensure_ascii=False)}
    drawn = {f"{figure}.svg": content for figure, content in pictures.items() if isinstance(content, str)}
    return tagged_pdf("care.typ", given | drawn)


def _plain_text(text: str | dict[str, Any]) -> str:
    return text if isinstance(text, str) else "".join(span["text"] for span in text["spans"])


def _docx(values: dict[str, Any], part: Part, pictures: Drawings) -> bytes:
    """A Word document; that of the manuscript has one heading of the first level for each of the thirteen sections."""
    from assuage.report.care.word import companion_document, manuscript_document

    word_document = (
        manuscript_document(values, pictures) if part == "manuscript" else companion_document(values)
    )
    out = io.BytesIO()
    word_document.save(out)
    return out.getvalue()
