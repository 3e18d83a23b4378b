"""What a form sends, as values: texts, numbers as people write them, nothing that is guessed."""

from __future__ import annotations

from django.http import HttpRequest

LONGEST_NUMBER = 12  # letters of a number that anybody types (ours)


def typed_texts(request: HttpRequest) -> dict[str, str]:
    """Every field of a form with the last text that was sent of it."""
    return {name: str(value) for name, value in request.POST.items()}


def typed_number(text: str) -> object:
    """A number with a point or a comma, whole where it is whole; the text where it is none: its reader refuses it."""
    plain = text.strip().replace(",", ".")
    if len(plain) > LONGEST_NUMBER:
        return text
    try:
        number = float(plain)
    except ValueError:
        return text
    return int(number) if number.is_integer() else number


def typed_whole(text: str) -> int | None:
    """A whole number in digits, with a sign or without; None for anything else."""
    digits = text.strip()
    bare = digits.removeprefix("-")
    return int(digits) if bare.isascii() and bare.isdigit() and len(bare) < LONGEST_NUMBER else None
