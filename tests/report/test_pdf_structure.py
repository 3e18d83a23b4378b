"""Every PDF the commands write, as PDF/UA asks: tagged, with a language and a title that is shown, its fonts inside."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from assuage.cli import main
from tests.docs.examples import ROOT

CASE = str(ROOT / "examples" / "case.yaml")


@dataclass(frozen=True)
class PaperKind:
    """A PDF: its name, its language, the command that writes it, how many figures it has, the ending of its file."""

    name: str
    language: str
    command: tuple[str, ...]
    figures: int
    beside: str = ".pdf"


def paper_kinds() -> Iterator[PaperKind]:
    for language in ("en", "lt"):
        speaking = ("--lang", language)
        yield PaperKind(f"timeline-{language}", language, ("timeline", CASE, *speaking), 1)
        yield PaperKind(f"bodymap-{language}", language, ("bodymap", CASE, *speaking), 1)
        report = ("report", CASE, *speaking)
        yield PaperKind(f"manuscript-{language}", language, report, 2)
        yield PaperKind(f"companion-{language}", language, report, 0, beside=".companion.pdf")
        for reader in ("patient", "physiotherapist", "gp"):
            card = (
                "card",
                CASE,
                "--reader",
                reader,
                *speaking,
                *(("--unsigned",) if language != "en" else ()),
            )
            yield PaperKind(f"card-{reader}-{language}", language, card, 0)


KINDS = {kind.name: kind for kind in paper_kinds()}
EVERY_PAPER = pytest.mark.parametrize("name", KINDS)


@pytest.fixture(scope="module")
def papers(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, PdfReader]:
    """Each PDF, by name."""
    folder = tmp_path_factory.mktemp("papers")
    return {kind.name: read_paper(kind, folder) for kind in KINDS.values()}


def read_paper(kind: PaperKind, folder: Path) -> PdfReader:
    out = folder / f"{kind.name}.pdf"
    assert main([*kind.command, "-o", str(out)]) == 0
    return PdfReader(out.with_suffix(kind.beside))


def root_of(paper: PdfReader) -> Any:
    return paper.trailer["/Root"]


def elements(node: Any) -> Iterator[Any]:
    """Every element of the structure, in the order of reading."""
    node = node.get_object()
    if isinstance(node, list):
        for inner in node:
            yield from elements(inner)
    elif isinstance(node, dict):
        if "/S" in node:
            yield node
        if "/K" in node:
            yield from elements(node["/K"])


def fonts(resources: Any) -> Iterator[Any]:
    """Every font of a page and of the pictures on it."""
    resources = resources.get_object()
    for font in resources.get("/Font", {}).values():
        yield font.get_object()
    for inner in resources.get("/XObject", {}).values():
        if "/Resources" in inner.get_object():
            yield from fonts(inner.get_object()["/Resources"])


def descriptor(font: Any) -> Any:
    held = font["/DescendantFonts"][0].get_object() if "/DescendantFonts" in font else font
    return held["/FontDescriptor"].get_object()


@EVERY_PAPER
def test_a_pdf_is_tagged_and_says_its_language(papers: Mapping[str, PdfReader], name: str):
    root = root_of(papers[name])
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == KINDS[name].language
    assert len(list(elements(root["/StructTreeRoot"]["/K"]))) >= 2


@EVERY_PAPER
def test_the_window_of_a_pdf_shows_its_title(papers: Mapping[str, PdfReader], name: str):
    paper = papers[name]
    assert root_of(paper)["/ViewerPreferences"]["/DisplayDocTitle"]
    assert paper.metadata is not None
    assert paper.metadata.title


@EVERY_PAPER
def test_every_figure_of_a_pdf_has_words_for_who_cannot_see_it(papers: Mapping[str, PdfReader], name: str):
    drawn = [
        each for each in elements(root_of(papers[name])["/StructTreeRoot"]["/K"]) if each["/S"] == "/Figure"
    ]
    assert len(drawn) == KINDS[name].figures
    assert all(len(each["/Alt"]) > 20 for each in drawn)


@EVERY_PAPER
def test_the_fonts_of_a_pdf_are_inside_it(papers: Mapping[str, PdfReader], name: str):
    used = [font for page in papers[name].pages for font in fonts(page["/Resources"])]
    assert used
    assert all({"/FontFile", "/FontFile2", "/FontFile3"} & set(descriptor(font)) for font in used)
