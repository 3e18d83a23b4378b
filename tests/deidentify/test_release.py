"""A record without identifiers, its certificate, the locks on publication, and what every exported file holds."""

from __future__ import annotations

import io
import json
import re
import zipfile
from pathlib import Path

import pytest
from pypdf import PdfReader

from assuage.cli import main
from assuage.deidentify.consent import consent_of
from assuage.deidentify.identifiers import CLASSES, Policy
from assuage.deidentify.quasi_identifiers import k_anonymity, quasi_identifiers
from assuage.deidentify.record import hide_record
from assuage.deidentify.release import Readers, sha256_of
from assuage.record.read import parse_record, read_record
from assuage.record.write import to_json
from tests.deidentify.planted import PLANTED
from tests.docs.examples import ROOT

CASE = ROOT / "examples/case.yaml"
FORMS = ("md", "html", "pdf", "docx", "json")


def record(entries: list[dict[str, object]], **top: object):
    patient = top.pop("patient", {"id": "Ona-1978", "sex": "female", "age": 48})
    return {"format": "assuage-record/1", "patient": patient, **top, "entries": entries}


def planted_record() -> dict[str, object]:
    """A record with an identifier of every class in each kind of free text."""
    texts = [text for pairs in PLANTED.values() for text, _ in pairs]
    entries: list[dict[str, object]] = [
        {
            "date": "2026-03-06",
            "kind": "note",
            "text": ". ".join(texts),
            "id": "ona-1",
            "entered": "2026-03-07T10:00",
        },
        {
            "date": "2026-01-05",
            "kind": "symptom",
            "what": "pain",
            "state": "present",
            "note": "; ".join(texts[:30]),
        },
        {
            "date": "2026-01-06",
            "kind": "medication",
            "drug": "amitriptyline",
            "do": "start",
            "doses": [{"amount": 5, "unit": "mg", "when": "night"}],
            "because": "; ".join(texts[30:]),
        },
        {
            "date": "2026-01-07",
            "kind": "finding",
            "what": "MRI by gyd. Petraitis",
            "state": "abnormal",
            "method": "imaging",
            "result": "Klaipėdos ligoninė, 2025-11-02",
        },
        {
            "date": "2026-01-08",
            "kind": "therapy",
            "what": "massage",
            "pressure": "deep",
            "by": "patient",
            "note": "pas Rasą Stankevičiūtę, tel. 8 612 34567",
        },
        {
            "date": "2026-01-09",
            "kind": "consent",
            "for": "publication",
            "state": "given",
            "note": "signed by Ona Petraitienė",
        },
    ]
    return record(entries, starts_on="2026-01-05", pathway="neck-first")


@pytest.fixture(scope="module")
def released(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a planted record, what became of it, and its report in every form."""
    folder = tmp_path_factory.mktemp("released")
    (folder / "in.json").write_text(json.dumps(planted_record()), encoding="utf-8")
    # The author, who knows the patient, hides and keeps what no rule can know.
    hide = ["--keep", "Instagram,rašyti,kodas,paimtas,pridėta", "--catchment", "160000"]
    first = ["deidentify", str(folder / "in.json"), "-o", str(folder / "out.yaml"), "--json", *hide]
    told = run_json(first)
    assert told["unjudged"] == []
    signed = [
        *first,
        "--force",
        "--approve",
        str(told["code"]),
        "--reviewer",
        "A. Reader",
        "--reviewer",
        "B. Reader",
    ]
    assert run_json(signed)["certificate"]["releases_for"] == ["publication"]
    perspective = {"format": "assuage-case-text/1", "perspective": {"not_sought": "moved away"}}
    (folder / "text.json").write_text(json.dumps(perspective), encoding="utf-8")
    for form in FORMS:
        command = [
            "report",
            str(folder / "out.yaml"),
            "--stage",
            "publication",
            "--certificate",
            str(folder / "out.certificate.json"),
            "--text",
            str(folder / "text.json"),
        ]
        assert main([*command, "-o", str(folder / f"report.{form}"), "--lang", "lt"]) == 0
    return folder


def run_json(command: list[str]) -> dict[str, object]:
    import contextlib

    out = io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(io.StringIO()):
        main(command)
    return json.loads(out.getvalue())


def everything(path: Path) -> str:
    """All that can be read out of a file: its bytes, its parts, its text, its properties, those of its pictures."""
    raw = path.read_bytes()
    found = [raw.decode("utf-8", "replace"), raw.decode("utf-16", "replace")]
    if path.suffix == ".docx":
        with zipfile.ZipFile(path) as parts:
            for name in parts.namelist():
                found += [name, parts.read(name).decode("utf-8", "replace")]
        found.append(re.sub(r"<[^>]+>", "", "".join(found)))
    if path.suffix == ".pdf":
        reader = PdfReader(path)
        found += [page.extract_text() for page in reader.pages]
        found += [str(reader.metadata), str(reader.xmp_metadata and reader.xmp_metadata.stream.get_data())]
        found += [str(one) for one in reader.trailer["/Root"].values()]
    return "\n".join(found)


@pytest.mark.parametrize(
    "name",
    [
        "out.yaml",
        "out.certificate.json",
        "report.md",
        "report.timeline.svg",
        *(f"report.{f}" for f in FORMS if f != "md"),
    ],
)
def test_no_planted_identifier_is_left_in_any_exported_file(released: Path, name: str):
    text = everything(released / name).lower()
    secrets = [secret for pairs in PLANTED.values() for _, secret in pairs]
    # Short ones may stand in a packed stream by chance, and March is a word.
    secrets = [one for one in secrets if len(one) >= 5 or name.endswith((".yaml", ".json", ".md"))]
    assert [one for one in secrets if one.lower() in text and one not in ("2026", "93")] == []
    assert not re.search(r"\b(19|20)\d\d-\d\d-\d\d\b", text.replace("2000-01-01", ""))


def test_a_picture_in_a_document_carries_no_words(released: Path):
    with zipfile.ZipFile(released / "report.docx") as parts:
        pictures = [parts.read(name) for name in parts.namelist() if name.startswith("word/media/")]
    assert pictures
    for picture in pictures:
        assert not [kind for kind in (b"tEXt", b"iTXt", b"zTXt", b"eXIf", b"tIME") if kind in picture]


def test_the_original_is_unchanged_and_the_certificate_belongs_to_the_output(released: Path):
    assert json.loads((released / "in.json").read_text(encoding="utf-8")) == planted_record()
    signed = json.loads((released / "out.certificate.json").read_text(encoding="utf-8"))
    assert signed["sha256"] == sha256_of((released / "out.yaml").read_bytes())
    fired = {one["id"]: one["hidden"] for one in signed["classes"]}
    assert [letter for letter in CLASSES if not fired[letter]] == []


def test_dates_become_days_and_ages_bands():
    found = hide_record(parse_record(planted_record()), Policy(age_bands=True)).value
    assert found.starts_on is None
    assert found.patient.age is None
    assert [entry.day for entry in found.entries[:3]] == [60, 0, 1]
    assert found.entries[-1].result == "45-49"


def test_an_age_over_89_never_stays():
    old = parse_record(record([], patient={"id": "x", "age": 93}))
    assert "93" not in to_json(hide_record(old, Policy()).value)


def test_the_published_case_has_nothing_to_hide_but_its_pseudonym():
    found = hide_record(read_record(CASE), Policy())
    assert [change.rule.id for change in found.changes] == ["patient-id"]
    assert found.unjudged == ()


# --- the locks ---------------------------------------------------------------------------------------


def certificate_of(tmp_path: Path, consent: str | None, *more: str) -> dict[str, object]:
    entries: list[dict[str, object]] = [{"day": 0, "kind": "score", "scale": "pain", "value": 4}]
    if consent:
        entries.append({"day": 1, "kind": "consent", "for": "publication", "state": consent})
    (tmp_path / "r.json").write_text(json.dumps(record(entries)), encoding="utf-8")
    command = ["deidentify", str(tmp_path / "r.json"), "-o", str(tmp_path / "o.json"), "--force", "--json"]
    command += [] if "--catchment" in more else ["--catchment", "160000"]
    code = str(run_json(command)["code"])
    return run_json([*command, "--approve", code, *more])["certificate"]  # pyright: ignore[reportReturnType]


TWO = ("--reviewer", "A", "--reviewer", "B")


@pytest.mark.parametrize(
    ("consent", "more", "locked"),
    [
        ("given", ("--reviewer", "A"), []),
        ("given", (), ["reviewer"]),
        ("given", ("--author", "A. B.", "--reviewer", "a.  b."), ["reviewer"]),
        (None, TWO, ["consent"]),
        (None, ("--reviewer", "A", "--lawful-basis", "the patient died, kin agreed"), ["consent"]),
        (None, (*TWO, "--lawful-basis", "the patient died, kin agreed"), []),
        ("refused", (*TWO, "--lawful-basis", "science"), ["consent"]),
        ("withdrawn", (*TWO, "--lawful-basis", "science"), ["consent"]),
        (None, (*TWO, "--lawful-basis", "science", "--catchment", "1000"), ["small world"]),
    ],
)
def test_publication_is_locked_without_consent_or_a_lawful_alternative_with_two_readers(
    tmp_path: Path, consent: str | None, more: tuple[str, ...], locked: list[str]
):
    signed = certificate_of(tmp_path, consent, *more)
    assert [one["what"] for one in signed["locked_because"]] == locked  # pyright: ignore


def test_a_report_for_publication_needs_its_certificate(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    assert main(["report", str(CASE), "--stage", "publication", "-o", str(tmp_path / "r.pdf")]) == 2
    assert "--certificate" in capsys.readouterr().err
    assert not (tmp_path / "r.pdf").exists()


def test_a_changed_record_does_not_fit_its_certificate(
    released: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    changed = tmp_path / "out.yaml"
    changed.write_text(
        (released / "out.yaml").read_text(encoding="utf-8") + "# one more line\n", encoding="utf-8"
    )
    command = [
        "report",
        str(changed),
        "--stage",
        "publication",
        "--certificate",
        str(released / "out.certificate.json"),
    ]
    assert main([*command, "-o", str(tmp_path / "r.md")]) == 2
    assert "hash" in capsys.readouterr().err


def test_what_locks_a_report_is_said_in_the_language_that_was_asked_for(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    certificate_of(tmp_path, "withdrawn", *TWO)
    capsys.readouterr()
    command = ["report", str(tmp_path / "o.json"), "--stage", "publication", "--lang", "lt"]
    command += ["--certificate", str(tmp_path / "o.certificate.json"), "-o", str(tmp_path / "r.md")]
    assert main(command) == 2
    told = capsys.readouterr().err
    assert "skelbti neleidžiama" in told
    assert "consent: sutikimas skelbti atšauktas" in told


def test_a_forged_certificate_does_not_replace_consent(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    certificate_of(tmp_path, None, *TWO)
    path = tmp_path / "o.certificate.json"
    forged = {
        **json.loads(path.read_text(encoding="utf-8")),
        "releases_for": ["publication"],
        "locked_because": [],
    }
    path.write_text(json.dumps(forged), encoding="utf-8")
    assert (
        main(
            [
                "report",
                str(tmp_path / "o.json"),
                "--stage",
                "publication",
                "--certificate",
                str(path),
                "-o",
                str(tmp_path / "r.md"),
            ]
        )
        == 2
    )
    assert "consent" in capsys.readouterr().err


def test_an_identifier_in_the_authors_text_locks_the_report(
    released: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    text = tmp_path / "text.yaml"
    text.write_text(
        'format: assuage-case-text/1\nitems: {"11d": "Ona Petraitienė from Klaipėda taught us."}\n',
        encoding="utf-8",
    )
    command = [
        "report",
        str(released / "out.yaml"),
        "--stage",
        "publication",
        "--certificate",
        str(released / "out.certificate.json"),
    ]
    assert main([*command, "--text", str(text), "-o", str(tmp_path / "r.md")]) == 2
    said = capsys.readouterr().err
    assert "a name" in said
    assert "Petraitien" not in said


def test_a_diff_that_was_not_read_cannot_be_approved(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    assert main(["deidentify", str(CASE), "-o", str(tmp_path / "o.yaml"), "--approve", "000000000000"]) == 2
    assert "Read it again" in capsys.readouterr().err


def test_pictures_and_scans_are_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    (tmp_path / "scan.dcm").write_bytes(b"DICM")
    assert main(["deidentify", str(tmp_path / "scan.dcm"), "-o", str(tmp_path / "o.txt")]) == 2
    assert "leave pictures out" in capsys.readouterr().err


def test_the_key_is_kept_apart(tmp_path: Path):
    run_json(
        [
            "deidentify",
            str(CASE),
            "-o",
            str(tmp_path / "o.yaml"),
            "--key",
            str(tmp_path / "key.json"),
            "--json",
        ]
    )
    assert json.loads((tmp_path / "key.json").read_text())["patient"] == "case-2026"
    assert (
        "case-2026" not in (tmp_path / "o.yaml").read_text() + (tmp_path / "o.certificate.json").read_text()
    )


def test_the_small_world_of_the_published_case_is_small():
    found = quasi_identifiers(read_record(CASE), {"cholecystectomy": 0.08})
    world = k_anonymity(found, 160_000)
    # 160000 people, 2.1 % with fibromyalgia, half of them women, 1 in 80 of that age, 8 % without a gallbladder.
    assert world.people == pytest.approx(160_000 * 0.021 * 0.5 / 80 * 0.08)
    assert "not for publication without consent" in (world.warning or "")
    assert len(found) >= 3


def test_without_the_size_of_the_place_the_small_world_is_unknown():
    assert k_anonymity((), None).people is None


def test_the_last_word_on_consent_counts():
    said = [
        {"day": day, "kind": "consent", "for": "publication", "state": state}
        for day, state in enumerate(("given", "withdrawn"))
    ]
    assert consent_of(parse_record(record(said))) == "withdrawn"  # pyright: ignore[reportArgumentType]


def test_one_person_is_not_two_reviewers():
    assert Readers("Author", ("R. One", "r.  one", "author", " ")).independent == ("R. One",)
