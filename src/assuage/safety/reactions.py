"""What findings and symptoms say, in whatever order of words, of drugs that a patient did not bear.

A sentence that names a drug, or a class of drugs, beside a word of a reaction is a reaction to that drug. Words of
doubt (`?`, `no`, `suspected`), more than one kind of drug, or a drug without a word of a reaction are never decided:
they are asked. The words are ours, in English, Lithuanian and German.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from msgspec import Struct

from assuage.patterns import kept_pattern
from assuage.record.care_entries import DiagnosisEntry
from assuage.record.entries import FindingEntry, MedicationEntry, SymptomEntry
from assuage.record.timeline import Timeline
from assuage.safety.formulary import is_a
from assuage.terms.answers import ANSWER_OF_STATE, NO, UNKNOWN
from assuage.terms.denials import DENIALS, without_doubts_denied
from assuage.terms.drug_names import drug_with_id, find_drug
from assuage.terms.hints import hints_in
from assuage.terms.little_drink import drinks_little
from assuage.terms.names import checked_name, spaced
from assuage.terms.sources import Status
from assuage.terms.symptoms import PRESENT_STATES


class Relatives(Struct, frozen=True):
    """Substances of which who reacted to one is not given another unasked.

    `words` name the group, or what belongs to it and is no drug. `withheld` is whether the other is withheld, and not
    only asked about; `allergic` whether only an allergic reaction counts: of some, that to the skin in the sun.
    """

    id: str
    words: re.Pattern[str] | None = None
    substances: frozenset[str] = frozenset()
    classes: frozenset[str] = frozenset()
    withheld: bool = False
    allergic: bool = False
    sources: tuple[str, ...] = ("MEM",)
    status: Status = Status.MEMORY


NSAID, LOCAL, TRICYCLIC = "nsaid", "amide_la", "tca"
RELATIVES: tuple[Relatives, ...] = (
    # Of NSAIDs (Z88.6) the other is withheld, of local anaesthetics and tricyclics asked (ours).
    Relatives(
        NSAID,
        kept_pattern(
            r"\b(?:nsaids?|nsars?|nvnu|non.?steroidal\w*|nichtsteroidal\w*|nesteroidin\w*)(?=\W|_|$)"
        ),
        classes=frozenset({NSAID}),
        withheld=True,
        sources=(),
        status=Status.POLICY,
    ),
    Relatives(
        LOCAL,
        kept_pattern(r"\b(?:local ana?esthetic\w*|lokalan(?:ä|ae)sth\w*|vietini\w* anestetik\w*)"),
        classes=frozenset({LOCAL}),
        sources=(),
        status=Status.POLICY,
    ),
    Relatives(
        TRICYCLIC,
        kept_pattern(r"\b(?:tricyclic\w*|tcas?|triciklin?i\w*|trizykl\w*)\b"),
        frozenset({"carbamazepine", "cyclobenzaprine", "eslicarbazepine", "opipramol", "oxcarbazepine"}),
        frozenset({TRICYCLIC}),
    ),
    Relatives(
        "ketoprofen_photoallergen",
        kept_pattern(r"\b(?:oxyben[sz]on\w*|ben[sz]ophenone?.?3|oksibenzon\w*|o[ck]to[ck]r[yi]len\w*)"),
        frozenset({"ketoprofen", "dexketoprofen", "fenofibrate", "tiaprofenic_acid"}),
        withheld=True,
        allergic=True,
        sources=("KET_GEL",),
        status=Status.SEEN,
    ),
    Relatives(
        "ketoprofen_label",
        kept_pattern(
            r"\b(?:perfumes?|fragrances?|parf(?:u|ü)m\w*|duftstoff\w*|kvepal\w*|kvapiosi\w*|sunscreens?|sun cream|"
            r"uv.?(?:filters?|blockers?)|sonnencreme|sonnenschutz\w*|kremas nuo saulės)\b"
        ),
        frozenset({"ketoprofen", "dexketoprofen"}),
        allergic=True,
        sources=("KET_GEL",),
        status=Status.SEEN,
    ),
    Relatives(
        "analgesic",
        substances=frozenset({"metamizole", "propyphenazone", "phenazone", "aminophenazone", "paracetamol"}),
        classes=frozenset({NSAID}),
        allergic=True,
        sources=("MTZ_EU",),
        status=Status.SEEN,
    ),
    Relatives(
        "lavender",
        kept_pattern(r"\b(?:lavender|lavendel\w*|levand\w*|linalo+l\w*)\b"),
        frozenset({"silexan"}),
        allergic=True,
    ),
    Relatives(
        "paraben", kept_pattern(r"\b(?:\w*paraben\w*|paba)\b"), frozenset({"lidocaine"}), allergic=True
    ),
    # Capsules and drops of vitamin D are often in their oil.
    Relatives(
        "peanut_or_soya",
        kept_pattern(r"\b(?:peanuts?|soya?|soybeans?|arachis|žemės riešut\w*|soj\w*|erdn(?:u|ü)ss\w*)\b"),
        frozenset({"vitamin_d3"}),
        allergic=True,
    ),
    # Of these a reaction to one is asked about before another is given (ours).
    *(
        Relatives(key, classes=frozenset({key}), sources=(), status=Status.POLICY)
        for key in ("snri", "gabapentinoid", "opioid", "alpha2_agonist")
    ),
)
_OF_ID = {group.id: group for group in RELATIVES}
_ALLERGIC = kept_pattern(
    r"allerg|alerg|hypersens|sensitiv|(?:ü|ue)berempfind|jautrum|anaphyla|anafila|angio-?o?edema|angio(?:ö|oe)dem|"
    r"urti[ck]ar|dilgėlin|\bhives\b|\bdress\b|stevens|\bsjs\b|lyell|necrolysis|bronchospas|"
    r"[ -](?:induced|exacerbated)\b"
)
_NOT_BORNE = kept_pattern(
    r"intoler|netoler|unvertr(?:ä|ae)g|not\s+(?:be\s+)?tolerat\w*|(?:n't|not|cannot)\s+(?:take|tolerate|have)\b|"
    r"unable to (?:take|tolerate)|adverse|side.?effect|reaction|reaktion|reakcij|\brash\b|ausschlag|bėrim|swelling"
)
_DOUBT = kept_pattern(
    rf"\?|\b(?:{DENIALS}|possibl[ey]|probabl[ey]|perhaps|suspect\w*|query|tolerate[sd]?|family|mother|father|sister|"
    r"brother|be|įtar\w*|verdacht|verträgt)\b"
)
_DENIED = kept_pattern(
    rf"\b(?:{DENIALS}|family|mother|father|sister|brother|husband|wife|tolerate[sd]?|verträgt)\b"
)
# What is said of the amount of a substance in the blood is no word on taking it.
_AMOUNT = kept_pattern(r"kinase|deficien|insufficien|level|\blow\b|trūkum|mangel|spiegel")
# Why a drug is stopped that was borne (ours): without need, effect or supply, at its end, or for another one.
_BORNE = kept_pattern(
    r"(?:no longer|not|no more|never) (?:needed|necessary|required|taken|started)|no (?:effect|benefit|help|need)"
    r"|(?:did|does)(?: not|n't) (?:help|work)|(?:un|in)?effective\w*|without (?:effect|benefit)"
    r"|lack of (?:effect|benefit)|(?:course|treatment|trial|prescription) (?:over|ended|completed?|finished)|finished"
    r"|completed|ran out|cost\w*|price|supply|shortage|(?:patient'?s?|own) (?:wish|choice|request|decision)"
    r"|preferen\w*|pain (?:gone|free|better)|better|recovered|healed|switched|replaced|changed to|nepadėjo|nepadeda"
    r"|neveik\w*|be (?:efekto|poveikio|naudos)|nebereik\w*|nereik\w*|baig\w*|pabaig\w*|kain\w*|brang\w*|pagerėj\w*"
    r"|pakeist\w*|pageidavim\w*|wirkungslos|(?:keine|ohne|fehlende) (?:wirkung|nutzen|besserung)"
    r"|nicht (?:mehr )?(?:nötig|benötigt|erforderlich|gebraucht|geholfen)|beendet|abgeschlossen|kosten|lieferengpass"
    r"|wunsch\w*|gebessert|umgestellt|gewechselt"
)
_BESIDE_BORNE = kept_pattern(
    r"(?:(?:to|by|with|auf|durch|į) [^\W_]+|on (?:pain|sleep)|pain|sleep|patient|drug|any ?more|any longer|because"
    r"|treatment|therapy|for|was"
    r"|the|has|and|und|ir|it|is|of|skausm\w*|schmerz\w*|vaist\w*|gydym\w*|pacient\w*|kurs\w*|course|days|weeks|[\W\d_])+"
)
_WORD = kept_pattern(r"[^\W_]+")
_LONGEST_NAME = 3  # words
_SHORTEST_STEM = 6  # letters, before an ending of a Lithuanian case
_LITHUANIAN_CASES = ("ui", "ams", "o", "u", "ą")


class DrugWords(NamedTuple):
    """What words say of drugs: which, of which classes, whether not borne, how, and whether there is no doubt."""

    drugs: frozenset[str]
    classes: frozenset[str]
    reaction: bool
    allergic: bool
    sure: bool


class Bearing(NamedTuple):
    """An entry that bears on giving a drug; `forbids` is False where a person has to say what it means."""

    entry: FindingEntry | SymptomEntry
    forbids: bool

    @property
    def result(self) -> str | None:
        """The result of a finding; None where there is none."""
        return self.entry.result if isinstance(self.entry, FindingEntry) else None


def _plain(words: str) -> str:
    return spaced(words.replace("_", " "))


@lru_cache(maxsize=20_000)
def drug_words(words: str) -> DrugWords | None:
    """What these words say of drugs; None where they name neither a drug nor a class of which a reaction counts."""
    plain = _plain(words)
    drugs = frozenset(_drugs_in(plain))
    named = frozenset(
        group.id for group in RELATIVES if group.words is not None and group.words.search(plain)
    )
    if not drugs and not named:
        return None
    allergic = _ALLERGIC.search(plain) is not None
    reaction = allergic or _NOT_BORNE.search(plain) is not None
    classes = named.union(*(_classes_of(drug) for drug in drugs))
    several = len(drugs) > 1 and not any(all(name in _classes_of(drug) for drug in drugs) for name in classes)
    sure = not several and _DOUBT.search(_NOT_BORNE.sub(" ", plain)) is None
    return DrugWords(drugs, classes, reaction, allergic, sure)


def may_tell_of_reaction(words: str) -> bool:
    """Whether these words tell of a reaction, if they name a drug: asked before the names are looked up."""
    plain = _plain(words)
    return _ALLERGIC.search(plain) is not None or _NOT_BORNE.search(plain) is not None


def words_of_finding(finding: FindingEntry) -> DrugWords | None:
    """What a finding says of drugs: its name, else its name with its result."""
    words = drug_words(finding.what)
    return drug_words(finding.with_result) if words is None and finding.result else words


def allergic_to(finding: FindingEntry) -> frozenset[str]:
    """The substances to which a finding tells of an allergy beyond doubt; what is of a condition is read as that."""
    words = None if finding.condition is not None else words_of_finding(finding)
    return words.drugs if words is not None and words.allergic and words.sure else frozenset()


def bearing_on(substances: Iterable[str], timeline: Timeline, until: int) -> Iterator[Bearing]:
    """What is recorded up to a day and bears on giving each of these substances, the latest word on each thing.

    A reaction to it, or to any NSAID where it is one, forbids it; one to another member of its class, or to a class of
    which it may be one ("antidepressants"), a word of doubt and a mere mention of its name are asked.
    """
    latest = timeline.once(_latest, until)
    for substance in substances:
        yield from _bearing(substance, latest)


_ALCOHOL = frozenset({"alcohol"})


def names_no_drug(finding: FindingEntry) -> bool:
    """Whether no drug is named in a finding. An alcohol is none: benzyl, cetyl or wool alcohol is not what is drunk."""
    words = words_of_finding(finding)
    return words is None or words.drugs == _ALCOHOL


class DrugInPassing(NamedTuple):
    """An entry that names or hints at drugs, of which it does not say that they were not borne."""

    entry: FindingEntry | SymptomEntry | DiagnosisEntry
    substances: frozenset[str]

    @property
    def names(self) -> tuple[str, ...]:
        """What was written: the words, then the code of a diagnosis or the words with the result of a finding."""
        return _written(self.entry)


def drugs_in_passing(timeline: Timeline, until: int) -> Iterator[DrugInPassing]:
    """What is there and names drugs that may be taken (`takes phenelzine`), or hints at it (`6 beers a day`, `F10.2`).

    Nothing that denies it or is of others, nor a glass of wine now and then.
    """
    for entry, words in timeline.once(_latest, until):
        denied = _DENIED.search(without_doubts_denied(spaced(entry.what))) is not None
        little = words.drugs == _ALCOHOL and drinks_little(" ".join(_written(entry)))
        if words.drugs and not words.reaction and not denied and not little and not _read_otherwise(entry):
            yield DrugInPassing(entry, words.drugs)
    yield from timeline.once(_hinted_at, until)


def _hinted_at(timeline: Timeline, until: int) -> tuple[DrugInPassing, ...]:
    """The entries whose words or codes hint that a drug is taken, the latest word on each thing."""
    latest: dict[str, FindingEntry | SymptomEntry | DiagnosisEntry] = {}
    entries = (
        *timeline.findings(until),
        *timeline.symptoms(until),
        *timeline.entries_of(DiagnosisEntry, until),
    )
    for entry in sorted(entries, key=lambda each: each.order):
        latest[spaced(_written(entry)[0])] = entry
    hinted = ((entry, _drugs_hinted_at(entry)) for entry in latest.values())
    return tuple(DrugInPassing(entry, drugs) for entry, drugs in hinted if drugs)


def _drugs_hinted_at(entry: FindingEntry | SymptomEntry | DiagnosisEntry) -> frozenset[str]:
    match entry:
        case FindingEntry():
            here = entry.state in ("present", "abnormal") and entry.method != "family"
        case SymptomEntry():
            here = entry.state in PRESENT_STATES
        case DiagnosisEntry():
            here = entry.certainty != "refuted"
    hints = (hint for words in _written(entry) for hint in hints_in(words))
    return frozenset(drug for hint in hints if here for drug in hint.drugs)


def _written(entry: FindingEntry | SymptomEntry | DiagnosisEntry) -> tuple[str, ...]:
    match entry:
        case FindingEntry(result=str()):
            return (entry.what, entry.with_result)
        case DiagnosisEntry():
            return tuple(words for words in (entry.what, entry.code) if words)
        case _:
            return (entry.what,)


def stopped_relatives(substances: Iterable[str], timeline: Timeline, until: int) -> Iterator[MedicationEntry]:
    """The stops, with a reason, of what is a relative of one of these substances or is one of them by another route.

    Not of what was taken up again, nor for a reason that says it was borne (`no longer needed`).
    """
    asked = frozenset(substances)
    for code in timeline.drugs():
        stop = timeline.stopped(code, until)
        if stop is None or not stop.because or stop.known is None:
            continue
        reason = spaced(stop.because)
        if _BORNE.search(reason) and _BESIDE_BORNE.fullmatch(f" {_BORNE.sub(' ', reason)} "):
            continue
        stopped = [part.id for part in stop.known.substances]
        allergic = _ALLERGIC.search(reason) is not None
        if any(_are_relatives(part, given, allergic=allergic) for part in stopped for given in asked):
            yield stop


def _are_relatives(stopped: str, asked: str, *, allergic: bool) -> bool:
    shared = _classes_of(stopped) & _classes_of(asked)
    return (
        stopped == asked
        or any(allergic or not _OF_ID[name].allergic for name in shared)
        or _may_be(stopped, asked)
    )


def words_told(
    timeline: Timeline, until: int | None = None
) -> tuple[tuple[FindingEntry | SymptomEntry, DrugWords], ...]:
    """What holds of the entries up to a day (None: all) that name a drug, with what their words say of it."""
    return timeline.once(_latest, until)


def _bearing(
    substance: str, latest: Iterable[tuple[FindingEntry | SymptomEntry, DrugWords]]
) -> Iterator[Bearing]:
    for entry, words in latest:
        bearing = bearing_between(substance, entry, words)
        if bearing is not None:
            yield bearing


def bearing_between(substance: str, entry: FindingEntry | SymptomEntry, words: DrugWords) -> Bearing | None:
    """How an entry that says this of drugs bears on giving a substance; None where it does not."""
    shared = {
        name
        for name in words.classes & _classes_of(substance)
        if words.reaction and (words.allergic or not _OF_ID[name].allergic)
    }
    perhaps = words.reaction and any(_may_be(drug, substance) for drug in words.drugs)
    if substance not in words.drugs and not shared and not perhaps:
        return None
    if words.reaction:
        here = substance in words.drugs or any(_OF_ID[name].withheld for name in shared)
        unknown = isinstance(entry, FindingEntry) and ANSWER_OF_STATE[entry.state] is UNKNOWN
        return Bearing(entry, here and words.sure and not unknown)
    return None if _read_otherwise(entry) else Bearing(entry, False)


def _latest(
    timeline: Timeline, until: int | None
) -> tuple[tuple[FindingEntry | SymptomEntry, DrugWords], ...]:
    """What holds of the entries that name a drug. A reaction goes by its drugs, a mention by its words."""
    latest: dict[object, tuple[FindingEntry | SymptomEntry, DrugWords]] = {}
    entries = sorted((*timeline.findings(until), *timeline.symptoms(until)), key=lambda each: each.order)
    for entry in entries:
        words = words_of_finding(entry) if isinstance(entry, FindingEntry) else drug_words(entry.what)
        if words is None or checked_name(entry.what) is not None:
            continue
        if words.reaction:
            key: object = (words.drugs, words.classes, words.allergic)
        else:
            key = spaced(entry.what)
        latest[key] = (entry, words)
    return tuple((entry, words) for entry, words in latest.values() if _holds(entry, words))


def _holds(entry: FindingEntry | SymptomEntry, words: DrugWords) -> bool:
    """A reaction is not undone by having passed; what is read as a condition is judged by the rules of that."""
    match entry:
        case FindingEntry():
            return ANSWER_OF_STATE[entry.state] is not NO and entry.condition is None
        case SymptomEntry():
            return entry.state != "absent" if words.reaction else entry.state in PRESENT_STATES


def _read_otherwise(entry: FindingEntry | SymptomEntry) -> bool:
    """Whether a mention of a drug is read as something else: a sign, a measurement, an amount in the blood."""
    read = entry.is_read if isinstance(entry, FindingEntry) else entry.sign is not None
    return read or _AMOUNT.search(spaced(entry.what)) is not None


@lru_cache(maxsize=20_000)
def _may_be(named: str, substance: str) -> bool:
    """Whether a word for a class may stand for a substance that belongs to it."""
    known, asked = drug_with_id(named), drug_with_id(substance)
    if known is None or asked is None or known.kind != "class_item":
        return False
    return known.id != asked.id and known.counts_as(asked) is UNKNOWN


def _classes_of(substance: str) -> frozenset[str]:
    """The groups in which a reaction to one member counts for the others; esters beside the amides (ours)."""
    groups = {
        group.id
        for group in RELATIVES
        if substance in group.substances or any(is_a(substance, name) for name in group.classes)
    }
    return frozenset(groups | ({LOCAL} if substance.endswith("caine") else set()))


def _drugs_in(plain: str) -> Iterator[str]:
    """The substances that these words name, each by up to three words."""
    words = _WORD.findall(plain)
    at = 0
    while at < len(words):
        for length in range(min(_LONGEST_NAME, len(words) - at), 0, -1):
            substances = _substances_of(" ".join(words[at : at + length]))
            if substances:
                yield from substances
                at += length
                break
        else:
            at += 1


def _substances_of(name: str) -> tuple[str, ...]:
    drug = find_drug(name)
    for ending in _LITHUANIAN_CASES:
        stem = name.removesuffix(ending)
        if drug is None and stem != name and len(stem) >= _SHORTEST_STEM:
            drug = find_drug(stem)
    return () if drug is None else tuple(part.id for part in drug.substances)
