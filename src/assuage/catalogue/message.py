"""What is to be said, before it is said in any language: the id of a sentence, and the values that stand in it."""

from __future__ import annotations

from operator import itemgetter

from msgspec import Struct


class Message(Struct, frozen=True):
    """A sentence by its id (`need.medication-list`), with the values for its places, in the order of their names.

    Values are numbers, texts as a person wrote them, messages, wordings, values of the domain (a drug, a window, a
    criterion), and tuples of these. Two messages that say the same are equal, in every language.
    """

    id: str
    values: tuple[tuple[str, object], ...] = ()

    def value(self, name: str) -> object:
        """The value of that name. Raises KeyError where the message has none."""
        return dict(self.values)[name]


_name = itemgetter(0)


def message(id: str, /, **values: object) -> Message:  # noqa: A002 - the id of the sentence
    """The message of that id with these values; None is left out, so that a sentence can ask whether it is there."""
    given = [item for item in values.items() if item[1] is not None]
    given.sort(key=_name)
    return Message(id, tuple(given))


class Wording(Struct, frozen=True):
    """A text of one of our tables: the key under which translators find it, and its English.

    The English stays in the table, so a changed text loses its translation until somebody has looked at it again.
    """

    key: str
    english: str
