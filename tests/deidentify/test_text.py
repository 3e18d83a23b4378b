"""What tells who somebody is goes out of a text; what a record is made of stays."""

from __future__ import annotations

from datetime import date

import pytest
from faker.providers.person.lt_LT import Provider
from hypothesis import given
from hypothesis import strategies as st

from assuage.deidentify.ages import band
from assuage.deidentify.identifiers import CLASSES, Policy
from assuage.deidentify.lithuanian import cases, checksum, is_personal_code, plain_letters
from assuage.deidentify.record import hide_text
from benchmarks.deidentify_score import wilson
from tests.deidentify.planted import INNOCENT, PLANTED

DAY_ZERO = date(2026, 1, 5)


def hidden(text: str, **policy: object) -> str:
    return hide_text(text, Policy(**policy), DAY_ZERO).value  # pyright: ignore[reportArgumentType]


def test_every_class_of_safe_harbor_is_planted():
    assert list(PLANTED) == list(CLASSES)


@pytest.mark.parametrize(("text", "secret"), [pair for pairs in PLANTED.values() for pair in pairs])
def test_a_planted_identifier_does_not_survive(text: str, secret: str):
    assert secret.lower() not in hidden(text).lower()
    assert secret.lower() not in hidden(f"Then, at night: {text}; slept badly.").lower()


@pytest.mark.parametrize("text", INNOCENT)
def test_what_a_record_is_made_of_stays(text: str):
    assert hidden(text) == text


@pytest.mark.parametrize(
    "written",
    [
        "2026-03-06",
        "06.03.2026",
        "6 March 2026",
        "March 6th, 2026",
        "2026 m. kovo 6 d.",
        "2026/03/06",
        "20260306",
        "6-Mar-2026",
        "2026-03-06T14:20:00Z",
    ],
)
def test_a_whole_date_becomes_the_day_of_the_record(written: str):
    assert hidden(f"seen {written} again") == "seen Day 60 again"


@pytest.mark.parametrize(
    "written", ["06/03/2026", "March 2026", "kovo 6 d.", "2026-03", "6 March", "2026-02-30"]
)
def test_a_date_that_can_be_read_in_two_ways_or_not_at_all_is_hidden_and_not_guessed(written: str):
    assert hidden(f"seen {written} again") == "seen [date] again"


def test_a_name_found_once_is_found_everywhere_in_small_letters_too():
    assert "petrai" not in hidden("petraitis was late.\n\nOna Petraitienė called. p. Petraitis came.").lower()


def test_signs_that_print_as_nothing_do_not_save_a_name():
    assert "nas" not in hidden("met Jo\u200bnas there")


def test_a_name_over_the_end_of_a_line_is_found():
    assert "Smithers" not in hidden("met Jonas\nSmithers there")


def test_a_capital_that_no_list_knows_is_asked_and_kept_until_a_person_decides():
    found = hide_text("massage by Smithereen today", Policy())
    assert [one.word for one in found.unjudged] == ["Smithereen"]
    assert "Smithereen" not in hidden("massage by Smithereen at home", hide=("Smithereen",))
    assert hide_text("massage by Smithereen at home", Policy(keep=frozenset({"Smithereen"}))).unjudged == ()


def test_a_word_hidden_by_choice_is_hidden_in_every_case_of_it():
    assert "adell" not in hidden("pas Adellį ir Adellio", hide=("Adellis",)).lower()


@pytest.mark.parametrize(
    ("name", "case"),
    [
        ("Jonas", "jonui"),
        ("Petraitis", "petraiciu"),
        ("Onutė", "onutei"),
        ("Vilnius", "vilniaus"),
        ("Šiauliai", "siauliuose"),
        ("Alytus", "alytuje"),
        ("Budrys", "budrio"),
        ("Trakai", "trakuose"),
    ],
)
def test_a_name_has_its_lithuanian_cases(name: str, case: str):
    assert case in cases(name)


# The names are Faker's, the text around them is ours: nobody who wrote the rules chose them.
@pytest.mark.parametrize("name", sorted({*Provider.first_names, *Provider.last_names} - {"Vsiliauskas"}))
def test_names_of_somebody_elses_list_are_found_in_every_case(name: str):
    for form in cases(name):
        written = form.capitalize()
        assert written not in hidden(f"vakar atvyko {written} ir gydėsi"), written


@pytest.mark.parametrize("code", ["38801010007", "33309240064", "60001010003"])
def test_a_personal_code_has_a_date_and_a_checksum(code: str):
    right = code[:10] + str(checksum(code[:10]))
    assert is_personal_code(right)
    assert not is_personal_code(right[:10] + str((int(right[10]) + 1) % 10))


def test_the_checksum_is_that_of_a_published_example():
    # 33309240064 is the example of the national standard as python-stdnum and others quote it.
    assert checksum("3330924006") == 4


@pytest.mark.parametrize("code", ["38813010007", "78801010007", "3880101000", "abc"])
def test_what_is_no_personal_code(code: str):
    assert not is_personal_code(code)


@pytest.mark.parametrize(
    ("years", "said"), [(48, "45-49"), (45, "45-49"), (90, "90 or more"), (103, "90 or more"), (0, "0-4")]
)
def test_an_age_has_a_band(years: int, said: str):
    assert band(years) == said


def test_ages_become_bands_on_request_only():
    assert hidden("a 48-year-old woman") == "a 48-year-old woman"
    assert hidden("a 48-year-old woman", age_bands=True) == "a aged 45-49 woman"


@given(st.text(max_size=200))
def test_a_second_pass_changes_nothing_more(text: str):
    once = hidden(text)
    assert hidden(once) == once


@given(st.text(max_size=100))
def test_letters_lose_their_marks_one_by_one(text: str):
    assert len(plain_letters(text)) == len(text)


@pytest.mark.parametrize("piece", ["Aaa ", "1 2", "a.", "a", "A. ", "+3", "ab-1/", "kovo 6 ", "Nr. 1", "x@"])
def test_a_long_text_takes_time_that_grows_with_its_length_only(piece: str):
    # A pattern that looked back over everything would take hours here, and the test would never end.
    assert isinstance(hidden(piece * 15_000), str)


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("met Mr Van der Berg today", "met Mr [name] today"),
        ("gim. 1978-03-02", "gim. [date]"),
        ("seen 6.III.2026", "seen [date]"),
        ("scan of 2025-07-06", "scan of Day -183"),
        ("write to a@b.example.lt. c@d.example.lt", "write to [e-mail]. [e-mail]"),
    ],
)
def test_what_was_once_missed_is_found(text: str, left: str):
    assert hidden(text) == left


@pytest.mark.parametrize("unit", ["A" + "a" * 7, "\n", "Ab.", "the only "])
def test_no_text_takes_the_square_of_its_length(unit: str):
    # These took seconds and more when a rule walked the text again from each of its letters.
    text = (unit * 10_000)[:10_000]
    assert len(hide_text(text, Policy()).changes) <= 1


def test_words_of_a_share_have_the_interval_of_wilson():
    # Newcombe 1998, table I: 15 of 148 is 0.0624 to 0.1605.
    low, high = wilson(15, 148)
    assert (round(low, 4), round(high, 4)) == (0.0624, 0.1605)


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("my partner guy says rest", ["guy"]),
        ("her son will has left", ["will"]),
        ("her son will help with the shopping", []),
        ("lives in bath, took a bath", ["bath"]),
        ("moved to reading in spring", ["reading"]),
        ("pain while reading in bed", []),
        ("max woke me at 3", ["max"]),
        ("pain at its max in the morning", []),
        ("it's mo from the group, mo as before", ["mo"]),
        ("sein mann wohnt in essen", ["essen"]),
    ],
)
def test_a_word_that_is_a_name_too_is_asked_in_small_letters_where_a_name_stands(text: str, asked: list[str]):
    assert [each.word for each in hide_text(text, Policy()).unjudged] == asked


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("diagnosed 2019, an operation 2004", "diagnosed [year], an operation [year]"),
        ("does not decide the 2016 fibromyalgia criteria", "does not decide the 2016 fibromyalgia criteria"),
        (
            "2016 m. fibromialgijos diagnostiniai kriterijai",
            "2016 m. fibromialgijos diagnostiniai kriterijai",
        ),
        ("fibromyalgia since 2016, chronic pain", "fibromyalgia since [year], chronic pain"),
        ("by the ACR 2016 criteria, 2000 mg", "by the ACR 2016 criteria, 2000 mg"),
        ("admitted 28/10, pain 7/10, for 14/7", "admitted [date], pain 7/10, for 14/7"),
        ("Kommt wieder Do 14 Uhr", "Kommt wieder [date]"),
        ("see Monday week", "see [date]"),
        ("Im Mittel 5, Schlaf 6 Stunden", "Im Mittel 5, Schlaf 6 Stunden"),
    ],
)
def test_every_year_and_day_goes_and_no_share_or_amount_does(text: str, left: str):
    assert hidden(text) == left


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("mark slept badly. pain 4/10", ["mark"]),
        ("mark reports less pain", ["mark"]),
        ("hope is anxious today", ["hope"]),
        ("drew reported a headache", ["drew"]),
        ("saw joy and frank today", ["joy", "frank"]),
        ("carol's pain 6/10", ["carol"]),
        ("rasai skauda galvą", ["rasai"]),
        ("the pain drew tears, hope it is gone soon", []),
        ("sleep is better, mood is off", []),
    ],
)
def test_whoever_does_what_a_note_says_of_a_patient_may_be_called_by_a_word(text: str, asked: list[str]):
    hidden_text = hide_text(text, Policy())
    told = [each.word for each in hidden_text.unjudged] + [each.before for each in hidden_text.changes]
    assert [word for word in asked if not any(word in each for each in told)] == []
    assert asked or told == []


def test_a_word_in_the_name_of_a_file_that_is_a_name_too_is_asked_about():
    policy = Policy(hints=("mark_hardcastle_notes",))
    hidden_text = hide_text("Quite a mark on the arm. hardcastle senior came along.", policy)
    assert [each.word for each in hidden_text.unjudged] == ["mark"]
    assert [each.before for each in hidden_text.changes] == ["hardcastle"]


@pytest.mark.parametrize("spelled", ["J o h n", "A n a", "J-o-h-n", "O n d i n a", "Ž. y. d. r. ė"])
def test_a_name_letter_by_letter_is_hidden(spelled: str):
    assert hidden(f"The patient {spelled} slept badly.") == "The patient [name] slept badly."


@pytest.mark.parametrize("kept", ["tests L R L", "Schober L4 L5 S1", "a, b, c and d"])
def test_single_letters_that_spell_nothing_stay(kept: str):
    assert hidden(kept) == kept
