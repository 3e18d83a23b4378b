"""Conditions by id, as the formulary names them. No rule lives here.

A condition that is not here is kept in a record and marked "not checked".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from msgspec import Struct

from assuage.catalogue.message import Wording
from assuage.patterns import kept_pattern
from assuage.terms.condition_words import CONDITION_WORDS, WHOLE_WORDS
from assuage.terms.icd10 import icd10_code
from assuage.terms.modifiers import what_is_past, without_modifiers
from assuage.terms.names import edit_distance, folded, unaccented, without_umlauts


class Condition(Struct, frozen=True):
    """A disease, state or circumstance that a rule can ask about."""

    id: str
    title: str

    @property
    def wording(self) -> Wording:
        """The title, with the key of its translations."""
        return Wording(f"condition.{self.id}", self.title)

    def __str__(self) -> str:
        return self.title


CONDITIONS: dict[str, Condition] = {
    condition.id: condition
    for condition in (
        Condition("hepatic_steatosis", "Hepatic steatosis on imaging"),
        Condition("lft_unknown", "Transaminases not measured"),
        Condition("lft_raised_gt3uln", "ALT or AST above 3 x ULN"),
        Condition("hepatic_impairment_mild", "Hepatic impairment Child-Pugh A"),
        Condition("hepatic_impairment_modsev", "Hepatic impairment Child-Pugh B or C"),
        Condition("cholecystectomy", "Gallbladder absent (cholecystectomy)"),
        Condition("ckd_30_59", "eGFR 30-59"),
        Condition("ckd_lt30", "eGFR below 30"),
        Condition("creatinine_unknown", "Creatinine not measured"),
        Condition("peptic_ulcer", "Peptic ulcer, active or past"),
        Condition("gi_bleed", "Past GI bleeding or perforation"),
        Condition(
            "nsaid_hypersensitivity",
            "Aspirin or NSAID hypersensitivity or aspirin-exacerbated respiratory disease",
        ),
        Condition("asthma", "Asthma without known NSAID reaction"),
        Condition("nasal_polyps", "Chronic rhinitis or nasal polyposis"),
        Condition("heart_failure_severe", "Severe heart failure (NYHA III-IV)"),
        Condition("heart_failure", "Heart failure, other"),
        Condition("ischaemic_heart_disease", "Ischaemic heart disease, stroke or PAD"),
        Condition("recent_mi", "Myocardial infarction within 6 months"),
        Condition("heart_block", "Heart block or conduction disorder"),
        Condition("long_qt", "Long QT or QTc over 470 ms"),
        Condition("arrhythmia", "Other arrhythmia"),
        Condition("hypotension", "Systolic below 100 or orthostatic drop"),
        Condition("hypertension_uncontrolled", "Uncontrolled hypertension"),
        Condition("glaucoma_narrow", "Narrow-angle glaucoma or shallow chamber"),
        Condition("urinary_retention", "Urinary retention or obstructive symptoms"),
        Condition("epilepsy", "Epilepsy or past seizure"),
        Condition("bipolar", "Bipolar disorder"),
        Condition("suicidality", "Active suicidal thoughts"),
        Condition("age_ge_65", "Age 65 or more"),
        Condition("age_lt_18", "Age under 18"),
        Condition("dementia", "Dementia or delirium risk"),
        Condition("pregnancy_t1", "Pregnancy, weeks 1-13"),
        Condition("pregnancy_t2", "Pregnancy, weeks 14-27"),
        Condition("pregnancy_t3", "Pregnancy, week 28 to term"),
        Condition("pregnancy_ge20w", "Pregnancy, week 20 or later"),
        Condition("lactation", "Breastfeeding"),
        Condition("la_allergy", "Amide local anaesthetic allergy"),
        Condition("ketoprofen_photoallergy", "Past ketoprofen, fenofibrate or oxybenzone photoallergy"),
        Condition("benzyl_alcohol_allergy", "Benzyl alcohol or propylene glycol allergy"),
        Condition("sulfite_allergy", "Sulfite hypersensitivity"),
        Condition("bleeding_disorder", "Bleeding disorder or platelets below 100"),
        Condition("on_anticoagulant", "On therapeutic anticoagulant"),
        Condition("skin_infection_site", "Skin infection or open lesion at injection site"),
        Condition("skin_disease_site", "Psoriasis, keloid tendency or active dermatosis at site"),
        Condition("immunosuppressed", "Immunosuppression or poorly controlled diabetes"),
        Condition("hypercalcaemia", "Hypercalcaemia, sarcoidosis or primary hyperparathyroidism"),
        Condition("nephrolithiasis", "Past kidney stones"),
        Condition("vitd_unknown", "25-OH-D not measured"),
        Condition("hyperthyroidism", "Hyperthyroidism"),
        Condition("porphyria", "Acute porphyria"),
        Condition("myasthenia", "Myasthenia gravis"),
        Condition("sleep_apnoea", "Sleep apnoea or chronic respiratory disease"),
        Condition("substance_use", "Substance or alcohol use disorder"),
        Condition("fructose_intolerance", "Hereditary fructose intolerance"),
        Condition("smoker_10plus", "Smoker, more than 10 per day"),
        Condition("driver_machines", "Drives or operates machines for work"),
        Condition(
            "central_sensitisation_active",
            "Active central sensitisation (unstable phase, allodynia, recent flare)",
        ),
        Condition("neuro_deficit_new", "New numbness, weakness or gait change"),
        Condition("cervical_myelopathy_suspected", "Suspected cervical myelopathy"),
        Condition("cervical_instability", "Upper cervical instability risk"),
        Condition("vascular_red_flag", "Suspected cervical artery dissection"),
        Condition("fever_systemic", "Fever or systemic infection"),
        Condition("hyponatraemia", "Low sodium"),
        Condition("obesity", "BMI 30 or more"),
        Condition("consent_missing", "No documented consent to the procedure"),
        Condition("qtc_borderline", "QTc 450 to 470 ms"),
        Condition("g6pd_deficiency", "G6PD deficiency"),
    )
}

# Weeks of a pregnancy (the titles above): the conditions that hold from a week to another.
_WEEKS: dict[str, range] = {
    "pregnancy_t1": range(1, 14),
    "pregnancy_t2": range(14, 28),
    "pregnancy_t3": range(28, 45),
    "pregnancy_ge20w": range(20, 45),
}
_PREGNANT = r"(?:pregnan(?:cy|t)|gestation|gravid|nėštumas|nėščia|schwangerschaft|schwanger|ssw)"
_WEEK = r"(?:weeks?|wks?|w|savai\w+|sav|wochen?|woche|ssw)"
_PREGNANCY_WEEKS = kept_pattern(
    rf"{_PREGNANT}[ ,:(]*(?:week|wk|woche|of|in)?[ ]*(?P<after>\d{{1,2}})(?:\+\d)?\.?[ ]*{_WEEK}?\)?"
    rf"|(?P<before>\d{{1,2}})(?:\+\d)?\.?[ ]*{_WEEK}[ ]*(?:of )?{_PREGNANT}?"
)


def words_of(condition: Condition) -> Iterator[str]:
    """The words people write for a condition: its id, its title, and its words in three languages."""
    yield condition.id
    yield condition.title
    words = CONDITION_WORDS[condition.id]
    for text in (words.english, words.lithuanian, words.german):
        yield from (word.strip() for word in text.split(";") if word.strip())


def _named() -> dict[str, tuple[Condition, ...]]:
    """The conditions that a word names, in the order of the file: several where it may be any of them."""
    named: dict[str, dict[str, Condition]] = {}
    for key in CONDITION_WORDS:
        for word in words_of(CONDITIONS[key]):
            named.setdefault(folded(word), {})[key] = CONDITIONS[key]
            if not word.isascii():
                named.setdefault(folded(without_umlauts(word)), {})[key] = CONDITIONS[key]
    return {word: tuple(conditions.values()) for word, conditions in named.items()}


def _without_accents(
    named: dict[str, tuple[Condition, ...]],
) -> dict[str, tuple[Condition, ...]]:
    """The same by the words without accents: two words that differ in these alone name what either does."""
    plain: dict[str, tuple[Condition, ...]] = {}
    for word, conditions in named.items():
        typed = unaccented(word)
        known = plain.get(typed)
        if known is not None and known != conditions:
            either = {condition.id for condition in (*known, *conditions)}
            conditions = tuple(CONDITIONS[key] for key in CONDITION_WORDS if key in either)
        plain[typed] = conditions
    return plain


CONDITION_NAMED: dict[str, tuple[Condition, ...]] = _named()
_UNACCENTED = _without_accents(CONDITION_NAMED)
_OF_CODE: dict[str, tuple[Condition, ...]] = {}
for _key, _words in CONDITION_WORDS.items():
    for _code in _words.icd10.lower().split(";"):
        if _code.strip():
            _OF_CODE[_code.strip()] = (*_OF_CODE.get(_code.strip(), ()), CONDITIONS[_key])
_WHOLE: dict[str, frozenset[str]] = {
    condition.id: frozenset(
        unaccented(word)
        for word in (condition.id, condition.title, *WHOLE_WORDS.get(condition.id, "").split(";"))
    )
    for condition in CONDITIONS.values()
}
assert CONDITION_WORDS.keys() == CONDITIONS.keys()


@lru_cache(maxsize=20_000)
def find_conditions(name: str) -> tuple[Condition, ...]:
    """The conditions that written words name: by id, title, word or ICD-10 code, whatever the case; () if none.

    Several where the words may be any of them: a pregnancy without weeks is each of its parts, so that every rule
    about it holds. Only what is written as a whole is read: "no asthma", "?glaucoma" and "family history of epilepsy"
    name no condition.
    """
    plain = folded(name)
    known = CONDITION_NAMED.get(plain) or _UNACCENTED.get(unaccented(name))
    return known or _of_weeks(plain) or _of_icd10(name) or _of_past(name) or _of_fewer_words(name)


def conditions_in_weeks(named: tuple[Condition, ...], result: str) -> tuple[Condition, ...]:
    """Those of the conditions that a result leaves: of a pregnancy those of its weeks (`week 9`); else all of them."""
    if not any(condition.id in _WEEKS for condition in named):
        return named
    of_weeks = frozenset(_of_weeks(f"pregnancy {folded(result)}"))
    return tuple(each for each in named if each in of_weeks) or named


@lru_cache(maxsize=20_000)
def conditions_ruled_out(name: str) -> tuple[Condition, ...]:
    """The conditions that are absent where these words are: those of which the words mean the whole, not a part."""
    plain = unaccented(name)
    return tuple(condition for condition in find_conditions(name) if plain in _WHOLE[condition.id])


def near_conditions(name: str) -> tuple[str, ...]:
    """The word for a condition that is probably meant by a misspelt one; () if there is none that is near enough.

    At most two letters apart, in a word of six letters or more (ours). Never a word with another beginning of two
    letters or one that is the opposite ("hypertension" is not hypotension), nor where two conditions are as near.
    """
    plain = unaccented(name)
    if len(plain) < 6 or find_conditions(name):
        return ()
    at_most = 2 if len(plain) > 8 else 1
    near: dict[tuple[Condition, ...], tuple[int, str]] = {}
    for word, conditions in _UNACCENTED.items():
        # "hypetension" may be either: what comes after "hyp" decides between opposites.
        same = 5 if plain[:2] in ("hy", "hi") else 2
        if word[:same] != plain[:same] or abs(len(word) - len(plain)) > at_most or _opposite(word, plain):
            continue
        apart = edit_distance(word, plain)
        if apart <= at_most and apart < near.get(conditions, (at_most + 1, ""))[0]:
            near[conditions] = apart, word
    best = min((apart for apart, _ in near.values()), default=0)
    words = [word for apart, word in near.values() if apart == best]
    return (words[0],) if len(words) == 1 else ()


def _opposite(word: str, other: str) -> bool:
    """Whether one says too much where the other says too little."""
    return any(("hyper" in first) != ("hyper" in second) and ("hypo" in first) != ("hypo" in second)
               for first, second in ((word, other), (other, word)))  # fmt: skip


def find_condition(name: str) -> Condition | None:
    """The first condition that the words name; None if there is none."""
    conditions = find_conditions(name)
    return conditions[0] if conditions else None


def _of_weeks(plain: str) -> tuple[Condition, ...]:
    """The conditions of a pregnancy of so many weeks."""
    match = _PREGNANCY_WEEKS.fullmatch(plain)
    if match is None or not re.search(_PREGNANT, plain):
        return ()
    week = int(match["after"] or match["before"])
    return tuple(CONDITIONS[key] for key, weeks in _WEEKS.items() if week in weeks)


_SEVERE_BY_NYHA = kept_pattern(r"\bnyha (?:class |klasse |klasė )?(?:iii|iv|3|4)\b")
# What is over when it is past: of these a history says nothing of today (ours).
_NOT_OF_THE_PAST = frozenset(
    {"recent_mi", "pregnancy_t1", "pregnancy_t2", "pregnancy_t3", "pregnancy_ge20w", "lactation", "fever_systemic",
     "skin_infection_site", "suicidality", "neuro_deficit_new", "vascular_red_flag", "consent_missing"}
)  # fmt: skip


def _of_past(name: str) -> tuple[Condition, ...]:
    """The conditions that remain of what is said to be past: `Z.n. Herzinfarkt` is a disease of the coronaries."""
    was = what_is_past(name)
    known = () if was is None else _UNACCENTED.get(was, ())
    return tuple(condition for condition in known if condition.id not in _NOT_OF_THE_PAST)


def _of_fewer_words(name: str) -> tuple[Condition, ...]:
    """The conditions of what is left without words that say how strong, since when, where or of which grade."""
    shorter = (_UNACCENTED.get(words) for words in without_modifiers(name))
    known = next((known for known in shorter if known), ())
    severe = _SEVERE_BY_NYHA.search(folded(name)) is not None and CONDITIONS["heart_failure"] in known
    return (*known, CONDITIONS["heart_failure_severe"]) if severe else known


def _of_icd10(name: str) -> tuple[Condition, ...]:
    """The conditions that an ICD-10 code implies, each one it is or begins with; none where it is only suspected."""
    known = icd10_code(name)
    if known is None or known.suspected:
        return ()
    implied = [condition for code in reversed(known.prefixes) for condition in _OF_CODE.get(code, ())]
    return tuple({condition.id: condition for condition in implied}.values())


BLEEDING_DISORDER = CONDITIONS["bleeding_disorder"]
ON_ANTICOAGULANT = CONDITIONS["on_anticoagulant"]
LA_ALLERGY = CONDITIONS["la_allergy"]
NSAID_HYPERSENSITIVITY = CONDITIONS["nsaid_hypersensitivity"]
SKIN_INFECTION = CONDITIONS["skin_infection_site"]
FEVER = CONDITIONS["fever_systemic"]
VITD_UNKNOWN = CONDITIONS["vitd_unknown"]
SENSITISED = CONDITIONS["central_sensitisation_active"]
