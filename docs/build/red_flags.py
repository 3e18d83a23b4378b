"""The chapter on red flags: what tells of one, what clears it, who acts and how soon."""

from __future__ import annotations

from assuage.catalogue.message import message
from assuage.safety.active_flags import FLAG_OF_CONDITION, ITEMS, LEGS
from assuage.terms.red_flags import CLEARED_TOGETHER, RED_FLAGS
from assuage.terms.sign_codes import SIGN_CODES
from assuage.terms.signs import SIGN_GROUPS, SIGNS, Support
from assuage.words.speak import ENGLISH
from docs.build.markdown import code, codes, table
from docs.build.safety import basis

_BESIDE: dict[Support, str] = {
    "taken:serotonergic": "a serotonergic drug was taken",
    "taken:tca": "a tricyclic antidepressant was taken",
    "taken:tizanidine": "tizanidine was taken",
    "needle": "a needle was used",
    "needle:same-day": "a needle was used that day",
}


def page() -> str:
    """The chapter as Markdown."""
    return "\n".join([*_meaning(), *_tables()])


def _meaning() -> list[str]:
    together = "; ".join(
        f"{code(flag)} by {codes(other.id for other in others)}" for flag, others in CLEARED_TOGETHER.items()
    )
    return [
        "# Red flags: what they mean",
        "",
        "A red flag is active at the end of a day where something told of it and nobody has cleared it since. "
        "An active flag of an emergency or of something urgent shuts every gate; one that is to be seen soon asks. "
        "The [table of flags](../clinical/red-flags.md) says what each is, with its sources.",
        "",
        "## What tells of a flag",
        "",
        "In whichever way it is written, the same flag shuts the same gates:",
        "",
        "- **A check** (`red_flag_check`) that finds it present.",
        "- **A sign**, written as a symptom or as a finding by any of the words below. It is there when the symptom "
        "is present, new, worse or better, or when the finding is present or abnormal. A sign that must be new tells "
        "of its flag only as a symptom that is new or worse, or as a finding that is neither by history nor a "
        "code. "
        "One whose words say new, sudden, acute or since yesterday is new, whatever its state. "
        "One of an emergency that is only present, and one by history, as a diagnosis or as a code, is asked about "
        "before a drug, a needle or work with the body. "
        "The id and the title of a flag are "
        "signs of it, and so are diagnoses for which the flag stands. Words of a symptom that are no sign by "
        "themselves "
        "are read with its severity before them, and with its severity and its site: pain that is crushing, at the "
        "chest, is crushing chest pain.",
        "- **A group of signs**, when an entry says that one of them is there and all its parts are there. A sign is "
        "there until it is said to be gone: from its site, from a wider one, from no site in particular, or with all "
        "symptoms. What must stand beside a group counts once it was recorded, also when it was stopped since, or, "
        "where it says that day, with signs of the same day; the "
        "entry that records it can be the one that makes the group whole.",
        "- **A condition** that is the flag in other words: a finding that is present or abnormal.",
        "- **An answer** to an item of a questionnaire, under the item's id or its number. Of a total of 20 "
        "or more without that answer it is asked (ours).",
        "",
        "## What clears it",
        "",
        "- What tells of a flag stands, whatever was said before it or is said in the same check.",
        "- A flag is cleared where the latest word on it, in checks after what last told of it, is *absent*.",
        f"- Some are also cleared by the checks they ask for, once the latest word on each of them "
        f"is *absent*: {together}.",
        "- A check comes after what was told on an earlier day, or earlier on its own day where both have a time. A "
        "word such as *morning* is all of that part of the day. At the same moment it clears nothing, nor does a check "
        "whose day is approximate.",
        "- A check that says *unknown* of a flag that was told of tells of it again; so does a finding that says "
        "*unknown* of a condition that was found.",
        "- A finding that is absent or normal takes back what findings of the same condition told, and nothing else. "
        "A normal measurement is such a finding of the condition it rules out.",
        "- A decision `override` whose reason names the flag, by its id or by its title, in capitals or not, takes "
        "back all that was told of it before.",
        "- Only a clinician clears a flag: an override of anybody else clears nothing, nor does an absent in a check "
        "of anybody else.",
        "- That a symptom went away clears nothing: nobody has looked.",
        "",
    ]


def _codes_of(sign: str) -> str:
    """The ICD-10 codes of a sign, as they are listed."""
    return ", ".join(
        listed.replace("=", "only ").replace("-", "not ") for listed in SIGN_CODES.get(sign, "").split()
    )


def _tables() -> list[str]:
    signs = [
        (
            code(sign.id),
            sign.title,
            ", ".join(sign.words),
            code(sign.flag.id) if sign.flag else "",
            "new" if sign.newly else "",
            _codes_of(sign.id),
        )
        for sign in SIGNS.values()
    ]
    groups = [
        (
            code(group.id),
            " and ".join(" or ".join(code(sign) for sign in part) for part in group.parts),
            ", ".join(_BESIDE[support] for support in group.beside),
            code(group.flag.id),
            basis(group.sources, group.status),
        )
        for group in SIGN_GROUPS
    ]
    conditions = [(code(condition), code(flag)) for condition, flag in FLAG_OF_CONDITION.items()]
    items = [(code(name), code(item), least, code(flag.id)) for name, item, least, flag, _ in ITEMS]
    acting = [
        (
            code(flag.id),
            flag.title,
            ENGLISH.say(message(f"flag.who-{flag.who}")),
            ENGLISH.say(message(f"flag.within-{flag.within}")),
            flag.action,
        )
        for flag in RED_FLAGS.values()
    ]
    return [
        "## Signs",
        "",
        "The words are compared as [everywhere in a record](record.md). They are ours, written down from memory in "
        "English, Lithuanian and German. An ICD-10 code stands for all that begin with it, dotted or not, with the "
        "letters of an extension; one that says suspected (V) tells, too, and one that says excluded or past (A, Z) "
        "does not.",
        "",
        *table(("id", "title", "words", "tells of", "must be", "ICD-10"), signs),
        "## Groups of signs",
        "",
        f"Weakness at {codes(LEGS)}, or a part of them, is `leg_weakness` as well. Clonus of which the kind is not "
        "said counts as spontaneous and as inducible.",
        "",
        *table(("id", "signs", "beside them", "tells of", "basis"), groups),
        "## Conditions that are a flag",
        "",
        *table(("condition", "tells of"), conditions),
        "## Answers that tell of a flag",
        "",
        *table(("instrument", "item", "from", "tells of"), items),
        "## Who acts, and how soon",
        "",
        "Who and how soon are ours where the action does not say it.",
        "",
        *table(("id", "flag", "who", "how soon", "what to do"), acting),
    ]
