"""What is written on paper: a tagged PDF by a template of ours, which reads what it is given as data."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path
from typing import Any, cast

from assuage.catalogue.sentence import Sentence, Span
from assuage.report.look import typst as look_of_paper
from assuage.report.look.figures import fonts_folder
from assuage.report.look.letters import drawn

# No form of file holds these; they are written out, so that nothing is lost and nothing breaks.
_ODD = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]"
)


def tagged_pdf(template: str, given: Mapping[str, str]) -> bytes:
    """A PDF/UA-1 by a template, in our fonts and colours; `given` are the files that it reads, by name.

    No text of them is ever markup, and a letter that no font has is written out as its number.
    """
    import typst

    source = (files("assuage.report") / "templates" / template).read_bytes()

    def compiled(texts: Mapping[str, str]) -> bytes:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            (folder / template).write_bytes(source)
            for file, text in {**texts, "look.typ": look_of_paper.definitions()}.items():
                (folder / file).write_text(text, encoding="utf-8")
            return typst.compile(
                folder / template,
                root=folder,
                format="pdf",
                pdf_standards=["ua-1"],
                font_paths=[fonts_folder()],
                ignore_system_fonts=True,
            )

    return drawn(compiled, given)


def in_spans(value: Any, language: str) -> Any:
    """The value with each sentence that is not all in that language as its spans, for a template to tell apart."""
    if isinstance(value, Sentence):
        spans = [{"text": span.text, "language": span.language} for span in value.spans]
        return {"spans": spans} if value.foreign_to(language) else str(value)
    if isinstance(value, dict):
        return {key: in_spans(inner, language) for key, inner in cast("dict[str, Any]", value).items()}
    if isinstance(value, (list, tuple)):
        return [in_spans(inner, language) for inner in cast("list[Any]", value)]
    return value


def harmless(value: Any) -> Any:
    """The value with every sign that no form of file holds written out."""
    if isinstance(value, Sentence):
        return Sentence(Span(harmless(span.text), span.language) for span in value.spans)
    if isinstance(value, str):
        return _ODD.sub(lambda match: match[0].encode("unicode_escape", "surrogatepass").decode(), value)
    if isinstance(value, dict):
        return {key: harmless(inner) for key, inner in cast("dict[str, Any]", value).items()}
    if isinstance(value, (list, tuple)):
        return [harmless(inner) for inner in cast("list[Any]", value)]
    return value
