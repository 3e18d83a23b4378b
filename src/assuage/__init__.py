"""Assuage: phased care of fibromyalgia and other nociplastic pain. A record goes in, a review comes out.

`import assuage` gives the names below, each loaded when it is first used, so that the import costs nothing.
What each is for, with examples: docs/reference/python.md. Whoever writes a pathway needs more words than these,
and takes them from the modules that define them.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from assuage.cohort.run import review_cohort as cohort
    from assuage.cohort.summary import summarise as summarise
    from assuage.dynamics.reading import diary_of_record as diary_of_record
    from assuage.dynamics.reading import read_diary as read_diary
    from assuage.dynamics.simulate import simulate as simulate
    from assuage.dynamics.triggers import triggers as triggers
    from assuage.engine.walk import walk as walk
    from assuage.errors import AssuageError as AssuageError
    from assuage.errors import InputError as InputError
    from assuage.errors import Problems as Problems
    from assuage.instruments.scoring import score_answers as score
    from assuage.pathways.model import Pathway as Pathway
    from assuage.pathways.registry import pathway as pathway
    from assuage.record.entries import Record as Record
    from assuage.record.read import read_record as read_record
    from assuage.record.read import read_text as read_text
    from assuage.record.rows import read_table as read_table
    from assuage.record.save import save as save
    from assuage.record.timeline import Timeline as Timeline
    from assuage.report.explain import explain as explain
    from assuage.report.page.pages import review_page as review_page
    from assuage.report.page.pages import timeline_page as timeline_page
    from assuage.report.review_json import page_to_json as page_to_json
    from assuage.report.review_json import to_json as to_json
    from assuage.review.make import review as review
    from assuage.review.model import Review as Review
    from assuage.review.standing import standing as standing
    from assuage.review.visit import visit_page as visit_page
    from assuage.safety.regimen import check_regimen as check_regimen
    from assuage.words.speak import describe as describe

__version__ = "0.1.0"

__all__ = [
    "AssuageError",
    "InputError",
    "Pathway",
    "Problems",
    "Record",
    "Review",
    "Timeline",
    "check_regimen",
    "cohort",
    "describe",
    "diary_of_record",
    "explain",
    "page_to_json",
    "pathway",
    "read_diary",
    "read_record",
    "read_table",
    "read_text",
    "review",
    "review_page",
    "save",
    "score",
    "simulate",
    "standing",
    "summarise",
    "timeline_page",
    "to_json",
    "triggers",
    "visit_page",
    "walk",
]

# Where each name lives, as above; after a colon, what it is called there.
_HOME = {
    "AssuageError": "assuage.errors",
    "InputError": "assuage.errors",
    "Pathway": "assuage.pathways.model",
    "Problems": "assuage.errors",
    "Record": "assuage.record.entries",
    "Review": "assuage.review.model",
    "Timeline": "assuage.record.timeline",
    "check_regimen": "assuage.safety.regimen",
    "cohort": "assuage.cohort.run:review_cohort",
    "describe": "assuage.words.speak",
    "diary_of_record": "assuage.dynamics.reading",
    "explain": "assuage.report.explain",
    "page_to_json": "assuage.report.review_json",
    "pathway": "assuage.pathways.registry",
    "read_diary": "assuage.dynamics.reading",
    "read_record": "assuage.record.read",
    "read_table": "assuage.record.rows",
    "read_text": "assuage.record.read",
    "review": "assuage.review.make",
    "review_page": "assuage.report.page.pages",
    "save": "assuage.record.save",
    "score": "assuage.instruments.scoring:score_answers",
    "simulate": "assuage.dynamics.simulate",
    "standing": "assuage.review.standing",
    "summarise": "assuage.cohort.summary",
    "timeline_page": "assuage.report.page.pages",
    "to_json": "assuage.report.review_json",
    "triggers": "assuage.dynamics.triggers",
    "visit_page": "assuage.review.visit",
    "walk": "assuage.engine.walk",
}
# Two names are packages as well, bound here by whoever imports from them first. Each is the package, which can be
# called: so `assuage.review(…)` is the same before and after `import assuage.review.model`.
_CALLED_PACKAGES = ("cohort", "review")
_EXTRAS = "cohort,report,table,triggers"

if not TYPE_CHECKING:  # a type checker that saw it would take every misspelt name for one that exists

    def __getattr__(name: str) -> object:
        if name not in _HOME:
            raise AttributeError(f"module 'assuage' has no attribute {name!r}", name=name)
        module, _, attribute = _HOME[name].partition(":")
        try:
            if name in _CALLED_PACKAGES:
                return import_module(f"assuage.{name}")
            value = globals()[name] = getattr(import_module(module), attribute or name)
        except ModuleNotFoundError as error:
            if error.name is None or error.name.startswith("assuage"):
                raise
            raise ImportError(
                f"assuage.{name} needs {error.name}, which comes with an extra: pip install 'assuage[{_EXTRAS}]'"
            ) from error
        return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
