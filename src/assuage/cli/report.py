"""`assuage report RECORD -o DIR|FILE`: a case report from the record: a manuscript, and the companion to it."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from assuage.catalogue.message import Message, message
from assuage.cli.language import add_language
from assuage.cli.options import add, mark
from assuage.cli.output import add_output, free, print_json, write_files
from assuage.cli.pathways import pathway_for
from assuage.cli.progress import working
from assuage.cli.surroundings import say

if TYPE_CHECKING:
    from assuage.errors import Problem
    from assuage.record.entries import Record
    from assuage.report.care.authors_text import AuthorsText
    from assuage.report.care.case_report import CaseReport
    from assuage.report.care.files import Part
    from assuage.review.model import Review

HELP = "a case report by the CARE checklist: a manuscript from the record, and a companion that says what is missing"
FOLDER_FORMS = ("docx", "pdf", "html", "md")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The record, the checklist, the authors' text, the language, the stage, the files."""
    add(parser, "record")
    parser.add_argument(
        "--style", choices=("care",), default="care", help="the checklist to follow (default: care)"
    )
    add_output(
        parser,
        (".docx", ".pdf", ".html", ".md", ".json"),
        folder=True,
        note="the companion goes beside the manuscript; without it, the gaps are printed",
    )
    add(parser, "to", choices=FOLDER_FORMS, default="docx")
    text = parser.add_argument("--text", metavar="FILE", help="what the authors wrote (assuage-case-text/1)")
    mark(text, "file")
    add_language(parser)
    add(parser, "pathway")
    parser.add_argument(
        "--stage",
        choices=("draft", "publication"),
        default="draft",
        help="a draft has brackets where the authors decide; publication has none, and needs consent, the "
        "patient's perspective and a certificate (default: draft)",
    )
    certificate = parser.add_argument(
        "--certificate", metavar="FILE", help="the release certificate that `assuage deidentify` wrote"
    )
    mark(certificate, "file")
    add(parser, "json")


def run(args: argparse.Namespace) -> int:
    """Read, judge, write; Problems, all at once, for a publication that something keeps shut."""
    from assuage.errors import InputError
    from assuage.record.read import read_record
    from assuage.report.care.assemble import case_report
    from assuage.report.care.authors_text import NOTHING_WRITTEN, read_authors_text
    from assuage.report.care.figures import placed_figures
    from assuage.report.care.files import FORMS, to_json
    from assuage.report.care.language import language

    target = Path(args.output) if args.output else None
    form = "" if target is None else args.to if _is_folder(args.output) else target.suffix.lower()[1:]
    if target is not None and form not in FORMS:
        raise InputError(
            message("option.report-ends", output=args.output, endings=tuple(f".{form}" for form in FORMS))
        )
    if target is not None and (target.exists() or not _is_folder(args.output)):
        if target.exists() and not (target.is_file() or target.is_dir()):
            raise InputError(message("file.device", path=target))
        free(args, *_places(args, form).values())
    written = read_authors_text(args.text) if args.text else NOTHING_WRITTEN
    publication = args.stage == "publication"
    problems: list[Problem] = []
    basis = None
    if publication:
        record, problems, basis = _for_publication(args, written)
    else:
        record = read_record(args.record)
    review = _review(record, args.pathway)
    report = case_report(
        record,
        review,
        written,
        lang=args.lang,
        draft=not publication,
        figures=tuple(placed_figures(record, review, language(args.lang))),
        lawful_basis=basis,
    )
    if publication:
        from assuage.report.care.release import refuse_publication

        refuse_publication(record, written, problems, args.record)
    if target is not None:
        _save(args, report, record, review, form)
        from assuage.words.speak import catalogue

        say(catalogue(args.lang).say(_counts(report, args.output)))
    if args.json:
        print_json(to_json(report))
    elif target is None:
        _print_gaps(report)
    return 0


def _is_folder(output: str) -> bool:
    return output.endswith(("/", "\\")) or not Path(output).suffix or Path(output).is_dir()


def _review(record: Record, pathway: str | None) -> Review | None:
    """The review on the last day; None for a record with nothing in it."""
    if record.last_day is None:
        return None
    from assuage.review.make import review

    return review(record, pathway_for(record, pathway))


def _for_publication(
    args: argparse.Namespace, written: AuthorsText
) -> tuple[Record, list[Problem], str | None]:
    """The record, everything that keeps it from being published, and the lawful basis where there is no consent."""
    from assuage.deidentify.release import read_certificate
    from assuage.errors import InputError
    from assuage.record.document import read_bytes
    from assuage.record.places import MOST_BYTES
    from assuage.record.read import read_text
    from assuage.report.care.release import publication_problems

    if args.record == "-":
        raise InputError(message("option.publication-needs-a-file"))
    content = read_bytes(Path(args.record), MOST_BYTES)
    record = read_text(content, args.record)
    certificate = read_certificate(args.certificate) if args.certificate else None
    problems = publication_problems(certificate, content, record, written)
    return record, problems, None if certificate is None else certificate.get("lawful_basis")


def _counts(report: CaseReport, path: str) -> Message:
    """How many items of the checklist are in each state."""
    from assuage.report.care.checklist import STATES

    counts = {state: sum(item.state == state for item in report.items) for state in STATES}
    states = tuple(
        message(f"report.counts-{state.replace(' ', '-')}", n=n) for state, n in counts.items() if n
    )
    return message("report.counts", path=path, states=states, all=len(report.items))


def _print_gaps(report: CaseReport) -> None:
    from assuage.report.care.assemble import gap_rows
    from assuage.words.speak import catalogue, translation_note

    for name, title, state, text in gap_rows(report):
        print(f"{name:4} {state:14} {title}: {text}")
    for claim in report.claims:
        print(f"     {claim}")
    if unchecked := translation_note(catalogue(report.language)):
        print(unchecked)


def _save(
    args: argparse.Namespace, report: CaseReport, record: Record, review: Review | None, form: str
) -> None:
    """Write the manuscript, its companion, and beside a Markdown text its pictures."""
    from assuage.report.care.figures import figure_content, page_figure
    from assuage.report.care.files import PARTS, picture, write_report
    from assuage.words.speak import catalogue

    places = _places(args, form)
    manuscript = places["manuscript"]
    if form == "json":
        write_files(args, [(manuscript, write_report(report, form))])
        return
    speaking = catalogue(report.language)
    with working(message("progress.writing"), args.lang):
        pictures = {
            figure.name: page_figure(figure.name, record, review, speaking)
            if form == "html"
            else figure_content(figure.name, record, review, speaking, raster=form == "docx")
            for figure in report.figures
        }
        files: list[tuple[str | Path, str | bytes]] = [
            (
                places[part],
                write_report(report, form, part, pictures if part == "manuscript" else None, manuscript.stem),
            )
            for part in PARTS
        ]
    if form == "md":
        files += [
            (manuscript.with_name(picture(manuscript.stem, name)), content)
            for name, content in pictures.items()
        ]
    if _is_folder(args.output):
        manuscript.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    write_files(args, files)


def _places(args: argparse.Namespace, form: str) -> dict[Part, Path]:
    """Where manuscript and companion go: their names in a folder, or the file and one beside it."""
    target = Path(args.output)
    if _is_folder(args.output):
        return {"manuscript": target / f"manuscript.{form}", "companion": target / f"companion.{form}"}
    if form == "json":
        return {"manuscript": target}
    return {"manuscript": target, "companion": target.with_name(f"{target.stem}.companion{target.suffix}")}
