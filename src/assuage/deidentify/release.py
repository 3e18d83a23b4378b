"""The release certificate: what was done, who read it, and the hash of exactly what they read.

A certificate names no patient and holds nothing that was hidden. It is worth something only beside the very bytes
whose hash it gives.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from msgspec.structs import replace

from assuage.catalogue.message import message
from assuage.deidentify.consent import OPEN_CONSENTS, consent_of
from assuage.deidentify.identifiers import CLASSES, Change, Policy, Unjudged
from assuage.deidentify.quasi_identifiers import MOST_INDIRECT, TOO_FEW, KAnonymity, QuasiIdentifier
from assuage.deidentify.record import Hidden
from assuage.errors import InputError, Problem, Problems
from assuage.record.entries import Record

FORMAT = "assuage-release/1"
PROFILE = "safe-harbor-lt"
PUBLICATION = "publication"
# What follows for a document that may not be published.
LOCKED = message("release.locked")
# The reasons a certificate may hold as messages, with the values they take: a file that anyone can edit names no other.
_LOCKS = {
    each.id: each
    for each in (
        message("release.not-approved"),
        message("release.unjudged", words=("",)),
        message("release.no-reviewer"),
        message("release.no-name-hidden"),
        *(message(f"release.consent-{state}") for state in OPEN_CONSENTS),
        message("release.no-consent"),
        message("release.basis-needs-two-reviewers"),
        message("release.second-reviewer", n=0),
        message("release.no-catchment"),
    )
}


@dataclass(frozen=True)
class Readers:
    """Who wrote, who read and confirmed, and on what the release rests where there is no consent.

    `names_nobody` is the reviewer whose word it is that a document names nobody in which no name was hidden.
    """

    author: str | None = None
    reviewers: tuple[str, ...] = ()
    lawful_basis: str | None = None
    names_nobody: str | None = None

    @property
    def independent(self) -> tuple[str, ...]:
        """The reviewers who are not the author, each once, whatever the case and the blanks of their names."""
        seen: dict[str, str] = {}
        for name in self.reviewers:
            key = _same(name)
            if key and key != _same(self.author or ""):
                seen.setdefault(key, name.strip())
        return tuple(seen.values())

    @property
    def confirm_no_name(self) -> bool:
        """Whether one of the reviewers has said that the document names nobody."""
        return _same(self.names_nobody or "") in {_same(name) for name in self.independent}


def _same(name: str) -> str:
    return " ".join(name.lower().split())


def sha256_of(content: bytes) -> str:
    """The SHA-256 of some bytes, in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def approval(changes: Sequence[Change], content: bytes) -> str:
    """The short code that stands for a diff and its outcome: who gives it back has had that diff before them."""
    diff = json.dumps(
        [[change.place, change.before, change.after, change.rule.id] for change in changes],
        ensure_ascii=False,
    )
    return sha256_of(diff.encode() + b"\0" + content)[:12]


def locks(
    record: Record | None,
    readers: Readers,
    quasi_identifiers: Sequence[QuasiIdentifier],
    estimate: KAnonymity,
    unjudged: Sequence[Unjudged],
    *,
    approved: bool,
    nameless: bool,
) -> list[Problem]:
    """Everything that keeps a document from being published, all at once; empty when it may be.

    `nameless` says that people wrote texts of it, and no name was hidden in any.
    """
    shut: list[Problem] = []
    consent = consent_of(record)
    independent = readers.independent
    if not approved:
        shut.append(Problem("approval", message("release.not-approved")))
    if unjudged:
        words = tuple(sorted({each.word for each in unjudged})[:8])
        shut.append(Problem("unjudged", message("release.unjudged", words=words)))
    if not independent:
        shut.append(Problem("reviewer", message("release.no-reviewer")))
    if nameless and not readers.confirm_no_name:
        shut.append(Problem("names", message("release.no-name-hidden")))
    if consent in OPEN_CONSENTS:
        shut.append(Problem("consent", message(f"release.consent-{consent}")))
    elif consent is None and readers.lawful_basis is None:
        shut.append(Problem("consent", message("release.no-consent")))
    elif consent is None and len(independent) < 2:
        shut.append(Problem("consent", message("release.basis-needs-two-reviewers")))
    if len(quasi_identifiers) > MOST_INDIRECT and len(independent) < 2:
        shut.append(Problem("traits", message("release.second-reviewer", n=len(quasi_identifiers))))
    if estimate.people is None:
        shut.append(Problem("small world", message("release.no-catchment")))
    if consent != "given" and estimate.people is not None and estimate.people < TOO_FEW:
        text = message("release.small-world", estimate=estimate.estimate, few=TOO_FEW)
        shut.append(Problem("small world", text))
    return shut


def names_nobody(changes: Sequence[Change], texts: int) -> bool:
    """Whether people wrote texts and no name was hidden in any."""
    return bool(texts) and not any(change.rule.letter == "A" for change in changes)


def locked(
    record: Record | None,
    readers: Readers,
    quasi_identifiers: Sequence[QuasiIdentifier],
    estimate: KAnonymity,
    hidden: Hidden,
    *,
    approved: bool,
) -> list[Problem]:
    """What keeps a document as it was hidden from being published."""
    nameless = names_nobody(hidden.changes, hidden.texts)
    return locks(
        record, readers, quasi_identifiers, estimate, hidden.unjudged, approved=approved, nameless=nameless
    )


def certificate(
    content: bytes,
    changes: Sequence[Change],
    unjudged: Sequence[Unjudged],
    quasi_identifiers: Sequence[QuasiIdentifier],
    estimate: KAnonymity,
    readers: Readers,
    policy: Policy,
    record: Record | None,
    *,
    approved: bool,
    texts: int,
) -> dict[str, Any]:
    """The certificate of a document as plain values; it holds no word that was hidden and no date.

    `texts` is how many texts that people wrote were read.
    """
    nameless = names_nobody(changes, texts)
    shut = locks(record, readers, quasi_identifiers, estimate, unjudged, approved=approved, nameless=nameless)
    fired = Counter(change.rule.id for change in changes)
    by_class = Counter(change.rule.letter for change in changes)
    titles = {change.rule.id: change.rule.title for change in changes}
    return {
        "format": FORMAT,
        "profile": {"id": PROFILE, "age_bands": policy.age_bands, "dates": "Day N"},
        "sha256": sha256_of(content),
        "rules": [
            {"id": rule, "title": titles[rule], "fired": count} for rule, count in sorted(fired.items())
        ],
        "classes": [{"id": k, "title": title, "hidden": by_class.get(k, 0)} for k, title in CLASSES.items()],
        "unjudged": len(unjudged),
        "indirect_identifiers": {
            "count": len(quasi_identifiers),
            "traits": [each.what for each in quasi_identifiers],
        },
        "small_world": {
            "people": _whole(estimate.people),
            "catchment": estimate.catchment,
            "text": str(estimate),
        },
        "consent": consent_of(record) or "not recorded",
        "lawful_basis": readers.lawful_basis,
        "author": readers.author,
        "reviewers": list(readers.independent),
        "names_nobody": readers.names_nobody if nameless and readers.confirm_no_name else None,
        "approved": approved,
        "releases_for": [] if shut else [PUBLICATION],
        "locked_because": [_told(lock) for lock in shut],
        "notice": (
            "Rules find what they know. That nothing else here tells who the patient is, "
            "the reviewers named above confirm; no program can. The original is unchanged; the key to it is kept apart."
        ),
    }


def _told(lock: Problem) -> dict[str, Any]:
    """A reason as a certificate holds it: in English, and as the message it is, for whoever reads it in a language."""
    told: dict[str, Any] = {"what": lock.place, "text": lock.text}
    if lock.message.id in _LOCKS:
        told |= {"id": lock.message.id, "values": dict(lock.message.values)}
    return told


def _lock_of(told: Mapping[str, Any]) -> Problem:
    """The reason of a certificate; in its English where it is none of the messages that a certificate may hold."""
    place, known, values = str(told.get("what")), _LOCKS.get(str(told.get("id"))), told.get("values")
    if known is None or not isinstance(values, dict):
        return Problem(place, str(told.get("text")))
    plain = {
        str(key): tuple(map(str, cast("list[object]", value))) if isinstance(value, list) else value
        for key, value in cast("dict[object, object]", values).items()
    }
    fits = plain.keys() == dict(known.values).keys()
    if not fits or not all(isinstance(each, int | tuple) for each in plain.values()):
        return Problem(place, str(told.get("text")))
    return Problem(place, replace(known, values=tuple(sorted(plain.items()))))


def _whole(people: float | None) -> int | None:
    return None if people is None else int(people)


def read_certificate(path: str) -> Mapping[str, Any]:
    """A certificate from its file; InputError for anything that is none."""
    try:
        plain = json.loads(Path(path).read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError) as error:
        reason = getattr(error, "strerror", None) or "it is no JSON"
        raise InputError(message("release.certificate-unreadable", path=path, why=reason)) from None
    if not isinstance(plain, dict) or cast("dict[str, Any]", plain).get("format") != FORMAT:
        raise InputError(message("release.no-such-certificate", path=path))
    return cast("dict[str, Any]", plain)


def require_release(certificate: Mapping[str, Any], content: bytes, record: Record, name: str) -> None:
    """Nothing when the document may be published under the certificate; else Problems with every reason."""
    shut = release_problems(certificate, content, record)
    if shut:
        raise Problems(name, shut, LOCKED)


def release_problems(certificate: Mapping[str, Any] | None, content: bytes, record: Record) -> list[Problem]:
    """Everything that keeps a document from being published under a certificate, None where there is none."""
    shut = [
        Problem("consent", message(f"release.was-{state}"))
        for state in (consent_of(record),)
        if state in OPEN_CONSENTS
    ]
    if certificate is None:
        shut.append(Problem("certificate", message("release.no-certificate")))
        if consent_of(record) is None:
            shut.append(Problem("consent", message("release.no-consent-nor-basis")))
        return shut
    if certificate.get("sha256") != sha256_of(content):
        shut.append(Problem("certificate", message("release.of-another-document")))
    if not certificate.get("approved") or PUBLICATION not in certificate.get("releases_for", ()):
        named = [_lock_of(lock) for lock in certificate.get("locked_because", ())]
        shut += named or [Problem("certificate", message("release.not-for-publication"))]
    # A certificate is a file that anyone can edit, so what it rests on is looked at again.
    readers = Readers(
        certificate.get("author"), tuple(certificate.get("reviewers", ())), certificate.get("lawful_basis")
    )
    lawful = readers.lawful_basis is not None and len(readers.independent) >= 2
    if consent_of(record) is None and not lawful and not any(lock.place == "consent" for lock in shut):
        shut.append(Problem("consent", message("release.no-consent-nor-basis")))
    return list(dict.fromkeys(shut))
