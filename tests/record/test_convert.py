"""`assuage convert`: from every format to every other, whole files, nothing overwritten."""

from __future__ import annotations

import stat
from argparse import ArgumentParser, Namespace
from itertools import pairwise
from pathlib import Path

import pytest

from assuage.cli import convert
from assuage.cli.pathways import pathway_for
from assuage.engine.followed import named_pathways
from assuage.errors import InputError, Problems, SurroundingsError
from assuage.record import save
from assuage.record.read import read_record, read_text
from assuage.record.rows import read_table
from assuage.record.timeline import Timeline
from assuage.record.write import to_yaml
from assuage.report.review_json import page_to_json
from assuage.report.screen import console
from assuage.report.text import print_review
from assuage.review.make import review
from assuage.review.visit import visit_page

CASE = Path("examples/case.yaml")


def arguments(*given: str | Path) -> Namespace:
    parser = ArgumentParser()
    convert.add_arguments(parser)
    return parser.parse_args([str(one) for one in given])


def test_the_case_goes_round_all_formats(tmp_path: Path) -> None:
    steps = [CASE, tmp_path / "a.json", tmp_path / "b.parquet", tmp_path / "c.yaml"]
    for source, target in pairwise(steps):
        assert convert.run(arguments(source, "-o", target)) == 0
    assert read_record(tmp_path / "a.json") == read_record(tmp_path / "c.yaml") == read_record(CASE)


def test_without_an_output_one_record_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    convert.run(arguments(CASE))
    assert read_text(capsys.readouterr().out) == read_record(CASE)
    convert.run(arguments(CASE, "--to", "json"))
    assert read_text(capsys.readouterr().out, form="json") == read_record(CASE)
    with pytest.raises(InputError, match="a table is not printed"):
        convert.run(arguments(CASE, "--to", "parquet"))


FIRST_FORMAT = [
    path
    for path in sorted(Path("examples").glob("**/*.yaml"))
    if "format: assuage-record/1" in path.read_text(encoding="utf-8") and path.stem != "low_back_pain"
]


@pytest.mark.parametrize("path", FIRST_FORMAT, ids=lambda path: path.stem)
def test_a_record_of_the_first_format_gives_the_same_review_when_it_is_written_as_the_second(
    path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    first = read_record(path)
    written = to_yaml(first)
    second = read_text(written)
    assert "format: assuage-record/2" in written
    assert second == first
    shown: list[tuple[object, str]] = []
    for record in (first, second):
        pathway = pathway_for(record, None if named_pathways(Timeline(record)) else "neck-first", None)
        page = visit_page(review(record, pathway, None))
        print_review(page, console(), everything=True)
        shown.append((page_to_json(page), capsys.readouterr().out))
    assert shown[0] == shown[1]


def _patients(tmp_path: Path, *names: str) -> list[Path]:
    files: list[Path] = []
    for at, name in enumerate(names):
        files.append(tmp_path / f"in{at}.yaml")
        files[-1].write_text(f'format: assuage-record/1\npatient: {{id: "{name}"}}\nentries: []\n')
    return files


def test_many_records_become_one_table_and_a_folder_again(tmp_path: Path) -> None:
    files = _patients(tmp_path, "ana", "Ana", "../ben", "")[:3]
    convert.run(arguments(*files, "-o", tmp_path / "all.parquet"))
    assert {record.patient.id for record in read_table(tmp_path / "all.parquet")} == {"ana", "Ana", "../ben"}
    convert.run(arguments(tmp_path / "all.parquet", "-o", tmp_path / "out"))
    names = sorted(file.name for file in (tmp_path / "out").iterdir())
    assert [name.split("-")[0] for name in names] == ["Ana.yaml", "record", "record"]
    assert {read_record(file).patient.id for file in (tmp_path / "out").iterdir()} == {"ana", "Ana", "../ben"}


def test_one_patient_twice_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Problems, match="more than one of these records"):
        convert.run(arguments(*_patients(tmp_path, "ana", "ana"), "-o", tmp_path / "all.parquet"))


def test_when_one_record_has_a_problem_nothing_is_written_and_all_are_told(tmp_path: Path) -> None:
    broken = [Path("tests/fixtures/broken") / name for name in ("empty.yaml", "a_list.yaml")]
    with pytest.raises(InputError, match=r"(?s)empty\.yaml.*a_list\.yaml"):
        convert.run(arguments(CASE, *broken, "-o", tmp_path / "all.parquet"))
    assert list(tmp_path.iterdir()) == []


def test_no_file_is_written_over_and_a_failed_write_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "case.yaml"
    target.write_text("mine")
    with pytest.raises(InputError, match="say --force"):
        convert.run(arguments(CASE, "-o", target))

    def broken(_record: object, _form: object) -> str:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(save, "document_of", broken)
    with pytest.raises(SurroundingsError, match="No space left"):
        convert.run(arguments(CASE, "-o", target, "--force"))
    assert target.read_text() == "mine"
    assert [file.name for file in tmp_path.iterdir()] == ["case.yaml"]


@pytest.mark.parametrize(
    ("target", "said"), [("case.xlsx", "unknown extension"), ("nowhere/case.yaml", "no folder")]
)
def test_an_output_that_cannot_be_is_said_so(tmp_path: Path, target: str, said: str) -> None:
    with pytest.raises(InputError, match=said):
        convert.run(arguments(CASE, "-o", tmp_path / target))


def test_a_folder_is_an_output(tmp_path: Path) -> None:
    assert convert.run(arguments(CASE, "-o", tmp_path)) == 0
    assert read_record(tmp_path / "case-2026.yaml") == read_record(CASE)


def test_a_table_is_a_file_and_a_folder_keeps_its_files(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"is a folder; name a \.parquet file in it"):
        convert.run(arguments(CASE, "-o", tmp_path, "--to", "parquet"))
    convert.run(arguments(CASE, "-o", tmp_path))
    with pytest.raises(InputError, match="say --force to write over it"):
        convert.run(arguments(CASE, "-o", tmp_path))


def test_two_records_are_not_one_document(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="2 records do not fit into one document; name a folder"):
        convert.run(arguments(*_patients(tmp_path, "ana", "ben"), "-o", tmp_path / "both.yaml"))


def test_a_place_that_cannot_be_written_to_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(**_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(save.tempfile, "mkstemp", refused)
    with pytest.raises(InputError, match=r"case\.yaml cannot be written: Permission denied"):
        save.write_file(tmp_path / "case.yaml", "text")
    (tmp_path / "file").write_text("")
    with pytest.raises(InputError, match="file is a file, not a folder"):
        save.folder(tmp_path / "file")


def test_what_is_written_of_a_patient_can_be_read_by_its_owner_only(tmp_path: Path) -> None:
    save.write_file(tmp_path / "case.yaml", "")
    assert stat.S_IMODE((tmp_path / "case.yaml").stat().st_mode) == 0o600
    made = save.folder(tmp_path / "records" / "of" / "people")
    assert {stat.S_IMODE(each.stat().st_mode) for each in (made, *made.parents[:2])} == {0o700}
