"""How everyday words tell of much drink and of a wish for a child, in three languages; and what tells of neither."""

from __future__ import annotations

import pytest

from tests.unit.test_named_in_passing import AMITRIPTYLINE, state_of, told


@pytest.mark.parametrize(
    ("what", "state"),
    [
        ("vyno butelis savaitgaliais", "ask"),
        ("eine Flasche Wein am Wochenende", "ask"),
        ("drinks a bottle of wine at weekends", "ask"),
        ("geria savaitgaliais", "ask"),
        ("pasigeria penktadieniais", "ask"),
        ("Feierabendbier", "ask"),
        ("trinkt abends zwei Bier", "ask"),
        ("trinkt täglich Wein", "ask"),
        ("gets drunk on Fridays", "ask"),
        ("taurė vyno prieš miegą", "ask"),
        ("needs a drink to sleep", "ask"),
        ("nightcap every evening", "ask"),
        ("puslitris degtinės per savaitę", "ask"),
        ("20 units a week", "ask"),
        ("geria alų kasdien", "ask"),
        ("drinks coffee every day and a bottle of wine", "ask"),
        ("glass of wine at weekends", "now"),
        ("trinkt gelegentlich Wein", "now"),
        ("alus retkarčiais", "now"),
        ("drinks water every day", "now"),
        ("drinks mineral water daily", "now"),
        ("drinks 2 litres of water a day", "now"),
        ("drinks a lot of coffee", "now"),
        ("drinks tea to relax", "now"),
        ("geria kavą kasdien", "now"),
        ("geria vaistus vakarais", "now"),
        ("geria daug vandens", "now"),
        ("trinkt viel Wasser", "now"),
        ("alkoholfreies Bier am Wochenende", "now"),
        ("no alcohol", "now"),
        ("nevartoja alkoholio", "now"),
        ("nebegeria alkoholio", "now"),
        ("trinkt keinen Alkohol", "now"),
        ("her husband gets drunk", "now"),
    ],
)
def test_much_drink_is_asked_about_and_a_glass_now_and_then_is_not(what: str, state: str):
    assert state_of(AMITRIPTYLINE, told(what)) == state


@pytest.mark.parametrize(
    ("what", "state"),
    [
        ("IVF planned in March", "ask"),
        ("trying to conceive", "ask"),
        ("pregnancy planned for autumn", "ask"),
        ("fertility treatment", "ask"),
        ("wants to start a family", "ask"),
        ("šeimos pagausėjimo planai", "ask"),
        ("planuoja pastoti", "ask"),
        ("dirbtinis apvaisinimas kovo mėnesį", "ask"),
        ("Kinderwunsch", "ask"),
        ("künstliche Befruchtung geplant", "ask"),
        ("Familiengründung geplant", "ask"),
        ("family completed, IVF in 2009", "now"),
        ("planned weight loss", "now"),
        ("family planning advice", "now"),
        ("wants to adopt", "now"),
        ("her sister is trying to conceive", "now"),
    ],
)
def test_a_wish_for_a_child_is_asked_about_before_a_drug(what: str, state: str):
    assert state_of(AMITRIPTYLINE, told(what), sex="female", age=34) == state


def test_and_never_of_a_man():
    assert state_of(AMITRIPTYLINE, told("trying to conceive"), sex="male", age=34) == "now"
