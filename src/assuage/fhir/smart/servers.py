"""The servers that may launch us: a file of the site. Of any other nothing is asked, whatever a launch says.

[[server]]
name = "north"
fhir = "https://ehr.example.org/fhir/R4"
client_id = "assuage"
scopes = "launch launch/patient patient/*.rs"
secret_file = "north.secret"   # where the server wants one
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, cast

from msgspec import Struct

from assuage.catalogue.message import message
from assuage.errors import Problem, Problems
from assuage.fhir.served.types import SERVED
from assuage.fhir.smart.scopes import resource_scopes
from assuage.record.document import decoded, read_bytes

_MOST_BYTES = 1024 * 1024
_KEYS = {"name", "fhir", "client_id", "scopes", "secret_file", "on_this_machine"}
_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")
WANTED = "launch launch/patient patient/*.rs"
_CONTEXT = frozenset({"launch", "launch/patient", "openid", "fhirUser"})


class SmartServer(Struct, frozen=True):
    """A server that may launch us: its name here, where its FHIR is, what we are there, what we ask for."""

    name: str
    fhir: str
    client_id: str
    scopes: tuple[str, ...]
    secret: str | None = None
    loopback: bool = False


def read_servers(path: str | Path) -> Mapping[str, SmartServer]:
    """The servers of a file by their names. Raises InputError where it cannot be read, Problems with all in it."""
    file = Path(path)
    raw = read_bytes(file, _MOST_BYTES)
    try:
        plain = tomllib.loads(decoded(raw, str(file)))
    except tomllib.TOMLDecodeError as error:
        raise Problems(str(file), [Problem("", message("smart.not-toml", error=str(error)))]) from None
    problems = [
        Problem(key, message("smart.unknown-key", known=("server",))) for key in plain if key != "server"
    ]
    listed = plain.get("server")
    servers: dict[str, SmartServer] = {}
    for at, each in enumerate(cast("list[Any]", listed) if isinstance(listed, list) else []):
        place = f"server[{at}]"
        server = _server(each, place, file.parent, problems)
        if server is None:
            continue
        if server.name in servers or any(server.fhir == other.fhir for other in servers.values()):
            problems.append(Problem(place, message("smart.twice")))
        servers[server.name] = server
    if not listed:
        problems.append(Problem("server", message("smart.none")))
    if problems:
        raise Problems(str(file), problems)
    return servers


def _server(given: object, place: str, folder: Path, problems: list[Problem]) -> SmartServer | None:
    before = len(problems)
    table = cast("dict[str, Any]", given) if isinstance(given, dict) else {}
    for key in table.keys() - _KEYS:
        problems.append(Problem(f"{place}.{key}", message("smart.unknown-key", known=tuple(sorted(_KEYS)))))
    name, fhir, client = (table.get(key) for key in ("name", "fhir", "client_id"))
    loopback = table.get("on_this_machine", False) is True
    if not isinstance(name, str) or not _NAME.fullmatch(name):
        problems.append(Problem(f"{place}.name", message("smart.name")))
    starts = ("https://", "http://127.0.0.1:") if loopback else ("https://",)
    if not isinstance(fhir, str) or not fhir.startswith(starts) or any(sign in fhir for sign in "?#@"):
        problems.append(Problem(f"{place}.fhir", message("smart.address")))
    if not isinstance(client, str) or not client:
        problems.append(Problem(f"{place}.client_id", message("smart.client")))
    scopes = str(table.get("scopes", WANTED)).split()
    for scope in scopes:
        known = resource_scopes((scope,))
        is_read = any(
            each.type in ("*", *SERVED, "MedicationRequest") and set(each.may) <= set("rs") for each in known
        )
        if scope not in _CONTEXT and not is_read:
            problems.append(Problem(f"{place}.scopes", message("smart.scope", scope=scope)))
    secret = None
    if "secret_file" in table:
        secret = decoded(read_bytes(folder / str(table["secret_file"]), _MOST_BYTES), place).strip()
    if len(problems) > before:
        return None
    return SmartServer(str(name), str(fhir).rstrip("/"), str(client), tuple(scopes), secret, loopback)
