"""What is hidden or asked does not hang on capitals, on the script, or on signs that print as nothing."""

from __future__ import annotations

import unicodedata

from hypothesis import given, settings
from hypothesis import strategies as st

from assuage.deidentify.identifiers import Policy
from assuage.deidentify.letters import plain_letters
from assuage.deidentify.record import hide_text

NAMES = ("Okafor", "Petraitis", "Wojciechowski", "Zirngibl", "Prothero", "Adomavičiūtė", "Halloran")
SENTENCES = (
    "The pain is worse since Dr {} came, and she was not able to sleep.",
    "Die Schmerzen sind schlimmer, seit Frau {} da war und nicht half.",
    "Skausmas stipresnis, kai gyd. {} atvyko ir nepadėjo, dėl to nemiega.",
)
# A trade, a firm, a place or an event in words of every day, and what around it says nobody.
PHRASES = (
    ("She said that the pain is worse and {} too.", "keeper of the reptile house"),
    ("She said that the pain is worse and {} too.", "won the regional marathon"),
    ("She said that the pain is worse and {} too.", "mayor's wife"),
    ("Sie sagt, die Schmerzen sind nicht weg, {} auch.", "Kapellmeister der Bergmannskapelle"),
    ("Sako, kad skausmas nuo ryto ir dėl to nemiega, {} irgi.", "varpų liejykloje"),
)
_LOOK_ALIKE = str.maketrans("aeopcyxABEKMHOPCTX", "аеорсухАВЕКМНОРСТХ")


def wide(text: str) -> str:
    return "".join(
        chr(ord(sign) + 0xFEE0) if "!" <= sign <= "~" and sign.isalpha() else sign for sign in text
    )


WRITTEN = st.sampled_from(
    (
        str,
        str.lower,
        str.upper,
        lambda text: unicodedata.normalize("NFD", text),
        lambda text: "\u200b".join(text),
        lambda text: text.translate(_LOOK_ALIKE),
        wide,
    )
)


@settings(max_examples=60, deadline=None)
@given(name=st.sampled_from(NAMES), sentence=st.sampled_from(SENTENCES), written=WRITTEN, twice=st.booleans())
def test_a_hidden_name_never_comes_back_however_it_is_written(name, sentence, written, twice):
    text = sentence.format(written(name)) + (f"\n{written(name)}" if twice else "")
    hidden = hide_text(text, Policy(hide=(name,)))
    letters = plain_letters("".join(sign for sign in hidden.value if sign.isalpha())).lower()
    assert plain_letters(name).lower() not in letters


@settings(max_examples=60, deadline=None)
@given(phrase=st.sampled_from(PHRASES), large=st.booleans())
def test_a_phrase_is_hidden_or_asked_in_small_letters_and_in_large(phrase, large):
    sentence, telling = phrase
    text = sentence.format(telling)
    text = text.upper() if large else text
    told = hide_text(text, Policy())
    met = " ".join((*(each.word for each in told.unjudged), *(each.before for each in told.changes))).lower()
    assert any(word in met for word in telling.lower().split())


@settings(max_examples=40, deadline=None)
@given(phrase=st.sampled_from(PHRASES))
def test_a_phrase_that_a_person_hides_never_comes_back(phrase):
    sentence, telling = phrase
    text = sentence.format(telling)
    for each in hide_text(text, Policy()).unjudged:
        assert each.word not in hide_text(text, Policy(hide=(each.word,))).value


def test_what_is_asked_is_never_hidden_and_what_is_hidden_never_asked():
    for sentence, telling in PHRASES:
        told = hide_text(sentence.format(telling), Policy())
        assert not {each.before for each in told.changes} & {each.word for each in told.unjudged}
