"""What came of an act: stored, or told why not with everything that was typed kept."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TypeVar
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest
from msgspec import Struct
from msgspec.structs import replace

from assuage.catalogue.message import Message
from assuage.catalogue.sentence import Sentence
from assuage.clinic.people.gate import Opened
from assuage.clinic.speaking import speaking_to
from assuage.clinic.store.actions import Overtaken, StaleHead
from assuage.clinic.store.chain import new_uid, read_uid
from assuage.clinic.store.models import ClinicRecord
from assuage.clinic.store.queries import as_it_is_now, stored_record
from assuage.clinic.typed import typed_texts
from assuage.errors import AssuageError, Problems
from assuage.words.recorded import entry_message

T = TypeVar("T")


class Attempt(Struct, frozen=True):
    """Why an act was not done: what is wrong with it, or what came in between. Empty before anybody tried."""

    status: int = 200
    problems: tuple[Sentence | str, ...] = ()
    between: tuple[Message, ...] = ()
    typed: Mapping[str, str] = {}
    uid: str = ""
    head: int = 0


def first_attempt(opened: Opened) -> Attempt:
    """A form nobody has filled in: its uid, and the head its reader looks at."""
    return Attempt(uid=str(new_uid()), head=opened.record.head)


def to_be_confirmed(request: HttpRequest, opened: Opened) -> Attempt:
    """A form that was read back and stores nothing yet: what was typed, a uid of its own, the head it was read at."""
    return replace(first_attempt(opened), typed=typed_texts(request))


def attempted(request: HttpRequest, opened: Opened, act: Callable[[], T], told: Message) -> Attempt | None:
    """None where the act was done, and the next page says so; else what the form shows beside what was typed."""
    speaking = speaking_to(request)
    try:
        act()
    except StaleHead as stale:
        now = as_it_is_now(opened.record)
        between = tuple(_came(now, [each.uid for each in stale.between]))
        return _again(request, 409, now.head, between=between)
    except Problems as refused:
        problems = tuple(each.in_words(speaking) for each in refused.problems)
        status = 409 if isinstance(refused, Overtaken) else 422
        return _again(request, status, opened.record.head, problems=problems)
    except AssuageError as refused:
        return _again(request, 422, opened.record.head, problems=(refused.in_words(speaking),))
    messages.success(request, str(speaking.say(told)))
    return None


def _again(
    request: HttpRequest,
    status: int,
    head: int,
    problems: tuple[Sentence | str, ...] = (),
    between: tuple[Message, ...] = (),
) -> Attempt:
    typed = typed_texts(request)
    return Attempt(status, problems, between, typed, typed.get("uid", ""), head)


def _came(record: ClinicRecord, uids: list[UUID]) -> Iterator[Message]:
    """What was written, as the record's own words say it."""
    whole = stored_record(record)
    for uid in uids:
        entry = whole.written(str(uid))
        if entry is not None:
            yield entry_message(entry, whole)


def seen_head(request: HttpRequest) -> int:
    """The head that the form was filled in at; 0, which everything is later than, where none is sent."""
    sent = request.POST.get("head", "")
    return int(sent) if sent.isascii() and sent.isdigit() and len(sent) < 10 else 0


def sent_uid(request: HttpRequest) -> UUID:
    """The uid that the form was given; a new one where what came is none."""
    return read_uid(request.POST.get("uid")) or new_uid()
