"""`assuage report RECORD -o DIR|FILE`: a case report from the record: a manuscript, and the companion to it."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from assuage.catalogue.message import message
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
FOLDER_FORMATS = ("docx", "pdf", "html", "md")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The record, the checklist, the authors' text, the language, the stage, the files."""
    parser.add_argument("record", metavar="RECORD", help="a record in YAML or JSON; - for standard input")
    parser.add_argument(
        "--style", choices=("care",), default="care", help="the checklist to follow (default: care)"
    )
    add_output(
        parser,
        "the manuscript (.docx, .pdf, .html, .md; its companion goes beside it), both as .json, or a folder "
        "for both; without it, the gaps are printed",
        metavar="DIR|FILE",
    )
    parser.add_argument(
        "--format",
        choices=FOLDER_FORMATS,
        default="docx",
        help="the form of both in a folder (default: docx)",
    )
    parser.add_argument("--text", metavar="FILE", help="what the authors wrote (assuage-case-text/1)")
    add_language(parser)
    add(parser, "pathway")
    parser.add_argument(
        "--stage",
        choices=("draft", "publication"),
        default="draft",
        help="a draft has brackets where the authors decide; publication has none, and needs consent, the "
        "patient's perspective and a certificate (default: draft)",
    )
    parser.add_argument("--for", dest="earlier_stage", help=argparse.SUPPRESS)
    parser.add_argument(
        "--certificate", metavar="FILE", help="the release certificate that `assuage deidentify` wrote"
    )
    parser.add_argument("--force", action="store_true", help="write over files that exist")
    parser.add_argument("--json", action="store_true", help="both as one JSON object on standard output")


def run(args: argparse.Namespace) -> int:
    """Read, judge, write; Problems, all at once, for a publication that something keeps shut."""
    from assuage.errors import InputError
    from assuage.record.read import read_record
    from assuage.report.care.assemble import case_report
    from assuage.report.care.authors_text import NOTHING_WRITTEN, read_authors_text
    from assuage.report.care.figures import placed_figures
    from assuage.report.care.files import FORMS, to_json
    from assuage.report.care.language import language

    if args.earlier_stage is not None:
        raise InputError(f"--for is now --stage; write: --stage {args.earlier_stage}")
    target = Path(args.output) if args.output else None
    form = "" if target is None else args.format if _is_folder(args.output) else target.suffix.lower()[1:]
    if target is not None and form not in FORMS:
        raise InputError(f"{args.output}: a report ends in {', '.join(f'.{form}' for form in FORMS)}")
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

        refuse_publication(report, problems, args.record)
    if target is not None:
        _save(args, report, record, review, form)
        print(f"{args.output}: {_counts(report)}", file=sys.stderr)
    if args.json:
        print(json.dumps(to_json(report), indent=2, ensure_ascii=False))
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
        raise InputError("--stage publication reads a file, because the certificate belongs to its bytes")
    content = read_bytes(Path(args.record), MOST_BYTES)
    record = read_text(content, args.record)
    certificate = read_certificate(args.certificate) if args.certificate else None
    problems = publication_problems(certificate, content, record, written)
    return record, problems, None if certificate is None else certificate.get("lawful_basis")


def _counts(report: CaseReport) -> str:
    states = ("filled", "partial", "empty", "not applicable")
    counts = {state: sum(item.state == state for item in report.items) for state in states}
    return f"{', '.join(f'{n} {state}' for state, n in counts.items() if n)} of 30 items"


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
    from assuage.record.save import write_file as save
    from assuage.report.care.figures import figure_content
    from assuage.report.care.files import PARTS, picture, write_report
    from assuage.words.speak import catalogue

    places = _places(args, form)
    if form == "json":
        save(places["manuscript"], write_report(report, form), args.force)
        return
    speaking = catalogue(report.language)
    pictures = {
        figure.name: figure_content(figure.name, record, review, speaking, raster=form == "docx")
        for figure in report.figures
    }
    stem = places["manuscript"].stem
    contents = {
        places[part]: write_report(report, form, part, pictures if part == "manuscript" else None, stem)
        for part in PARTS
    }
    if form == "md":
        folder = places["manuscript"].parent
        contents |= {folder / picture(stem, name): str(svg).encode() for name, svg in pictures.items()}
    for place, content in contents.items():
        save(place, content, args.force)


def _places(args: argparse.Namespace, form: str) -> dict[Part, Path]:
    """Where manuscript and companion go: their names in a folder, or the file and one beside it."""
    target = Path(args.output)
    if _is_folder(args.output):
        target.mkdir(parents=True, exist_ok=True)
        return {"manuscript": target / f"manuscript.{form}", "companion": target / f"companion.{form}"}
    return {"manuscript": target, "companion": target.with_name(f"{target.stem}.companion{target.suffix}")}
