"""A card as a value, before it is said in any language; and the JSON that CDS Hooks wants of it.

A card says first what matters, in fewer than 140 letters; its detail is Markdown in which nothing that a person wrote
can be a mark, a link or a picture. Its uuid is of what it means, so that it stays while the meaning does.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from hashlib import blake2b
from typing import Any, Literal
from uuid import UUID

from msgspec import Struct

from assuage.catalogue.message import Message, Wording, message
from assuage.catalogue.read import Catalogue
from assuage.catalogue.unprintable import made_visible
from assuage.fhir.hooks.models import LONGEST_SUMMARY, Edition
from assuage.safety.alerts import Alert
from assuage.words.alerts import messages_below

Indicator = Literal["info", "warning", "critical"]
About = Literal["stop", "where", "ask", "order", "not-checked"]
Cause = tuple[str, str]

REASONS_SYSTEM = "urn:assuage:code-system:override-reason"
# Why a person may go past a card (ours).
OVERRIDE_REASONS = ("weighed", "watched", "not-so", "asked", "elsewhere")
MOST_DETAIL = 8_000  # letters of a card's detail; the rest is counted (ours)
_MARKS = re.compile(r"([\\`*_\[\]<>#|~&@])")
_LINK = re.compile(r"(?i)(https?|ftp|mailto|xmpp)(:)|(www)(\.)")
_LIST = re.compile(r"^([-+]|\d+(?=[.)]))")


class DetailLine(Struct, frozen=True):
    """A line of the detail, and those below it."""

    what: Message | Wording | Alert | str
    under: tuple[Message, ...] = ()
    is_strong: bool = False


class SuggestedAction(Struct, frozen=True):
    """One thing that choosing does: a resource to be made, or the reference of one to be deleted."""

    kind: Literal["create", "delete"]
    description: Message
    resource: dict[str, Any] | None = None
    reference: str | None = None


class Suggestion(Struct, frozen=True):
    """Something that may be chosen: what it says, what it does, and the causes it is about."""

    label: Message
    actions: tuple[SuggestedAction, ...]


class HookCard(Struct, frozen=True):
    """A card: how urgent, what it says, and the causes (rule and subject) that it is made of."""

    about: About
    indicator: Indicator
    summary: Message
    lines: tuple[DetailLine, ...] = ()
    causes: tuple[Cause, ...] = ()
    suggestions: tuple[Suggestion, ...] = ()
    may_be_overridden: bool = True
    more: Message | None = None


class Saying(Struct, frozen=True):
    """In which language cards are said, who is answered, and where the rest can be read."""

    speaking: Catalogue
    key: bytes = b""
    patient: str = ""
    hook: str = ""
    page: str | None = None
    edition: Edition = "2.0"


def hook_card_to_json(card: HookCard, saying: Saying) -> dict[str, Any]:
    """The card as CDS Hooks has it."""
    speaking = saying.speaking
    uuid = card_uuid(card, saying)
    told: dict[str, Any] = {
        "uuid": uuid,
        "summary": summary_of(str(speaking.say(card.summary))),
        "indicator": card.indicator,
        "source": {"label": str(speaking.say(message("hooks.source")))},
    }
    detail = detail_of(card, speaking)
    if detail:
        told["detail"] = detail
    if card.suggestions:
        told["selectionBehavior"] = "any"
        told["suggestions"] = [
            _suggestion(each, uuid, at, saying) for at, each in enumerate(card.suggestions)
        ]
    if card.may_be_overridden and card.indicator != "info":
        told["overrideReasons"] = [
            {
                "system": REASONS_SYSTEM,
                "code": code,
                "display": str(speaking.say(message(f"hooks.reason-{code}"))),
            }
            for code in OVERRIDE_REASONS
        ]
    if saying.page is not None:
        told["links"] = [
            {"label": str(speaking.say(message("hooks.page"))), "url": saying.page, "type": "smart"}
        ]
    return told


def _suggestion(suggestion: Suggestion, card: str, at: int, saying: Saying) -> dict[str, Any]:
    speaking = saying.speaking
    actions: list[dict[str, Any]] = []
    for action in suggestion.actions:
        told: dict[str, Any] = {
            "type": action.kind,
            "description": str(speaking.say(action.description)),
        }
        if action.resource is not None:
            told["resource"] = action.resource
        if action.reference is not None:
            told["resourceId"] = action.reference
        actions.append(told)
    told = {
        "label": summary_of(str(speaking.say(suggestion.label))),
        "uuid": _uuid((card, str(at)), b""),
        "actions": actions,
    }
    # What belongs together is never done in part: 3.0 can say what 2.0 means anyway.
    return told if saying.edition == "2.0" else told | {"actionSelectionBehavior": "all"}


def card_uuid(card: HookCard, saying: Saying) -> str:
    """The uuid of what a card means for a patient: of its causes and its urgency, not of words or of the call."""
    causes = sorted(f"{rule}\x1f{subject}" for rule, subject in card.causes)
    return _uuid((saying.hook, saying.patient, card.about, card.indicator, *causes), saying.key)


def _uuid(parts: Iterable[str], key: bytes) -> str:
    digest = blake2b("\x1e".join(parts).encode("utf-8", "replace"), digest_size=16, key=key[:64])
    return str(UUID(bytes=digest.digest(), version=4))


def summary_of(text: str) -> str:
    """A text of fewer letters than a summary may have, cut between words; what cannot be seen is shown."""
    plain = made_visible(" ".join(text.split()))
    if len(plain) < LONGEST_SUMMARY:
        return plain
    start = plain[: LONGEST_SUMMARY - 2]
    return (start.rpartition(" ")[0] or start).rstrip(",;:") + "…"


# --- the detail -------------------------------------------------------------------------------------


def detail_of(card: HookCard, speaking: Catalogue) -> str:
    """The detail of a card as GitHub's Markdown, as far as it is not too long; what was left out is counted."""
    parts: list[str] = []
    length = 0
    for at, line in enumerate(card.lines):
        part = "\n".join(_lines(line, speaking))
        length += len(part)
        if parts and length > MOST_DETAIL:
            rest = message("hooks.left-out", n=len(card.lines) - at)
            parts.append(f"- {escaped(str(speaking.say(rest)))}")
            break
        parts.append(part)
    if card.more is not None:
        parts.append(f"\n{escaped(str(speaking.say(card.more)))}")
    return "\n".join(parts)


def _lines(line: DetailLine, speaking: Catalogue) -> Iterator[str]:
    text = escaped(str(speaking.value(line.what)))
    yield f"- **{text}**" if line.is_strong else f"- {text}"
    below = line.under
    if isinstance(line.what, Alert):
        below = (*messages_below(speaking, line.what), message("hooks.rule", id=line.what.id), *below)
    for under in below:
        yield f"  - {escaped(str(speaking.say(under)).removeprefix('- '))}"


def alert_line(alert: Alert) -> DetailLine:
    """An alert as a line; its reason, what to do and its source stand below it. What stops is set strong."""
    return DetailLine(alert, (), alert.tier == "stop")


def escaped(text: str) -> str:
    """A text as Markdown that shows just it: no mark, link, picture, HTML or line of its own."""
    plain = made_visible(" ".join(text.split()))
    safe = _MARKS.sub(r"\\\1", plain)
    safe = _LINK.sub(lambda match: "\\".join(part for part in match.groups() if part), safe)
    return _LIST.sub(lambda match: f"{match[1]}\\" if match[1].isdigit() else f"\\{match[1]}", safe)
