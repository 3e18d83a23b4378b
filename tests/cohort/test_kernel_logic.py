"""The logic of the kernels, in two bits, is that of the terms: the same answer for every pair of answers."""

from __future__ import annotations

from itertools import product

import pytest

from assuage.engine.many.answers.kleene import kleene_and_bits, kleene_not_bits, kleene_or_bits
from assuage.engine.many.program import codes as c
from assuage.terms.answers import NO, UNKNOWN, YES, kleene_and, kleene_not, kleene_or

CODES = {UNKNOWN: c.UNKNOWN, YES: c.YES, NO: c.NO}


@pytest.mark.parametrize(("answer", "other"), [*product(CODES, repeat=2)])
def test_and_and_or_of_two_codes_are_those_of_the_answers(answer, other):
    assert kleene_and_bits(CODES[answer], CODES[other]) == CODES[kleene_and(answer, other)]
    assert kleene_or_bits(CODES[answer], CODES[other]) == CODES[kleene_or(answer, other)]


@pytest.mark.parametrize("answer", [*CODES])
def test_not_of_a_code_is_that_of_the_answer(answer):
    assert kleene_not_bits(CODES[answer]) == CODES[kleene_not(answer)]
