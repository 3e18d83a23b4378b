"""What a parser of YAML or JSON says is wrong, as a message of ours: its own English is no reader's language."""

from __future__ import annotations

from types import MappingProxyType

from assuage.catalogue.message import Message, message

# Words of libyaml and of Python's json; what stands here not is told in the parser's own words, as its words.
FAULTS = MappingProxyType(
    {
        "did not find expected ',' or '}'": "flow-mapping",
        "did not find expected ',' or ']'": "flow-sequence",
        "did not find expected '-' indicator": "dash",
        "did not find expected key": "key",
        "did not find expected node content": "value",
        "could not find expected ':'": "colon",
        "did not find expected <document start>": "document-start",
        "did not find expected alphabetic or numeric character": "anchor-name",
        "did not find expected hexdecimal number": "escape-number",
        "mapping values are not allowed in this context": "mapping-here",
        "mapping keys are not allowed in this context": "key-here",
        "block sequence entries are not allowed in this context": "list-here",
        "found a tab character that violates indentation": "tab",
        "found a tab character where an indentation space is expected": "tab-for-blank",
        "found unexpected end of stream": "end",
        "found unexpected document indicator": "document-end",
        "found character that cannot start any token": "no-token",
        "found unexpected ':'": "colon-unexpected",
        "found unknown escape character": "escape-unknown",
        "control characters are not allowed": "control",
        "Expecting value": "json-value",
        "Expecting ':' delimiter": "json-colon",
        "Expecting ',' delimiter": "json-comma",
        "Expecting property name enclosed in double quotes": "json-name",
        "Extra data": "json-extra",
        "Unterminated string starting at": "json-unterminated",
        "Invalid control character at": "json-control",
        "Invalid \\escape": "json-escape",
        "Invalid \\uXXXX escape": "json-unicode",
    }
)


def parser_says(told: str) -> Message:
    """The message for what a parser said; its own words, marked as such, where they are not among those we know."""
    slug = FAULTS.get(told) or FAULTS.get(told.rstrip(":").strip())
    return message("parser.other", told=told) if slug is None else message(f"parser.{slug}")
