"""Where compiled kernels are kept: where this user can write, and nowhere in a container that cannot be written to."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest

pytest.importorskip("numba", reason="needs the extra assuage[cohort]")

from assuage.engine.many import jit

WHERE = jit._kept_in.__wrapped__


@pytest.fixture
def unwritable(tmp_path, monkeypatch):
    """A file: no folder can be made in it, whoever tries."""
    nothing = tmp_path / "file"
    nothing.touch()
    monkeypatch.setenv("NUMBA_CACHE_DIR", str(nothing / "given"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(nothing / "cache"))
    monkeypatch.setattr(tempfile, "tempdir", str(nothing))
    return monkeypatch


def test_kernels_are_kept_where_a_person_says(tmp_path, monkeypatch):
    monkeypatch.setenv("NUMBA_CACHE_DIR", str(tmp_path))
    assert Path(WHERE(jit._HERE)).parent == tmp_path


def test_beside_code_that_cannot_be_written_to_the_cache_of_the_user_is_next(unwritable, tmp_path):
    unwritable.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert Path(WHERE(jit._HERE)).parent == tmp_path / "assuage"


def test_what_is_temporary_comes_last_and_only_a_folder_of_this_user_alone(unwritable, tmp_path):
    unwritable.setattr(tempfile, "tempdir", str(tmp_path))
    (folder,) = {Path(WHERE(jit._HERE)).parent}
    assert folder.parent == tmp_path
    folder.chmod(0o777)
    assert WHERE(jit._HERE) is None


def test_where_nothing_can_be_written_a_kernel_is_compiled_all_the_same(unwritable):
    assert WHERE(jit._HERE) is None
    unwritable.setattr(jit, "_kept_in", WHERE)
    kernel = jit.compiled_beside(jit._HERE)(lambda number: number + 1)
    assert (kernel(1), jit.kernels_compiled()) == (2, False)
    with jit.compiled_once() as missing:
        assert not missing


def test_whoever_comes_second_finds_the_kernels_compiled(tmp_path, monkeypatch):
    monkeypatch.setattr(jit, "_kept_in", lambda here: str(tmp_path / "kernels"))
    asked = []
    for _ in range(2):
        with jit.compiled_once() as missing:
            asked.append(missing)
    assert asked == [True, False]
