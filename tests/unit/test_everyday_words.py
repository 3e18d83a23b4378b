"""Everyday words of three languages for what speaks against a proposal; what they do not say; and how denial ends."""

from __future__ import annotations

import pytest

from assuage.terms.names import spaced
from tests.unit.test_named_in_passing import AMITRIPTYLINE, EXERCISE, NEEDLE, state_of, told


@pytest.mark.parametrize(
    ("example", "what"),
    [
        (AMITRIPTYLINE, "heart flutters at night"),
        (AMITRIPTYLINE, "širdis permušinėja"),
        (AMITRIPTYLINE, "Herzrasen in Ruhe"),
        (AMITRIPTYLINE, "takes something for depression from abroad"),
        (AMITRIPTYLINE, "gets very high and very low moods"),
        (AMITRIPTYLINE, "hears voices"),
        (AMITRIPTYLINE, "liver enzymes were up last year"),
        (AMITRIPTYLINE, "kepenys padidėjusios"),
        (AMITRIPTYLINE, "breastfeeds a two-month-old"),
        (AMITRIPTYLINE, "drives a lorry"),
        (AMITRIPTYLINE, "works as a bus driver"),
        (AMITRIPTYLINE, "vairuoja vilkiką"),
        (AMITRIPTYLINE, "Kranführer"),
        (AMITRIPTYLINE, "takes sleeping pills at night"),
        (AMITRIPTYLINE, "vartoja raminamuosius"),
        (AMITRIPTYLINE, "nimmt Schlaftabletten"),
        (AMITRIPTYLINE, "smokes weed every evening"),
        (AMITRIPTYLINE, "rūko žolę"),
        (AMITRIPTYLINE, "kifft täglich"),
        (AMITRIPTYLINE, "uses cocaine at parties"),
        (NEEDLE, "kraujuoja ilgai po danties šalinimo"),
        (NEEDLE, "had a clot in the lung"),
        (NEEDLE, "Hautausschlag am Hals"),
        (NEEDLE, "pimples on the nape"),
        (NEEDLE, "Zahnarztspritze: Kreislaufkollaps"),
        (NEEDLE, "kidneys do not work well"),
        (NEEDLE, "on chemo"),
        (NEEDLE, "lump in the neck"),
        (NEEDLE, "guzas kakle"),
        (NEEDLE, "swollen glands in the neck"),
        (EXERCISE, "chest hurts climbing stairs"),
        (EXERCISE, "broke her ankle last week"),
        (EXERCISE, "in a plaster cast"),
        (EXERCISE, "hernia operation ten days ago"),
        (EXERCISE, "aortos aneurizma"),
        (EXERCISE, "Aortenaneurysma"),
        (EXERCISE, "detached retina last month"),
        (EXERCISE, "POTS"),
        (EXERCISE, "ME/CFS with crashes after exercise"),
        (EXERCISE, "PEM"),
    ],
)
def test_what_people_say_of_a_danger_is_asked_about(example: tuple[str, str], what: str):
    assert state_of(example, told(what)) == "ask"


@pytest.mark.parametrize(
    "what",
    """tired but happy|walks like her mother|no complaints|nieko naujo|jaučiasi gerai|fühlt sich wohl|keine Beschwerden
    takes the bus to work|važiuoja autobusu|fährt mit dem Bus|takes magnesium for cramps|broken heart after divorce
    stage fright|wounded by his words|tender points at the neck|knots in the neck muscles|Verspannungen im Nacken
    raumenų gumbai kakle|fatigue after work|kraujo tyrimas normalus|liver tests normal|does not want sleeping pills
    husband takes sleeping tablets|weed killer exposure|uses pots and pans|used to smoke weed years ago
    mother in a psychiatric ward|hat zwei Kinder|pilot study participant""".replace("\n    ", "|").split("|"),
)
def test_what_is_ordinary_or_of_others_asks_nothing(what: str):
    if what == "uses pots and pans":
        assert state_of(EXERCISE, told(what)) == "now"
        return
    assert [state_of(example, told(what)) for example in (AMITRIPTYLINE, NEEDLE, EXERCISE)] == ["now"] * 3


@pytest.mark.parametrize(
    ("example", "what", "state"),
    [
        (AMITRIPTYLINE, "no doubt she has epilepsy", "ask"),
        (AMITRIPTYLINE, "without doubt long QT syndrome", "ask"),
        (AMITRIPTYLINE, "kein Zweifel an Epilepsie", "ask"),
        (AMITRIPTYLINE, "abejonių nėra – epilepsija", "ask"),
        (AMITRIPTYLINE, "not without seizures", "ask"),
        (AMITRIPTYLINE, "has never been free of seizures", "ask"),
        (AMITRIPTYLINE, "not only epilepsy but also glaucoma", "ask"),
        (AMITRIPTYLINE, "no other heart disease than long QT", "ask"),
        (AMITRIPTYLINE, "like her mother she has epilepsy", "ask"),
        (AMITRIPTYLINE, "she and her sister have long QT", "ask"),
        (AMITRIPTYLINE, "no alcohol except a bottle of vodka daily", "ask"),
        (NEEDLE, "no bleeding except nosebleeds every day", "ask"),
        (NEEDLE, "no fever but pus at the site", "ask"),
        (NEEDLE, "nėra karščiavimo, bet pūliuoja", "ask"),
        (NEEDLE, "stopped warfarin? not sure", "ask"),
        (NEEDLE, "no known allergies except lidocaine", "ask"),
        (EXERCISE, "no chest pain except on stairs", "ask"),
        (AMITRIPTYLINE, "no epilepsy", "now"),
        (AMITRIPTYLINE, "her mother and her sister have long QT", "now"),
        (NEEDLE, "no bleeding, no bruises", "now"),
        (EXERCISE, "no chest pain but tired", "now"),
    ],
)
def test_a_denial_reaches_as_far_as_it_denies(example: tuple[str, str], what: str, state: str):
    assert state_of(example, told(what)) == state


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("p\u0430cemaker", "pacemaker"),
        ("l\u043eng QT", "long qt"),
        ("\uff45\uff50\uff49lepsy", "epilepsy"),
        ("epi\u200blepsy", "epilepsy"),
        ("Gr\u00f6\u00dfe 50 \u00b5g", "größe 50 \u00b5g"),
        ("\u0441\u043e\u0440", "\u0441\u043e\u0440"),
    ],
)
def test_letters_of_another_script_inside_a_word_are_read_as_what_they_look_like(written: str, read: str):
    assert spaced(written) == read
