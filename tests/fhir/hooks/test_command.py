"""`assuage hooks`: documents are checked, feedback is counted, and strangers are answered only with keys."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("orjson", reason="needs the extra assuage[fhir]")

from assuage.cli import main
from assuage.fhir import serve
from assuage.fhir.hooks.feedback import FeedbackStore
from tests.fhir.hooks.calling import asked, service
from tests.fhir.hooks.documents import OUTCOME, prefetch, request, response

VIEW = "/cds-services/assuage-patient-view"


def written(folder: Path, document: Any) -> str:
    file = folder / "document.json"
    file.write_text(json.dumps(document))
    return str(file)


@pytest.mark.parametrize(
    ("document", "status", "told"),
    [
        (response(), 0, "0 resources, nothing wrong"),
        (response(indicator="fatal"), 2, "CDSHooksResponse.cards[0].indicator"),
        (request(prefetch=prefetch()), 0, "1 resource, nothing wrong"),
    ],
)
def test_documents_are_checked(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, document: Any, status: int, told: str
):
    assert main(["hooks", "check", written(tmp_path, document)]) == status
    printed = capsys.readouterr()
    assert told in printed.out + printed.err


def test_a_check_answers_a_program(capsys: pytest.CaptureFixture[str], tmp_path: Path):
    assert main(["hooks", "check", written(tmp_path, response(indicator="fatal")), "--json"]) == 2
    assert json.loads(capsys.readouterr().out)["issue"][0]["code"] == "code-invalid"


def test_feedback_is_counted(capsys: pytest.CaptureFixture[str], tmp_path: Path):
    file = tmp_path / "feedback.sqlite"
    store = FeedbackStore(file)
    app = service(store=store)
    stop = asked(app, VIEW, request(prefetch=prefetch())).body["cards"][0]["uuid"]
    asked(app, f"{VIEW}/feedback", {"feedback": [OUTCOME | {"card": stop}]})
    store.close()
    assert main(["hooks", "feedback", str(file)]) == 0
    assert "RF_NEW_NUMBNESS: on 1 card, accepted 1 time, gone past 0 times" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("serve", "--host", "0.0.0.0"), "--clients FILE"),
        (("serve", "--port", "99999999"), "cannot be listened on"),
        (("serve", "--zone", "Vilnius"), "--zone"),
        (("serve", "--pathway", "neck-frist"), "neck-first"),
        (("serve", "--clients", "none.toml"), "none.toml"),
        (("feedback", "none.sqlite"), "no file none.sqlite"),
    ],
)
def test_what_cannot_be_done_is_told(capsys: pytest.CaptureFixture[str], words: tuple[str, ...], told: str):
    assert main(["hooks", *words]) == 2
    assert told in capsys.readouterr().err


def test_it_says_where_it_answers(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]):
    monkeypatch.setattr(serve.HooksServer, "serve_forever", lambda self: None)
    assert main(["hooks", "serve", "--port", "0"]) == 0
    assert "answering CDS Hooks at http://127.0.0.1:" in capsys.readouterr().err
