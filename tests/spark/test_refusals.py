"""What is said when Spark cannot be had. None of it needs Spark or Java."""

from __future__ import annotations

import socket
import sys
from pathlib import Path
from types import ModuleType

import pytest

pytest.importorskip("pyarrow", reason="needs the extra assuage[cohort]")

from assuage.cli import main
from assuage.cohort.spark import review_on_spark
from assuage.errors import InputError
from assuage.pathways import registry


@pytest.fixture
def pretended(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A pyspark that can be imported, and a java on the path."""
    monkeypatch.setitem(sys.modules, "pyspark", ModuleType("pyspark"))
    java = tmp_path / "bin" / "java"
    java.parent.mkdir()
    java.touch(mode=0o755)
    monkeypatch.setenv("PATH", str(java.parent))
    monkeypatch.delenv("JAVA_HOME", raising=False)


def _refused(master: str, folder: Path) -> str:
    with pytest.raises(InputError) as raised:
        review_on_spark(folder, registry.pathway("neck-first"), folder / "out", master=master)
    assert not (folder / "out").exists()
    return str(raised.value)


def test_without_pyspark_the_extra_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setitem(sys.modules, "pyspark", None)
    assert "pip install 'assuage[spark]'" in _refused("local[2]", tmp_path)


@pytest.mark.usefixtures("pretended")
def test_without_java_the_version_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert _refused("local[2]", tmp_path) == (
        "Spark needs Java 17 or newer: no java on the PATH, and no JAVA_HOME"
    )
    monkeypatch.setenv("JAVA_HOME", "/nowhere")
    assert "JAVA_HOME is /nowhere" in _refused("local[2]", tmp_path)


@pytest.mark.usefixtures("pretended")
@pytest.mark.parametrize(
    "master", ["yarn", "local[x]", "spark:/host:7077", "", "local-cluster[2]", "spark://"]
)
def test_an_unknown_master_is_answered_with_those_that_are_known(master: str, tmp_path: Path) -> None:
    assert "spark://host:7077" in _refused(master, tmp_path)


@pytest.mark.usefixtures("pretended")
@pytest.mark.parametrize("host", ["host", "host:", ":7077", "host:99999", "host:seven"])
def test_a_master_without_host_or_port_is_refused(host: str, tmp_path: Path) -> None:
    assert "names no host and port" in _refused(f"spark://{host}", tmp_path)


@pytest.mark.usefixtures("pretended")
def test_a_master_that_does_not_answer_is_named(tmp_path: Path) -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))  # bound, and nobody listens
        master = f"spark://127.0.0.1:{closed.getsockname()[1]}"
        assert f"no Spark master answers at {master}" in _refused(master, tmp_path)


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--master", "local[2]"], "write --engine spark too"),
        (["--engine", "spark", "--memory", "4GB"], "--memory is for this machine"),
    ],
)
def test_options_that_do_not_go_together_are_refused(
    options: list[str], said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = ["cohort", "review", str(tmp_path), "--pathway", "neck-first"]
    assert main([*asked, "-o", str(tmp_path / "out"), *options]) == 2
    assert said in capsys.readouterr().err
