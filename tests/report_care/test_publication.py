"""What keeps a case report from publication: every cause at once, each with what to record."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from assuage.cli import main
from assuage.deidentify.consent import consent_of
from assuage.record.read import parse_record
from assuage.report.care.authors_text import NOTHING_WRITTEN, authors_text_of
from assuage.report.care.perspective import perspective_of
from tests.report_care.case_files import small

SCORE: dict[str, object] = {"day": 0, "kind": "score", "scale": "pain", "value": 4, "by": "patient"}
DECLINED: dict[str, object] = {
    "day": 5,
    "kind": "offer",
    "what": "perspective",
    "chosen": False,
    "because": "would rather not",
}


def consent(state: str, day: int = 1) -> dict[str, object]:
    return {"day": day, "kind": "consent", "for": "publication", "state": state}


def published(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    *entries: dict[str, object],
    form: str = "md",
    lang: str = "en",
    **told: str,
) -> tuple[int, str, Path]:
    """The status, what was said and the manuscript of a record that was de-identified, read and approved."""
    source, out, target = tmp_path / "r.json", tmp_path / "o.json", tmp_path / f"report.{form}"
    source.write_text(json.dumps(small(SCORE, *entries, sex="female", age=48)), encoding="utf-8")
    command = ["deidentify", str(source), "-o", str(out), "--catchment", "160000", "--json", "--force"]
    main(command)
    code = json.loads(capsys.readouterr().out)["code"]
    main([*command, "--approve", code, "--reviewer", "A", "--reviewer", "B", "--names-nobody", "A"])
    capsys.readouterr()
    report = ["report", str(out), "--stage", "publication", "-o", str(target)]
    report += ["--certificate", str(tmp_path / "o.certificate.json"), "--lang", lang]
    if told:
        text = tmp_path / "text.json"
        plain = {"format": "assuage-case-text/1", "perspective": told}
        text.write_text(json.dumps(plain), encoding="utf-8")
        report += ["--text", str(text)]
    status = main(report)
    return status, capsys.readouterr().err, target


def refused(tmp_path: Path, capsys: pytest.CaptureFixture[str], *entries: dict[str, object]) -> str:
    """What is said where a publication is refused, without a certificate."""
    source = tmp_path / "record.json"
    source.write_text(json.dumps(small(SCORE, *entries)), encoding="utf-8")
    target = tmp_path / "report.html"
    assert main(["report", str(source), "--stage", "publication", "-o", str(target)]) == 2
    assert not target.exists()
    return capsys.readouterr().err


@pytest.mark.parametrize(
    ("entries", "says"),
    [
        ((), "no consent to publication is recorded"),
        ((consent("refused"),), "consent to publication was refused"),
        ((consent("given"), consent("withdrawn", 2)), "consent to publication was withdrawn"),
        ((consent("given"), {**SCORE, "day": 400}), "more than a year older than the record"),
    ],
)
def test_publication_is_refused_while_consent_is_open(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], entries: tuple[dict[str, object], ...], says: str
):
    assert says in refused(tmp_path, capsys, *entries)


def test_a_refusal_lists_every_cause_at_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    text = refused(tmp_path, capsys)
    assert "3 problems" in text
    assert all(cause in text for cause in ("certificate:", "consent:", "perspective:"))
    assert "kind: consent, for: publication, state: given" in text


@pytest.mark.parametrize(("days", "state"), [(365, "given"), (366, "stale")])
def test_a_consent_is_stale_when_the_record_went_on_for_more_than_a_year(days: int, state: str):
    record = parse_record(small(consent("given", 0), {**SCORE, "day": days}))
    assert consent_of(record) == state


def test_a_refusal_that_disputes_a_consent_outweighs_it():
    entries = [{**consent("given"), "id": "c1"}, {**consent("refused"), "id": "c2", "disputed_with": ["c1"]}]
    assert consent_of(parse_record(small(*entries))) == "refused"


# --- the perspective ------------------------------------------------------------------------------------


def perspective(plain: object):
    return authors_text_of({"format": "assuage-case-text/1", "perspective": plain})


@pytest.mark.parametrize(
    "plain",
    [{"text": "I can sleep."}, {"refused": "too ill to write"}, {"not_sought": "lost to follow-up"}],
)
def test_words_a_refusal_or_that_nobody_asked_stand_for_a_perspective(plain: dict[str, str]):
    written, wrong = perspective(plain)
    assert wrong == []
    assert perspective_of(parse_record(small(SCORE)), written) is not None


@pytest.mark.parametrize(
    ("plain", "place"),
    [
        ({"refused": " "}, "perspective.refused"),
        ({"not_sought": ""}, "perspective.not_sought"),
        ({"text": "I sleep.", "refused": "no"}, "perspective"),
        ({}, "perspective"),
        ({"words": "I sleep."}, "perspective.words"),
    ],
)
def test_a_perspective_without_words_or_a_reason_is_a_problem(plain: dict[str, str], place: str):
    assert place in [problem.place for problem in perspective(plain)[1]]


def test_an_offer_that_the_patient_declined_stands_for_a_perspective_with_its_reason():
    given = perspective_of(parse_record(small(SCORE, DECLINED)), NOTHING_WRITTEN)
    assert given is not None
    assert (given.refused, given.entry) == ("would rather not", 1)


def test_an_offer_declined_without_a_reason_does_not():
    bare = {key: value for key, value in DECLINED.items() if key != "because"}
    assert perspective_of(parse_record(small(SCORE, bare)), NOTHING_WRITTEN) is None


# --- what is published ------------------------------------------------------------------------------------


@pytest.mark.parametrize("form", ["md", "html", "docx", "pdf"])
def test_with_consent_perspective_and_certificate_it_is_written_without_a_bracket_or_a_notice(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], form: str
):
    status, said, target = published(tmp_path, capsys, consent("given"), form=form, not_sought="moved away")
    assert (status, said.count("problem")) == (0, 0)
    if form in ("md", "html"):
        text = re.sub("</?span[^>]*>", "", target.read_text(encoding="utf-8"))
        assert "The patient gave consent to the publication of this report on day 1." in text
        assert "was not sought (“moved away”)." in text
        assert "DRAFT" not in text
        assert "\\[" not in text


def test_without_a_perspective_a_certificate_is_not_enough(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    status, said, target = published(tmp_path, capsys, consent("given"))
    assert (status, target.exists()) == (2, False)
    assert "perspective: the patient’s perspective is missing" in said
    assert "1 problem" in said


def test_an_offer_in_the_record_that_was_declined_is_enough(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    status, _, target = published(tmp_path, capsys, consent("given"), DECLINED)
    assert status == 0
    assert "the patient declined to give one (“would rather not”)" in target.read_text(encoding="utf-8")


NOTED: dict[str, object] = {
    "day": 2,
    "kind": "finding",
    "what": "fibromyalgia",
    "state": "present",
    "note": "seen together with Dr Petraitis",
}


@pytest.mark.parametrize("lang", ["en", "lt"])
def test_a_sentence_of_ours_is_never_taken_for_an_identifier(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], lang: str
):
    moved: dict[str, object] = {
        "day": 3,
        "kind": "decision",
        "do": "enter",
        "to": "systemic",
        "by": "clinician",
    }
    status, said, target = published(
        tmp_path, capsys, consent("given"), moved, lang=lang, not_sought="moved away"
    )
    assert (status, target.exists()) == (0, True), said


def test_what_an_author_wrote_is_read_where_it_was_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    status, said, _ = published(tmp_path, capsys, consent("given"), text="Dr Petraitis helped me in 2019.")
    assert status == 2
    assert "text.perspective.text, line 1, column" in said
    assert "Petraitis" not in said


def test_a_record_that_was_not_deidentified_is_told_by_the_place_of_its_entry(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    said = refused(tmp_path, capsys, consent("given"), NOTED)
    assert "entries[2].note" in said
    assert "Petraitis" not in said


def locked(tmp_path: Path) -> Path:
    """A de-identified record, its certificate beside it, that nobody has approved."""
    source, out = tmp_path / "r.json", tmp_path / "o.json"
    source.write_text(json.dumps(small(SCORE, consent("given"))), encoding="utf-8")
    main(["deidentify", str(source), "-o", str(out), "--catchment", "160000"])
    return out


def test_the_reasons_of_a_certificate_are_told_in_the_language_of_whoever_reads_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    out = locked(tmp_path)
    capsys.readouterr()
    report = ["report", str(out), "--stage", "publication", "-o", str(tmp_path / "report.md"), "--lang", "lt"]
    assert main([*report, "--certificate", str(tmp_path / "o.certificate.json")]) == 2
    said = capsys.readouterr().err
    assert "approval: pakeitimų niekas nepatvirtino" in said
    assert "nobody" not in said


def test_a_certificate_that_was_edited_says_no_other_message_than_its_own(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    out = locked(tmp_path)
    file = tmp_path / "o.certificate.json"
    plain = json.loads(file.read_text(encoding="utf-8"))
    plain["locked_because"] = [
        {"what": "approval", "text": "as written", "id": "release.was-given", "values": {}}
    ]
    file.write_text(json.dumps(plain), encoding="utf-8")
    capsys.readouterr()
    report = ["report", str(out), "--stage", "publication", "-o", str(tmp_path / "report.md")]
    assert main([*report, "--certificate", str(file)]) == 2
    assert "approval: as written" in capsys.readouterr().err
