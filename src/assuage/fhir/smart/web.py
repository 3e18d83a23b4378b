"""Asking a server of others: only over TLS, never an inner address, never where it leads on to, bounded in every way.

The address that a name has is looked up once, looked at, and is the one that is connected to, so that a name cannot
mean another machine a moment later.
"""

from __future__ import annotations

import ipaddress
import socket
import ssl
from collections.abc import Mapping
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from typing import Protocol
from urllib.parse import urlsplit

from msgspec import Struct

TIMEOUT = 10  # seconds for an answer (ours)
MOST_BYTES = 16 * 1024 * 1024  # of an answer (ours)


class WebAnswer(Struct, frozen=True):
    """What a server answered."""

    status: int
    body: bytes
    kind: str = ""


class CannotAsk(Exception):
    """A server that is not asked or did not answer; `fault` says why, and nothing of what was sent."""

    def __init__(self, fault: str) -> None:
        super().__init__(fault)
        self.fault = fault


class Web(Protocol):
    """What asks servers."""

    def ask(self, url: str, headers: Mapping[str, str], body: bytes | None = None) -> WebAnswer:
        """The answer to a GET, or to a POST where there is a body. Raises CannotAsk."""
        ...


class OuterWeb(Struct, frozen=True):
    """Servers out there; `loopback` also takes one on this machine, over plain HTTP, for trying it out."""

    loopback: bool = False

    def ask(self, url: str, headers: Mapping[str, str], body: bytes | None = None) -> WebAnswer:
        """The answer. Raises CannotAsk: for what is no address of ours to ask, and for what does not answer."""
        parts = urlsplit(url)
        host = parts.hostname
        if host is None or parts.username is not None or parts.fragment:
            raise CannotAsk("address")
        address = self._address(host, parts.port or (443 if parts.scheme == "https" else 80), parts.scheme)
        path = f"{parts.path or '/'}{f'?{parts.query}' if parts.query else ''}"
        connection = _connection(parts.scheme, host, address)
        try:
            connection.request(
                "GET" if body is None else "POST", path, body, {"Host": parts.netloc, **headers}
            )
            answer = connection.getresponse()
            read = answer.read(MOST_BYTES + 1)
        except (OSError, HTTPException):
            raise CannotAsk("silent") from None
        finally:
            connection.close()
        if len(read) > MOST_BYTES:
            raise CannotAsk("large")
        if 300 <= answer.status < 400:
            raise CannotAsk("redirect")
        return WebAnswer(answer.status, read, answer.headers.get_content_type())

    def _address(self, host: str, port: int, scheme: str) -> tuple[str, int]:
        try:
            known = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError):
            raise CannotAsk("unknown-name") from None
        addresses = [str(each[4][0]) for each in known]
        # All of them: a name that is an inner machine in one of two answers is one.
        if self.loopback and all(ipaddress.ip_address(each).is_loopback for each in addresses):
            return addresses[0], port
        if scheme != "https":
            raise CannotAsk("no-tls")
        if not addresses or not all(is_outer(each) for each in addresses):
            raise CannotAsk("inner-address")
        return addresses[0], port


def is_outer(address: str) -> bool:
    """Whether an address is one of the open network: no machine, house, link or carrier has it for itself."""
    try:
        ip = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    inside = getattr(ip, "ipv4_mapped", None) or getattr(ip, "sixtofour", None)
    return ip.is_global and not ip.is_multicast and (inside is None or is_outer(str(inside)))


def _connection(scheme: str, host: str, address: tuple[str, int]) -> HTTPConnection:
    if scheme == "http":
        return HTTPConnection(*address, timeout=TIMEOUT)
    return _PinnedTls(host, address)


class _PinnedTls(HTTPSConnection):
    """A connection to an address that was looked at, whose certificate is asked for by the name."""

    def __init__(self, host: str, address: tuple[str, int]) -> None:
        super().__init__(host, address[1], timeout=TIMEOUT, context=ssl.create_default_context())
        self._pinned = address

    def connect(self) -> None:
        """Connect to that address, under that name."""
        plain = socket.create_connection(self._pinned, TIMEOUT)
        self.sock = ssl.create_default_context().wrap_socket(plain, server_hostname=self.host)
