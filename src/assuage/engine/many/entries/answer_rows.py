"""What the rows of answers have in common, before anything is folded: which items they answer, and what is said beside.

Body maps and sums (`body_maps`, `sum_scores`) put a key of their own in place of the answers. Neither may lose what
stands beside an answer: who said it, when it was written, a site.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from assuage.engine.many.arrays import Bytes, Ints, Longs, bytes_of
from assuage.engine.many.jit import kernel, long, mix
from assuage.engine.many.rows.columns import row_code, row_site, row_text_id
from assuage.engine.many.rows.vocabulary import Vocabulary


class AnswerWords(NamedTuple):
    """What the numbers of words mean to the folding of answers; the last of each list stands for null."""

    item: Ints  # code: which of the items that are folded it is, or -1
    answers: Bytes  # kind: whether it is answers
    bare: Bytes  # text: whether it holds nothing that makes answers more than their items


def answer_words(vocabulary: Vocabulary, items: Sequence[int]) -> AnswerWords:
    """The words of a vocabulary, with the item of each code."""
    return AnswerWords(
        item=np.array([*items, -1], dtype=np.int32),
        answers=bytes_of(kind == "answers" for kind in vocabulary.kinds),
        bare=bytes_of([*("is" not in held and "items" not in held for held in vocabulary.holds), True]),
    )


@kernel
def key_beside(
    what: Longs, order: Ints, begin: int, end: int, words: AnswerWords, mark: int
) -> tuple[bool, int]:
    """Whether the rows of an entry all answer items, and those beyond the first say the same beside; and a key of that.

    `mark` stands in the key for the code of any item.
    """
    key, more = long(mark), long(-1)
    for at in range(begin, end):
        row: int = at if order.size == 0 else order[at]
        text = row_text_id(what[row])
        if words.item[row_code(what[row])] < 0 or row_site(what[row]) >= 0 or not words.bare[text]:
            return False, key
        if at == begin + 1:
            more = text
        if text >= 0 and at == begin:
            key = mix(key, text + 1)
        elif text >= 0 and text != more:
            return False, key
    return True, key
