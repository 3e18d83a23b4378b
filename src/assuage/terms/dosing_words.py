"""The words of doses in English with the Latin short forms, in Lithuanian and in German, as regular expressions.

All are in lower case and without marks over letters, as `assuage.terms.dosing` makes a text before it reads it.
"""

from __future__ import annotations

from assuage.terms.written_numbers import NUMBER

LETTERS = {"ß": "ss", "×": "x", "–": "-", "—": "-", "−": "-", "‑": "-", "→": "-", "’": "'"}
COUNT_WORDS = {
    "a single": 1, "single": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6,
    "seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "vienas": 1, "viena": 1, "du": 2,
    "dvi": 2, "tris": 3, "trys": 3, "keturis": 4, "keturias": 4, "penkis": 5, "penkias": 5, "sesis": 6, "sesias": 6,
    "ein": 1, "eine": 1, "zwei": 2, "drei": 3, "vier": 4, "funf": 5, "sechs": 6,
}  # fmt: skip
TIMES_WORDS = {
    "once": 1, "stat": 1, "twice": 2, "thrice": 3, "einmal": 1, "zweimal": 2, "dreimal": 3, "viermal": 4, "funfmal": 5,
    "sechsmal": 6, "karta": 1, "dukart": 2, "triskart": 3, "keturiskart": 4,
}  # fmt: skip
HOUR = r"(?:hourly|hours?|hrs?|hr|h|std|stunden?|valandas|valandos|valandu|valanda|val)"
DAY = r"(?:days?|d|tage?n?|dienas?|dienos|dienu|para|paras)"
WEEK = r"(?:weeks?|wks?|w|wochen?|savaites?|savaiciu|sav)"
MONTH = r"(?:months?|mths?|monate?n?|menesius?|menesi|menesiai|menesiu|men)"
YEAR = r"(?:years?|jahre?|metus?)"
UNIT = rf"(?:{HOUR}|{DAY}|{WEEK}|{MONTH}|{YEAR})"
COUNT = rf"(?:{NUMBER}|{'|'.join(sorted(COUNT_WORDS, key=len, reverse=True))})"
COUNT_RANGE = rf"{COUNT}(?:\s*(?:-|to|or|bis|oder|iki|ar|arba)\s*{COUNT})?"
TIMES = r"(?:x|times|time|mal|kartus|kartai|kartu|karta|karto|kart|k|doses|dose)"
IN_A = r"(?:/ ?|(?:a|an|per|each|every|in|in any|pro|am|je|i|uz|within) )"
EVERY_NTH = {
    "other": 2, "second": 2, "2nd": 2, "alternate": 2, "third": 3, "3rd": 3, "fourth": 4, "4th": 4, "zweiten": 2,
    "dritten": 3, "antra": 2, "trecia": 3, "ketvirta": 4,
}  # fmt: skip
TIMES_OF_DAY = {
    "morning": "mornings?|breakfast|mane|qam|am|om|ryte|ryta|rytais|ryto|morgens|morgen|fruh|fruhmorgens",
    "noon": "noon|midday|lunch|lunchtime|per pietus|pietums|mittags|mittag",
    "afternoon": "afternoons?|nachmittags|popiet",
    "evening": "evenings?|dinner|supper|tea time|teatime|qpm|pm|vakare|vakara|vakarais|abends|abend",
    "night": "nights?|nightly|bedtime|bed time|bed|sleep|sleeping|nocte|hs|qhs|naktis?|nakties|nakciai|naktimis"
    "|pries miega|pries miegant|zur nacht|zn|z n|on(?=$| ?,| prn)|nachts|nacht|vor dem schlafen|vor dem schlafengehen",
}
TIME_OF_DAY = "|".join(f"(?P<{name}>{words})" for name, words in TIMES_OF_DAY.items())
WEEKDAY_NAMES = (
    ("mondays?", "mon", "pirmadienis?", "pirmadieni", "pirmadieniais", "montags?"),
    ("tuesdays?", "tues?", "antradienis?", "antradieni", "antradieniais", "dienstags?"),
    ("wednesdays?", "wed", "treciadienis?", "treciadieni", "treciadieniais", "mittwochs?"),
    ("thursdays?", "thurs?", "thu", "ketvirtadienis?", "ketvirtadieni", "ketvirtadieniais", "donnerstags?"),
    ("fridays?", "fri", "penktadienis?", "penktadieni", "penktadieniais", "freitags?"),
    ("saturdays?", "sat", "sestadienis?", "sestadieni", "sestadieniais", "samstags?"),
    ("sundays?", "sun", "sekmadienis?", "sekmadieni", "sekmadieniais", "sonntags?"),
)
WEEKDAY = "|".join(f"(?P<d{at}>{'|'.join(names)})" for at, names in enumerate(WEEKDAY_NAMES))
LATIN_TIMES_A_DAY = {
    "od": 1,
    "qd": 1,
    "uid": 1,
    "sid": 1,
    "bid": 2,
    "bd": 2,
    "bds": 2,
    "tid": 3,
    "tds": 3,
    "qid": 4,
    "qds": 4,
}
DAILY = r"(?:daily|taglich|tgl|kasdien|kas diena|kiekviena diena|dienoje|a day|per diem|jeden tag)"
AS_NEEDED = (
    r"(?:(?:only )?(?:as|when|if|whenever) (?:needed|required|necessary)|as and when(?: needed| required)?|on demand"
    r"|prn|sos|if in pain|when in pain|if pain|bei bedarf|nach bedarf|bb|b b|b bed|bei schmerzen|pagal poreiki"
    r"|esant poreikiui|prireikus|esant reikalui|esant skausmui)"
)
AT_MOST = (
    r"(?:up to|at most|no more than|not more than|not to exceed|not exceeding|maximally|maximum of|maximum|max of|max"
    r"|hochstens|maximal|bis zu|bis max|bis|iki|ne daugiau kaip|ne daugiau nei|daugiausia)"
)
MASS_UNIT = r"(?:ng|mcg|ug|mg|g|iu|kiu)"
