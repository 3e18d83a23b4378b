"""What was shown before it is confirmed: a signed token names the record, its head, the day and what was read back."""

from __future__ import annotations

from typing import Any

from django.core import signing

from assuage.clinic.people.gate import Opened


def token_of_shown(opened: Opened, content: object, salt: str) -> str:
    """The token of a page that shows this content of the record as it stands."""
    return signing.dumps(
        [opened.record.pseudonym, opened.record.head, opened.today, content], salt=salt, compress=True
    )


def content_shown(opened: Opened, token: str, salt: str, *, seen: int, holds: int) -> Any | None:
    """What the token was made for; None where it is none of ours, older than `holds` seconds, or of another page.

    Of another page is a token of another record, of another head than the one that was seen, or of another day.
    """
    try:
        pseudonym, head, day, content = signing.loads(token, salt=salt, max_age=holds)
    except (signing.BadSignature, ValueError):
        return None
    return content if (pseudonym, head, day) == (opened.record.pseudonym, seen, opened.today) else None
