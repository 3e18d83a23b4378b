"""Who checked a translation or a fact: a check is of the text as it stood, and lapses when any of it changes."""

from __future__ import annotations

import gettext
import io
import re
import sys
from pathlib import Path
from subprocess import run

import pytest
from msgspec.structs import replace

from assuage.catalogue import read
from assuage.catalogue.checks import Check, checks
from assuage.catalogue.compile import CHECKED, compile_catalogue, digest_of, english_of, entries_by_key
from assuage.catalogue.languages import LANGUAGES, ORIGINAL, READERS
from assuage.catalogue.message import Wording
from assuage.catalogue.read import Catalogue, fact_signature
from assuage.catalogue.signature import Signature, digest
from assuage.safety.formulary import INTERACTIONS
from assuage.words.tables import TableRow, safety_row, table_rows

DAYS = "count.days"


def compiled(language: str, *signed: Check) -> gettext.GNUTranslations:
    return gettext.GNUTranslations(io.BytesIO(compile_catalogue(language, "clinician", signed)))


def check_of(name: str) -> Check:
    """A check of a Lithuanian entry as it stands."""
    stands = digest_of(entries_by_key("lt", "clinician")[name], english_of("clinician"))
    return Check("lt", "clinician", name, stands, "R. Jonaitė, neurologist", "2026-12-01")


@pytest.fixture
def signed(monkeypatch: pytest.MonkeyPatch):
    """Read these checks as if they stood in the list and had been compiled."""

    def with_checks(*of: Check) -> None:
        def entries(language: str, reader: str) -> gettext.NullTranslations:
            stream = io.BytesIO(compile_catalogue(language, reader, of))
            loaded = gettext.GNUTranslations(stream)
            loaded.add_fallback(read._NothingBehind())  # pyright: ignore[reportPrivateUsage]
            return loaded

        monkeypatch.setattr(read, "_entries", entries)

    return with_checks


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("reader", READERS)
def test_the_same_files_give_the_same_bytes(language: str, reader: str):
    assert compile_catalogue(language, reader) == compile_catalogue(language, reader)


def test_nothing_is_signed_yet_and_the_list_can_be_read():
    assert checks() == ()


def test_a_check_with_a_field_missing_is_refused(tmp_path: Path):
    file = tmp_path / "checks.toml"
    file.write_text('[[check]]\nlanguage = "lt"\n', encoding="utf-8")
    with pytest.raises(ValueError, match=r"check 1 of checks.toml: .*digest"):
        checks(file)


def test_two_checks_of_one_entry_are_refused(tmp_path: Path):
    file = tmp_path / "checks.toml"
    fields = {"language": "lt", "reader": "clinician", "id": "x", "digest": "0", "by": "a", "on": "b"}
    block = "[[check]]\n" + "".join(f'{name} = "{value}"\n' for name, value in fields.items())
    file.write_text(block + block, encoding="utf-8")
    with pytest.raises(ValueError, match="two checks of x"):
        checks(file)


def test_an_unsigned_translation_is_not_checked():
    assert not Catalogue("lt", "clinician").checked(DAYS)


def test_a_signed_translation_is_checked_and_says_by_whom_and_when(signed):
    signed(check_of(DAYS))
    lithuanian = Catalogue("lt", "clinician")
    assert lithuanian.checked(DAYS)
    assert lithuanian.signature(DAYS) == Signature("R. Jonaitė, neurologist", "2026-12-01")


def test_a_check_lapses_when_the_text_changes():
    stands = check_of(DAYS)
    assert compiled("lt", stands).pgettext(CHECKED, DAYS) != DAYS
    assert compiled("lt", replace(stands, digest="0123456789abcdef")).pgettext(CHECKED, DAYS) == DAYS


@pytest.mark.parametrize("what", ["english", "text", "another case"])
def test_the_digest_is_of_the_english_and_of_every_case_and_form(what: str):
    entries = entries_by_key("lt", "clinician")[DAYS]
    english = english_of("clinician")
    before = digest_of(entries, english)
    match what:
        case "english":
            english = {**english, DAYS: ("{n} day", "{n} weeks")}
        case "text":
            entries[0].text = ("{n} diena", "{n} dienos", "{n} metų")
        case _:
            entries[-1].text = ("a", "b", "c")
    assert digest_of(entries, english) != before


def test_english_is_the_original_and_needs_no_check():
    assert Catalogue("en", "clinician").checked(DAYS)


def test_what_is_shown_in_english_for_want_of_a_translation_needs_no_check():
    assert Catalogue("lt", "clinician").checked(Wording("drug.none", "a drug that no table has"))


# --- facts ------------------------------------------------------------------------------------------


def row_of(id: str) -> TableRow:  # noqa: A002 - the id of an interaction
    return safety_row(next(row for row in INTERACTIONS if row.id == id))


def fact_check(row: TableRow) -> Check:
    return Check("en", "clinician", row.key, digest(row.checked_texts), "A. Doe, pharmacist", "2026-12-02")


def test_a_signed_fact_is_known_by_its_row(signed):
    row = row_of("DI_TIZ_FLV")
    assert row.signature is None
    signed(fact_check(row))
    assert row.signature == Signature("A. Doe, pharmacist", "2026-12-02")


def test_a_fact_that_changed_is_no_longer_checked(signed):
    row = row_of("DI_TIZ_FLV")
    signed(fact_check(row))
    softened = safety_row(
        replace(next(row for row in INTERACTIONS if row.id == "DI_TIZ_FLV"), severity="minor")
    )
    reworded = safety_row(
        replace(next(row for row in INTERACTIONS if row.id == "DI_TIZ_FLV"), action="combine with care")
    )
    assert (softened.signature, reworded.signature) == (None, None)
    assert fact_signature(row.key, row.checked_texts) is not None


def test_every_row_that_states_a_fact_has_a_key_of_its_own():
    keys = [row.key for row in table_rows()]
    twice = {key for key in keys if keys.count(key) > 1 and not key.startswith("follow.")}
    assert twice <= {
        "action.how",
        "claim.says",
        "dose.when",
        "injectate.route",
        *(
            f"instrument.{kind}"
            for kind in ("domain", "immpact-listed", "item", "note", "part", "rule", "word")
        ),
    }


# --- the command that prints a check ------------------------------------------------------------------


def signing(*args: str) -> tuple[int, str]:
    done = run(
        [sys.executable, "-m", "assuage.words.sign", *args], capture_output=True, text=True, check=False
    )
    return done.returncode, done.stdout + done.stderr


def test_the_printed_check_is_of_the_entry_as_it_stands():
    code, text = signing("lt", "clinician", DAYS)
    assert code == 0
    assert f'digest = "{check_of(DAYS).digest}"' in text
    assert "# {n} days = {n} diena" in text


def test_the_printed_check_of_a_fact_shows_all_it_is_about():
    code, text = signing("en", "clinician", "interaction.DI_TIZ_FLV")
    assert code == 0
    assert f'digest = "{fact_check(row_of("DI_TIZ_FLV")).digest}"' in text
    assert "# never combine" in text
    assert "# contraindicated" in text


def test_an_unknown_entry_is_refused_with_the_nearest():
    code, text = signing("lt", "clinician", "count.dayz")
    assert code == 1
    assert 'did you mean "count.days"?' in text


def test_the_page_on_signing_shows_what_is_printed():
    page = (Path(__file__).parents[2] / "docs/reference/translating.md").read_text(encoding="utf-8")
    shown = page.partition("$ python -m assuage.words.sign ")[2].partition("```")[0]
    command, _, lines = shown.partition("\n")
    assert signing(*command.split()) == (0, lines)


def test_no_module_but_the_table_of_languages_names_a_translation():
    source = Path(__file__).parents[2] / "src" / "assuage"
    codes = re.compile("|".join(f"[\"']{code}[\"']" for code in LANGUAGES if code != ORIGINAL))
    assert {
        str(file.relative_to(source))
        for file in source.rglob("*.py")
        if codes.search(file.read_text(encoding="utf-8"))
    } == {"catalogue/languages.py"}
