"""What words deny as a whole reads as absent, in three languages; ordinary things ask nothing."""

from __future__ import annotations

import pytest

from assuage.record.entries import FindingEntry
from assuage.record.timeline import Timeline
from assuage.terms.denied import denied_in
from tests.unit.test_named_in_passing import AMITRIPTYLINE, state_of, told


@pytest.mark.parametrize(
    ("words", "condition"),
    [
        ("no epilepsy", "epilepsy"),
        ("patient denies epilepsy", "epilepsy"),
        ("epilepsy: none", "epilepsy"),
        ("epilepsy was excluded", "epilepsy"),
        ("epilepsijos nėra", "epilepsy"),
        ("epilepsija neigiama", "epilepsy"),
        ("neserga epilepsija", "epilepsy"),
        ("keine Epilepsie", "epilepsy"),
        ("Epilepsie ausgeschlossen", "epilepsy"),
        ("nėštumo nėra", "pregnancy_t1"),
        ("nenėščia", "pregnancy_t1"),
        ("Schwangerschaft ausgeschlossen", "pregnancy_t1"),
        ("nicht schwanger", "pregnancy_t1"),
        ("širdies nepakankamumo nėra", "heart_failure"),
        ("kein Anhalt für Herzinsuffizienz", "heart_failure"),
    ],
)
def test_a_denial_of_the_whole_of_a_thing_is_its_absence(words: str, condition: str):
    timeline = Timeline.of([FindingEntry(place=0, day=0, what=words, state="present")])
    finding = timeline.finding(condition, 0)
    assert finding is not None
    assert finding.state == "absent"


@pytest.mark.parametrize(
    "words",
    [
        "epilepsy not excluded",
        "Epilepsie nicht ausgeschlossen",
        "epilepsija neatmesta",
        "no change in epilepsy",
        "no gallbladder",
        "pregnancy test negative",
        "kein Ansprechen der Epilepsie auf Therapie",
        "no pleasure in life",
    ],
)
def test_other_words_with_a_denial_rule_nothing_out(words: str):
    assert denied_in(words) == ()


@pytest.mark.parametrize(
    ("words", "state"),
    [
        ("nėštumo nėra", "now"),
        ("nėštumo testas neigiamas", "now"),
        ("glaukomos nėra", "now"),
        ("long QT syndrome: no", "now"),
        ("Epilepsie nicht ausgeschlossen", "ask"),
        ("glass of wine at weekends", "now"),
        ("trinkt gelegentlich Wein", "now"),
        ("alus retkarčiais", "now"),
        ("six glasses of wine at weekends", "ask"),
        ("wine with her tablets sometimes", "ask"),
        ("bottle of wine every evening", "ask"),
    ],
)
def test_what_is_denied_or_is_ordinary_asks_nothing(words: str, state: str):
    assert state_of(AMITRIPTYLINE, told(words), sex="female", age=30) == state
