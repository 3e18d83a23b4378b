"""A drug that is only remembered to sedate, or to be anticholinergic, is named in the sum and asked about."""

from __future__ import annotations

import pytest

from assuage.safety.check import check
from assuage.safety.situation import RegimenLine, Situation
from assuage.terms.answers import YES
from assuage.words.speak import ENGLISH


def of(*substances: str, remembered: tuple[str, ...] = ()) -> Situation:
    surely = (RegimenLine(name, name, route="oral") for name in substances)
    perhaps = (RegimenLine(name, name, route="oral", sure=False, by_class=True) for name in remembered)
    return Situation(regimen=(*surely, *perhaps))


@pytest.mark.parametrize(
    ("sum_of", "situation", "tier", "named"),
    [
        ("BR_ACB", of("amitriptyline"), "note", "Amitriptyline: anticholinergic scores add up to 3"),
        ("BR_ACB", of("amitriptyline", remembered=("oxybutynin",)), "ask", "add up to 6"),
        ("BR_ACB", of("amitriptyline", remembered=("oxybutynin",)), "ask", "for oxybutynin: ask"),
        ("BR_ACB", of(remembered=("oxybutynin",)), "note", "for oxybutynin: ask"),
        ("BR_ACB", of(remembered=("oxybutynin", "solifenacin")), "ask", "add up to 6"),
        ("BR_SED", of("amitriptyline", "hydroxyzine", remembered=("oxybutynin",)), "ask", "for oxybutynin: ask"),
        ("BR_SED", of("amitriptyline", remembered=("oxybutynin",)), "ask", "add up to 4"),
    ],
)  # fmt: skip
def test_what_may_add_to_a_sum_is_named_and_asked(sum_of: str, situation: Situation, tier: str, named: str):
    (alert,) = (alert for alert in check(situation) if alert.id == sum_of)
    assert (alert.tier, named in ENGLISH.say(alert.text)) == (tier, True)


def test_what_is_certain_of_a_sum_is_as_urgent_as_it_was():
    old = of("amitriptyline", "hydroxyzine", remembered=("oxybutynin",))
    old = Situation(regimen=old.regimen, conditions={"age_ge_65": YES})
    (alert,) = (alert for alert in check(old) if alert.id == "BR_ACB")
    assert (alert.tier, alert.severity) == ("ask", "major")
