"""Alerts as lines of a terminal and as JSON: what `check-regimen` and `session plan` share."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from assuage.catalogue.message import message
from assuage.catalogue.read import Catalogue
from assuage.safety.alerts import Alert
from assuage.words.alerts import messages_below
from assuage.words.speak import ENGLISH, translation_note


def lines_after(speaking: Catalogue) -> Iterator[str]:
    """What stands below the lines, as what stops comes first: that nobody has checked the translation yet."""
    if unchecked := translation_note(speaking):
        yield unchecked


def alert_lines(alerts: Iterable[Alert], speaking: Catalogue) -> Iterator[str]:
    """Each alert with its reason, what to do, the details and the sources, a line each."""
    for alert in alerts:
        tier = speaking.say(message(f"tier.{alert.tier}"))
        line = speaking.say(
            message(
                "alert.line",
                severity=message(f"severity.{alert.severity}"),
                text=alert,
                times=alert.count if alert.count > 1 else None,
                id=alert.id,
            )
        )
        yield f"{tier:5} {line}"
        for each in messages_below(speaking, alert):
            yield f"      {speaking.say(each)}"


def alert_to_json(alert: Alert, speaking: Catalogue = ENGLISH) -> dict[str, Any]:
    """An alert in a stable order of keys; `message` is the id of its sentence."""
    return {
        "id": alert.id,
        "tier": alert.tier,
        "severity": alert.severity,
        "message": alert.text.id,
        "text": speaking.say(alert.text),
        "because": speaking.value(alert.because),
        "action": speaking.value(alert.action) if alert.action else "",
        "sources": [{"key": source.key, "citation": source.citation} for source in alert.sources],
        "status": alert.status.value,
        "caution": speaking.say(alert.caution) if alert.caution else "",
        "count": alert.count,
        "rules": list(alert.rules),
        "details": [speaking.say(detail) for detail in alert.details],
    }
