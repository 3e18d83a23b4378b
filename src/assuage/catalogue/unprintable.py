"""What must not reach a terminal as it is: it moves the cursor, hides a line, or writes letters backwards."""

from __future__ import annotations

from typing import Any, Final, TextIO, cast

from assuage.patterns import kept_pattern

# Control characters, and the marks that turn the direction of a line or break it; lone halves of a character.
UNPRINTABLE: Final = kept_pattern(
    "[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufff9-\ufffb\ud800-\udfff]"
)
_LAID_OUT: Final = frozenset("\n\t")  # the lines and columns of a text
_COLOUR: Final = kept_pattern("\x1b\\[[0-9;]*m")


def made_visible(text: str) -> str:
    """The text with each such character as its number, `<U+202E>`; its lines and tabs stay."""
    if text.isascii() and text.isprintable():
        return text
    return UNPRINTABLE.sub(lambda odd: odd[0] if odd[0] in _LAID_OUT else f"<U+{ord(odd[0]):04X}>", text)


def escaped_in_json(document: str) -> str:
    """A JSON document that says the same and can be printed: such characters stand in its texts as escapes."""
    return UNPRINTABLE.sub(lambda odd: odd[0] if odd[0] in _LAID_OUT else f"\\u{ord(odd[0]):04x}", document)


class PrintedText:
    """A stream for people, through which all goes that is printed: colours pass where the stream is a terminal."""

    def __init__(self, stream: TextIO) -> None:
        self.stream = stream

    def __getattr__(self, name: str) -> Any:
        return getattr(self.stream, name)

    def write(self, text: str) -> int:
        """Write the text as it can be shown; how much of it was written."""
        if self.stream.isatty():
            colours = _COLOUR.findall(text)
            shown = [made_visible(part) for part in _COLOUR.split(text)]
            self.stream.write(
                "".join(f"{part}{colour}" for part, colour in zip(shown, [*colours, ""], strict=True))
            )
        else:
            self.stream.write(made_visible(text))
        return len(text)

    def writelines(self, lines: Any) -> None:
        """Write each of the lines."""
        for line in lines:
            self.write(line)


def bare(stream: TextIO) -> TextIO:
    """The stream itself, for what is no text of a person: a document that is read again, and a bar that moves."""
    return stream.stream if isinstance(stream, PrintedText) else stream


def printed(stream: TextIO) -> TextIO:
    """The stream as everything is printed to it."""
    return stream if isinstance(stream, PrintedText) else cast("TextIO", PrintedText(stream))
