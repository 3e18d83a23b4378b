"""What a reference points at, as far as its own text, the contained resources and the bundle tell."""

from __future__ import annotations

from collections.abc import Mapping


def pointed_type(
    reference: str, contained: Mapping[str, str], full_urls: Mapping[str, str] | None
) -> str | None:
    """The type of the resource that a reference points at; empty where it cannot be told.

    None where it points at an entry of the bundle it stands in (`urn:uuid:`) and there is no such entry.
    """
    if reference[:1] == "#":
        return contained.get(reference[1:], "")
    address = reference.partition("#")[0]
    if full_urls is not None:
        told = full_urls.get(address.partition("/_history/")[0])
        if told is not None:
            return told
        if address.startswith(("urn:uuid:", "urn:oid:")):
            return None
    path = address.partition("?")[0].split("/")
    if len(path) >= 4 and path[-2] == "_history":
        path = path[:-2]
    if address.startswith("urn:") or len(path) < 2:
        # `Patient?identifier=…` of a transaction says the type before the question.
        return path[0] if "?" in address else ""
    return path[-2]
