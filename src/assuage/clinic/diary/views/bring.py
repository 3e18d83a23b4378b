"""A diary that was kept elsewhere: its file is shown, what nobody can see from it is asked, a person confirms."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.formats import date_format
from django.views.decorators.http import require_http_methods

from assuage.catalogue.message import Message, message
from assuage.catalogue.read import Catalogue
from assuage.catalogue.sentence import Sentence
from assuage.clinic.attempts import seen_head, sent_uid
from assuage.clinic.confirmed import content_shown, token_of_shown
from assuage.clinic.diary.actions import file_brought, take_back_brought
from assuage.clinic.diary.brought import (
    DAY_0,
    MOST_BYTES_BROUGHT,
    BroughtDiary,
    BroughtFile,
    look_at,
    named_file,
)
from assuage.clinic.diary.queries import brought_before, there_already
from assuage.clinic.page import answer_with
from assuage.clinic.people.gate import Opened, with_own_record
from assuage.clinic.people.rights import Act
from assuage.clinic.speaking import speaking_to
from assuage.clinic.store.chain import new_uid
from assuage.errors import AssuageError, Problem, Problems
from assuage.words.recorded import entry_message

if TYPE_CHECKING:  # loaded with the first file that comes
    from assuage.imports.shapes.draft import Meaning

SALT: Final = "assuage.clinic.diary.brought"
HOLDS: Final = 3600  # seconds in which what was shown can be confirmed (ours)
LONGEST_TOKEN: Final = 900_000  # letters that come back with a form, below what Django reads of one
SHOWN_EACH_END: Final = 10  # entries of the beginning and of the end that are read back
_ANSWERS: Final = ("answer-", f"{DAY_0}-")


@with_own_record(Act.WRITE_DIARY)
@require_http_methods(["GET", "HEAD", "POST"])
def bring(request: HttpRequest, opened: Opened) -> HttpResponse:
    """The form for a file; what it is; what is filed of it, once it was confirmed as it was shown."""
    if request.method != "POST":
        return _page(request, opened)
    step = request.POST.get("step", "")
    if step == "take-back":
        return _take_back(request, opened)
    file = _shown_before(request, opened) if "token" in request.POST else _sent(request)
    if file is None:
        return _page(request, opened, wrong=[message("clinic.bring-again")])
    if step != "file":
        answers = {name: str(given) for name, given in request.POST.items() if name.startswith(_ANSWERS)}
        file = BroughtFile(file.name, file.content, {**file.answers, **answers})
    try:
        diary = look_at(opened.record, file)
        if step == "file" and diary.read is not None:
            return _filed(request, opened, diary)
    except Problems as refused:
        return _page(request, opened, refused=_in_words(speaking_to(request), refused.problems))
    except AssuageError as refused:
        return _page(request, opened, refused=[refused.in_words(speaking_to(request))])
    token = token_of_shown(opened, [file.name, file.content.decode("latin-1"), dict(file.answers)], SALT)
    if len(token) > LONGEST_TOKEN:
        too_large = message("clinic.bring-too-large", kilobytes=MOST_BYTES_BROUGHT // 1000)
        return _page(request, opened, wrong=[too_large])
    return _page(request, opened, diary=diary, file=file, token=token)


def _sent(request: HttpRequest) -> BroughtFile | None:
    """The file that came with the form; None where none did."""
    sent = request.FILES.get("file")
    if sent is None:
        return None
    return BroughtFile(named_file(sent.name or ""), sent.read(MOST_BYTES_BROUGHT + 1))


def _shown_before(request: HttpRequest, opened: Opened) -> BroughtFile | None:
    """The file that was shown; None where it was on another day, too long ago, or of another record."""
    held = content_shown(opened, request.POST.get("token", ""), SALT, seen=seen_head(request), holds=HOLDS)
    return None if held is None else BroughtFile(held[0], held[1].encode("latin-1"), held[2])


def _filed(request: HttpRequest, opened: Opened, diary: BroughtDiary) -> HttpResponse:
    there, erased = there_already(opened.record, [each.uid for each in diary.drafts])
    file_brought(opened, diary.drafts)
    n = len(diary.drafts) - there - erased
    told = message("clinic.bring-filed", n=n, there=there or None, erased=erased or None)
    messages.success(request, str(speaking_to(request).say(told)))
    return redirect("bring-diary")


def _take_back(request: HttpRequest, opened: Opened) -> HttpResponse:
    """Everything of one file that still stands is withdrawn; nothing where it is none of theirs."""
    wanted = request.POST.get("batch", "")
    entries = next((each.standing for each in brought_before(opened.record) if str(each.batch) == wanted), ())
    if entries:
        speaking = speaking_to(request)
        because = str(speaking.say(message("clinic.diary-taken-back")))
        take_back_brought(opened, sent_uid(request), entries, because)
        messages.success(request, str(speaking.say(message("clinic.bring-taken-back", n=len(entries)))))
    return redirect("bring-diary")


def _in_words(speaking: Catalogue, problems: Sequence[Problem]) -> list[Sentence | str]:
    return [each.in_words(speaking) for each in problems]


def _page(
    request: HttpRequest,
    opened: Opened,
    *,
    wrong: Sequence[Message] = (),
    refused: Sequence[Sentence | str] = (),
    diary: BroughtDiary | None = None,
    file: BroughtFile | None = None,
    token: str = "",
) -> HttpResponse:
    speaking = speaking_to(request)
    given: dict[str, Any] = {} if diary is None else _of_the_file(opened, diary, speaking)
    return answer_with(
        request,
        "bring_diary.html",
        message("clinic.bring-title"),
        status=422 if wrong or refused else 200,
        wrong=[*refused, *(str(speaking.say(each)) for each in wrong)],
        diary=diary,
        file=file,
        token=token,
        uid=new_uid(),
        head=opened.record.head,
        kilobytes=MOST_BYTES_BROUGHT // 1000,
        before=[(each, date_format(each.at.date())) for each in brought_before(opened.record)],
        **given,
    )


def _of_the_file(opened: Opened, diary: BroughtDiary, speaking: Catalogue) -> dict[str, Any]:
    """What it was taken for, line by line; what is asked with its answers in words; what would be filed."""
    from assuage.report.imported.lines import left_out_lines, rest_left_out, understood_lines

    lines = list(understood_lines(diary.understood, diary.read, speaking))
    if diary.read is not None:
        for _, imported in diary.read.by_table:
            lines += [str(each.in_words(speaking)) for each in imported.notices]
            lines += left_out_lines(rest_left_out(imported), speaking)
    there, erased = there_already(opened.record, [each.uid for each in diary.drafts])
    return {
        "lines": [each.strip() for each in lines],
        "questions": [
            (each, [(str(at), _answer_in_words(way)) for at, way in enumerate(each.answers)])
            for each in diary.questions
        ],
        "not_theirs": [message("left-out.thing", what=kind, n=n) for kind, n in diary.not_theirs.items()],
        "n": len(diary.drafts) - there - erased,
        "there": there,
        "erased": erased,
        "shown": list(_read_back(diary)),
        "between": max(0, len(diary.entries) - 2 * SHOWN_EACH_END),
    }


def _read_back(diary: BroughtDiary) -> Iterator[tuple[str, Message]]:
    """The first and the last entries with their dates, as they would stand."""
    assert diary.record is not None or not diary.entries
    entries = diary.entries
    ends = (
        entries
        if len(entries) <= 2 * SHOWN_EACH_END
        else (*entries[:SHOWN_EACH_END], *entries[-SHOWN_EACH_END:])
    )
    for each in ends:
        on = None if diary.record is None else diary.record.date_of(each.day)
        if on is not None and diary.record is not None:
            yield date_format(on), entry_message(each, diary.record)


_LAST_DAY_OF_A_YEAR = date(2025, 12, 31)  # which number is the day and which the month can be seen


def _answer_in_words(way: Meaning) -> str:
    """What an answer does: how a date is written, by one; what a column becomes, in the words of a map."""
    from assuage.report.imported.lines import meaning_in_words

    form = way.get("date_format")
    if isinstance(form, str):
        written = _LAST_DAY_OF_A_YEAR.strftime(form) if "%" in form else form
        column = way.get("date")
        return f"{column}: {written}" if column else written
    if "kind" not in way:
        return ", ".join(f"{name}: {value}" for name, value in way.items())
    rest = [f"{name}: {_plain(value)}" for name, value in way.items() if name not in _SAID]
    return f"{meaning_in_words(way)} ({'; '.join(rest)})" if rest else meaning_in_words(way)


_SAID = ("kind", "scale", "what", "drug", "instrument")


def _plain(value: object) -> str:
    match value:
        case list() | tuple():
            return "–".join(map(str, value))  # pyright: ignore[reportUnknownArgumentType, reportUnknownVariableType]
        case Mapping():
            return ", ".join(f"{name} = {each}" for name, each in value.items())  # pyright: ignore[reportUnknownVariableType]
        case _:
            return str(value).lower() if isinstance(value, bool) else str(value)
