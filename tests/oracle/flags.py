"""Red flags, word by word as their chapter says it: slow, without a state that is carried along."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tests.oracle import words
from tests.oracle.moment import Moment
from tests.oracle.pages import says
from tests.oracle.record import MINUTE_OF, Entry
from tests.oracle.symptoms import GONE, WORSE

FOUND = ("present", "abnormal")
NOT_FOUND = ("absent", "normal")
KINDS = ("symptom", "finding", "red_flag_check", "answers", "medication", "therapy", "decision")
LIVER_TESTS = ("alt", "ast", "transaminases")
Telling = tuple[int, str]
"""The place of an entry among all that are known, and the way in which it tells of a flag."""


@says(
    "red-flag-chapter",
    "A red flag is active at the end of a day where something told of it and nobody has cleared it since.",
    "An active flag of an emergency or of something urgent shuts every gate",
)
def standing(now: Moment) -> frozenset[str]:
    """The red flags that shut every gate at the end of a day."""
    return active(now) & words.flags_that_shut_gates()


def active(now: Moment) -> frozenset[str]:
    """All red flags that are active at the end of a day."""
    known = [entry for entry in now.known if entry.kind in KINDS]
    signed = [_signed(known, place) for place in range(len(known))]
    return frozenset(flag for flag in words.titles_of_flags() if _is_active(known, signed, flag))


@says(
    "red-flag-chapter",
    "What tells of a flag stands, whatever was said before it or is said in the same check.",
    "takes back all that was told of it before.",
    "A finding that is absent or normal takes back what findings of the same condition told, and nothing else.",
)
def _is_active(known: list[Entry], signed: list[set[str]], flag: str) -> bool:
    """Whether any telling of the flag was neither cleared, nor taken back, nor overridden."""
    tellings = _told(known, signed, flag)
    ends = [*(place for place, _ in tellings), len(known)]
    for place, way in tellings:
        overridden = any(_overrides(entry, flag) for entry in known[place + 1 :])
        taken_back = any((way, False) in _conditions(entry) for entry in known[place + 1 :])
        between = [
            (latest, end)
            for end in ends
            if end > place
            for latest in [max(other for other, _ in tellings if other < end)]
        ]
        cleared = any(_is_cleared(known, range(latest + 1, end), tellings, flag) for latest, end in between)
        if not (overridden or taken_back or cleared):
            return True
    return False


@says(
    "red-flag-chapter",
    "A flag is cleared where the latest word on it, in checks after what last told of it, is absent.",
    "Some are also cleared by the checks they ask for, once the latest word on each of them is absent: RF_NEW_NUMBNESS "
    "by RF_DISSECTION, RF_MYELOPATHY, RF_PROGRESSIVE; RF_NEW_WEAKNESS by RF_MYELOPATHY, RF_PROGRESSIVE.",
    "That a symptom went away clears nothing: nobody has looked.",
)
@says("moves", "An old check does not clear numbness that a later one finds")
def _is_cleared(known: list[Entry], places: range, tellings: list[Telling], flag: str) -> bool:
    latest: dict[str, str] = {}
    for place in places:
        counts = _came_after_all(known, place, tellings)
        latest |= {
            name: state for name, state in _checked(known[place]).items() if counts or state != "absent"
        }
    together = {
        "RF_NEW_NUMBNESS": ("RF_DISSECTION", "RF_MYELOPATHY", "RF_PROGRESSIVE"),
        "RF_NEW_WEAKNESS": ("RF_MYELOPATHY", "RF_PROGRESSIVE"),
    }.get(flag, (flag,))
    return latest.get(flag) == "absent" or all(latest.get(other) == "absent" for other in together)


@says(
    "red-flag-chapter",
    "A check comes after what was told on an earlier day, or earlier on its own day where both have a time. A word "
    "such as morning is all of that part of the day. At the same moment it clears nothing",
)
def _came_after_all(known: list[Entry], at: int, tellings: list[Telling]) -> bool:
    """Whether a check came after every telling before it that no finding took back by then."""
    check = known[at]
    for place, way in tellings:
        told = known[place]
        taken_back = any((way, False) in _conditions(entry) for entry in known[place + 1 : at])
        if place < at and told.day == check.day and not taken_back:
            if check.minute is None or told.minute is None or told.fields.get("approximate"):
                return False
            words_used = MINUTE_OF.keys() & {check.fields["time"], told.fields["time"]}
            if check.minute == told.minute or (words_used and _part(check.minute) == _part(told.minute)):
                return False
    return True


@says("places", "The morning begins at 05:00, noon at 11:00, the evening at 17:00 and the night at 22:00.")
def _part(minute: int) -> int:
    return sum(minute >= hour * 60 for hour in (5, 11, 17, 22)) % 4


@says(
    "red-flag-chapter",
    "A check (red_flag_check) that finds it present.",
    "A condition that is the flag in other words: a finding that is present or abnormal.",
    "A check that says unknown of a flag that was told of tells of it again; so does a finding that says unknown of a "
    "condition that was found.",
)
def _told(known: list[Entry], signed: list[set[str]], flag: str) -> list[Telling]:
    """Every telling of a flag since it was last overridden."""
    tellings: list[Telling] = []
    for place, entry in enumerate(known):
        if _overrides(entry, flag):
            tellings = []
        state = _checked(entry).get(flag)
        if state == "present" or (state == "unknown" and tellings):
            tellings.append((place, "check"))
        for condition, found in _conditions(entry):
            again = found is None and any(way == condition for _, way in tellings)
            if words.flags_of_conditions().get(condition) == flag and (found or again):
                tellings.append((place, condition))
        if flag in signed[place] or flag in _answered(entry):
            tellings.append((place, "sign"))
    return tellings


@says(
    "red-flag-chapter",
    "Only a clinician clears a flag: an override of anybody else clears nothing, nor does an absent in a check of "
    "anybody else.",
    "nor does a check whose day is approximate.",
)
def _checked(entry: Entry) -> dict[str, str]:
    if entry.kind != "red_flag_check":
        return {}
    return {
        words.flags()[words.folded(name)]: state
        for name, state in entry.fields["flags"].items()
        if state != "absent" or (entry.by == "clinician" and not entry.fields.get("approximate"))
    }


@says("red-flag-chapter", "A normal measurement is such a finding of the condition it rules out.")
def _conditions(entry: Entry) -> set[tuple[str, bool | None]]:
    """The conditions a finding speaks of, and whether it found them; None where it says unknown."""
    if entry.kind != "finding":
        return set()
    state = entry.fields["state"]
    written = words.folded(entry.fields["what"])
    if written in LIVER_TESTS and state == "normal":
        return {("lft_raised_gt3uln", False)}
    condition = words.conditions().get(written)
    return set() if condition is None else {(condition, _found(state))}


def _found(state: str) -> bool | None:
    return True if state in FOUND else False if state in NOT_FOUND else None


@says(
    "red-flag-chapter",
    "A decision override whose reason names the flag, by its id or by its title, in capitals or not",
)
def _overrides(entry: Entry, flag: str) -> bool:
    if entry.kind != "decision" or entry.fields["do"] != "override" or entry.by != "clinician":
        return False
    reason = entry.fields["because"].lower()
    return any(name.lower() in reason for name in (flag, words.titles_of_flags()[flag]))


@says("red-flag-chapter", "An answer to an item of a questionnaire, under the item's id or its number.")
def _answered(entry: Entry) -> Iterator[str]:
    for instrument, item, least, flag in words.rows("Answers that tell of a flag"):
        if entry.kind == "answers" and entry.fields["instrument"] == instrument:
            for key, answer in (entry.fields.get("items") or {}).items():
                if _is_item(key, item) and answer is not None and answer >= int(least):
                    yield flag


def _is_item(key: str, item: str) -> bool:
    return key == item or (
        item == "self_harm" and key.lower() in ("9", "09", "q9", "item9", "item_9", "question_9")
    )


@says(
    "red-flag-chapter",
    "It is there when the symptom is present, new, worse or better, or when the finding is present or abnormal.",
    "A sign that must be new tells of its flag only as a symptom that is new or worse, or as a finding that is neither "
    "by history nor a code.",
    "One whose words say new, sudden, acute or since yesterday is new, whatever its state.",
    "The id and the title of a flag are signs of it, and so are diagnoses for which the flag stands.",
    "A group of signs, when an entry says that one of them is there and all its parts are there.",
    "the entry that records it can be the one that makes the group whole.",
)
def _signed(known: list[Entry], place: int) -> set[str]:
    """The flags of which an entry tells as a sign: alone, or together with what is there by then."""
    entry = known[place]
    sign = _sign(entry)
    flags: set[str] = set()
    if sign and _is_there(entry):
        newly = (
            (entry.kind == "finding" and entry.fields.get("method") != "history" and not _is_code(entry))
            or entry.fields["state"] in WORSE
            or re.search(r"\b(?:new|sudden|acute|akut|since yesterday)\b", str(entry.fields["what"]).lower())
        )
        flags |= {row[3] for row in words.rows("Signs") if row[0] == sign and (newly or row[4] != "new")}
    for _, parts, beside, flag, _ in words.rows("Groups of signs"):
        groups = [part.replace("`", "").split(" or ") for part in parts.split(" and ")]
        touched = any(_names(entry, word) for part in groups for word in part if _is_there(entry))
        touched = touched or beside in _beside(entry)
        day = entry.day if beside.endswith("that day") else None
        supported = not beside or any(
            beside in _beside(other) for other in known[: place + 1] if day in (None, other.day)
        )
        if (
            touched
            and supported
            and all(any(_there(known[: place + 1], word, day) for word in part) for part in groups)
        ):
            flags.add(flag)
    return flags - {""}


def _is_code(entry: Entry) -> bool:
    return re.fullmatch(r"[A-Z]\d\d(?:\.\d+)?", str(entry.fields["what"])) is not None


@says("red-flag-chapter", "or a part of them, is leg_weakness as well.")
def _names(entry: Entry, word: str) -> bool:
    sign = _sign(entry)
    if word == "leg_weakness" and sign in ("weakness", "RF_NEW_WEAKNESS") and entry.kind == "symptom":
        site = entry.fields.get("site")
        legs = ("hip", "upper_leg", "knee", "lower_leg", "ankle", "foot")
        return site is not None and any(words.lies_within(site, leg) for leg in legs)
    return sign == word


@says(
    "red-flag-chapter",
    "A sign is there until it is said to be gone: from its site, from a wider one, from no site in particular, or with "
    "all symptoms.",
)
def _there(known: list[Entry], word: str, day: int | None) -> bool:
    for place, entry in enumerate(known):
        if _names(entry, word) and _is_there(entry) and day in (None, entry.day):
            site = _site(entry)
            gone = [
                other
                for other in known[place + 1 :]
                if _is_gone(other) and (_sign(other) == _sign(entry) or _of_all(other))
            ]
            if not any(words.lies_within(site, _site(other)) for other in gone):
                return True
    return False


def _of_all(entry: Entry) -> bool:
    return (
        entry.kind == "symptom"
        and words.symptoms().get(words.folded(entry.fields["what"])) == words.ALL_SYMPTOMS
    )


def _site(entry: Entry) -> str | None:
    site = entry.fields.get("site") if entry.kind == "symptom" else None
    return None if site == words.WHOLE_BODY else site


@says(
    "red-flag-chapter",
    "Words of a symptom that are no sign by themselves are read with its severity before them, and with its severity "
    "and its site",
)
def _sign(entry: Entry) -> str | None:
    if entry.kind not in ("symptom", "finding"):
        return None
    what, site = entry.fields["what"], entry.fields.get("site")
    severity = entry.fields.get("severity") if entry.kind == "symptom" else None
    written = [what, *([f"{severity} {what}", f"{severity} {site} {what}"] if severity else [])]
    known = words.signs()
    return next((known[words.folded(each)] for each in written if words.folded(each) in known), None)


def _is_there(entry: Entry) -> bool:
    if entry.kind == "finding":
        return entry.fields["state"] in FOUND
    return entry.kind == "symptom" and entry.fields["state"] not in GONE


def _is_gone(entry: Entry) -> bool:
    if entry.kind == "finding":
        return entry.fields["state"] in NOT_FOUND
    return entry.kind == "symptom" and entry.fields["state"] in GONE


@says(
    "red-flag-chapter",
    "What must stand beside a group counts once it was recorded, also when it was stopped since",
)
def _beside(entry: Entry) -> set[str]:
    """What an entry adds beside signs, for the drugs and the needle that random records name."""
    if entry.kind == "therapy":
        return {"a needle was used", "a needle was used that day"} if words.is_needle(entry.fields) else set()
    if entry.kind != "medication" or entry.fields["do"] == "stop":
        return set()
    return {
        "amitriptyline": {"a tricyclic antidepressant was taken", "a serotonergic drug was taken"},
        "tizanidine": {"tizanidine was taken"},
    }.get(words.drugs().get(words.folded(entry.fields["drug"]), ""), set())
