"""The texts of our tables in other languages: none is missing, none is stale, no number, drug or negation is lost.

What a machine can compare is compared here; whether a translation is good medicine, a person signs in checks.toml.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable

import pytest

from assuage.catalogue.compile import CatalogueEntry, all_entries, sources
from assuage.catalogue.languages import LANGUAGES, ORIGINAL, READERS
from assuage.catalogue.message import Wording
from assuage.catalogue.read import CASES, Catalogue
from assuage.terms.drugs import DRUGS, Drug
from assuage.words.tables import table_texts
from assuage.words.untranslated import missing_texts, stale_entries

TEXTS = table_texts()
TRANSLATIONS = sorted(set(LANGUAGES) - {ORIGINAL})
TERMS = ("drug.", "therapy.", "substance.", "symptom.", "scale.", "site.")
LITHUANIAN = [
    entry
    for entry in all_entries("lt", "clinician")
    if entry.context is not None and "." in entry.context and "/" not in entry.context
]


def english(entry: CatalogueEntry) -> str:
    return entry.id if isinstance(entry.id, str) else entry.id[-1]


# --- nothing is missing, nothing is left over -----------------------------------------------------------


def test_no_text_of_a_table_is_empty():
    assert [text for text in TEXTS if not text.english.strip()] == []


def test_a_key_has_one_english_text_unless_it_is_shared_by_name():
    shared = {"action.how", "assumed.because", "claim.says", "dose.when"}
    keys = Counter(
        text.key for text in TEXTS if text.key not in shared and not text.key.startswith("instrument.")
    )
    assert [key for key, times in keys.items() if times > 1] == []


@pytest.mark.parametrize("language", TRANSLATIONS)
def test_every_text_has_a_translation(language: str):
    assert list(missing_texts(language, TEXTS)) == []


@pytest.mark.parametrize("language", TRANSLATIONS)
def test_no_translation_is_of_a_text_that_is_gone(language: str):
    assert [entry for reader in READERS for entry in stale_entries(language, reader, TEXTS)] == []


def test_a_changed_text_is_missing_and_its_old_translation_stale():
    changed = {text: table for text, table in TEXTS.items() if text.key != "red_flag.RF_CARDIAC.action"}
    changed[Wording("red_flag.RF_CARDIAC.action", "ECG today")] = "red_flags"
    assert "red_flag.RF_CARDIAC.action" in {lacking.key for lacking in missing_texts("lt", changed)}
    assert [entry.key for entry in stale_entries("lt", "clinician", changed)] == [
        "red_flag.RF_CARDIAC.action"
    ]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("reader", READERS)
def test_no_entry_stands_twice_in_a_file(language: str, reader: str):
    for file in sources(language, reader):
        blocks = [block for block in file.read_text(encoding="utf-8").split("\n\n") if "msgid" in block]
        heads = [re.sub(r"msg(str|id_plural).*", "", block, flags=re.DOTALL) for block in blocks]
        assert [head for head, times in Counter(heads).items() if times > 1] == []


@pytest.mark.parametrize("prefix", TERMS)
def test_every_term_has_every_case_that_a_sentence_may_ask_for(prefix: str):
    lithuanian = {entry.context for entry in all_entries("lt", "clinician")}
    terms = {
        text.key
        for text, table in TEXTS.items()
        if text.key.startswith(prefix) and text.key.count(".") == 1 and table != "substances"
    }
    assert (
        sorted(f"{key}/{case}" for key in terms for case in CASES if f"{key}/{case}" not in lithuanian) == []
    )


def test_a_case_is_said_and_falls_back_to_the_word_itself():
    lithuanian = Catalogue("lt", "clinician")
    tizanidine = DRUGS["tizanidine"].wording
    assert [lithuanian.word(tizanidine, case) for case in (None, "genitive", "accusative")] == [
        "tizanidinas",
        "tizanidino",
        "tizanidiną",
    ]
    title = Wording("gate.settled.title", "The nervous system has settled")
    assert lithuanian.word(title, "genitive") == lithuanian.word(title)


# --- what must not be lost ---------------------------------------------------------------------------------


def failing(holds: Callable[[str, str], bool], entries: Iterable[CatalogueEntry] = LITHUANIAN) -> list[str]:
    """The entries of which something does not hold, given their English and their text."""
    pairs = [(entry, english(entry), " ".join(entry.texts)) for entry in entries]
    return [
        f"{entry.context}: {original} = {text}"
        for entry, original, text in pairs
        if not holds(original, text)
    ]


def numbers(text: str) -> Counter[str]:
    """The numbers of a text, whatever the language's decimal sign."""
    return Counter(number.replace(",", ".") for number in re.findall(r"\d+(?:[.,]\d+)?", text))


def test_a_translation_has_the_numbers_of_its_english():
    assert failing(lambda original, text: numbers(original) == numbers(text)) == []


def stem_of(drug: Drug) -> str:
    """What the Lithuanian of a drug begins with in every case."""
    return (
        str(Catalogue("lt", "clinician").word(drug.wording, "genitive")).removesuffix("o").removesuffix("i")
    )


# How a drug is known in an English and in a Lithuanian text, in any case.
NAMES = {
    drug.title: (drug.title, stem_of(drug))
    for drug in DRUGS.values()
    if drug.kind == "drug" and drug.title.isalpha() and drug.id != "lithium"
} | {
    "lithium": ("lithium", "(liči|litis|litį)"),
    "aspirin": ("aspirin", "aspirin"),
    "methotrexate": ("methotrexate", "metotreksat"),
    "naltrexone": ("naltrexone", "naltrekson"),
    "Silexan": ("silexan", "silexan"),
    "creatine": ("creatine", "kreatin(?!in)"),
    "creatinine": ("(creatinine|crcl)", "kreatinin"),
    "magnesium": ("magnesium", "magn[iį]"),
    "potassium": ("potassium", "kal[iį]"),
    "calcium": ("calcium", "kalc(?!itriol|ifediol)"),
    "vitamin D": ("vitamin d", "vitamin[a-z]* d"),
    "adrenaline": ("adrenaline", "adrenalin"),
    "morphine": ("morphine", "morfin"),
    "alcohol": ("((?<!benzyl )alcohol|drinking)", "(?<!benzilo )alkohol"),
    "NSAID": ("nsaids?(?![a-z])", "nvnu"),
    "TCA": ("tcas?(?![a-z])", "tca"),
    "MAOI": ("maois?(?![a-z])", "maoi?(?![a-z])"),
    "SSRI": ("ssris?(?![a-z])", "ssri"),
    "SNRI": ("snris?(?![a-z])", "snri"),
}


def named_in(text: str, side: int) -> set[str]:
    return {
        name for name, known in NAMES.items() if re.search(rf"(?<!\w){known[side].lower()}", text.lower())
    }


def test_a_translation_names_the_drugs_of_its_english_and_no_other():
    assert failing(lambda original, text: named_in(original, 0) == named_in(text, 1)) == []


FORBIDS = re.compile(r"\b(never|not|no|cannot|none|neither|without|withhold)\b", re.IGNORECASE)
FORBIDDEN = re.compile(r"(?<!\w)(ne|nė|jok|niek|be )", re.IGNORECASE)


def test_a_translation_keeps_a_negation():
    assert failing(lambda original, text: not FORBIDS.search(original) or bool(FORBIDDEN.search(text))) == []


def test_avoid_is_said_where_the_english_says_it_and_nowhere_else():
    assert (
        failing(
            lambda original, text: (
                ("avoid" in original.lower()) == ("veng" in text.lower().replace("vengrij", ""))
            )
        )
        == []
    )
