"""How Lithuanian writes the name of a substance that has no translation of its own: by its rules of spelling.

International names are written as they are heard, with a Lithuanian ending (`montelukast`, montelukastas). The rules
are ours, written down from the names we had; a name made by them stands beside the international one it was made of.
"""

from __future__ import annotations

from assuage.patterns import kept_pattern

# What is written otherwise, in this order.
_SOUNDS = (
    *(
        (kept_pattern(was), now)
        for was, now in (
            *(("^rh", "r"), ("^oe", "e"), ("y(?=[aeiou])", "j"), ("cc(?=[ei])", "kc"), ("cc|ck", "k")),
            *(("ph", "f"), ("th", "t"), ("qu", "kv"), ("w", "v"), ("y", "i"), ("ae", "e")),
            *(("c(?![eih])", "k"), ("x", "ks")),
        )
    ),
    (kept_pattern(r"([bdfgklmnprstvz])\1"), r"\1"),
    (kept_pattern("(?<=[aeiou])s(?=[aeiou])"), "z"),
)
_ENDINGS = (
    ("ium", "", "is"),
    ("ase", "az", "ė"),
    ("ose", "oz", "ė"),
    ("dopa", "dop", "a"),
    ("ole", "ol", "as"),
)
_CASES = {
    "as": {"genitive": "o", "dative": "ui", "accusative": "ą", "instrumental": "u", "locative": "e"},
    "is": {"genitive": "io", "dative": "iui", "accusative": "į", "instrumental": "iu", "locative": "yje"},
    "ė": {"genitive": "ės", "dative": "ei", "accusative": "ę", "instrumental": "e", "locative": "ėje"},
    "a": {"genitive": "os", "dative": "ai", "accusative": "ą", "instrumental": "a", "locative": "oje"},
}
_ONE_WORD = kept_pattern("[a-z]{5,}")


def spelt_in_lithuanian(name: str, case: str | None = None) -> str | None:
    """The international name of a substance in Lithuanian, in a case; None where the rules do not cover it."""
    if not _ONE_WORD.fullmatch(name):
        return None
    stem, ending = _stem_and_ending(name)
    if not stem or stem[-1] in "aeiouy":
        return None
    for was, now in _SOUNDS:
        stem = was.sub(now, stem)
    return stem + _CASES[ending].get(case or "", ending)


def _stem_and_ending(name: str) -> tuple[str, str]:
    for english, kept, ending in _ENDINGS:
        if name.endswith(english):
            return name.removesuffix(english) + kept, ending
    stem = name.removesuffix("e")
    return stem, "is" if stem.endswith(("al", "el", "il", "ol", "ul", "yl")) else "as"
