"""The page of the calls of the clinic, from the table of operations."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any

from docs.build.markdown import code, table


def page() -> str:
    """Each call with what it does, for whom, and what is wrong with one that is refused."""
    operations, problems, scopes, say, sites, may = _clinic()
    rows = (
        (
            f"`{each.method} /api/v1/{each.path.replace('<str:pseudonym>', '{pseudonym}')}`",
            say(f"clinic.api-op-{each.id}"),
            ", ".join(sorted(_roles(each, sites, may))) or "everybody who is logged in",
            code(each.scope) if each.scope else "none",
            "must" if each.needs_head else "",
        )
        for each in operations
    )
    asked = ((code(each), say(f"clinic.scope-{each}")) for each in scopes)
    told = (
        (f"`{kind}`", str(status), say(f"clinic.api-{kind}"), say(f"clinic.api-{kind}-do"))
        for kind, status in problems.items()
    )
    return "\n\n".join(
        (
            "# The clinic for programs",
            f"{say('clinic.api-summary')} {say('clinic.api-description')}",
            "`GET /api/v1/openapi.json` is the whole description (OpenAPI 3.1). A record of somebody else and one "
            "that does not exist answer alike. `If-Match` carries the `ETag` of what the person looked at, of "
            "whatever call: an act that depends on it is refused (412) with the ids of what came in between. "
            "Entries are named by an `id` (a UUID) each, or by an `Idempotency-Key` for all: sent twice they are "
            "stored once; other content under the same id is kept beside the first, in dispute. A list has a "
            "`next` where there is more. Texts are in the language of the account.",
            "## Calls",
            "\n".join(table(("call", "what it does", "for", "scope", "If-Match"), rows)),
            "## Letting a program in",
            "Somebody who is logged in on the site can call with the session's cookie and its `X-CSRFToken`. Any "
            "other program is registered once, `assuage clinic program NAME --redirect ADDRESS --scope SCOPE`, and "
            "each person lets it in by OAuth 2 (authorization code with PKCE; `/.well-known/openid-configuration`). "
            "A token lasts an hour and is renewed for thirty days at most; the page *Programs that act for you* "
            "shuts it out at once, as does a closed account or a new password link. A program learns the pseudonym "
            "and the role of the person, never the name, and can never do more than the person may.",
            "\n".join(table(("scope", "what people read"), asked)),
            "## Problems",
            "A refusal is problem details (RFC 9457); `type` is `urn:assuage:problem:` and one of these. `wrong` "
            "names each place with what to write instead. Calls are bounded: 600 a minute of one person, 2 MiB, "
            "20 levels, 200 entries.",
            "\n".join(table(("type", "status", "title", "detail"), told)),
        )
    )


def _clinic() -> tuple[Any, ...]:
    """The tables of the clinic; Django wants settings before it shows them."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "assuage.clinic.settings")
    import django
    from django.apps import apps

    if not apps.ready:
        django.setup()
    from assuage.catalogue.message import message
    from assuage.clinic.api.operations import OPERATIONS
    from assuage.clinic.api.problems import STATUS
    from assuage.clinic.people.rights import MAY, MAY_ON_SITE, SCOPES
    from assuage.words.speak import ENGLISH

    def say(id: str) -> str:  # noqa: A002 - the id of the sentence
        return str(ENGLISH.say(message(id)))

    return OPERATIONS, STATUS, SCOPES, say, MAY_ON_SITE, MAY


def _roles(each: Any, sites: Any, may: Any) -> Iterator[str]:
    if each.act is not None:
        yield from (str(role) for role in (may.get(each.act) or sites.get(each.act) or ()))
