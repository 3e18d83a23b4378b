"""Every pathway in plain words, and every number that decides something, with whose number it is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from assuage.engine.reference import DECIMALS
from assuage.measures.criteria import Criterion
from assuage.pathways import registry
from assuage.pathways.evidence import Advice
from assuage.pathways.model import Pathway, Recommendation
from assuage.record.fields import FURTHEST_DAY
from assuage.record.places import DEEPEST, MOST_BYTES, MOST_VALUES
from assuage.report import pathway_text
from assuage.review.alerts import RECENT
from assuage.review.diagnosis import DAYS_A_MONTH
from assuage.review.triggers import COUNTS_LEVEL
from assuage.review.worse_spells import HIGHEST_LEVEL, LOWEST_LEVEL, WINDOW
from assuage.terms.flares import BEFORE, RISE
from assuage.terms.sources import Basis, Source
from assuage.terms.times import MINUTE_OF, TimeOfDay, time_of_day
from assuage.words.speak import describe
from docs.build.clinical import publication_lines
from docs.build.markdown import code, codes, fence, for_the_site, table


def pages() -> dict[str, str]:
    """The page of each pathway, by its id."""
    return {name: _page(registry.pathway(name)) for name in registry.PATHWAY_IDS}


def _page(pathway: Pathway) -> str:
    """The pathway as the command line shows it, with its diagram before the first phase."""
    head, _, rest = pathway_text.markdown(pathway).partition("\n## ")
    picture = "\n".join(fence(pathway_text.mermaid(pathway), "mermaid"))
    text = for_the_site(f"{head}\n## The course\n\n{picture}\n## {rest}")
    # A reader of Markdown joins lines; what a restriction includes wants a line of its own.
    return text.replace("\nIncludes: ", "\n\nIncludes: ")


def numbers() -> str:
    """Each criterion, recommendation and limit with a number, and the numbers that stand outside a pathway."""
    lines = [
        "# Whose number is it?",
        "",
        "Every cut-off, window, dose and interval that decides something. *Idea from* is the source of the "
        "question, *number from* the source of its number. `ours` means that nobody published it: it was "
        "chosen by the authors of this software, and it is meant to be argued with. The issue that changes "
        "one names its id.",
        "",
    ]
    sources: set[Source] = set()
    for name in registry.PATHWAY_IDS:
        pathway = registry.pathway(name)
        lines += [f"## {pathway.title} (`{pathway.id}`, version {pathway.version})", ""]
        lines += [f"> {pathway.notice}", ""]
        lines += ["### Criteria", "", *_criteria(pathway.criteria())]
        lines += ["### Recommendations", "", *_recommendations(pathway)]
        lines += ["### Limits", "", *_limits(pathway)]
        sources |= {basis for basis in _bases(pathway) if isinstance(basis, Source)}
    lines += ["## Numbers outside the pathways", "", *_outside()]
    lines += ["## Publications", "", *publication_lines(sources)]
    return "\n".join(lines)


def _bases(pathway: Pathway) -> Iterator[Basis]:
    for row in (*pathway.criteria(), *pathway.recommendations()):
        yield from (row.source, *row.number_bases)


def whose(row: Criterion | Recommendation) -> str:
    """The keys of the number's sources; `no number` where there is none."""
    return codes(basis.key for basis in row.number_bases) or "no number"


def _criteria(criteria: Iterable[Criterion]) -> list[str]:
    rows = ((code(c.id), describe(c.test), whose(c), code(c.source.key), c.because) for c in criteria)
    return table(("criterion", "asks", "number from", "idea from", "because"), rows)


def _recommendations(pathway: Pathway) -> list[str]:
    rows = (
        (
            code(r.id),
            describe(r.action),
            whose(r),
            code(r.source.key),
            _advice(r.advice),
            r.caution,
        )
        for phase in pathway.phases
        for r in phase.recommend
    )
    return table(("recommendation", "what", "number from", "idea from", "guideline", "caution"), rows)


def _advice(advice: Advice) -> str:
    """`EULAR 2017: strong for`."""
    return f"{advice.guideline}: {describe(advice)}"


def _limits(pathway: Pathway) -> list[str]:
    limits = [(phase, phase.limit) for phase in pathway.phases if phase.limit]
    if not limits:
        return ["No phase has a limit.", ""]
    rows: list[tuple[str, ...]] = []
    for phase, limit in limits:
        what = f"{limit.weeks} weeks in {phase.id}, then: {describe(limit.then.action)}"
        rows.append((code(limit.id), what, whose(limit.then), code(limit.then.source.key)))
    return table(("limit", "what", "number from", "idea from"), rows)


def _outside() -> list[str]:
    rows = [
        ("an event asks; after that it is a note", f"{RECENT} days", "ours"),
        ("a suspected trigger: the time after an exposure", f"{WINDOW} days", "ours"),
        ("a suspected trigger: the rise that counts as a flare", f"{RISE} points of 10", "Farrar 2001"),
        ("a suspected trigger: the days before, that make the comparison", f"{BEFORE} days", "ours"),
        (
            "a suspected trigger: the chance up to which counts are a link",
            f"1 in {1 / COUNTS_LEVEL:g}",
            "ours",
        ),
        (
            "a suspected trigger: how high the outcome stood, told apart",
            f"by the point, from {-LOWEST_LEVEL} below to {HIGHEST_LEVEL} above the week before",
            "ours",
        ),
        ("a month", f"{DAYS_A_MONTH} days", "ours"),
        ("numbers are compared after rounding", f"to {DECIMALS} decimals", "ours"),
        ("the furthest day of a record from day 0", f"{FURTHEST_DAY} days", "ours"),
        ("the largest document", f"{MOST_BYTES / 1e6:g} MB", "ours"),
        ("the deepest document", f"{DEEPEST} levels", "ours"),
        ("the most values in a document", f"{MOST_VALUES}", "ours"),
    ]
    for word, minute in MINUTE_OF.items():
        rows.append((f"the clock time that {word} stands for", f"{minute // 60:02}:{minute % 60:02}", "ours"))
    rows += [(f"the hours that belong to {word}", _hours(word), "ours") for word in TimeOfDay]
    return table(("what", "number", "number from"), rows)


def _hours(word: TimeOfDay) -> str:
    belongs = [time_of_day(60 * hour) is word for hour in range(24)]
    begins = next(hour for hour in range(24) if belongs[hour] and not belongs[hour - 1])
    ends = next(hour for hour in range(24) if belongs[hour - 1] and not belongs[hour])
    return f"{begins:02}:00 to before {ends:02}:00"
