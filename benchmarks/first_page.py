"""Which order of the visit page is read best: three orders, six patients, ten questions with the right answers.

Counts how many words a reader who begins at the top has read when a question is answered; nobody reads. Writes the
table of docs/studies/first-page.md and, with `--pages FOLDER`, the pages and the questions for readers.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import mean

from assuage.record.read import read_record
from assuage.report.visit_text import ANSWERS, VisitText
from assuage.review.make import review
from assuage.review.visit import VisitPage, visit_page

EXAMPLES = Path(__file__).parent.parent / "examples"
PATIENTS: tuple[tuple[str, int | None], ...] = (
    ("case", 48),
    ("case", 400),
    ("diary", 50),
    ("patients/ben", None),
    ("patients/emil", None),
    ("patients/jon", None),
)
ORDERS: dict[str, tuple[str, ...]] = {
    "how she is before the plan": ("stop", "how", "where", "now", "leave", "ask", "silent", "since"),
    "the plan before how she is": ("stop", "where", "now", "leave", "ask", "how", "silent", "since"),
    "what is new first": ("stop", "since", "silent", "where", "how", "now", "leave", "ask"),
}


@dataclass(frozen=True)
class PageQuestion:
    """A question, the part of the page that answers it, and whether a wrong answer could do harm."""

    asks: str
    part: str
    grave: bool = False


QUESTIONS = (
    PageQuestion("Must anything stop today, and what?", "stop", grave=True),
    PageQuestion("Who acts on it, and how soon?", "stop", grave=True),
    PageQuestion(
        "What was the last rating of the pain that matters in this phase, and how old is it?", "how"
    ),
    PageQuestion("Is sleep better than at entry?", "how"),
    PageQuestion("In which phase is the patient, and by whose word?", "where"),
    PageQuestion("What does the gate to the next phase wait for?", "where"),
    PageQuestion("What is to be done, or gone on with, today?", "now", grave=True),
    PageQuestion("What is to be left alone, and was it done all the same?", "leave", grave=True),
    PageQuestion("What is to be asked first today?", "ask"),
    PageQuestion("What has changed since the last visit?", "since"),
)


def pages() -> Iterator[tuple[str, VisitPage]]:
    """The pages of the six patients."""
    for name, day in PATIENTS:
        page = visit_page(review(read_record(EXAMPLES / f"{name}.yaml"), None, day))
        yield f"{Path(name).name}, day {page.review.on}", page


def in_order(page: VisitPage, order: tuple[str, ...]) -> list[tuple[str, str]]:
    """The parts of a page that say something, in an order, each as text."""
    parts = {name: " ".join(line.says for line in lines) for name, lines in VisitText(page).answers()}
    return [(name, parts[name]) for name in order if name in parts]


def words_until(page: VisitPage, order: tuple[str, ...], part: str) -> int:
    """How many words are read when a part has been read; of one that says nothing, the whole page."""
    read = 0
    for name, text in in_order(page, order):
        read += len(text.split())
        if name == part:
            return read
    return read


def table() -> Iterator[str]:
    """A row an order: the mean of the words read until a question is answered, and of the grave ones."""
    yield "| order | all ten questions | the four that could do harm | the latest of these four |"
    yield "|---|---|---|---|"
    all_pages = [page for _, page in pages()]
    for name, order in ORDERS.items():
        every = [words_until(page, order, each.part) for page in all_pages for each in QUESTIONS]
        grave = [
            words_until(page, order, each.part) for page in all_pages for each in QUESTIONS if each.grave
        ]
        latest = [
            max(words_until(page, order, each.part) for each in QUESTIONS if each.grave) for page in all_pages
        ]
        yield f"| {name} | {mean(every):.0f} | {mean(grave):.0f} | {mean(latest):.0f} |"


def main() -> None:
    """Print the table; write the pages where a folder is given."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=Path, metavar="FOLDER")
    folder = parser.parse_args().pages
    assert set(ANSWERS) == set(next(iter(ORDERS.values())))
    print("\n".join(table()))
    if folder is not None:
        folder.mkdir(parents=True, exist_ok=True)
        asked = "\n".join(f"{number}. {each.asks}" for number, each in enumerate(QUESTIONS, 1))
        (folder / "questions.txt").write_text(f"{asked}\n", encoding="utf-8")
        for number, (order_name, order) in enumerate(ORDERS.items(), 1):
            for name, page in pages():
                text = "\n".join(f"{part.upper()}: {said}" for part, said in in_order(page, order))
                path = folder / f"{number}-{name.replace(', day ', '-')}.txt"
                path.write_text(f"{name} ({order_name})\n{text}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
