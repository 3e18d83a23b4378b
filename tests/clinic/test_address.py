"""Two clinics never share an address."""

from __future__ import annotations

import socket

import pytest

from assuage.clinic.serve import prepare_clinic
from assuage.errors import InputError


def test_an_address_where_something_answers_already_is_refused(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        with pytest.raises(InputError, match=str(port)):
            prepare_clinic(tmp_path / "data", "127.0.0.1", port)


def test_a_port_that_is_none_is_refused(tmp_path):
    with pytest.raises(InputError, match="70000"):
        prepare_clinic(tmp_path / "data", "127.0.0.1", 70_000)
