"""What is taken though somebody reacted to it gravely, or allergically: it stands for as long as it is taken.

A reaction to the very drug stops. One in doubt, and one to another drug of its class or to the class as a whole, asks.
Which reactions are grave, and that those of one class are looked up, is ours.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from assuage.catalogue.message import message
from assuage.patterns import kept_pattern
from assuage.record.care_entries import AdverseEventEntry
from assuage.record.entries import FindingEntry, SymptomEntry
from assuage.record.timeline import Timeline
from assuage.safety.alerts import Alert
from assuage.safety.formulary import is_a
from assuage.safety.known import allergies_in, situation
from assuage.safety.reactions import NSAID, bearing_between, words_told
from assuage.safety.situation import RegimenLine
from assuage.terms.allergies import allergen_in
from assuage.terms.drug_classes import CLASS_ITEMS
from assuage.terms.drug_index import indexed_substance
from assuage.terms.drug_names import drug_with_id
from assuage.terms.names import folded, spaced
from assuage.terms.sources import Status

REACTION, RELATIVE = "reaction", "reaction-relative"
# Classes in which a grave or allergic reaction to one member forbids the others (ours).
ONE_FOR_ALL = frozenset({"penicillin_class", "sulfonamide_antibacterial", "ace_inhibitor"})
LIFE_THREATENING = 4  # the grade of an adverse event from which it is grave
_GRAVE = kept_pattern(
    r"anaphyla|anafila|angio-?o?edem|angio(?:ö|oe)dem|quincke|kvink|stevens|\bsjs\b|lyell|necrolysis|nekrolyse"
    r"|nekroliz|\bten[ /-]sjs\b|\bdress[ -]?s[yi]ndrom|agranulo[cz]|bronchospas|throat (?:swell|clos)"
    # That of a current is what a drug stopped at once feels like.
    r"|(?<!electric )(?<!electrical )(?<!elektro)(?<!elektrische )(?<!elektrischer )(?<!elektros )"
    r"(?:shock|schock|\bšok)(?![- ]?(?:like|artig|wave|well))"
    r"|swell\w* (?:of (?:the )?)?(?:throat|tongue|lips?)|schwellung (?:von |der |des )?(?:zunge|hals|rachen|lippe)"
    r"|(?:liežuvio|gerklės|lūpų) (?:tin|paburk|edem)|life.?threaten|lebensbedroh|gyvybei pavoj|neuroleptic malignant"
    r"|serotonin (?:syndrome|toxicity)|rhabdomyol|rabdomioli|liver failure|leberversagen|hepatic failure|torsade"
    r"|cardiac arrest|(?:severe|serious) (?:allerg|skin|cutaneous|reaction)|schwere (?:allerg|haut|reaktion)"
    r"|sunki (?:alerg|odos|reakcij)"
)
_HELD = ("present", "abnormal")  # states in which a finding of an allergy holds
_ON_THE_SKIN = kept_pattern(r"\brash|exanthem|ausschlag|bėrim|urti[ck]ar|dilgėlin|\bhives\b|swelling")
# Classes of the index whose members have nothing in common but that.
_UNLIKE = kept_pattern(
    r".*_other|vitamin|food|herbal|trace_element|dermatological|eye_drug|diluent|cytotoxic|csdmard"
)


def is_grave(words: str) -> bool:
    """Whether words tell of a reaction that could kill."""
    return _GRAVE.search(spaced(words)) is not None


def is_of_reaction(alert: Alert) -> bool:
    """Whether an alert says that something is given in spite of an allergy, or of a reaction to it."""
    return alert.id == REACTION or alert.id.startswith("allergy-")


def tells_of_reaction(timeline: Timeline) -> bool:
    """Whether anything recorded tells of a reaction to a drug, or of an allergy to what nothing reads."""
    return bool(timeline.once(_reactions))


def reaction_alerts(timeline: Timeline, day: int) -> Iterator[Alert]:
    """What is given on a day though a reaction to it is recorded, the latest word on each; each drug once."""
    first = timeline.once(_reactions)
    if not first or first[0] > day:
        return
    here = situation(timeline, day)
    told: set[str] = set()
    for line in here.lines:
        name = line.substance or folded(line.name)
        if line.route == "procedure" or name in told or line.substance in here.allergies:
            continue
        alert = _alert_of(line, timeline, day)
        if alert is not None:
            told.add(name)
            yield alert


def _reactions(timeline: Timeline) -> tuple[int, ...]:
    """The days on which a reaction was told, in order; that an allergy that nothing reads is absent tells of none."""
    unread = (
        each.day
        for each in timeline.findings()
        if each.state in _HELD and allergen_in(each.what) and not allergies_in(each)
    )
    by_words = (entry.day for entry, words in words_told(timeline) if words.reaction)
    return tuple(sorted({*unread, *by_words}))


def _alert_of(line: RegimenLine, timeline: Timeline, day: int) -> Alert | None:
    if line.substance is None:
        unread = _unread_allergy(line.name, timeline, day)
        return None if unread is None else _alert(REACTION, line, unread)
    relative: Alert | None = None
    for entry, words in words_told(timeline, day):
        text = entry.with_result if isinstance(entry, FindingEntry) else entry.what
        grave = is_grave(text) or _grade(entry, timeline) >= LIFE_THREATENING
        if not words.reaction or not (grave or words.allergic or _ON_THE_SKIN.search(spaced(text))):
            continue
        bearing = bearing_between(line.substance, entry, words)
        very_drug = line.substance in words.drugs
        told = grave or words.allergic
        stopped = bearing is not None and bearing.forbids and told
        one_for_all = told and words.sure and any(_one_for_all(line.substance, drug) for drug in words.drugs)
        if stopped and not very_drug and is_a(line.substance, NSAID):
            continue  # a rule of a condition says so
        known = line.sure or line.by_class  # what a name holds from memory alone is asked about
        if known and (stopped or one_for_all):
            return _alert(REACTION, line, entry)
        alike = grave and any(_are_alike(line.substance, drug) for drug in words.drugs)
        if one_for_all or alike or (bearing is not None and (very_drug or told)):
            relative = relative or _alert(RELATIVE, line, entry)
    return relative


def _unread_allergy(name: str, timeline: Timeline, day: int) -> FindingEntry | None:
    """The finding of an allergy to what is taken under the same name, which nothing reads."""
    for finding in reversed(timeline.findings(day)):
        allergen = allergen_in(finding.what)
        if allergen is not None and folded(allergen) == folded(name):
            return finding if finding.state in _HELD else None
    return None


def _grade(entry: FindingEntry | SymptomEntry, timeline: Timeline) -> int:
    """The grade of the adverse event that a finding restates; 0 where it is none, or has no grade."""
    events = timeline.entries_of(AdverseEventEntry)
    return next((event.grade or 0 for event in events if event.place == entry.place), 0)


@cache
def _are_alike(first: str, other: str) -> bool:
    """Whether two drugs are of one class of the drug index that has something in common."""
    shared = _classes(first) & _classes(other)
    return first != other and any(_UNLIKE.fullmatch(name) is None for name in shared)


@cache
def _one_for_all(substance: str, named: str) -> bool:
    """Whether what was named is a drug of a class in which a reaction to one forbids the rest, or that class."""
    item = CLASS_ITEMS.get(named)
    classes = _classes(named) if item is None else item.may_be_of
    within = classes <= ONE_FOR_ALL if item is not None else True
    return within and bool(classes & _classes(substance) & ONE_FOR_ALL)


def _classes(substance: str) -> frozenset[str]:
    known = indexed_substance(substance)
    return frozenset(known.classes if known else ())


def _alert(key: str, line: RegimenLine, entry: FindingEntry | SymptomEntry) -> Alert:
    drug = drug_with_id(line.substance) if line.substance else None
    given = drug.wording if drug else line.name
    result = entry.result if isinstance(entry, FindingEntry) else None
    if key == REACTION:
        text = message("alert.reaction", drug=given, what=entry.what, result=result, day=entry.day)
        action = message("alert.reaction.action")
    else:
        text = message("alert.reaction-relative", drug=given, what=entry.what, result=result, day=entry.day)
        action = message("alert.reaction-relative.action")
    return Alert(
        key,
        "stop" if key == REACTION else "ask",
        "contraindicated" if key == REACTION else "major",
        text,
        message("alert.allergy.because"),
        (),
        tuple(sorted({*line.entries, entry.place})),
        action,
        Status.POLICY,
        subject=line.substance or folded(line.name),
    )
